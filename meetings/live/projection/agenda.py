"""Items with their times, and the papers laid before them."""

from typing import Any

from meetings.models import AgendaItem, ItemState, PaperVersion
from meetings.rules import papers as paper_rules

from .reading import Reading, milliseconds, whole_milliseconds

MOST_RUNS = 30
"""So many runs of changed pages are told."""


def agenda_section(reading: Reading) -> dict[str, Any]:
    counts: dict[int, int] = {}
    for paper in reading.papers:
        counts[paper.item_id] = counts.get(paper.item_id, 0) + 1
    subs_of: dict[int, list[AgendaItem]] = {}
    for item in reading.items:
        if item.parent_id is not None:
            subs_of.setdefault(item.parent_id, []).append(item)
    rows: list[dict[str, Any]] = []
    current = None
    for item in reading.in_order:
        slot = reading.slots[item.pk]
        if item.state == ItemState.CURRENT:
            current = item.pk
        row: dict[str, Any] = {"id": item.pk, "parent": item.parent_id, "number": slot.number, "title": ""}
        if not reading.audience.sees_item(item.pk):
            is_closed = item.pk in reading.audience.closure.items
            rows.append(row | {"hidden": True} | ({"closed": True} if is_closed else {}))
            continue
        state, started_at, ended_at = item.state, milliseconds(item.started_at), milliseconds(item.ended_at)
        subs = subs_of.get(item.pk, [])
        if state == ItemState.WAITING and subs and all(sub.state == ItemState.DONE for sub in subs):
            state, started_at, ended_at = _state_of_parent(subs)
        rows.append(
            row
            | {
                "title": item.title,
                "presenter": item.presenter,
                "kind": item.kind,
                "minutes": slot.minutes,
                "state": state,
                "starts_at": milliseconds(slot.starts_at),
                "started_at": started_at,
                "ended_at": ended_at,
                "spent": whole_milliseconds(item.spent),
                "since": milliseconds(item.ticking_since),
                "closed": item.pk in reading.audience.closure.items,
                "papers": counts.get(item.pk, 0),
            }
        )
    return {"current": current, "items": rows}


def _state_of_parent(subs: list[AgendaItem]) -> tuple[str, int | None, int | None]:
    """An item whose sub-items are all done is done too, from the first to the last of them."""
    started = [sub.started_at for sub in subs if sub.started_at]
    ended = [sub.ended_at for sub in subs if sub.ended_at]
    return ItemState.DONE, milliseconds(min(started, default=None)), milliseconds(max(ended, default=None))


def _news(before: PaperVersion | None) -> dict[str, Any] | None:
    """What the newest version changes, as runs of pages from 1; `pages` is None until that is known."""
    if before is None:
        return None
    told: dict[str, Any] = {"at": milliseconds(before.replaced_at), "pages": None}
    if before.changes is not None:
        pages = sorted({*before.changes["changed"], *before.changes["added"]})
        removed = len(before.changes["removed"])
        told |= {"pages": paper_rules.page_runs(pages)[:MOST_RUNS], "count": len(pages), "removed": removed}
    return told


def papers_section(reading: Reading) -> list[dict[str, Any]]:
    handling, replaced = reading.level_rules, reading.replaced
    return [
        {
            "id": paper.pk,
            "item": paper.item_id,
            "title": paper.title,
            "number": paper.number,
            "file": paper.stored_file.ref,
            "name": paper.stored_file.name,
            "size": paper.stored_file.content.size,
            "state": paper.stored_file.content.state,
            "reason": paper.stored_file.content.reason,
            "pages": len(paper.stored_file.content.pages),
            "level": paper.level,
            "named": paper.named_only,
            "logged": paper_rules.handling(paper, handling.get(paper.level)).logged,
            "version": paper.version,
            "news": _news(replaced.get(paper.pk)),
        }
        for paper in reading.papers
    ]
