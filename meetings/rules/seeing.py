"""Who may see what."""

from collections.abc import Collection
from dataclasses import dataclass

from meetings.models import Role, State

from .table import MEMBERS, PODIUM


def sees_meeting(role: str, state: str) -> bool:
    """A draft exists only for those who prepare it."""
    return state != State.DRAFT or role in PODIUM


def audience_of(role: str, items: Collection[int]) -> str:
    """A key of everything that decides what a seat sees: its role and, for the invited, their items."""
    if role == Role.INVITED:
        return f"{Role.INVITED}:{','.join(str(pk) for pk in sorted(items))}"
    return str(role)


@dataclass(frozen=True)
class Audience:
    """What an audience key says."""

    role: str
    items: frozenset[int] = frozenset()

    @classmethod
    def from_key(cls, key: str) -> "Audience":
        """Read a key made by `audience_of`."""
        role, _colon, items = key.partition(":")
        return cls(role, frozenset(int(pk) for pk in items.split(",") if pk))

    def sees_item(self, item_id: int | None) -> bool:
        """Whether the title of this item, and what belongs to it, is for them."""
        return self.role != Role.INVITED or item_id in self.items

    def sees_paper(self, *, item_id: int, is_open: bool) -> bool:
        """Whether they may read a paper of this item."""
        if self.role in MEMBERS:
            return True
        if self.role == Role.INVITED:
            return item_id in self.items
        return is_open

    def sees_messages_of(self, item_id: int | None) -> bool:
        """Whether they read what is written to the room under this item."""
        return self.role in MEMBERS or (self.role == Role.INVITED and item_id in self.items)

    @property
    def sees_who_spoke(self) -> bool:
        """How long each has spoken is for those who lead."""
        return self.role in PODIUM

    @property
    def keeps_attendance(self) -> bool:
        """When each came and went is for those who lead."""
        return self.role in PODIUM

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
