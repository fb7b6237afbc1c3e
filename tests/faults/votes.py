"""kill -9 of processes that cast ballots, between the check and the commit and everywhere else."""

import random
import time
import uuid

from meetings import actions
from meetings.models import Cast, Poll
from tests.faults.cuts import Tell
from tests.meetings.casting import answers, go, process
from tests.meetings.test_ballot_secrecy import CHOICES, hall

VOTERS = 120
KILLS_EACH = 8
"""Kills during one vote."""


def kill_casters(kills: int, seed: int, tell: Tell) -> dict[str, object]:
    """The trial: every ballot that was confirmed is there once, and what was not can be cast again."""
    dice = random.Random(seed)  # noqa: S311
    _meeting, chair, seats = hall(VOTERS)
    done = confirmed_in_all = polls = 0
    while done < kills:
        form = ("named", "secret")[polls % 2]
        polls += 1
        poll = int(actions.add_poll(chair, title="Thông qua", form=form)["poll"])
        actions.open_poll(chair, poll=poll)
        jobs = [(seat.pk, poll, dice.choice(CHOICES), str(uuid.uuid4())) for seat in seats]
        confirmed: dict[int, str] = {}
        for _kill in range(KILLS_EACH):
            with process(jobs, at_once=False) as child:
                go(child)
                time.sleep(dice.uniform(0, 0.4))
                child.kill()
                for place, receipt in answers(child).items():
                    assert confirmed.setdefault(place, receipt) == receipt, "a receipt has changed"
            done += 1
        kept = dict(Cast.objects.filter(poll=poll).values_list("voter__seat_id", "receipt"))
        lost = [place for place, receipt in confirmed.items() if kept.get(seats[place].pk) != receipt]
        assert not lost, f"{len(lost)} confirmed ballots are lost"
        confirmed_in_all += len(confirmed)
        for seat, (_seat, _poll, choice, command) in zip(seats, jobs, strict=True):
            actions.cast_vote(seat, poll=poll, choice=choice, command=uuid.UUID(command))
        actions.close_poll(chair, poll=poll)
        wanted = {option: sum(job[2] == option for job in jobs) for option in CHOICES}
        assert Poll.objects.get(pk=poll).counts == wanted, "the count is not what was cast"
        tell(f"{done} of {kills} kills, {polls} votes")
    return {"kills": done, "votes": polls, "ballots confirmed before a kill": confirmed_in_all}
