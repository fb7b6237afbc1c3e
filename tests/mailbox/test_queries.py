import pytest

from intranet.lib.errors import Absent
from mailbox import actions, queries
from tests.factories.mailbox import delivered_to, draft_to


def test_message_of_others_is_absent(writer, reader, other):
    message = delivered_to(writer, reader)
    for door in (queries.message_for, queries.draft_for):
        with pytest.raises(Absent):
            door(other, message.ref)


@pytest.mark.parametrize(
    "words", ["khai sinh", "KHAI SINH", "Khai  sinh điện", "dien tu khai", "dai bieu 01"]
)
def test_search_finds_with_and_without_diacritics_in_any_order(writer, reader, words):
    delivered_to(writer, reader, subject="Rà soát dữ liệu khai sinh điện tử")
    delivered_to(writer, reader, subject="Lịch trực tuần")
    found = queries.copies_in(reader, "inbox", search=words)
    if words == "dai bieu 01":
        assert len(found) == 2
    else:
        assert [copy.message.subject for copy in found] == ["Rà soát dữ liệu khai sinh điện tử"]


def test_search_treats_signs_as_text(writer, reader):
    delivered_to(writer, reader, subject="Thu đạt 100% dự toán")
    assert len(queries.copies_in(reader, "inbox", search="100%")) == 1
    assert len(queries.copies_in(reader, "inbox", search="_")) == 0


def test_thread_shows_only_what_the_reader_holds(writer, reader, other):
    first = delivered_to(writer, reader)
    answer = actions.answer(reader, queries.message_for(reader, first.ref))
    actions.add_address(reader, answer, key=f"p{other.pk}")
    actions.hand_out_copies(actions.send(reader, answer))
    assert len(queries.thread_of(queries.message_for(writer, answer.ref))) == 2
    assert [letter.message for letter in queries.thread_of(queries.message_for(other, answer.ref))] == [
        answer
    ]


def test_suggestions_fold_and_put_offices_first(writer, reader, other, office):
    """Who works in an office is found by its name too, after the office itself."""
    first, *people = (each.label for each in queries.suggestions(writer, "van phong"))
    assert (first, set(people)) == ("Văn phòng", {"Đại biểu 01", "Đại biểu 02"})
    assert {each.label for each in queries.suggestions(writer, "đại biểu")} == {"Đại biểu 01", "Đại biểu 02"}
    assert queries.suggestions(writer, "  ") == []


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_takes_as_many_queries_for_three_messages_as_for_one(
    writer, reader, count, django_assert_num_queries
):
    for number in range(count):
        delivered_to(writer, reader, subject=f"Thư {number}")
    with django_assert_num_queries(2):
        for copy in queries.copies_in(reader, "inbox"):
            assert copy.message.sender and list(copy.message.addresses.all())


def test_draft_is_nobody_elses(writer, reader):
    draft = draft_to(writer, reader)
    with pytest.raises(Absent):
        queries.draft_for(reader, draft.ref)
    with pytest.raises(Absent):
        queries.message_for(reader, draft.ref)
