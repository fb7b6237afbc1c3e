"""`make run`: set up what is missing, then serve the site: one web process, one worker, one line to read.

PORT (8000) and HOST (127.0.0.1) say where. Ctrl-C stops both processes. `python -m tools.serve web PORT` and
`python -m tools.serve worker` are the single processes for systemd. Standard library only.
"""

import contextlib
import hashlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from tools.install import PYTHON, ROOT, VENV, install, say, stop

WEB_BACKLOG = 4096
"""Connections the kernel keeps waiting while a hall of tablets comes back at once."""
WEB_PATIENCE = 30
"""Seconds a handshake may take; with Daphne's own 5 a hall that comes back at once is turned away."""
OPEN_FILES = 65_536
START_SECONDS = 300
STOP_SECONDS = 5


class Stopped(Exception):
    """Someone asked this process to stop."""


def raise_stopped(signum: int, frame: FrameType | None) -> None:
    """Turn a signal into an exception of the main thread."""
    raise Stopped


def raise_open_files() -> None:
    """A socket for each tablet needs more open files than most systems allow a process at first."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def claim_address(host: str, port: int) -> None:
    """Say it now, in one sentence, when the address cannot be served."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            stop(f"Cannot serve on {host}:{port} ({error}). Another port:  PORT=8001 make run")


def own_address() -> str:
    """The address by which this machine is reached on its network (nothing is sent)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def site_environment(host: str) -> tuple[dict[str, str], str]:
    """What the processes of the site are told, and the host name a reader uses."""
    env = dict(os.environ)
    env.setdefault("DJANGO_SETTINGS_MODULE", "intranet.config.settings.production")
    # One name for all processes, even if somebody saves a script while they start.
    env.setdefault("DINH_RELEASE", source_state()[:10])
    env["PYTHONUNBUFFERED"] = "1"
    env["PATH"] = f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', os.defpath)}"
    shown = host
    if host in {"0.0.0.0", "::"}:  # noqa: S104
        shown = own_address()
        env.setdefault("ALLOWED_HOSTS", f"localhost,127.0.0.1,{socket.gethostname()},{shown}")
    return env, shown


def source_state() -> str:
    """Digest of what `prepare` acts on: migrations, static files, nginx's own pages, the lock."""
    found = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    packages = ("intranet", "meetings", "mailbox", "cms", "public_site")
    paths = [path for package in packages for path in (ROOT / package).rglob("migrations/*.py")]
    paths += list((ROOT / "intranet").rglob("templates/gateway/*.html"))
    paths += [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    for path in sorted(paths):
        found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()


def prepare(env: dict[str, str], database: Path | None) -> str:
    """Migrate, collect, load the demo. Returns the accounts.

    Skipped when nothing changed since the last time; for that `database` must be a path that exists as long
    as the database does. None when the database is somebody else's.
    """
    var = Path(env.get("DINH_VAR_DIR", ROOT / "var"))
    note = var / "prepared.json"
    state = source_state()
    if database and note.is_file() and database.exists() and (var / "static").is_dir():
        with contextlib.suppress(ValueError, KeyError):
            known = json.loads(note.read_text())
            if known["state"] == state:
                return str(known["accounts"])
    make = [str(PYTHON), "-m", "tools.prepare"]
    with (
        subprocess.Popen([*make, "static"], cwd=ROOT, env=env) as static,
        subprocess.Popen([*make, "tables"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as tables,
    ):
        told, _ = tables.communicate()
    if static.returncode or tables.returncode:
        stop("The site could not be prepared. The lines above say why.")
    accounts = told.strip()
    if database:
        note.write_text(json.dumps({"state": state, "accounts": accounts}, ensure_ascii=False))
    return accounts


def embedded_database(env: dict[str, str]) -> Path | None:
    """The SQLite file of this installation, unless DATABASE_URL names another database."""
    if "DATABASE_URL" in env or (ROOT / ".env").exists():
        return None
    return Path(env.get("DINH_VAR_DIR", ROOT / "var")) / "dinh.sqlite3"


def web_command(host: str, port: int) -> list[str]:
    """The process that answers browsers; no access log."""
    endpoint = f"tcp:port={port}:interface={host.replace(':', chr(92) + ':')}:backlog={WEB_BACKLOG}"
    command = [str(PYTHON), "-m", "daphne", "-v", "0", "-e", endpoint]
    command += ["--websocket_connect_timeout", str(WEB_PATIENCE)]
    return [*command, "intranet.config.asgi:application"]


def worker_command() -> list[str]:
    """The process that does what was put off: one task after another from the database queue."""
    command = [str(PYTHON), "manage.py", "db_worker", "--backend", "background", "--queue-name", "*"]
    return [*command, "--interval", "0.5", "--no-startup-delay", "--no-reload", "-v", "0"]


class Site:
    """The processes that serve: started, watched, stopped together."""

    def __init__(self, host: str, port: int, env: dict[str, str]) -> None:
        self.env = env
        self.web = self.start(web_command(host, port))
        self.worker = self.start(worker_command())

    def start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        """In a process group of its own: Ctrl-C reaches only this process, which stops the others."""
        return subprocess.Popen(command, cwd=ROOT, env=self.env, process_group=0)

    def wait_for_home(self, address: str) -> None:
        """Until the home page answers; stops with a sentence when it does not."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.web.poll() is not None:
                stop("The web process ended while starting. The lines above say why.")
            try:
                with urllib.request.urlopen(address, timeout=10):  # noqa: S310
                    return
            except urllib.error.HTTPError as error:
                if error.code >= 500:
                    stop(f"The home page answers with an error ({error.code}). The lines above say why.")
                return
            except OSError:
                time.sleep(0.1)
        stop(f"The home page did not answer within {START_SECONDS} s.")

    def watch(self) -> None:
        """As long as the web process lives; a worker that died is started again."""
        while self.web.poll() is None:
            if (code := self.worker.poll()) is not None:
                say(f"The worker ended (exit {code}); starting it again.")
                time.sleep(1)
                self.worker = self.start(worker_command())
            time.sleep(0.5)
        stop(f"The web process ended by itself (exit {self.web.returncode}).")

    def stop(self) -> None:
        """Ask both processes to end, then make them."""
        running = [process for process in (self.web, self.worker) if process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main() -> None:
    """Set up, start, say where, and serve until told to stop."""
    if not os.environ.get("PORT", "8000").isdigit():
        stop(f"PORT is {os.environ['PORT']!r}: it must be a number.")
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    signal.signal(signal.SIGTERM, raise_stopped)
    signal.signal(signal.SIGINT, raise_stopped)
    signal.signal(signal.SIGHUP, raise_stopped)
    site = None
    try:
        claim_address(host, port)
        install()
        env, shown = site_environment(host)
        accounts = prepare(env, embedded_database(env))
        raise_open_files()
        say("Starting …")
        site = Site(host, port, env)
        address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
        site.wait_for_home(address)
        say(f"\nĐình: {address}" + (f"  ·  {accounts}" if accounts else "") + "  ·  Ctrl-C stops it")
        site.watch()
    except Stopped:
        # A second Ctrl-C must not interrupt the orderly end.
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_IGN)
        say("\nStopping …")
    finally:
        if site:
            site.stop()


def become(arguments: list[str]) -> None:
    """Turn this process into one of the site's: for a supervisor that starts each by itself."""
    raise_open_files()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.config.settings.production")
    os.chdir(ROOT)
    match arguments:
        case ["web", port] if port.isdigit():
            command = web_command("127.0.0.1", int(port))
        case ["worker"]:
            command = worker_command()
        case _:
            stop("use: python -m tools.serve [web PORT | worker]")
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    if sys.argv[1:]:
        become(sys.argv[1:])
    main()
    sys.exit(0)
