"""Items to be adopted without debate, and what was said to them."""

from typing import Any

from meetings.models import Answer, ConsentAdoption, ItemKind, Seat, Stance

from .reading import Reading, milliseconds


def consent_section(reading: Reading) -> dict[str, Any]:
    """Who ticked is for those who lead; members see how many; everybody else what was adopted."""
    audience = reading.audience
    seen = [
        each for each in reading.in_order if each.kind == ItemKind.CONSENT and audience.sees_item(each.pk)
    ]
    if not seen:
        return {}
    adopted = dict(ConsentAdoption.objects.filter(item__in=seen).values_list("item_id", "at"))
    rows: dict[int, dict[str, Any]] = {
        each.pk: {"item": each.pk, "adopted_at": milliseconds(adopted.get(each.pk))} for each in seen
    }
    shown: dict[str, Any] = {"items": list(rows.values())}
    if not audience.sees_consent:
        return shown
    shown["voters"] = Seat.objects.filter(meeting=reading.meeting, votes=True).count()
    for row in rows.values():
        row |= {"agreed": 0, "objections": 0}
        if audience.sees_stances:
            row["stances"] = []
    for stance in Stance.objects.filter(item__in=seen, seat__votes=True).select_related("seat__person"):
        row = rows[stance.item_id]
        row["agreed" if stance.answer == Answer.AGREES else "objections"] += 1
        if audience.sees_stances:
            told = {"seat": stance.seat_id, "name": str(stance.seat.person)}
            row["stances"].append(told | {"answer": stance.answer, "reason": stance.reason})
    return shown
