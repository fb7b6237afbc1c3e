"""A convened meeting that is not held as convened: postponed, cancelled; its people get mail."""

import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intranet.desk.registry import mail_to
from meetings import queries, rules
from meetings.models import Meeting, Seat, State
from meetings.revisions import change

from .attendance import end_all_stays


def postpone_meeting(
    seat: Seat, *, reason: str, starts_at: datetime.datetime, ends_at: datetime.datetime
) -> None:
    """Put a convened meeting off to a later time; everybody with a seat is told from when, and why."""
    with change(seat, "postpone_meeting", "meeting", "agenda", "attendance") as (meeting, facts):
        rules.check_times(starts_at, ends_at)
        rules.check_later(starts_at, meeting.starts_at)
        end_all_stays(meeting)
        facts.update(was=meeting.starts_at.isoformat(), starts_at=starts_at.isoformat(), reason=reason)
        meeting.postponed_from, meeting.reason = meeting.starts_at, reason
        meeting.starts_at, meeting.ends_at = starts_at, ends_at
        meeting.save(update_fields=["postponed_from", "reason", "starts_at", "ends_at"])
        words = _("“%(title)s”, convened for %(was)s, is postponed to %(time)s.")
        _tell(seat, meeting, _("Meeting postponed: %(title)s"), words)


def cancel_meeting(seat: Seat, *, reason: str) -> None:
    """Call a convened meeting off for good; it stays to be seen, with the reason, and everybody is told."""
    with change(seat, "cancel_meeting", "meeting", "attendance") as (meeting, facts):
        end_all_stays(meeting)
        meeting.state, meeting.reason = State.CANCELLED, reason
        meeting.save(update_fields=["state", "reason"])
        facts.update(reason=reason)
        words = _("“%(title)s”, convened for %(time)s, is cancelled.")
        _tell(seat, meeting, _("Meeting cancelled: %(title)s"), words)


def take_back_postponing(seat: Seat, meeting: Meeting) -> None:
    """It is held as first convened after all. For actions that hold the meeting and save these fields."""
    meeting.postponed_from, meeting.reason = None, ""
    words = _("“%(title)s” is held as first convened, %(time)s.")
    _tell(seat, meeting, _("Meeting held as convened: %(title)s"), words)


def _spoken(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M, %d/%m/%Y")


def _tell(seat: Seat, meeting: Meeting, subject: Promise, words: Promise) -> None:
    """Mail to everybody with a seat but the one who acts; kept or lost with the act.

    It is a letter of the house, in its language, whatever language the one who acts has chosen.
    """
    values = {"title": meeting.title, "time": _spoken(meeting.starts_at), "place": meeting.place}
    if meeting.postponed_from:
        values["was"] = _spoken(meeting.postponed_from)
    with translation.override(settings.LANGUAGE_CODE):
        lines = [str(words) % values, _("Place: %(place)s") % values]
        if meeting.reason:
            lines.append(_("Reason: %(reason)s") % {"reason": meeting.reason})
        people = [pk for pk in queries.people_of(meeting) if pk != seat.person_id]
        mail_to(seat.person, people, subject=str(subject) % values, text="\n".join(map(str, lines)))
