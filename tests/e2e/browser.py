"""What journeys say about browsers: how one signs in, what is an error, what is accessible."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests.databases import ROOT

TABLET = {"width": 1180, "height": 820}
PORTRAIT = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AT_REST = """() => Promise.race([
    new Promise((done) => setTimeout(done, 2_000)),
    Promise.all(document.getAnimations()
        .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
        .map((each) => each.finished.catch(() => {}))),
]).then(() => null)"""
OFFLINE = re.compile(
    r"ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_CONNECTION_RESET|WebSocket is already in CLOSING"
)
"""What a browser says when a journey takes its network away."""
Open = Callable[..., Page]
"""The fixture `tablet`: a name and how to open in, a page out."""


@dataclass
class Watch:
    """What went wrong in the browser during a journey."""

    hosts: set[str]
    problems: list[str] = field(default_factory=list)
    expected: list[re.Pattern[str]] = field(default_factory=lambda: [OFFLINE])

    def expect(self, pattern: str) -> None:
        """Errors of the browser matching this are part of the journey."""
        self.expected.append(re.compile(pattern))

    def note(self, problem: str) -> None:
        self.problems.append(problem)

    def on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc not in self.hosts:
            self.note(f"another host was called: {request.url}")

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.note(f"{message.text} ({message.location.get('url', '')})")

    def follow(self, context: BrowserContext) -> None:
        """Watch everything that happens in this browser context."""
        context.on("request", self.on_request)
        context.on("console", self.on_console)
        context.on("weberror", lambda error: self.note(f"{error.page and error.page.url}: {error.error}"))

    def unexpected(self) -> list[str]:
        """The problems nobody announced."""
        return [text for text in self.problems if not any(known.search(text) for known in self.expected)]


def sign_in(page: Page, name: str, password: str) -> None:
    """Through the form, as a person does."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", password)
    page.click("form:has(input[name=password]) [type=submit]")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def assert_accessible(page: Page) -> None:
    """axe finds nothing on the page, up to WCAG 2.2 AA, once what slides or fades in has come to rest."""
    page.evaluate(AT_REST)
    page.evaluate(AXE.read_text())
    told = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
    found = [
        f"{violation['id']} ({violation['help']}): {node['html'][:160]}"
        for violation in told["violations"]
        for node in violation["nodes"]
    ]
    assert found == [], f"{page.url}\n" + "\n".join(found)
