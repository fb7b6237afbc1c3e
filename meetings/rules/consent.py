"""Consent items: who may say what to them, and when they pass without debate."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import AgendaItem, Answer, ItemKind, ItemState, Meeting, Seat, Stance, State


def check_open_to_consent(item: AgendaItem) -> None:
    """Only what is on the list of consent and not yet taken up can be agreed to or pulled out."""
    if item.kind != ItemKind.CONSENT:
        raise RuleBroken(_("This item is not one to be adopted without debate."))
    if item.state != ItemState.WAITING:
        raise RuleBroken(_("This item has already been dealt with."))


def check_has_vote(seat: Seat) -> None:
    """Those who would decide say whether they want to debate first."""
    if not seat.votes:
        raise RuleBroken(_("Only members with a vote are asked."))


def check_stance(meeting: Meeting, *, answer: str, before: str) -> None:
    """Ticks are given and withdrawn before the opening; a debate can be asked for until the adoption."""
    withdraws = before == Answer.AGREES and not answer
    if meeting.state == State.LIVE and (answer == Answer.AGREES or withdraws):
        raise RuleBroken(_("The meeting has begun: you can still ask for a debate, nothing else."))


def check_may_adopt(items: Sequence[AgendaItem], stances: Collection[Stance]) -> None:
    """Nothing passes that somebody wants to debate."""
    if not items:
        raise RuleBroken(_("There is nothing to adopt without debate."))
    for item in items:
        check_open_to_consent(item)
    objected = {stance.item_id for stance in stances if stance.answer == Answer.OBJECTS}
    for item in items:
        if item.pk in objected:
            raise RuleBroken(
                _("Somebody wants a debate on “%(title)s”: it is on the agenda as any other item.")
                % {"title": item.title}
            )


def check_quorum_for_consent(is_met: bool) -> None:
    """A decision needs a quorum, also one without debate."""
    if not is_met:
        raise RuleBroken(_("Not enough people with a vote are present. Note who is here first, then adopt."))


def check_consent_stands_alone(kind: str, *, has_parent_or_children: bool) -> None:
    """What passes in one act has no parts."""
    if kind == ItemKind.CONSENT and has_parent_or_children:
        raise RuleBroken(_("An item to be adopted without debate has no sub-items and is none."))


def check_order_seen(order: Sequence[int], expected: str) -> None:
    """Two people arrange the agenda: the second one saw another order and moves nothing."""
    if expected and [str(pk) for pk in order] != expected.split(","):
        raise RuleBroken(
            _("Somebody else has just rearranged the agenda. Look at it and move the item again.")
        )
