"""Opening with frozen rules, closing with a count, publishing, declaring void."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from intranet.audit import actions as audit
from intranet.lib.background import enqueue
from intranet.lib.errors import RuleBroken
from meetings import queries, rules
from meetings.models import Cast, Meeting, Poll, PollForm, PollState, Proxy, Seat, Voter
from meetings.revisions import change, system_change

from . import urn


def open_early(seat: Seat, *, poll: int, targets: Collection[int], until: datetime.datetime) -> None:
    """Let members who will be absent vote before the meeting; the paper is final from now on."""
    with change(seat, "open_early", "polls") as (meeting, facts):
        row = queries.poll_in(meeting, poll, lock=True)
        rules.check_unchanged(row)
        rules.check_early(row, until=until, now=timezone.now())
        seats = [each for each in queries.voting_seats(meeting) if each.pk in set(targets)]
        if not seats:
            raise rules.nobody_votes()
        Voter.objects.bulk_create(_voter(row, each, is_early=True) for each in seats)
        if row.form == PollForm.SECRET:
            urn.set_up(row, len(queries.voting_seats(meeting)))
        row.early_until = until
        row.papers = queries.papers_voted_on(row)
        row.save(update_fields=["early_until", "papers"])
        facts.update(poll=row.pk, number=row.number, voters=len(seats), until=until.isoformat())


def open_poll(seat: Seat, *, poll: int, seconds: int | None = None) -> None:
    """Open the vote, for `seconds` if given; electorate, weights, proxies, bases freeze. Twice is once.

    A vote that was prepared for no item belongs to the one under discussion.
    """
    with change(seat, "open_poll", "polls") as (meeting, facts):
        row = queries.poll_in(meeting, poll, lock=True)
        if row.state == PollState.OPEN:
            return
        rules.check_is(row, PollState.DRAFT)
        now = timezone.now()
        _freeze(meeting, row)
        row.item = row.item or queries.current_item(meeting)
        known = {(each["paper"], each["version"]) for each in row.papers}
        row.papers += [
            each for each in queries.papers_voted_on(row) if (each["paper"], each["version"]) not in known
        ]
        row.state, row.opened_at = PollState.OPEN, now
        row.closes_at = None if seconds is None else now + datetime.timedelta(seconds=seconds)
        row.save()
        if seconds is not None:
            enqueue("meetings.tasks.close_due", meeting.pk, after=datetime.timedelta(seconds=seconds))
        facts.update(
            poll=row.pk,
            number=row.number,
            form=row.form,
            members=row.heads_all,
            present=row.heads_present,
            votes=row.votes_all,
            seconds=seconds,
        )


def close_poll(seat: Seat, *, poll: int) -> None:
    """End the vote and count it. Twice is once."""
    with change(seat, "close_poll", "polls") as (meeting, facts):
        row = queries.poll_in(meeting, poll, lock=True)
        if row.state in (PollState.CLOSED, PollState.PUBLISHED):
            return
        rules.check_is(row, PollState.OPEN)
        facts.update(_count(row))


def close_due(meeting_id: int) -> None:
    """End the votes whose time has run out. For the worker and for whoever looks."""
    now = timezone.now()
    due = Poll.objects.filter(meeting_id=meeting_id, state=PollState.OPEN, closes_at__lte=now)
    for pk in list(due.values_list("pk", flat=True)):
        try:
            _close_one(meeting_id, pk)
        except RuleBroken:
            continue  # An urn that cannot be opened: the podium is told when it closes the vote by hand.


def _close_one(meeting_id: int, pk: int) -> None:
    with transaction.atomic(), system_change(meeting_id, "polls") as meeting:
        row = queries.poll_in(meeting, pk, lock=True)
        if row.state != PollState.OPEN:
            return
        facts = _count(row)
        target, chain = f"meeting:{meeting.ref}", f"meeting:{meeting.pk}"
        audit.record(None, "meetings.close_poll", target, chain=chain, revision=meeting.revision, **facts)


def publish_poll(seat: Seat, *, poll: int, disclose: bool = False) -> None:
    """Show the result to everybody. `disclose`: also numbers that show how everybody voted. Twice is once."""
    with change(seat, "publish_poll", "polls") as (meeting, facts):
        row = queries.poll_in(meeting, poll, lock=True)
        facts.update(poll=row.pk, number=row.number, disclose=disclose)
        if row.state != PollState.PUBLISHED:
            rules.check_is(row, PollState.CLOSED)
            row.state, row.published_at = PollState.PUBLISHED, timezone.now()
        row.is_disclosed = row.is_disclosed or (disclose and row.withheld == rules.ALIKE)
        row.save(update_fields=["state", "published_at", "is_disclosed"])


def void_poll(seat: Seat, *, poll: int, reason: str) -> None:
    """Declare a vote that was opened void, for a reason everybody can read; what was counted stays in it."""
    with change(seat, "void_poll", "polls") as (meeting, facts):
        row = queries.poll_in(meeting, poll, lock=True)
        rules.check_may_be_void(row)
        facts.update(poll=row.pk, number=row.number, reason=reason, was=row.state)
        urn.throw_away(row)
        row.state, row.reason = PollState.VOID, reason
        row.closed_at = row.closed_at or timezone.now()
        row.save(update_fields=["state", "reason", "closed_at"])


def _voter(poll: Poll, seat: Seat, **more: object) -> Voter:
    return Voter(poll=poll, seat=seat, name=str(seat.person), post=seat.post, weight=seat.weight, **more)


def _freeze(meeting: Meeting, poll: Poll) -> None:
    """Who may vote for whom with what weight, and what the majority is a share of, as of now."""
    members = queries.voting_seats(meeting)
    here = queries.attending(meeting)
    proxies = {
        proxy.giver_id: proxy
        for proxy in Proxy.objects.filter(meeting=meeting, ended_at=None).select_related("holder__person")
    }
    early = {voter.seat_id: voter for voter in Voter.objects.filter(poll=poll)}
    voted = set(Cast.objects.filter(poll=poll).values_list("voter__seat_id", flat=True))
    rows = []
    for member in members:
        row = early.get(member.pk) or _voter(poll, member)
        row.is_present = member.pk in here
        proxy = proxies.get(member.pk)
        if not row.is_present and member.pk not in voted and proxy is not None and proxy.holder_id in here:
            row.proxy, row.proxy_name = proxy.holder, str(proxy.holder.person)
        rows.append(row)
    Voter.objects.bulk_create(row for row in rows if row.pk is None)
    known = [row for row in rows if row.seat_id in early]
    Voter.objects.bulk_update(known, ["is_present", "proxy", "proxy_name"])
    can = [row for row in rows if row.is_present or row.proxy_id is not None or row.seat_id in voted]
    poll.heads_all, poll.votes_all = len(rows), sum(row.weight for row in rows)
    poll.heads_present = sum(row.is_present for row in rows)
    poll.votes_present = sum(row.weight for row in can)
    rules.check_electorate(poll, [row.weight for row in can])
    own = rules.quorum_needed(
        poll.heads_all, numerator=poll.quorum_numerator, denominator=poll.quorum_denominator
    )
    poll.quorum_need = own or queries.quorum(meeting).need
    rules.check_quorum(poll.heads_present, poll.quorum_need)
    if poll.form == PollForm.SECRET:
        urn.set_up(poll, len(can))


def _count(poll: Poll) -> dict[str, object]:
    """Count what was cast, in the transaction that closes the vote. Returns what the log keeps."""
    options = [option["id"] for option in poll.options]
    casts = list(Cast.objects.filter(poll=poll).select_related("voter"))
    if poll.form == PollForm.SECRET:
        ballots = [(choice, 1) for choice in urn.emptied(poll)]
        rules.check_urn(len(ballots), len(casts))
        # All weights of a secret vote are the same.
        weight = casts[0].voter.weight if casts else 1
        ballots = [(choice, weight) for choice, _one in ballots]
    else:
        ballots = [(cast.choice or {}, cast.voter.weight) for cast in casts]
    counted = rules.count(options, ballots, undecided=rules.undecided(poll))
    if poll.entered is not None:
        counted = rules.count_of_totals(poll)
    poll.ballots, poll.counts = counted.ballots, counted.counts
    poll.votes_cast, poll.votes_decided = counted.votes_cast, counted.votes_decided
    rules.decide(poll)
    poll.withheld = rules.why_withheld(poll, ballots=counted.ballots, are_alike=counted.are_alike)
    poll.state, poll.closed_at = PollState.CLOSED, timezone.now()
    poll.save()
    Cast.objects.filter(poll=poll, is_shown=False).update(is_shown=True)
    facts: dict[str, object] = {"poll": poll.pk, "number": poll.number, "ballots": poll.ballots}
    if not poll.withheld:
        facts |= {"counts": poll.counts, "adopted": poll.adopted, "elected": poll.elected}
    return facts
