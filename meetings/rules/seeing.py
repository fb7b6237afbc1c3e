"""Who may see what."""

from collections.abc import Collection
from dataclasses import dataclass

from meetings.models import AgendaItem, ItemState, Level, Paper, Role, State

from .table import MEMBERS, PODIUM, SPEAKING

SEEN_OUTSIDE = frozenset({"meeting", "order"})
"""The sections that say something to those outside a closed session; every other one is empty for them."""


def sees_meeting(role: str, state: str) -> bool:
    """A draft exists only for those who prepare it."""
    return state != State.DRAFT or role in PODIUM


def audience_of(role: str, items: Collection[int], papers: Collection[int] = ()) -> str:
    """A key of everything that decides what a seat sees: its role, for the invited their items, and of the
    papers that are only for those named the ones that name it."""
    key = f"{Role.INVITED}:{_listed(items)}" if role == Role.INVITED else str(role)
    return f"{key}+{_listed(papers)}" if papers and role not in PODIUM else key


def _listed(keys: Collection[int]) -> str:
    return ",".join(str(pk) for pk in sorted(keys))


def _read(keys: str) -> frozenset[int]:
    return frozenset(int(pk) for pk in keys.split(",") if pk)


@dataclass(frozen=True)
class Closure:
    """What of a meeting is behind closed doors.

    Items that were marked so, or taken up in a closed session, stay closed with everything that belongs to
    them: the hour, the speakers and the title tell what the papers say. While a session is closed nothing is
    shown outside at all, for what moves and when would tell as much.
    """

    items: frozenset[int] = frozenset()
    is_closed: bool = False
    current: int | None = None
    """The item under discussion."""


def closure_of(items: Collection[AgendaItem], *, is_closed: bool) -> Closure:
    """The closure of a meeting with these items; sub-items of a closed item are closed too."""
    closed = {item.pk for item in items if item.is_closed}
    current = next((item.pk for item in items if item.state == ItemState.CURRENT), None)
    return Closure(
        frozenset(item.pk for item in items if item.pk in closed or item.parent_id in closed),
        is_closed,
        current,
    )


@dataclass(frozen=True)
class Audience:
    """What an audience key says, and what is closed to it."""

    role: str
    items: frozenset[int] = frozenset()
    closure: Closure = Closure()
    papers: frozenset[int] = frozenset()
    """Of those that are only for the named, the ones that name them."""

    @classmethod
    def from_key(cls, key: str) -> "Audience":
        """Read a key made by `audience_of`."""
        seat, _plus, papers = key.partition("+")
        role, _colon, items = seat.partition(":")
        return cls(role, _read(items), papers=_read(papers))

    @property
    def is_outside(self) -> bool:
        """Whether a closed session is held without them.

        Those who decide stay, and the secretary, who records it. The invited stay for an item they were
        invited to, for that is why they are there. An observer has no part in it, and a wall cannot be asked
        who looks at it: both are outside without exception.
        """
        if not self.closure.is_closed or self.role in MEMBERS:
            return False
        return self.role != Role.INVITED or self.closure.current not in self.items

    def sees_item(self, item_id: int | None) -> bool:
        """Whether the title of this item, and what belongs to it, is for them."""
        if self.role in MEMBERS:
            return True
        if self.is_outside:
            return False
        if self.role == Role.INVITED:
            return item_id in self.items
        return item_id not in self.closure.items

    def sees_paper(self, paper: Paper) -> bool:
        """Whether they may know of a paper and read it. Naming readers takes away, it never adds."""
        if paper.named_only and self.role not in PODIUM and paper.pk not in self.papers:
            return False
        if self.role in MEMBERS:
            return True
        is_far = paper.level == Level.NORMAL or self.role == Role.INVITED
        return is_far and self.sees_item(paper.item_id)

    def sees_messages_of(self, item_id: int | None) -> bool:
        """Whether they read what is written to the room under this item."""
        return self.role in MEMBERS or (self.role == Role.INVITED and self.sees_item(item_id))

    @property
    def takes_part(self) -> bool:
        """Whether they may be heard at all."""
        return self.role in SPEAKING

    def is_heard_on(self, item_id: int | None) -> bool:
        """Whether they may be heard while this item is discussed."""
        return self.role in MEMBERS or (self.role == Role.INVITED and item_id in self.items)

    @property
    def leads(self) -> bool:
        """Chair and secretary."""
        return self.role in PODIUM

    @property
    def sees_who_spoke(self) -> bool:
        """How long each has spoken is for those who lead."""
        return self.role in PODIUM

    def sees_poll(self, *, item_id: int | None, is_draft: bool) -> bool:
        """Whether they are told of a vote; one that is being prepared is for those who prepare it."""
        return self.role in PODIUM if is_draft else self.sees_item(item_id)

    @property
    def sees_who_voted(self) -> bool:
        """Who has voted in an open vote is for the members."""
        return self.role in MEMBERS

    @property
    def sees_running(self) -> bool:
        """How an open vote stands, and a result before it is published, are for those who lead."""
        return self.role in PODIUM

    @property
    def sees_how_seats_voted(self) -> bool:
        """A published open vote colours the seat map; the hall screen has seats and no names."""
        return self.role in MEMBERS or self.role == Role.HALL

    @property
    def keeps_attendance(self) -> bool:
        """When each came and went is for those who lead."""
        return self.role in PODIUM

    @property
    def sees_consent(self) -> bool:
        """How many have no objection to a consent item."""
        return self.role in MEMBERS

    @property
    def sees_stances(self) -> bool:
        """Who has none, and who wants a debate."""
        return self.role in PODIUM

    @property
    def sees_motions(self) -> bool:
        """Motions and amendments, on the items they see."""
        return self.role in MEMBERS or self.role == Role.INVITED

    @property
    def sees_notes(self) -> bool:
        return self.role in PODIUM

    @property
    def sees_reason(self) -> bool:
        """Why a meeting was postponed or cancelled is for those invited, not for a wall."""
        return self.role != Role.HALL

    @property
    def sees_names(self) -> bool:
        """The hall screen shows posts and counts, never who sits where."""
        return self.role != Role.HALL
