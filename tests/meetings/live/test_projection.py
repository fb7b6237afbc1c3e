"""The law: older snapshot + changes since = snapshot now, for every act and every seat."""

import datetime
import itertools
import uuid
from collections.abc import Iterator

import pytest
from django.utils import timezone

from meetings import actions, queries, rules
from meetings.live import projection
from meetings.models import Body, BodyMember, HallPlace, Role, Seat, State
from tests.factories.meetings import MeetingFactory, PaperFactory, SeatFactory, stored_pdf
from tests.factories.organization import PersonFactory
from tests.meetings.conftest import Room

EVERY_ACT = {
    *rules.MAY,
    "note_presence",
    "note_content_read",
    "keep_marks",
    "forget_marks",
}


def play(room: Room) -> Iterator[str]:
    """Every act once at least, from draft to close; yields the name of each after it was done."""
    chair, secretary, delegate = (room.seats[role] for role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE))
    invited = room.seats[Role.INVITED]
    first, second, third, sub = room.items
    room.at(State.DRAFT)
    ref = room.meeting.ref
    actions.edit_details(
        secretary,
        title="Phiên họp đổi tên",
        place="Hội trường",
        starts_at=room.meeting.starts_at,
        ends_at=room.meeting.ends_at,
    )
    yield "edit_details"
    added = actions.add_item(secretary, title="Mục thêm bí ẩn", presenter="Ai đó", minutes=5)["item"]
    yield "add_item"
    sub_added = actions.add_item(secretary, title="Mục con thêm", minutes=5, parent=second.pk)["item"]
    yield "add_item"
    actions.edit_item(secretary, item=added, title="Mục thêm sửa", minutes=7)
    yield "edit_item"
    actions.move_item(secretary, item=added, position=1)
    yield "move_item"
    actions.move_item(secretary, item=sub_added, position=1, parent=third.pk)
    yield "move_item"
    actions.seat_body(secretary, body=standing_body(room))
    yield "seat_body"
    yield from several_sites(room)
    actions.publish(secretary)
    yield "publish"
    actions.postpone_meeting(
        chair,
        reason="bão số 9",
        starts_at=room.meeting.starts_at + datetime.timedelta(days=1),
        ends_at=room.meeting.ends_at + datetime.timedelta(days=1),
    )
    yield "postpone_meeting"
    stored = stored_pdf(secretary.person, name="moi.pdf", pages=5)
    paper = actions.add_paper(secretary, item=second.pk, stored_file=stored, title="Giấy mới kín")["paper"]
    yield "add_paper"
    actions.rename_paper(secretary, paper=paper, title="Giấy mới mở", number="7/TTr")
    yield "rename_paper"
    actions.protect_paper(secretary, paper=paper, level="normal")
    yield "protect_paper"
    actions.move_paper(secretary, paper=paper, position=1)
    yield "move_paper"
    guest = SeatFactory(role=Role.OBSERVER).person
    target = actions.seat_person(secretary, person=guest, role=Role.OBSERVER)["seat"]
    yield "seat_person"
    actions.change_role(chair, target=target, role=Role.INVITED, items=[first.pk])
    yield "change_role"
    actions.note_presence(ref, "p1", [chair.person_id, delegate.person_id, guest.pk])
    yield "note_presence"
    passed = actions.add_item(secretary, title="Mục thông qua ngay", kind="consent")["item"]
    yield "add_item"
    actions.take_stance(delegate, item=passed, answer="agrees")
    yield "take_stance"
    debated = actions.add_item(secretary, title="Mục thông qua cần bàn", kind="consent")["item"]
    actions.take_stance(delegate, item=debated, answer="objects", reason="lý do bất đồng")
    yield "take_stance"
    actions.open_meeting(chair)
    yield "open_meeting"
    yield from adopt_in_one_act(room, passed)
    actions.go_to_item(chair, item=first.pk, expected_item=None)
    yield "go_to_item"
    actions.post_message(delegate, text="lời riêng mục một")
    yield "post_message"
    actions.go_to_item(chair, item=second.pk, expected_item=first.pk)
    yield "go_to_item"
    actions.post_message(invited, text="lời của khách")
    yield "post_message"
    yield from take_the_floor(room)
    yield from decide(room)
    yield from come_and_go(room)
    yield from move_and_amend(room)
    actions.show_page(chair, paper=paper, page=2)
    yield "show_page"
    yield from draw_on_papers(room)
    named = {"named_only": True, "readers": [delegate.pk]}
    actions.protect_paper(secretary, paper=paper, level="restricted", **named)
    yield "protect_paper"
    actions.rename_paper(secretary, paper=paper, title="Giấy đóng lại")
    yield "rename_paper"
    actions.replace_paper(secretary, paper=paper, stored_file=stored_pdf(secretary.person, name="thay.pdf"))
    yield "replace_paper"
    actions.restore_paper(secretary, paper=paper, version=1)
    yield "restore_paper"
    actions.note_content_read(stored.content_id)
    actions.note_content_read(room.closed_paper.stored_file.content_id)
    yield "note_content_read"
    actions.take_note(secretary, item=second.pk, text="ghi chép mật", version=0)
    yield "take_note"
    actions.show_page(chair, paper=room.open_paper.pk, page=3)
    yield "show_page"
    actions.stop_showing(chair)
    yield "stop_showing"
    actions.show_page(chair, paper=room.closed_paper.pk, page=1)
    yield "show_page"
    actions.remove_paper(secretary, paper=room.closed_paper.pk)
    yield "remove_paper"
    actions.remove_item(secretary, item=added)
    yield "remove_item"
    actions.go_to_item(chair, item=sub.pk, expected_item=second.pk)
    yield "go_to_item"
    yield from behind_closed_doors(room)
    yield from small_signs(room)
    actions.unseat(chair, target=target)
    yield "unseat"
    actions.unseat(secretary, target=delegate.pk)
    yield "unseat"
    actions.note_presence(ref, "p1", [])
    yield "note_presence"
    actions.close_meeting(chair)
    yield "close_meeting"
    room.at(State.PUBLISHED)
    actions.cancel_meeting(secretary, reason="lý do riêng")
    yield "cancel_meeting"


def draw_on_papers(room: Room) -> Iterator[str]:
    """For oneself, for one, for those of the item, for all; shared later, erased, forgotten."""
    chair, delegate = room.seats[Role.CHAIR], room.seats[Role.DELEGATE]
    for paper in (room.open_paper, room.closed_paper):
        where = {"paper": paper.pk, "file": paper.stored_file.ref}
        mark = {"kind": "note", "page": 1, "colour": "blue", "at": [9, 9], "text": "bí mật riêng tư"}
        numbers = []
        for reach in ({}, {"reach": "person", "to": chair.pk}, {"reach": "item"}, {"reach": "all"}):
            numbers.append(uuid.uuid4())
            actions.keep_marks(delegate, **where, add=[mark | {"id": str(numbers[-1])} | reach])
            if reach:  # what is private is no change of the room
                yield "keep_marks"
        actions.keep_marks(delegate, **where, share=[(numbers, "all", None)])
        yield "keep_marks"
        actions.keep_marks(delegate, **where, erase=numbers[2:])
        yield "keep_marks"
    actions.forget_marks(delegate.person, room.meeting)
    yield "forget_marks"


def several_sites(room: Room) -> Iterator[str]:
    """Three places, one of which is taken away again with those who sit there."""
    secretary, delegate = room.seats[Role.SECRETARY], room.seats[Role.DELEGATE]
    names = ("Hội trường", "Điểm xa", "Điểm bỏ")
    sites = []
    for name in names:
        sites.append(actions.add_site(secretary, name=name)["site"])
        yield "add_site"
    actions.rename_site(secretary, site=sites[1], name="Điểm cầu xã")
    yield "rename_site"
    actions.move_site(secretary, site=sites[2], position=1)
    yield "move_site"
    actions.place_office(secretary, site=sites[2], office=room.meeting.office_id)
    yield "place_office"
    actions.place_seat(secretary, target=delegate.pk, site=sites[1], keeps=True)
    yield "place_seat"
    actions.place_seat(secretary, target=room.seats[Role.OBSERVER].pk, site=sites[2])
    yield "place_seat"
    actions.remove_site(secretary, site=sites[2])
    yield "remove_site"


def adopt_in_one_act(room: Room, item: int) -> Iterator[str]:
    """Everybody with a vote is here for a moment and adopts what nobody objects to."""
    chair = room.seats[Role.CHAIR]
    voters = list(Seat.objects.filter(meeting=room.meeting, votes=True))
    for seat in voters:
        actions.note_arrival(chair, target=seat.pk)
    actions.adopt_consent(chair, items=[item])
    yield "adopt_consent"
    for seat in voters:
        actions.note_leaving(chair, target=seat.pk)


def move_and_amend(room: Room) -> Iterator[str]:
    """A motion is written, amended, advised on, decided; another one is withdrawn."""
    chair, secretary, delegate = (room.seats[role] for role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE))
    item = room.items[2].pk
    motion = actions.add_motion(secretary, item=item, title="Nghị quyết mật", text="Điều mật một.")["motion"]
    yield "add_motion"
    text = "Điều mật một.\nĐiều mật hai."
    actions.edit_motion(secretary, motion=motion, title="Nghị quyết mật", text=text, version=1)
    yield "edit_motion"
    amendments = []
    for words in ("Điều mật đổi.", "Điều mật khác."):
        facts = {"motion": motion, "clause": "1", "kind": "change", "based_on": "Điều mật một."}
        amendments.append(actions.propose_amendment(delegate, text=words, **facts)["amendment"])
        yield "propose_amendment"
        actions.review_amendment(chair, amendment=amendments[-1], admitted=True)
        yield "review_amendment"
    actions.recommend_amendment(secretary, amendment=amendments[0], recommendation="adopt", advice="nên")
    yield "recommend_amendment"
    actions.decide_amendment(chair, amendment=amendments[0], outcome="adopted", expected_state="proposed")
    yield "decide_amendment"
    actions.withdraw_amendment(delegate, amendment=amendments[1])
    yield "withdraw_amendment"
    actions.decide_motion(chair, motion=motion, outcome="voting", expected_state="proposed")
    yield "decide_motion"
    other = actions.add_motion(secretary, item=room.items[1].pk, title="Ý kiến", text="Rút.")["motion"]
    actions.withdraw_motion(secretary, motion=other)
    yield "withdraw_motion"
    waiting = []
    for words in ("Kiến nghị chờ tiếp nhận", "Kiến nghị chờ rồi rút", "Kiến nghị được nhận"):
        waiting.append(actions.add_motion(delegate, item=item, title=words, text=f"{words}.")["motion"])
        yield "add_motion"
    actions.review_motion(secretary, motion=waiting[0], admitted=False, reason="trả lại vì thiếu căn cứ")
    yield "review_motion"
    actions.withdraw_motion(delegate, motion=waiting[1])
    yield "withdraw_motion"
    actions.review_motion(chair, motion=waiting[2], admitted=True)
    yield "review_motion"


def standing_body(room: Room) -> Body:
    """A body of the meeting's office with one member."""
    body = Body.objects.create(office=room.meeting.office, name="Ban bí ẩn")
    BodyMember.objects.create(body=body, person=PersonFactory(), valid_from=datetime.date(2026, 1, 1))
    return body


def decide(room: Room) -> Iterator[str]:
    """A motion is voted on openly, then secretly; one is voted on early and void, one counted by hand."""
    chair, secretary, delegate = (room.seats[role] for role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE))
    third_part = {"quorum_numerator": 1, "quorum_denominator": 3}
    second, third = room.items[1], room.items[2]

    def cast(seat: Seat, poll: int, choice: str, **more: int) -> None:
        actions.cast_vote(seat, poll=poll, choice=choice, command=uuid.uuid4(), **more)
        actions.show_progress(room.meeting.pk)

    actions.set_voting(chair, target=secretary.pk, votes=True)
    yield "set_voting"
    other, away = (
        Seat.objects.get(pk=actions.seat_person(chair, person=SeatFactory().person)["seat"]) for _ in range(2)
    )
    poll = actions.add_poll(secretary, title="Dự thảo chưa ai biết", item=third.pk, **third_part)["poll"]
    yield "add_poll"
    actions.edit_poll(secretary, poll=poll, title="Thông qua dự toán", item=third.pk, **third_part)
    yield "edit_poll"
    actions.give_proxy(chair, giver=other.pk, holder=delegate.pk, basis="Giấy 5/GUQ")
    yield "give_proxy"
    for seat in (chair, secretary, delegate):
        actions.arrive(seat)
    actions.open_poll(chair, poll=poll, seconds=600)
    yield "open_poll"
    for seat, choice, more in [
        (delegate, "disagree", {}),
        (delegate, "agree", {"target": other.pk}),
        (chair, "agree", {}),
    ]:
        cast(seat, poll, choice, **more)
        yield "cast_vote"
    actions.record_vote(secretary, poll=poll, target=secretary.pk, choice="agree")
    yield "record_vote"
    actions.close_poll(chair, poll=poll)
    yield "close_poll"
    actions.publish_poll(chair, poll=poll)
    yield "publish_poll"
    actions.end_proxy(chair, giver=other.pk)
    yield "end_proxy"
    again = actions.repeat_poll(chair, poll=poll)["poll"]
    yield "repeat_poll"
    actions.edit_poll(chair, poll=again, title="Bỏ phiếu kín", item=second.pk, form="secret", **third_part)
    actions.open_poll(chair, poll=again)
    for seat, choice in [(delegate, "disagree"), (chair, "agree"), (secretary, "agree")]:
        cast(seat, again, choice)
        yield "cast_vote"
    actions.close_poll(secretary, poll=again)
    yield "close_poll"
    actions.publish_poll(secretary, poll=again)
    yield "publish_poll"
    early = actions.add_poll(chair, title="Bầu sớm", kind="election", options=["Ông A", "Bà B"])["poll"]
    actions.open_early(
        chair, poll=early, targets=[away.pk], until=timezone.now() + datetime.timedelta(hours=1)
    )
    yield "open_early"
    cast(away, early, "2")
    yield "cast_vote"
    actions.void_poll(chair, poll=early, reason="sai danh sách")
    yield "void_poll"
    hand = actions.add_poll(chair, title="Giơ tay", form="hand", **third_part)["poll"]
    actions.open_poll(chair, poll=hand)
    actions.enter_totals(secretary, poll=hand, totals={"agree": 2, "none": 1}, votes=3)
    yield "enter_totals"
    actions.close_poll(chair, poll=hand)
    draft = actions.add_poll(chair, title="Bỏ đi")["poll"]
    actions.move_poll(chair, poll=actions.add_poll(chair, title="Lên đầu")["poll"], position=1)
    yield "move_poll"
    actions.remove_poll(chair, poll=draft)
    yield "remove_poll"


def take_the_floor(room: Room) -> Iterator[str]:
    """Somebody asks, is moved, speaks, is given time, ends; another withdraws; a third is still speaking."""
    chair, delegate, invited = (room.seats[role] for role in (Role.CHAIR, Role.DELEGATE, Role.INVITED))
    first = actions.ask_to_speak(delegate, kind="main")["speech"]
    yield "ask_to_speak"
    second = actions.ask_to_speak(invited, kind="answer")["speech"]
    yield "ask_to_speak"
    third = actions.add_speaker(chair, target=chair.pk, kind="order")["speech"]
    yield "add_speaker"
    actions.move_speech(chair, speech=second, position=1)
    yield "move_speech"
    actions.give_floor(chair, speech=second, expected_speech=None)
    yield "give_floor"
    actions.set_speech_length(chair, speech=second, seconds=420)
    yield "set_speech_length"
    yield from its_time(room, second)
    actions.end_speech(invited, speech=second)
    yield "end_speech"
    actions.readd_speech(chair, speech=second)
    yield "readd_speech"
    actions.withdraw_speech(chair, speech=third)
    yield "withdraw_speech"
    actions.give_floor(chair, speech=first, expected_speech=None)
    yield "give_floor"


def come_and_go(room: Room) -> Iterator[str]:
    """People arrive, one is noted by mistake, some leave; the rest are here when the meeting ends."""
    chair, delegate, observer = (room.seats[role] for role in (Role.CHAIR, Role.DELEGATE, Role.OBSERVER))
    for seat in (chair, delegate, room.seats[Role.INVITED]):
        actions.arrive(seat)
        yield "arrive"
    actions.leave(delegate)
    yield "leave"
    actions.arrive(delegate)
    yield "arrive"
    actions.note_arrival(chair, target=observer.pk)
    yield "note_arrival"
    actions.cancel_arrival(chair, target=observer.pk)
    yield "cancel_arrival"
    actions.note_leaving(chair, target=room.seats[Role.INVITED].pk)
    yield "note_leaving"
    actions.set_quorum(chair, share="two_thirds", basis="Điều 40 Quy chế")
    yield "set_quorum"
    yield from draw_the_hall(room)


def its_time(room: Room, speech: int) -> Iterator[str]:
    """A turn is stopped, goes on, gets more time and is refused it; lengths, budgets, a closed list."""
    chair, secretary, invited = (room.seats[role] for role in (Role.CHAIR, Role.SECRETARY, Role.INVITED))
    actions.pause_speech(chair, speech=speech)
    yield "pause_speech"
    actions.resume_speech(chair, speech=speech)
    yield "resume_speech"
    actions.ask_more_time(invited, speech=speech)
    yield "ask_more_time"
    actions.refuse_more_time(chair, speech=speech)
    yield "refuse_more_time"
    actions.set_kind_length(secretary, kind="main", seconds=120)
    yield "set_kind_length"
    actions.set_time_budget(secretary, name="Tổ một", seconds=600, seats=[invited.pk])
    yield "set_time_budget"
    actions.set_time_budget(secretary, name="Chất vấn", seconds=600, kind="question")
    yield "set_time_budget"
    actions.remove_time_budget(secretary, name="Chất vấn")
    yield "remove_time_budget"
    actions.set_list_closed(chair, item=room.items[1].pk, closed=True)
    yield "set_list_closed"


def small_signs(room: Room) -> Iterator[str]:
    """Calls, words in private, messages that wait, a question to the room."""
    chair, secretary, delegate = (room.seats[role] for role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE))
    call = actions.call_service(delegate, kind="water")["call"]
    yield "call_service"
    actions.take_call(secretary, call=call)
    yield "take_call"
    actions.finish_call(secretary, call=call)
    yield "finish_call"
    call = actions.call_service(delegate, kind="technician")["call"]
    yield "call_service"
    actions.withdraw_call(delegate, call=call)
    yield "withdraw_call"
    actions.write_privately(delegate, desk="chair", text="chỉ để chủ tọa đọc")
    yield "write_privately"
    actions.write_privately(delegate, desk="secretary", text="chỉ thư ký được đọc")
    yield "write_privately"
    actions.answer_privately(chair, target=delegate.pk, text="chủ tọa đáp kín")
    yield "answer_privately"
    actions.set_talk(chair, talk="held")
    yield "set_talk"
    shown = actions.post_message(delegate, text="lời chờ cho hiện")["message"]
    yield "post_message"
    actions.release_message(secretary, message=shown)
    yield "release_message"
    gone = actions.post_message(delegate, text="lời bị gỡ bỏ")["message"]
    yield "post_message"
    actions.remove_message(secretary, message=gone)
    yield "remove_message"
    mood = actions.ask_mood(chair, question="Đã rõ chưa?")["mood"]
    yield "ask_mood"
    for seat, answer in ((chair, "agree"), (delegate, "unsure"), (secretary, "disagree")):
        actions.answer_mood(seat, mood=mood, answer=answer)
        yield "answer_mood"
    actions.end_mood(chair, mood=mood)
    yield "end_mood"
    actions.ask_to_load(secretary, target=room.seats[Role.HALL].pk)
    yield "ask_to_load"


def behind_closed_doors(room: Room) -> Iterator[str]:
    """A break; an item that is closed before its title is known; a closed session on it, with all it has."""
    chair, secretary, delegate = (room.seats[role] for role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE))
    sub = room.items[3]
    actions.pause_meeting(chair)
    yield "pause_meeting"
    actions.call_recess(chair, until=timezone.now() + datetime.timedelta(minutes=15))
    yield "call_recess"
    actions.resume_meeting(secretary)
    yield "resume_meeting"
    hidden = actions.add_item(secretary, title="Mục thêm sau")["item"]
    yield "add_item"
    actions.set_item_closed(secretary, item=hidden, closed=True)
    yield "set_item_closed"
    actions.edit_item(secretary, item=hidden, title="việc tuyệt mật", presenter="người trình mật")
    yield "edit_item"
    stored = stored_pdf(secretary.person, name="kin.pdf")
    paper = actions.add_paper(
        secretary, item=hidden, stored_file=stored, title="giấy kín nhất", level="normal"
    )["paper"]
    yield "add_paper"
    actions.begin_closed_session(chair)
    yield "begin_closed_session"
    actions.go_to_item(chair, item=hidden, expected_item=sub.pk)
    yield "go_to_item"
    actions.show_page(chair, paper=paper, page=1)
    yield "show_page"
    actions.post_message(delegate, text="lời sau cửa đóng")
    yield "post_message"
    speech = actions.ask_to_speak(delegate, kind="main")["speech"]
    yield "ask_to_speak"
    actions.give_floor(chair, speech=speech, expected_speech=None)
    yield "give_floor"
    actions.pause_meeting(chair)
    yield "pause_meeting"
    actions.resume_meeting(chair)
    yield "resume_meeting"
    actions.end_closed_session(chair)
    yield "end_closed_session"


def draw_the_hall(room: Room) -> Iterator[str]:
    """The drawing of an earlier meeting is taken over, another is made, people are put on chairs."""
    secretary, chair = room.seats[Role.SECRETARY], room.seats[Role.CHAIR]
    room.meeting.refresh_from_db()
    earlier = MeetingFactory(place=room.meeting.place, office=room.meeting.office)
    HallPlace.objects.create(meeting=earlier, row=1, column=1)
    actions.take_over_hall(secretary)
    yield "take_over_hall"
    actions.draw_hall(secretary, rows=2, columns=3, aisles=[2])
    yield "draw_hall"
    actions.set_chair(secretary, row=1, column=2, stands=True)
    yield "set_chair"
    actions.give_chair(secretary, target=chair.pk, row=1, column=2)
    yield "give_chair"
    actions.fill_hall(secretary)
    yield "fill_hall"


AUDIENCES = [role for role in Role.values if role != Role.INVITED]


def audience_keys(room: Room) -> dict[str, str]:
    first, second, _third, _sub = room.items
    keys = {role: role for role in AUDIENCES}
    keys["invited"] = rules.audience_of(Role.INVITED, [second.pk])
    keys["invited to two"] = rules.audience_of(Role.INVITED, [first.pk, second.pk])
    keys["invited to none"] = rules.audience_of(Role.INVITED, [])
    return keys


MEMBERS_ONLY = [
    *[
        "ghi chép",
        "lời riêng",
        "lời của khách",
        "Giấy mới kín",
        "Giấy đóng lại",
        "Phương án đất kín",
        "Phụ lục",
        "bất đồng",
        "Điều mật",
    ],
    *["tuyệt mật", "trình mật", "sau cửa"],
    *["chủ tọa đ", "lời chờ cho hiện", "lời bị gỡ bỏ", "Đã rõ chưa", "Kiến nghị"],
]
NEVER = {
    Role.CHAIR: [],
    Role.SECRETARY: [],
    Role.DELEGATE: [
        *["ghi chép", "Dự thảo chưa ai biết", "chủ tọa đ", "lời bị gỡ bỏ", "bất đồng"],
        *["Kiến nghị chờ", "thiếu căn cứ"],
    ],
    Role.OBSERVER: MEMBERS_ONLY,
    Role.HALL: [*MEMBERS_ONLY, "Tên "],
    "invited": [
        "ghi chép",
        "lời riêng",
        "Khai mạc",
        "Ngân sách kín",
        "Dự toán",
        "Phụ lục",
        "Mục thêm",
        "Mục con",
        *["tuyệt mật", "trình mật", "sau cửa"],
    ],
    "invited to two": [
        "tuyệt mật",
        "trình mật",
        "sau cửa",
        "ghi chép",
        "Ngân sách kín",
        "Dự toán",
        "Phụ lục",
        "Mục thêm",
        "Điều mật",
        "bất đồng",
    ],
    "invited to none": [
        *[
            "ghi chép",
            "lời",
            "Khai mạc",
            "Đất đai",
            "Ngân sách",
            "Dự toán",
            "Giấy",
            "Phương án",
            "Phụ lục",
            "Mục ",
        ],
        "Tờ trình",
    ],
}


def test_after_every_act_changes_and_secrets_are_right_for_every_seat(room: Room) -> None:
    """An older snapshot and the sections changed since give the snapshot of now; what is secret is in none.

    A part is projected for itself as it travels to somebody who was up to date, after each act for another
    seat, and each section alone at the end: no section knows which others were asked for.
    """
    ref = room.meeting.ref
    keys = audience_keys(room)
    known = {name: dict([projection.project_now(ref, key)]) for name, key in keys.items()}
    seen = {name: "" for name in keys}
    played = set()
    turns = itertools.cycle(keys)
    for act in play(room):
        played.add(act)
        olders = sorted(known[Role.CHAIR])
        since = {older: named_since(ref, older) for older in {*olders[-6:], *olders[::9]}}
        assert all(since.values())
        turn = next(turns)
        for name, key in keys.items():
            revision, now = projection.project_now(ref, key)
            for older, snapshot in ((older, known[name][older]) for older in since):
                kept = {section: value for section, value in snapshot.items() if section not in since[older]}
                assert all(now[section] == value for section, value in kept.items()), (act, name, older)
            if name == turn:
                news = since[max(since)] & projection.SECTIONS.keys()
                part = projection.project_now(ref, key, news)[1]
                if now["order"].get("closed") and not now["people"]:
                    news = set(now)  # outside closed doors: always all, all empty
                assert part == {section: now[section] for section in news}, (act, name)
            known[name][revision] = now
            seen[name] += str(now)
    assert played == EVERY_ACT
    for name, key in keys.items():
        now = known[name][max(known[name])]
        for section in projection.SECTIONS:
            assert projection.project_now(ref, key, {section})[1] == {section: now[section]}
    for name, words in NEVER.items():
        for word in words:
            assert word not in seen[name], (name, word)
    assert "chỉ thư ký được đọc" in seen[Role.SECRETARY]
    assert "chỉ thư ký được đọc" not in "".join(seen[name] for name in seen if name != Role.SECRETARY)
    assert "chỉ để chủ tọa" not in seen[Role.SECRETARY]
    for word in {word for words in NEVER.values() for word in words}:
        assert word in seen[Role.CHAIR], f"{word!r} proves nothing: nobody ever sees it"


def named_since(ref: str, revision: int) -> set[str]:
    """The sections changed since; all of them when only a snapshot will do."""
    names = queries.sections_since(ref, revision)
    return set(projection.SECTIONS) if names is None else names


def test_every_section_is_projected_for_every_audience(room: Room) -> None:
    for key in audience_keys(room).values():
        assert projection.project_now(room.meeting.ref, key)[1].keys() == projection.SECTIONS.keys()


@pytest.mark.parametrize("more", [0, 3])
def test_a_projection_costs_the_same_queries_whatever_the_meeting_holds(
    room: Room, more: int, django_assert_num_queries: object
) -> None:
    for number in range(more):
        actions.add_item(room.seats[Role.SECRETARY], title=f"Mục {number}")
        PaperFactory(item=room.items[0])
        SeatFactory(meeting=room.meeting)
    actions.note_presence(room.meeting.ref, "p1", [room.seats[Role.CHAIR].person_id])
    with django_assert_num_queries(25):
        projection.project_now(room.meeting.ref, "chair")


def test_an_item_with_sub_items_lasts_as_long_as_they_do(room: Room) -> None:
    items = {
        row["title"]: row for row in projection.project_now(room.meeting.ref, "chair")[1]["agenda"]["items"]
    }
    assert items["Ngân sách kín"]["minutes"] == items["Dự toán phân bổ"]["minutes"] == 20
    assert items["Dự toán phân bổ"]["number"] == "3.1"
    planned = [items[title]["starts_at"] for title in ("Khai mạc", "Đất đai khu Bắc", "Ngân sách kín")]
    assert [(at - planned[0]) // 60_000 for at in planned] == [0, 10, 40]
