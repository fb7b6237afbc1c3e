import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.utils import timezone

from meetings.actions.polls import progress
from meetings.models import AgendaItem, Meeting, Paper, Role, Seat, State
from tests.factories.meetings import ItemFactory, MeetingFactory, PaperFactory, SeatFactory


@dataclass
class Room:
    """A meeting with one seat of every role, four items of which one has sub-items, and papers."""

    meeting: Meeting
    seats: dict[str, Seat]
    items: list[AgendaItem]
    open_paper: Paper
    closed_paper: Paper
    other_closed_paper: Paper
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A signed-in browser of the seat."""
        if role not in self.clients:
            self.clients[role] = Client()
            self.clients[role].force_login(self.seats[role].person)
        return self.clients[role]

    def at(self, state: str) -> "Room":
        """The same room moved to a state, past the rules."""
        self.meeting.state = state
        self.meeting.opened_at = timezone.now() if state in {State.LIVE, State.CLOSED} else None
        self.meeting.save(update_fields=["state", "opened_at"])
        return self


@pytest.fixture(autouse=True)
def _no_late_counters() -> Iterator[None]:
    """How many have voted is shown a second later by a thread: none outlives its test."""
    yield
    progress.forget()


@pytest.fixture
def room(db: None) -> Room:
    """Published. The invited seat attends item 2 only."""
    meeting = MeetingFactory(
        state=State.PUBLISHED, starts_at=datetime.datetime(2026, 11, 24, 1, 0, tzinfo=datetime.UTC)
    )
    names = {
        Role.CHAIR: "Chủ Toạ",
        Role.SECRETARY: "Thư Ký",
        Role.DELEGATE: "Đại Biểu",
        Role.INVITED: "Khách Mời",
        Role.OBSERVER: "Quan Sát",
        Role.HALL: "Màn Hình",
    }
    seats = {
        role: SeatFactory(
            meeting=meeting,
            role=role,
            person__last_name="Tên",
            person__first_name=name,
            post=f"Chức vụ {role}",
        )
        for role, name in names.items()
    }
    first = ItemFactory(meeting=meeting, title="Khai mạc", minutes=10)
    second = ItemFactory(meeting=meeting, title="Đất đai khu Bắc", minutes=30, presenter="Phòng Kinh tế")
    third = ItemFactory(meeting=meeting, title="Ngân sách kín")
    sub = ItemFactory(meeting=meeting, parent=third, title="Dự toán phân bổ", minutes=20)
    seats[Role.INVITED].items.set([second])
    return Room(
        meeting=meeting,
        seats=seats,
        items=[first, second, third, sub],
        open_paper=PaperFactory(item=second, title="Tờ trình công khai", level="normal"),
        closed_paper=PaperFactory(item=second, title="Phương án đất kín"),
        other_closed_paper=PaperFactory(item=third, title="Phụ lục ngân sách kín"),
    )
