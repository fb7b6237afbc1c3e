"""Votes: what is open, what was decided, and only to whom it may be shown who voted and how."""

from typing import Any, NamedTuple

from meetings import rules
from meetings.models import Cast, Poll, PollForm, PollState, Proxy, Voter

from .reading import Reading, milliseconds

_NO_RESULTS = (PollState.DRAFT, PollState.OPEN)


class _Voter(NamedTuple):
    """Of a voter what is shown: a hall has hundreds, and is told of every second's ballots."""

    pk: int
    poll_id: int
    seat_id: int | None
    name: str
    post: str
    weight: int
    is_present: bool
    is_early: bool
    proxy_id: int | None
    proxy_name: str


class _Cast(NamedTuple):
    """Of a ballot what is shown."""

    poll_id: int
    voter_id: int
    choice: dict[str, int] | None


def polls_section(reading: Reading) -> dict[str, Any]:
    """`{open: [poll…], past: [poll…, newest first], drafts: [poll…], proxies: [{giver, holder}]}`.

    The newest of `past` and those that are open have `detail`; older ones keep their numbers only.
    `open`: those that can be voted in, also early ones (state "draft" with `early`). `drafts`: for the
    podium. `proxies` (seats): for members. How a poll looks is said by `_poll`.
    """
    audience = reading.audience
    polls = [
        poll
        for poll in Poll.objects.filter(meeting=reading.meeting)
        if audience.sees_poll(
            item_id=poll.item_id, is_draft=poll.state == PollState.DRAFT and not poll.early_until
        )
    ]
    over = [poll.pk for poll in polls if poll.state not in _NO_RESULTS]
    detailed = {poll.pk for poll in polls if poll.state in _NO_RESULTS} | set(over[-1:])
    voters: dict[int, list[_Voter]] = {}
    for voter in map(_Voter._make, Voter.objects.filter(poll__in=detailed).values_list(*_Voter._fields)):
        voters.setdefault(voter.poll_id, []).append(voter)
    casts: dict[int, list[_Cast]] = {}
    ballots = Cast.objects.filter(poll__in=detailed, is_shown=True)
    for cast in map(_Cast._make, ballots.values_list(*_Cast._fields)):
        casts.setdefault(cast.poll_id, []).append(cast)
    shown: dict[str, Any] = {"open": [], "past": [], "drafts": [], "proxies": []}
    for poll in polls:
        row = _poll(reading, poll, voters.get(poll.pk, []), casts.get(poll.pk, []), poll.pk in detailed)
        if rules.is_draft(poll):
            shown["drafts"].append(row)
        elif poll.state in _NO_RESULTS:
            shown["open"].append(row)
        else:
            shown["past"].insert(0, row)
    if audience.sees_who_voted:
        shown["proxies"] = [
            {"giver": proxy.giver_id, "holder": proxy.holder_id}
            for proxy in Proxy.objects.filter(meeting=reading.meeting, ended_at=None)
        ]
    return shown


def _poll(
    reading: Reading, poll: Poll, voters: list[_Voter], casts: list[_Cast], has_detail: bool
) -> dict[str, Any]:
    """One vote.

    `electorate`: all members, by heads; `present`: those of them who were there at opening; `can`: how many
    ballots there can be; `cast`: how many there are; `votes`: what all that can be cast weigh.
    `majority.need` and `.of` are None while they depend on votes still to be cast. `voted`: seats, of open
    votes and for members only. `running`: numbers of an open, named vote, for the podium only. `results`: for
    everybody once published, for the podium once closed. `seats`: `{seat: {option: votes}}` of a named vote
    once published. `roll`, for members: what is unusual in the electorate of an open vote: see `_roll`.
    """
    audience = reading.audience
    is_open_vote = poll.form != PollForm.SECRET
    of = rules.majority_of(poll)
    counted = poll.entered["votes"] if poll.entered and poll.state == PollState.OPEN else len(casts)
    shown: dict[str, Any] = {
        "id": poll.pk,
        "number": poll.number,
        "repeats": poll.repeats_id,
        "title": poll.title,
        "item": poll.item_id,
        "kind": poll.kind,
        "form": poll.form,
        "options": poll.options,
        "choose": {"least": poll.least, "most": poll.most, "per_option": poll.per_option},
        "places": poll.places,
        "state": poll.state,
        "reason": poll.reason,
        "early": milliseconds(poll.early_until) if poll.state == PollState.DRAFT else None,
        "opened_at": milliseconds(poll.opened_at),
        "closes_at": milliseconds(poll.closes_at),
        "closed_at": milliseconds(poll.closed_at),
        "published_at": milliseconds(poll.published_at),
        "electorate": poll.heads_all or len(voters),
        "present": poll.heads_present,
        "can": _can(poll, voters, casts),
        "votes": poll.votes_present,
        "detail": has_detail,
        "cast": counted if poll.state in _NO_RESULTS or poll.state == PollState.VOID else poll.ballots,
        "majority": {
            "kind": poll.majority_kind,
            "base": rules.majority_base(poll),
            "numerator": poll.numerator,
            "denominator": poll.denominator,
            "more_than": poll.more_than,
            "need": None if not of else rules.majority_need(poll, of),
            "of": of or None,
        },
        "quorum": _quorum(poll),
        "voted": [],
        "roll": None,
        "running": None,
        "results": None,
        "seats": {},
    }
    if is_open_vote and audience.sees_who_voted and poll.state != PollState.DRAFT:
        seats = {voter.pk: voter.seat_id for voter in voters}
        shown["voted"] = [seats[cast.voter_id] for cast in casts if seats[cast.voter_id] is not None]
        shown["roll"] = _roll(voters)
    if is_open_vote and audience.sees_running and poll.state == PollState.OPEN and poll.entered is None:
        weights = {voter.pk: voter.weight for voter in voters}
        ballots = [(cast.choice or {}, weights[cast.voter_id]) for cast in casts]
        counts = rules.count([option["id"] for option in poll.options], ballots).counts
        shown["running"] = [{"option": option, "count": number} for option, number in counts.items()]
    if poll.state == PollState.PUBLISHED or (poll.state == PollState.CLOSED and audience.sees_running):
        shown["results"] = _results(poll)
    if is_open_vote and poll.state == PollState.PUBLISHED and audience.sees_how_seats_voted:
        seats = {voter.pk: voter.seat_id for voter in voters}
        shown["seats"] = {
            str(seats[cast.voter_id]): cast.choice for cast in casts if seats[cast.voter_id] is not None
        }
    return shown


def _can(poll: Poll, voters: list[_Voter], casts: list[_Cast]) -> int:
    """How many ballots there can be. Of an older vote, whose voters are not read: how many there were."""
    voted = {cast.voter_id for cast in casts}
    can = [voter for voter in voters if voter.is_present or voter.proxy_name or voter.pk in voted]
    return len(can) if voters and poll.opened_at is not None else poll.ballots


def _quorum(poll: Poll) -> dict[str, Any]:
    return {
        "numerator": poll.quorum_numerator,
        "denominator": poll.quorum_denominator,
        "need": poll.quorum_need,
        "have": poll.heads_present,
        "met": poll.heads_present >= poll.quorum_need,
    }


def _roll(voters: list[_Voter]) -> dict[str, Any]:
    """`absent`, `early`: seats; `proxies`: `{giver: holder}`; `weights`: unless 1; `gone`: by name."""
    seated = [voter for voter in voters if voter.seat_id is not None]
    return {
        "absent": [voter.seat_id for voter in seated if not voter.is_present],
        "early": [voter.seat_id for voter in seated if voter.is_early],
        "proxies": {str(voter.seat_id): voter.proxy_id for voter in seated if voter.proxy_id is not None},
        "weights": {str(voter.seat_id): voter.weight for voter in seated if voter.weight != 1},
        "gone": [{"name": voter.name, "post": voter.post} for voter in voters if voter.seat_id is None],
    }


def _results(poll: Poll) -> dict[str, Any]:
    """The numbers, or a code of `rules.WITHHELD` why they are kept back; the page brings the sentences."""
    shown = {
        "rows": [],
        "ballots": poll.ballots,
        "votes": poll.votes_cast,
        "adopted": None,
        "elected": [],
        "ties": [],
        "withheld": "" if poll.is_disclosed else poll.withheld,
        "warned": poll.withheld,
    }
    if poll.withheld and not poll.is_disclosed:
        return shown
    # In the order of the paper: PostgreSQL keeps the keys of a JSON object in an order of its own.
    counts, ids = poll.counts or {}, [option["id"] for option in poll.options]
    rows = [{"option": option, "count": counts[option]} for option in ids if option in counts]
    return shown | {"rows": rows, "adopted": poll.adopted, "elected": poll.elected, "ties": poll.ties}
