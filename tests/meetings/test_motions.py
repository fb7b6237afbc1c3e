"""Motions and amendments: numbers that stay, differences by words, decisions that take effect."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.lib.errors import Absent, RuleBroken
from meetings import actions, queries, rules
from meetings.live import projection
from meetings.models import Amendment, AmendmentKind, Motion, Role, Seat, State
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room
from tests.meetings.test_commands import post

TEXT = "Điều thứ nhất về dự toán.\n\nĐiều thứ hai về phân bổ vốn.\nĐiều thứ ba về tổ chức thực hiện."


@pytest.fixture
def motion(room: Room) -> Motion:
    room.at(State.LIVE)
    key = actions.add_motion(
        room.seats[Role.SECRETARY],
        item=room.items[1].pk,
        title="Nghị quyết về dự toán",
        text=TEXT,
        mover=room.seats[Role.CHAIR].pk,
    )["motion"]
    return Motion.objects.get(pk=key)


def amend(room: Room, motion: Motion, clause: str, text: str = "", kind: str = "change", **more: Any) -> int:
    standing = {line.number: line.text for line in queries.text_of(motion)}
    facts = {"motion": motion.pk, "clause": clause, "kind": kind, "text": text, **more}
    facts.setdefault("based_on", standing.get(clause, ""))
    key = actions.propose_amendment(room.seats[Role.DELEGATE], **facts)["amendment"]
    actions.review_amendment(room.seats[Role.SECRETARY], amendment=key, admitted=True)
    return int(key)


def decide(room: Room, amendment: int, outcome: str, expected: str = "proposed") -> None:
    actions.decide_amendment(
        room.seats[Role.CHAIR], amendment=amendment, outcome=outcome, expected_state=expected
    )


def numbers(motion: Motion) -> list[str]:
    return [line.number for line in queries.text_of(Motion.objects.get(pk=motion.pk))]


def test_paragraphs_become_numbered_clauses(motion: Motion) -> None:
    assert numbers(motion) == ["1", "2", "3"]
    assert queries.text_of(motion)[1].text == "Điều thứ hai về phân bổ vốn."


def test_numbers_stay_whatever_is_amended(room: Room, motion: Motion) -> None:
    gone = amend(room, motion, "2", kind="delete")
    new = amend(room, motion, "1", "Điều mới.", kind="insert")
    second = amend(room, motion, "1", "Điều mới nữa.", kind="insert")
    for key in (gone, new, second):
        decide(room, key, "adopted")
    assert numbers(motion) == ["1", "1a", "1b", "3"]


def test_an_amendment_to_a_text_that_reads_otherwise_by_now_has_no_effect(room: Room, motion: Motion) -> None:
    one, two = amend(room, motion, "1", "Câu mới một."), amend(room, motion, "1", "Câu mới hai.")
    decide(room, one, "adopted")
    with pytest.raises(RuleBroken):
        decide(room, two, "adopted")
    assert Amendment.objects.get(pk=two).state == "proposed"
    decide(room, two, "rejected")
    with pytest.raises(RuleBroken):
        amend(room, motion, "1", "Câu ba.", based_on="Điều thứ nhất về dự toán.")
    decide(room, amend(room, motion, "1", "Câu ba."), "adopted")
    assert queries.text_of(Motion.objects.get(pk=motion.pk))[0].text == "Câu ba."


def test_two_hands_on_one_amendment_decide_it_once(room: Room, motion: Motion) -> None:
    key = amend(room, motion, "1", "Câu mới.")
    decide(room, key, "voting")
    with pytest.raises(RuleBroken):
        decide(room, key, "rejected", expected="proposed")
    decide(room, key, "adopted", expected="voting")
    decide(room, key, "adopted", expected="voting")
    with pytest.raises(RuleBroken):
        decide(room, key, "rejected", expected="adopted")


def test_the_mover_accepts_without_a_vote_and_others_do_not(room: Room, motion: Motion) -> None:
    motion.seat = None
    motion.save()
    key = amend(room, motion, "1", "Câu mới.")
    facts = {"amendment": key, "outcome": "accepted", "expected_state": "proposed"}
    assert post(room, Role.DELEGATE, "decide_amendment", **facts).status_code == 409
    motion.seat = room.seats[Role.DELEGATE]
    motion.save()
    assert post(room, Role.DELEGATE, "decide_amendment", **facts).status_code == 200


@pytest.mark.parametrize("outcome", ["adopted", "rejected", "voting"])
def test_a_delegate_does_not_decide(room: Room, motion: Motion, outcome: str) -> None:
    facts = {"amendment": amend(room, motion, "1", "Câu."), "outcome": outcome, "expected_state": "proposed"}
    assert post(room, Role.DELEGATE, "decide_amendment", **facts).status_code == 409
    assert Amendment.objects.get().state == "proposed"


def test_a_motion_comes_to_the_vote_once_its_amendments_are_decided(room: Room, motion: Motion) -> None:
    chair = room.seats[Role.CHAIR]
    key = amend(room, motion, "1", "Câu mới.")
    with pytest.raises(RuleBroken):
        actions.decide_motion(chair, motion=motion.pk, outcome="voting", expected_state="proposed")
    decide(room, key, "rejected")
    actions.decide_motion(chair, motion=motion.pk, outcome="voting", expected_state="proposed")
    with pytest.raises(RuleBroken):
        amend(room, motion, "2", "Muộn rồi.")
    actions.decide_motion(chair, motion=motion.pk, outcome="adopted", expected_state="voting")
    with pytest.raises(RuleBroken):
        actions.decide_motion(chair, motion=motion.pk, outcome="rejected", expected_state="adopted")
    motion.refresh_from_db()
    assert motion.decided_at is not None


def test_a_text_is_written_anew_only_while_nobody_amends_it_and_nobody_else_wrote(
    room: Room, motion: Motion
) -> None:
    secretary = room.seats[Role.SECRETARY]
    actions.edit_motion(secretary, motion=motion.pk, title="Tên", text="Một.\nHai.", version=1)
    with pytest.raises(RuleBroken):
        actions.edit_motion(secretary, motion=motion.pk, title="Tên", text="Khác.", version=1)
    amend(room, motion, "1", "Một mới.")
    with pytest.raises(RuleBroken):
        actions.edit_motion(secretary, motion=motion.pk, title="Tên", text="Khác.", version=2)
    actions.edit_motion(secretary, motion=motion.pk, title="Tên hay hơn", text="Một.\nHai.", version=2)


def test_what_changes_nothing_or_is_nobodys_is_refused(room: Room, motion: Motion) -> None:
    for clause, text in (("1", ""), ("1", "Điều thứ nhất về dự toán."), ("9", "Không có điều này.")):
        with pytest.raises(RuleBroken):
            amend(room, motion, clause, text)
    key = amend(room, motion, "1", "Câu mới.")
    Amendment.objects.filter(pk=key).update(seat=room.seats[Role.CHAIR])
    with pytest.raises(RuleBroken):
        actions.withdraw_amendment(room.seats[Role.DELEGATE], amendment=key)
    actions.withdraw_amendment(room.seats[Role.SECRETARY], amendment=key)


def submit(room: Room, text: str = TEXT, role: str = Role.DELEGATE) -> Motion:
    key = actions.add_motion(room.seats[role], item=room.items[1].pk, title="Kiến nghị", text=text)["motion"]
    return Motion.objects.get(pk=key)


def seen_by(room: Room, role: str) -> list[dict[str, Any]]:
    key = queries.audience_key(room.seats[role].person, room.meeting.ref)
    assert key is not None
    shown: list[dict[str, Any]] = projection.project_now(room.meeting.ref, key)[1]["motions"]
    return shown


def own(room: Room, role: str) -> dict[str, Any]:
    facts: dict[str, Any] = room.client(role).get(f"/hop/{room.meeting.ref}/rieng/").json()
    return facts


def test_what_a_member_submits_is_seen_by_its_author_and_those_who_lead_until_it_is_admitted(
    room: Room,
) -> None:
    room.at(State.LIVE)
    another = SeatFactory(meeting=room.meeting, role=Role.DELEGATE)
    motion = submit(room)
    assert (motion.state, motion.number) == ("submitted", None)
    for role in (Role.CHAIR, Role.SECRETARY):
        assert [(row["state"], row["number"]) for row in seen_by(room, role)] == [("submitted", None)]
    for role in (Role.DELEGATE, Role.INVITED, Role.OBSERVER, Role.HALL):
        assert seen_by(room, role) == []
    assert [row["id"] for row in own(room, Role.DELEGATE)["motions"]] == [motion.pk]
    with pytest.raises(Absent):
        actions.withdraw_motion(another, motion=motion.pk)
    with pytest.raises(Absent):
        actions.propose_amendment(another, motion=motion.pk, clause="1", kind="delete", based_on="x")
    for _turn in range(2):
        actions.review_motion(room.seats[Role.CHAIR], motion=motion.pk, admitted=True)
    assert [(row["state"], row["number"]) for row in seen_by(room, Role.DELEGATE)] == [("proposed", 1)]
    assert own(room, Role.DELEGATE)["motions"] == []
    with pytest.raises(RuleBroken):
        actions.review_motion(room.seats[Role.SECRETARY], motion=motion.pk, admitted=False, reason="muộn")


def test_what_is_returned_comes_back_with_the_reason_and_leaves_no_gap_in_the_numbers(room: Room) -> None:
    room.at(State.LIVE)
    chair, secretary = room.seats[Role.CHAIR], room.seats[Role.SECRETARY]
    first, second, third = submit(room, "Một."), submit(room, "Hai."), submit(room, "Ba.")
    with pytest.raises(RuleBroken):
        actions.review_motion(secretary, motion=first.pk, admitted=False, reason=" ")
    actions.review_motion(secretary, motion=first.pk, admitted=False, reason="Thiếu căn cứ pháp lý")
    with pytest.raises(RuleBroken):
        actions.review_motion(chair, motion=first.pk, admitted=True)
    actions.withdraw_motion(room.seats[Role.DELEGATE], motion=second.pk)
    with pytest.raises(RuleBroken):
        actions.review_motion(chair, motion=second.pk, admitted=True)
    with pytest.raises(RuleBroken):
        actions.withdraw_motion(chair, motion=third.pk)
    actions.review_motion(chair, motion=third.pk, admitted=True)
    assert [row["number"] for row in seen_by(room, Role.DELEGATE)] == [1]
    (back,) = own(room, Role.DELEGATE)["motions"]
    assert (back["refusal"], back["moved"][0]["text"]) == ("Thiếu căn cứ pháp lý", "Một.")
    assert own(room, Role.CHAIR)["motions"] == []


def test_only_a_seat_with_a_vote_submits(room: Room) -> None:
    room.at(State.LIVE)
    facts = {"item": room.items[1].pk, "title": "Kiến nghị", "text": "Một."}
    for role in (Role.INVITED, Role.OBSERVER, Role.HALL):
        assert post(room, role, "add_motion", **facts).status_code == 409
    Seat.objects.filter(pk=room.seats[Role.DELEGATE].pk).update(votes=False)
    assert post(room, Role.DELEGATE, "add_motion", **facts).status_code == 409
    Seat.objects.filter(pk=room.seats[Role.DELEGATE].pk).update(votes=True)
    # Whose it is follows from who sends it, whatever else is said.
    named = {"name": "Cơ quan khác", "mover": room.seats[Role.CHAIR].pk}
    assert post(room, Role.DELEGATE, "add_motion", **facts, **named).status_code == 200
    moved = Motion.objects.get()
    assert (moved.seat, moved.name) == (room.seats[Role.DELEGATE], str(room.seats[Role.DELEGATE].person))


def test_a_submitted_amendment_waits_and_the_motion_waits_for_it(room: Room, motion: Motion) -> None:
    chair, delegate = room.seats[Role.CHAIR], room.seats[Role.DELEGATE]
    facts = {"motion": motion.pk, "clause": "1", "kind": "change", "based_on": "Điều thứ nhất về dự toán."}
    key = actions.propose_amendment(delegate, text="Câu chờ.", **facts)["amendment"]
    assert seen_by(room, Role.DELEGATE)[0]["amendments"] == []
    assert [row["id"] for row in own(room, Role.DELEGATE)["amendments"]] == [key]
    decision = {"amendment": key, "outcome": "accepted", "expected_state": "submitted"}
    assert post(room, Role.CHAIR, "decide_amendment", **decision).status_code == 409
    with pytest.raises(RuleBroken):
        actions.decide_motion(chair, motion=motion.pk, outcome="voting", expected_state="proposed")
    actions.review_amendment(chair, amendment=key, admitted=False, reason="Trùng ý")
    assert own(room, Role.DELEGATE)["amendments"][0]["refusal"] == "Trùng ý"
    other = actions.propose_amendment(delegate, text="Câu khác.", **facts)["amendment"]
    actions.withdraw_amendment(delegate, amendment=other)
    third = actions.propose_amendment(delegate, text="Câu ba.", **facts)["amendment"]
    actions.review_amendment(chair, amendment=third, admitted=True)
    assert [row["number"] for row in seen_by(room, Role.DELEGATE)[0]["amendments"]] == [1]


def test_the_record_tells_nothing_of_what_was_not_admitted(room: Room) -> None:
    room.at(State.LIVE)
    submit(room, "Câu chưa ai được thấy.")
    for role in (Role.CHAIR, Role.DELEGATE):
        page = room.client(role).get(f"/hop/{room.meeting.ref}/bien-ban/").content.decode()
        assert "Kiến nghị" not in page


WORDS = st.text(alphabet="ăâđêôơưa ạ1,.;\u0323\u0302-", max_size=30)


@given(old=WORDS, new=WORDS)
@settings(max_examples=200)
def test_the_pieces_of_a_difference_are_both_texts(old: str, new: str) -> None:
    pieces = rules.word_diff(old, new)
    assert "".join(text for kind, text in pieces if kind != "new") == old
    assert "".join(text for kind, text in pieces if kind != "gone") == new


@given(data=st.data())
@settings(max_examples=150)
def test_all_adopted_amendments_give_the_consolidated_text_and_numbers_stay(data: st.DataObject) -> None:
    """Written on the text of the moment and applied one by one, or all at once: the same; no number moves."""
    base = [rules.Line(str(n), f"Điều {n}") for n in range(1, data.draw(st.integers(1, 5)) + 1)]
    text, changes = list(base), []
    for step in range(data.draw(st.integers(0, 8))):
        if not text:
            break
        line = data.draw(st.sampled_from(text))
        kind = data.draw(st.sampled_from(AmendmentKind.values))
        change = rules.Change(kind=kind, number=line.number, based_on=line.text, text=f"Sửa {step}")
        before = text
        text = rules.amended(text, change)
        changes.append(change)
        kept = [each for each in before if each in text]
        assert [each for each in text if each in kept] == kept
        touched = {each.number for each in before} ^ {each.number for each in text}
        assert len(touched) == (kind != AmendmentKind.CHANGE)
        assert len({each.number for each in text}) == len(text)
    assert rules.consolidated(base, changes) == text
