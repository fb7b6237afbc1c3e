"""The record of a session: what happened, as far as a seat may see it. Messages are no part of it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from intranet.lib.errors import Absent
from meetings import rules
from meetings.models import (
    AgendaItem,
    Attendance,
    Cast,
    ConsentAdoption,
    Interval,
    Meeting,
    Motion,
    Note,
    Paper,
    Poll,
    PollForm,
    PollState,
    Role,
    Seat,
    Speech,
    SpeechState,
    State,
    Voter,
)

from .attendance import quorum
from .meeting import audience_of, seat_for
from .motions import text_of
from .sites import sites_of


@dataclass
class Stay:
    """When somebody was here."""

    name: str
    post: str
    role: str
    site: str = ""
    stays: list[Attendance] = field(default_factory=list)


@dataclass
class NamedVote:
    """How a member voted in an open vote, or that they did not."""

    voter: Voter
    choice: dict[str, int] | None
    """`{option: votes}`; None: no ballot."""
    by: str
    """Who cast it, when that was not the voter."""
    is_by_proxy: bool
    is_early: bool


@dataclass
class ItemRecord:
    """What happened under one item."""

    item: AgendaItem
    number: str
    note: Note | None = None
    adoption: ConsentAdoption | None = None
    speeches: list[Speech] = field(default_factory=list)
    motions: list[dict[str, Any]] = field(default_factory=list)
    polls: list[Poll] = field(default_factory=list)
    named: dict[int, list[NamedVote]] = field(default_factory=dict)
    """By key of the vote: everybody in its electorate. Published open votes only, never a secret one."""
    voted_on: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    """By key of the vote: the papers as they stood at its opening, those the reader may know of."""
    intervals: list[Interval] = field(default_factory=list)
    is_closed: bool = False


@dataclass
class Record:
    """A session on paper."""

    meeting: Meeting
    chair: Seat | None
    secretaries: list[Seat]
    people: list[Stay]
    quorum: rules.Quorum | None
    items: list[ItemRecord]
    totals: list[tuple[str, str, int, int]]
    """Name, post, turns and seconds of everybody who spoke."""
    sees_notes: bool
    site_names: list[str] = field(default_factory=list)

    @property
    def sites(self) -> list[tuple[str, int, int]]:
        """Name, how many came and how many were expected of every site; none for a meeting in one hall."""
        found = {name: [0, 0] for name in self.site_names}
        for person in self.people:
            if person.site:
                counts = found.setdefault(person.site, [0, 0])
                counts[0] += bool(person.stays)
                counts[1] += 1
        return [(name, came, of) for name, (came, of) in found.items()]

    @property
    def here(self) -> list[Stay]:
        """Those who came, at whatever time."""
        return [person for person in self.people if person.stays]

    @property
    def missing(self) -> list[Stay]:
        """Those with a seat who never came."""
        return [person for person in self.people if not person.stays]


def recorded_seat_for(person: Any, ref: str) -> Seat:
    """The seat of somebody who may read the record, from the opening on: the door. Raises Absent."""
    seat = seat_for(person, ref)
    if seat.role not in rules.MEMBERS or seat.meeting.state not in (State.LIVE, State.CLOSED):
        raise Absent()
    return seat


def record_of(seat: Seat) -> Record:
    """The record as the seat may read it, in a fixed number of queries."""
    meeting, audience = seat.meeting, audience_of(seat)
    items = list(AgendaItem.objects.filter(meeting=meeting))
    slots = rules.timetable(items, meeting.starts_at)
    by_key = {item.pk: item for item in items}
    rows = {
        pk: ItemRecord(by_key[pk], slot.number, is_closed=pk in audience.closure.items)
        for pk, slot in slots.items()
        if audience.sees_item(pk)
    }
    seats = list(
        Seat.objects.filter(meeting=meeting, role__in=rules.ATTENDING).select_related("person", "site")
    )
    if audience.sees_notes:
        for note in Note.objects.filter(item__in=rows):
            rows[note.item_id].note = note
    for adoption in ConsentAdoption.objects.filter(item__in=rows):
        rows[adoption.item_id].adoption = adoption
    speeches = list(
        Speech.objects.filter(meeting=meeting, state=SpeechState.DONE)
        .filter(Q(item__in=rows) | Q(item=None))
        .order_by("started_at", "pk")
    )
    for speech in speeches:
        if speech.item_id in rows:
            rows[speech.item_id].speeches.append(speech)
    for poll in Poll.objects.filter(meeting=meeting, item__in=rows).exclude(state=PollState.DRAFT):
        rows[poll.item_id or 0].polls.append(poll)
    papers = {paper.pk: paper for paper in Paper.objects.filter(item__meeting=meeting)}
    for row in rows.values():
        for poll in row.polls:
            row.voted_on[poll.pk] = [each for each in poll.papers if _knows(audience, papers, each["paper"])]
    if audience.sees_how_seats_voted:
        for poll, votes in _named([poll for row in rows.values() for poll in row.polls]):
            rows[poll.item_id or 0].named[poll.pk] = votes
    for interval in Interval.objects.filter(meeting=meeting, item__in=rows):
        rows[interval.item_id or 0].intervals.append(interval)
    admitted = Motion.objects.filter(item__in=rows, number__isnull=False)
    for motion in admitted.prefetch_related("clauses", "amendments"):
        amendments = [each for each in motion.amendments.all() if each.number is not None]
        rows[motion.item_id].motions.append(
            {"motion": motion, "text": text_of(motion), "amendments": amendments}
        )
    return Record(
        meeting=meeting,
        chair=next((each for each in seats if each.role == Role.CHAIR), None),
        secretaries=[each for each in seats if each.role == Role.SECRETARY],
        people=_people(meeting, seats),
        quorum=quorum(meeting, meeting.opened_at) if meeting.opened_at else None,
        items=list(rows.values()),
        totals=_totals(speeches),
        sees_notes=audience.sees_notes,
        site_names=[site.name for site in sites_of(meeting)],
    )


def _knows(audience: rules.Audience, papers: dict[int, Paper], key: int) -> bool:
    """Whether they may know of a paper; one that was taken away is remembered by those who lead."""
    return audience.sees_paper(papers[key]) if key in papers else audience.leads


def _named(polls: list[Poll]) -> list[tuple[Poll, list[NamedVote]]]:
    """Who voted how: of votes that carry names and are published, counted hands without a roll left out."""
    shown = {
        poll.pk: poll
        for poll in polls
        if poll.form != PollForm.SECRET and poll.state == PollState.PUBLISHED and poll.entered is None
    }
    casts = {cast.voter_id: cast for cast in Cast.objects.filter(poll__in=shown)}
    found: dict[int, list[NamedVote]] = {pk: [] for pk in shown}
    for voter in Voter.objects.filter(poll__in=shown):
        found[voter.poll_id].append(_named_vote(shown[voter.poll_id], voter, casts.get(voter.pk)))
    return [(shown[pk], votes) for pk, votes in found.items()]


def _named_vote(poll: Poll, voter: Voter, cast: Cast | None) -> NamedVote:
    if cast is None:
        return NamedVote(voter, None, "", is_by_proxy=False, is_early=False)
    is_early = cast.at is not None and poll.opened_at is not None and cast.at < poll.opened_at
    is_by_proxy = bool(cast.by_name) and cast.by_name == voter.proxy_name
    if cast.by_id is not None and voter.proxy_id is not None:
        is_by_proxy = cast.by_id == voter.proxy_id
    return NamedVote(voter, cast.choice or {}, cast.by_name, is_by_proxy=is_by_proxy, is_early=is_early)


def _people(meeting: Meeting, seats: list[Seat]) -> list[Stay]:
    places = {role: place for place, role in enumerate(Role.values)}
    seats = sorted(seats, key=lambda seat: (places[seat.role], seat.person.sort_key, seat.pk))
    people = {
        seat.pk: Stay(
            str(seat.person), seat.post, seat.get_role_display(), seat.site.name if seat.site else ""
        )
        for seat in seats
    }
    gone: list[Stay] = []
    for stay in Attendance.objects.filter(meeting=meeting).order_by("arrived_at"):
        if stay.seat_id in people:
            people[stay.seat_id].stays.append(stay)
        else:
            gone.append(Stay(stay.name, stay.post, "", stay.site, [stay]))
    return [*people.values(), *gone]


def _totals(speeches: list[Speech]) -> list[tuple[str, str, int, int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for speech in speeches:
        found.setdefault((speech.name, speech.post), []).append(seconds_of(speech))
    return [(name, post, len(turns), sum(turns)) for (name, post), turns in found.items()]


def seconds_of(speech: Speech) -> int:
    """How long a turn took, without breaks."""
    return round(speech.spent.total_seconds())
