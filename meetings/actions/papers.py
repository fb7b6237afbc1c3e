"""The papers laid before the items."""

import uuid
from collections.abc import Collection
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone

from intranet.files import actions as files
from intranet.files import queries as file_queries
from intranet.files.models import StoredFile
from intranet.lib.background import enqueue
from meetings import queries, rules
from meetings.models import Level, Meeting, Paper, PaperVersion, Seat
from meetings.revisions import change, system_change
from meetings.rules import papers as paper_rules

from ._order import moved, renumber
from .commands import answered, once
from .consent import forget_agreement


def upload_paper(
    seat: Seat,
    *,
    command: uuid.UUID,
    item: int,
    file: UploadedFile[Any],
    title: str = "",
    number: str = "",
    level: str = Level.INTERNAL,
) -> dict[str, Any]:
    """Store a file and lay it before an item, once for each `command`. RuleBroken when the file is refused.

    Without `title` the file's name, less its ending, is the title.
    """
    name = str(file.name)
    content = {"item": item, "name": name, "size": file.size}
    rules.check_may(seat, "add_paper", seat.meeting)
    paper_rules.check_no_state_secret(title, number, name)
    queries.item_in(seat.meeting, item)
    if (answer := answered(seat, command=command, act="add_paper", content=content)) is not None:
        return answer
    # Storing reads and syncs the whole file: before the lock, so that the room does not wait for it.
    stored = files.store(seat.person, file=file, name=name, command=command)
    return once(
        seat,
        command=command,
        act="add_paper",
        content=content,
        run=lambda: add_paper(
            seat,
            item=item,
            stored_file=stored,
            title=title or _title_from(name),
            number=number,
            level=level,
        ),
    )


def upload_replacement(
    seat: Seat,
    *,
    command: uuid.UUID,
    paper: int,
    file: UploadedFile[Any],
    expected_version: int | None = None,
) -> dict[str, Any]:
    """Store a file and put it in a paper's place, once for each `command`. RuleBroken when it is refused."""
    name = str(file.name)
    content = {"paper": paper, "name": name, "size": file.size}
    rules.check_may(seat, "replace_paper", seat.meeting)
    paper_rules.check_no_state_secret(name)
    row = queries.paper_in(seat.meeting, paper)
    if (answer := answered(seat, command=command, act="replace_paper", content=content)) is not None:
        return answer
    paper_rules.check_version(row, expected_version)
    stored = files.store(seat.person, file=file, name=name, command=command)
    return once(
        seat,
        command=command,
        act="replace_paper",
        content=content,
        run=lambda: replace_paper(seat, paper=paper, stored_file=stored, expected_version=expected_version),
    )


def add_paper(
    seat: Seat,
    *,
    item: int,
    stored_file: StoredFile,
    title: str,
    number: str = "",
    level: str = Level.INTERNAL,
) -> dict[str, Any]:
    """Lay a stored file before an item, after the others. Returns its key as `paper`."""
    paper_rules.check_no_state_secret(title, number, stored_file.name)
    with change(seat, "add_paper", "agenda", "papers", "consent") as (meeting, facts):
        row = queries.item_in(meeting, item)
        forget_agreement(meeting, row)
        paper = Paper.objects.create(
            item=row,
            stored_file=stored_file,
            title=title,
            number=number,
            level=level,
            position=_papers_of(row.pk).count() + 1,
        )
        facts.update(paper=paper.pk, item=item, file=stored_file.ref)
        return {"paper": paper.pk}


def rename_paper(seat: Seat, *, paper: int, title: str, number: str = "") -> None:
    """Change a paper's title and number."""
    paper_rules.check_no_state_secret(title, number)
    with change(seat, "rename_paper", "papers") as (meeting, facts):
        row = queries.paper_in(meeting, paper)
        row.title, row.number = title, number
        row.save(update_fields=["title", "number"])
        facts.update(paper=paper, title=title)


def protect_paper(
    seat: Seat,
    *,
    paper: int,
    level: str,
    named_only: bool = False,
    readers: Collection[int] = (),
    no_saving: bool = False,
    no_printing: bool = False,
) -> None:
    """Say how far a paper goes, who of those may read it, and whether they may save and print it.

    Whoever may not read it any more loses it at once. Absent for a reader who has no seat here.
    """
    with change(seat, "protect_paper", "agenda", "papers", "stage", rules.ACCESS) as (meeting, facts):
        row = queries.paper_in(meeting, paper)
        named = [queries.seat_in(meeting, pk) for pk in sorted(set(readers))] if named_only else []
        row.level, row.named_only = level, named_only
        row.no_saving, row.no_printing = no_saving or no_printing, no_printing
        row.save(update_fields=["level", "named_only", "no_saving", "no_printing"])
        row.readers.set(named)
        facts.update(paper=paper, level=level, no_saving=row.no_saving, no_printing=no_printing)
        if named_only:
            facts["readers"] = [each.pk for each in named]


def replace_paper(
    seat: Seat, *, paper: int, stored_file: StoredFile, expected_version: int | None = None
) -> None:
    """Put a new version in a paper's place. What stood there is kept, and everybody's page stays."""
    paper_rules.check_no_state_secret(stored_file.name)
    with change(seat, "replace_paper", "papers", "stage", "consent") as (meeting, facts):
        row = queries.paper_in(meeting, paper)
        paper_rules.check_version(row, expected_version)
        facts.update(paper=paper, file=stored_file.ref, replaced=row.stored_file.ref)
        facts["version"] = _put(meeting, row, stored_file, by=str(seat.person))


def restore_paper(seat: Seat, *, paper: int, version: int, expected_version: int | None = None) -> None:
    """Take an earlier version back: it becomes the newest one, and what it replaces is kept in its turn."""
    with change(seat, "restore_paper", "papers", "stage", "consent") as (meeting, facts):
        row = queries.paper_in(meeting, paper)
        paper_rules.check_version(row, expected_version)
        earlier = queries.version_of(row, version)
        facts.update(paper=paper, file=earlier.stored_file.ref, replaced=row.stored_file.ref, taken=version)
        facts["version"] = _put(meeting, row, earlier.stored_file, by=str(seat.person))


def _put(meeting: Meeting, row: Paper, stored_file: StoredFile, *, by: str) -> int:
    """The new version's number. The page shown to the room stays, unless the new version ends before it."""
    forget_agreement(meeting, row.item)
    PaperVersion.objects.create(
        paper=row,
        number=row.version,
        stored_file=row.stored_file,
        replaced_at=timezone.now(),
        replaced_by=by,
    )
    row.stored_file, row.version = stored_file, row.version + 1
    row.save(update_fields=["stored_file", "version"])
    if meeting.stage_paper_id == row.pk and meeting.stage_page is not None:
        last = len(stored_file.content.pages) or meeting.stage_page
        meeting.stage_page = min(meeting.stage_page, last)
        meeting.save(update_fields=["stage_page"])
    enqueue("meetings.tasks.compare_versions", row.pk)
    return row.version


def compare_versions(paper_id: int) -> bool:
    """Find out which pages the newest version of a paper changes, and tell the room. False: not yet, for the
    words of one of the two are still being read."""
    row = Paper.objects.select_related("item", "stored_file__content").filter(pk=paper_id).first()
    before = None if row is None else row.versions.select_related("stored_file__content").first()
    if row is None or before is None or before.changes is not None:
        return True
    old, new = before.stored_file.content, row.stored_file.content
    if not (file_queries.is_read(old) and file_queries.is_read(new)):
        return False
    changes = paper_rules.page_changes(file_queries.page_signatures(old), file_queries.page_signatures(new))
    with system_change(row.item.meeting_id, "papers"):
        # A version that came meanwhile has another row before it, and a task of its own.
        PaperVersion.objects.filter(pk=before.pk, changes__isnull=True).update(changes=changes)
    return True


def move_paper(seat: Seat, *, paper: int, position: int) -> None:
    """Put a paper at `position` (from 1) among those of its item."""
    with change(seat, "move_paper", "papers") as (meeting, facts):
        row = queries.paper_in(meeting, paper)
        there = _papers_of(row.item_id)
        order = list(there.order_by("position").values_list("pk", flat=True))
        renumber(there, moved(order, row.pk, position))
        facts.update(paper=paper, position=position)


def remove_paper(seat: Seat, *, paper: int) -> None:
    """Take a paper away; the room stops seeing it at once."""
    with change(seat, "remove_paper", "agenda", "papers", "stage", "consent") as (meeting, facts):
        row = queries.paper_in(meeting, paper)
        forget_agreement(meeting, row.item)
        facts.update(paper=paper, title=row.title, file=row.stored_file.ref)
        there = _papers_of(row.item_id)
        row.delete()
        renumber(there, list(there.order_by("position").values_list("pk", flat=True)))


def note_content_read(content_id: int) -> None:
    """A file has been read or refused in the background: every meeting that shows it says so."""
    meetings = Meeting.objects.filter(items__papers__stored_file__content_id=content_id).distinct()
    for pk in list(meetings.order_by("pk").values_list("pk", flat=True)):
        with system_change(pk, "papers"):
            pass


def _papers_of(item_id: int) -> QuerySet[Paper]:
    return Paper.objects.filter(item_id=item_id)


def _title_from(name: str) -> str:
    return name.rsplit(".", 1)[0].replace("_", " ").strip()[:300] or name
