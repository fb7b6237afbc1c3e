"""Bodies: who keeps them, and when members and voting rules are true."""

import datetime
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import Body, BodyMember, MajorityKind, Meeting, VotingRule

KEEP_BODIES = "meetings.keep_bodies"


def check_days(valid_from: datetime.date, valid_to: datetime.date | None) -> None:
    """What is true is true for a day at least."""
    if valid_to is not None and valid_to <= valid_from:
        raise RuleBroken(_("The last day must come after the first one."))


def check_no_overlap(
    others: Collection[BodyMember] | Collection[VotingRule],
    valid_from: datetime.date,
    valid_to: datetime.date | None,
) -> None:
    """The same person, or the same subject, has one row a day."""
    for other in others:
        begins_before_end = valid_to is None or other.valid_from < valid_to
        ends_after_begin = other.valid_to is None or other.valid_to > valid_from
        if begins_before_end and ends_after_begin:
            raise RuleBroken(_("These days overlap with another entry: end that one first."))


def check_share(*, majority: str, part: int, whole: int, quorum_part: int, quorum_whole: int) -> None:
    """Shares are between nothing and all."""
    if majority == MajorityKind.CUSTOM and not 1 <= part <= whole:
        raise RuleBroken(_("Write the share of the majority as two numbers, such as 4 out of 5."))
    if not 1 <= quorum_part <= quorum_whole:
        raise RuleBroken(_("Write the quorum as two numbers, such as 2 out of 3."))


def check_body_of_office(body: Body, meeting: Meeting) -> None:
    """An office convenes its own bodies."""
    if body.office_id != meeting.office_id:
        raise RuleBroken(_("This body belongs to another office."))
