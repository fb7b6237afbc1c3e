"""Programs of the system that the checks need: found, installed where allowed, started privately, stopped.

On Debian and Ubuntu missing ones are installed by apt-get (as root, or with sudo that asks for no password).
Elsewhere the list of what is missing is printed and nothing runs. Standard library only.
"""

import contextlib
import glob
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.install import run, stop

OLDEST_POSTGRESQL = 13
START_SECONDS = 300


def find_postgresql() -> str | None:
    """The folder with the newest PostgreSQL's programs."""
    places = [str(Path(found).resolve().parent) for found in [shutil.which("initdb")] if found]
    for pattern in ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin"):
        places += glob.glob(pattern)
    newest: tuple[int, str] | None = None
    for place in places:
        if not all(os.access(f"{place}/{name}", os.X_OK) for name in ("initdb", "postgres", "pg_isready")):
            continue
        told = subprocess.run([f"{place}/postgres", "--version"], capture_output=True, text=True).stdout
        number = re.search(r"\d+", told)
        version = int(number[0]) if number else 0
        if version >= OLDEST_POSTGRESQL and (newest is None or version > newest[0]):
            newest = (version, place)
    return newest[1] if newest else None


def find_redis() -> str | None:
    """The Redis server, or its compatible successor."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def find_chromium() -> str | None:
    """A Chromium that starts: the one named in CHROMIUM, or the system's.

    The shell without windows is preferred: it opens a tablet in a quarter of the time (0.3 s, not 1.3 s).
    """
    names = [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ]
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, names)]
    for path in found:
        # Ubuntu's package is a stub that only says how to get the real one: it must also start.
        if path and shutil.which(path):
            told = subprocess.run([path, "--version"], capture_output=True)
            if told.returncode == 0:
                return path
    return None


def find_gettext() -> str | None:
    """GNU gettext's extractor."""
    return shutil.which("xgettext") if shutil.which("msgmerge") else None


@dataclass(frozen=True)
class Part:
    """A program of the system, how to find it and how Debian calls it (the first name it knows)."""

    name: str
    find: Callable[[], str | None]
    packages: tuple[str, ...]


POSTGRESQL = Part(f"PostgreSQL {OLDEST_POSTGRESQL} or newer", find_postgresql, ("postgresql",))
REDIS = Part("Redis (redis-server)", find_redis, ("redis-server",))
CHROMIUM = Part(
    "Chromium or Chrome (or its path in CHROMIUM)", find_chromium, ("chromium-headless-shell", "chromium")
)
GETTEXT = Part("GNU gettext (xgettext, msgmerge)", find_gettext, ("gettext",))


def may_install() -> list[str] | None:
    """How to run apt-get here: directly, through sudo, or not at all."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return None


def known_package(part: Part) -> str:
    """The first of its names that this system's lists know."""
    for name in part.packages:
        if subprocess.run(["apt-cache", "show", name], capture_output=True).returncode == 0:
            return name
    return part.packages[-1]


def require(*parts: Part) -> None:
    """Make sure the parts are here: install what is missing, or stop with the exact list."""
    missing = [part for part in parts if not part.find()]
    if not missing:
        return
    apt = may_install()
    if apt:
        env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        run([*apt, "-qq", "update"], "Reading the system's package lists", env=env)
        packages = [known_package(part) for part in missing]
        command = [*apt, "-qq", "install", "-y", "--no-install-recommends", *packages]
        run(command, f"Installing {', '.join(packages)}", env=env)
        missing = [part for part in missing if not part.find()]
    if missing:
        names = "".join(f"  - {part.name} (on Debian: {part.packages[-1]})\n" for part in missing)
        stop(f"These programs are needed and missing:\n{names}Install them, then run the same command again.")


def free_port() -> int:
    """A TCP port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stop_process(process: "subprocess.Popen[bytes]", how: signal.Signals = signal.SIGTERM) -> None:
    """Ask one of our own processes to end, then make it."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def unprivileged() -> pwd.struct_passwd | None:
    """Who runs PostgreSQL, which refuses root; nobody else is needed when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    stop("PostgreSQL refuses to run as root and there is no user 'postgres' or 'nobody' to run it as.")
    return None


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A private PostgreSQL for the time of the block: fast and forgetful. Yields its DATABASE_URL."""
    programs = find_postgresql()
    folder = Path(tempfile.mkdtemp(prefix="dinh-postgresql-"))
    who = unprivileged()
    identity: dict[str, Any] = {}
    if who:
        os.chown(folder, who.pw_uid, who.pw_gid)
        identity = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    data = folder / "data"

    def init(locale: str) -> "subprocess.CompletedProcess[str]":
        command = [f"{programs}/initdb", "-D", str(data), "-U", "dinh", "--auth=trust", "--no-sync"]
        command += ["--encoding=UTF8", f"--locale={locale}"]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, **identity)

    process = None
    try:
        # A locale that knows the letters outside ASCII, as an installation has.
        made = init("C.UTF-8")
        if made.returncode:
            made = init("en_US.UTF-8")
        if made.returncode:
            stop(f"PostgreSQL could not be set up:\n{made.stdout}{made.stderr}")
        port = free_port()
        facts = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": folder,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            "max_connections": 400,
        }
        command = [f"{programs}/postgres", "-D", str(data)]
        for name, value in facts.items():
            command += ["-c", f"{name}={value}"]
        log = (folder / "log").open("wb")
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, process_group=0, **identity)
        until = time.monotonic() + START_SECONDS
        ready = [f"{programs}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        while subprocess.run(ready).returncode:
            if process.poll() is not None or time.monotonic() > until:
                stop(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
            time.sleep(0.1)
        yield f"postgres://dinh@127.0.0.1:{port}/postgres"
    finally:
        if process is not None:
            stop_process(process, signal.SIGINT)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """A private Redis that saves nothing, for the time of the block. Yields its REDIS_URL."""
    folder = tempfile.mkdtemp(prefix="dinh-redis-")
    port = free_port()
    command = [str(find_redis()), "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
    command += ["--save", "", "--appendonly", "no", "--databases", "64"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, process_group=0)
    try:
        until = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if process.poll() is not None or time.monotonic() > until:
                stop("Redis did not start.")
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}"
    finally:
        stop_process(process)
        shutil.rmtree(folder, ignore_errors=True)
