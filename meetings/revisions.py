"""The one gate through which a meeting changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F

from intranet.audit import actions as audit
from intranet.lib.errors import Absent
from intranet.live import actions as live

from . import rules
from .models import Meeting, Revision, Seat

KEPT = 2000
"""Revisions kept per meeting: a client that knows an older one gets a snapshot."""


def lock(meeting_id: int) -> Meeting:
    """Wait for the meeting's row and hold it until the transaction ends, on both databases."""
    # An UPDATE and not SELECT … FOR UPDATE: SQLite ignores the latter.
    if not Meeting.objects.filter(pk=meeting_id).update(revision=F("revision")):
        raise Absent()
    return Meeting.objects.select_related("stage_paper").get(pk=meeting_id)


FOLLOWING = {"papers": "marks"}
"""A section that says something for each thing of another one changes with it."""


class Facts(dict[str, Any]):
    """What the log keeps of an act; the action adds to it. `more`: sections the act turned out to change."""

    def __init__(self) -> None:
        super().__init__()
        self.more: set[str] = set()


@contextmanager
def change(seat: Seat, act: str, *sections: str) -> Iterator[tuple[Meeting, Facts]]:
    """Lock the meeting, check the table, let the action write, then number, log and announce the change.

    `sections` are all the parts of the projection the act can change for anybody. The seat is read again
    under the lock: a right withdrawn a moment ago is gone. Raises RuleBroken, or Absent when the seat
    is gone; then nothing has happened. What the action puts into the facts goes to the log.
    """
    with transaction.atomic():
        meeting = _begin(seat.meeting_id)
        fresh = Seat.objects.filter(pk=seat.pk, person__is_active=True).first()
        if fresh is None or not rules.sees_meeting(fresh.role, meeting.state):
            raise Absent()
        seat.role, seat.post = fresh.role, fresh.post
        seat.site_id, seat.keeps_site = fresh.site_id, fresh.keeps_site
        rules.check_may(seat, act, meeting)
        facts = Facts()
        yield meeting, facts
        _finish(meeting, (*sections, *sorted(facts.more.difference(sections))))
        audit.record(
            seat.person,
            f"meetings.{act}",
            f"meeting:{meeting.ref}",
            chain=f"meeting:{meeting.pk}",
            revision=meeting.revision,
            **facts,
        )


@contextmanager
def system_change(meeting_id: int, *sections: str) -> Iterator[Meeting]:
    """The same gate for what no person decides: presence, a paper that was read. Numbered, not logged."""
    with transaction.atomic():
        meeting = _begin(meeting_id)
        yield meeting
        _finish(meeting, sections)


def _begin(meeting_id: int) -> Meeting:
    # The first statement of the transaction takes the row, so numbers are gap-free and in commit order.
    if not Meeting.objects.filter(pk=meeting_id).update(revision=F("revision") + 1):
        raise Absent()
    return Meeting.objects.select_related("stage_paper").get(pk=meeting_id)


def _finish(meeting: Meeting, sections: tuple[str, ...]) -> None:
    following = [FOLLOWING[name] for name in sections if FOLLOWING.get(name, name) not in sections]
    Revision.objects.create(meeting=meeting, number=meeting.revision, sections=[*sections, *following])
    if meeting.revision % 100 == 0:
        Revision.objects.filter(meeting=meeting, number__lte=meeting.revision - KEPT).delete()
    live.poke(rules.TOPIC, meeting.ref, meeting.revision)
