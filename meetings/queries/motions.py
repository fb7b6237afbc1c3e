"""Reading consent items, motions and amendments."""

from intranet.lib.doors import found
from meetings import rules
from meetings.models import Amendment, Meeting, Motion, MotionState, Seat

UNSEEN = (MotionState.SUBMITTED, MotionState.RETURNED)


def motion_in(meeting: Meeting, pk: int) -> Motion:
    """A motion of this meeting, or Absent."""
    return found(Motion.objects.filter(meeting=meeting, pk=pk).first())


def amendment_in(meeting: Meeting, pk: int) -> Amendment:
    """An amendment in this meeting with its motion, or Absent."""
    return found(Amendment.objects.select_related("motion").filter(motion__meeting=meeting, pk=pk).first())


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


def own_motions(seat: Seat) -> list[Motion]:
    """What the seat has submitted and nobody has admitted: it waits, or came back."""
    return list(Motion.objects.filter(seat=seat, state__in=UNSEEN).prefetch_related("clauses"))


def own_amendments(seat: Seat) -> list[Amendment]:
    """The amendments of the seat that wait or came back."""
    return list(Amendment.objects.filter(seat=seat, state__in=UNSEEN).select_related("motion"))
