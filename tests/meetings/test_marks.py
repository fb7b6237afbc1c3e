"""What readers draw on papers: theirs alone unless shared, kept once however often it is sent."""

import datetime
import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intranet.audit.models import Entry
from intranet.files.models import PageText
from meetings import actions, queries, rules, tasks
from meetings.live import projection
from meetings.models import Body, Mark, Revision, Role, SharedMarks, State
from tests.factories.meetings import PaperFactory, SeatFactory, stored_pdf
from tests.meetings.conftest import Room

SECRET = "lời riêng của tôi"


def stroke(**more: Any) -> dict[str, Any]:
    facts = {"id": str(uuid.uuid4()), "kind": "ink", "page": 1, "colour": "blue", "width": 1.4}
    return facts | {"points": [10, 20, 50, 30.26, 40, 60]} | more


def note(text: str = SECRET, **more: Any) -> dict[str, Any]:
    facts = {"id": str(uuid.uuid4()), "kind": "note", "page": 2, "colour": "yellow", "at": [500, 100]}
    return facts | {"text": text} | more


def keep(room: Room, role: str, *add: Any, paper: Any = None, **more: Any) -> dict[str, Any]:
    row = paper or room.open_paper
    seat = queries.seat_for(room.seats[role].person, room.meeting.ref)
    return actions.keep_marks(seat, paper=row.pk, file=row.stored_file.ref, add=add, **more)


def seen(room: Room, role: str, paper: Any = None) -> dict[str, Any]:
    answer = room.client(role).get(address(room), {"paper": (paper or room.open_paper).pk})
    return answer.json() if answer.status_code == 200 else {"status": answer.status_code}


def address(room: Room) -> str:
    return f"/hop/{room.meeting.ref}/danh-dau/"


def post(client: Client, room: Room, **batch: Any) -> Any:
    facts = {"paper": room.open_paper.pk, "file": room.open_paper.stored_file.ref} | batch
    return client.post(address(room), json.dumps(facts), content_type="application/json")


def section(room: Room, role: str) -> dict[str, int]:
    seat = queries.seat_for(room.seats[role].person, room.meeting.ref)
    key = rules.audience_of(seat.role, queries.invited_items(seat))
    _revision, sections = projection.project_now(room.meeting.ref, key, ["marks"])
    return sections["marks"]


def test_batch_is_kept_once_and_acknowledged_by_number(room: Room) -> None:
    room.at(State.LIVE)
    marks = [stroke() for _ in range(30)]
    first = post(room.client(Role.DELEGATE), room, add=marks).json()
    again = post(room.client(Role.DELEGATE), room, add=marks).json()
    assert first == again == {"stored": [mark["id"] for mark in marks], "erased": [], "refused": {}}
    assert Mark.objects.count() == 30
    own = seen(room, Role.DELEGATE)["own"]
    assert own[0]["points"] == [10, 20, 50, 30.3, 40, 60] and own[0]["page"] == 1


def test_marks_are_their_owners_alone(room: Room) -> None:
    """DC-10: no other seat, no log, no count, no change of the room, no admin screen, no export."""
    room.at(State.LIVE)
    entries, revisions = Entry.objects.count(), Revision.objects.count()
    keep(room, Role.DELEGATE, stroke(), note())
    for role in set(Role) - {Role.DELEGATE, Role.HALL}:
        answer = seen(room, role)
        assert answer["own"] == answer["shared"] == answer["left"] == []
        assert SECRET not in json.dumps(answer, ensure_ascii=False)
    assert (Entry.objects.count(), Revision.objects.count()) == (entries, revisions)
    assert section(room, Role.CHAIR) == section(room, Role.DELEGATE) == {}
    room.at(State.CLOSED)
    for page in ("", "bien-ban/", "bien-ban/in/"):
        assert (
            SECRET not in room.client(Role.SECRETARY).get(f"/hop/{room.meeting.ref}/{page}").content.decode()
        )
    from wagtail.snippets.models import get_snippet_models

    assert not {Mark, SharedMarks} & set(get_snippet_models())


def test_strangers_and_walls_have_no_marks(room: Room) -> None:
    room.at(State.LIVE)
    stranger = Client()
    stranger.force_login(SeatFactory().person)
    assert stranger.get(address(room), {"paper": room.open_paper.pk}).status_code == 404
    assert post(stranger, room, add=[stroke()]).status_code == 404
    assert post(room.client(Role.HALL), room, add=[stroke()]).status_code == 409
    assert seen(room, Role.OBSERVER, room.closed_paper) == {"status": 404}
    assert Mark.objects.count() == 0


def test_erased_mark_is_empty_and_stays_erased(room: Room) -> None:
    room.at(State.LIVE)
    mark, late = note(), stroke()
    keep(room, Role.DELEGATE, mark)
    keep(room, Role.DELEGATE, erase=[uuid.UUID(mark["id"]), uuid.UUID(late["id"])])
    answer = keep(room, Role.DELEGATE, mark, late)
    assert answer["stored"] == [mark["id"], late["id"]] and answer["refused"] == {}
    assert seen(room, Role.DELEGATE)["own"] == []
    row = Mark.objects.get(uuid=mark["id"])
    assert (row.text, row.folded, row.quote, row.shape, row.digest) == ("", "", "", {}, "")


def test_number_of_another_person_tells_nothing(room: Room) -> None:
    room.at(State.LIVE)
    mark = note()
    keep(room, Role.DELEGATE, mark)
    assert keep(room, Role.CHAIR, mark | {"text": "khác"})["stored"] == [mark["id"]]
    keep(room, Role.CHAIR, erase=[uuid.UUID(mark["id"])])
    assert [one["text"] for one in seen(room, Role.DELEGATE)["own"]] == [SECRET]


@pytest.mark.parametrize(
    "wrong",
    [
        stroke(page=0),
        stroke(page=99),
        stroke(page="1"),
        stroke(page=True),
        stroke(points=[1, 2]),
        stroke(points=[]),
        stroke(points=[1e9, 2, 3]),
        stroke(points=[float("nan"), 2, 3]),
        stroke(points=[1, 2, 300]),
        stroke(points=[1, 2, 3] * 4_001),
        stroke(width=99),
        stroke(colour="url(x)"),
        stroke(kind="script"),
        stroke(id="khong"),
        stroke(reach="person"),
        stroke(reach="world"),
        note(""),
        note("a" * 2_001),
        note(at=[1]),
        {"id": str(uuid.uuid4()), "kind": "highlight", "page": 1, "colour": "rose", "rects": [[5, 5, 1, 9]]},
        {"id": str(uuid.uuid4()), "kind": "stamp", "page": 1, "colour": "red", "at": [1, 1], "stamp": "x"},
        "không",
        None,
    ],
)
def test_mark_that_cannot_be_one_is_refused_alone(room: Room, wrong: Any) -> None:
    room.at(State.LIVE)
    good = stroke()
    answer = keep(room, Role.DELEGATE, wrong, good)
    assert answer["stored"] == [good["id"]] and len(answer["refused"]) == 1
    assert all(sentence.endswith(".") for sentence in answer["refused"].values())


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"paper": 1}', "[" * 100_000, '{"paper":1,"file":"x","erase":[1]}']
)
def test_request_that_is_no_batch_is_a_sentence(room: Room, body: str) -> None:
    room.at(State.LIVE)
    answer = room.client(Role.DELEGATE).post(address(room), body, content_type="application/json")
    assert answer.status_code == 409 and answer.json()["error"].endswith(".")


def test_marks_have_bounds_with_a_sentence(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.at(State.LIVE)
    monkeypatch.setattr("meetings.rules.marks.MOST_MARKS", 3)
    marks = [stroke() for _ in range(5)]
    answer = keep(room, Role.DELEGATE, *marks)
    assert len(answer["stored"]) == 3 and len(answer["refused"]) == 2
    assert keep(room, Role.DELEGATE, marks[0])["refused"] == {}, "what is kept is acknowledged again"
    keep(room, Role.DELEGATE, erase=[uuid.UUID(marks[0]["id"])])
    assert keep(room, Role.DELEGATE, stroke())["refused"] == {}


def test_right_that_is_lost_hides_own_marks_until_it_is_back(room: Room) -> None:
    room.at(State.LIVE)
    keep(room, Role.INVITED, stroke())
    room.seats[Role.INVITED].items.clear()
    assert seen(room, Role.INVITED) == {"status": 404}
    assert post(room.client(Role.INVITED), room, add=[stroke()]).status_code == 404
    assert queries.own_marks(room.seats[Role.INVITED].person) == []
    room.seats[Role.INVITED].items.add(room.items[1])
    assert len(seen(room, Role.INVITED)["own"]) == 1
    person = room.seats[Role.DELEGATE].person
    keep(room, Role.DELEGATE, stroke())
    actions.unseat(room.seats[Role.CHAIR], target=room.seats[Role.DELEGATE].pk)
    assert seen(room, Role.DELEGATE) == {"status": 404}
    SeatFactory(meeting=room.meeting, person=person)
    assert len(seen(room, Role.DELEGATE)["own"]) == 1


@pytest.mark.parametrize(
    ("reach", "readers"),
    [
        ("item", {Role.SECRETARY, Role.DELEGATE, Role.INVITED}),
        ("all", {Role.SECRETARY, Role.DELEGATE, Role.INVITED, Role.OBSERVER}),
        ("person", {Role.DELEGATE}),
    ],
)
def test_shared_marks_reach_those_they_are_for(room: Room, reach: str, readers: set[str]) -> None:
    room.at(State.LIVE)
    to = {"to": room.seats[Role.DELEGATE].pk} if reach == "person" else {}
    mark = note(reach=reach, **to)
    assert keep(room, Role.CHAIR, mark)["refused"] == {}
    others = set(Role) - {Role.CHAIR, Role.HALL}
    assert {role for role in others if seen(room, role)["shared"]} == readers
    assert seen(room, Role.DELEGATE)["shared"][0]["by"] == "Tên Chủ Toạ"
    told = {role for role in set(Role) if section(room, role)}
    assert told - {Role.CHAIR} == (set() if reach == "person" else readers)
    before = section(room, Role.DELEGATE)
    keep(room, Role.CHAIR, share=[([uuid.UUID(mark["id"])], "me", None)])
    assert not any(seen(room, role)["shared"] for role in others)
    if reach != "person":
        assert section(room, Role.DELEGATE) != before
    assert Entry.objects.filter(action__contains="mark").count() == 0


def test_sharing_is_for_those_who_take_part(room: Room) -> None:
    room.at(State.LIVE)
    assert keep(room, Role.OBSERVER, stroke(reach="all"))["refused"]
    to = room.seats[Role.OBSERVER].pk
    assert keep(room, Role.CHAIR, stroke(reach="person", to=to))["refused"]
    assert keep(room, Role.CHAIR, stroke(reach="person", to=SeatFactory().pk))["refused"]
    assert Mark.objects.count() == 0


def test_shared_mark_sent_again_is_no_second_change(room: Room) -> None:
    room.at(State.LIVE)
    mark = stroke(reach="all")
    keep(room, Role.CHAIR, mark)
    room.meeting.refresh_from_db()
    revision = room.meeting.revision
    keep(room, Role.CHAIR, mark)
    keep(room, Role.CHAIR, share=[([uuid.UUID(mark["id"])], "me", None)])
    keep(room, Role.CHAIR, share=[([uuid.UUID(mark["id"])], "me", None)])
    room.meeting.refresh_from_db()
    assert room.meeting.revision == revision + 1


def test_fetch_costs_the_same_for_one_and_for_many(room: Room, django_assert_num_queries: Any) -> None:
    room.at(State.LIVE)
    client = room.client(Role.DELEGATE)
    for reader in (Role.DELEGATE, Role.CHAIR):
        keep(room, reader, stroke(reach="all"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address(room), {"paper": room.open_paper.pk})
    with CaptureQueriesContext(connection) as few:
        client.get(address(room), {"paper": room.open_paper.pk})
    for reader in (Role.DELEGATE, Role.CHAIR):
        keep(room, reader, *(stroke(reach="all") for _ in range(3)))
    with django_assert_num_queries(len(few)):
        assert len(client.get(address(room), {"paper": room.open_paper.pk}).json()["shared"]) == 4


def test_own_marks_are_found_however_they_are_written(room: Room) -> None:
    room.at(State.LIVE)
    keep(room, Role.DELEGATE, note("Hỏi về Đất đai"), note("khác"))
    keep(room, Role.CHAIR, note("Hỏi về đất đai"))
    person = room.seats[Role.DELEGATE].person
    assert [mark.text for mark in queries.own_marks(person, text="dat DAI")] == ["Hỏi về Đất đai"]
    assert len(queries.own_marks(person, meeting=room.meeting.ref)) == 2


def test_forgotten_marks_are_gone_for_all(room: Room) -> None:
    room.at(State.LIVE)
    mark = note(reach="all")
    keep(room, Role.DELEGATE, mark, stroke())
    keep(room, Role.CHAIR, stroke())
    before = section(room, Role.CHAIR)
    actions.forget_marks(room.seats[Role.DELEGATE].person, room.meeting)
    assert seen(room, Role.CHAIR)["shared"] == [] and section(room, Role.CHAIR) != before
    assert seen(room, Role.DELEGATE)["own"] == [] and len(seen(room, Role.CHAIR)["own"]) == 1
    keep(room, Role.DELEGATE, mark)
    assert seen(room, Role.DELEGATE)["own"] == [], "a late repetition does not bring it back"


def test_body_lays_down_when_marks_are_deleted(room: Room) -> None:
    room.at(State.LIVE)
    keep(room, Role.DELEGATE, note())
    room.meeting.body = Body.objects.create(office=room.meeting.office, name="Hội đồng")
    room.meeting.save(update_fields=["body"])
    actions.set_marks_days(None, room.meeting.body, days=7)
    actions.close_meeting(room.seats[Role.CHAIR])
    tasks.delete_marks.func(room.meeting.pk)
    assert Mark.objects.exists(), "its day has not come"
    room.meeting.refresh_from_db()
    room.meeting.closed_at = timezone.now() - datetime.timedelta(days=8)
    room.meeting.save(update_fields=["closed_at"])
    tasks.delete_marks.func(room.meeting.pk)
    assert not Mark.objects.exists()
    assert keep(room, Role.DELEGATE, stroke())["refused"], "nothing is drawn that would stay for ever"


def test_marks_without_a_paper_wait_for_it(room: Room) -> None:
    room.at(State.LIVE)
    file = room.open_paper.stored_file
    keep(room, Role.DELEGATE, stroke())
    actions.remove_paper(room.seats[Role.CHAIR], paper=room.open_paper.pk)
    again = PaperFactory(item=room.items[1], stored_file=file)
    assert len(seen(room, Role.DELEGATE, again)["own"]) == 1
    other = PaperFactory(item=room.items[1], stored_file=stored_pdf(file.uploaded_by, name="khác.pdf"))
    assert seen(room, Role.DELEGATE, other)["own"] == []


def test_replaced_paper_keeps_what_was_drawn_where_its_pages_are_now(room: Room) -> None:
    """Also what a tablet drew on the old version and sends after it was replaced."""
    room.at(State.LIVE)
    paper = room.closed_paper
    old = written(paper.stored_file, "phần một", "phần hai", "phần ba")
    quote = "Nội dung của phần ba"
    marks = [stroke(page=1), stroke(page=2), stroke(page=3)]
    words = {"kind": "highlight", "colour": "yellow", "rects": [[72, 100, 200, 114]], "quote": quote}
    highlight = {"id": str(uuid.uuid4()), "page": 3} | words
    keep(room, Role.DELEGATE, *marks, highlight, paper=paper)
    new = stored_pdf(room.seats[Role.CHAIR].person, name="moi.pdf", pages=3)
    written(new, "trang thêm", "phần một", "phần ba đã sửa rất nhiều chữ và số, không còn như trước nữa")
    seat = queries.seat_for(room.seats[Role.DELEGATE].person, room.meeting.ref)
    actions.replace_paper(room.seats[Role.CHAIR], paper=paper.pk, stored_file=new)
    late = stroke(page=1)
    actions.keep_marks(seat, paper=paper.pk, file=old.ref, add=[late])
    answer = seen(room, Role.DELEGATE, paper)
    assert answer["file"] == new.ref
    assert {(one["id"], one["page"]) for one in answer["own"]} == {
        (marks[0]["id"], 2),
        (late["id"], 2),
        (highlight["id"], 3),
    }
    assert all(one["carried"] for one in answer["own"])
    assert {one["id"] for one in answer["left"]} == {marks[1]["id"], marks[2]["id"]}
    assert {one["file"] for one in answer["left"]} == {old.ref}


def written(file: Any, *pages: str) -> Any:
    """The file as if its words had been read: a line on each page."""
    for index, words in enumerate(pages):
        line = f"Nội dung của {words} gồm nhiều chữ"
        edges = [10.0 * at for at in range(len(line) + 1)]
        row = [72.0, 100.0, 72.0 + edges[-1], 114.0, line, edges]
        PageText.objects.create(content=file.content, index=index, lines=[row], engine="thử")
    return file
