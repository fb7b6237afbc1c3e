import threading

import pytest
from django.db import connections

from intranet.audit.models import Entry
from intranet.lib.errors import Absent, RuleBroken
from mailbox import actions, queries
from mailbox.models import Copy, Folder, Message
from tests.factories.mailbox import delivered_to, draft_to


def test_write_twice_gives_the_same_empty_draft(writer):
    assert actions.write(writer) == actions.write(writer)
    assert Message.objects.count() == 1


def test_send_makes_one_copy_for_each_recipient_and_one_for_the_sender(writer, reader, other, office):
    draft = draft_to(writer, reader)
    actions.add_address(writer, draft, key=f"o{office.pk}")
    message = actions.send(writer, draft)
    inbox = Copy.objects.filter(message=message, folder=Folder.INBOX)
    assert sorted(inbox.values_list("owner", flat=True)) == sorted([reader.pk, other.pk])
    assert inbox.get(owner=reader).address.person == reader
    assert inbox.get(owner=other).address.office == office
    assert Copy.objects.filter(message=message, folder=Folder.SENT, owner=writer).count() == 1


def test_sent_message_is_not_seen_before_it_is_handed_out(writer, reader):
    message = actions.send(writer, draft_to(writer, reader))
    with pytest.raises(Absent):
        queries.message_for(reader, message.ref)
    assert queries.unread_count(reader) == 0
    actions.hand_out_copies(message)
    assert queries.unread_count(reader) == 1


def test_sending_twice_sends_once(writer, reader):
    draft = draft_to(writer, reader)
    first, second = actions.send(writer, draft), actions.send(writer, draft)
    assert first == second
    assert Copy.objects.filter(folder=Folder.INBOX).count() == 1
    assert Entry.objects.filter(action="mailbox.send").count() == 1


def test_handing_out_twice_changes_nothing_the_second_time(writer, reader, other):
    message = actions.send(writer, draft_to(writer, reader, other))
    assert actions.hand_out_copies(message) == 2
    revision, moment = queries.revision_of(reader.pk), message.copies.get(owner=reader).handed_out_at
    assert actions.hand_out_copies(message) == 0
    assert (queries.revision_of(reader.pk), message.copies.get(owner=reader).handed_out_at) == (
        revision,
        moment,
    )


@pytest.mark.parametrize(
    ("subject", "with_address"),
    [("", True), ("   ", True), ("Lịch trực", False)],
    ids=["none", "blank", "nobody"],
)
def test_message_without_subject_or_recipient_is_not_sent(writer, reader, subject, with_address):
    draft = draft_to(writer, *([reader] if with_address else []), subject=subject)
    with pytest.raises(RuleBroken):
        actions.send(writer, draft)
    draft.refresh_from_db()
    assert draft.is_draft and Copy.objects.count() == 0


def test_message_to_an_office_where_nobody_works_is_not_sent(writer, office, reader, other):
    office.assignments.all().delete()
    draft = draft_to(writer)
    actions.add_address(writer, draft, key=f"o{office.pk}")
    with pytest.raises(RuleBroken):
        actions.send(writer, draft)


def test_sent_message_can_no_longer_be_changed(writer, reader, other):
    message = delivered_to(writer, reader)
    for change in (
        lambda: actions.save_draft(writer, message, subject="Khác", text="", version=message.version),
        lambda: actions.add_address(writer, message, key=f"p{other.pk}"),
        lambda: actions.discard(writer, message),
    ):
        with pytest.raises(RuleBroken):
            change()
    assert Message.objects.get(pk=message.pk).subject == message.subject


def test_older_window_does_not_overwrite_a_newer_draft(writer):
    draft = actions.write(writer)
    actions.save_draft(writer, draft, subject="Mới", text="mới", version=0)
    with pytest.raises(RuleBroken):
        actions.save_draft(writer, draft, subject="Cũ", text="cũ", version=0)
    assert Message.objects.get(pk=draft.pk).subject == "Mới"


def test_reading_is_noted_once_and_only_for_the_reader(writer, reader, other):
    message = delivered_to(writer, reader, other)
    copy = queries.message_for(reader, message.ref)
    actions.mark_read(reader, copy)
    first = message.copies.get(owner=reader).read_at
    actions.mark_read(reader, copy)
    assert message.copies.get(owner=reader).read_at == first
    assert message.copies.get(owner=other).read_at is None
    assert queries.unread_count(reader) == 0


def test_trash_touches_only_ones_own_copy_and_can_be_undone(writer, reader, other):
    message = delivered_to(writer, reader, other)
    copy = queries.message_for(reader, message.ref)
    actions.trash(reader, copy)
    assert [list(queries.copies_in(person, "inbox")) == [] for person in (reader, other)] == [True, False]
    assert len(queries.copies_in(reader, "trash")) == 1
    actions.restore(reader, queries.message_for(reader, message.ref))
    assert len(queries.copies_in(reader, "inbox")) == 1


def test_answer_stays_in_the_thread_and_goes_to_the_sender(writer, reader):
    message = delivered_to(writer, reader, subject="Lịch trực")
    draft = actions.answer(reader, queries.message_for(reader, message.ref))
    assert draft.thread_id == message.thread_id
    assert [line.person for line in draft.addresses.all()] == [writer]
    assert actions.answer(reader, queries.message_for(reader, message.ref)) == draft


def test_answer_to_all_leaves_oneself_out(writer, reader, other):
    message = delivered_to(writer, reader, other)
    draft = actions.answer(reader, queries.message_for(reader, message.ref), to_all=True)
    assert {line.person for line in draft.addresses.all()} == {writer, other}


def test_sum_of_copies_is_sum_of_recipients_after_any_story(writer, reader, other, office):
    for people in ([reader], [reader, other], [writer, reader]):
        delivered_to(writer, *people)
    actions.trash(reader, queries.copies_in(reader, "inbox").first())
    for message in Message.objects.filter(sent_at__isnull=False):
        behind = queries.owners_behind(message)
        assert set(message.copies.filter(folder="inbox").values_list("owner", flat=True)) == set(behind)
    assert queries.unread_count(reader) == len(queries.copies_in(reader, "inbox", unread_only=True))


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_send_once(writer, reader):
    draft = draft_to(writer, reader)
    barrier, errors = threading.Barrier(4), []

    def press():
        barrier.wait()
        try:
            actions.send(writer, draft)
            actions.hand_out_copies(draft)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Copy.objects.filter(folder=Folder.INBOX).count() == 1
    assert queries.revision_of(reader.pk) == 1
