"""The sites of a meeting and who sits at them."""

from dataclasses import dataclass

from intranet.lib.doors import found
from intranet.organization.models import Office
from meetings.models import Meeting, Seat, Site

from .people import main_offices


@dataclass
class SeatedOffice:
    """An office, and how many of its people have a seat."""

    office: Office
    count: int


def sites_of(meeting: Meeting) -> list[Site]:
    """In their order; none for a meeting in one hall."""
    return list(Site.objects.filter(meeting=meeting))


def site_in(meeting: Meeting, pk: int) -> Site:
    """A site of this meeting, or Absent."""
    return found(Site.objects.filter(meeting=meeting, pk=pk).first())


def site_name_of(seat: Seat) -> str:
    """Where a seat stands, "" where there are no sites."""
    return "" if seat.site is None else seat.site.name


def offices_seated(meeting: Meeting) -> list[SeatedOffice]:
    """The offices of those with a seat, by name."""
    found: dict[int, SeatedOffice] = {}
    for office in _offices_by_seat(meeting).values():
        found.setdefault(office.pk, SeatedOffice(office, 0)).count += 1
    return sorted(found.values(), key=lambda row: (row.office.name, row.office.pk))


def seats_of_office(meeting: Meeting, office: int) -> list[int]:
    """Keys of the seats of the people of an office; none of another meeting."""
    return [seat for seat, each in _offices_by_seat(meeting).items() if each.pk == office]


def _offices_by_seat(meeting: Meeting) -> dict[int, Office]:
    people = dict(Seat.objects.filter(meeting=meeting).order_by().values_list("pk", "person_id"))
    offices = main_offices(set(people.values()))
    return {seat: offices[person] for seat, person in people.items() if person in offices}
