"""Programs of the system that Đình needs beside Python: found, installed where allowed, started, stopped.

On Debian and Ubuntu missing ones are installed by apt-get (as root, or with sudo that asks for no password).
Elsewhere the list of what is missing is printed and nothing runs. Standard library only.
"""

import contextlib
import ctypes
import glob
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.install import run, stop

OLDEST_POSTGRESQL = 13
START_SECONDS = 300
LOG_BYTES = 10_000_000
"""A longer log is put aside at the next start; the one put aside before goes."""


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


def find_nginx() -> str | None:
    """nginx, which Debian keeps where only root's PATH looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")


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


def find_libreoffice() -> str | None:
    """LibreOffice with all it needs to open text, tables and slides."""
    for pattern in ("/usr/lib/libreoffice", "/usr/lib64/libreoffice", "/opt/libreoffice*"):
        for home in sorted(glob.glob(pattern)):
            filters = [f"{home}/program/lib{name}lo.so" for name in ("sw", "sc", "sd")]
            if all(map(os.path.exists, [f"{home}/program/soffice.bin", *filters])):
                return f"{home}/program/soffice.bin"
    return None


def find_tesseract() -> str | None:
    """Tesseract that reads Vietnamese."""
    path = shutil.which("tesseract")
    told = subprocess.run([path, "--list-langs"], capture_output=True, text=True).stdout if path else ""
    return path if "vie" in told.split() else None


def find_clamd() -> str | None:
    """ClamAV's daemon, which Debian keeps where only root's PATH looks."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin")


@dataclass(frozen=True)
class Part:
    """A program of the system, how to find it and how Debian calls it (the first name it knows)."""

    name: str
    find: Callable[[], str | None]
    packages: tuple[str, ...]
    besides: tuple[str, ...] = ()
    """Packages that are installed with it."""


POSTGRESQL = Part(f"PostgreSQL {OLDEST_POSTGRESQL} or newer", find_postgresql, ("postgresql",))
REDIS = Part("Redis (redis-server)", find_redis, ("redis-server",))
NGINX = Part("nginx", find_nginx, ("nginx-light", "nginx"))
CHROMIUM = Part(
    "Chromium or Chrome (or its path in CHROMIUM)", find_chromium, ("chromium-headless-shell", "chromium")
)
LIBREOFFICE = Part(
    "LibreOffice (Writer, Calc and Impress)",
    find_libreoffice,
    ("libreoffice-writer-nogui", "libreoffice-writer"),
    ("libreoffice-calc-nogui", "libreoffice-impress-nogui", "fonts-liberation2", "fonts-crosextra-carlito"),
)
TESSERACT = Part("Tesseract with Vietnamese", find_tesseract, ("tesseract-ocr",), ("tesseract-ocr-vie",))
CLAMAV = Part("ClamAV (clamd)", find_clamd, ("clamav-daemon",))
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
        packages = [name for part in missing for name in (known_package(part), *part.besides)]
        command = [*apt, "-qq", "install", "-y", "--no-install-recommends", *packages]
        run(command, f"Installing {', '.join(packages)}", env=env)
        missing = [part for part in missing if not part.find()]
    if missing:
        names = "".join(
            f"  - {part.name} (on Debian: {' '.join((part.packages[-1], *part.besides))})\n"
            for part in missing
        )
        stop(f"These programs are needed and missing:\n{names}Install them, then run the same command again.")


def free_port() -> int:
    """A TCP port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether something on this machine takes connections at `port`."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def stop_process(
    process: "subprocess.Popen[bytes]", how: signal.Signals = signal.SIGTERM, seconds: float = 10
) -> None:
    """Ask one of our own processes to end, then make it."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(seconds)
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


@dataclass
class Server:
    """A program that serves: how it is started, how one knows that it answers, how it is asked to end.

    `log` gets what it prints (None: our own output). On Linux it also ends when the process that started it
    is killed.
    """

    name: str
    command: list[str]
    is_ready: Callable[[], bool]
    folder: Path
    env: dict[str, str] | None = None
    log: Path | None = None
    ends_by: signal.Signals = signal.SIGTERM
    patience: float = 10
    """Seconds it may take to end."""
    identity: dict[str, Any] = field(default_factory=dict)

    def start(self) -> "subprocess.Popen[bytes]":
        """In a process group of its own, so that Ctrl-C reaches only us."""

        def die_with_parent() -> None:
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(1, self.ends_by)

        if self.log and self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_name(self.log.name + ".old"))
        with contextlib.ExitStack() as files:
            log = files.enter_context(self.log.open("ab")) if self.log else None
            return subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.env,
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=die_with_parent,
                **self.identity,
            )

    def wait(self, process: "subprocess.Popen[bytes]") -> None:
        """Until it answers; stops with what it printed when it ends instead."""
        until = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if process.poll() is not None or time.monotonic() > until:
                told = self.log.read_text(errors="replace")[-4000:] if self.log else ""
                stop(f"{self.name} did not start (exit {process.returncode}).\n{told}")
            time.sleep(0.05)

    def sweep(self, process: "subprocess.Popen[bytes]") -> None:
        """End what a process left behind: nginx's workers go on serving when only their master is killed."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)

    def stop(self, process: "subprocess.Popen[bytes]") -> None:
        """Ask it to end, then make it."""
        stop_process(process, self.ends_by, self.patience)
        self.sweep(process)


@contextlib.contextmanager
def running(server: Server) -> Iterator["subprocess.Popen[bytes]"]:
    """The server, answering, for the time of the block."""
    process = server.start()
    try:
        server.wait(process)
        yield process
    finally:
        server.stop(process)


DURABLE = {"max_connections": 200, "shared_buffers": "128MB", "password_encryption": "scram-sha-256"}
FORGETFUL = {
    "max_connections": 400,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


def postgresql_server(folder: Path, port: int, *, password: str = "") -> Server:
    """PostgreSQL with its data in `folder`, made there when it is empty; its only user is `dinh`.

    With a password it means what it says: every commit is on disk, and only who knows the password gets in.
    Without, it is fast and forgetful: for tests. Root hands the folder to a user who may run PostgreSQL.
    """
    programs = find_postgresql()
    data, who = folder / "data", unprivileged()
    identity: dict[str, Any] = {}
    folder.mkdir(parents=True, exist_ok=True)
    if who:
        os.chown(folder, who.pw_uid, who.pw_gid)
        identity = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
        if subprocess.run(["test", "-x", str(folder)], cwd="/", **identity).returncode:
            stop(f"PostgreSQL runs as the user {who.pw_name!r} here, who may not enter {folder}.")
    if not (data / "PG_VERSION").is_file():
        _make_cluster(f"{programs}/initdb", data, password, identity)
    facts = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    command = [f"{programs}/postgres", "-D", str(data)]
    for name, value in (facts | (DURABLE if password else FORGETFUL)).items():
        command += ["-c", f"{name}={value}"]
    ready = [f"{programs}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    return Server(
        "PostgreSQL",
        command,
        lambda: subprocess.run(ready).returncode == 0,
        folder,
        log=folder / "log",
        ends_by=signal.SIGINT,
        patience=60 if password else 10,
        identity=identity,
    )


def _make_cluster(initdb: str, data: Path, password: str, identity: dict[str, Any]) -> None:
    command = [initdb, "-U", "dinh", "--encoding=UTF8"]
    secret = data.parent / "password"
    if password:
        secret.write_text(password)
        secret.chmod(0o600)
        os.chown(secret, identity.get("user", -1), identity.get("group", -1))
        command += ["--auth=scram-sha-256", f"--pwfile={secret}"]
    else:
        command += ["--auth=trust", "--no-sync"]
    # A locale that knows the letters outside ASCII, as an installation has. Made whole or not at all.
    fresh = data.with_name("new")
    for locale in ("C.UTF-8", "en_US.UTF-8"):
        shutil.rmtree(fresh, ignore_errors=True)
        made = subprocess.run(
            [*command, f"--locale={locale}", "-D", str(fresh)],
            cwd=data.parent,
            capture_output=True,
            text=True,
            **identity,
        )
        if made.returncode == 0:
            break
    secret.unlink(missing_ok=True)
    if made.returncode:
        stop(f"PostgreSQL could not be set up:\n{made.stdout}{made.stderr}")
    fresh.rename(data)


def redis_server(folder: Path, port: int, *, password: str = "") -> Server:
    """Redis that saves nothing: hints and counters may be lost, the truth is in the database."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = [f"port {port}", "bind 127.0.0.1", 'save ""', "appendonly no", "databases 64"]
    facts += [f"requirepass {password}"] if password else []
    settings = folder / "redis.conf"
    settings.touch(mode=0o600)
    settings.write_text("\n".join([*facts, ""]))
    command = [str(find_redis()), str(settings)]
    return Server("Redis", command, lambda: listens(port), folder, log=folder / "log")


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A private PostgreSQL for the time of the block: fast and forgetful. Yields its DATABASE_URL."""
    folder, port = Path(tempfile.mkdtemp(prefix="dinh-postgresql-")), free_port()
    try:
        with running(postgresql_server(folder, port)):
            yield f"postgres://dinh@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """A private Redis for the time of the block. Yields its REDIS_URL."""
    folder, port = Path(tempfile.mkdtemp(prefix="dinh-redis-")), free_port()
    try:
        with running(redis_server(folder, port)):
            yield f"redis://127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
