"""Bring a fresh clone to where it can run: Python packages, browser libraries, fonts, compiled messages.

Does nothing, and needs no network, when everything is in place. Standard library only.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
OLDEST_NODE = 20


def say(message: str) -> None:
    """One line of progress, at once."""
    print(message, flush=True)


def stop(message: str) -> None:
    """End with a sentence the reader can act on."""
    raise SystemExit(f"\n{message}")


def digest(*paths: Path) -> str:
    """One digest of the paths' contents and of where this clone lies (a moved environment is broken)."""
    found = hashlib.sha256(str(VENV).encode())
    for path in paths:
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def is_done(name: str, state: str) -> bool:
    """Whether the step `name` was finished for this very state."""
    path = STAMPS / name
    return path.is_file() and path.read_text() == state


def done(name: str, state: str) -> None:
    """Remember that the step `name` is finished for this state."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(state)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one set-up at a time touch this clone; the second waits and then finds everything done."""
    path = ROOT / "var" / "install.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up of this folder to finish …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(command: list[str], doing: str, *, env: dict[str, str] | None = None, count: str = "") -> None:
    """Run a long step; its output is shown when it fails. Lines matching `count` show its progress."""
    say(f"{doing} …")
    began = time.monotonic()
    lines: list[str] = []
    seen = 0
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if count and re.match(count, line):
                seen += 1
                if seen % 20 == 0:
                    say(f"  {seen} packages so far")
    if process.returncode:
        print("".join(lines[-40:]), file=sys.stderr)
        stop(f"{doing}: this step failed (exit {process.returncode}). The lines above say why.")
    say(f"  done in {time.monotonic() - began:.0f} s")


def working_uv() -> str | None:
    """The path of uv, if there is one and it runs (a version manager may leave a stub that does not)."""
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "--version"], capture_output=True).returncode == 0:
        return uv
    return None


def make_venv(uv: str | None) -> None:
    """Create .venv for the Python that runs this, unless a sound one is there."""
    sound = f"import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix != {str(VENV)!r})"
    if PYTHON.exists() and subprocess.run([str(PYTHON), "-c", sound], capture_output=True).returncode == 0:
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if not uv and (importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None):
        stop(
            f"Python {version} is here, but without its venv module.\n"
            f"On Debian or Ubuntu:  sudo apt-get install python{version}-venv   (or python3-venv)\n"
            "Then run the same command again."
        )
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    doing = f"Making the virtual environment with Python {version}"
    run([*command, "--without-pip"] if uv else command, doing)


def install_lock(lock: str, uv: str | None) -> None:
    """Install exactly what a requirements file with hashes names: with uv if it can, else with pip."""
    path = ROOT / lock
    if is_done(lock, digest(path)):
        return
    number = len(re.findall(r"^[a-z].*==", path.read_text(), flags=re.MULTILINE | re.IGNORECASE))
    doing = f"Installing the {number} Python packages of {lock}"
    if uv and not install_with_uv(uv, lock, doing):
        say("uv could not install the packages; trying pip")
        uv = None
    if not uv:
        if subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True).returncode:
            run([str(PYTHON), "-m", "ensurepip", "--upgrade"], "Adding pip to the environment")
        command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        command += ["--progress-bar=off", "--require-hashes", "-r", lock]
        run(command, f"{doing}, a minute or two", count="Collecting ")
    done(lock, digest(path))


def install_with_uv(uv: str, lock: str, doing: str) -> bool:
    """Whether uv could do it."""
    say(f"{doing} with uv …")
    command = [uv, "pip", "install", "--python", str(PYTHON), "--compile-bytecode"]
    command += ["--require-hashes", "-r", lock]
    return subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0


def node_environment(uv: str | None) -> dict[str, str]:
    """The environment in which npm is found: the system's if new enough, else the Python package's."""
    env = dict(os.environ)
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        told = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        major = re.match(r"v(\d+)\.", told)
        if major and int(major[1]) >= OLDEST_NODE:
            return env
    install_lock("requirements-node.txt", uv)
    env["PATH"] = f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', os.defpath)}"
    return env


def install_browser_libraries(uv: str | None, *, tests: bool) -> None:
    """npm's packages by exact version and hash, and from them the files a browser loads, in static/vendor."""
    modules = digest(ROOT / "package-lock.json")
    wanted = "npm-tests" if tests else "npm"
    there = (ROOT / "node_modules").is_dir()
    if not (there and any(is_done(name, modules) for name in ("npm-tests", wanted))):
        env = node_environment(uv)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        path = shutil.which("npm", path=env.get("PATH")) or "npm"
        doing = "Fetching the browser libraries and fonts"
        run([path, *command[1:], *([] if tests else ["--omit=dev"])], doing, env=env)
        done(wanted, modules)
    makers = [ROOT / "tools" / "vendor.py", ROOT / "tools" / "figures.py"]
    vendor = digest(ROOT / "package-lock.json", *makers)
    if not ((ROOT / "static" / "vendor").is_dir() and is_done("vendor", vendor)):
        run([str(PYTHON), "-m", "tools.vendor"], "Preparing libraries and fonts for the browser")
        done("vendor", vendor)


def compile_messages() -> None:
    """Make the .mo beside every .po that is newer."""
    for source in (ROOT / "intranet" / "locale").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            run([str(PYTHON), "-m", "tools.messages", "compile"], "Compiling the translations")
            return


def install(*, tests: bool = False) -> None:
    """Everything the site needs to run; with `tests` also what the checks need."""
    with alone():
        uv = working_uv()
        make_venv(uv)
        install_lock("requirements-test.txt" if tests else "requirements.txt", uv)
        install_browser_libraries(uv, tests=tests)
        compile_messages()


if __name__ == "__main__":
    install(tests="--tests" in sys.argv)
