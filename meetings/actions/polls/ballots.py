"""Casting. Casts share a lock on their poll, so they do not wait for each other; closing waits for all."""

import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from intranet.lib.doors import found
from intranet.lib.errors import Absent
from meetings import queries, rules
from meetings.models import Cast, Poll, PollForm, PollState, Seat, Voter
from meetings.revisions import change

from . import progress, urn

_OF_A_CAST = (
    *("poll", "seat", "proxy", "is_early", "is_present", "seat__votes", "poll__meeting", "poll__kind"),
    *("poll__form", "poll__state", "poll__options", "poll__least", "poll__most", "poll__per_option"),
    *("poll__closes_at", "poll__early_until"),
)
"""What casting looks at, and nothing else: a whole hall votes within seconds."""
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def cast_vote(
    seat: Seat, *, poll: int, choice: Any, target: int | None = None, command: uuid.UUID
) -> dict[str, Any]:
    """Cast the own vote, or as proxy that of `target`, once. Returns the `receipt`.

    Not an act of `once`: a secret ballot leaves no digest of its content behind. The same `command` gets the
    same receipt; in an open vote only with the same content. Everything else is refused as voted already.
    Whether the seat may vote is decided in the transaction that counts the ballot.
    """

    def cast() -> dict[str, Any]:
        with transaction.atomic():
            return _cast(seat, poll=poll, choice=choice, target=target, command=command)

    try:
        return cast()
    except IntegrityError:
        # Somebody cast this vote at the same moment and has committed: theirs is the one that counts.
        return cast()


def _cast(seat: Seat, *, poll: int, choice: Any, target: int | None, command: uuid.UUID) -> dict[str, Any]:
    _hold(seat, poll)
    fresh = (
        Seat.objects.select_related("meeting")
        .only("role", "keeps_site", "meeting__state")
        .filter(pk=seat.pk, person__is_active=True)
        .annotate(attends=queries.attends_now())
        .order_by("pk")
        .first()
    )
    if fresh is None or not rules.sees_meeting(fresh.role, fresh.meeting.state):
        raise Absent()
    rules.check_may(fresh, "cast_vote", fresh.meeting)
    voter = _voter(seat.meeting_id, poll, target or seat.pk)
    row = voter.poll
    marked = rules.read_choice(row, choice)
    secret = row.form == PollForm.SECRET
    kept = None if secret else marked
    if voter.has_voted:
        return _earlier(voter, fresh, command, kept)
    rules.check_may_cast(row, voter, now=timezone.now(), by=fresh.pk)
    if row.state == PollState.OPEN and not fresh.attends:
        raise rules.has_left()
    if not voter.seat.votes:
        raise rules.not_in_electorate()
    receipt = _note(row, voter, command, kept, by=seat, by_other=target is not None)
    if secret:
        urn.put_in(row, marked)
    transaction.on_commit(lambda: progress.show_soon(row.meeting_id))
    return {"receipt": receipt}


def record_vote(seat: Seat, *, poll: int, target: int, choice: Any) -> dict[str, Any]:
    """The clerk notes the vote of somebody without a device, or an answer to the roll-call."""
    with change(seat, "record_vote", "polls") as (meeting, facts):
        row = queries.poll_in(meeting, poll)
        rules.check_is(row, PollState.OPEN)
        rules.check_noted_openly(row, now=timezone.now())
        voter = Voter.objects.filter(poll=row, seat_id=target).first()
        if voter is None:
            raise rules.not_in_electorate()
        rules.check_can_vote(voter)
        marked = rules.read_choice(row, choice)
        if Cast.objects.filter(voter=voter).exists():
            raise rules.already_voted()
        facts.update(poll=row.pk, number=row.number, name=voter.name)
        command = uuid.uuid4()
        receipt = _note(row, voter, command, marked, by=seat, by_other=True)
        Cast.objects.filter(poll=row, voter=voter).update(is_shown=True)
        return {"receipt": receipt}


def enter_totals(seat: Seat, *, poll: int, totals: Mapping[str, int], votes: int) -> None:
    """The clerk writes what was counted by hand, `votes` in all and `{option: votes}`; again until closed."""
    with change(seat, "enter_totals", "polls") as (meeting, facts):
        row = queries.poll_in(meeting, poll, lock=True)
        rules.check_is(row, PollState.OPEN)
        rules.check_by_hand(row, roll=Cast.objects.filter(poll=row).exists())
        whole = rules.read_totals(row, totals, votes=votes, most=row.votes_present)
        facts.update(poll=row.pk, number=row.number, votes=votes, totals=whole)
        row.entered = {"votes": votes, "totals": whole}
        row.save(update_fields=["entered"])


def _hold(seat: Seat, poll: int) -> None:
    """Nobody closes the poll, or takes the seat away, before the transaction ends.

    Casts hold the poll together. The ballot names who pressed: without the lock on the seat the foreign key
    would fail at the commit of one of the two. On SQLite the transaction is IMMEDIATE: it has the one write
    lock from its beginning.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM meetings_poll poll, meetings_seat seat WHERE poll.id = %s AND seat.id = %s"
                " FOR SHARE OF poll FOR KEY SHARE OF seat",
                [poll, seat.pk],
            )


def _voter(meeting_id: int, poll: int, seat: int) -> Any:
    """The voter with the poll, the seat, and `has_voted`. Raises Absent, or RuleBroken without a vote."""
    voter = (
        Voter.objects.select_related("poll", "seat")
        .only(*_OF_A_CAST)
        .filter(poll=poll, poll__meeting=meeting_id, seat=seat)
        .annotate(has_voted=Exists(Cast.objects.filter(voter=OuterRef("pk"))))
        .first()
    )
    if voter is None:
        found(Poll.objects.filter(meeting=meeting_id, pk=poll).first())
        raise rules.not_in_electorate()
    return voter


def _earlier(voter: Voter, seat: Seat, command: uuid.UUID, kept: Mapping[str, int] | None) -> dict[str, Any]:
    """The receipt of this very cast. RuleBroken for any other: the voter has voted already."""
    earlier = Cast.objects.get(voter=voter)
    if earlier.command == command and earlier.by_id == seat.pk and earlier.choice == kept:
        return {"receipt": earlier.receipt}
    raise rules.already_voted()


def _note(
    poll: Poll,
    voter: Voter,
    command: uuid.UUID,
    choice: Mapping[str, int] | None,
    *,
    by: Seat,
    by_other: bool,
) -> str:
    code = "".join(secrets.choice(_LETTERS) for _ in range(8))
    receipt = f"{code[:4]}-{code[4:]}"
    Cast.objects.create(
        poll=poll,
        voter=voter,
        command=command,
        receipt=receipt,
        by_id=by.pk,
        by_name=str(by.person) if by_other else "",
        choice=choice,
        at=None if choice is None else timezone.now(),
    )
    return receipt
