"""The record: who reads what of it, the tables without formulas, the paper, the figures of a body."""

import csv
import datetime
import io
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from openpyxl import load_workbook

from intranet.lib.errors import Absent
from intranet.organization.models import Role as OfficeRole
from intranet.organization.models import RoleGrant
from meetings import actions, queries
from meetings.models import AgendaItem, Attendance, Body, BodyMember, Poll, PollForm, PollState, Role, State
from meetings.views import tables
from tests.factories.meetings import ItemFactory, SeatFactory
from tests.meetings.conftest import Room


@pytest.fixture
def held(room: Room) -> Room:
    """A session with everything the record tells of."""
    chair, secretary, delegate = (room.seats[role] for role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE))
    passed = ItemFactory(meeting=room.meeting, title="Việc thông qua ngay", kind="consent")
    actions.take_stance(delegate, item=passed.pk, answer="agrees")
    actions.open_meeting(chair)
    for seat in (chair, delegate):
        actions.arrive(seat)
    actions.adopt_consent(chair, items=[passed.pk])
    second = room.items[1].pk
    actions.go_to_item(chair, item=second, expected_item=None)
    speech = actions.ask_to_speak(delegate, kind="main")["speech"]
    actions.give_floor(chair, speech=speech, expected_speech=None)
    actions.end_speech(chair, speech=speech)
    actions.take_note(secretary, item=second, text="Kết luận của chủ trì.", version=0)
    actions.post_message(delegate, text="tin nhắn riêng tư")
    motion = actions.add_motion(secretary, item=second, title="Nghị quyết", text="Điều một.\nĐiều hai.")
    facts = {"motion": motion["motion"], "clause": "1", "kind": "change", "based_on": "Điều một."}
    amendment = actions.propose_amendment(delegate, text="Điều một mới.", **facts)["amendment"]
    actions.review_amendment(chair, amendment=amendment, admitted=True)
    actions.decide_amendment(chair, amendment=amendment, outcome="accepted", expected_state="proposed")
    return room


def page(room: Room, role: str, address: str = "") -> Any:
    return room.client(role).get(f"/hop/{room.meeting.ref}/bien-ban/{address}")


def test_the_record_is_for_members_from_the_opening_on(room: Room) -> None:
    assert page(room, Role.SECRETARY).status_code == 404
    room.at(State.LIVE)
    for role in Role.values:
        expected = 200 if role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE) else 404
        for address in ("", "in/", "xlsx/", "csv/"):
            assert page(room, role, address).status_code == expected, (role, address)
    assert page(room, Role.CHAIR, "pdf/").status_code == 404


def test_the_record_tells_what_happened_and_minutes_only_to_those_who_lead(held: Room) -> None:
    for address in ("", "in/", "csv/"):
        texts = {
            role: page(held, role, address).content.decode("utf-8-sig") for role in ("secretary", "delegate")
        }
        for text in texts.values():
            for word in ("Việc thông qua ngay", "Đại Biểu", "Điều một mới.", "Đất đai khu Bắc"):
                assert word in text, (address, word)
            assert "tin nhắn riêng tư" not in text
        assert "Kết luận của chủ trì." in texts["secretary"]
        assert "Kết luận của chủ trì." not in texts["delegate"]


def test_what_was_closed_stays_with_those_who_may(held: Room) -> None:
    """The record of members names the closed item; nobody else has a record at all."""
    AgendaItem.objects.filter(pk=held.items[2].pk).update(is_closed=True)
    assert "Ngân sách kín" in page(held, Role.DELEGATE).content.decode()
    for role in (Role.INVITED, Role.OBSERVER, Role.HALL):
        with pytest.raises(Absent):
            queries.recorded_seat_for(held.seats[role].person, held.meeting.ref)


EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "\ufeff=1", "|calc", "%x"]


@pytest.mark.parametrize("text", EVIL)
def test_no_text_becomes_a_formula(held: Room, text: str) -> None:
    AgendaItem.objects.filter(pk=held.items[1].pk).update(title=text, presenter=text)
    Attendance.objects.update(name=text)
    rows = list(csv.reader(io.StringIO(page(held, Role.CHAIR, "csv/").content.decode("utf-8-sig"))))
    found = [cell for row in rows for cell in row if text.strip() in cell]
    assert found
    for cell in [cell for row in rows for cell in row if not cell.isdecimal()]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "|", "%")), cell
        assert not cell.lstrip(" \ufeff").startswith("="), cell
    book = load_workbook(io.BytesIO(page(held, Role.CHAIR, "xlsx/").content))
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    assert [tables.safe(value) for value in (3, None, "Ngân sách - 2027", "a=b")] == [
        *(3, None, "Ngân sách - 2027", "a=b")
    ]
    assert tables.safe("một\x00hai") == "mộthai"


def test_a_workbook_has_a_sheet_for_each_table(held: Room) -> None:
    answer = page(held, Role.CHAIR, "xlsx/")
    assert answer["Content-Disposition"].startswith('attachment; filename="bien-ban-2026-11-24-')
    assert answer["Cache-Control"] == "private, no-store"
    book = load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 7
    attendance = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert "Tên Đại Biểu" in [row[0] for row in attendance]


@pytest.mark.parametrize(("withheld", "shown"), [("", True), ("few", False)])
def test_a_result_is_told_once_published_and_not_when_withheld(
    held: Room, withheld: str, shown: bool
) -> None:
    poll = Poll.objects.create(
        meeting=held.meeting,
        item=held.items[1],
        number=1,
        title="Bầu trưởng ban",
        form=PollForm.SECRET,
        options=[{"id": "1", "label": "Ông Bưởi"}],
        state=PollState.CLOSED,
        opened_at=timezone.now(),
        closed_at=timezone.now(),
        counts={"1": 4177},
        withheld=withheld,
    )
    assert "4177" not in page(held, Role.CHAIR, "csv/").content.decode()
    Poll.objects.filter(pk=poll.pk).update(state=PollState.PUBLISHED, published_at=timezone.now())
    for address in ("", "in/", "csv/"):
        text = page(held, Role.DELEGATE, address).content.decode()
        assert ("4177" in text) == shown, address
        assert "Bầu trưởng ban" in text


@pytest.mark.parametrize("form", ["named", "secret"])
def test_an_open_vote_tells_who_voted_how_once_published_and_a_secret_one_never(
    held: Room, form: str
) -> None:
    chair, secretary, delegate = (held.seats[role] for role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE))
    names = ("Ủy Nhiệm", "Sớm Sủa", "Vắng Hẳn", "Không Máy", "Lặng Im")
    giver, early, gone, without, silent = (
        SeatFactory(meeting=held.meeting, person__last_name="Tên", person__first_name=name) for name in names
    )
    poll = actions.add_poll(secretary, title="Chia tách thôn", item=held.items[1].pk, form=form)["poll"]
    actions.give_proxy(giver, holder=delegate.pk)
    until = timezone.now() + datetime.timedelta(hours=1)
    actions.open_early(secretary, poll=poll, targets=[early.pk], until=until)
    actions.cast_vote(early, poll=poll, choice="disagree", command=uuid.uuid4())
    for seat in (without, silent):
        actions.note_arrival(secretary, target=seat.pk)
    actions.open_poll(chair, poll=poll)
    actions.cast_vote(delegate, poll=poll, choice="agree", command=uuid.uuid4())
    actions.cast_vote(delegate, poll=poll, choice="none", target=giver.pk, command=uuid.uuid4())
    if form == "named":
        actions.record_vote(secretary, poll=poll, target=without.pk, choice="agree")
    else:
        actions.cast_vote(without, poll=poll, choice="agree", command=uuid.uuid4())
    actions.close_poll(chair, poll=poll)
    seat = queries.seat_for(delegate.person, held.meeting.ref)
    assert not any(row.named for row in queries.record_of(seat).items)
    actions.publish_poll(chair, poll=poll)
    (row,) = (row for row in queries.record_of(seat).items if row.polls)
    if form == "secret":
        assert row.named == {}
        assert "record__votes" not in page(held, Role.DELEGATE).content.decode()
        text = page(held, Role.DELEGATE, "csv/").content.decode()
        assert not any("Chia tách" in line and str(without.person) in line for line in text.splitlines())
        return
    told = {
        vote.voter.name: (tables.choice_words(row.polls[0], vote), tables.how_words(vote))
        for vote in row.named[poll]
    }
    assert told == {
        str(chair.person): ("không bỏ phiếu", ""),
        str(delegate.person): ("Tán thành", ""),
        str(giver.person): ("Không có ý kiến", f"theo ủy quyền: {delegate.person}"),
        str(early.person): ("Không tán thành", "trước phiên họp"),
        str(gone.person): ("vắng mặt", ""),
        str(without.person): ("Tán thành", f"do {secretary.person} ghi"),
        str(silent.person): ("không bỏ phiếu", ""),
    }
    for address in ("", "in/"):
        text = page(held, Role.DELEGATE, address).content.decode()
        assert f"{giver.person} (theo ủy quyền: {delegate.person})" in text
    rows = list(csv.reader(io.StringIO(page(held, Role.DELEGATE, "csv/").content.decode("utf-8-sig"))))
    assert [
        "2",
        "1",
        "Chia tách thôn",
        str(early.person),
        "",
        "1",
        "Không tán thành",
        "trước phiên họp",
    ] in rows


def test_the_paper_has_the_official_layout(held: Room) -> None:
    text = page(held, Role.SECRETARY, "in/").content.decode()
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BIÊN BẢN", "THƯ KÝ"):
        assert words in text


def test_a_record_costs_the_same_queries_whatever_was_said(
    held: Room, django_assert_max_num_queries: Any
) -> None:
    seat = queries.seat_for(held.seats[Role.SECRETARY].person, held.meeting.ref)
    with django_assert_max_num_queries(20):
        queries.record_of(seat)
    for number in range(3):
        actions.add_item(held.seats[Role.SECRETARY], title=f"Mục {number}")
        speech = actions.ask_to_speak(held.seats[Role.DELEGATE], kind="main")["speech"]
        actions.give_floor(held.seats[Role.CHAIR], speech=speech, expected_speech=None)
        actions.end_speech(held.seats[Role.CHAIR], speech=speech)
    with django_assert_max_num_queries(20):
        queries.record_of(seat)


def test_figures_of_a_body_are_for_those_who_keep_it(held: Room) -> None:
    body = Body.objects.create(office=held.meeting.office, name="Hội đồng")
    held.meeting.refresh_from_db()
    held.meeting.body = body
    held.meeting.save()
    since = datetime.date(2026, 1, 1)
    for role in (Role.DELEGATE, Role.SECRETARY):
        BodyMember.objects.create(body=body, person=held.seats[role].person, valid_from=since)
    figures = queries.statistics_of(body, 2026)
    rows = {row.name: row for row in figures["members"]}
    assert (rows["Tên Đại Biểu"].attended, rows["Tên Đại Biểu"].turns) == (1, 1)
    assert (rows["Tên Thư Ký"].invited, rows["Tên Thư Ký"].share) == (1, 0)
    assert (figures["share"], figures["consent"], len(figures["meetings"])) == (50, 1, 1)
    assert queries.statistics_of(body, 2025)["meetings"] == []
    address = f"/hop/co-quan/{body.ref}/thong-ke/"
    assert held.client(Role.CHAIR).get(address).status_code == 404
    role = OfficeRole.objects.create(code="giu", name="Giữ")
    role.permissions.add(Permission.objects.get(codename="keep_bodies"))
    RoleGrant.objects.create(
        person=held.seats[Role.CHAIR].person, role=role, office=body.office, valid_from=since
    )
    assert "Tên Đại Biểu" in held.client(Role.CHAIR).get(address).content.decode()
    assert held.client(Role.CHAIR).get(f"{address}?nam=99999").status_code == 200
