"""Attendance: coming, going, and what the secretary notes for others."""

import datetime

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from meetings import queries, rules
from meetings.models import Attendance, Meeting, Noted, Seat
from meetings.revisions import change

from .polls import end_proxies


def arrive(seat: Seat, *, noted: str = Noted.TAP) -> None:
    """Say that one is here. Saying it again changes nothing."""
    with change(seat, "arrive", "attendance", "polls") as (meeting, facts):
        facts.update(noted=noted)
        _begin_stay(meeting, seat, None, noted)


def leave(seat: Seat) -> None:
    """Say that one goes. Saying it again changes nothing; who returns arrives anew."""
    with change(seat, "leave", "attendance") as (meeting, _facts):
        end_stay(meeting, seat, Noted.TAP)


def note_arrival(seat: Seat, *, target: int, at: datetime.datetime | None = None) -> None:
    """Note that somebody is here: since now, or since `at`. For who is here `at` corrects the time."""
    with change(seat, "note_arrival", "attendance", "polls") as (meeting, facts):
        row = queries.seat_in(meeting, target)
        rules.check_may_note(seat, row, at)
        facts.update(seat=row.pk, name=str(row.person), at=_told(at))
        _begin_stay(meeting, row, at, Noted.CLERK)


def note_leaving(seat: Seat, *, target: int, at: datetime.datetime | None = None) -> None:
    """Note that somebody has gone: now, or at `at`. For who has gone already `at` corrects the time."""
    with change(seat, "note_leaving", "attendance") as (meeting, facts):
        row = queries.seat_in(meeting, target)
        rules.check_may_note(seat, row, at)
        facts.update(seat=row.pk, name=str(row.person), at=_told(at))
        stay = rules.last_stay(queries.stays_of(row))
        if at is None:
            end_stay(meeting, row, Noted.CLERK)
            return
        moment = rules.to_the_minute(at, stay.arrived_at)
        rules.check_within_meeting(meeting, moment, timezone.now())
        rules.check_times_of_stay(stay.arrived_at, moment, [])
        stay.left_at, stay.leaving_noted = moment, Noted.CLERK
        stay.save(update_fields=["left_at", "leaving_noted"])


def cancel_arrival(seat: Seat, *, target: int) -> None:
    """Somebody was noted as here by mistake: that stay has never been. Twice is once."""
    with change(seat, "cancel_arrival", "attendance") as (meeting, facts):
        row = queries.seat_in(meeting, target)
        facts.update(seat=row.pk, name=str(row.person))
        for stay in Attendance.objects.filter(meeting=meeting, seat=row, left_at__isnull=True):
            facts.update(arrived_at=stay.arrived_at.isoformat(), noted=stay.arrival_noted)
            stay.delete()


def set_quorum(seat: Seat, *, share: str, basis: str) -> None:
    """Lay down which part of those with a vote must attend, and by what rule."""
    with change(seat, "set_quorum", "attendance") as (meeting, facts):
        part = rules.QUORUM_SHARES[share]
        meeting.quorum_numerator, meeting.quorum_denominator = part.numerator, part.denominator
        meeting.quorum_exceeds, meeting.quorum_basis = part.exceeds, basis
        meeting.save(
            update_fields=["quorum_numerator", "quorum_denominator", "quorum_exceeds", "quorum_basis"]
        )
        facts.update(share=share, basis=basis)


def end_stay(meeting: Meeting, seat: Seat, noted: str) -> None:
    """Whoever sits here goes now. For actions that hold the meeting and name the section "attendance"."""
    _end(meeting, noted, seat=seat)


def end_all_stays(meeting: Meeting) -> None:
    """Everybody goes: the meeting is over. As for `end_stay`."""
    _end(meeting, Noted.CLOSE)


def _end(meeting: Meeting, noted: str, **which: Seat) -> None:
    # Not before they came, even if somebody sets the server's clock back.
    Attendance.objects.filter(meeting=meeting, left_at__isnull=True, **which).update(
        left_at=Greatest(F("arrived_at"), timezone.now()), leaving_noted=noted
    )


def _begin_stay(meeting: Meeting, seat: Seat, at: datetime.datetime | None, noted: str) -> None:
    rules.check_may_attend(seat)
    now = timezone.now()
    stays = queries.stays_of(seat)
    here = next((stay for stay in stays if stay.left_at is None), None)
    if here is not None and at is None:
        return
    earlier = [stay for stay in stays if stay.left_at is not None]
    ends = [stay.left_at for stay in earlier if stay.left_at is not None]
    moment = rules.to_the_minute(at or now, max([rules.open_from(meeting), *ends]))
    rules.check_within_meeting(meeting, moment, now)
    rules.check_times_of_stay(moment, None, earlier)
    if here is None:
        here = Attendance(meeting=meeting, seat=seat, name=str(seat.person), post=seat.post)
        here.site = queries.site_name_of(seat)
        end_proxies(meeting, seat)
    here.arrived_at, here.arrival_noted = moment, noted
    here.save()


def _told(at: datetime.datetime | None) -> str | None:
    return None if at is None else at.isoformat()
