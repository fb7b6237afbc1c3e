"""Votes: what a ballot may say, who may cast it, and when a result may be shown."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import MajorityBase, MajorityKind, Poll, PollForm, PollKind, PollState, Seat, Voter

from .majority import DECIDED, Count, base_of, elect, votes_needed
from .table import MEMBERS, PODIUM, VOTING

MOTION_OPTIONS = ("agree", "disagree", "none")
UNDECIDED = "none"
MOST_OPTIONS = 60
LONGEST_POLL = 24 * 3600
FEWEST_SECRET = 3
"""Below so many ballots a secret result shows who voted how."""
FEW, ALIKE = "few", "alike"
WITHHELD = {
    FEW: _(
        "Fewer than three ballots were cast: the numbers would show who voted how, so they are kept back. "
        "Hold the vote again, openly or with more members."
    ),
    ALIKE: _(
        "All ballots are alike: the numbers show how everybody voted. The chair decides whether they are "
        "published."
    ),
}
"""Why the numbers of a secret vote are kept back."""


def votes_by_role(role: str) -> bool:
    """Whether a seat has a vote unless somebody says otherwise."""
    return role in VOTING


def can_have_vote(role: str) -> bool:
    """Guests, observers and screens never have one."""
    return role in MEMBERS


def check_may_vote_at_all(role: str) -> None:
    """A vote is given to members only."""
    if not can_have_vote(role):
        raise RuleBroken(_("Only the chair, secretaries and delegates can have a vote."))


def check_ballot_paper(poll: Poll) -> None:
    """Whether the vote could be held as it is written."""
    options = len(poll.options)
    if poll.kind != PollKind.MOTION and options < 1:
        raise RuleBroken(_("Name at least one option."))
    if options > MOST_OPTIONS:
        raise RuleBroken(_("This is too many options for one vote."))
    if len({option["label"] for option in poll.options}) < options and poll.kind != PollKind.MOTION:
        raise RuleBroken(_("Two options have the same name."))
    if poll.least > poll.most or (poll.kind == PollKind.ELECTION and poll.most > options):
        raise RuleBroken(_("More choices are asked for than there are options."))
    if poll.kind != PollKind.MOTION and poll.places > options:
        raise RuleBroken(_("More people are to be elected than stand."))
    if poll.numerator > poll.denominator or (poll.more_than and poll.numerator == poll.denominator):
        raise RuleBroken(_("This majority can never be reached."))
    if poll.quorum_numerator > poll.quorum_denominator:
        raise RuleBroken(_("This quorum can never be reached."))


def check_is(poll: Poll, *states: str) -> None:
    """The act is open to a vote in one of these states only."""
    if poll.state not in states:
        raise RuleBroken(_STATES[PollState(poll.state)])


_STATES = {
    PollState.DRAFT: _("This vote has not been opened yet."),
    PollState.OPEN: _("This vote is open: close it first."),
    PollState.CLOSED: _("This vote is closed."),
    PollState.PUBLISHED: _("The result of this vote has been published."),
    PollState.VOID: _("This vote has been declared void."),
}


def check_unchanged(poll: Poll) -> None:
    """A vote is edited until somebody may cast in it, and never after."""
    check_is(poll, PollState.DRAFT)
    if poll.early_until is not None:
        raise RuleBroken(_("Absent members are voting already: the vote can no longer be changed."))


def check_electorate(poll: Poll, weights: Collection[int]) -> None:
    """Somebody must be able to vote; a secret vote needs enough equal ballots to hide in."""
    if not weights:
        raise RuleBroken(_("Nobody who has a vote is present."))
    if poll.form == PollForm.SECRET:
        if len(weights) < FEWEST_SECRET:
            raise RuleBroken(
                _("Fewer than three members can vote: a secret vote is impossible. Hold it openly.")
            )
        if len(set(weights)) > 1:
            raise RuleBroken(
                _("Votes of different weight cannot be secret: the weight would show whose it is.")
            )


def check_quorum(have: int, need: int) -> None:
    """A vote without quorum is not opened."""
    if have < need:
        raise RuleBroken(_("There is no quorum: too few members are present to vote."))


def is_draft(poll: Poll) -> bool:
    """Whether nobody can vote yet, not even early."""
    return poll.state == PollState.DRAFT and poll.early_until is None


def is_over(poll: Poll, now: datetime.datetime) -> bool:
    """Whether the time of the vote has run out by the server's clock, closed already or not."""
    return poll.state != PollState.OPEN or (poll.closes_at is not None and now >= poll.closes_at)


def check_may_cast(poll: Poll, voter: Voter, *, now: datetime.datetime, by: int) -> None:
    """Whether `by`, a seat, may cast the vote of `voter` now. Asked in the transaction of the cast itself."""
    if poll.state == PollState.DRAFT:
        if poll.early_until is None or not voter.is_early:
            raise RuleBroken(_STATES[PollState.DRAFT])
        if now >= poll.early_until:
            raise RuleBroken(_("The time for voting early is over."))
    elif is_over(poll, now):
        raise RuleBroken(_("The vote is closed: nothing was counted."))
    if poll.form == PollForm.HAND:
        raise RuleBroken(_("This vote is by show of hands."))
    if voter.proxy_id is not None and voter.proxy_id != by:
        raise RuleBroken(_("This vote has been given to somebody else by proxy."))
    if voter.proxy_id is None and voter.seat_id != by:
        raise RuleBroken(_("This vote belongs to somebody else."))
    if poll.state == PollState.OPEN and not voter.is_present and voter.proxy_id is None:
        raise RuleBroken(_("You were not marked present when the vote was opened."))


def may_cast(poll: Poll, voter: Voter, *, now: datetime.datetime, by: int) -> bool:
    """Whether `check_may_cast` would let it pass."""
    try:
        check_may_cast(poll, voter, now=now, by=by)
    except RuleBroken:
        return False
    return True


def not_in_electorate() -> RuleBroken:
    """The seat has no vote in this poll."""
    return RuleBroken(_("Your seat has no vote here."))


def has_left() -> RuleBroken:
    """Whoever has been noted as gone votes no more."""
    return RuleBroken(_("You are not marked present: tell the secretary, or mark yourself present again."))


def already_voted() -> RuleBroken:
    """There is one ballot for each voter."""
    return RuleBroken(_("This vote has been cast already: it counts once and cannot be changed."))


def read_choice(poll: Poll, choice: Any) -> dict[str, int]:
    """The ballot as `{option: votes}`, sorted by option. Raises RuleBroken when it says what it may not."""
    if isinstance(choice, str):
        choice = {choice: 1}
    elif isinstance(choice, list):
        choice = {option: choice.count(option) for option in choice if isinstance(option, str)}
    known = {option["id"] for option in poll.options}
    if not isinstance(choice, Mapping) or not all(
        option in known and type(votes) is int and 1 <= votes <= poll.per_option
        for option, votes in choice.items()
    ):
        raise RuleBroken(_("This ballot cannot be read. Reload the page and try again."))
    if not poll.least <= sum(choice.values()) <= poll.most:
        raise RuleBroken(_("Too many or too few choices are marked."))
    return {option: choice[option] for option in sorted(choice)}


def read_totals(poll: Poll, totals: Any, *, votes: int, most: int) -> dict[str, int]:
    """What a clerk counted by hand, out of `votes` cast; `most` is all there can be."""
    known = [option["id"] for option in poll.options]
    if not isinstance(totals, Mapping) or not all(
        option in known and type(number) is int and number >= 0 for option, number in totals.items()
    ):
        raise RuleBroken(_("These totals cannot be read. Reload the page and try again."))
    whole = {option: totals.get(option, 0) for option in known}
    if poll.kind == PollKind.MOTION and sum(whole.values()) != votes:
        raise RuleBroken(_("The totals do not add up to the votes cast."))
    if votes > most:
        raise RuleBroken(_("More votes are entered than there are members who can vote."))
    if sum(whole.values()) > votes * poll.most or any(
        number > votes * poll.per_option for number in whole.values()
    ):
        raise RuleBroken(_("More votes are entered than there are ballots for."))
    return whole


def why_withheld(poll: Poll, *, ballots: int, are_alike: bool) -> str:
    """A code of `WITHHELD`, or "" when the numbers may be shown."""
    if poll.form != PollForm.SECRET:
        return ""
    if ballots < FEWEST_SECRET:
        return FEW
    return ALIKE if are_alike else ""


def check_noted_openly(poll: Poll, *, now: datetime.datetime) -> None:
    """A clerk notes votes while the vote is open, and never secret ones."""
    if poll.form == PollForm.SECRET:
        raise RuleBroken(_("A secret vote cannot be noted for somebody else."))
    if poll.entered is not None:
        raise RuleBroken(_("Totals have been entered already: the roll is not called as well."))
    if is_over(poll, now):
        raise RuleBroken(_("The vote is closed: nothing was counted."))


def check_can_vote(voter: Voter) -> None:
    """Only who was present or represented when the vote was opened can vote."""
    if not voter.is_present and voter.proxy_id is None:
        raise RuleBroken(_("This member was not marked present when the vote was opened."))


def check_by_hand(poll: Poll, *, roll: bool) -> None:
    """Totals are entered for a show of hands, unless the roll was called."""
    if poll.form != PollForm.HAND:
        raise RuleBroken(_("Only a show of hands is counted by the clerk."))
    if roll:
        raise RuleBroken(_("The roll is being called: totals are counted from it."))


def check_early(poll: Poll, *, until: datetime.datetime, now: datetime.datetime) -> None:
    """Voting early has a deadline that is still to come, and is done on devices."""
    if poll.form == PollForm.HAND:
        raise RuleBroken(_("This vote is by show of hands."))
    if until <= now:
        raise RuleBroken(_("The deadline for voting early must be in the future."))


def nobody_votes() -> RuleBroken:
    """None of those named has a vote."""
    return RuleBroken(_("Name at least one member who has a vote."))


def check_may_be_void(poll: Poll) -> None:
    """What was never opened is thrown away instead; void is for good."""
    if poll.state == PollState.VOID or is_draft(poll):
        raise RuleBroken(_STATES[PollState(poll.state)])


def check_urn(ballots: int, casts: int) -> None:
    """As many ballots as voters, or the vote does not count."""
    if ballots != casts:
        raise RuleBroken(
            _("There are not as many ballots as voters. Declare the vote void and hold it again.")
        )


def undecided(poll: Poll) -> str:
    """The option that takes no side."""
    return UNDECIDED if poll.kind == PollKind.MOTION else ""


def count_of_totals(poll: Poll) -> Count:
    """A show of hands as the clerk entered it."""
    entered = poll.entered or {"votes": 0, "totals": {}}
    totals, votes = entered["totals"], entered["votes"]
    decided = votes - totals.get(UNDECIDED, 0) if poll.kind == PollKind.MOTION else votes
    return Count(votes, votes, decided, totals, False)


def majority_base(poll: Poll) -> str:
    """What the majority is a share of: a value of MajorityBase, or DECIDED for a simple one."""
    return DECIDED if poll.majority_kind == MajorityKind.SIMPLE else poll.majority_base


def majority_of(poll: Poll) -> int | None:
    """How many votes that are; None while it depends on votes still to be cast."""
    is_counted = poll.state in (PollState.CLOSED, PollState.PUBLISHED)
    if not is_counted and majority_base(poll) in (DECIDED, MajorityBase.CAST):
        return None
    return _base(poll)


def majority_need(poll: Poll, of: int) -> int:
    """The fewest votes that reach the majority. In an election a simple one asks for no share."""
    if poll.majority_kind == MajorityKind.SIMPLE and poll.kind != PollKind.MOTION:
        return 1
    return votes_needed(of, numerator=poll.numerator, denominator=poll.denominator, more_than=poll.more_than)


def _base(poll: Poll) -> int:
    return base_of(
        majority_base(poll),
        decided=poll.votes_decided,
        cast=poll.votes_cast,
        present=poll.votes_present,
        members=poll.votes_all,
    )


def decide(poll: Poll) -> None:
    """Write into the counted vote what follows from its numbers."""
    need = majority_need(poll, _base(poll))
    counts = poll.counts or {}
    if poll.kind == PollKind.MOTION:
        poll.adopted = counts.get("agree", 0) >= need
    else:
        poll.elected, poll.ties = elect(counts, places=poll.places, need=need)


def check_no_open_poll(is_any: bool) -> None:
    """A meeting does not end while people vote."""
    if is_any:
        raise RuleBroken(_("A vote is open: close it first."))


def check_may_give_proxy(seat: Seat, giver: Seat, holder: Seat, *, basis: str) -> None:
    """One's own vote, or for the podium anybody's with its basis; to a member who has a vote."""
    if giver.pk != seat.pk and seat.role not in PODIUM:
        raise RuleBroken(_("You can give a proxy for your own vote only."))
    if giver.pk != seat.pk and not basis:
        raise RuleBroken(_("Say on what the proxy is based, such as a letter and its date."))
    if giver.pk == holder.pk:
        raise RuleBroken(_("A proxy goes to somebody else."))
    if not giver.votes or not holder.votes:
        raise RuleBroken(_("A proxy is given by one member who has a vote to another."))


def check_proxy_is_free(*, holder_holds: bool, giver_holds: bool, holder_gave: bool) -> None:
    """A person holds at most one proxy, and none is passed on."""
    if holder_holds:
        raise RuleBroken(_("This member already votes for somebody else: one proxy for each."))
    if giver_holds or holder_gave:
        raise RuleBroken(_("A proxy cannot be passed on."))


def check_own_proxy(seat: Seat, giver: Seat) -> None:
    """One takes back one's own proxy; the podium anybody's."""
    if giver.pk != seat.pk and seat.role not in PODIUM:
        raise RuleBroken(_("You can take back your own proxy only."))
