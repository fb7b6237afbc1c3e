"""The sites of a meeting: which there are, and who sits where."""

from typing import Any

from meetings import queries, rules
from meetings.models import Attendance, Meeting, Seat, Site
from meetings.revisions import change

from ._order import moved, renumber


def add_site(seat: Seat, *, name: str) -> dict[str, Any]:
    """One more place, last in the order. Returns its key as `site`."""
    with change(seat, "add_site", "sites") as (meeting, facts):
        others = queries.sites_of(meeting)
        rules.check_room_for_site(others)
        rules.check_site_name(name, others)
        new = Site.objects.create(meeting=meeting, name=name, position=len(others) + 1)
        facts.update(site=new.pk, name=name)
        return {"site": new.pk}


def rename_site(seat: Seat, *, site: int, name: str) -> None:
    """Another name, also where people are noted as present there."""
    with change(seat, "rename_site", "sites") as (meeting, facts):
        row = queries.site_in(meeting, site)
        rules.check_site_name(name, [each for each in queries.sites_of(meeting) if each.pk != site])
        facts.update(site=site, name=name, was=row.name)
        Attendance.objects.filter(meeting=meeting, site=row.name).update(site=name)
        row.name = name
        row.save(update_fields=["name"])


def move_site(seat: Seat, *, site: int, position: int) -> None:
    """Another place in the order, from 1."""
    with change(seat, "move_site", "sites") as (meeting, facts):
        row = queries.site_in(meeting, site)
        order = [each.pk for each in queries.sites_of(meeting)]
        renumber(Site.objects.filter(meeting=meeting), moved(order, row.pk, position))
        facts.update(site=site, name=row.name, position=position)


def remove_site(seat: Seat, *, site: int) -> None:
    """The place is no part of the meeting: its people keep their seats. What was noted there stays noted."""
    with change(seat, "remove_site", "sites") as (meeting, facts):
        row = queries.site_in(meeting, site)
        facts.update(site=site, name=row.name)
        Seat.objects.filter(site=row).update(site=None, keeps_site=False)
        row.delete()
        order = [each.pk for each in queries.sites_of(meeting)]
        renumber(Site.objects.filter(meeting=meeting), order)


def place_seat(seat: Seat, *, target: int, site: int | None, keeps: bool = False) -> None:
    """Where somebody sits, and whether they keep that site. Whoever is here is here at the new one."""
    with change(seat, "place_seat", "sites") as (meeting, facts):
        row = queries.seat_in(meeting, target)
        place = None if site is None else queries.site_in(meeting, site)
        if keeps:
            rules.check_may_keep_site(row, place)
        facts.update(seat=row.pk, name=str(row.person), site=site, keeps=keeps)
        _place(meeting, [row.pk], place)
        Seat.objects.filter(pk=row.pk).update(keeps_site=keeps)


def place_office(seat: Seat, *, site: int, office: int) -> dict[str, Any]:
    """Put everybody of an office who has a seat at a site. Returns how many as `placed`."""
    with change(seat, "place_office", "sites") as (meeting, facts):
        place = queries.site_in(meeting, site)
        seats = queries.seats_of_office(meeting, office)
        _place(meeting, seats, place)
        facts.update(site=site, name=place.name, office=office, placed=len(seats))
        return {"placed": len(seats)}


def _place(meeting: Meeting, seats: list[int], place: Site | None) -> None:
    # Nobody keeps a site they no longer sit at.
    Seat.objects.filter(pk__in=seats).exclude(site=place).update(site=place, keeps_site=False)
    name = "" if place is None else place.name
    Attendance.objects.filter(meeting=meeting, seat__in=seats, left_at__isnull=True).update(site=name)
