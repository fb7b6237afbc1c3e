"""A meeting in session with many seats, and the cookies of those who sit there."""

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from intranet.live import queries as live
from intranet.organization.models import Person
from meetings.models import AgendaItem, Meeting, Paper, Role, Seat, State
from tests.factories.meetings import ItemFactory, MeetingFactory, PaperFactory, SeatFactory, stored_pdf

CSRF = "a" * 32
PAGES = 40


def cookie_of(person: Person) -> str:
    """The cookies of a browser where this person signed in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"


@dataclass
class Sitter:
    """One seat with the cookies of its tablet."""

    seat: Seat
    cookie: str

    @property
    def session_key(self) -> str:
        return self.cookie.split(";")[0].partition("=")[2]


@dataclass
class Room:
    """A meeting in session."""

    meeting: Meeting
    sitters: dict[str, list[Sitter]]
    items: list[AgendaItem]
    papers: list[Paper] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return self.meeting.ref

    def one(self, role: str) -> Sitter:
        return self.sitters[role][0]

    def fresh(self, audience: str) -> Any:
        """What an audience sees now."""
        return live.snapshot("meeting", self.ref, audience)["sections"]


def make_room(*, delegates: int, observers: int = 0) -> Room:
    """With one chair and one secretary, five items, and a paper of 40 pages for each."""
    meeting = MeetingFactory(state=State.LIVE, opened_at=timezone.now())
    items = [ItemFactory(meeting=meeting) for _ in range(5)]
    papers = []
    for item in items:
        stored = stored_pdf(meeting.convened_by, name=f"trial-{meeting.ref}-{item.pk}.pdf", pages=PAGES)
        papers.append(PaperFactory(item=item, level="normal", stored_file=stored))
    counts = {Role.CHAIR: 1, Role.SECRETARY: 1, Role.DELEGATE: delegates, Role.OBSERVER: observers}
    sitters: dict[str, list[Sitter]] = {}
    for role, count in counts.items():
        sitters[role] = []
        for number in range(count):
            person = Person(
                username=f"{role}-{number}-{meeting.ref}", last_name="Tên", first_name=str(number)
            )
            person.set_unusable_password()
            person.save()
            seat = SeatFactory(meeting=meeting, role=role, person=person)
            sitters[role].append(Sitter(seat, cookie_of(person)))
    return Room(meeting, sitters, items, papers)
