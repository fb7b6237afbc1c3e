"""Motions: their text by numbered clauses, what an amendment does to it, and what differs."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import Absent, RuleBroken
from meetings.models import AmendmentKind, AmendmentState, Motion, MotionState, Poll, PollState, Seat

from .seeing import Audience
from .table import PODIUM

CLAUSE_LENGTH = 4000
MOTION_LENGTH = 40_000
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Line:
    """A clause: its number, which is its name, and its text."""

    number: str
    text: str


@dataclass(frozen=True)
class Change:
    """What an amendment does to one clause, whose text was `based_on` when it was written."""

    kind: str
    number: str
    based_on: str
    text: str = ""


def one_line(text: str) -> str:
    """As clauses are kept: marks joined with their letters, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def clauses_of(text: str) -> list[Line]:
    """The paragraphs of a text, numbered from 1."""
    paragraphs = [one_line(part) for part in text.splitlines()]
    return [Line(str(place), part) for place, part in enumerate(filter(None, paragraphs), start=1)]


def amended(lines: Sequence[Line], change: Change) -> list[Line]:
    """The text after a change. Raises RuleBroken when the clause is gone or reads otherwise by now."""
    place = next((place for place, line in enumerate(lines) if line.number == change.number), None)
    if place is None:
        raise RuleBroken(
            _("Clause %(number)s has been deleted by another amendment.") % {"number": change.number}
        )
    here = lines[place]
    if here.text != change.based_on:
        raise RuleBroken(
            _("Clause %(number)s reads otherwise by now. Propose this amendment anew on the text of now.")
            % {"number": change.number}
        )
    before, after = list(lines[:place]), list(lines[place + 1 :])
    if change.kind == AmendmentKind.DELETE:
        return before + after
    if change.kind == AmendmentKind.CHANGE:
        return [*before, Line(here.number, change.text), *after]
    family = _family(here.number)
    follows = 0
    while here.number == family and follows < len(after) and _family(after[follows].number) == family:
        follows += 1
    number = _free_number(family, {line.number for line in lines})
    return [*before, here, *after[:follows], Line(number, change.text), *after[follows:]]


def consolidated(lines: Iterable[Line], changes: Iterable[Change]) -> list[Line]:
    """The text with all changes in the order in which they took effect."""
    text = list(lines)
    for change in changes:
        text = amended(text, change)
    return text


def _family(number: str) -> str:
    return re.match(r"\d*", number)[0]  # type: ignore[index]


def _free_number(family: str, taken: set[str]) -> str:
    """3a, 3b … 3z, 3za: numbers of clauses put in later, so that no other number moves."""
    suffix = ""
    while True:
        for letter in "abcdefghijklmnopqrstuvwxyz":
            if (number := f"{family}{suffix}{letter}") not in taken:
                return number
        suffix += "z"


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """Pieces ("same", "gone" or "new", text) by words; without the gone ones they are `new`."""
    one, two = _TOKENS.findall(old), _TOKENS.findall(new)
    pieces: list[tuple[str, str]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(one[i:j])))
            continue
        if j > i:
            pieces.append(("gone", "".join(one[i:j])))
        if m > k:
            pieces.append(("new", "".join(two[k:m])))
    return pieces


def check_motion_text(lines: Sequence[Line]) -> None:
    """A motion says something, and no clause is a book."""
    if not lines:
        raise RuleBroken(_("Write the text of the motion: every paragraph becomes a numbered clause."))
    if any(len(line.text) > CLAUSE_LENGTH for line in lines):
        raise RuleBroken(_("A clause is too long: begin a new line where a new clause begins."))


def check_amendment_text(kind: str, *, text: str, based_on: str) -> None:
    """An amendment changes something."""
    if kind != AmendmentKind.DELETE and not text.strip():
        raise RuleBroken(_("Write the text you propose."))
    if kind == AmendmentKind.CHANGE and text == based_on:
        raise RuleBroken(_("The text you propose is the one that stands: change something first."))


def check_motion_open(motion: Motion) -> None:
    """What is decided or withdrawn stays as it is."""
    if motion.state != MotionState.PROPOSED:
        raise RuleBroken(_("This motion is no longer open to changes."))


def check_text_still_free(has_amendments: bool) -> None:
    """Numbers are names: once somebody has proposed to amend it, the text changes by amendments only."""
    if has_amendments:
        raise RuleBroken(_("There are amendments to this motion: its text now changes by amendments only."))


def check_motion_version(version: int, expected: int) -> None:
    """Two writers: the second one saw an older text."""
    if version != expected:
        raise RuleBroken(
            _("Somebody else has changed this motion meanwhile. Look at the text of now and write again.")
        )


def check_expected_state(state: str, expected: str) -> None:
    """Two hands on one decision: the second saw another state and changes nothing."""
    if state != expected:
        raise RuleBroken(
            _("This has been decided otherwise meanwhile. Look at what is shown and press again.")
        )


def check_may_move(seat: Seat, *, votes: bool) -> None:
    """Those who lead, and those who would decide."""
    if seat.role not in PODIUM and not votes:
        raise RuleBroken(_("Only members with a vote submit motions and amendments."))


def check_sees_motion(seat: Seat, *, number: int | None, owner: int | None) -> None:
    """What was not admitted exists for its author and for those who lead."""
    if number is None and seat.role not in PODIUM and seat.pk != owner:
        raise Absent()


def check_reason_to_return(admitted: bool, reason: str) -> None:
    """Its author reads why."""
    if not admitted and not reason.strip():
        raise RuleBroken(_("Say why it is returned: its author reads it."))


def check_own(seat: Seat, owner: int | None, *, state: str) -> None:
    """One withdraws what is one's own; chair and secretary anybody's that they admitted."""
    if seat.pk == owner:
        return
    if seat.role not in PODIUM:
        raise RuleBroken(_("This was proposed by somebody else."))
    if state == MotionState.SUBMITTED:
        raise RuleBroken(_("Return it with a reason: it is not yours to withdraw."))


def check_may_decide(seat: Seat, mover: int | None, outcome: str) -> None:
    """The mover accepts an amendment; everything else is written down by those who lead."""
    if seat.role not in PODIUM and (seat.pk != mover or outcome != AmendmentState.ACCEPTED):
        raise RuleBroken(_("Only the mover can accept an amendment without a vote."))


def check_outcome(poll: Poll | None, outcome: str) -> None:
    """What was voted on is decided by its vote."""
    if poll is None or outcome not in (MotionState.ADOPTED, MotionState.REJECTED):
        return
    if poll.state in (PollState.OPEN, PollState.CLOSED):
        raise RuleBroken(_("The vote on it is under way: publish its result first."))
    known = poll.adopted if poll.state == PollState.PUBLISHED else None
    if known is not None and known != (outcome == MotionState.ADOPTED):
        raise RuleBroken(_("The vote on it was decided otherwise."))


OPEN_AMENDMENT = (AmendmentState.PROPOSED, AmendmentState.VOTING)
IN_EFFECT = (AmendmentState.ACCEPTED, AmendmentState.ADOPTED)


def check_amendment_open(state: str) -> None:
    """What is decided stays decided."""
    if state not in OPEN_AMENDMENT:
        raise RuleBroken(_("This amendment has already been decided."))


def check_nothing_open(states: Iterable[str]) -> None:
    """A motion comes to the vote once every amendment to it is decided, and none waits to be admitted."""
    known = set(states)
    if known & set(OPEN_AMENDMENT):
        raise RuleBroken(_("Decide the amendments first: the motion is put to the vote as amended."))
    if AmendmentState.SUBMITTED in known:
        raise RuleBroken(_("Admit or return the amendments that were submitted first."))


_WAYS = {
    MotionState.PROPOSED: {MotionState.VOTING, MotionState.ADOPTED, MotionState.REJECTED},
    MotionState.VOTING: {MotionState.PROPOSED, MotionState.ADOPTED, MotionState.REJECTED},
}


def check_way(state: str, outcome: str) -> None:
    """What is decided stays decided; a vote can be broken off."""
    if outcome not in _WAYS.get(MotionState(state), set()):
        raise RuleBroken(_("This motion has already been decided."))


def check_sees_item(audience: Audience, item_id: int) -> None:
    """Nobody speaks of what they do not see."""
    if not audience.sees_item(item_id):
        raise Absent()
