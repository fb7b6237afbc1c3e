"""Items to be adopted without debate, and what was said to them."""

from typing import Any

from meetings.models import Answer, ConsentAdoption, ItemKind, Seat, Stance

from .reading import Reading, milliseconds


def consent_section(reading: Reading) -> dict[str, Any]:
    """Who ticked is for those who lead, how many for the members; everybody sees what is adopted, and on what
    somebody wants a debate.
    """
    audience = reading.audience
    seen = [
        each for each in reading.in_order if each.kind == ItemKind.CONSENT and audience.sees_item(each.pk)
    ]
    if not seen:
        return {}
    rows: dict[int, dict[str, Any]] = {
        each.pk: {"item": each.pk, "adopted_at": None, "objections": 0} for each in seen
    }
    for adoption in ConsentAdoption.objects.filter(item__in=seen):
        rows[adoption.item_id] |= {
            "adopted_at": milliseconds(adoption.at),
            "present": adoption.present,
            "of": adoption.voters,
        }
    shown: dict[str, Any] = {"items": list(rows.values())}
    if audience.sees_consent:
        shown["voters"] = Seat.objects.filter(meeting=reading.meeting, votes=True).count()
    for row in rows.values():
        row |= {"agreed": 0} if audience.sees_consent else {}
        row |= {"stances": []} if audience.sees_stances else {}
    for stance in Stance.objects.filter(item__in=seen, seat__votes=True).select_related("seat__person"):
        row = rows[stance.item_id]
        if stance.answer == Answer.OBJECTS:
            row["objections"] += 1
        elif audience.sees_consent:
            row["agreed"] += 1
        if audience.sees_stances:
            told = {"seat": stance.seat_id, "name": str(stance.seat.person)}
            row["stances"].append(told | {"answer": stance.answer, "reason": stance.reason})
    return shown
