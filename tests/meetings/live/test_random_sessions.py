"""The law of the projection, and the gate, in random sessions: any act, any seat, any order, any retry."""

import uuid
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from intranet.audit import queries as audit
from intranet.lib.errors import Absent, RuleBroken
from meetings import actions, queries
from meetings.live import projection
from meetings.models import AgendaItem, Command, Level, Meeting, Paper, Revision, Role, Seat, State
from tests.factories.meetings import ItemFactory, MeetingFactory, PaperFactory, SeatFactory, stored_pdf

ROLES = [Role.CHAIR, Role.SECRETARY, Role.SECRETARY, Role.DELEGATE, Role.INVITED, Role.OBSERVER, Role.HALL]
PICK = st.integers(0, 99)
WHO = st.one_of(st.integers(0, 2), PICK)
"""Those who may do most act most."""


class Screen:
    """What a browser of one person knows: whole sections, replaced by those changed since."""

    def __init__(self, person: Any) -> None:
        self.person = person
        self.audience: str | None = None
        self.revision = -1
        self.sections: dict[str, Any] = {}

    def catch_up(self, ref: str) -> None:
        """As the socket does: the door, then what changed since, or everything for another audience."""
        audience = queries.audience_key(self.person, ref)
        since = None
        if audience is not None and audience == self.audience:
            since = queries.sections_since(ref, self.revision)
        self.audience = audience
        if audience is None:
            self.revision, self.sections = -1, {}
        elif since is None:
            self.revision, self.sections = projection.project_now(ref, audience)
        else:
            self.revision, changed = projection.project_now(ref, audience, since)
            self.sections = self.sections | changed


class Sessions(RuleBasedStateMachine):
    """One meeting from its draft on, in the hands of people who press whatever there is."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.meeting = MeetingFactory(state=State.DRAFT)
        self.ref = self.meeting.ref
        self.people = [SeatFactory(meeting=self.meeting, role=role).person for role in ROLES]
        self.people.append(SeatFactory(role=Role.DELEGATE).person)  # a seat elsewhere
        for _ in range(3):
            PaperFactory(item=ItemFactory(meeting=self.meeting))
        self.screens = [Screen(person) for person in self.people]
        self.done: list[tuple[Any, uuid.UUID, str, dict[str, Any], Any]] = []
        self.revision = self.steps = 0

    def teardown(self) -> None:
        try:
            for screen in self.screens:
                self.can_catch_up(screen)
            assert audit.verify().faults == []
            numbers = Revision.objects.filter(meeting=self.meeting).order_by("number")
            assert list(numbers.values_list("number", flat=True)) == list(range(1, self.revision + 1))
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def press(self, who: int, act: str, content: dict[str, Any], command: uuid.UUID | None = None) -> Any:
        """One command, as the view does it; None when it is refused, and then nothing has changed."""
        person = self.people[who % len(self.people)]
        before = Meeting.objects.values_list("revision", flat=True).get(pk=self.meeting.pk)
        number = command or uuid.uuid4()
        try:
            with transaction.atomic():
                seat = queries.seat_for(person, self.ref)

                def run() -> Any:
                    return getattr(actions, act)(seat, **content)

                answer = actions.once(seat, command=number, act=act, content=content, run=run)
        except (RuleBroken, Absent):
            assert Meeting.objects.values_list("revision", flat=True).get(pk=self.meeting.pk) == before
            assert command is not None or not Command.objects.filter(uuid=number).exists()
            return None
        self.done.append((person, number, act, content, answer))
        return answer

    def item(self, which: int) -> int:
        rows = list(AgendaItem.objects.filter(meeting=self.meeting).values_list("pk", flat=True))
        return rows[which % len(rows)] if rows else 0

    def paper(self, which: int) -> int:
        rows = list(Paper.objects.filter(item__meeting=self.meeting).values_list("pk", flat=True))
        return rows[which % len(rows)] if rows else 0

    def seat(self, which: int) -> int:
        rows = list(Seat.objects.filter(meeting=self.meeting).values_list("pk", flat=True))
        return rows[which % len(rows)]

    @initialize(state=st.sampled_from([State.LIVE, State.LIVE, State.LIVE, State.DRAFT]))
    def begins(self, state: str) -> None:
        Meeting.objects.filter(pk=self.meeting.pk).update(
            state=state, opened_at=timezone.now() if state == State.LIVE else None
        )

    @rule(who=WHO, act=st.sampled_from(["publish", "open_meeting", "open_meeting", "stop_showing"]))
    def plain(self, who: int, act: str) -> None:
        self.press(who, act, {})

    @rule(who=WHO, chance=st.integers(0, 9))
    def close(self, who: int, chance: int) -> None:
        if chance == 0:
            self.press(who, "close_meeting", {})

    @rule(who=WHO, which=PICK, sees=st.sampled_from([True, True, True, False]))
    def go_to_item(self, who: int, which: int, sees: bool) -> None:
        current = queries.current_item(self.meeting)
        expected = current.pk if current and sees else None
        self.press(who, "go_to_item", {"item": self.item(which), "expected_item": expected})

    @rule(who=WHO, which=PICK, page=st.integers(0, 3))
    def show_page(self, who: int, which: int, page: int) -> None:
        self.press(who, "show_page", {"paper": self.paper(which), "page": page})

    @rule(who=WHO, text=st.text(min_size=1, max_size=20).filter(lambda text: "\0" not in text))
    def post_message(self, who: int, text: str) -> None:
        self.press(who, "post_message", {"text": text})

    @rule(who=WHO, which=PICK, version=st.integers(0, 2))
    def take_note(self, who: int, which: int, version: int) -> None:
        self.press(who, "take_note", {"item": self.item(which), "text": "ghi", "version": version})

    @rule(who=WHO, under=st.booleans(), which=PICK)
    def add_item(self, who: int, under: bool, which: int) -> None:
        parent = self.item(which) if under else None
        self.press(who, "add_item", {"title": "Thêm", "minutes": 5, "parent": parent})

    @rule(who=WHO, which=PICK, position=st.integers(1, 4))
    def move_item(self, who: int, which: int, position: int) -> None:
        self.press(who, "move_item", {"item": self.item(which), "position": position})

    @rule(who=WHO, which=PICK)
    def remove_item(self, who: int, which: int) -> None:
        self.press(who, "remove_item", {"item": self.item(which)})

    @rule(who=WHO, which=PICK, level=st.sampled_from(Level.values), named=st.booleans())
    def protect_paper(self, who: int, which: int, level: str, named: bool) -> None:
        readers = [self.seat(who)] if named else []
        facts = {"level": level, "named_only": named, "readers": readers}
        self.press(who, "protect_paper", {"paper": self.paper(which), **facts})

    @rule(who=WHO, which=PICK)
    def lay_paper(self, who: int, which: int) -> None:
        stored = stored_pdf(self.people[1], name=f"{len(self.done)}.pdf")
        self.press(who, "add_paper", {"item": self.item(which), "stored_file": stored, "title": "Mới"})

    @rule(who=WHO, which=PICK)
    def remove_paper(self, who: int, which: int) -> None:
        self.press(who, "remove_paper", {"paper": self.paper(which)})

    @rule(who=WHO, which=PICK, role=st.sampled_from(Role.values), items=st.lists(PICK, max_size=2))
    def change_role(self, who: int, which: int, role: str, items: list[int]) -> None:
        content = {"target": self.seat(which), "role": role, "items": [self.item(one) for one in items]}
        self.press(who, "change_role", content)

    @rule(who=WHO, which=PICK)
    def unseat(self, who: int, which: int) -> None:
        self.press(who, "unseat", {"target": self.seat(which)})

    @rule(who=WHO, which=PICK, role=st.sampled_from(Role.values))
    def seat_person(self, who: int, which: int, role: str) -> None:
        person = self.people[which % len(self.people)]
        self.press(who, "seat_person", {"person": person, "role": role})

    @rule(here=st.sets(PICK, max_size=4), process=st.sampled_from(["p1", "p2"]))
    def presence(self, here: set[int], process: str) -> None:
        people = [self.people[one % len(self.people)].pk for one in here]
        actions.note_presence(self.ref, process, people)

    @rule(which=PICK)
    def retry(self, which: int) -> None:
        """The same number again, by the same person: the first answer, or a refusal if the seat is lost."""
        if not self.done:
            return
        person, number, act, content, answer = self.done[which % len(self.done)]
        before = Meeting.objects.values_list("revision", flat=True).get(pk=self.meeting.pk)
        again = self.press(self.people.index(person), act, content, number)
        if again is not None:
            self.done.pop()
        assert again in (None, answer), (act, answer, again)
        assert Meeting.objects.values_list("revision", flat=True).get(pk=self.meeting.pk) == before

    @rule(which=PICK)
    def one_screen_catches_up(self, which: int) -> None:
        self.screens[which % len(self.screens)].catch_up(self.ref)

    @invariant()
    def a_screen_can_catch_up(self) -> None:
        """One at each step, all of them at the end."""
        self.revision = Meeting.objects.values_list("revision", flat=True).get(pk=self.meeting.pk)
        self.steps += 1
        self.can_catch_up(self.screens[self.steps % len(self.screens)])

    def can_catch_up(self, screen: Screen) -> None:
        """From wherever it stands, to exactly what it would see if it came now."""
        later = Screen(screen.person)
        later.audience, later.revision = screen.audience, screen.revision
        later.sections = dict(screen.sections)
        later.catch_up(self.ref)
        key = queries.audience_key(screen.person, self.ref)
        wanted = {} if key is None else projection.project_now(self.ref, key)[1]
        assert later.sections == wanted, (screen.person, screen.revision, self.revision)


@pytest.mark.django_db
def test_any_session_keeps_every_screen_right_and_every_number_once() -> None:
    trial = settings(
        max_examples=5,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Sessions, settings=trial)  # type: ignore[no-untyped-call]
