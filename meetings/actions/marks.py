"""Drawing, erasing and sharing marks on papers. What is private changes no revision and leaves no trace."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.lib import background
from intranet.lib.errors import Absent, RuleBroken
from intranet.lib.text import fold
from meetings import queries
from meetings.models import Mark, Meeting, Paper, Reach, Seat, SharedMarks, Stamp
from meetings.revisions import system_change
from meetings.rules import marks as marking

from .signals import tell

Touched = set[tuple[int | None, str, int | None]]
"""(paper, reach, person) whose view of the marks changes."""


def keep_marks(
    seat: Seat,
    *,
    paper: int,
    file: str,
    add: Sequence[Any] = (),
    erase: Sequence[uuid.UUID] = (),
    share: Sequence[tuple[Collection[uuid.UUID], str, int | None]] = (),
) -> dict[str, Any]:
    """Keep what a tablet drew on the version `file` of a paper, take away what it erased, share what it says.

    Returns {"stored": […], "erased": […], "refused": {number: sentence}}; a mark that cannot be kept does not
    hold up the others. Sent again it changes nothing. Raises Absent when the paper is not for this seat now.
    """
    marking.check_may_mark(seat)
    row = queries.paper_seen_by(seat, paper)
    content = queries.content_of(row, file)
    own = Mark.objects.filter(owner_id=seat.person_id)
    refused: dict[str, str] = {}
    fresh: list[marking.MarkFacts] = []
    numbers = [number for raw in add if (number := _number_of(raw)) is not None]
    known = set(own.filter(uuid__in=numbers).values_list("uuid", flat=True))
    for raw in add:
        if _number_of(raw) in known:
            continue
        try:
            fresh.append(marking.read_mark(raw, content.pages))
        except RuleBroken as broken:
            refused[str(raw.get("id", "")) if isinstance(raw, dict) else ""] = str(broken.message)
    with _changing(seat, row, is_shared=_shows_others(seat, fresh, erase, share)) as touched:
        _add(seat, row, content.digest, fresh, refused, touched)
        _erase(seat, erase, touched)
        for marks, reach, to in share:
            _share(seat, row, marks, reach, to, touched)
    stored = [str(number) for number in numbers if str(number) not in refused]
    return {"stored": stored, "erased": [str(number) for number in erase], "refused": refused}


def forget_marks(person: Any, meeting: Meeting) -> None:
    """Erase everything a person has marked in a meeting; their own wish, with or without a seat there."""
    rows = Mark.objects.filter(owner=person, meeting=meeting, erased_at=None)
    if queries.is_anything_shared(person.pk, meeting):
        with system_change(meeting.pk, "marks", "signals") as locked:
            touched: Touched = set(rows.exclude(reach=Reach.ME).values_list("paper", "reach", "to"))
            _empty(rows)
            _tell(locked, touched)
    else:
        _empty(rows)


def plan_deletion(meeting: Meeting) -> None:
    """Have the marks of a meeting that is over deleted on their day, if its body lays one down."""
    if (until := queries.marks_kept_until(meeting)) is not None:
        wait = max(until - timezone.now(), datetime.timedelta())
        background.enqueue("meetings.tasks.delete_marks", meeting.pk, after=wait)


def delete_marks(meeting_id: int) -> None:
    """Delete the marks of a meeting if their day has come; asked again later if it was put off meanwhile."""
    meeting = Meeting.objects.select_related("body").filter(pk=meeting_id).first()
    until = None if meeting is None else queries.marks_kept_until(meeting)
    if meeting is None or until is None:
        return
    if until > timezone.now():
        plan_deletion(meeting)
        return
    rows = Mark.objects.filter(meeting=meeting)
    with system_change(meeting.pk, "marks", "signals") as locked:
        touched: Touched = set(
            rows.filter(erased_at=None).exclude(reach=Reach.ME).values_list("paper", "reach", "to")
        )
        rows.delete()
        _tell(locked, touched)


def _number_of(raw: Any) -> uuid.UUID | None:
    return marking.mark_number(raw.get("id")) if isinstance(raw, dict) else None


def _shows_others(
    seat: Seat,
    fresh: Iterable[marking.MarkFacts],
    erase: Collection[uuid.UUID],
    share: Iterable[tuple[Collection[uuid.UUID], str, int | None]],
) -> bool:
    """Whether this changes what anybody else sees."""
    if any(facts.reach != Reach.ME for facts in fresh):
        return True
    rows = Mark.objects.filter(owner_id=seat.person_id, meeting=seat.meeting, erased_at=None)
    if erase and rows.filter(uuid__in=erase).exclude(reach=Reach.ME).exists():
        return True
    return any(
        reach != Reach.ME or rows.filter(uuid__in=marks).exclude(reach=Reach.ME).exists()
        for marks, reach, _to in share
    )


@contextmanager
def _changing(seat: Seat, paper: Paper, *, is_shared: bool) -> Iterator[Touched]:
    """Write inside. What others see is a numbered change of the room, which the log does not know; what is
    private is neither.
    """
    touched: Touched = set()
    if not is_shared:
        with transaction.atomic():
            yield touched
        return
    with system_change(seat.meeting_id, "marks", "signals") as meeting:
        fresh = Seat.objects.select_related("meeting").filter(pk=seat.pk, person__is_active=True).first()
        if fresh is None:
            raise Absent()
        queries.paper_seen_by(fresh, paper.pk)
        seat.role = fresh.role
        yield touched
        _tell(meeting, touched)


def _add(
    seat: Seat,
    paper: Paper,
    digest: str,
    fresh: Iterable[marking.MarkFacts],
    refused: dict[str, str],
    touched: Touched,
) -> None:
    usage = queries.usage_of(seat.person_id, seat.meeting)
    count, size, numbers = usage.count, usage.size, usage.numbers
    rows: list[Mark] = []
    for facts in fresh:
        try:
            marking.check_still_kept(queries.marks_kept_until(seat.meeting), timezone.now())
            marking.check_room_for_marks(count=count, size=size + facts.size, numbers=numbers)
            target = None if facts.to is None else queries.seat_in(seat.meeting, facts.to)
            marking.check_may_share(seat, facts.reach, target)
        except RuleBroken as broken:
            refused[str(facts.uuid)] = str(broken.message)
            continue
        except Absent:
            refused[str(facts.uuid)] = str(_("Choose who is to see it."))
            continue
        count, size, numbers = count + 1, size + facts.size, numbers + 1
        to = None if target is None else target.person_id
        stamp = facts.shape.get("stamp")
        words = " ".join([facts.quote, facts.text, str(Stamp(stamp).label) if stamp else ""])
        rows.append(
            Mark(
                uuid=facts.uuid,
                owner_id=seat.person_id,
                meeting=seat.meeting,
                paper=paper,
                digest=digest,
                page=facts.page,
                kind=facts.kind,
                colour=facts.colour,
                shape=facts.shape,
                quote=facts.quote,
                text=facts.text,
                folded=fold(words),
                reach=facts.reach,
                to_id=to,
                size=facts.size,
            )
        )
        if facts.reach != Reach.ME:
            touched.add((paper.pk, facts.reach, to))
    Mark.objects.bulk_create(rows, ignore_conflicts=True)


def _erase(seat: Seat, erase: Sequence[uuid.UUID], touched: Touched) -> None:
    """Leave the numbers of what was erased; what has not arrived yet stays erased when it comes."""
    if not erase:
        return
    if queries.usage_of(seat.person_id, seat.meeting).numbers + len(erase) <= 2 * marking.MOST_NUMBERS:
        now = timezone.now()
        # First, so that it waits for a mark another request is just writing: the update then sees that one.
        Mark.objects.bulk_create(
            [
                Mark(uuid=number, owner_id=seat.person_id, meeting=seat.meeting, erased_at=now)
                for number in erase
            ],
            ignore_conflicts=True,
        )
    rows = Mark.objects.filter(owner_id=seat.person_id, meeting=seat.meeting, uuid__in=erase, erased_at=None)
    touched |= set(rows.exclude(reach=Reach.ME).values_list("paper", "reach", "to"))
    _empty(rows)


def _empty(rows: Any) -> None:
    rows.update(
        erased_at=timezone.now(), shape={}, quote="", text="", folded="", size=0, paper=None, digest=""
    )


def _share(
    seat: Seat, paper: Paper, marks: Collection[uuid.UUID], reach: str, to: int | None, touched: Touched
) -> None:
    """From now on these marks are seen by whom it says and nobody else."""
    target = None if to is None else queries.seat_in(seat.meeting, to)
    marking.check_may_share(seat, reach, target)
    person = None if target is None else target.person_id
    rows = Mark.objects.filter(owner_id=seat.person_id, paper=paper, uuid__in=marks, erased_at=None)
    rows = rows.exclude(reach=reach, to=person)
    if not rows.exists():
        return
    touched |= set(rows.exclude(reach=Reach.ME).values_list("paper", "reach", "to"))
    if reach != Reach.ME:
        touched.add((paper.pk, reach, person))
    rows.update(reach=reach, to=person)


def _tell(meeting: Meeting, touched: Touched) -> None:
    """Screens that show these marks look again. For writers that hold the meeting."""
    for paper, reach, person in touched:
        if reach == Reach.PERSON:
            seat = queries.seat_of_person(meeting, person)
            tell(meeting, None if seat is None else seat.pk)
        elif paper is not None:
            SharedMarks.objects.update_or_create(
                paper_id=paper, reach=reach, defaults={"revision": meeting.revision}
            )
