"""What the bench needs: pdf.js from npm, a plain server for it, and our own site with one reader."""

import contextlib
import gzip
import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.databases import CACHE, new_copy
from tools.install import ROOT, node_environment, run, working_uv
from tools.parts import free_port
from tools.production import Keeper, web_server, worker_server
from tools.serve import source_state

FOLDER = ROOT / "var" / "bench" / "papers"
PDFJS = "5.4.530"
HERE = Path(__file__).resolve().parent
KINDS = {".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".pdf": "application/pdf"}


def install_pdfjs() -> Path:
    """pdf.js, in a folder of its own: the product does not use it."""
    folder = FOLDER / "node"
    package = folder / "node_modules" / "pdfjs-dist"
    known = package / "package.json"
    if not (known.is_file() and f'"version": "{PDFJS}"' in known.read_text()):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true, "type": "module"}\n')
        env = node_environment(working_uv())
        npm = shutil.which("npm", path=env.get("PATH")) or "npm"
        command = [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
        command += ["--omit=optional", "--save-exact", f"pdfjs-dist@{PDFJS}"]
        run(command, "Fetching the peer pdf.js", env=env)
    return package


def peer_folder() -> Path:
    """A folder with the peer's page, pdf.js and, later, the papers."""
    package, folder = install_pdfjs(), FOLDER / "peer"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pdfjs").mkdir(parents=True)
    for path in (HERE / "peer").iterdir():
        shutil.copy(path, folder)
    for name in ("pdf.min.mjs", "pdf.worker.min.mjs"):
        shutil.copy(package / "build" / name, folder / "pdfjs")
    shutil.copytree(package / "cmaps", folder / "pdfjs" / "cmaps")
    shutil.copytree(package / "standard_fonts", folder / "pdfjs" / "fonts")
    return folder


class _Files(BaseHTTPRequestHandler):
    """Static files with one range, scripts compressed."""

    protocol_version = "HTTP/1.1"
    folder: Path

    def do_GET(self) -> None:
        path = self.folder / self.path.split("?")[0].lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self._answer(404, b"", {})
            return
        body, headers = (
            path.read_bytes(),
            {"Content-Type": KINDS.get(path.suffix, "application/octet-stream")},
        )
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if asked:
            first, last = int(asked[1]), min(int(asked[2]), len(body) - 1)
            headers |= {"Content-Range": f"bytes {first}-{last}/{len(body)}"}
            self._answer(206, body[first : last + 1], headers)
            return
        if path.suffix in (".js", ".mjs"):
            body, headers["Content-Encoding"] = gzip.compress(body, 6), "gzip"
        self._answer(200, body, headers)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Accept-Ranges": "bytes", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


def serve_peer(folder: Path) -> int:
    """The port of a server for `folder`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Files", (_Files,), {"folder": folder}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return int(server.server_address[1])


class Site:
    """Our site as `make run` serves it, empty but for one reader with a session."""

    def __init__(self) -> None:
        self.var = FOLDER / "site"
        shutil.rmtree(self.var, ignore_errors=True)
        self.var.mkdir(parents=True)
        self.copy = new_copy(self.var, f"papers_{os.getpid()}")
        self.port = free_port()
        self.env = os.environ | {
            "DATABASE_URL": self.copy.url,
            "DINH_RELEASE": source_state()[:10],
            "DINH_VAR_DIR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "intranet.config.settings.production",
        }
        self.keeper = Keeper()

    def start(self) -> None:
        statics = CACHE / "site"
        prepare = [sys.executable, "-m", "tools.prepare", "static"]
        subprocess.run(prepare, cwd=ROOT, env=self.env | {"DINH_VAR_DIR": str(statics)}, check=True)
        for name in ("static", "gateway"):
            (self.var / name).symlink_to(statics / name)
        os.environ.update(self.env)
        import django

        django.setup()
        self.keeper.start(web_server("web", self.port, self.env), worker_server(self.env))

    def reader(self, name: str) -> tuple[Any, str]:
        """A person, and the cookie of a session of theirs."""
        from django.test import Client

        from tests.factories.organization import PersonFactory

        person = PersonFactory.create(username=name)
        client = Client()
        client.force_login(person)
        return person, client.cookies["sessionid"].value

    def seconds(self) -> float:
        """Processor time used by the web process and whatever it started, in seconds."""
        pids = [one.process.pid for one in self.keeper.kept]
        return sum(_tree_seconds(pid) for pid in pids)

    def stop(self) -> None:
        self.keeper.stop()
        self.copy.drop()


def _tree_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return 0.0
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return own + sum(_tree_seconds(int(child)) for child in children)
