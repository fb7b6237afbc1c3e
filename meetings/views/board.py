"""What the preparation page shows."""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from intranet.files import rules as files
from intranet.files.queries import is_being_prepared
from intranet.organization.queries import posts_of
from meetings import forms, queries, rules
from meetings.models import AgendaItem, Paper, PaperVersion, Poll, Role, Seat, Site
from meetings.rules import papers as paper_rules

from .papers import Protection, protection
from .polls import poll_paper
from .trial import Trial, trial

SHOWN_AGAIN = {
    *("add_item", "edit_item", "edit_details", "rename_paper", "protect_paper"),
    *("postpone_meeting", "cancel_meeting"),
    *("add_poll", "edit_poll"),
}
"""Acts whose refused form is shown as typed, with its own errors."""
Failed = tuple[str, forms.ActForm] | None


@dataclass
class PaperRow:
    paper: Paper
    form: forms.ActForm
    refusal: str
    stripped: list[str]
    """What the copy that is shown lacks, in sentences."""
    versions: list[PaperVersion] = field(default_factory=list)
    """Those it has replaced, the newest first."""
    is_logged: bool = False
    protection: Protection | None = None
    """The form of who may read it: filled when it is asked for, or shown again as typed."""
    is_first: bool = False
    is_last: bool = False

    @property
    def key(self) -> str:
        """For the ids of its buttons."""
        return str(self.paper.pk)


@dataclass
class ItemRow:
    """One line of the agenda with everything that can be done to it."""

    item: AgendaItem
    slot: rules.Slot
    form: forms.ActForm
    papers: list[PaperRow]
    is_first: bool
    is_last: bool
    above: AgendaItem | None
    """The top-level item it could become a sub-item of."""
    has_children: bool
    above_count: int = 0
    """How many sub-items that one has."""
    parent_position: int = 0
    is_open: bool = False
    """Whether its form is shown: it has errors."""
    is_closed: bool = False
    """Held behind closed doors, itself or with the item it belongs to."""
    has_own_doors: bool = True
    """False for a sub-item of a closed item: it is closed with that."""

    @property
    def key(self) -> str:
        """For the ids of its buttons."""
        return str(self.item.pk)

    @property
    def is_waiting(self) -> bool:
        """Whether there will soon be more to say of a paper."""
        return any(is_being_prepared(row.paper.stored_file.content) for row in self.papers)


@dataclass
class SiteRow:
    """A site with how many sit there."""

    site: Site
    count: int
    is_first: bool
    is_last: bool

    @property
    def key(self) -> str:
        """For the ids of its buttons."""
        return str(self.site.pk)


@dataclass
class SeatRow:
    seat: Seat
    items: frozenset[int]
    is_open: bool = False
    can_vote: bool = False
    """Whether its role may have a vote."""


@dataclass
class PollRow:
    """One prepared vote."""

    poll: Poll
    form: forms.ActForm
    place: int
    """From 1, among those that can still be changed."""
    is_first: bool
    is_last: bool
    is_open: bool

    @property
    def key(self) -> str:
        """For the ids of its buttons."""
        return str(self.poll.pk)


def board(seat: Seat, *, failed: Failed = None, search: str = "") -> dict[str, Any]:
    """The page's context. `failed` is the refused act with its form, shown again as typed."""
    meeting = seat.meeting
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position"))
    slots = rules.timetable(items, meeting.starts_at)
    seats = list(
        Seat.objects.filter(meeting=meeting).select_related("person", "site").prefetch_related("items")
    )
    missing = rules.missing_for_publishing(meeting, items=len(items), roles=[row.role for row in seats])
    act, form = failed or ("", None)
    found = queries.find_people(search, meeting=meeting)
    posts = posts_of([person.pk for person in found])
    sites = queries.sites_of(meeting)
    return {
        "meeting": meeting,
        "seat": seat,
        "allowed": rules.allowed_acts(meeting.state, seat.role),
        "rows": _rows(items, slots, _papers(seat, act, form), act, form),
        "total": sum(slots[item.pk].minutes for item in items if item.parent_id is None),
        "planned": (meeting.ends_at - meeting.starts_at) // datetime.timedelta(minutes=1),
        "add_form": form if act == "add_item" else forms.AddItemForm(auto_id="new-%s"),
        "details_form": form if act == "edit_details" else forms.DetailsForm.of(meeting),
        "details_open": act == "edit_details",
        "postpone_form": form if act == "postpone_meeting" else forms.PostponeForm.of(meeting),
        "cancel_form": form if act == "cancel_meeting" else forms.CancelForm(auto_id="cancel-%s"),
        "calling_off": act,
        "bodies": queries.bodies_of(meeting),
        "seat_rows": _seat_rows(seats, act, form),
        "sites": _site_rows(sites, seats),
        "offices": queries.offices_seated(meeting) if sites else [],
        "choices": [(slots[item.pk].number, item) for item in _in_order(items, slots)],
        **_polls(seat, act, form),
        "roles": Role.choices,
        "search": search,
        "found": [(person, posts.get(person.pk, "")) for person in found],
        "checks": [(code, sentence, code not in missing) for code, sentence in rules.PUBLISHING.items()],
        "may_publish": not missing,
        "refused": _refused(act, form),
        "may_rehearse": queries.may_rehearse(seat.person, meeting),
        "rehearsed": _rehearsed(seat),
    }


def _rehearsed(seat: Seat) -> Trial | None:
    """The last rehearsal, for those who prepare."""
    row = queries.rehearsals_of(seat.meeting).first()
    return None if row is None else trial(row)


def _in_order(items: list[AgendaItem], slots: dict[int, rules.Slot]) -> list[AgendaItem]:
    places = {pk: place for place, pk in enumerate(slots)}
    return sorted(items, key=lambda item: places[item.pk])


def _refused(act: str, form: forms.ActForm | None) -> list[str]:
    """Sentences for the head of the part; a form that is shown again carries its own."""
    if form is None:
        return []
    if act in SHOWN_AGAIN:
        return [str(error) for error in form.non_field_errors()]
    return [str(error) for errors in form.errors.values() for error in errors]


def _papers(seat: Seat, act: str, form: forms.ActForm | None) -> dict[int, list[PaperRow]]:
    rows: dict[int, list[PaperRow]] = {}
    rules_now = queries.level_rules()
    versions = queries.versions_of(seat.meeting)
    papers = (
        Paper.objects.filter(item__meeting_id=seat.meeting_id)
        .select_related("stored_file__content")
        .defer("stored_file__content__outline")
        .order_by("position")
    )
    for paper in papers:
        again = form if form is not None and form.data.get("paper") == str(paper.pk) else None
        rows.setdefault(paper.item_id, []).append(
            PaperRow(
                paper=paper,
                form=again
                if again is not None and act == "rename_paper"
                else forms.RenamePaperForm(
                    initial={"paper": paper.pk, "title": paper.title, "number": paper.number},
                    auto_id=f"paper-{paper.pk}-%s",
                ),
                versions=versions.get(paper.pk, []),
                is_logged=paper_rules.handling(paper, rules_now.get(paper.level)).logged,
                protection=protection(seat, paper, again) if again and act == "protect_paper" else None,
                refusal=files.sentence(paper.stored_file.content.reason),
                stripped=files.told_of(paper.stored_file.content.stripped),
            )
        )
    for each in rows.values():
        each[0].is_first = each[-1].is_last = True
    return rows


def _rows(
    items: list[AgendaItem],
    slots: dict[int, rules.Slot],
    papers: dict[int, list[PaperRow]],
    act: str,
    form: forms.ActForm | None,
) -> list[ItemRow]:
    siblings: dict[int | None, list[AgendaItem]] = {}
    for item in items:
        siblings.setdefault(item.parent_id, []).append(item)
    by_key = {item.pk: item for item in items}
    closed = rules.closure_of(items, is_closed=False).items
    rows = []
    for item in _in_order(items, slots):
        mine = siblings[item.parent_id]
        place = mine.index(item)
        again = (
            form
            if form is not None and act == "edit_item" and form.data.get("item") == str(item.pk)
            else None
        )
        rows.append(
            ItemRow(
                item=item,
                slot=slots[item.pk],
                form=again
                or forms.EditItemForm(
                    initial={
                        "item": item.pk,
                        "title": item.title,
                        "presenter": item.presenter,
                        "minutes": item.minutes,
                        "kind": item.kind,
                    },
                    auto_id=f"item-{item.pk}-%s",
                ),
                papers=papers.get(item.pk, []),
                is_first=place == 0,
                is_last=place == len(mine) - 1,
                above=mine[place - 1] if place and item.parent_id is None else None,
                above_count=len(siblings.get(mine[place - 1].pk, [])) if place else 0,
                has_children=item.pk in siblings,
                parent_position=by_key[item.parent_id].position if item.parent_id is not None else 0,
                is_open=again is not None,
                is_closed=item.pk in closed,
                has_own_doors=item.parent_id not in closed,
            )
        )
    return rows


def _seat_rows(seats: list[Seat], act: str, form: forms.ActForm | None) -> list[SeatRow]:
    places = {role: place for place, role in enumerate(Role.values)}
    seats = sorted(seats, key=lambda seat: (places[seat.role], seat.person.sort_key, seat.pk))
    again = form.data.get("target") if form is not None and act in ("change_role", "set_voting") else None
    return [
        SeatRow(
            seat,
            frozenset(item.pk for item in seat.items.all()),
            is_open=str(seat.pk) == again,
            can_vote=rules.can_have_vote(seat.role),
        )
        for seat in seats
    ]


def _site_rows(sites: list[Site], seats: list[Seat]) -> list[SiteRow]:
    counts = Counter(seat.site_id for seat in seats)
    return [
        SiteRow(site, counts[site.pk], is_first=place == 0, is_last=place == len(sites) - 1)
        for place, site in enumerate(sites)
    ]


def _polls(seat: Seat, act: str, form: forms.ActForm | None) -> dict[str, Any]:
    """The votes that are prepared, and a form for another one."""
    drafts = queries.drafts_of(seat.meeting)
    again = form.data.get("poll") if form is not None and act == "edit_poll" else None
    context: dict[str, Any] = poll_paper(seat)
    if form is not None and act == "add_poll":
        context["poll_form"] = form
    context["poll_open"] = act == "add_poll"
    context["poll_rows"] = [
        PollRow(
            poll=poll,
            form=form
            if form is not None and str(poll.pk) == again
            else forms.EditPollForm.of(poll, prefix=f"poll-{poll.pk}"),
            place=place,
            is_first=place == 1,
            is_last=place == len(drafts),
            is_open=str(poll.pk) == again,
        )
        for place, poll in enumerate(drafts, start=1)
    ]
    return context
