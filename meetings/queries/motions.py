"""Reading consent items, motions and amendments."""

from intranet.lib.errors import Absent
from meetings import rules
from meetings.models import Amendment, Meeting, Motion, Seat


def motion_in(meeting: Meeting, pk: int) -> Motion:
    """A motion of this meeting, or Absent."""
    motion = Motion.objects.filter(meeting=meeting, pk=pk).first()
    if motion is None:
        raise Absent()
    return motion


def amendment_in(meeting: Meeting, pk: int) -> Amendment:
    """An amendment in this meeting with its motion, or Absent."""
    row = Amendment.objects.select_related("motion").filter(motion__meeting=meeting, pk=pk).first()
    if row is None:
        raise Absent()
    return row


def change_of(row: Amendment) -> rules.Change:
    """What an amendment does to the text."""
    return rules.Change(kind=row.kind, number=row.clause, based_on=row.based_on, text=row.text)


def text_of(motion: Motion) -> list[rules.Line]:
    """The motion as it reads now: as moved, with the amendments in effect."""
    base = [rules.Line(row.number, row.text) for row in motion.clauses.all()]
    taken = sorted((row for row in motion.amendments.all() if row.place), key=lambda row: row.place or 0)
    return rules.consolidated(base, map(change_of, taken))


def stances_of(seat: Seat) -> dict[int, dict[str, str]]:
    """What the seat has said to consent items, by item."""
    rows = seat.stances.values("item_id", "answer", "reason")
    return {row["item_id"]: {"answer": row["answer"], "reason": row["reason"]} for row in rows}
