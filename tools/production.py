"""`make run-production`: the shape of a real installation, privately on this machine.

nginx in front with the shipped configuration, two web processes for pages and two for sockets, a worker,
PostgreSQL and Redis from the system's packages. Everything is kept in var/production between runs; a process
that dies is started again; Ctrl-C stops all of it. PORT (8000) and HOST (127.0.0.1) say where. Standard
library only.
"""

import os
import secrets
import signal
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.gateway import nginx_server
from tools.install import ROOT, install, say, stop
from tools.parts import (
    NGINX,
    POSTGRESQL,
    REDIS,
    Server,
    free_port,
    postgresql_server,
    redis_server,
    require,
)
from tools.serve import (
    Stopped,
    claim_address,
    prepare,
    raise_open_files,
    raise_stopped,
    site_environment,
    web_command,
    worker_command,
)

if TYPE_CHECKING:
    import subprocess

PAGES, LIVE = 2, 2
"""Processes that answer pages, and processes that hold sockets: whoever draws a page lets sockets wait."""
LOOK_SECONDS = 0.2
STEADY_SECONDS = 10.0
"""Whoever lived so long is started again at once; who dies young waits longer each time."""
LONGEST_PAUSE = 10.0


def answers(port: int) -> bool:
    """Whether a web process speaks HTTP already, whatever it says."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=10).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def web_server(name: str, port: int, env: dict[str, str]) -> Server:
    """A web process behind nginx; PostgreSQL knows its connections by its name."""
    named = env | {"PGAPPNAME": name}
    return Server(name, web_command("127.0.0.1", port), lambda: answers(port), ROOT, env=named)


def worker_server(env: dict[str, str]) -> Server:
    """The worker; it needs no time to be ready."""
    named = env | {"PGAPPNAME": "worker"}
    return Server("worker", worker_command(), lambda: True, ROOT, env=named, patience=30)


@dataclass
class Kept:
    """A server with its process and when it may be started again."""

    server: Server
    process: "subprocess.Popen[bytes]"
    started: float
    pause: float = 0.0
    due: float = 0.0


class Keeper:
    """Starts servers in their order, starts again whichever dies, stops them in the opposite order."""

    def __init__(self) -> None:
        self.kept: list[Kept] = []

    def start(self, *servers: Server) -> None:
        """All at once; returns when every one answers. Stops with its last words when one does not."""
        fresh = []
        for server in servers:
            fresh.append(Kept(server, server.start(), time.monotonic()))
            self.kept.append(fresh[-1])
        for one in fresh:
            one.server.wait(one.process)

    def look(self) -> None:
        """Start again what has died."""
        now = time.monotonic()
        for one in self.kept:
            if (code := one.process.poll()) is None:
                continue
            if not one.due:
                one.server.sweep(one.process)
                is_steady = now - one.started > STEADY_SECONDS
                one.pause = 0.0 if is_steady else min(max(0.5, one.pause * 2), LONGEST_PAUSE)
                one.due = now + one.pause
                say(f"{one.server.name} ended (exit {code}); starting it again.")
            if now >= one.due:
                one.process, one.started, one.due = one.server.start(), now, 0.0

    def watch(self) -> None:
        """Until a signal raises Stopped."""
        while True:
            self.look()
            time.sleep(LOOK_SECONDS)

    def stop(self) -> None:
        """nginx first, so that nobody is sent to a process that is going; the database last."""
        for one in reversed(self.kept):
            one.server.stop(one.process)


def secret(path: Path) -> str:
    """A password made at first need and kept readable by its owner only."""
    if not path.is_file():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text()


def main() -> None:
    """Set up, start, say where, and keep everything running until told to stop."""
    if not os.environ.get("PORT", "8000").isdigit():
        stop(f"PORT is {os.environ['PORT']!r}: it must be a number.")
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, raise_stopped)
    keeper = Keeper()
    try:
        claim_address(host, port)
        require(NGINX, POSTGRESQL, REDIS)
        install()
        raise_open_files()
        run(keeper, host, port)
    except Stopped:
        # A second Ctrl-C must not interrupt the orderly end.
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_IGN)
        say("\nStopping …")
    finally:
        keeper.stop()


def run(keeper: Keeper, host: str, port: int) -> None:
    """Start everything, in the order in which one needs the other."""
    var = Path(os.environ.get("DINH_VAR_DIR", ROOT / "var")).resolve() / "production"
    var.mkdir(parents=True, exist_ok=True)
    password, database, broker = secret(var / "password"), free_port(), free_port()
    keeper.start(
        postgresql_server(var / "postgresql", database, password=password),
        redis_server(var / "redis", broker, password=password),
    )
    env, shown = site_environment(host)
    env |= {
        "DINH_VAR_DIR": str(var),
        "DATABASE_URL": f"postgres://dinh:{password}@127.0.0.1:{database}/postgres",
        "REDIS_URL": f"redis://:{password}@127.0.0.1:{broker}",
        "BEHIND_NGINX": "1",
    }
    accounts = prepare(env, var / "postgresql" / "data")
    say("Starting …")
    pages = [free_port() for _ in range(PAGES)]
    live = [free_port() for _ in range(LIVE)]
    named = {f"pages {number}": at for number, at in enumerate(pages, 1)}
    named |= {f"live {number}": at for number, at in enumerate(live, 1)}
    keeper.start(*(web_server(name, at, env) for name, at in named.items()), worker_server(env))
    keeper.start(
        nginx_server(
            var / "nginx",
            listen=[f"[{host}]:{port}" if ":" in host else f"{host}:{port}"],
            pages=[f"127.0.0.1:{at}" for at in pages],
            live=[f"127.0.0.1:{at}" for at in live],
            var=var,
        )
    )
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
    parts = f"nginx, {PAGES} + {LIVE} web processes, worker, PostgreSQL, Redis"
    say(f"\nĐình: {address}" + (f"  ·  {accounts}" if accounts else "") + f"  ·  {parts}  ·  Ctrl-C stops it")
    keeper.watch()


if __name__ == "__main__":
    main()
    sys.exit(0)
