"""Votes and who has one."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from intranet.lib.doors import found
from meetings import rules
from meetings.models import Cast, Meeting, Poll, PollForm, PollState, Proxy, Seat, Voter


def poll_in(meeting: Meeting, pk: int, *, lock: bool = False) -> Poll:
    """A vote of this meeting, or Absent. `lock`: wait until nobody casts in it, and let nobody."""
    polls = Poll.objects.filter(meeting=meeting, pk=pk)
    return found((polls.select_for_update() if lock else polls).first())


def drafts_of(meeting: Meeting) -> list[Poll]:
    """The votes that can still be changed, by number."""
    return list(
        Poll.objects.filter(meeting=meeting, state=PollState.DRAFT, early_until=None).select_related("item")
    )


def voting_seats(meeting: Meeting) -> list[Seat]:
    """The seats that have a vote, by name."""
    return list(Seat.objects.filter(meeting=meeting, votes=True).select_related("person"))


def is_any_poll_open(meeting: Meeting) -> bool:
    """Whether people vote at this moment."""
    return Poll.objects.filter(meeting=meeting, state=PollState.OPEN).exists()


def polls_of(seat: Seat) -> dict[str, Any]:
    """What concerns this person alone: for whom they may vote, and what was received of it.

    `votes`: one for each voter of each vote that is open (or open early) and that this seat may cast or has
    cast or had cast for it: `{poll, seat, name, weight, own, may, voted, receipt, choice, by}`. `choice` is
    told of open votes only; `by` names who cast it, when that was not whoever asks. `proxy`:
    `{given_to, held_for}`, each `{seat, name}` or None.
    """
    votes = []
    now = timezone.now()
    rows = (
        Voter.objects.filter(poll__meeting_id=seat.meeting_id)
        .filter(Q(seat=seat) | Q(proxy=seat))
        .select_related("poll")
        .order_by("poll__number", "pk")
    )
    casts = {cast.voter_id: cast for cast in Cast.objects.filter(voter__in=rows)}
    for voter in rows:
        cast = casts.get(voter.pk)
        own = voter.seat_id == seat.pk
        votes.append(
            {
                "poll": voter.poll_id,
                "seat": voter.seat_id,
                "name": voter.name,
                "weight": voter.weight,
                "own": own,
                "may": cast is None and rules.may_cast(voter.poll, voter, now=now, by=seat.pk),
                "voted": cast is not None,
                "receipt": "" if cast is None else cast.receipt,
                "choice": None if cast is None or voter.poll.form == PollForm.SECRET else cast.choice,
                "by": "" if cast is None or cast.by_id == seat.pk else cast.by_name,
            }
        )
    return {"votes": votes, "proxy": proxy_of(seat)}


def proxy_of(seat: Seat) -> dict[str, Any]:
    """Who votes for the seat, and for whom it votes: `{given_to, held_for}`, each `{seat, name}` or None."""
    shown: dict[str, Any] = {"given_to": None, "held_for": None}
    for proxy in Proxy.objects.filter(meeting_id=seat.meeting_id, ended_at=None).select_related(
        "giver__person", "holder__person"
    ):
        if proxy.giver_id == seat.pk:
            shown["given_to"] = {"seat": proxy.holder_id, "name": str(proxy.holder.person)}
        if proxy.holder_id == seat.pk:
            shown["held_for"] = {"seat": proxy.giver_id, "name": str(proxy.giver.person)}
    return shown


def possible_holders(seat: Seat) -> list[Seat]:
    """The members to whom the seat's vote can be given: they have a vote, and neither hold nor gave one."""
    running = Proxy.objects.filter(meeting_id=seat.meeting_id, ended_at=None)
    taken = {seat.pk} | {pk for pair in running.values_list("giver_id", "holder_id") for pk in pair}
    return [each for each in voting_seats(seat.meeting) if each.pk not in taken]


def early_votes_of(seat: Seat) -> list[dict[str, Any]]:
    """The votes the seat may cast before the meeting: `{poll, voted, over}`, by number."""
    now = timezone.now()
    rows = Voter.objects.filter(
        seat=seat, is_early=True, poll__state=PollState.DRAFT, poll__early_until__isnull=False
    )
    rows = rows.select_related("poll").order_by("poll__number")
    voted = set(Cast.objects.filter(voter__in=rows).values_list("voter_id", flat=True))
    return [
        {
            "poll": voter.poll,
            "voted": voter.pk in voted,
            "over": voter.poll.early_until is not None and now >= voter.poll.early_until,
        }
        for voter in rows
    ]
