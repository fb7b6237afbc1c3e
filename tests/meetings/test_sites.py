"""Several sites in one meeting: where people sit, what a site's clerk may do, what each screen is told."""

import csv
import datetime
import io
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from intranet.lib.errors import Absent, RuleBroken
from meetings import actions, queries, rules
from meetings.live import projection
from meetings.models import Attendance, Meeting, Role, Seat, Site, State
from tests.factories.meetings import SeatFactory
from tests.factories.organization import AssignmentFactory
from tests.meetings.conftest import Room

HALL, FAR = "Hội trường chính", "Điểm cầu xã Tân Lập"


class Places:
    """A session at two sites: the delegate keeps the far one, where somebody else sits too."""

    def __init__(self, room: Room) -> None:
        self.room, self.meeting = room.at(State.LIVE), room.meeting
        self.secretary, self.clerk = room.seats[Role.SECRETARY], room.seats[Role.DELEGATE]
        self.hall, self.far = (actions.add_site(self.secretary, name=name)["site"] for name in (HALL, FAR))
        self.neighbour = SeatFactory(meeting=room.meeting)
        self.place(self.clerk, self.far, keeps=True)
        self.place(self.neighbour, self.far)
        self.place(room.seats[Role.CHAIR], self.hall)

    def place(self, seat: Seat, site: int | None, *, keeps: bool = False) -> None:
        actions.place_seat(self.secretary, target=seat.pk, site=site, keeps=keeps)
        seat.refresh_from_db()

    def post(self, role: str, act: str, **data: Any) -> Any:
        client = self.room.client(role)
        return client.post(f"/hop/{self.meeting.ref}/lenh/{act}/", {"command": str(uuid.uuid4()), **data})

    def shown(self, key: str) -> list[dict[str, Any]]:
        section: list[dict[str, Any]] = projection.project_now(self.meeting.ref, key, {"sites"})[1]["sites"]
        return section


@pytest.fixture
def places(room: Room) -> Places:
    return Places(room)


def names(meeting: Meeting) -> list[str]:
    return [site.name for site in queries.sites_of(meeting)]


def test_sites_are_named_ordered_and_taken_away(room: Room) -> None:
    secretary = room.seats[Role.SECRETARY]
    one, two, three = (actions.add_site(secretary, name=name)["site"] for name in ("Một", "Hai", "Ba"))
    actions.move_site(secretary, site=three, position=1)
    actions.rename_site(secretary, site=two, name="Hai mới")
    assert names(room.meeting) == ["Ba", "Một", "Hai mới"]
    actions.remove_site(secretary, site=one)
    assert names(room.meeting) == ["Ba", "Hai mới"]
    assert [site.position for site in queries.sites_of(room.meeting)] == [1, 2]
    with pytest.raises(RuleBroken):
        actions.add_site(secretary, name="BA")
    with pytest.raises(Absent):
        actions.rename_site(secretary, site=one, name="Không còn")


def test_a_site_of_another_meeting_is_not_there(places: Places) -> None:
    other = Site.objects.create(meeting=SeatFactory().meeting, name="Nơi khác", position=1)
    for act, more in [
        ("rename_site", {"name": "Của tôi"}),
        ("remove_site", {}),
        ("place_office", {"office": 1}),
        ("place_seat", {"target": places.clerk.pk}),
    ]:
        with pytest.raises(Absent):
            getattr(actions, act)(places.secretary, site=other.pk, **more)


def test_all_people_of_an_office_are_put_at_a_site_in_one_act(places: Places) -> None:
    people = [SeatFactory(meeting=places.meeting), SeatFactory(meeting=places.meeting)]
    assignment = AssignmentFactory(person=people[0].person)
    AssignmentFactory(person=people[1].person, office=assignment.office)
    elsewhere = SeatFactory(person=people[0].person)
    offices = {row.office.pk: row.count for row in queries.offices_seated(places.meeting)}
    assert offices[assignment.office_id] == 2
    answer = actions.place_office(places.secretary, site=places.far, office=assignment.office_id)
    assert answer == {"placed": 2}
    found = set(Seat.objects.filter(site=places.far).values_list("pk", flat=True))
    assert found == {places.clerk.pk, places.neighbour.pk, *(row.pk for row in people)}
    assert elsewhere.pk not in found


def test_a_clerk_notes_the_people_of_the_own_site_and_of_no_other(places: Places) -> None:
    chair, neighbour = places.room.seats[Role.CHAIR], places.neighbour
    assert places.post(Role.DELEGATE, "note_arrival", target=neighbour.pk).status_code == 200
    assert places.post(Role.DELEGATE, "note_arrival", target=chair.pk).status_code == 409
    assert places.post(Role.DELEGATE, "note_arrival", target=SeatFactory().pk).status_code == 404
    assert queries.attending(places.meeting) == {neighbour.pk}
    assert places.post(Role.DELEGATE, "note_leaving", target=neighbour.pk, at="08:00").status_code == 409
    assert places.post(Role.DELEGATE, "cancel_arrival", target=neighbour.pk).status_code == 409
    assert places.post(Role.DELEGATE, "note_leaving", target=neighbour.pk).status_code == 200
    assert queries.attending(places.meeting) == set()
    assert places.post(Role.INVITED, "note_arrival", target=neighbour.pk).status_code == 409


def test_who_no_longer_keeps_a_site_notes_nobody_from_that_moment(places: Places) -> None:
    held = Seat.objects.select_related("meeting", "person").get(pk=places.clerk.pk)
    actions.place_seat(places.secretary, target=held.pk, site=places.hall, keeps=False)
    with pytest.raises(RuleBroken):
        actions.note_arrival(held, target=places.neighbour.pk)
    places.place(places.clerk, places.far, keeps=True)
    actions.place_office(places.secretary, site=places.hall, office=0)
    actions.change_role(places.secretary, target=held.pk, role=Role.OBSERVER)
    with pytest.raises(RuleBroken):
        actions.note_arrival(held, target=places.neighbour.pk)


def test_nobody_keeps_a_site_they_do_not_sit_at(places: Places) -> None:
    for seat, site in [(places.clerk, None), (places.room.seats[Role.OBSERVER], places.far)]:
        with pytest.raises(RuleBroken):
            actions.place_seat(places.secretary, target=seat.pk, site=site, keeps=True)
    actions.remove_site(places.secretary, site=places.far)
    places.clerk.refresh_from_db()
    assert (places.clerk.site_id, places.clerk.keeps_site) == (None, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=places.clerk.pk).update(keeps_site=True)


def test_a_meeting_goes_with_its_sites(places: Places) -> None:
    places.meeting.delete()
    assert not Site.objects.exists()


def test_every_audience_is_told_the_sites_and_a_wall_no_clerks(places: Places) -> None:
    room = places.room
    for key in ("chair", "secretary", "delegate", "observer", f"invited:{room.items[1].pk}"):
        hall, far = places.shown(key)
        assert (hall["name"], hall["seats"], hall["clerks"]) == (HALL, [room.seats[Role.CHAIR].pk], [])
        assert far["seats"] == [places.clerk.pk, places.neighbour.pk]
        assert far["clerks"] == [places.clerk.pk]
    assert [row["clerks"] for row in places.shown("hall")] == [[], []]
    assert [len(row["seats"]) for row in places.shown("hall")] == [1, 2]
    places.place(room.seats[Role.HALL], places.far)
    assert [len(row["seats"]) for row in places.shown("chair")] == [1, 2]


def test_a_meeting_in_one_hall_has_no_sites(room: Room) -> None:
    assert projection.project_now(room.meeting.ref, "chair", {"sites"})[1] == {"sites": []}


def test_the_quorum_is_one_for_all_sites(places: Places) -> None:
    before = queries.quorum(places.meeting)
    actions.note_arrival(places.clerk, target=places.neighbour.pk)
    after = queries.quorum(places.meeting)
    assert (after.of, after.need, after.have) == (before.of, before.need, before.have + 1)


def test_the_code_of_a_site_is_for_its_people(places: Places) -> None:
    far, hall = (Site.objects.get(pk=pk) for pk in (places.far, places.hall))
    chair = Seat.objects.select_related("meeting").get(pk=places.room.seats[Role.CHAIR].pk)
    with pytest.raises(RuleBroken):
        actions.check_in(chair, token=rules.door_token(places.meeting, far))
    actions.check_in(chair, token=rules.door_token(places.meeting, hall))
    actions.check_in(places.clerk, token=rules.door_token(places.meeting))
    assert queries.attending(places.meeting) == {chair.pk, places.clerk.pk}
    assert set(Attendance.objects.values_list("site", "arrival_noted")) == {(HALL, "code"), (FAR, "code")}


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        (Role.SECRETARY, [200, 200, 200]),
        (Role.HALL, [200, 200, 200]),
        (Role.DELEGATE, [404, 404, 200]),
        (Role.OBSERVER, [404, 404, 404]),
    ],
)
def test_a_clerk_shows_the_code_of_the_own_site_only(places: Places, role: str, answers: list[int]) -> None:
    client, address = places.room.client(role), f"/hop/{places.meeting.ref}/ma-diem-danh/"
    asked = ["", f"?diem={places.hall}", f"?diem={places.far}"]
    assert [client.get(address + query).status_code for query in asked] == answers
    assert client.get(f"{address}?diem=abc").status_code == 404
    assert client.get(f"{address}?diem=999999999").status_code == 404


def test_the_record_says_where_everybody_was_even_of_who_lost_the_seat(places: Places) -> None:
    chair = places.room.seats[Role.CHAIR]
    for seat in (places.neighbour, chair):
        actions.note_arrival(places.secretary, target=seat.pk)
    actions.rename_site(places.secretary, site=places.far, name="Xã Tân Lập")
    actions.unseat(places.secretary, target=places.neighbour.pk)
    record = queries.record_of(Seat.objects.select_related("meeting").get(pk=places.secretary.pk))
    assert record.sites == [(HALL, 1, 1), ("Xã Tân Lập", 1, 2)]
    answer = places.room.client(Role.SECRETARY).get(f"/hop/{places.meeting.ref}/bien-ban/csv/")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[1][3] == "Điểm cầu"
    assert {line[0]: line[3] for line in lines[2:9] if len(line) == 7}[str(chair.person)] == HALL
    assert "Xã Tân Lập" in {line[3] for line in lines if len(line) == 7}


def test_the_record_of_one_hall_has_no_column_of_sites(room: Room) -> None:
    answer = room.at(State.LIVE).client(Role.SECRETARY).get(f"/hop/{room.meeting.ref}/bien-ban/csv/")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines[1]) == 6


def test_who_is_moved_during_the_session_is_present_at_the_new_site(places: Places) -> None:
    actions.note_arrival(places.secretary, target=places.neighbour.pk)
    actions.note_leaving(places.secretary, target=places.neighbour.pk)
    actions.note_arrival(places.secretary, target=places.neighbour.pk)
    places.place(places.neighbour, places.hall)
    stays = Attendance.objects.filter(seat=places.neighbour).order_by("pk")
    assert [stay.site for stay in stays] == [FAR, HALL]


def test_the_page_of_preparation_costs_the_same_whatever_the_number_of_sites(room: Room) -> None:
    client, address = room.client(Role.SECRETARY), f"/hop/{room.meeting.ref}/chuan-bi/"
    client.get(address)
    costs = []
    for count in (1, 3):
        while len(names(room.meeting)) < count:
            actions.add_site(room.seats[Role.SECRETARY], name=f"Điểm {len(names(room.meeting))}")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        assert page.count('class="sites__row"') == count
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_preparation_by_plain_forms(room: Room) -> None:
    client: Client = room.client(Role.SECRETARY)
    address = f"/hop/{room.meeting.ref}/chuan-bi"

    def act(what: str, **data: Any) -> Any:
        return client.post(
            f"{address}/{what}/", {"command": str(uuid.uuid4()), **data}, HTTP_HX_REQUEST="true"
        )

    assert "Nhiều điểm cầu" in client.get(f"{address}/").content.decode()
    assert act("add_site", name="  Điểm   một ").status_code == 200
    site = Site.objects.get()
    assert site.name == "Điểm một"
    assert "đã có điểm cầu" in act("add_site", name="Điểm một").content.decode()
    act("place_seat", target=room.seats[Role.DELEGATE].pk, site=site.pk, keeps="on")
    seat = Seat.objects.get(pk=room.seats[Role.DELEGATE].pk)
    assert (seat.site_id, seat.keeps_site) == (site.pk, True)
    assert "cán bộ điểm cầu" in client.get(f"{address}/").content.decode()
    act("place_seat", target=seat.pk, site="")
    seat.refresh_from_db()
    assert (seat.site_id, seat.keeps_site) == (None, False)


def test_a_stay_outside_a_meeting_of_sites_names_none(room: Room) -> None:
    room.at(State.LIVE)
    room.meeting.opened_at = room.meeting.opened_at - datetime.timedelta(hours=1)
    actions.arrive(room.seats[Role.DELEGATE])
    assert Attendance.objects.get().site == ""


PICK = st.integers(0, 99)


class Moving(RuleBasedStateMachine):
    """Sites come, go and change places while people are put there and their clerks note them."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.meeting = SeatFactory(role=Role.SECRETARY, meeting__state=State.PUBLISHED).meeting
        self.secretary = Seat.objects.get(meeting=self.meeting)
        self.people = [SeatFactory(meeting=self.meeting) for _ in range(4)]
        self.base = queries.quorum(self.meeting)
        for name, person in (("Một", 0), ("Hai", 1)):
            site = actions.add_site(self.secretary, name=name)["site"]
            target = self.people[person].pk
            actions.place_seat(self.secretary, target=target, site=site, keeps=True)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def site(self, which: int) -> int:
        sites = queries.sites_of(self.meeting)
        return sites[which % len(sites)].pk if sites else 0

    def press(self, act: str, **facts: Any) -> bool:
        try:
            with transaction.atomic():
                getattr(actions, act)(facts.pop("by", self.secretary), **facts)
        except (RuleBroken, Absent):
            return False
        return True

    @rule(name=st.sampled_from(["Một", "Hai", "Ba", "Bốn"]))
    def add(self, name: str) -> None:
        taken = {site.name for site in queries.sites_of(self.meeting)}
        assert self.press("add_site", name=name) == (name not in taken)

    @rule(which=PICK, position=st.integers(1, 6))
    def move(self, which: int, position: int) -> None:
        self.press("move_site", site=self.site(which), position=position)

    @rule(which=PICK)
    def remove(self, which: int) -> None:
        self.press("remove_site", site=self.site(which))

    @rule(who=PICK, which=PICK, keeps=st.booleans())
    def place(self, who: int, which: int, keeps: bool) -> None:
        self.press("place_seat", target=self.people[who % 4].pk, site=self.site(which) or None, keeps=keeps)

    @rule(by=PICK, who=PICK, act=st.sampled_from(["note_arrival", "note_leaving"]))
    def note(self, by: int, who: int, act: str) -> None:
        clerk, target = (Seat.objects.get(pk=self.people[which % 4].pk) for which in (by, who))
        if self.press(act, by=clerk, target=target.pk):
            assert clerk.keeps_site and clerk.site_id == target.site_id is not None

    @invariant()
    def everything_fits(self) -> None:
        sites = queries.sites_of(self.meeting)
        assert [site.position for site in sites] == list(range(1, len(sites) + 1))
        shown = projection.project_now(self.meeting.ref, "chair", {"sites"})[1]["sites"]
        assert [row["id"] for row in shown] == [site.pk for site in sites]
        seats = {seat.pk: seat for seat in Seat.objects.filter(meeting=self.meeting)}
        placed = {pk: row["id"] for row in shown for pk in row["seats"]}
        assert placed == {pk: seat.site_id for pk, seat in seats.items() if seat.site_id is not None}
        kept = {pk for row in shown for pk in row["clerks"]}
        assert kept == {pk for pk, seat in seats.items() if seat.keeps_site}
        names = {site.pk: site.name for site in sites}
        for stay in Attendance.objects.filter(meeting=self.meeting, left_at=None):
            site = seats[stay.seat_id or 0].site_id
            assert site is None or stay.site == names[site]
        now = queries.quorum(self.meeting)
        assert (now.of, now.need) == (self.base.of, self.base.need)


def test_sites_hold_together_whatever_is_pressed(db: None) -> None:
    run_state_machine_as_test(
        Moving,
        settings=settings(
            max_examples=6,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
