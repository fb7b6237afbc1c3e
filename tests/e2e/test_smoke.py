"""The first things a visitor and an official see."""

from playwright.sync_api import expect

from tests.e2e.browser import PHONE, Open, assert_accessible


def test_home_page_opens_for_everyone(tablet: Open) -> None:
    for size in ({}, {"viewport": PHONE}):
        page = tablet(**size)
        answer = page.goto("/")
        assert answer is not None and answer.status == 200
        expect(page.locator("h1")).to_be_visible()
        assert page.locator("html").get_attribute("lang") == "vi"
        assert_accessible(page)


def test_sign_in_leads_to_the_desk(tablet: Open) -> None:
    page = tablet("chutich", anew=True)
    expect(page).to_have_url("/ban-lam-viec/")
    assert_accessible(page)
    page.goto("/accounts/logout/")
    assert_accessible(page)
