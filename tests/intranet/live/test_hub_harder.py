"""The hub's random trial with what is seldom: restores, a forgotten log, failing reads, ended sessions."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from intranet.live import hub as hub_module
from intranet.live.engine import digest_of
from intranet.organization.models import Person
from tests.intranet.live.test_hub import PEOPLE, REF, Rooms, Seat


class HarderRooms(Rooms):
    """`Rooms` on worse days."""

    def __init__(self) -> None:
        super().__init__()
        self.past: dict[str, dict[int, list[tuple[int, str | None]]]] = {}
        """Who held which seat from which revision on, in the epochs before this one."""
        self.gone: list[tuple[Seat, int]] = []
        """Seats whose session has ended, and how much they had been sent by then."""

    @initialize()
    def two_are_there(self) -> None:
        for who in range(2):
            self.connect(who, 0, False)
        self._run(0.05)

    @rule(who=st.integers(0, PEOPLE - 1), back=st.integers(0, 3), knows=st.booleans())
    def connect(self, who: int, back: int, knows: bool) -> None:
        """A tab that was here before cannot be made up from a log that is forgotten."""
        revision = self.reader.versions([REF])[REF].revision
        is_known = revision >= back and self.reader.changed_since(REF, revision - back) is not None
        super().connect(who, back, knows and is_known)

    @rule(back=st.sampled_from([0, 0, 0, 1, 3]))
    def restore_a_backup(self, back: int) -> None:
        """Revisions go back and mean something else from now on; everybody keeps their seat."""
        self.kind.before.clear()
        self.kind.meanwhile.clear()
        revision = max(0, self.reader.versions([REF])[REF].revision - back)
        self.past[self.epoch] = self.audiences
        self.epoch = f"e{len(self.past) + 1}"
        self.toy.restore(REF, self.epoch, revision)
        # Whatever a seat was before the restore, it is what it is now at every revision of the new epoch.
        self.audiences = {pk: [(-1, held[-1][1])] for pk, held in self.audiences.items()}
        self.hints.clear()
        self._call(self.engine.hear, {"look": True})

    @rule(back=st.integers(0, 5))
    def forget_the_log(self, back: int) -> None:
        self.toy.forget_log(REF, self.reader.versions([REF])[REF].revision - back)

    @rule(times=st.integers(1, 2), early=st.booleans())
    def reads_fail(self, times: int, early: bool) -> None:
        def fail() -> None:
            raise ConnectionError("the database is away")

        (self.kind.before if early else self.kind.meanwhile).extend([fail] * times)

    @rule(which=st.integers(0, 99))
    def session_ends(self, which: int) -> None:
        if self.seats:
            seat = self.seats.pop(which % len(self.seats))
            seat.session_key = f"key-{len(self.gone)}"
            if seat.is_out:
                return
            self._call(self.engine.hear, {"session": digest_of(seat.session_key)})
            assert seat.is_out and seat not in seat.hub.members
            self.gone.append((seat, len(seat.received)))

    def _is_right(self, seat: Seat) -> bool:
        return super()._is_right(seat) and (seat.is_out or seat.epoch == self.epoch)

    @invariant()
    def nobody_was_sent_what_their_seat_may_not_see(self) -> None:
        for seat, count in self.gone:
            assert len(seat.received) == count, "sent after the session had ended"
        for seat in self.seats:
            for frame in seat.received:
                held_then = (self.audiences if frame["epoch"] == self.epoch else self.past[frame["epoch"]])[
                    seat.claim.person_id
                ]
                held = [who for since, who in held_then if since <= frame["revision"]]
                assert held and held[-1] is not None, "sent after removal"
                assert held[-1] == "chair" or "secret" not in frame["sections"], "a secret was sent"


def test_hub_is_right_after_restores_failures_and_ended_sessions(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(hub_module, "COALESCE", 0.02)
    monkeypatch.setattr(hub_module, "LAG_RETRY", 0.005)
    HarderRooms.folder = tmp_path
    HarderRooms.people = [Person.objects.create_user(username=f"h{number}") for number in range(PEOPLE)]
    trial = settings(
        max_examples=8,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with override_settings(CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}):
        run_state_machine_as_test(HarderRooms, settings=trial)  # type: ignore[no-untyped-call]
