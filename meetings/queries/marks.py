"""What readers have drawn and written on papers: each their own, and what was shared with them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet, Sum

from intranet.files.models import Content, PageText, StoredFile
from intranet.lib.doors import found
from intranet.lib.errors import Absent
from intranet.lib.text import fold
from meetings import rules
from meetings.models import Mark, Meeting, Paper, Reach, Seat
from meetings.rules import carrying
from meetings.rules import marks as marking

from .meeting import audience_of
from .papers import files_of, paper_in

KNOWN_FOR = 7 * 24 * 3600


@dataclass(frozen=True)
class ShownMark:
    """A mark where it stands on the version that is shown."""

    mark: Mark
    page: int
    rects: list[list[float]] | None = None
    is_carried: bool = False
    """It was made on an earlier version."""


@dataclass(frozen=True)
class MarksOn:
    """The marks on one paper that a seat sees, on the version it reads."""

    own: list[ShownMark] = field(default_factory=list)
    shared: list[ShownMark] = field(default_factory=list)
    left: list[tuple[Mark, StoredFile]] = field(default_factory=list)
    """Own marks that stay behind on an earlier version, with it."""


@dataclass(frozen=True)
class Usage:
    """What a person's marks in a meeting take: those that are there, their bytes, and all ever made."""

    count: int
    size: int
    numbers: int


def paper_seen_by(seat: Seat, pk: int) -> Paper:
    """A paper of the seat's meeting that it may read now: the door to what is on it. Raises Absent."""
    paper = paper_in(seat.meeting, pk)
    if not audience_of(seat).sees_paper(paper):
        raise Absent()
    return paper


def _versions_of(paper: Paper) -> list[StoredFile]:
    """The files this paper was and is, the newest last."""
    return list(reversed(files_of(paper).values()))


def content_of(paper: Paper, ref: str) -> Content:
    """The content of one of the paper's versions. Raises Absent."""
    return found(next((file.content for file in _versions_of(paper) if file.ref == ref), None))


def usage_of(person_id: int, meeting: Meeting) -> Usage:
    """What a person's marks in the meeting take."""
    alive = Q(erased_at=None)
    told = Mark.objects.filter(owner_id=person_id, meeting=meeting).aggregate(
        count=Count("pk", filter=alive), size=Sum("size"), numbers=Count("pk")
    )
    return Usage(told["count"], told["size"] or 0, told["numbers"])


def marks_on(seat: Seat, paper: Paper) -> MarksOn:
    """Own marks on any version of the paper, and those others share with this seat. The paper was let through
    `paper_seen_by`.
    """
    versions = _versions_of(paper)
    digests = {file.content.digest: file for file in versions}
    alive = Mark.objects.filter(meeting=seat.meeting, digest__in=digests, erased_at=None)
    own = alive.filter(owner_id=seat.person_id)
    reaches = marking.reaches_seen(audience_of(seat), paper.item_id)
    seen = Q(to_id=seat.person_id) | Q(reach__in=reaches)
    shared = alive.filter(seen, paper=paper).exclude(owner_id=seat.person_id).select_related("owner")
    told = MarksOn()
    for mark, place in _placed([*own, *shared], versions):
        is_own = mark.owner_id == seat.person_id
        if place is not None:
            (told.own if is_own else told.shared).append(place)
        elif is_own:
            told.left.append((mark, digests[mark.digest]))
    return told


def _placed(marks: Sequence[Mark], versions: Sequence[StoredFile]) -> list[tuple[Mark, ShownMark | None]]:
    """Each mark with its place on the last of these versions, None when it stays behind."""
    shown = versions[-1].content
    matches = {
        file.content.digest: _matched(file.content, shown)
        for file in versions
        if file.content.digest != shown.digest and any(mark.digest == file.content.digest for mark in marks)
    }
    lines = _lines_of(shown) if any(mark.quote for mark in marks if mark.digest in matches) else {}
    placed: list[tuple[Mark, ShownMark | None]] = []
    for mark in marks:
        if mark.digest == shown.digest:
            placed.append((mark, ShownMark(mark, mark.page)))
            continue
        pages, same = matches[mark.digest]
        place = carrying.place_of(mark, pages, same, lines)
        shown_mark = place and ShownMark(mark, place.page, place.rects, is_carried=True)
        placed.append((mark, shown_mark or None))
    return placed


def _matched(old: Content, new: Content) -> tuple[list[int | None], dict[int, bool]]:
    """Which page of `new` each page of `old` is, and whether every word of it is the same. Kept once both are
    read to their end.
    """
    key = f"meetings:pages:{old.digest}:{new.digest}"
    known: tuple[list[int | None], dict[int, bool]] | None = cache.get(key)
    if known is None:
        before, after = _lines_of(old), _lines_of(new)
        words = [
            [carrying.words_of(lines.get(index, [])) for index in range(len(content.pages))]
            for content, lines in ((old, before), (new, after))
        ]
        pages = carrying.matched_pages(*words)
        same = {
            index: words[0][index] == words[1][there]
            for index, there in enumerate(pages)
            if there is not None
        }
        known = (pages, same)
        if _is_read(old, before) and _is_read(new, after):
            cache.set(key, known, KNOWN_FOR)
    return known


def _lines_of(content: Content) -> dict[int, list[Any]]:
    return dict(PageText.objects.filter(content=content).order_by("index").values_list("index", "lines"))


def _is_read(content: Content, lines: dict[int, list[Any]]) -> bool:
    return len(lines) + len(content.faults) >= len(content.pages)


def own_marks(person: Any, *, text: str = "", meeting: str = "") -> list[Mark]:
    """The person's marks on papers they may read now, the newest first: of all meetings or of one.

    `text` keeps those whose words or quoted words contain it, however it is written.
    """
    rows = Mark.objects.filter(owner=person, erased_at=None).exclude(paper=None)
    rows = rows.select_related("paper__item__meeting__body", "paper__stored_file__content")
    if meeting:
        rows = rows.filter(meeting__ref=meeting)
    if wanted := fold(text):
        rows = rows.filter(folded__contains=wanted)
    papers = _papers_seen(person, rows)
    return [mark for mark in rows.order_by("-made_at", "-pk") if mark.paper_id in papers]


def _papers_seen(person: Any, rows: QuerySet[Mark]) -> set[int]:
    """Of the papers under these marks, those a seat of the person lets them read now."""
    papers = Paper.objects.filter(pk__in=rows.values("paper")).select_related("item__meeting")
    seats = {
        seat.meeting_id: seat
        for seat in Seat.objects.select_related("meeting").filter(
            person=person, person__is_active=True, meeting__in=rows.values("meeting")
        )
        if rules.sees_meeting(seat.role, seat.meeting.state)
    }
    audiences = {pk: audience_of(seat) for pk, seat in seats.items()}
    return {
        paper.pk
        for paper in papers
        if (audience := audiences.get(paper.item.meeting_id)) and audience.sees_paper(paper)
    }


def meeting_with_marks(person: Any, ref: str) -> Meeting:
    """A meeting in which the person has marks, seat or no seat. Raises Absent."""
    return found(
        Meeting.objects.filter(
            ref=ref, pk__in=Mark.objects.filter(owner=person, erased_at=None).values("meeting")
        ).first()
    )


def marks_kept_until(meeting: Meeting) -> datetime.datetime | None:
    """When the marks of a meeting are deleted as its body lays down; None: not while it lays down nothing."""
    if meeting.body is None or meeting.body.marks_days is None or meeting.closed_at is None:
        return None
    return meeting.closed_at + datetime.timedelta(days=meeting.body.marks_days)


def seat_of_person(meeting: Meeting, person_id: int | None) -> Seat | None:
    """The seat a person has in the meeting, if any."""
    return None if person_id is None else Seat.objects.filter(meeting=meeting, person_id=person_id).first()


def is_anything_shared(person_id: int, meeting: Meeting) -> bool:
    """Whether others see any of the person's marks in the meeting."""
    rows = Mark.objects.filter(owner_id=person_id, meeting=meeting, erased_at=None)
    return rows.exclude(reach=Reach.ME).exists()
