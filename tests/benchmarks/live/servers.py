"""The servers compared: each on a port of its own, on the server's processor, ended by its process id."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.live import place
from tools.install import ROOT, stop
from tools.parts import free_port, stop_process
from tools.serve import web_command

START_SECONDS = 60


@dataclass
class Server:
    """A running server and how the load generator speaks to it."""

    name: str
    port: int
    pid: int
    log: Path
    facts: dict[str, object] = field(default_factory=dict)
    """Arguments of the load generator that hold for every run against it."""

    @property
    def pids(self) -> str:
        return ",".join(str(pid) for pid in place.tree_of(self.pid))


@contextlib.contextmanager
def serving(
    name: str, command: list[str], port: int, *, env: dict[str, str] | None = None, **facts: object
) -> Iterator[Server]:
    """Start, wait until it listens, pin, and end in any case."""
    log = place.FOLDER / f"{name}-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            process_group=0,
        )
    try:
        until = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if process.poll() is not None or time.monotonic() > until:
                stop(f"The server {name} did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.05)
        time.sleep(0.2)
        place.pin(process.pid, place.processors()[0])
        yield Server(name, port, process.pid, log, facts)
    finally:
        stop_process(process)
        log.unlink(missing_ok=True)


def ours(env: dict[str, str], cookies: Path) -> contextlib.AbstractContextManager[Server]:
    """The product as `make run` starts it, plus the bench's topic."""
    port = free_port()
    command = [*web_command("127.0.0.1", port)[:-1], "tests.benchmarks.live.ours_asgi:application"]
    return serving(
        "ours",
        command,
        port,
        env=env,
        path="/live/board/one/",
        pubpath="/chair/one",
        state=1,
        cookies=cookies,
    )


def tutorial() -> contextlib.AbstractContextManager[Server]:
    """Channels' tutorial pattern under the same Daphne."""
    port = free_port()
    command = [*web_command("127.0.0.1", port)[:-1], "tests.benchmarks.live.tutorial_asgi:application"]
    return serving("tutorial", command, port, path="/", pubpath="/")


def ws(*, cheat: bool = False) -> contextlib.AbstractContextManager[Server]:
    """Node's ws. It lies beside its own package, because Node looks there."""
    port = free_port()
    script = place.FOLDER / "node" / "ws_server.mjs"
    shutil.copyfile(place.HERE / "ws_server.mjs", script)
    env = {**os.environ, "PORT": str(port), "CHEAT": "1" if cheat else ""}
    return serving("ws", [place.node(), str(script)], port, env=env, path="/", pubpath="/chair")


NGINX = """
load_module {module};
{user}
daemon off;
worker_processes 1;
worker_rlimit_nofile 20000;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 8192; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  keepalive_requests 1000000; keepalive_timeout 600s;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /pub {{
      nchan_publisher; nchan_channel_id one; nchan_message_buffer_length 600; nchan_message_timeout 60s;
    }}
    location = /sub {{
      nchan_subscriber websocket; nchan_channel_id one; nchan_subscriber_first_message newest;
    }}
  }}
}}
"""


def nchan() -> contextlib.AbstractContextManager[Server]:
    """nginx with nchan: the publisher posts over one kept connection."""
    port = free_port()
    folder = place.FOLDER / "nginx"
    folder.mkdir(exist_ok=True)
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX.format(module=place.find_nchan(), folder=folder, port=port, user=user)
    (folder / "nginx.conf").write_text(text)
    command = [str(place.find_nginx()), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    return serving("nchan", command, port, path="/sub", pubpath="/pub", http=1)
