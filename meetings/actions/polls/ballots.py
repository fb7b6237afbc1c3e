"""Casting. Casts share a lock on their poll, so they do not wait for each other; closing waits for all."""

import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from intranet.lib.doors import found
from intranet.lib.errors import Absent
from meetings import queries, rules
from meetings.models import Cast, Meeting, Poll, PollForm, PollState, Seat, Voter
from meetings.revisions import change

from . import progress, urn

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def cast_vote(
    seat: Seat, *, poll: int, choice: Any, target: int | None = None, command: uuid.UUID
) -> dict[str, Any]:
    """Cast the own vote, or as proxy that of `target`, once. Returns the `receipt`.

    Not an act of `once`: a secret ballot leaves no digest of its content behind. The same `command` gets the
    same receipt; in an open vote only with the same content. Everything else is refused as voted already.
    Whether the seat may vote is decided in the transaction that counts the ballot.
    """
    with transaction.atomic():
        row = _held(seat.meeting_id, poll)
        meeting = Meeting.objects.only("state").get(pk=row.meeting_id)
        _keep_seat(seat)
        fresh = Seat.objects.filter(pk=seat.pk, person__is_active=True).first()
        if fresh is None or not rules.sees_meeting(fresh.role, meeting.state):
            raise Absent()
        rules.check_may(fresh, "cast_vote", meeting)
        voter = Voter.objects.select_related("seat").filter(poll=row, seat_id=target or seat.pk).first()
        if voter is None or voter.seat is None:
            raise rules.not_in_electorate()
        marked = rules.read_choice(row, choice)
        secret = row.form == PollForm.SECRET
        kept = None if secret else marked
        if (earlier := _earlier(voter, fresh, command, kept)) is not None:
            return earlier
        rules.check_may_cast(row, voter, now=timezone.now(), by=fresh.pk)
        if row.state == PollState.OPEN and not queries.is_attending(fresh):
            raise rules.has_left()
        if not voter.seat.votes:
            raise rules.not_in_electorate()
        try:
            with transaction.atomic():
                receipt = _note(row, voter, command, kept, by=seat, by_other=target is not None)
        except IntegrityError:
            # Somebody cast this vote at the same moment and has committed: theirs is the one that counts.
            earlier = _earlier(voter, fresh, command, kept)
            if earlier is None:
                raise
            return earlier
        if secret:
            urn.put_in(row, marked)
        transaction.on_commit(lambda: progress.show_soon(row.meeting_id))
        return {"receipt": receipt}


def record_vote(seat: Seat, *, poll: int, target: int, choice: Any) -> dict[str, Any]:
    """The clerk notes the vote of somebody without a device, or an answer to the roll-call."""
    with change(seat, "record_vote", "polls") as (meeting, facts):
        row = _held(meeting.pk, poll)
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


def _held(meeting_id: int, poll: int) -> Poll:
    """The poll, which nobody can close until the transaction ends. Casts hold it together."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM meetings_poll WHERE id = %s FOR SHARE", [poll])
    # On SQLite the transaction is IMMEDIATE: it has the one write lock from its beginning.
    return found(Poll.objects.filter(meeting_id=meeting_id, pk=poll).first())


def _keep_seat(seat: Seat) -> None:
    """Nobody takes the seat away before the transaction ends; one that is being taken away is waited for.

    The ballot names who pressed: without this the foreign key would fail at the commit of one of the two.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM meetings_seat WHERE id = %s FOR KEY SHARE", [seat.pk])


def _earlier(
    voter: Voter, seat: Seat, command: uuid.UUID, kept: Mapping[str, int] | None
) -> dict[str, Any] | None:
    """The receipt of this very cast, None when the vote is still to be cast. RuleBroken for any other."""
    earlier = Cast.objects.filter(voter=voter).first()
    if earlier is None:
        return None
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
