"""Agenda templates and four meetings: one closed, one in session now, one convened, one in preparation."""

import datetime
import io
from typing import Any

from django.utils import timezone

from intranet.config.demo import content, papers
from intranet.config.demo.clock import at
from intranet.files import actions as files
from intranet.files.models import StoredFile
from intranet.organization.models import Person
from meetings import actions
from meetings.models import AgendaItem, AgendaTemplate, Body, Meeting, Seat

from .organization import FOUNDED, Cast
from .story import Story

AGE = datetime.timedelta(minutes=65)
"""How long the live meeting has been going on when the demo is loaded."""
CONVENED = datetime.timedelta(days=4)


class Shelf:
    """The papers in the file store, each put there once by the secretary and read at once."""

    def __init__(self, owner: Person, today: datetime.date) -> None:
        self._owner, self._today = owner, today
        self._stored: dict[str, StoredFile] = {}

    def __getitem__(self, name: str) -> StoredFile:
        if name not in self._stored:
            pdf = io.BytesIO(papers.make(name, self._today))
            stored = files.store(self._owner, file=pdf, name=papers.PAPERS[name].file_name)
            # The worker may not be running yet, and a room without pages shows nothing.
            files.read_content(stored.content)
            self._stored[name] = stored
        return self._stored[name]


def load(cast: Cast, now: datetime.datetime) -> None:
    """Prepare and hold the meetings of the demo, as their own people would, at their own times."""
    today = timezone.localdate(now)
    data = content.read("meetings", today)
    with at(now - datetime.timedelta(days=30)):
        templates = {
            row["code"]: actions.keep_template(
                cast["quantri"], name=row["name"], title=row["title"], items=row["items"]
            )
            for row in data["templates"]
        }
    bodies = _bodies(cast, today)
    shelf = Shelf(cast["thuky"], today)
    for row in data["meetings"]:
        _hold(cast, shelf, row, templates[row["template"]], bodies.get(row.get("body", "")), now)


def _bodies(cast: Cast, today: datetime.date) -> dict[str, Body]:
    """The standing bodies with their members and their rules, which nobody has checked yet."""
    bodies = {}
    for row in content.read("bodies", today)["bodies"]:
        body = actions.open_body(None, office=cast.offices[row["office"]], name=row["name"])
        for member in row["members"]:
            actions.keep_member(
                None,
                body,
                person=cast[member["person"]],
                title=member["title"],
                role=member["role"],
                valid_from=FOUNDED,
            )
        for rule in row["rules"]:
            actions.keep_rule(
                None,
                body,
                subject=rule["subject"],
                majority=rule["majority"],
                base=rule["base"],
                quorum_part=rule["quorum"][0],
                quorum_whole=rule["quorum"][1],
                basis=rule["basis"],
                valid_from=FOUNDED,
            )
        bodies[row["code"]] = body
    return bodies


def _hold(
    cast: Cast,
    shelf: Shelf,
    row: dict[str, Any],
    template: AgendaTemplate,
    body: Body | None,
    now: datetime.datetime,
) -> None:
    starts = _start(row, now)
    ends = starts + datetime.timedelta(minutes=row["minutes"])
    with at(min(starts, now) - CONVENED):
        meeting = actions.convene(
            cast["thuky"],
            title=row["title"],
            place=row["place"],
            office=cast.offices[row["office"]],
            starts_at=starts,
            ends_at=ends,
            template=template,
            body=body,
        )
        secretary = Seat.objects.get(meeting=meeting, person=cast["thuky"])
        numbers = _numbers(meeting)
        seated = set(Seat.objects.filter(meeting=meeting).values_list("person_id", flat=True))
        for seat in row["seats"]:
            person = cast[seat["person"]]
            if person.pk not in seated:
                items = [numbers[number] for number in seat["items"]]
                actions.seat_person(secretary, person=person, role=seat["role"], items=items)
        _place(secretary, row.get("sites", []))
        if row["state"] in ("live", "published"):
            actions.draw_hall(secretary, rows=3, columns=7, aisles=[4])
            actions.fill_hall(secretary)
            actions.make_cards(secretary)
        laid: dict[str, int] = {}
        for paper in row["papers"]:
            answer = actions.add_paper(
                secretary,
                item=numbers[paper["item"]],
                stored_file=shelf[paper["paper"]],
                title=paper["title"],
                number=paper["number"],
                level=paper["level"],
            )
            laid[paper["paper"]] = answer["paper"]
        if row["state"] != "draft":
            actions.publish(secretary)
    story = Story(meeting, cast, numbers, laid)
    for minute, *act in row["acts"]:
        with at(starts + datetime.timedelta(minutes=minute)):
            story.play(*act)


def _place(secretary: Seat, sites: list[dict[str, Any]]) -> None:
    """The places of a meeting held at several, and who sits where."""
    rows = Seat.objects.filter(meeting=secretary.meeting).select_related("person")
    seats = {row.person.username: row for row in rows}
    for row in sites:
        site = actions.add_site(secretary, name=row["name"])["site"]
        for name in row["people"]:
            actions.place_seat(secretary, target=seats[name].pk, site=site, keeps=name == row["clerk"])


def _start(row: dict[str, Any], now: datetime.datetime) -> datetime.datetime:
    if row["state"] == "live":
        began = timezone.localtime(now - AGE)
        return began.replace(minute=began.minute - began.minute % 5, second=0, microsecond=0)
    today = timezone.localdate(now)
    if row["days"] == "next":
        day = content.working_day_after(today)
    elif row["days"] == "monday":
        day = content.last_monday(today)
    else:
        day = today + datetime.timedelta(days=row["days"])
        # Offices do not meet at weekends.
        day -= datetime.timedelta(days=max(0, day.weekday() - 4))
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.fromisoformat(row["time"])))


def _numbers(meeting: Meeting) -> dict[str, int]:
    """Keys of the items by their number on the agenda, such as "3.2"."""
    found: dict[str, int] = {}
    rows = list(AgendaItem.objects.filter(meeting=meeting))
    tops = {row.pk: row for row in rows if row.parent_id is None}
    for row in rows:
        number = (
            str(row.position) if row.parent_id is None else f"{tops[row.parent_id].position}.{row.position}"
        )
        found[number] = row.pk
    return found
