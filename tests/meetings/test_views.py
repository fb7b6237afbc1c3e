"""The desk screens: lists, convening, a meeting's page, preparation."""

import datetime
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intranet.files import rules as files
from intranet.organization.models import Role as OfficeRole
from intranet.organization.models import RoleGrant
from meetings import actions, forms
from meetings.models import AgendaItem, AgendaTemplate, AgendaTemplateItem, Meeting, Paper, Role, Seat, State
from tests.factories.meetings import ItemFactory, MeetingFactory, PaperFactory, SeatFactory
from tests.meetings.conftest import Room


def prepare(room: Room, act: str, by: str = Role.SECRETARY, **data: Any) -> Any:
    command = data.pop("command", uuid.uuid4())
    return room.client(by).post(f"/hop/{room.meeting.ref}/chuan-bi/{act}/", {"command": str(command), **data})


@pytest.fixture
def convener(db: None) -> Any:
    """Somebody who may convene for the office."""
    meeting = MeetingFactory()
    role = OfficeRole.objects.create(code="thu-ky", name="Thư ký")
    role.permissions.add(Permission.objects.get(codename="convene_meeting"))
    RoleGrant.objects.create(
        person=meeting.convened_by, role=role, office=meeting.office, valid_from=datetime.date(2020, 1, 1)
    )
    meeting.delete()
    return meeting


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


# ── Doors ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("address", ["", "chuan-bi/", "phong/"])
def test_a_stranger_finds_no_page_of_a_meeting(room: Room, address: str) -> None:
    stranger = signed_in(SeatFactory().person)
    assert stranger.get(f"/hop/{room.meeting.ref}/{address}").status_code == 404
    assert stranger.get(f"/hop/khong-co/{address}").status_code == 404
    assert Client().get(f"/hop/{room.meeting.ref}/{address}").status_code == 302


@pytest.mark.parametrize("act", forms.PREPARATION_FORMS)
@pytest.mark.parametrize("role", [Role.DELEGATE, Role.INVITED, Role.OBSERVER, Role.HALL])
def test_preparation_is_not_there_for_other_seats(room: Room, act: str, role: str) -> None:
    assert prepare(room, act, role).status_code == 404


def test_a_draft_is_not_there_for_those_who_do_not_prepare_it(room: Room) -> None:
    room.at(State.DRAFT)
    for role in Role.values:
        expected = 200 if role in (Role.CHAIR, Role.SECRETARY) else 404
        assert room.client(role).get(f"/hop/{room.meeting.ref}/").status_code == expected
    assert room.meeting.title not in room.client(Role.DELEGATE).get("/hop/").content.decode()


def test_a_disabled_account_has_no_seat(room: Room) -> None:
    client = room.client(Role.DELEGATE)
    person = room.seats[Role.DELEGATE].person
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert client.get(f"/hop/{room.meeting.ref}/").status_code in (302, 404)


# ── Lists ──────────────────────────────────────────────────────────────────
def test_the_list_is_sorted_by_when_it_matters(room: Room) -> None:
    person, now = room.seats[Role.DELEGATE].person, timezone.now()
    for state, days, title in [
        (State.LIVE, 0, "đang họp đây"),
        (State.PUBLISHED, 3, "sắp tới đây"),
        (State.CLOSED, -3, "đã họp đây"),
    ]:
        start = now + datetime.timedelta(days=days)
        meeting = MeetingFactory(title=title, state=state, starts_at=start, opened_at=start)
        SeatFactory(meeting=meeting, person=person)
    room.meeting.starts_at = now
    room.meeting.ends_at = now + datetime.timedelta(hours=1)
    room.meeting.save()
    page = room.client(Role.DELEGATE).get("/hop/")
    groups = {
        name: [seat.meeting.title for seat in page.context[name]]
        for name in ("live", "today", "upcoming", "past")
    }
    assert groups == {
        "live": ["đang họp đây"],
        "today": [room.meeting.title],
        "upcoming": ["sắp tới đây"],
        "past": ["đã họp đây"],
    }


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["/hop/", "/ban-lam-viec/"])
def test_the_list_costs_the_same_queries_for_one_and_for_three(room: Room, address: str) -> None:
    client, person = room.client(Role.DELEGATE), room.seats[Role.DELEGATE].person

    def add() -> None:
        meeting = MeetingFactory(state=State.LIVE, opened_at=timezone.now())
        SeatFactory(meeting=meeting, person=person)
        SeatFactory(meeting=meeting, role=Role.CHAIR)

    add()
    client.get(address)
    one = queries_of(client, address)
    add()
    add()
    assert queries_of(client, address) == one


@pytest.mark.parametrize("address", ["", "chuan-bi/", "phong/"])
def test_a_page_costs_the_same_queries_with_one_item_and_with_three(room: Room, address: str) -> None:
    client, address = room.client(Role.SECRETARY), f"/hop/{room.meeting.ref}/{address}"

    def add() -> None:
        PaperFactory(item=ItemFactory(meeting=room.meeting))
        SeatFactory(meeting=room.meeting, role=Role.INVITED)

    add()
    client.get(address)
    one = queries_of(client, address)
    add()
    add()
    assert queries_of(client, address) == one <= 29


def test_empty_lists_say_what_comes(db: None) -> None:
    page = signed_in(MeetingFactory().convened_by).get("/hop/").content.decode()
    assert "Triệu tập cuộc họp" not in page
    assert page.count("empty__title") == 1


# ── Convening ──────────────────────────────────────────────────────────────
DETAILS = {"title": "Giao ban", "day": "1/12/2026", "starts": "8h00", "ends": "10.30", "place": "Phòng 1"}


def test_convening_makes_a_draft_from_the_template(convener: Any) -> None:
    template = AgendaTemplate.objects.create(name="Thường kỳ")
    top = AgendaTemplateItem.objects.create(template=template, position=1, title="Khai mạc", minutes=10)
    AgendaTemplateItem.objects.create(template=template, position=1, title="Chào cờ", parent=top)
    AgendaTemplateItem.objects.create(template=template, position=2, title="Kết luận")
    client = signed_in(convener.convened_by)
    data = {**DETAILS, "office": convener.office_id, "template": template.pk, "command": str(uuid.uuid4())}
    first = client.post("/hop/moi/", data)
    again = client.post("/hop/moi/", data)
    meeting = Meeting.objects.get()
    assert first.url == again.url == f"/hop/{meeting.ref}/chuan-bi/"
    assert timezone.localtime(meeting.ends_at).strftime("%d/%m/%Y %H:%M") == "01/12/2026 10:30"
    assert list(meeting.items.filter(parent=None).values_list("title", "position")) == [
        ("Khai mạc", 1),
        ("Kết luận", 2),
    ]
    assert meeting.items.get(parent__title="Khai mạc").title == "Chào cờ"
    assert Seat.objects.get(meeting=meeting).role == Role.SECRETARY


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"day": "mai"}, {"starts": "sáng"}, {"ends": "07:00"}, {"place": ""}, {"office": 0}],
)
def test_what_was_typed_is_kept_on_an_error(convener: Any, wrong: dict[str, Any]) -> None:
    data = {**DETAILS, "office": convener.office_id, "command": str(uuid.uuid4()), **wrong}
    page = signed_in(convener.convened_by).post("/hop/moi/", data)
    assert page.status_code == 400
    for name, value in DETAILS.items():
        if name not in wrong:
            assert f'value="{value}"' in page.content.decode()
    assert not Meeting.objects.exists()


def test_convening_is_not_there_without_the_right(room: Room) -> None:
    assert room.client(Role.CHAIR).get("/hop/moi/").status_code == 404
    assert room.client(Role.CHAIR).post("/hop/moi/", DETAILS).status_code == 404


# ── Preparation ────────────────────────────────────────────────────────────
def test_the_agenda_is_edited_by_plain_posts(room: Room) -> None:
    command = uuid.uuid4()
    for _twice in range(2):
        answer = prepare(room, "add_item", command=command, title="Mục mới", minutes="15")
        assert answer.url == f"/hop/{room.meeting.ref}/chuan-bi/#agenda"
    item = AgendaItem.objects.get(title="Mục mới")
    assert item.position == 4
    prepare(room, "edit_item", item=item.pk, title="Mục đổi", minutes="")
    prepare(room, "move_item", item=item.pk, position=1)
    item.refresh_from_db()
    assert (item.title, item.minutes, item.position) == ("Mục đổi", 0, 1)
    prepare(room, "move_item", item=item.pk, parent=room.items[2].pk, position=1)
    item.refresh_from_db()
    assert (item.parent_id, item.position) == (room.items[2].pk, 1)
    prepare(room, "remove_item", item=room.items[0].pk)
    tops = AgendaItem.objects.filter(meeting=room.meeting, parent=None).order_by("position")
    assert list(tops.values_list("title", "position")) == [("Đất đai khu Bắc", 1), ("Ngân sách kín", 2)]


def test_a_refused_item_is_shown_again_as_typed(room: Room) -> None:
    answer = prepare(
        room, "edit_item", item=room.items[0].pk, title="", presenter="Phòng Nội vụ", minutes="9999"
    )
    assert answer.status_code == 400
    assert 'value="Phòng Nội vụ"' in answer.content.decode()
    assert 'value="9999"' in answer.content.decode()


def test_there_is_one_level_of_sub_items(room: Room) -> None:
    _first, second, third, sub = room.items
    assert prepare(room, "add_item", title="Quá sâu", parent=sub.pk).status_code == 400
    assert prepare(room, "move_item", item=third.pk, parent=second.pk, position=1).status_code == 400
    assert prepare(room, "move_item", item=second.pk, parent=second.pk, position=1).status_code == 400


def test_an_item_taken_up_in_session_stays_where_it_is(room: Room) -> None:
    room.at(State.LIVE)
    actions.go_to_item(room.seats[Role.CHAIR], item=room.items[0].pk, expected_item=None)
    assert prepare(room, "move_item", item=room.items[0].pk, position=2).status_code == 400
    assert prepare(room, "remove_item", item=room.items[0].pk).status_code == 400
    assert prepare(room, "remove_item", item=room.items[1].pk).status_code == 302


def test_several_papers_are_laid_at_once_and_each_refusal_is_named(room: Room) -> None:
    files = [
        SimpleUploadedFile("bao-cao.txt", "Báo cáo".encode()),
        SimpleUploadedFile("virus.exe", b"MZ\x90\x00" + b"\x00" * 100),
        SimpleUploadedFile("phu-luc.txt", "Phụ lục".encode()),
    ]
    command = uuid.uuid4()
    answer = prepare(room, "add_paper", command=command, item=room.items[0].pk, papers=files)
    assert answer.status_code == 400
    assert "virus.exe" in answer.content.decode()
    titles = Paper.objects.filter(item=room.items[0]).order_by("position").values_list("title", flat=True)
    assert list(titles) == ["bao-cao", "phu-luc"]
    for file in files:
        file.seek(0)
    prepare(room, "add_paper", command=command, item=room.items[0].pk, papers=files)
    assert Paper.objects.filter(item=room.items[0]).count() == 2


def test_a_paper_is_renamed_moved_replaced_and_removed(room: Room) -> None:
    paper = room.closed_paper
    prepare(room, "rename_paper", paper=paper.pk, title="Tên mới", number="9/BC")
    prepare(room, "protect_paper", paper=paper.pk, level="normal")
    prepare(room, "move_paper", paper=paper.pk, position=1)
    prepare(room, "replace_paper", paper=paper.pk, file=SimpleUploadedFile("moi.txt", "mới".encode()))
    paper.refresh_from_db()
    assert (paper.title, paper.number, paper.level, paper.position) == ("Tên mới", "9/BC", "normal", 1)
    assert paper.stored_file.name == "moi.txt"
    prepare(room, "remove_paper", paper=paper.pk)
    assert list(Paper.objects.filter(item=room.items[1]).values_list("position", flat=True)) == [1]


def test_people_are_found_without_diacritics_and_seated_once(room: Room) -> None:
    person = SeatFactory(person__last_name="Đặng Thị", person__first_name="Hường").person
    client = room.client(Role.SECRETARY)
    page = client.get(f"/hop/{room.meeting.ref}/chuan-bi/?tim=dang+huong")
    assert "Đặng Thị Hường" in page.content.decode()
    assert prepare(room, "seat_person", person=person.pk, role="delegate").status_code == 302
    assert prepare(room, "seat_person", person=person.pk, role="delegate").status_code == 400
    assert "Đặng Thị Hường" not in str(
        client.get(f"/hop/{room.meeting.ref}/chuan-bi/?tim=dang+huong").context["found"]
    )


def test_a_meeting_keeps_one_chair_and_a_secretary(room: Room) -> None:
    delegate, secretary = room.seats[Role.DELEGATE], room.seats[Role.SECRETARY]
    assert prepare(room, "change_role", target=delegate.pk, role="chair").status_code == 400
    assert prepare(room, "unseat", target=secretary.pk).status_code == 400
    assert prepare(room, "change_role", target=secretary.pk, role="delegate").status_code == 400
    answer = prepare(room, "change_role", target=delegate.pk, role="invited", items=[room.items[0].pk])
    assert answer.status_code == 302
    delegate.refresh_from_db()
    assert (delegate.role, [item.pk for item in delegate.items.all()]) == ("invited", [room.items[0].pk])


def test_convening_waits_for_what_is_missing_and_tells_which(room: Room) -> None:
    room.at(State.DRAFT)
    room.seats[Role.CHAIR].delete()
    answer = prepare(room, "publish")
    assert answer.status_code == 400
    checks = {code: done for code, _sentence, done in answer.context["checks"]}
    assert checks == {"items": True, "chair": False, "delegates": True}
    delegate = room.seats[Role.DELEGATE]
    SeatFactory(meeting=room.meeting)
    actions.change_role(room.seats[Role.SECRETARY], target=delegate.pk, role=Role.CHAIR)
    assert prepare(room, "publish").status_code == 302
    room.meeting.refresh_from_db()
    assert room.meeting.state == State.PUBLISHED


def test_htmx_gets_only_the_part_that_changed(room: Room) -> None:
    answer = room.client(Role.SECRETARY).post(
        f"/hop/{room.meeting.ref}/chuan-bi/add_item/",
        {"command": str(uuid.uuid4()), "title": "Qua htmx"},
        headers={"HX-Request": "true"},
    )
    html = answer.content.decode()
    assert "Qua htmx" in html
    assert "<html" not in html
    assert 'id="details"' not in html


def test_a_paper_being_read_asks_again_and_a_refused_one_says_why(room: Room) -> None:
    content = room.closed_paper.stored_file.content
    address = f"/hop/{room.meeting.ref}/chuan-bi/?muc={room.items[1].pk}"
    client = room.client(Role.SECRETARY)
    assert "every 2s" not in client.get(address).content.decode()
    content.state, content.reason = "waiting", "converting"
    content.save()
    page = client.get(address).content.decode()
    assert "every 2s" in page
    assert files.sentence("converting") in page
    content.state, content.reason, content.stripped = "ready", "no_office", ["scripts"]
    content.save()
    page = client.get(address).content.decode()
    assert files.sentence("no_office") in page
    assert files.told_of(["scripts"])[0] in page
    content.state, content.reason = "refused", "password"
    content.save()
    page = client.get(address).content.decode()
    assert "every 2s" not in page
    assert "papers__refused" in page


def test_a_closed_meeting_offers_nothing_to_change(room: Room) -> None:
    room.at(State.CLOSED)
    page = room.client(Role.SECRETARY).get(f"/hop/{room.meeting.ref}/chuan-bi/")
    assert "prepare_act" not in page.content.decode()
    assert "/chuan-bi/add_item/" not in page.content.decode()


# ── A meeting's page ───────────────────────────────────────────────────────
@pytest.mark.parametrize("role", Role.values)
def test_the_page_shows_each_seat_what_its_audience_sees(room: Room, role: str) -> None:
    page = room.client(role).get(f"/hop/{room.meeting.ref}/").content.decode()
    assert "Đất đai khu Bắc" in page
    assert ("Ngân sách kín" in page) == (role != Role.INVITED)
    assert ("Phương án đất kín" in page) == (role not in (Role.OBSERVER, Role.HALL))
    assert ("Phụ lục ngân sách kín" in page) == (role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE))
    assert ("/chuan-bi/" in page) == (role in (Role.CHAIR, Role.SECRETARY))
