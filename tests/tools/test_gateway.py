"""The shipped nginx configuration in front of a toy that says and repeats what it is told."""

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tools.gateway import nginx
from tools.parts import free_port
from tools.prepare import draw_gateway_pages

pytestmark = pytest.mark.once


class Toy(ThreadingHTTPServer):
    """Answers with the headers of the request as JSON, and with the headers `?X-Name=value` asks for."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Repeat)
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def end(self) -> None:
        self.shutdown()
        self.server_close()


class Repeat(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    server: Toy

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        for pair in self.path.partition("?")[2].split("&"):
            name, _, value = pair.partition("=")
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def toys() -> Iterator[tuple[Toy, Toy]]:
    pages, live = Toy(), Toy()
    yield pages, live
    pages.end()
    live.end()


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation's folder with a private file, a script, and nginx's own pages."""
    from django.conf import settings
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("var")
    with override_settings(GATEWAY_ROOT=folder / "gateway", STATIC_URL=settings.STATIC_URL):
        draw_gateway_pages()
    drawer = "static/r1/files/js/pdf/worker.js"
    for name in (
        "files/ab/cd/abcd",
        "static/r1/room/room.js",
        drawer,
        "media/images/a.png",
        "media/documents/a.pdf",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(bytes(range(256)) * 4)
    (folder / "static/r1/room/room.js.gz").write_bytes(b"packed before")
    return folder


@pytest.fixture(scope="module")
def front(toys: tuple[Toy, Toy], var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of nginx with one toy for pages, one for sockets."""
    port = free_port()
    pages, live = toys
    folder = tmp_path_factory.mktemp("nginx")
    with nginx(folder, port, pages=[pages.address], live=[live.address], var=var):
        yield port


def ask(port: int, path: str, how: str = "GET", body: bytes = b"", **headers: str) -> tuple[Any, bytes]:
    """The answer and its body; underscores of header names given here become dashes."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(line):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(how, path, body or None, named)
        answer = line.getresponse()
        return answer, answer.read()


def ask_raw(port: int, request: bytes, until: bytes = b"") -> bytes:
    """What nginx says to these very bytes: everything, or as far as `until`."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        said = b""
        while part := line.recv(65536):
            said += part
            if until and until in said:
                break
        return said


def test_what_clients_say_of_themselves_is_written_over(front: int) -> None:
    lies = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Real-IP": "203.0.113.9",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "for=203.0.113.9;proto=https",
        "Proxy": "http://evil.example",
    }
    for path in ("/", "/ban-lam-viec/", "/hop/a/chuan-bi/", "/live/meeting/a/events"):
        _, body = ask(front, path, **lies, Cookie="sessionid=x")
        heard = json.loads(body)
        assert heard["x-forwarded-for"] == heard["x-real-ip"] == "127.0.0.1"
        assert heard["x-forwarded-proto"] == "http"
        assert heard["host"] == f"127.0.0.1:{front}"
        assert not {"x-forwarded-host", "forwarded", "proxy"} & set(heard)


@pytest.mark.parametrize("name", ["X_Real_IP", "X_Forwarded_For", "X-Real-IP\x0b", "X-Real-IP\x1c"])
def test_headers_that_look_like_ours_are_dropped_or_refused(front: int, name: str) -> None:
    lie = f"GET /ban-lam-viec/ HTTP/1.1\r\nHost: a\r\n{name}: 203.0.113.9\r\nConnection: close\r\n\r\n"
    said = ask_raw(front, lie.encode())
    assert b"203.0.113.9" not in said
    assert b" 200 " in said.split(b"\r\n")[0] or b" 400 " in said.split(b"\r\n")[0]


def test_only_a_websocket_is_passed_on_as_an_upgrade(front: int) -> None:
    _, body = ask(front, "/live/meeting/a/", Upgrade="websocket", Connection="Upgrade")
    assert json.loads(body)["upgrade"] == "websocket" and json.loads(body)["connection"] == "upgrade"
    _, body = ask(front, "/ban-lam-viec/", Upgrade="h2c", Connection="Upgrade, HTTP2-Settings")
    assert "upgrade" not in json.loads(body) and "connection" not in json.loads(body)


def test_sockets_and_pages_go_to_their_own_processes(front: int, toys: tuple[Toy, Toy]) -> None:
    pages, live = toys
    ask(front, "/live/meeting/a/events?own")
    ask(front, "/hop/a/phong/?own")
    assert "GET /live/meeting/a/events?own" in live.asked and "GET /hop/a/phong/?own" in pages.asked
    assert "GET /live/meeting/a/events?own" not in pages.asked


def kept(front: int, path: str, **headers: str) -> str | None:
    """What nginx says about its store for this answer."""
    answer, _ = ask(front, path, **headers)
    assert answer.status == 200
    found: str | None = answer.headers["X-Cache"]
    return found


def test_public_page_is_kept_only_when_it_says_so(front: int) -> None:
    allowed = "/?X-Accel-Expires=60&allowed=1"
    assert [kept(front, allowed), kept(front, allowed)] == ["MISS", "HIT"]
    for path in ("/?plain", "/?Cache-Control=max-age=600", "/?Expires=Sun,_01_Jan_2040_00:00:00_GMT"):
        assert [kept(front, path), kept(front, path)] == ["MISS", "MISS"]


def test_page_that_sets_a_cookie_is_never_kept(front: int) -> None:
    path = "/?X-Accel-Expires=60&Set-Cookie=sessionid=1"
    assert [kept(front, path), kept(front, path)] == ["MISS", "MISS"]


def test_whoever_is_known_neither_gets_nor_leaves_a_kept_page(front: int) -> None:
    path = "/?X-Accel-Expires=60&known=1"
    for cookie in ("sessionid=a", "__Host-sessionid=a", "a=b; csrftoken=c", "django_language=en"):
        assert kept(front, path, Cookie=cookie) == "BYPASS"
    assert [kept(front, path), kept(front, path)] == ["MISS", "HIT"]
    answer, body = ask(front, path, Cookie="sessionid=a")
    assert answer.headers["X-Cache"] == "BYPASS" and json.loads(body)["cookie"] == "sessionid=a"


def test_pages_for_people_are_in_no_store_at_all(front: int) -> None:
    for path in ("/ban-lam-viec/", "/hop/a/phong/", "/tep/a/", "/accounts/login/", "/admin/pages/"):
        for _ in range(2):
            answer, body = ask(front, f"{path}?X-Accel-Expires=60", If_None_Match='"a"')
            assert answer.headers["X-Cache"] is None
        assert json.loads(body)["if-none-match"] == '"a"', "the view decides about 304"


def test_private_files_are_sent_only_where_a_view_says_so(front: int) -> None:
    outside = ["/_files/ab/cd/abcd", "/%5ffiles/ab/cd/abcd", "//_files/ab/cd/abcd", "/x/../_files/ab/cd/abcd"]
    outside += ["/static/../files/ab/cd/abcd", "/static/r1/../../files/ab/cd/abcd", "/media/documents/a.pdf"]
    outside += ["/media/images/../documents/a.pdf", "/static/%2e%2e/files/ab/cd/abcd", "/_gateway/503.html"]
    for path in outside:
        answer, body = ask(front, path)
        assert bytes(range(200)) not in body, path
    answer, body = ask(front, "/_files/ab/cd/abcd")
    assert answer.status == 404 and "Đình" not in answer.headers.get("Server", "")
    allowed = "/tep/a/?X-Accel-Redirect=/_files/ab/cd/abcd"
    answer, body = ask(front, allowed)
    assert (answer.status, body) == (200, bytes(range(256)) * 4)
    _, body = ask(front, "/tep/a/", X_Accel_Redirect="/_files/ab/cd/abcd")
    assert bytes(range(200)) not in body, "a client does not redirect nginx"


def test_private_file_keeps_the_words_of_its_view(front: int) -> None:
    said = "ETag=%22digest%22&Cache-Control=private,no-cache&Content-Type=application/pdf"
    said = said.replace("%22", '"') + "&Content-Security-Policy=sandbox&Content-Disposition=inline"
    path = f"/tep/a/?X-Accel-Redirect=/_files/ab/cd/abcd&{said}"
    answer, body = ask(front, path, Range="bytes=10-19")
    assert (answer.status, body) == (206, bytes(range(10, 20)))
    assert answer.headers["Content-Range"] == "bytes 10-19/1024"
    for name, value in {
        "ETag": '"digest"',
        "Cache-Control": "private,no-cache",
        "Content-Type": "application/pdf",
        "Content-Security-Policy": "sandbox",
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Cookie",
        "Last-Modified": None,
        "X-Accel-Redirect": None,
    }.items():
        assert answer.headers[name] == value, name
    answer, body = ask(front, path, Range="bytes=10-19", If_Range='"digest"')
    assert (answer.status, len(body)) == (206, 10)
    answer, body = ask(front, path, Range="bytes=10-19", If_Range='"another"')
    assert (answer.status, len(body)) == (200, 1024)
    assert ask(front, path, Range="bytes=5000-")[0].status == 416
    assert len(ask(front, path, Range="bytes=0-1,5-6")[1]) == 1024, "one part at a time"


def test_only_the_script_that_draws_pdfs_may_compile(front: int) -> None:
    answer, _ = ask(front, "/static/r1/files/js/pdf/worker.js")
    assert answer.headers["Content-Security-Policy"].split("; ")[1] == "script-src 'self' 'wasm-unsafe-eval'"
    assert ask(front, "/static/r1/room/room.js")[0].headers["Content-Security-Policy"] is None


def test_static_files_never_ask_a_process(front: int, toys: tuple[Toy, Toy]) -> None:
    before = len(toys[0].asked)
    answer, body = ask(front, "/static/r1/room/room.js")
    assert answer.status == 200 and len(body) == 1024
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    answer, body = ask(front, "/static/r1/room/room.js", Accept_Encoding="gzip")
    assert (answer.headers["Content-Encoding"], body) == ("gzip", b"packed before")
    answer, body = ask(front, "/static/r0/room/room.js")
    assert answer.status == 404 and "Không có gì ở địa chỉ này" in body.decode()
    assert len(toys[0].asked) == before


def test_too_large_is_said_in_our_words(front: int) -> None:
    for path, size in (("/accounts/login/", 7 << 20), ("/tep/tai-len/", 300 << 20)):
        head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
        said = ask_raw(front, head.encode(), b"</html>").decode()
        assert said.startswith("HTTP/1.1 413 ") and "Tệp gửi lên quá lớn" in said and "200,0\xa0MB" in said
    answer, _ = ask(front, "/tep/tai-len/", "POST", b"x" * (7 << 20))
    assert answer.status == 200, "what a file may have goes through"


def test_nobody_there_is_said_in_our_words_and_kept_pages_stay(var: Path, tmp_path: Path) -> None:
    toy = Toy()
    port = free_port()
    with nginx(tmp_path, port, pages=[toy.address], live=[toy.address], var=var):
        assert kept(port, "/?X-Accel-Expires=1") == "MISS"
        toy.end()
        for how in ("GET", "POST"):
            answer, body = ask(port, "/ban-lam-viec/", how)
            assert answer.status == 503 and answer.headers["Retry-After"] == "5"
            assert "Hệ thống đang khởi động lại" in body.decode()
        assert ask(port, "/live/meeting/a/")[0].status == 503
        until = time.monotonic() + 20
        while (found := kept(port, "/?X-Accel-Expires=1")) == "HIT" and time.monotonic() < until:
            time.sleep(0.1)
        assert found == "STALE"


def test_a_process_that_is_away_costs_nobody_an_answer(var: Path, tmp_path: Path) -> None:
    toy, dead, port = Toy(), free_port(), free_port()
    addresses = [f"127.0.0.1:{dead}", toy.address]
    with nginx(tmp_path, port, pages=addresses, live=addresses, var=var):
        for how in ("GET", "POST") * 5:
            assert ask(port, "/hop/a/lenh/post_message/", how)[0].status == 200
    toy.end()


def test_log_holds_no_words_searched_for_and_no_cookies(front: int, tmp_path_factory: Any) -> None:
    ask(front, "/tim-kiem/?q=ho-ten-nguoi-dan", Cookie="sessionid=bi-mat", Referer="http://a/?q=rieng-tu")
    log = tmp_path_factory.getbasetemp() / "nginx0" / "access.log"
    until = time.monotonic() + 30
    while "/tim-kiem/" not in log.read_text() and time.monotonic() < until:
        time.sleep(0.2)
    told = log.read_text()
    assert "/tim-kiem/ 200" in told
    assert not any(word in told for word in ("ho-ten", "bi-mat", "rieng-tu"))
