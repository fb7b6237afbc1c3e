"""Drawing the hall and putting people on its chairs. Every act says what is to be, never what to move."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings import queries, rules
from meetings.models import HallPlace, Meeting, Role, Seat
from meetings.revisions import change


def draw_hall(seat: Seat, *, rows: int, columns: int, aisles: Collection[int] = ()) -> None:
    """Rows and blocks of chairs. People keep their chair where it still stands."""
    with change(seat, "draw_hall", "seatmap") as (meeting, facts):
        wanted = rules.chairs(rows, columns, aisles)
        sitting = _sitting(meeting)
        HallPlace.objects.filter(meeting=meeting).delete()
        _draw(meeting, wanted, sitting)
        facts.update(rows=rows, columns=columns, aisles=sorted(aisles))


def set_chair(seat: Seat, *, row: int, column: int, stands: bool) -> None:
    """Put one chair, or take it away; whoever had it has none."""
    with change(seat, "set_chair", "seatmap") as (meeting, facts):
        rules.check_inside(row, column)
        at = HallPlace.objects.filter(meeting=meeting, row=row, column=column)
        if not stands:
            at.delete()
        elif not at.exists():
            HallPlace.objects.create(meeting=meeting, row=row, column=column)
        facts.update(row=row, column=column, stands=stands)


def give_chair(seat: Seat, *, target: int, row: int | None, column: int | None) -> None:
    """Seat somebody on a chair, or (without a chair) on none. Whoever sat there takes the other's chair."""
    with change(seat, "give_chair", "seatmap") as (meeting, facts):
        person = queries.seat_in(meeting, target)
        facts.update(seat=person.pk, name=str(person.person), row=row, column=column)
        old = HallPlace.objects.filter(meeting=meeting, seat=person).first()
        new = None
        if row is not None and column is not None:
            rules.check_may_attend(person)
            new = HallPlace.objects.filter(meeting=meeting, row=row, column=column).first()
            if new is None:
                raise RuleBroken(_("There is no chair at this place."))
            if old is not None and new.pk == old.pk:
                return
        other_id = new.seat_id if new is not None else None
        both = [place.pk for place in (old, new) if place is not None]
        HallPlace.objects.filter(pk__in=both).update(seat=None)
        if new is not None:
            HallPlace.objects.filter(pk=new.pk).update(seat=person)
        if old is not None and other_id is not None:
            HallPlace.objects.filter(pk=old.pk).update(seat_id=other_id)


def fill_hall(seat: Seat) -> None:
    """Seat everybody who has no chair yet on the free ones, by role and name, front to back."""
    with change(seat, "fill_hall", "seatmap") as (meeting, facts):
        order = {role: place for place, role in enumerate(Role.values)}
        waiting = list(
            Seat.objects.filter(
                meeting=meeting, role__in=rules.ATTENDING, hall_place__isnull=True
            ).select_related("person")
        )
        waiting.sort(key=lambda row: (order[row.role], row.person.sort_key, row.pk))
        free = [place for place in queries.hall_places(meeting) if place.seat_id is None]
        for place, row in zip(free, waiting, strict=False):
            place.seat = row
            place.save(update_fields=["seat"])
        facts.update(seated=min(len(free), len(waiting)))


def take_over_hall(seat: Seat) -> None:
    """The drawing of the last meeting in the same place; who sat there and is here again sits there again."""
    with change(seat, "take_over_hall", "seatmap") as (meeting, facts):
        earlier = queries.drawing_to_take_over(meeting)
        if earlier is None:
            raise RuleBroken(_("No earlier meeting in this place has a drawing of the hall."))
        places = queries.hall_places(earlier)
        here = {row.person_id: row for row in Seat.objects.filter(meeting=meeting, role__in=rules.ATTENDING)}
        sitting = {
            (place.row, place.column): here[place.seat.person_id]
            for place in places
            if place.seat is not None and place.seat.person_id in here
        }
        HallPlace.objects.filter(meeting=meeting).delete()
        _draw(meeting, [(place.row, place.column) for place in places], sitting)
        facts.update(meeting=earlier.ref)


def _sitting(meeting: Meeting) -> dict[tuple[int, int], Seat]:
    places = queries.hall_places(meeting)
    return {(place.row, place.column): place.seat for place in places if place.seat is not None}


def _draw(
    meeting: Meeting, chairs: Collection[tuple[int, int]], sitting: dict[tuple[int, int], Seat]
) -> None:
    HallPlace.objects.bulk_create(
        HallPlace(meeting=meeting, row=row, column=column, seat=sitting.get((row, column)))
        for row, column in chairs
    )
