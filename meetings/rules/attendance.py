"""Attendance: from when on people come, which times fit the log, and how many make a quorum."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import Attendance, Meeting, Seat, State

from .table import ATTENDING

DOORS_OPEN = datetime.timedelta(hours=3)
"""How long before its planned start people may be noted as having come."""
_MINUTE = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class QuorumShare:
    """The part of those with a vote who must attend, exceeded or only reached."""

    numerator: int
    denominator: int
    exceeds: bool


QUORUM_SHARES = {
    "half": QuorumShare(1, 2, True),
    "two_thirds": QuorumShare(2, 3, False),
    "three_quarters": QuorumShare(3, 4, False),
    "all": QuorumShare(1, 1, False),
}
"""The shares a secretary chooses from."""


@dataclass(frozen=True)
class Quorum:
    """How many with a vote attend, of how many, and how many must."""

    have: int
    of: int
    need: int

    @property
    def is_met(self) -> bool:
        return self.have >= self.need


def share_of(meeting: Meeting) -> QuorumShare:
    """The share laid down for the meeting."""
    return QuorumShare(meeting.quorum_numerator, meeting.quorum_denominator, meeting.quorum_exceeds)


def share_code(meeting: Meeting) -> str:
    """Which of `QUORUM_SHARES` that is, "" for none of them."""
    return next((code for code, share in QUORUM_SHARES.items() if share == share_of(meeting)), "")


def needed(of: int, share: QuorumShare) -> int:
    """How many of `of` people make a quorum; never nobody."""
    parts = of * share.numerator
    if share.exceeds:
        return parts // share.denominator + 1
    return max(1, -(-parts // share.denominator))


def quorum_of(meeting: Meeting, voters: Collection[int], attending: Collection[int]) -> Quorum:
    """The quorum of a meeting from the keys of the seats with a vote and of those that attend."""
    have = len(set(voters) & set(attending))
    return Quorum(have=have, of=len(voters), need=needed(len(voters), share_of(meeting)))


def last_moment_of(time: datetime.time, now: datetime.datetime) -> datetime.datetime:
    """The last time a clock of `now`'s zone has shown `time`: a session may go on past midnight."""
    moment = now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
    return moment if moment <= now else moment - datetime.timedelta(days=1)


def check_may_attend(seat: Seat) -> None:
    """A hall screen is not a person."""
    if seat.role not in ATTENDING:
        raise RuleBroken(_("A hall screen cannot be noted as present."))


def last_stay(stays: Sequence[Attendance]) -> Attendance:
    """The stay that a leaving ends. Raises RuleBroken for who has not come."""
    if not stays:
        raise RuleBroken(_("This person has not been noted as present."))
    return stays[-1]


def open_from(meeting: Meeting) -> datetime.datetime:
    """The earliest moment somebody can have come to this meeting."""
    planned = meeting.starts_at - DOORS_OPEN
    return planned if meeting.opened_at is None else min(planned, meeting.opened_at)


def check_within_meeting(meeting: Meeting, moment: datetime.datetime, now: datetime.datetime) -> None:
    """An arrival or a leaving lies between the opening of the doors and now."""
    if meeting.state != State.LIVE and now < open_from(meeting):
        raise RuleBroken(_("Attendance is taken from three hours before the planned start."))
    if moment > now:
        raise RuleBroken(_("This time has not come yet: give a time up to now."))
    if moment < open_from(meeting):
        raise RuleBroken(_("This time lies before the meeting: nobody can have come by then."))


def to_the_minute(moment: datetime.datetime, not_before: datetime.datetime | None) -> datetime.datetime:
    """A time people write has no seconds: in the minute of `not_before` it means that very moment."""
    if not_before is not None and moment < not_before < moment + _MINUTE:
        return not_before
    return moment


def check_times_of_stay(
    arrived_at: datetime.datetime, left_at: datetime.datetime | None, others: Iterable[Attendance]
) -> None:
    """One leaves after one came, and nobody is here twice at once."""
    if left_at is not None and left_at < arrived_at:
        raise RuleBroken(_("The time of leaving lies before the time of arrival."))
    for stay in others:
        begins_before_its_end = stay.left_at is None or arrived_at < stay.left_at
        if begins_before_its_end and (left_at is None or stay.arrived_at < left_at):
            raise RuleBroken(_("At this time the person is noted as present already."))
