"""nginx, two web processes, PostgreSQL and Redis together: what none of them shows alone."""

import contextlib
import datetime
import http.cookiejar
import io
import ipaddress
import json
import re
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import websockets
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from websockets.sync.client import connect

from tests.e2e.conftest import DATABASE_POOL, Site
from tests.e2e.room_parts import convened
from tests.factories.files import pdf
from tools.gateway import nginx_server
from tools.parts import free_port, running
from tools.production import web_server

pytestmark = pytest.mark.only_postgresql


class Caller:
    """Somebody with cookies and without a browser; redirects are followed, errors are answers."""

    def __init__(self, address: str, safely: ssl.SSLContext | None = None, **headers: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        by = [urllib.request.HTTPCookieProcessor(self.jar), urllib.request.HTTPSHandler(context=safely)]
        self.opener = urllib.request.build_opener(*by)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.name: str(cookie.value) for cookie in self.jar}

    def ask(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> tuple[int, Any, bytes]:
        """Status, headers, body; with `fields` a POST."""
        said = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields).encode()
            token = next((value for name, value in self.cookies.items() if name.endswith("csrftoken")), "")
            said |= {"X-CSRFToken": token, "Origin": self.address, "Referer": self.address + path}
        request = urllib.request.Request(self.address + path, body, said)  # noqa: S310
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    def sign_in(self, name: str) -> "Caller":
        from intranet.config.demo.loaders.organization import PASSWORD

        self.ask("/accounts/login/")
        status, _, body = self.ask("/accounts/login/", {"login": name, "password": PASSWORD})
        assert status == 200 and b'name="password"' not in body, f"{name} could not sign in"
        return self


@pytest.fixture
def statistics(site: Site) -> Iterator["psycopg.Connection[Any]"]:
    """A connection beside the site's own."""
    with psycopg.connect(site.env["DATABASE_URL"], autocommit=True, application_name="watcher") as line:
        yield line


def test_address_of_a_client_is_the_one_nginx_sees(site: Site, rows: None) -> None:
    from allauth.usersessions.models import UserSession

    lies = {"X_Forwarded_For": "203.0.113.9", "X_Real_IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    caller = Caller(site.addresses[0], **lies).sign_in("phochutich")
    kept = UserSession.objects.get(session_key=caller.cookies["sessionid"])
    assert kept.ip == "127.0.0.1"


def test_addresses_made_up_do_not_escape_the_limit_of_attempts(site: Site) -> None:
    told = []
    for number in range(7):
        caller = Caller(site.addresses[number % 2], X_Forwarded_For=f"203.0.113.{number}")
        caller.ask("/accounts/login/")
        told.append(caller.ask("/accounts/login/", {"login": "khong-co-ai", "password": "sai-mat-khau"})[2])
    assert ["Sai quá nhiều lần" in body.decode() for body in told] == [False] * 5 + [True] * 2


def test_private_file_through_nginx_as_long_as_the_right_lasts(site: Site, rows: None) -> None:
    from intranet.files.actions import store
    from intranet.files.models import StoredFile
    from intranet.organization.models import Person

    owner, other = Person.objects.get(username="thuky"), Person.objects.get(username="quantri")
    data = pdf()
    file = store(owner, file=io.BytesIO(data), name="Tờ trình.pdf")
    path = f"/tep/{file.ref}/"
    reader = Caller(site.addresses[0]).sign_in("thuky")
    status, headers, body = reader.ask(path)
    assert (status, body) == (200, data)
    assert headers["Server"] == "nginx" and headers["Content-Type"] == "application/pdf"
    assert headers["Cache-Control"] == "private, no-cache" and "sandbox" in headers["Content-Security-Policy"]
    tag = headers["ETag"]
    assert tag == f'"{file.content.digest}"'
    status, headers, body = reader.ask(path, Range="bytes=5-14", If_Range=tag)
    assert (status, body, headers["ETag"]) == (206, data[5:15], tag)
    assert headers["Content-Range"] == f"bytes 5-14/{len(data)}"
    assert reader.ask(path, If_None_Match=tag)[0] == 304
    assert reader.ask(path, Range=f"bytes={len(data)}-")[0] == 416
    inside = f"/_files/{file.content.digest[:2]}/{file.content.digest[2:4]}/{file.content.digest}"
    assert reader.ask(inside)[0] == 404
    StoredFile.objects.filter(pk=file.pk).update(uploaded_by=other)
    assert reader.ask(path)[0] == 404
    assert reader.ask(path, Range="bytes=0-9", If_None_Match=tag)[0] == 404


def test_public_page_is_the_same_for_all_and_kept_only_for_strangers(site: Site) -> None:
    stranger, member = Caller(site.addresses[0]), Caller(site.addresses[0]).sign_in("daibieu04")
    path = f"/?lan={time.monotonic_ns()}"
    assert member.ask(path)[1]["X-Cache"] == "BYPASS"
    _, headers, first = stranger.ask(path)
    assert headers["X-Cache"] == "MISS" and headers["Set-Cookie"] is None
    _, headers, again = Caller(site.addresses[0]).ask(path)
    assert headers["X-Cache"] == "HIT" and again == first and headers["X-Accel-Expires"] is None
    assert stranger.ask(path, If_None_Match=headers["ETag"])[0] == 304
    for path in ("/accounts/login/", "/khong-co-trang-nay/"):
        assert [stranger.ask(path)[1]["X-Cache"] in (None, "MISS") for _ in range(2)] == [True, True]


def test_socket_through_nginx_lives_and_checks_its_origin(site: Site, rows: None) -> None:
    ref = convened().ref
    caller = Caller(site.addresses[1]).sign_in("daibieu01")
    cookie = "; ".join(f"{name}={value}" for name, value in caller.cookies.items())
    address = f"ws://{urlsplit(site.addresses[1]).netloc}/live/meeting/{ref}/"

    def listen(origin: str) -> dict[str, Any]:
        # Not the asynchronous client: Playwright keeps a loop in this thread.
        with connect(
            address, origin=websockets.Origin(origin), additional_headers={"Cookie": cookie}
        ) as line:
            line.send(json.dumps({"t": "resume"}))
            first: dict[str, Any] = json.loads(line.recv(30))
            line.send(json.dumps({"t": "beat", "c": 7}))
            while (frame := json.loads(line.recv(30))).get("c") != 7:
                pass
            return first | {"beat": frame["t"]}

    first = listen(site.addresses[1])
    assert (first["t"], first["beat"]) == ("snapshot", "beat")
    with pytest.raises(websockets.InvalidStatus) as refused:
        listen("http://evil.example")
    assert refused.value.response.status_code == 403


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Of this machine, signed by nobody else, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(today).not_valid_after(today + datetime.timedelta(days=1))
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = made.add_extension(alternative, critical=False).sign(key, hashes.SHA256())
    paths = tmp_path / "certificate.pem", tmp_path / "key.pem"
    paths[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return paths


def test_with_a_certificate_cookies_and_sockets_are_safe(
    site: Site, rows: None, certificate: tuple[Path, Path], tmp_path: Path
) -> None:
    ref, port, front = convened().ref, free_port(), free_port()
    web = web_server(f"web {port}", port, site.env | {"HTTPS": "1"})
    address = [f"127.0.0.1:{port}"]
    gate = nginx_server(
        tmp_path / "nginx",
        listen=[f"127.0.0.1:{front}"],
        pages=address,
        live=address,
        var=Path(site.env["DINH_VAR_DIR"]),
        certificate=certificate,
    )
    safely = ssl.create_default_context(cafile=str(certificate[0]))
    with running(web), running(gate):
        caller = Caller(f"https://127.0.0.1:{front}", safely).sign_in("daibieu01")
        cookies = {cookie.name: cookie for cookie in caller.jar}
        assert {"__Host-sessionid", "__Host-csrftoken"} <= set(cookies)
        assert all(cookie.secure for cookie in cookies.values())
        assert "max-age" in caller.ask("/ban-lam-viec/")[1]["Strict-Transport-Security"]
        assert caller.ask("/?lan=1")[1]["X-Cache"] == "BYPASS"

        line = connect(
            f"wss://127.0.0.1:{front}/live/meeting/{ref}/",
            origin=websockets.Origin(caller.address),
            additional_headers={"Cookie": f"__Host-sessionid={cookies['__Host-sessionid'].value}"},
            ssl=safely,
        )
        with line:
            line.send(json.dumps({"t": "resume"}))
            assert json.loads(line.recv(30))["t"] == "snapshot"


def connections_of(statistics: "psycopg.Connection[Any]", port: str) -> int:
    """How many a web process holds."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"
    row = statistics.execute(asked, [f"web {port}"]).fetchone()
    return int(row[0]) if row else 0


def test_connections_to_the_database_have_a_bound(
    site: Site, rows: None, statistics: "psycopg.Connection[Any]"
) -> None:
    """More pages and long polls at once than there are connections: all answered, the bound never passed."""
    ref = convened().ref
    callers = [Caller(address).sign_in("daibieu01") for address in site.addresses]
    ports = [str(urlsplit(f"//{web}").port) for web in site.web]
    most = dict.fromkeys(ports, 0)
    over = threading.Event()

    def count() -> None:
        while not over.wait(0.02):
            for port in ports:
                most[port] = max(most[port], connections_of(statistics, port))

    counting = threading.Thread(target=count)
    counting.start()
    try:
        with ThreadPoolExecutor(40) as pool:
            polls = [
                pool.submit(callers[n % 2].ask, f"/live/meeting/{ref}/events?wait=3&n={n}") for n in range(16)
            ]
            pages = [pool.submit(callers[n % 2].ask, f"/hop/{ref}/phong/?n={n}") for n in range(24)]
            told = {one.result()[0] for one in [*polls, *pages]}
    finally:
        over.set()
        counting.join()
    assert told == {200}
    assert all(0 < number <= DATABASE_POOL for number in most.values()), most


def test_connections_that_died_cost_nobody_an_error(
    site: Site, rows: None, statistics: "psycopg.Connection[Any]"
) -> None:
    """What a restarted PostgreSQL leaves behind: every connection the processes kept is dead."""
    caller = Caller(site.addresses[0]).sign_in("daibieu02")
    for _ in range(3):
        statistics.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'web %'"
        )
        for address in site.addresses:
            caller.address = address
            assert caller.ask("/ban-lam-viec/")[0] == 200


def test_too_large_upload_is_told_with_the_limit(site: Site) -> None:
    import http.client

    caller = Caller(site.addresses[0]).sign_in("thuky")
    line = http.client.HTTPConnection(urlsplit(site.addresses[0]).netloc, timeout=30)
    with contextlib.closing(line):
        line.putrequest("POST", "/tep/tai-len/")
        line.putheader("Content-Length", str(400 << 20))
        line.putheader("Cookie", f"sessionid={caller.cookies['sessionid']}")
        line.endheaders(b"x" * 1000)
        answer = line.getresponse()
        told = answer.read().decode()
    assert answer.status == 413
    assert "Máy chủ này nhận mỗi tệp không quá 200,0\xa0MB" in told
    [sheet] = re.findall(r'href="(/static/[^"]*staff.css)"', told)
    assert caller.ask(sheet)[0] == 200
