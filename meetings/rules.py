"""Who may do what, when, and who may see what. Pure: nothing here reads or writes."""

import datetime
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken

from .models import (
    AgendaItem,
    ItemState,
    Meeting,
    Paper,
    Rehearsal,
    Role,
    Seat,
    Speech,
    SpeechKind,
    SpeechState,
    State,
)
from .rehearsal import measures

TOPIC = "meeting"
"""The name under which meetings are pushed."""

ACCESS = "access"
"""Named among the sections of a revision after which a door may answer otherwise; nobody sees it."""

PREPARING = frozenset({State.DRAFT, State.PUBLISHED})
UNTIL_CLOSED = frozenset({State.DRAFT, State.PUBLISHED, State.LIVE})
PODIUM = frozenset({Role.CHAIR, Role.SECRETARY})
SPEAKING = frozenset({Role.CHAIR, Role.SECRETARY, Role.DELEGATE, Role.INVITED})
MEMBERS = frozenset({Role.CHAIR, Role.SECRETARY, Role.DELEGATE})

MAY: dict[str, tuple[frozenset[State], frozenset[Role]]] = {
    "edit_details": (PREPARING, PODIUM),
    "add_item": (UNTIL_CLOSED, PODIUM),
    "edit_item": (UNTIL_CLOSED, PODIUM),
    "move_item": (UNTIL_CLOSED, PODIUM),
    "remove_item": (UNTIL_CLOSED, PODIUM),
    "add_paper": (UNTIL_CLOSED, PODIUM),
    "rename_paper": (UNTIL_CLOSED, PODIUM),
    "replace_paper": (UNTIL_CLOSED, PODIUM),
    "move_paper": (UNTIL_CLOSED, PODIUM),
    "remove_paper": (UNTIL_CLOSED, PODIUM),
    "seat_person": (UNTIL_CLOSED, PODIUM),
    "change_role": (UNTIL_CLOSED, PODIUM),
    "unseat": (UNTIL_CLOSED, PODIUM),
    "publish": (frozenset({State.DRAFT}), PODIUM),
    "postpone_meeting": (frozenset({State.PUBLISHED}), PODIUM),
    "cancel_meeting": (frozenset({State.PUBLISHED}), PODIUM),
    "open_meeting": (frozenset({State.PUBLISHED}), PODIUM),
    "go_to_item": (frozenset({State.LIVE}), PODIUM),
    "show_page": (frozenset({State.LIVE}), PODIUM),
    "stop_showing": (frozenset({State.LIVE}), PODIUM),
    "close_meeting": (frozenset({State.LIVE}), PODIUM),
    "post_message": (frozenset({State.LIVE}), SPEAKING),
    "take_note": (frozenset({State.LIVE, State.CLOSED}), PODIUM),
    "ask_to_speak": (frozenset({State.LIVE}), SPEAKING),
    "withdraw_speech": (frozenset({State.LIVE}), SPEAKING),
    "end_speech": (frozenset({State.LIVE}), SPEAKING),
    "add_speaker": (frozenset({State.LIVE}), PODIUM),
    "give_floor": (frozenset({State.LIVE}), PODIUM),
    "move_speech": (frozenset({State.LIVE}), PODIUM),
    "set_speech_length": (frozenset({State.LIVE}), PODIUM),
}
"""Every act that changes a meeting: the states and the roles it is open to. What is not here is refused."""

ROOM_ACTS = (
    "open_meeting",
    "go_to_item",
    "show_page",
    "stop_showing",
    "post_message",
    "take_note",
    "ask_to_speak",
    "withdraw_speech",
    "add_speaker",
    "move_speech",
    "give_floor",
    "set_speech_length",
    "end_speech",
    "close_meeting",
)
"""The acts of the room screens, in the order of a meeting."""

_STATE_SENTENCES = {
    State.DRAFT: _("This cannot be done before the meeting is convened."),
    State.PUBLISHED: _("This cannot be done before the meeting has begun."),
    State.LIVE: _("This cannot be done while the meeting is in session."),
    State.CLOSED: _("The meeting is closed: nothing can be changed any more."),
    State.CANCELLED: _("The meeting has been cancelled: nothing can be changed any more."),
}

SPEAKING_SECONDS = {
    SpeechKind.MAIN: 300,
    SpeechKind.REPLY: 180,
    SpeechKind.QUESTION: 120,
    SpeechKind.ANSWER: 300,
    SpeechKind.ORDER: 60,
}
"""How long a turn lasts unless the chair says otherwise."""
LONGEST_SPEECH = 3600

MESSAGE_LENGTH = 1000
NOTE_LENGTH = 20_000


class StaleNote(RuleBroken):
    """Somebody else has written the note meanwhile: both texts are given back, none is lost."""

    def __init__(self, *, text: str, version: int) -> None:
        super().__init__(
            _("Somebody else has changed this note. Your text is kept here: compare the two and save again.")
        )
        self.text = text
        self.version = version


def allowed_acts(state: str, role: str) -> list[str]:
    """The acts open to `role` in `state`, in the order of the table."""
    return [act for act, (states, roles) in MAY.items() if state in states and role in roles]


def check_may(seat: Seat, act: str, meeting: Meeting) -> None:
    """Raise RuleBroken unless the table opens `act` to this seat in the state the meeting is in now."""
    states, roles = MAY.get(act, (frozenset(), frozenset()))
    if seat.role not in roles:
        raise RuleBroken(_("Your seat in this meeting may not do this."))
    if meeting.state not in states:
        raise RuleBroken(_STATE_SENTENCES[State(meeting.state)])


def check_times(starts_at: datetime.datetime, ends_at: datetime.datetime) -> None:
    """A meeting ends after it starts, within a day."""
    if ends_at <= starts_at:
        raise RuleBroken(_("The meeting must end after it starts."))
    if ends_at - starts_at > datetime.timedelta(days=1):
        raise RuleBroken(_("A meeting lasts at most one day: convene one for each day."))


def check_later(starts_at: datetime.datetime, than: datetime.datetime) -> None:
    """A meeting is postponed to a later time; an earlier one is a change of the details."""
    if starts_at <= than:
        raise RuleBroken(_("Choose a later time: the meeting is postponed, not moved forward."))


def check_item_in_waiting(meeting: Meeting, item: AgendaItem) -> None:
    """In session only items that still wait may be moved or removed."""
    if meeting.state == State.LIVE and item.state != ItemState.WAITING:
        raise RuleBroken(_("This item has already been taken up: it can no longer be moved or removed."))


def check_may_be_parent(item: AgendaItem | None, parent: AgendaItem | None) -> None:
    """The agenda has one level of sub-items."""
    if parent is None:
        return
    if parent.parent_id is not None:
        raise RuleBroken(_("A sub-item cannot have sub-items of its own."))
    if item is not None and parent.pk == item.pk:
        raise RuleBroken(_("An item cannot stand below itself."))


def check_expected_item(current: int | None, expected: int | None) -> None:
    """Two hands on the agenda: the second names an item that is no longer current and moves nothing."""
    if current != expected:
        raise RuleBroken(_("The agenda has been moved meanwhile. See what is current and press again."))


def check_page(paper: Paper, page: int) -> None:
    """Only a page that exists can be shown."""
    if not 1 <= page <= len(paper.stored_file.content.pages):
        raise RuleBroken(_("This paper has no such page."))


def may_be_heard(role: str, own_items: Collection[int], current: AgendaItem | None) -> bool:
    """Whether a seat may speak now: the invited only while an item they are invited to is discussed."""
    return role in SPEAKING and (role != Role.INVITED or (current is not None and current.pk in own_items))


def check_may_speak_now(seat: Seat, current: AgendaItem | None, own_items: Collection[int]) -> None:
    """Raise RuleBroken unless the seat may write or speak to the room now."""
    if not may_be_heard(seat.role, own_items, current):
        raise RuleBroken(
            _("You can take part while an item you are invited to is under discussion.")
            if seat.role == Role.INVITED
            else _("This seat takes no part in the discussion.")
        )


def item_open_for_speaking(current: AgendaItem | None) -> AgendaItem:
    """The item somebody may ask to speak on. Raises RuleBroken when none is under discussion."""
    if current is None:
        raise RuleBroken(_("Nothing is under discussion yet."))
    return current


def check_own_speech(seat: Seat, speech: Speech) -> None:
    """One ends or withdraws one's own turn; chair and secretary anybody's."""
    if seat.role not in PODIUM and speech.seat_id != seat.pk:
        raise RuleBroken(_("This turn to speak belongs to somebody else."))


def check_still_waiting(speech: Speech) -> None:
    """Only who is on the list can be called, moved or withdrawn."""
    if speech.state != SpeechState.WAITING:
        raise RuleBroken(_("This turn is no longer on the list."))


def check_not_over(speech: Speech) -> None:
    """A turn that is over keeps its length."""
    if speech.state not in (SpeechState.WAITING, SpeechState.SPEAKING):
        raise RuleBroken(_("This turn to speak is over."))


def check_same_item(speech: Speech, current: AgendaItem | None) -> None:
    """The floor is given on the item under discussion."""
    if current is None or speech.item_id != current.pk:
        raise RuleBroken(_("This turn was asked for on another item."))


def check_expected_speech(speaking: int | None, expected: int | None) -> None:
    """Two hands on the floor: the second names somebody who no longer speaks and changes nothing."""
    if speaking != expected:
        raise RuleBroken(_("The floor has changed hands meanwhile. See who speaks and press again."))


def check_note_version(*, text: str, version: int, expected: int) -> None:
    """Raise StaleNote unless the writer saw the version that is stored."""
    if version != expected:
        raise StaleNote(text=text, version=version)


def check_seat_remains(seat: Seat, others: Iterable[Seat]) -> None:
    """A meeting keeps at least one secretary, or nobody could prepare it any more."""
    if seat.role == Role.SECRETARY and not any(other.role == Role.SECRETARY for other in others):
        raise RuleBroken(_("A meeting needs a secretary: appoint another one first."))


def missing_for_publishing(meeting: Meeting, *, items: int, roles: Collection[str]) -> list[str]:
    """What still stands in the way of convening, as codes of `PUBLISHING`; empty when nothing does."""
    missing = []
    if not items:
        missing.append("items")
    if Role.CHAIR not in roles:
        missing.append("chair")
    if not {Role.DELEGATE, Role.INVITED} & set(roles):
        missing.append("delegates")
    return missing


PUBLISHING = {
    "items": _("The agenda has at least one item."),
    "chair": _("A chair is appointed."),
    "delegates": _("At least one delegate or invited person has a seat."),
}


def check_may_publish(missing: Collection[str]) -> None:
    """Raise RuleBroken naming the first thing that is missing."""
    sentences = {
        "items": _("The agenda is empty: add at least one item first."),
        "chair": _("Nobody chairs the meeting: appoint a chair first."),
        "delegates": _("Nobody is invited: seat at least one delegate first."),
    }
    for code in missing:
        raise RuleBroken(sentences[code])


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


@dataclass(frozen=True)
class Slot:
    """Where an item stands in the plan."""

    number: str
    minutes: int
    starts_at: datetime.datetime


def timetable(items: Collection[AgendaItem], starts_at: datetime.datetime) -> dict[int, Slot]:
    """Number, length and planned start of each item, by key, in agenda order (sub-items after theirs).

    An item with sub-items lasts as long as they do together, or its own minutes when they have none planned.
    """
    slots: dict[int, Slot] = {}
    children: dict[int, list[AgendaItem]] = {}
    tops = sorted((item for item in items if item.parent_id is None), key=lambda item: item.position)
    for item in sorted(items, key=lambda item: item.position):
        if item.parent_id is not None:
            children.setdefault(item.parent_id, []).append(item)
    clock = starts_at
    for number, top in enumerate(tops, start=1):
        subs = children.get(top.pk, [])
        total = sum(sub.minutes for sub in subs) or top.minutes
        slots[top.pk] = Slot(str(number), total, clock)
        sub_clock = clock
        for sub_number, sub in enumerate(subs, start=1):
            slots[sub.pk] = Slot(f"{number}.{sub_number}", sub.minutes, sub_clock)
            sub_clock += datetime.timedelta(minutes=sub.minutes)
        clock += datetime.timedelta(minutes=total)
    return slots


ANOTHER_REHEARSAL = _("Another rehearsal is under way on this server. Wait until it is over.")
_ADDRESS = re.compile(r"https?://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?", re.ASCII)
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
SILENT_AFTER = datetime.timedelta(seconds=60)
"""Whoever runs a rehearsal says so every second; a minute of silence is death."""
WAITING_AFTER = datetime.timedelta(minutes=15)


def check_may_rehearse(may: bool, meeting: Meeting | None) -> None:
    """The secretary of a meeting that is still to come, or who was given the right."""
    if not may:
        raise RuleBroken(_("Only the secretary of the meeting may rehearse it."))
    if meeting is not None and meeting.state not in UNTIL_CLOSED:
        raise RuleBroken(_("This meeting is over: there is nothing to rehearse."))


def check_tablets(tablets: int, most: int) -> None:
    """So many tablets can be simulated."""
    if not measures.FEWEST <= tablets <= most <= measures.MOST:
        raise RuleBroken(_("Choose between 1 and 2,000 tablets, and no fewer at the end than at the start."))


def check_own_address(address: str, allowed_hosts: Collection[str]) -> None:
    """Simulated tablets call this very site alone: this machine, or a host it answers for by name."""
    named = [host for host in allowed_hosts if host != "*"]
    found = _ADDRESS.fullmatch(address)
    if found is None or not validate_host(found["host"].lower(), [*LOOPBACK, *named]):
        raise RuleBroken(_("Simulated tablets can only call an address of this very site."))


def check_nobody_disturbed(is_any_live: bool, is_confirmed: bool) -> None:
    """A rehearsal takes the server's strength from whoever meets meanwhile."""
    if is_any_live and not is_confirmed:
        raise RuleBroken(
            _("A meeting is in session on this server and would feel it. Confirm that it may be disturbed.")
        )


def is_abandoned(rehearsal: Rehearsal, now: datetime.datetime) -> bool:
    """Whether nobody runs an open rehearsal any more, or ever began to."""
    patience = WAITING_AFTER if rehearsal.state == Rehearsal.State.WAITING else SILENT_AFTER
    return rehearsal.is_open and now - rehearsal.seen_at > patience
