"""The secretary tries the server before a big session: simulated tablets, a verdict, nothing left behind."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from intranet.organization.models import Person
from meetings.models import Meeting
from tests.e2e.browser import Open, assert_accessible
from tests.e2e.room_parts import convened


@pytest.fixture
def meeting(rows: None) -> Meeting:
    """A published meeting nobody else uses."""
    return convened()


def test_rehearsal_says_how_many_tablets_the_server_serves_and_leaves_nothing(
    tablet: Open, meeting: Meeting
) -> None:
    page = tablet("thuky")
    page.goto(f"/hop/{meeting.ref}/chuan-bi/")
    page.get_by_role("link", name="Diễn tập").click()
    page.fill("[name=tablets]", "4")
    page.fill("[name=most]", "4")
    if page.locator("[name=is_confirmed]").count():
        page.check("[name=is_confirmed]")
    page.get_by_role("button", name="Bắt đầu diễn tập").click()
    expect(page.get_by_role("button", name="Dừng diễn tập")).to_be_visible()
    expect(page.locator(".trial__verdict")).to_have_text(re.compile("4 máy tính bảng"), timeout=60_000)
    row = page.locator(".trial__table tbody tr")
    expect(row.locator("th")).to_have_text("4")
    expect(row.locator("td").nth(8)).to_have_text("0")
    assert_accessible(page)
    assert_nothing_left()

    page.fill("[name=tablets]", "30")
    page.fill("[name=most]", "30")
    if page.locator("[name=is_confirmed]").count():
        page.check("[name=is_confirmed]")
    page.get_by_role("button", name="Bắt đầu diễn tập").click()
    expect(page.locator(".trial__phase")).to_contain_text("máy", timeout=30_000)
    page.get_by_role("button", name="Dừng diễn tập").click()
    expect(page.locator("#trial")).to_contain_text("Buổi diễn tập đã được dừng.", timeout=30_000)
    assert_nothing_left()


def assert_nothing_left() -> None:
    """No room, no account and no session of a rehearsal."""
    assert not Meeting.objects.filter(is_rehearsal=True).exists()
    assert not Person.objects.filter(is_stand_in=True).exists()
    assert not Session.objects.filter(session_key__startswith="dientap").exists()
