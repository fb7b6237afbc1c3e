"""Consent items: saying beforehand that one has no objection, asking for a debate, adopting what is left."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from intranet.lib.errors import Absent
from meetings import queries, rules
from meetings.models import AgendaItem, Answer, ConsentAdoption, ItemState, Meeting, Seat, Stance
from meetings.revisions import change


def take_stance(seat: Seat, *, item: int, answer: str, reason: str = "") -> None:
    """Say that one has no objection to a consent item, that one wants a debate, or ("") nothing any more."""
    with change(seat, "take_stance", "consent") as (meeting, facts):
        row = queries.item_in(meeting, item)
        rules.check_has_vote(queries.seat_in(meeting, seat.pk))
        rules.check_open_to_consent(row)
        own = Stance.objects.filter(item=row, seat=seat).first()
        before = own.answer if own else ""
        rules.check_stance(meeting, answer=answer, before=before)
        facts.update(item=item, answer=answer)
        if not answer:
            Stance.objects.filter(item=row, seat=seat).delete()
        elif own is None or (own.answer, own.reason) != (answer, reason):
            Stance.objects.update_or_create(
                item=row,
                seat=seat,
                defaults={
                    "answer": answer,
                    "reason": reason if answer == Answer.OBJECTS else "",
                    "at": timezone.now(),
                },
            )


def adopt_consent(seat: Seat, *, items: Collection[int]) -> dict[str, Any]:
    """Adopt these consent items in one act, without debate. Returns how many as `adopted`.

    The presser names what they saw; when somebody has asked for a debate on one of them meanwhile, nothing
    is adopted.
    """
    with change(seat, "adopt_consent", "agenda", "consent") as (meeting, facts):
        rows = list(AgendaItem.objects.filter(meeting=meeting, pk__in=items).order_by("position"))
        if len(rows) != len(set(items)):
            raise Absent()
        stances = list(Stance.objects.filter(item__in=rows, seat__votes=True).select_related("seat__person"))
        rules.check_may_adopt(rows, stances)
        quorum = queries.quorum(meeting)
        rules.check_quorum_for_consent(quorum.is_met)
        now = timezone.now()
        for row in rows:
            ticked = [each.seat for each in stances if each.item_id == row.pk]
            ConsentAdoption.objects.create(
                item=row,
                at=now,
                by=str(seat.person),
                agreed=[{"name": str(each.person), "post": each.post} for each in ticked],
                present=quorum.have,
                voters=quorum.of,
            )
            row.state, row.started_at, row.ended_at = ItemState.DONE, now, now
            row.save(update_fields=["state", "started_at", "ended_at"])
        facts.update(items=[row.pk for row in rows], present=quorum.have, voters=quorum.of)
        return {"adopted": len(rows)}


def forget_agreement(meeting: Meeting, item: AgendaItem, *, objections: bool = False) -> None:
    """What was agreed to has changed: the ticks no longer speak of it. For actions naming "consent"."""
    rows = Stance.objects.filter(item=item, item__meeting=meeting)
    (rows if objections else rows.filter(answer=Answer.AGREES)).delete()
