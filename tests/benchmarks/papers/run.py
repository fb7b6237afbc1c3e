"""One measured run: a fresh Chromium, a page, what it took."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.e2e.browser import PORTRAIT
from tools.parts import find_chromium

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
FIRST = """
window.first = new Promise((done) => {
    const look = () => {
        const canvas = document.querySelector(".viewer__paper canvas.viewer__image");
        if (canvas && canvas.width) requestAnimationFrame(() => setTimeout(() => done(performance.now())));
        else requestAnimationFrame(look);
    };
    look();
});
const made = new Set(), create = document.createElement.bind(document);
document.createElement = (name, ...more) => {
    const element = create(name, ...more);
    if (name === "canvas") made.add(new WeakRef(element));
    return element;
};
const isLarge = (each) => each && each.width * each.height > 90_000;
window.images = () => [...made].map((each) => each.deref()).filter(isLarge).length;
window.show = (n) => new Promise((done, failed) => {
    const end = performance.now() + 20_000;
    const field = document.querySelector("#reading-page");
    field.value = String(n);
    field.form.requestSubmit();
    const look = () => {
        const canvas = document.querySelector(`.viewer__paper[data-sheet="${n}"] canvas.viewer__image`);
        if (canvas && canvas.width) requestAnimationFrame(() => setTimeout(done));
        else if (performance.now() > end) failed(new Error(`page ${n}`));
        else requestAnimationFrame(look);
    };
    look();
});
"""
"""What both sides offer: `first` (ms from the navigation to the painted page) and `show(n)`."""
TURN = """async ([from, until, rest]) => {
    const took = [];
    let held = 0;
    for (let n = from; n < until; n += 1) {
        const start = performance.now();
        await window.show(n);
        took.push(performance.now() - start);
        held = Math.max(held, window.images?.() ?? 0);
        if (rest) await new Promise((done) => setTimeout(done, rest));
    }
    return [took, held];
}"""


@dataclass
class Side:
    """Ours or the peer: where its pages are, and the session it needs."""

    name: str
    port: int
    cookie: str = ""

    def address(self, paper: str) -> str:
        return f"/tep/{paper}/xem/" if self.cookie else f"/?file={paper}"


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


def tablet(browser: Browser, side: Side) -> BrowserContext:
    """A cold tablet."""
    base = f"http://127.0.0.1:{side.port}"
    viewport: Any = PORTRAIT
    context = browser.new_context(viewport=viewport, device_scale_factor=2, has_touch=True, base_url=base)
    context.set_default_timeout(60_000)
    if side.cookie:
        context.add_cookies([{"name": "sessionid", "value": side.cookie, "url": base}])
        context.add_init_script(FIRST)
    return context


def first_page(browser: Browser, side: Side, paper: str) -> float:
    """Milliseconds from the navigation to the painted page, nothing cached."""
    context = tablet(browser, side)
    page = context.new_page()
    page.goto(side.address(paper))
    took: float = page.evaluate("window.first")
    context.close()
    return took


def turned(page: Page, first: int, until: int, rest: int = 0) -> tuple[list[float], int]:
    """Milliseconds of each page shown one after the other, and the most images held."""
    took, held = page.evaluate(TURN, [first, until, rest])
    return took, held


def renderer_memory(browser: Browser) -> float:
    """The most memory any page process has had, in MB."""
    devtools = browser.new_browser_cdp_session()
    processes = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
    most = 0.0
    for process in processes:
        if process["type"] != "renderer":
            continue
        for line in Path(f"/proc/{process['id']}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                most = max(most, int(line.split()[1]) / 1024)
    return most


def busy_elsewhere() -> float:
    """Processor seconds used on this machine so far, by everybody."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return (sum(map(int, fields)) - int(fields[3]) - int(fields[4])) / os.sysconf("SC_CLK_TCK")
