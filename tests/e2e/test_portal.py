"""The public portal as a citizen meets it, and the editor's side of it."""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import DESKTOP, PHONE, Open, assert_accessible

PAGES = {
    "home": "/",
    "procedures": "/thu-tuc/",
    "field": "/thu-tuc/?linh-vuc=ho-tich",
    "procedure": "/thu-tuc/dang-ky-khai-sinh/",
    "documents": "/van-ban/?q=ngan+sach",
    "news": "/tin-tuc/",
    "about": "/gioi-thieu/",
    "contact": "/lien-he/",
    "search": "/tim-kiem/?q=dang+ky+khai+sinh",
    "nothing found": "/tim-kiem/?q=giay+khai+xinh",
}
MOST_REQUESTS = 10
MOST_BYTES = 100 * 1024
MOST_CSS = 20 * 1024


def first_of(page: Page, section: str, link: str) -> str:
    page.goto(section)
    return urlsplit(page.locator(link).first.evaluate("link => link.href")).path


@pytest.mark.once
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_kind_of_page_is_accessible_and_without_script(tablet: Open, size: dict[str, int]) -> None:
    page = tablet(viewport=size)
    addresses = dict(PAGES)
    addresses["article"] = first_of(page, "/tin-tuc/", ".result__title a")
    addresses["document"] = first_of(page, "/van-ban/", ".doc-table__title")
    for name, address in addresses.items():
        page.goto(address)
        expect(page.locator("h1"), name).to_have_count(1)
        assert page.locator("script").count() == 0, name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
        assert_accessible(page)


@pytest.mark.once
def test_first_view_is_small(tablet: Open) -> None:
    page = tablet(viewport=PHONE)
    sent: list[tuple[str, int]] = []

    def weigh(response) -> None:  # type: ignore[no-untyped-def]
        body = response.body()
        packed = body if "font" in response.headers.get("content-type", "") else gzip.compress(body)
        sent.append((response.url, len(packed)))

    page.on("response", weigh)
    page.goto("/", wait_until="networkidle")
    assert len(sent) <= MOST_REQUESTS, sent
    assert sum(size for _url, size in sent) <= MOST_BYTES, sent
    assert sum(size for url, size in sent if url.endswith(".css")) <= MOST_CSS, sent


def test_citizen_finds_what_to_bring_without_diacritics(tablet: Open) -> None:
    page = tablet(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("dang ky khai sinh")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Đăng ký khai sinh", exact=True).click()
    expect(page.locator("h1")).to_have_text("Đăng ký khai sinh")
    expect(page.get_by_role("heading", name="Cần mang theo")).to_be_visible()
    expect(page.locator(".trust").first).to_contain_text("Dữ liệu tham khảo")
    page.get_by_role("checkbox").first.check()
    assert page.context.cookies() == []


def test_slip_of_the_finger_is_answered_with_a_suggestion(tablet: Open) -> None:
    page = tablet(viewport=PHONE)
    page.goto("/tim-kiem/?q=giay+khai+xinh")
    page.locator(".zero__suggest a").click()
    expect(page.locator(".result").first).to_be_visible()


def test_editor_may_send_for_approval_and_approver_may_publish(tablet: Open, rows: None) -> None:
    from cms.models import NewsIndexPage

    address = f"/admin/pages/add/cms/articlepage/{NewsIndexPage.objects.get().pk}/"
    editor = tablet("bientap", viewport=DESKTOP)
    editor.goto(address)
    expect(editor.locator("html")).to_have_attribute("lang", "vi")
    expect(editor.locator("button[name=action-submit]")).to_have_count(1)
    expect(editor.locator("button[name=action-publish]")).to_have_count(0)
    approver = tablet("duyet", viewport=DESKTOP)
    approver.goto(address)
    expect(approver.locator("button[name=action-publish]")).to_have_count(1)
