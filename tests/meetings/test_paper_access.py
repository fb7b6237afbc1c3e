"""Who may know of a paper and what they may do with it; what is taken away is gone with the next request."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from intranet.files import actions as files
from intranet.lib.errors import Absent, RuleBroken
from meetings import actions, queries, rules
from meetings.live import projection
from meetings.models import Level, LevelRule, Paper, Role, State
from meetings.rules import papers as paper_rules
from tests.factories.files import pdf
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room

ADDRESSES = [
    "",
    "?tai=1",
    "xem/",
    "xem.pdf",
    "thong-tin.json",
    "trang/1.webp?w=320",
    "trang/2.webp",
    "chu/1.json",
]
ADDRESSES += ["tim.json?q=han", "chu/1-2.json"]
TITLE = "Phương án bồi thường chưa công bố"


@pytest.fixture
def laid(room: Room) -> Iterator[Room]:
    """In session, the paper of item 2 a real document, restricted, with a title to look for."""
    room.at(State.LIVE)
    document = pdf(b"BT /F1 20 Tf 72 700 Td (Han che) Tj ET", b"BT /F1 20 Tf 72 700 Td (Trang hai) Tj ET")
    paper = room.closed_paper
    paper.stored_file = files.store(
        SeatFactory().person, file=io.BytesIO(document), name="phuong-an-boi-thuong.pdf"
    )
    paper.title = TITLE
    paper.save(update_fields=["stored_file", "title"])
    files.read_content(paper.stored_file.content)
    protect(room, level="restricted")
    yield room
    files.forget_pages_sent()


def protect(room: Room, **more: Any) -> None:
    facts = {"level": "restricted"} | more
    actions.protect_paper(room.seats[Role.SECRETARY], paper=room.closed_paper.pk, **facts)
    room.closed_paper.refresh_from_db()


def other_delegate(room: Room) -> Client:
    client = Client()
    client.force_login(SeatFactory(meeting=room.meeting).person)
    return client


def at(room: Room, address: str) -> str:
    return f"/tep/{room.closed_paper.stored_file.ref}/{address}"


def sections_of(room: Room, person: Any) -> dict[str, Any]:
    key = queries.audience_key(person, room.meeting.ref)
    assert key is not None
    assert queries.audience_keys([person.pk], room.meeting.ref) == {person.pk: key}
    return projection.project_now(room.meeting.ref, key)[1]


def test_restricted_paper_is_read_as_stamped_images_and_nothing_else(laid: Room) -> None:
    client = laid.client(Role.DELEGATE)
    facts = client.get(at(laid, "thong-tin.json")).json()
    assert (facts["source"], facts["stamped"], facts["offline_hours"]) == ("images", True, 2)
    assert facts["may"] == {"save": False, "copy": False, "print": False, "text": True}
    assert client.get(at(laid, "trang/1.webp"))["Cache-Control"] == "private, no-store"
    assert client.get(at(laid, "chu/1.json")).json()[0][4] == "Han che"
    for address in ("", "?tai=1", "xem.pdf"):
        assert client.get(at(laid, address)).status_code == 404
    assert 'href="' + at(laid, "") + '?tai=1"' not in client.get(at(laid, "xem/")).content.decode()


STRANGERS = ["observer", "hall", "not named", "invited elsewhere", "no seat", "unseated", "disabled"]


@pytest.fixture
def strangers(laid: Room) -> dict[str, Client]:
    """Everybody who may not know of the paper, once it is only for the delegate."""
    protect(laid, named_only=True, readers=[laid.seats[Role.DELEGATE].pk])
    gone = SeatFactory(meeting=laid.meeting)
    elsewhere = SeatFactory(meeting=laid.meeting, role=Role.INVITED)
    elsewhere.items.set([laid.items[0]])
    disabled = SeatFactory(meeting=laid.meeting)
    people = {"invited elsewhere": elsewhere.person, "unseated": gone.person, "disabled": disabled.person}
    people["no seat"] = SeatFactory().person
    clients = {name: Client() for name in people}
    for name, client in clients.items():
        client.force_login(people[name])
    actions.unseat(laid.seats[Role.CHAIR], target=gone.pk)
    disabled.person.is_active = False
    disabled.person.save()
    clients["observer"], clients["hall"] = laid.client(Role.OBSERVER), laid.client(Role.HALL)
    clients["not named"] = other_delegate(laid)
    return clients


@pytest.mark.parametrize("name", STRANGERS)
def test_every_address_is_absent_to_every_stranger_whatever_is_asked(
    laid: Room, strangers: dict[str, Client], name: str
) -> None:
    digest = laid.closed_paper.stored_file.content.digest
    wishes = [{}, {"Range": "bytes=0-9"}, {"If-None-Match": "*"}, {"If-None-Match": f'"{digest}"'}]
    client = strangers[name]
    for address in ADDRESSES:
        path = at(laid, address)
        nothing = path.replace(laid.closed_paper.stored_file.ref, "khongcogi234")
        for headers in wishes:
            for ask in (client.get, client.head):
                answer, absent = ask(path, headers=headers), ask(nothing, headers=headers)
                assert answer.status_code == absent.status_code == (302 if name == "disabled" else 404)
                assert answer.content == absent.content
                assert {"ETag", "Content-Range", "Accept-Ranges"}.isdisjoint(answer.headers)


def test_paper_for_named_readers_is_nowhere_for_the_others(laid: Room, strangers: dict[str, Client]) -> None:
    secretary, ref = laid.seats[Role.SECRETARY], laid.meeting.ref
    actions.show_page(secretary, paper=laid.closed_paper.pk, page=2)
    other = SeatFactory(meeting=laid.meeting)
    told, untold = (sections_of(laid, person) for person in (laid.seats[Role.DELEGATE].person, other.person))
    assert TITLE in str(told)
    assert told["stage"]["paper"] == laid.closed_paper.pk
    assert TITLE not in str(untold)
    assert laid.closed_paper.stored_file.ref not in str(untold)
    assert untold["stage"] == {}
    item = laid.items[1].pk
    counts = [
        next(row["papers"] for row in each["agenda"]["items"] if row["id"] == item) for each in (told, untold)
    ]
    assert counts == [2, 1]
    client = strangers["not named"]
    for path in (f"/hop/{ref}/", f"/hop/{ref}/phong/", f"/hop/{ref}/bien-ban/", "/hop/", "/"):
        assert TITLE not in client.get(path).content.decode()
    assert client.get(f"/hop/{ref}/tai-lieu/{laid.closed_paper.pk}/da-doc/").status_code == 404


def test_naming_readers_takes_away_and_never_adds(laid: Room) -> None:
    protect(laid, named_only=True, readers=[laid.seats[Role.OBSERVER].pk])
    assert laid.client(Role.OBSERVER).get(at(laid, "thong-tin.json")).status_code == 404
    assert laid.client(Role.DELEGATE).get(at(laid, "thong-tin.json")).status_code == 404
    assert laid.client(Role.CHAIR).get(at(laid, "thong-tin.json")).status_code == 200


def test_list_whose_last_reader_lost_the_seat_opens_nothing(laid: Room) -> None:
    protect(laid, named_only=True, readers=[laid.seats[Role.DELEGATE].pk])
    actions.unseat(laid.seats[Role.CHAIR], target=laid.seats[Role.DELEGATE].pk)
    assert not laid.closed_paper.readers.exists()
    assert other_delegate(laid).get(at(laid, "thong-tin.json")).status_code == 404


def test_what_is_withdrawn_while_it_is_read_is_gone_with_the_next_request(laid: Room) -> None:
    delegate = laid.seats[Role.DELEGATE]
    client = laid.client(Role.DELEGATE)
    assert client.get(at(laid, "trang/1.webp?w=320")).status_code == 200
    protect(laid, named_only=True, readers=[])
    assert client.get(at(laid, "trang/1.webp?w=320")).status_code == 404
    assert TITLE not in str(sections_of(laid, delegate.person))
    protect(laid)
    assert client.get(at(laid, "trang/1.webp?w=320")).status_code == 200
    assert rules.ACCESS in (queries.sections_since(laid.meeting.ref, 0) or {rules.ACCESS})


def test_papers_that_may_not_be_saved_or_printed_leave_as_images_only(laid: Room) -> None:
    client = laid.client(Role.DELEGATE)
    protect(laid, level="internal")
    facts = client.get(at(laid, "thong-tin.json")).json()
    assert (facts["source"], facts["may"]["save"], facts["stamped"]) == ("pdf", True, False)
    protect(laid, level="internal", no_saving=True)
    facts = client.get(at(laid, "thong-tin.json")).json()
    assert (facts["source"], facts["may"]) == (
        "images",
        {"save": False, "copy": False, "print": True, "text": True},
    )
    assert client.get(at(laid, "")).status_code == client.get(at(laid, "xem.pdf")).status_code == 404
    protect(laid, level="internal", no_printing=True)
    assert laid.closed_paper.no_saving
    assert client.get(at(laid, "thong-tin.json")).json()["may"]["print"] is False


def test_reader_without_a_seat_here_cannot_be_named(laid: Room) -> None:
    with pytest.raises(Absent):
        protect(laid, named_only=True, readers=[SeatFactory().pk])


def test_level_is_handled_as_its_newest_rule_says_and_strictest_without_one(room: Room) -> None:
    paper = Paper(level=Level.INTERNAL)
    LevelRule.objects.create(level="internal", valid_from="2026-11-01", offline_hours=3)
    LevelRule.objects.create(level="internal", valid_from="2100-01-01", offline_hours=9)
    assert queries.handling_of(paper).offline_hours == 3
    LevelRule.objects.filter(level="internal").delete()
    assert queries.handling_of(paper) == paper_rules.handling(paper, None)
    assert not queries.handling_of(paper).original
    assert queries.handling_of(paper).stamped


@pytest.mark.parametrize(
    "text",
    [
        *["Tuyệt mật", "TỐI MẬT - phương án", "toi_mat.pdf", "Báo cáo MẬT", "báo cáo mật về an ninh"],
        *["05/Mật-UBND", "tuyet-mat.docx", "Phụ lục (mật).pdf", "Tài liệu Mật"],
        "Ba\u0301o ca\u0301o ma\u0323\u0302t",
    ],
)
def test_state_secret_markings_are_recognised(text: str) -> None:
    assert paper_rules.is_state_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        *["Quy chế bảo mật thông tin", "Mật độ xây dựng", "Đổi mật khẩu", "Luật Bảo vệ bí mật nhà nước"],
        *[
            "Nghề nuôi ong lấy mật ong",
            "Báo cáo mặt bằng",
            "mat-bang.pdf",
            "Gặp mặt thân mật",
            "Xây dựng cơ mật viện",
        ],
        "Quy định về độ mật của tài liệu",
    ],
)
def test_words_that_only_sound_like_a_marking_are_let_pass(text: str) -> None:
    assert not paper_rules.is_state_secret(text)


def test_state_secrets_are_refused_and_nothing_of_them_is_kept(room: Room) -> None:
    from intranet.files.models import StoredFile

    before = StoredFile.objects.count()
    path = f"/hop/{room.meeting.ref}/chuan-bi/"
    import uuid

    from django.core.files.uploadedfile import SimpleUploadedFile

    def send(act: str, **data: Any) -> str:
        data |= {"command": str(uuid.uuid4())}
        answer = room.client(Role.SECRETARY).post(f"{path}{act}/", data)
        return answer.content.decode()

    paper = room.closed_paper
    file = SimpleUploadedFile("bao-cao-toi-mat.txt", b"x")
    for answer in (
        send("add_paper", item=room.items[0].pk, papers=file),
        send("rename_paper", paper=paper.pk, title="Báo cáo (Tối mật)"),
        send("protect_paper", paper=paper.pk, level="state"),
    ):
        assert str(paper_rules.STATE_SECRET) in answer.replace("&#x27;", "'")
    paper.refresh_from_db()
    assert (paper.title, paper.level, StoredFile.objects.count()) == ("Phương án đất kín", "internal", before)
    with pytest.raises(RuleBroken):
        actions.rename_paper(room.seats[Role.SECRETARY], paper=paper.pk, title="a", number="12/Mật-UBND")


def test_secretary_sees_who_read_which_pages(laid: Room) -> None:
    client = laid.client(Role.DELEGATE)
    for number in (1, 2):
        client.get(at(laid, f"trang/{number}.webp?w=320"))
    page = laid.client(Role.SECRETARY).get(f"/hop/{laid.meeting.ref}/tai-lieu/{laid.closed_paper.pk}/da-doc/")
    shown = page.content.decode()
    delegate = laid.seats[Role.DELEGATE].person
    assert str(delegate) in shown
    assert "1–2" in shown
    assert page["Cache-Control"] == "private, no-store"
    assert client.get(page.request["PATH_INFO"]).status_code == 404
    assert "reading is logged" not in str(sections_of(laid, delegate))
    row = next(row for row in sections_of(laid, delegate)["papers"] if row["id"] == laid.closed_paper.pk)
    assert row["logged"] is True
