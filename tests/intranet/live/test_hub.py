"""Whatever happens to hints: everybody ends equal to a fresh snapshot, nobody is sent more than is theirs."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from intranet.live import hub as hub_module
from intranet.live import registry
from intranet.live.engine import Engine
from intranet.live.frames import Packet
from intranet.live.hub import Hub
from intranet.live.reading import Pass, Point, build
from intranet.live.registry import Admission, Version
from intranet.organization.models import Person
from tests.intranet.live.toy import Toy, ToyKind

REF = "room"
PEOPLE = 3


class Seat:
    """A member that keeps what it is sent, and may be busy for a while."""

    hub: Hub

    def __init__(self, claim: Pass) -> None:
        self.claim = claim
        self.session_key = ""
        self.sent: Version | None = None
        self.is_ready = False
        self.turn = 0
        self.heard_at = 0.0
        self.lagging_since: float | None = None
        self.is_socket, self.behind = True, 0
        self.is_busy = False
        self.is_out = False
        self.received: list[dict[str, Any]] = []
        self.epoch: str | None = None
        self.revision = -1
        self.sections: dict[str, Any] = {}

    def offer(self, packet: Packet) -> bool:
        if self.is_busy:
            return False
        frame = json.loads(packet.body)
        self.received.append(frame)
        if frame["t"] == "snapshot":
            self.sections = dict(frame["sections"])
        else:
            assert frame["epoch"] == self.epoch and frame["since"] <= self.revision < frame["revision"]
            self.sections.update(frame["sections"])
        self.epoch, self.revision = frame["epoch"], frame["revision"]
        return True

    def confirm(self, version: Version) -> None:
        assert version == Version(self.epoch or "", self.revision)

    def beat(self, packet: Packet) -> None:
        """Nobody waits for it here."""

    def end(self, reason: str) -> None:
        self.is_out = True

    def drop(self) -> None:
        self.is_out = True


class Rooms(RuleBasedStateMachine):
    """A topic with changes, seats and connections, and hints that get lost, doubled and reordered."""

    folder: Path
    numbers = itertools.count()
    people: list[Person]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.toy = Toy(self.folder / f"{next(self.numbers)}.sqlite3")
        self.toy.create(REF, {"agenda": 0, "secret": 0})
        self.kind = ToyKind(self.toy)
        self.reader = ToyKind(self.toy)
        """For the test's own reads, which nothing delays or interrupts."""
        registry._kinds["toy"] = self.kind
        self.epoch = "e1"
        self.audiences: dict[int, list[tuple[int, str | None]]] = {}
        """Per person, from which revision on which audience, in this epoch."""
        for person in self.people:
            self._seat(person.pk, "delegate")
        self.engine = self.loop.run_until_complete(self._start())
        self.seats: list[Seat] = []
        self.hints: list[int] = []

    async def _start(self) -> Engine:
        return Engine()

    def _seat(self, person: int, audience: str | None) -> int:
        revision = self.toy.seat(REF, person, audience)
        self.audiences.setdefault(person, []).append((revision, audience))
        return revision

    def _run(self, seconds: float = 0.0) -> None:
        self.loop.run_until_complete(asyncio.sleep(seconds))

    def _call(self, function: Callable[..., None], *arguments: Any) -> None:
        """As a callback of the loop."""

        async def call() -> None:
            function(*arguments)

        self.loop.run_until_complete(call())

    @rule(
        name=st.sampled_from(["agenda", "secret", "notes"]),
        value=st.integers(),
        hint=st.sampled_from(["now", "now", "later", "never"]),
    )
    def change(self, name: str, value: int, hint: str) -> None:
        revision = self.toy.change(REF, {name: value})
        if hint == "now":
            self._call(self.engine.hear, {"poke": ["toy", REF, revision]})
        elif hint == "later":
            self.hints.append(revision)

    @rule(value=st.integers(), early=st.booleans())
    def change_in_the_middle_of_a_projection(self, value: int, early: bool) -> None:
        acts = self.kind.before if early else self.kind.meanwhile
        acts.append(lambda: self.hints.append(self.toy.change(REF, {"notes": value})))

    @rule(
        who=st.integers(0, PEOPLE - 1),
        audience=st.sampled_from([None, "delegate", "chair"]),
        early=st.booleans(),
    )
    def seat_in_the_middle_of_a_projection(self, who: int, audience: str | None, early: bool) -> None:
        acts = self.kind.before if early else self.kind.meanwhile
        acts.append(lambda: self.hints.append(self._seat(self.people[who].pk, audience)))

    @rule(who=st.integers(0, PEOPLE - 1), audience=st.sampled_from([None, "delegate", "chair"]))
    def seat(self, who: int, audience: str | None) -> None:
        self.hints.append(self._seat(self.people[who].pk, audience))

    @rule(which=st.integers(0, 99), keep=st.booleans())
    def deliver_a_hint(self, which: int, keep: bool) -> None:
        if self.hints:
            index = which % len(self.hints)
            revision = self.hints[index] if keep else self.hints.pop(index)
            self._call(self.engine.hear, {"poke": ["toy", REF, revision]})

    @rule(who=st.integers(0, PEOPLE - 1), back=st.integers(0, 3), knows=st.booleans())
    def connect(self, who: int, back: int, knows: bool) -> None:
        person = self.people[who]
        version = self.reader.versions([REF])[REF]
        admission = self.reader.admit(person, REF)
        if admission is None:
            return
        seat = Seat(Pass(person.pk, "", admission, version))

        async def join() -> None:
            self.engine.join(self.kind, REF, seat)
            assert self.engine.subscription.is_up is False
            had = None
            if knows and version.revision >= back:
                # What a tab that was here before has: the sections as they are, a little behind in number.
                _, seat.sections = self.reader.project(REF, admission.audience, None)
                changed = self.reader.changed_since(REF, version.revision - back)
                seat.sections = {name: value for name, value in seat.sections.items() if name not in changed}
                seat.epoch, seat.revision = version.epoch, version.revision - back
                had = Version(version.epoch, version.revision - back)
            seat.hub.resume(seat, had)

        self.loop.run_until_complete(join())
        self.seats.append(seat)

    @rule(which=st.integers(0, 99))
    def disconnect(self, which: int) -> None:
        if self.seats:
            seat = self.seats.pop(which % len(self.seats))
            self._call(self.engine.leave, seat)

    @rule(which=st.integers(0, 99))
    def stall_or_go_on(self, which: int) -> None:
        if self.seats:
            seat = self.seats[which % len(self.seats)]
            seat.is_busy = not seat.is_busy

    @rule(seconds=st.sampled_from([0.0, 0.002, 0.01]))
    def reading_takes(self, seconds: float) -> None:
        self.kind.delay = seconds

    @rule(milliseconds=st.sampled_from([0, 1, 5, 20]))
    def time_passes(self, milliseconds: int) -> None:
        self._run(milliseconds / 1000)

    @rule()
    def everything_settles(self) -> None:
        for seat in self.seats:
            seat.is_busy = False
        self.kind.delay = 0.0
        self.kind.before.clear()
        self.kind.meanwhile.clear()
        for _ in range(400):
            for found in list(self.engine.hubs.values()):
                self._call(found.compare, self.reader.versions([REF])[REF])
            self._run(0.005)
            if all(self._is_right(seat) for seat in self.seats):
                break
        for seat in self.seats:
            assert self._is_right(seat), (seat.sections, seat.sent, seat.claim)

    def _is_right(self, seat: Seat) -> bool:
        audience = self.audiences[seat.claim.person_id][-1][1]
        if seat.is_out or audience is None:
            return seat.is_out
        revision, sections = self.reader.project(REF, audience, None)
        return seat.revision == revision and seat.sections == sections

    @invariant()
    def nobody_was_sent_what_their_seat_may_not_see(self) -> None:
        for seat in self.seats:
            for frame in seat.received:
                held = [
                    who for since, who in self.audiences[seat.claim.person_id] if since <= frame["revision"]
                ]
                assert held and held[-1] is not None, "sent after removal"
                assert held[-1] == "chair" or "secret" not in frame["sections"], "a secret was sent"

    def teardown(self) -> None:
        try:
            self.everything_settles()
            self.nobody_was_sent_what_their_seat_may_not_see()
        finally:
            self.loop.run_until_complete(self.engine.close())
            self.loop.close()
            registry._kinds.pop("toy", None)


def test_hub_is_right_whatever_happens_to_hints(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "COALESCE", 0.02)
    monkeypatch.setattr(hub_module, "LAG_RETRY", 0.005)
    Rooms.folder = tmp_path
    Rooms.people = [Person.objects.create_user(username=f"p{number}") for number in range(PEOPLE)]
    trial = settings(
        max_examples=15,
        stateful_step_count=30,
        deadline=None,
        # The same examples every time, and none made smaller: each step waits for the real clock.
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with override_settings(CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}):
        run_state_machine_as_test(Rooms, settings=trial)  # type: ignore[no-untyped-call]


@pytest.fixture
async def room(transactional_db: None, tmp_path: Path) -> AsyncIterator["Room"]:
    toy = Toy(tmp_path / "toy.sqlite3")
    toy.create(REF, {"agenda": 1, "notes": 1})
    made = Room(toy, ToyKind(toy), Engine())
    for number in range(2):
        made.people.append(await sync_to_async(Person.objects.create_user)(username=f"p{number}"))
        toy.seat(REF, made.people[-1].pk, "delegate")
    registry._kinds["toy"] = made.kind
    yield made
    del registry._kinds["toy"]
    await made.engine.close()


@dataclass
class Room:
    """One topic with two people who have seats."""

    toy: Toy
    kind: ToyKind
    engine: Engine
    people: list[Person] = field(default_factory=list)

    def enter(self, who: int) -> Seat:
        person = self.people[who]
        admission = self.kind.admit(person, REF)
        assert admission is not None
        seat = Seat(Pass(person.pk, "", admission, self.kind.versions([REF])[REF]))
        self.engine.join(self.kind, REF, seat)
        seat.hub.resume(seat, None)
        return seat

    def poke(self, revision: int) -> None:
        self.engine.hear({"poke": ["toy", REF, revision]})


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.002)


async def test_commit_between_names_and_projection_is_not_claimed_without_its_section(room: Room) -> None:
    before = room.kind.versions([REF])[REF]
    room.toy.change(REF, {"agenda": 2})
    room.kind.before.append(lambda: room.toy.change(REF, {"notes": 2}))
    packet = build(room.kind, REF, Point("delegate", before), room.kind.versions([REF])[REF])
    frame = json.loads(packet.body)
    assert frame["revision"] == before.revision + 2
    assert frame["sections"] == {"agenda": 2, "notes": 2}


async def test_change_found_for_a_newcomer_reaches_the_others_without_a_hint(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "COALESCE", 0.3)
    first = room.enter(0)
    await until(lambda: bool(first.sections))
    room.poke(room.toy.change(REF, {"agenda": 2}))
    await until(lambda: first.sections["agenda"] == 2)
    revision = room.toy.change(REF, {"agenda": 3})
    newcomer = room.enter(1)
    await until(lambda: newcomer.revision == revision)
    assert first.sections["agenda"] == 2
    room.poke(revision)
    await until(lambda: first.sections["agenda"] == 3)


async def test_last_one_leaving_before_a_round_is_no_trouble(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    only = room.enter(0)
    await until(lambda: bool(only.sections))
    room.poke(room.toy.change(REF, {"agenda": 2}))
    await asyncio.sleep(hub_module.COALESCE / 5)
    room.engine.leave(only)
    await asyncio.sleep(2 * hub_module.COALESCE)
    assert not caplog.records


async def test_one_who_joins_while_doors_are_read_stays(room: Room) -> None:
    first = room.enter(0)
    await until(lambda: bool(first.sections))
    room.toy.seat(REF, room.people[0].pk, None)
    await asyncio.sleep(2 * hub_module.COALESCE)
    room.kind.delay = 0.1
    room.poke(room.toy.change(REF, {"agenda": 2}))
    await asyncio.sleep(0.02)
    room.kind.delay = 0.0
    second = room.enter(1)
    await until(lambda: first.is_out)
    await until(lambda: bool(second.sections))
    assert not second.is_out


async def test_one_whose_seat_changed_is_no_longer_given_what_the_others_get(room: Room) -> None:
    room.toy.seat(REF, room.people[0].pk, "chair")
    first, second = room.enter(0), room.enter(1)
    await until(lambda: bool(first.sections) and bool(second.sections))
    for number in range(2):  # the hub has made its groups and keeps them
        room.poke(revision := room.toy.change(REF, {"secret": number}))
        await until(lambda revision=revision: first.revision == second.revision == revision)
    room.poke(revision := room.toy.seat(REF, room.people[0].pk, "delegate"))
    await until(lambda: first.revision == revision and "secret" not in first.sections)
    room.poke(revision := room.toy.change(REF, {"secret": "new", "notes": 2}))
    await until(lambda: first.revision == second.revision == revision)
    assert first.sections == second.sections and "secret" not in first.sections


async def test_pass_read_before_a_removal_is_not_vouched_for_by_a_round_that_knew_nothing_of_it(
    room: Room,
) -> None:
    first = room.enter(0)
    await until(lambda: bool(first.sections))
    version = room.kind.versions([REF])[REF]
    late = Seat(Pass(room.people[1].pk, "", Admission("delegate"), version))
    room.toy.seat(REF, room.people[1].pk, None)
    await asyncio.sleep(2 * hub_module.COALESCE)
    room.kind.delay = 0.1
    room.poke(room.toy.change(REF, {"agenda": 2}))
    await asyncio.sleep(0.02)
    room.engine.join(room.kind, REF, late)
    await until(lambda: first.sections["agenda"] == 2)
    room.kind.delay = 0.0
    late.hub.resume(late, None)
    await until(lambda: late.is_out)
    assert late.received == []


async def test_thousand_joiners_share_a_few_readings(transactional_db: None, tmp_path: Path) -> None:
    toy = Toy(tmp_path / "toy.sqlite3")
    toy.create(REF, {"agenda": 1})
    kind = ToyKind(toy)
    person = await sync_to_async(Person.objects.create_user)(username="p")
    toy.seat(REF, person.pk, "delegate")
    engine = Engine()
    version = kind.versions([REF])[REF]
    seats = [Seat(Pass(person.pk + n * 0, "", Admission("delegate"), version)) for n in range(1000)]
    found = Hub(engine, kind, REF)
    for seat in seats:
        seat.hub = found
        found.join(seat)
        found.resume(seat, None)
    while not all(seat.received for seat in seats):
        await asyncio.sleep(0.01)
    assert [len(seat.received) for seat in seats] == [1] * 1000
    assert kind.projected <= 2
    await engine.close()
