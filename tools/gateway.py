"""nginx in front of the web processes: `deploy/nginx.conf` filled in for a place, and run privately.

`python3 -m tools.gateway` prints it for an installation as docs/operations.md describes it; the tests and
`make run-production` fill in the same file. Standard library only.
"""

import argparse
import contextlib
import os
import pwd
import re
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.install import ROOT, stop
from tools.parts import Server, find_nginx, listens, running

TEMPLATE = ROOT / "deploy" / "nginx.conf"
FILES_MAX_BYTES = 200 * 1024 * 1024
"""What one file may have when FILES_MAX_BYTES does not say otherwise."""
AROUND_A_FILE = 1024 * 1024
"""A form around a file adds a little; the view then says in words that the file is too large."""

OPEN_FILES = 65_536
PAGES = ["127.0.0.1:8101", "127.0.0.1:8102"]
LIVE = ["127.0.0.1:8201", "127.0.0.1:8202"]


def upload_bytes() -> int:
    """The largest request that carries a file."""
    return int(os.environ.get("FILES_MAX_BYTES", FILES_MAX_BYTES)) + AROUND_A_FILE


@dataclass(frozen=True)
class Gateway:
    """Where nginx listens, whom it asks, where things lie. Addresses are HOST:PORT."""

    listen: Sequence[str]
    pages: Sequence[str]
    """Processes that answer pages and commands."""
    live: Sequence[str]
    """Processes that hold sockets and long polls."""
    var: Path
    """The installation's DINH_VAR_DIR."""
    pid: Path
    log: Path
    temporary: Path
    cache: Path
    user: str = ""
    """Who the workers are when nginx is started by root: must be able to read `var`."""
    certificate: Path | None = None
    key: Path | None = None
    redirect: str = ""
    """With a certificate: the address of plain HTTP, where everybody is sent to HTTPS."""
    open_files: int = OPEN_FILES
    spare: Sequence[str] = ()
    """Of `live`, those asked only when no other answers."""

    def upstream(self, addresses: Sequence[str]) -> str:
        """The lines of a list of processes; one that does not answer is left alone for two seconds."""
        lines = [
            f"server {address} max_fails=1 fail_timeout=2s{' backup' if address in self.spare else ''};"
            for address in addresses
        ]
        return "\n        ".join(lines)

    def render(self) -> str:
        """The whole configuration."""
        safe = " ssl http2" if self.certificate else ""
        listen = [f"listen {address}{safe} backlog=4096;" for address in self.listen]
        redirect = ""
        if self.certificate:
            listen += [f"ssl_certificate {self.certificate};", f"ssl_certificate_key {self.key};"]
            listen += ["ssl_protocols TLSv1.2 TLSv1.3;", "ssl_session_cache shared:tls:10m;"]
            listen += ["ssl_session_timeout 1d;", "ssl_session_tickets off;"]
            if self.redirect:
                redirect = f"server {{ listen {self.redirect}; return 301 https://$host$request_uri; }}"
        values = {
            "listen": "\n        ".join(listen),
            "redirect": redirect,
            "pages": self.upstream(self.pages),
            "live": self.upstream(self.live),
            "user": f"user {self.user};" if self.user else "",
            "open_files": str(self.open_files),
            "upload": str(upload_bytes()),
            "pid": str(self.pid),
            "log": str(self.log),
            "temporary": str(self.temporary),
            "cache": str(self.cache),
            "var": str(self.var),
        }
        return re.sub(r"@(\w+)@", lambda word: values[word[1]], TEMPLATE.read_text())


def nginx_server(
    folder: Path,
    *,
    listen: Sequence[str],
    pages: Sequence[str],
    live: Sequence[str],
    var: Path,
    spare: Sequence[str] = (),
    certificate: tuple[Path, Path] | None = None,
) -> Server:
    """nginx with everything it writes in `folder`, as the user who calls this."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    for name in ("temporary", "cache"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    gateway = Gateway(
        listen=listen,
        pages=pages,
        live=live,
        spare=spare,
        var=var.resolve(),
        pid=folder / "nginx.pid",
        log=folder,
        temporary=folder / "temporary",
        cache=folder / "cache",
        open_files=OPEN_FILES if most == resource.RLIM_INFINITY else min(most, OPEN_FILES),
        user=pwd.getpwuid(0).pw_name if os.geteuid() == 0 else "",
        certificate=certificate[0] if certificate else None,
        key=certificate[1] if certificate else None,
    )
    settings = folder / "nginx.conf"
    settings.write_text(gateway.render())
    command = [str(find_nginx()), "-c", str(settings), "-p", str(folder)]
    command += ["-e", str(folder / "error.log"), "-g", "daemon off;"]
    port = int(listen[0].rpartition(":")[2])
    return Server("nginx", command, lambda: listens(port), folder, log=folder / "error.log")


@contextlib.contextmanager
def nginx(
    folder: Path,
    port: int,
    *,
    pages: Sequence[str],
    live: Sequence[str],
    var: Path,
    spare: Sequence[str] = (),
) -> Iterator[str]:
    """nginx on 127.0.0.1 for the time of the block, with the shipped configuration. Yields its address."""
    listen = [f"127.0.0.1:{port}"]
    with running(nginx_server(folder, listen=listen, pages=pages, live=live, var=var, spare=spare)):
        yield f"http://127.0.0.1:{port}"


def main() -> None:
    """Print the configuration of an installation on Debian."""
    words = argparse.ArgumentParser(description="Print nginx.conf for this installation.")
    words.add_argument("--var", type=Path, default=Path("/var/lib/dinh"), help="the DINH_VAR_DIR")
    words.add_argument("--user", default="dinh", help="who the web processes run as")
    words.add_argument(
        "--pages", nargs="+", default=["127.0.0.1:8101", "127.0.0.1:8102"], metavar="HOST:PORT"
    )
    words.add_argument("--live", nargs="+", default=["127.0.0.1:8201", "127.0.0.1:8202"], metavar="HOST:PORT")
    words.add_argument("--certificate", type=Path, help="serve HTTPS with this, its chain included")
    words.add_argument("--key", type=Path)
    given = words.parse_args()
    if bool(given.certificate) != bool(given.key):
        stop("--certificate and --key belong together.")
    gateway = Gateway(
        listen=["443", "[::]:443"] if given.certificate else ["80", "[::]:80"],
        pages=given.pages,
        live=given.live,
        var=given.var,
        pid=Path("/run/nginx.pid"),
        log=Path("/var/log/nginx"),
        temporary=Path("/var/lib/nginx"),
        cache=Path("/var/cache/dinh"),
        user=given.user,
        certificate=given.certificate,
        key=given.key,
        redirect="80; listen [::]:80" if given.certificate else "",
    )
    sys.stdout.write(gateway.render())


if __name__ == "__main__":
    main()
