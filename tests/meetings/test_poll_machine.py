"""Any order of acts on votes: ballots counted are ballots confirmed, nobody twice, frozen is frozen."""

import uuid
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from intranet.lib.errors import RuleBroken
from meetings import actions
from meetings.models import Cast, Poll, PollState, Seat, Urn
from tests.meetings.test_ballot_secrecy import CHOICES, hall

PICK = st.integers(0, 30)
FROZEN = (
    "heads_all",
    "heads_present",
    "votes_all",
    "votes_present",
    "quorum_need",
    "numerator",
    "denominator",
)


class Votes(RuleBasedStateMachine):
    """A hall of five whose people come, go, give proxies and press whatever there is."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.meeting, self.chair, self.seats = hall(5)
        self.confirmed: dict[tuple[int, int], tuple[str, str, uuid.UUID]] = {}
        """By poll and seat: receipt, choice, number."""
        self.frozen: dict[int, tuple[Any, ...]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def press(self, act: str, seat: Seat, **words: Any) -> Any:
        """One act; False when it is refused."""
        try:
            with transaction.atomic():
                return getattr(actions, act)(seat, **words)
        except RuleBroken:
            return False

    def poll(self, which: int) -> int:
        keys = list(Poll.objects.filter(meeting=self.meeting).values_list("pk", flat=True))
        return keys[which % len(keys)] if keys else 0

    def seat(self, which: int) -> Seat:
        return self.seats[which % len(self.seats)]

    @rule(form=st.sampled_from(["named", "secret"]), base=st.sampled_from(["all", "present", "cast"]))
    def begin(self, form: str, base: str) -> None:
        if Poll.objects.filter(meeting=self.meeting).count() < 4:
            share = {"quorum_numerator": 1, "quorum_denominator": 5}
            poll = actions.add_poll(self.chair, title="Thông qua", form=form, majority_base=base, **share)
            self.press("open_poll", self.chair, poll=poll["poll"])

    @rule(which=PICK, act=st.sampled_from(["open_poll", "close_poll", "publish_poll", "repeat_poll"]))
    def lead(self, which: int, act: str) -> None:
        if poll := self.poll(which):
            self.press(act, self.chair, poll=poll)

    @rule(which=PICK, chance=st.integers(0, 5))
    def void(self, which: int, chance: int) -> None:
        if chance == 0 and (poll := self.poll(which)):
            self.press("void_poll", self.chair, poll=poll, reason="sai")

    @rule(which=PICK, who=PICK, choice=st.sampled_from(CHOICES), other=st.none() | PICK)
    def cast(self, which: int, who: int, choice: str, other: int | None) -> None:
        if not (poll := self.poll(which)):
            return
        seat, number = self.seat(who), uuid.uuid4()
        target = None if other is None else self.seat(other).pk
        answer = self.press("cast_vote", seat, poll=poll, choice=choice, target=target, command=number)
        if answer:
            key = (poll, target or seat.pk)
            assert key not in self.confirmed, "twice"
            self.confirmed[key] = (answer["receipt"], choice, number)

    @rule(which=PICK)
    def retry(self, which: int) -> None:
        """The same number again: the same receipt, or a refusal when somebody else pressed it."""
        if self.confirmed:
            key = list(self.confirmed)[which % len(self.confirmed)]
            receipt, choice, number = self.confirmed[key]
            by = Seat.objects.get(pk=Cast.objects.get(poll_id=key[0], voter__seat_id=key[1]).by_id)
            again = self.press("cast_vote", by, poll=key[0], choice=choice, target=key[1], command=number)
            assert again in ({"receipt": receipt}, False)

    @rule(who=PICK, act=st.sampled_from(["arrive", "leave", "end_proxy"]))
    def move(self, who: int, act: str) -> None:
        self.press(act, self.seat(who))

    @rule(who=PICK, other=PICK)
    def trust(self, who: int, other: int) -> None:
        self.press("give_proxy", self.seat(who), holder=self.seat(other).pk)

    @rule(who=PICK, weight=st.sampled_from([1, 1, 1, 3]), votes=st.sampled_from([True, True, True, False]))
    def weigh(self, who: int, weight: int, votes: bool) -> None:
        self.press("set_voting", self.chair, target=self.seat(who).pk, votes=votes, weight=weight)

    @invariant()
    def what_is_confirmed_is_kept_and_counted(self) -> None:
        casts = {(cast.poll_id, cast.voter.seat_id): cast for cast in Cast.objects.select_related("voter")}
        assert casts.keys() == self.confirmed.keys()
        assert all(casts[key].receipt == told[0] for key, told in self.confirmed.items())
        for poll in Poll.objects.filter(meeting=self.meeting).exclude(state=PollState.DRAFT):
            now = tuple(getattr(poll, name) for name in FROZEN)
            assert self.frozen.setdefault(poll.pk, now) == now
            mine = [told for key, told in self.confirmed.items() if key[0] == poll.pk]
            if poll.state in (PollState.CLOSED, PollState.PUBLISHED):
                weights = {key[1]: cast.voter.weight for key, cast in casts.items() if key[0] == poll.pk}
                wanted = dict.fromkeys(CHOICES, 0)
                for key, told in self.confirmed.items():
                    if key[0] == poll.pk:
                        wanted[told[1]] += weights[key[1]]
                assert poll.counts == wanted
                assert poll.ballots == len(mine)
                assert sum(wanted.values()) <= poll.votes_present <= poll.votes_all
            assert Urn.objects.filter(poll=poll).exists() == (poll.form == "secret" and poll.state == "open")


@pytest.mark.django_db
def test_any_history_of_votes_counts_what_was_confirmed() -> None:
    trial = settings(
        max_examples=6,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Votes, settings=trial)  # type: ignore[no-untyped-call]
