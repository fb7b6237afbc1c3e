"""Papers: the door to their files, and how they are handled."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils import timezone

from intranet.files.models import StoredFile
from intranet.files.registry import Access
from intranet.lib.doors import found
from meetings import rules
from meetings.models import LevelRule, Meeting, Paper, PaperVersion, Poll, Seat
from meetings.rules import papers as paper_rules

from .meeting import audience_of


def paper_in(meeting: Meeting, pk: int) -> Paper:
    """A paper of this meeting with its content, or Absent."""
    return found(
        Paper.objects.select_related("item", "stored_file__content")
        .filter(item__meeting=meeting, pk=pk)
        .first()
    )


def version_of(paper: Paper, number: int) -> PaperVersion:
    """An earlier version of the paper, or Absent."""
    return found(paper.versions.select_related("stored_file__content").filter(number=number).first())


def versions_of(meeting: Meeting) -> dict[int, list[PaperVersion]]:
    """The versions that were replaced, by paper, the newest first."""
    found: dict[int, list[PaperVersion]] = {}
    rows = PaperVersion.objects.filter(paper__item__meeting=meeting).select_related("stored_file")
    for row in rows.order_by("-number"):
        found.setdefault(row.paper_id, []).append(row)
    return found


def files_of(paper: Paper) -> dict[int, StoredFile]:
    """Every version of a paper by its number, the newest first; what was taken back counts once."""
    versions = {paper.version: paper.stored_file}
    for row in paper.versions.select_related("stored_file__content"):
        if row.stored_file_id not in {file.pk for file in versions.values()}:
            versions[row.number] = row.stored_file
    return versions


def papers_voted_on(poll: Poll) -> list[dict[str, Any]]:
    """The papers that lie before a vote's item now, each with the digest of the version that holds."""
    papers = Paper.objects.filter(item_id=poll.item_id).select_related("stored_file__content")
    return [
        {
            "paper": paper.pk,
            "title": paper.title,
            "number": paper.number,
            "version": paper.version,
            "digest": paper.stored_file.content.digest,
        }
        for paper in papers.order_by("position")
    ]


def level_rule(level: str) -> LevelRule | None:
    """The rule of a level that holds today."""
    today = timezone.localdate()
    return LevelRule.objects.filter(level=level, valid_from__lte=today).order_by("-valid_from").first()


def level_rules() -> dict[str, LevelRule]:
    """The rules that hold today, by level."""
    rows = LevelRule.objects.filter(valid_from__lte=timezone.localdate()).order_by("valid_from")
    return {row.level: row for row in rows}


def handling_of(paper: Paper) -> Access:
    """What those who may read the paper may do with it today."""
    return paper_rules.handling(paper, level_rule(paper.level))


def access_to_file(person: Any, stored_file: StoredFile) -> Access | None:
    """What the seats the person holds now let them do with this file as a paper of a meeting.

    An earlier version of a paper is for those who lead.
    """
    papers = Paper.objects.filter(
        Q(stored_file=stored_file) | Q(versions__stored_file=stored_file),
        item__meeting__seats__person_id=person.pk,
    )
    given = [handling_of(paper) for paper in papers.distinct() if _reads(person, paper, stored_file)]
    return reduce(or_, given) if given and person.is_active else None


def _reads(person: Any, paper: Paper, stored_file: StoredFile) -> bool:
    seats = Seat.objects.select_related("meeting").filter(person_id=person.pk)
    seat = seats.filter(meeting__items=paper.item_id).first()
    if seat is None or not rules.sees_meeting(seat.role, seat.meeting.state):
        return False
    if paper.stored_file_id != stored_file.pk and seat.role not in rules.PODIUM:
        return False
    return audience_of(seat).sees_paper(paper)
