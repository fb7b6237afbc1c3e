"""Reading the organisation: the tree of offices, who sits where, what a person is called."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from intranet.lib.text import fold

from .models import Assignment, Office, Person
from .rules import may


@dataclass(frozen=True)
class OfficeNode:
    """An office in its place in the tree: `depth` is 0 for the top; `seats` are the places held in it that
    day.
    """

    office: Office
    depth: int
    seats: list[Assignment] = field(default_factory=list)


def house() -> Office | None:
    """The office at the top today, whose name the staff pages carry."""
    offices = Office.objects.on(timezone.localdate()).filter(parent=None).order_by("order", "name")
    office: Office | None = offices.first()
    return office


def office_tree_on(day: datetime.date, *, with_people: bool = False) -> list[OfficeNode]:
    """Every office valid on `day`, each after its parent, brothers in their order; two queries at most.

    An office whose parent is not valid that day stands at the top. With people, `seats` hold the
    assignments of active accounts by rank of position, then by given name.
    """
    offices = list(Office.objects.on(day).order_by("order", "name", "pk"))
    seats: dict[int, list[Assignment]] = {}
    if with_people:
        for seat in _seats(day):
            seats.setdefault(seat.office_id, []).append(seat)
    valid = {office.pk for office in offices}
    below: dict[int | None, list[Office]] = {}
    for office in offices:
        below.setdefault(office.parent_id if office.parent_id in valid else None, []).append(office)
    tree: list[OfficeNode] = []

    def add(parent: int | None, depth: int) -> None:
        for office in below.get(parent, []):
            tree.append(OfficeNode(office, depth, seats.get(office.pk, [])))
            add(office.pk, depth + 1)

    add(None, 0)
    return tree


def offices_for_picker(day: datetime.date | None = None) -> list[tuple[int, str]]:
    """(primary key, name) of today's offices in tree order, for a select; indented below the top."""
    tree = office_tree_on(day or timezone.localdate())
    return [(node.office.pk, "\u2003" * node.depth + node.office.name) for node in tree]


def people_of(office: Office, day: datetime.date | None = None) -> list[Assignment]:
    """The places held in `office` on `day` by active accounts, with person and position, leaders first."""
    return list(_seats(day or timezone.localdate()).filter(office=office))


def people_matching(text: str = "", *, limit: int | None = None) -> QuerySet[Person]:
    """Active people by given name: each word of `text` begins a word of their name, user name, code or post.

    Diacritics and case do not count. An empty text finds everybody.
    """
    people = Person.objects.filter(is_active=True, is_stand_in=False).order_by("sort_key", "pk")
    words = fold(text).split()
    if words:
        places = _folded_places()
        for word in words:
            held = [person for person, place in places.items() if f" {word}" in place]
            named = Q(folded__startswith=word) | Q(folded__contains=f" {word}")
            people = people.filter(named | Q(pk__in=held))
    return people[:limit] if limit is not None else people


def offices_where(person: Person, permission: str) -> list[Office]:
    """The offices of today for which the person holds a right, by their order."""
    offices = Office.objects.on(timezone.localdate()).order_by("order", "name")
    return [office for office in offices if may(person, permission, office=office)]


def active_people(pks: Collection[int]) -> QuerySet[Person]:
    """The active people among `pks`, by given name: what a picker's answer is checked against."""
    return Person.objects.filter(pk__in=pks, is_active=True, is_stand_in=False).order_by("sort_key", "pk")


def posts_of(people: Collection[int], day: datetime.date | None = None) -> dict[int, str]:
    """What each of the given people (primary keys) is by post on `day`, in one query; "" for one without."""
    posts = dict.fromkeys(people, "")
    for seat in (
        _seats(day or timezone.localdate())
        .filter(person__in=people)
        .order_by("-is_primary", "position__rank", "pk")
    ):
        posts[seat.person_id] = posts[seat.person_id] or seat.post
    return posts


def post_of(person: Person, day: datetime.date | None = None) -> str:
    """The person's main post as one says it ("Trưởng phòng Văn hóa – Xã hội"), "" for one without."""
    return posts_of([person.pk], day)[person.pk]


def seats_of(person: Person, day: datetime.date | None = None) -> list[Assignment]:
    """Every place `person` holds on `day`, the main one first."""
    return list(
        Assignment.objects.on(day or timezone.localdate())
        .filter(person=person)
        .select_related("office", "position")
        .order_by("-is_primary", "position__rank", "pk")
    )


def _seats(day: datetime.date) -> QuerySet[Assignment]:
    return (
        Assignment.objects.on(day)
        .filter(person__is_active=True)
        .select_related("person", "position", "office")
        .order_by("position__rank", "person__sort_key", "pk")
    )


def _folded_places() -> dict[int, str]:
    """Person -> folded names of the posts held today."""
    places: dict[int, str] = {}
    for seat in _seats(timezone.localdate()):
        places[seat.person_id] = f"{places.get(seat.person_id, '')} {fold(seat.post)}"
    return places


def seats_matching(text: str, day: datetime.date) -> list[Assignment]:
    """The places held on `day` by the people `people_matching` finds, by given name, the main place first."""
    found = people_matching(text)
    return list(
        _seats(day)
        .filter(person__in=found)
        .order_by("person__sort_key", "person", "-is_primary", "position__rank")
    )
