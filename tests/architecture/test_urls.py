"""A stranger gets 404 for what is not theirs, as for what does not exist; nobody is let in unsigned."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from intranet.organization.models import Person
from meetings.models import Body
from tests.architecture.urls import ABSENT, ROWS, SIGN_IN
from tests.factories.mailbox import delivered_to, draft_to
from tests.factories.meetings import MeetingFactory, SeatFactory, stored_pdf
from tests.factories.organization import PersonFactory

OTHERS = ("accounts/", "admin/", "documents/")
"""Address spaces of allauth and Wagtail, which have tests of their own."""
NOBODYS = "khong-co-that"


def own_names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The names of every address that is ours."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            is_wagtails_page_tree = getattr(entry.urlconf_name, "__name__", "") == "wagtail.urls"
            if str(entry.pattern) not in OTHERS and not is_wagtails_page_tree:
                inside = f"{space}{entry.namespace}:" if entry.namespace else space
                yield from own_names(entry, inside)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def committed(name: str) -> Any:
    """The live engine reads in threads of its own, which see committed rows only."""
    marks = [pytest.mark.django_db(transaction=True)] if name.startswith("live:") else []
    return pytest.param(name, marks=marks)


@pytest.fixture
def things(db: None) -> dict[str, str]:
    """References of things that belong to others."""
    owner, reader = PersonFactory(username="owner"), PersonFactory(username="reader")
    meeting = MeetingFactory(convened_by=owner)
    SeatFactory(meeting=meeting, person=owner)
    return {
        "meeting": meeting.ref,
        "body": Body.objects.create(office=meeting.office, name="Hội đồng").ref,
        "file": stored_pdf(owner).ref,
        "message": delivered_to(owner, reader).ref,
        "draft": draft_to(owner, reader).ref,
        "release": settings.RELEASE,
    }


@pytest.fixture
def stranger(db: None) -> Person:
    """Signed in, with no seat, no office and no role."""
    return PersonFactory(username="stranger")


def test_every_address_has_a_row() -> None:
    assert sorted(own_names(get_resolver())) == sorted(ROWS)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_row_is_about_its_address(name: str, things: dict[str, str]) -> None:
    assert resolve(ROWS[name].path.format(**things)).view_name == name


@pytest.mark.parametrize("name", sorted(ROWS))
def test_nobody_is_let_in_unsigned(name: str, things: dict[str, str], client: Client) -> None:
    row = ROWS[name]
    answer = getattr(client, row.method)(row.path.format(**things))
    assert answer.status_code == row.anonymous
    if row.anonymous == SIGN_IN and name != "set_language":
        assert answer["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("name", [committed(name) for name in sorted(ROWS)])
def test_stranger_finds_nothing(name: str, things: dict[str, str], stranger: Person, client: Client) -> None:
    row = ROWS[name]
    client.force_login(stranger)
    answer = getattr(client, row.method)(row.path.format(**things))
    assert answer.status_code == row.stranger
    if row.stranger == ABSENT and "{" in row.path:
        nothing = dict.fromkeys(things, NOBODYS)
        never_was = getattr(client, row.method)(row.path.format(**nothing))
        assert (never_was.status_code, never_was.content) == (answer.status_code, answer.content)
