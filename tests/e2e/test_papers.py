"""Journeys with a paper: drawn on the tablet, searched, turned, read to its end, and always shown somehow."""

import uuid
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PHONE, PORTRAIT, TABLET, Open, Watch, assert_accessible
from tests.factories.files import pdf

pytestmark = pytest.mark.once

COUNT_IMAGES = """(() => {
    const made = new Set(), create = document.createElement.bind(document);
    document.createElement = (name, ...more) => {
        const element = create(name, ...more);
        if (name === "canvas") made.add(new WeakRef(element));
        return element;
    };
    const isLarge = (each) => each && each.width * each.height > 90_000;
    window.pageImages = () => [...made].map((each) => each.deref()).filter(isLarge).length;
})()"""
"""Counts the images of pages held, on the screen or not; thumbnails are smaller."""
COMPILE = """() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
    .then(() => "yes", () => "no")"""


def lines_of(page: int, count: int) -> bytes:
    """A page that says where it is, in three lines."""
    words = [f"Trang {page} cua {count}", f"Thu ngan sach quy {page % 4 + 1}", "Het trang"]
    return b"\n".join(
        b"BT /F1 22 Tf 72 %d Td (%s) Tj ET" % (700 - 60 * at, text.encode()) for at, text in enumerate(words)
    )


def stored(name: str, pages: int) -> Any:
    """A paper of `pages` pages put here by the delegate who reads it, its text read."""
    from intranet.files.actions import read_content, store
    from intranet.organization.models import Person

    data = pdf(*(lines_of(page, pages) for page in range(1, pages + 1)))
    owner = Person.objects.get(username="daibieu01")
    file = store(owner, file=BytesIO(data), name=f"{name}.pdf", command=uuid.uuid4())
    read_content(file.content)
    return file


def sweep(page: Page, way: int) -> None:
    """One finger swept sideways over the paper: forwards with -1, backwards with 1."""
    page.evaluate(
        """way => {
            const room = document.querySelector(".viewer__room"), box = room.getBoundingClientRect();
            const y = box.top + box.height / 2, start = box.left + box.width / 2;
            const send = (type, x) => {
                const touch = new Touch({identifier: 1, target: room, clientX: x, clientY: y});
                const touches = type === "touchend" ? [] : [touch];
                const facts = {touches, changedTouches: [touch], bubbles: true, cancelable: true};
                room.dispatchEvent(new TouchEvent(type, facts));
            };
            send("touchstart", start);
            for (let step = 1; step <= 5; step += 1) send("touchmove", start + way * 30 * step);
            send("touchend", start + way * 150);
        }""",
        way,
    )


def drawn(page: Page, number: int) -> None:
    """Wait until the page is on the screen with its image."""
    expect(page.locator(f'.viewer__paper[data-sheet="{number}"] canvas').first).to_be_visible(timeout=20_000)


def test_paper_is_drawn_on_the_tablet_searched_and_read_aloud_in_its_order(tablet: Open, rows: None) -> None:
    file = stored("Ngân sách", 12)
    page = tablet("daibieu01", viewport=PORTRAIT)
    page.add_init_script(COUNT_IMAGES)
    with page.expect_response(lambda answer: answer.url.endswith("/xem.pdf")) as asked:
        page.goto(f"/tep/{file.ref}/xem/")
    assert asked.value.status == 206
    drawn(page, 1)
    assert page.evaluate(COMPILE) == "no", "the page itself may compile nothing"
    expect(page.locator(".viewer__text > span")).to_have_text(
        ["Trang 1 cua 12", "Thu ngan sach quy 2", "Het trang"]
    )

    page.get_by_role("button", name="Tìm kiếm").click()
    page.get_by_label("Chữ cần tìm trong tài liệu").fill("NGÂN SÁCH quý 4")
    page.keyboard.press("Enter")
    found = page.locator(".paperpanel__found button")
    expect(found).to_have_count(3)
    found.nth(1).click()
    drawn(page, 7)
    expect(page.locator('.viewer__paper[data-sheet="7"] .viewer__hit--current')).to_be_visible()
    page.get_by_role("button", name="Chỗ sau").click()
    drawn(page, 11)
    page.get_by_role("button", name="Kết thúc tìm kiếm").click()
    expect(page.locator(".viewer__hit")).to_have_count(0)

    page.get_by_role("button", name="Cách xem").click()
    page.get_by_label("Cuộn liên tục").check()
    page.keyboard.press("Escape")
    page.locator("#reading-page").fill("3")
    page.keyboard.press("Enter")
    drawn(page, 3)
    page.locator(".viewer__room").evaluate("room => room.scrollBy(0, room.clientHeight)")
    expect(page.locator("#reading-page")).to_have_value("4")
    drawn(page, 4)
    order = page.locator(".viewer__paper").evaluate_all(
        "all => all.map((each) => Number(each.dataset.sheet))"
    )
    assert order == sorted(order)
    for viewport in (PORTRAIT, TABLET, PHONE):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.get_by_role("button", name="Cách xem").click()
        assert_accessible(page)
        page.get_by_role("tab", name="Các trang").click()
        expect(page.locator(".thumbs__image").first).to_be_visible()
        assert_accessible(page)
        page.keyboard.press("Escape")
    assert page.evaluate("pageImages()") <= 3


def test_long_paper_is_read_by_finger_with_three_images_and_flat_memory(tablet: Open, rows: None) -> None:
    file = stored("Hồ sơ nghìn trang", 1000)
    page = tablet("daibieu01", viewport=PORTRAIT, device_scale_factor=2)
    page.add_init_script(COUNT_IMAGES)
    page.goto(f"/tep/{file.ref}/xem/#500")
    drawn(page, 500)
    devtools = page.context.new_cdp_session(page)
    used = []
    for number in range(501, 541):
        sweep(page, -1)
        drawn(page, number)
        assert page.evaluate("pageImages()") <= 3
        if number % 20 == 0:
            devtools.send("HeapProfiler.collectGarbage")
            used.append(devtools.send("Runtime.getHeapUsage")["usedSize"])
    expect(page.locator(".viewer__text").first).to_contain_text("Trang 540")
    assert used[-1] < used[0] + 1_500_000

    for _ in range(6):
        page.locator(".viewer__room").press("+")
    detail = page.locator(".viewer__detail")
    expect(detail).to_be_visible()
    # As sharp as the screen, which has two pixels for one of the page.
    sharp = "() => { const cut = document.querySelector('.viewer__detail');"
    page.wait_for_function(sharp + " return cut && cut.width >= 1.9 * cut.getBoundingClientRect().width; }")
    assert page.evaluate("pageImages()") <= 3


def test_paper_is_shown_by_the_server_where_the_tablet_cannot_draw(
    tablet: Open, watch: Watch, rows: None
) -> None:
    file = stored("Không vẽ được", 3)
    watch.expect(r"wasm|xem\.pdf|404|Failed to load resource")
    page = tablet("daibieu01")
    page.route("**/xem.pdf", lambda route: route.fulfill(status=404, body=""))
    page.goto(f"/tep/{file.ref}/xem/")
    drawn(page, 1)
    page.wait_for_timeout(500)
    sweep(page, -1)
    drawn(page, 2)
    expect(page.locator(".viewer__state")).to_be_hidden()

    without = tablet("daibieu01")
    without.route("**/pdfium.wasm", lambda route: route.abort())
    without.goto(f"/tep/{file.ref}/xem/#2")
    drawn(without, 2)
    sweep(without, -1)
    drawn(without, 3)
    expect(without.locator(".viewer__state")).to_be_hidden()
