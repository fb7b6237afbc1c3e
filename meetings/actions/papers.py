"""The papers laid before the items."""

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from intranet.files import actions as files
from intranet.files.models import StoredFile
from meetings import queries, rules
from meetings.models import Meeting, Paper, Seat
from meetings.revisions import change, system_change

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
    is_open: bool = False,
) -> dict[str, Any]:
    """Store a file and lay it before an item, once for each `command`. RuleBroken when the file is refused.

    Without `title` the file's name, less its ending, is the title.
    """
    name = str(file.name)
    content = {"item": item, "name": name, "size": file.size}
    rules.check_may(seat, "add_paper", seat.meeting)
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
            is_open=is_open,
        ),
    )


def upload_replacement(
    seat: Seat, *, command: uuid.UUID, paper: int, file: UploadedFile[Any]
) -> dict[str, Any]:
    """Store a file and put it in a paper's place, once for each `command`. RuleBroken when it is refused."""
    name = str(file.name)
    content = {"paper": paper, "name": name, "size": file.size}
    rules.check_may(seat, "replace_paper", seat.meeting)
    queries.paper_in(seat.meeting, paper)
    if (answer := answered(seat, command=command, act="replace_paper", content=content)) is not None:
        return answer
    stored = files.store(seat.person, file=file, name=name, command=command)
    return once(
        seat,
        command=command,
        act="replace_paper",
        content=content,
        run=lambda: replace_paper(seat, paper=paper, stored_file=stored),
    )


def add_paper(
    seat: Seat, *, item: int, stored_file: StoredFile, title: str, number: str = "", is_open: bool = False
) -> dict[str, Any]:
    """Lay a stored file before an item, after the others. Returns its key as `paper`."""
    with change(seat, "add_paper", "agenda", "papers", "consent") as (meeting, facts):
        row = queries.item_in(meeting, item)
        forget_agreement(meeting, row)
        paper = Paper.objects.create(
            item=row,
            stored_file=stored_file,
            title=title,
            number=number,
            is_open=is_open,
            position=_papers_of(row.pk).count() + 1,
        )
        facts.update(paper=paper.pk, item=item, file=stored_file.ref)
        return {"paper": paper.pk}


def rename_paper(seat: Seat, *, paper: int, title: str, number: str = "", is_open: bool = False) -> None:
    """Change a paper's title, number, and whether observers and the hall screen may see it."""
    with change(seat, "rename_paper", "agenda", "papers", "stage") as (meeting, facts):
        row = queries.paper_in(meeting, paper)
        row.title, row.number, row.is_open = title, number, is_open
        row.save(update_fields=["title", "number", "is_open"])
        facts.update(paper=paper, title=title, is_open=is_open)


def replace_paper(seat: Seat, *, paper: int, stored_file: StoredFile) -> None:
    """Put another stored file in a paper's place; what is shown to the room goes back to its first page."""
    with change(seat, "replace_paper", "papers", "stage", "consent") as (meeting, facts):
        row = queries.paper_in(meeting, paper)
        forget_agreement(meeting, row.item)
        facts.update(paper=paper, file=stored_file.ref, replaced=row.stored_file.ref)
        row.stored_file = stored_file
        row.save(update_fields=["stored_file"])
        if meeting.stage_paper_id == row.pk:
            meeting.stage_page = 1
            meeting.save(update_fields=["stage_page"])


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
