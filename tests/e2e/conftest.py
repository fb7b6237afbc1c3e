"""Journeys in a real browser against the real site: own database, web process, worker; with Redis as in
production: three web processes behind nginx.

A journey fails by itself when a page calls another host or when the browser reports an error.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from channels.layers import channel_layers
from django.conf import settings as own_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.databases import CACHE, ROOT, new_copy
from tests.e2e.browser import TABLET, Open, Watch, sign_in
from tools.gateway import nginx_server
from tools.parts import find_chromium, free_port
from tools.production import Keeper, web_server, worker_server
from tools.serve import source_state

PATIENCE = 15_000
"""Milliseconds for what a screen shall show, on a machine that does something else as well."""
DATABASE_POOL = 8
"""Connections of a web process: few, so that a test can ask for more than there are."""


@dataclass
class Site:
    """The running site: where it answers, and straight at its web processes when nginx is in front."""

    addresses: list[str]
    env: dict[str, str]
    web: list[str] = field(default_factory=list)
    signed_in: dict[str, Any] = field(default_factory=dict)


def prepare(step: str, env: dict[str, str]) -> "subprocess.Popen[bytes]":
    """One step of what `make run` does before it serves, under way."""
    return subprocess.Popen([sys.executable, "-m", "tools.prepare", step], cwd=ROOT, env=env)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with its demo, on the parts DATABASE_URL and REDIS_URL name.

    With Redis one web process for pages and two for sockets stand behind nginx with the shipped
    configuration, once for each of the two: the first nginx asks the first as long as it answers, the second
    the second.
    """
    var = tmp_path_factory.mktemp("site")
    copy = new_copy(var, f"site_{os.getpid()}")
    env = os.environ | {
        "DATABASE_URL": copy.url,
        "DATABASE_POOL": str(DATABASE_POOL),
        "DINH_RELEASE": source_state()[:10],
        "DINH_VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "intranet.config.settings.production",
        # One key: a journey can make what the site signs.
        "SECRET_KEY": own_settings.SECRET_KEY,
    }
    is_shared = bool(env.get("REDIS_URL"))
    env |= {"BEHIND_NGINX": "1"} if is_shared else {}
    if is_shared:
        # The suites name their channels apart; the site must hear what a journey does in its own process.
        own_settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = "dinh"
        channel_layers.backends.clear()
    statics = CACHE / "site"
    steps = [prepare("static", env | {"DINH_VAR_DIR": str(statics)}), prepare("tables", env)]
    assert [step.wait() for step in steps] == [0, 0]
    for name in ("static", "gateway"):
        (var / name).symlink_to(statics / name)
    ports = [free_port() for _ in range(3 if is_shared else 1)]
    web = [f"127.0.0.1:{port}" for port in ports]
    pages, live = web[:1], web[1:]
    fronts = [free_port() for _ in live]
    keeper = Keeper()
    try:
        keeper.start(*(web_server(f"web {port}", port, env) for port in ports), worker_server(env))
        for port, own in zip(fronts, live, strict=True):
            spare = [other for other in live if other != own]
            settings = {"pages": pages, "live": live, "spare": spare, "var": var}
            keeper.start(nginx_server(var / f"nginx-{port}", listen=[f"127.0.0.1:{port}"], **settings))
        yield Site([f"http://127.0.0.1:{port}" for port in fronts or ports], env, web)
    finally:
        keeper.stop()
        copy.drop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = find_chromium()
    assert path, "no Chromium was found; set CHROMIUM to its path"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    arguments.append("--disable-background-networking")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """Fails the journey when the browser met an error that was not expected."""
    watching = Watch({urlsplit(address).netloc for address in site.addresses})
    yield watching
    assert watching.unexpected() == []


@pytest.fixture
def tablet(site: Site, browser: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens tablets: `tablet("daibieu01", server=1)` is a page of one where that person signed in.

    Without a name nobody is. `server` picks the process that holds its sockets (without Redis the only one).
    `anew` signs in through the form although this person did so before. Other words go to the browser
    context.
    """
    contexts: list[BrowserContext] = []

    def open_tablet(name: str = "", *, server: int = 0, anew: bool = False, **facts: Any) -> Page:

        address = site.addresses[server % len(site.addresses)]
        known = None if anew else site.signed_in.get(name)
        how: dict[str, Any] = {"viewport": TABLET, "has_touch": True, "locale": "vi-VN"}
        how |= {"timezone_id": "Asia/Ho_Chi_Minh", "base_url": address, "storage_state": known}
        # What a service worker answers is not seen by routes of a journey; one about it says "allow".
        how |= {"service_workers": "block"}
        context = browser.new_context(**how | facts)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch.follow(context)
        page = context.new_page()
        if name and not known:
            from intranet.config.demo.loaders.organization import PASSWORD

            sign_in(page, name, PASSWORD)
            if not anew:  # such a session may be ended by its journey
                site.signed_in[name] = context.storage_state()
        return page

    yield open_tablet
    if getattr(request.node, "failed", False):
        keep_pictures(contexts, request.node.name)
    for context in contexts:
        context.close()


def keep_pictures(contexts: list[BrowserContext], name: str) -> None:
    """What every tablet showed when the journey failed, in var/test-failures."""
    folder = ROOT / "var" / "test-failures"
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=folder / f"{name}-{number}.png")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[None]") -> Iterator[None]:
    """Let fixtures know that the journey failed."""
    outcome: Any = yield
    if call.when == "call":
        item.failed = outcome.get_result().failed  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(site: Site) -> None:
    """Rows a journey reads or makes directly are those of the site."""
    import dj_database_url
    from django.db import connection

    connection.settings_dict["NAME"] = dj_database_url.parse(site.env["DATABASE_URL"])["NAME"]


@pytest.fixture
def rows(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, site: Site, settings: Any, monkeypatch: Any
) -> Iterator[None]:
    """Direct use of the site's database and files, to prepare what a journey is not about."""
    from django.db import connections

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread
    settings.FILES_ROOT = Path(site.env["DINH_VAR_DIR"]) / "files"
    with django_db_blocker.unblock():
        yield
        connections.close_all()


@pytest.fixture
def meeting(rows: None) -> Any:
    """A published meeting nobody else uses."""
    from tests.e2e.room_parts import convened

    return convened()
