"""Keeping bytes: once, safely, within limits, whatever happens in between."""

import hashlib
import io
import os
import threading
import time
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from intranet.files import actions, queries, tasks
from intranet.files.actions import storing
from intranet.files.models import Content, PageText, StoredFile, Usage
from intranet.files.rendering import pages
from intranet.lib.errors import RuleBroken
from tests.factories.files import docx, pdf, png
from tests.factories.organization import PersonFactory


def test_stored_pdf_is_ready_with_its_pages_and_lies_under_its_digest(put):
    data = pdf(b"", b"")
    file = put(data, "Tờ trình.pdf")
    digest = hashlib.sha256(data).hexdigest()
    assert (file.name, file.content.digest, file.content.state) == ("Tờ trình.pdf", digest, "ready")
    assert file.content.pages == [[595.0, 842.0]] * 2
    assert queries.path_of(digest).read_bytes() == data


def test_stored_content_is_shared_by_the_same_bytes(put, stranger, on_disk):
    first, second = put(docx(), "a.docx"), put(docx(), "b.docx", actor=stranger)
    assert first.content == second.content
    assert first.ref != second.ref
    assert len(on_disk()) == 1


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "a.pdf"), (b"<html>", "a.pdf"), (b"%PDF-1.7 nothing", "a.pdf"), (pdf()[:200], "a.pdf")],
)
def test_refused_file_leaves_nothing(put, on_disk, data, name):
    with pytest.raises(RuleBroken) as caught:
        put(data, name)
    assert str(caught.value.message)
    assert on_disk() == []
    assert not Content.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Usage.objects.exists()


def test_upload_repeated_with_its_command_gets_the_first_answer(put):
    command = uuid.uuid4()
    assert put(docx(), "a.docx", command=command).ref == put(docx(), "a.docx", command=command).ref
    assert StoredFile.objects.count() == 1
    assert Usage.objects.get().size == len(docx())


def test_upload_over_the_size_limit_is_refused_before_it_is_whole(put, settings, on_disk):
    settings.FILES_MAX_BYTES = 1000
    with pytest.raises(RuleBroken, match="1000"):
        put(b"x" * 5000, "a.txt")
    assert on_disk() == []


def test_quota_is_each_persons_own_and_told_in_figures(put, settings, stranger):
    settings.FILES_QUOTA_BYTES = len(docx()) + 10
    put(docx(), "a.docx")
    with pytest.raises(RuleBroken) as caught:
        put(docx(), "b.docx")
    assert "bytes" in str(caught.value.message) or "byte" in str(caught.value.message)
    assert put(docx(), "b.docx", actor=stranger)
    assert Usage.objects.get(person__username="nguoi-tai").size == len(docx())


def test_crash_between_file_and_row_leaves_an_orphan_that_is_collected_after_a_day(put, monkeypatch, capsys):
    def crash(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(storing, "_add_rows", crash)
        put(docx(), "a.docx")
    orphan = queries.path_of(hashlib.sha256(docx()).hexdigest())
    assert orphan.exists()
    assert not StoredFile.objects.exists()
    call_command("files", "check", "--collect")
    assert "orphan" in capsys.readouterr().out
    assert orphan.exists()
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(orphan, (long_ago, long_ago))
    call_command("files", "check", "--collect")
    assert "removed" in capsys.readouterr().out
    assert not orphan.exists()


def test_check_tells_missing_and_changed_content(put, capsys):
    missing, changed, good = (
        put(docx(a=b"1"), "a.docx"),
        put(docx(a=b"2"), "a.docx"),
        put(docx(a=b"3"), "a.docx"),
    )
    queries.path_of(missing.content.digest).unlink()
    queries.path_of(changed.content.digest).write_bytes(b"other")
    with pytest.raises(CommandError, match="2"):
        call_command("files", "check")
    told = capsys.readouterr().out
    assert f"missing  {missing.content.digest}" in told
    assert f"changed  {changed.content.digest}" in told
    assert good.content.digest not in told


def test_upload_mends_content_that_was_lost_from_the_disk(put):
    file = put(docx(), "a.docx")
    queries.path_of(file.content.digest).unlink()
    put(docx(), "a.docx")
    assert queries.path_of(file.content.digest).read_bytes() == docx()


@pytest.mark.django_db(transaction=True)
def test_same_bytes_from_many_threads_become_one_content(put, settings):
    people = [PersonFactory() for _ in range(6)]
    start = threading.Barrier(6)
    refs, errors = [], []

    def one(person):
        try:
            start.wait()
            refs.append(actions.store(person, file=io.BytesIO(docx()), name="a.docx").ref)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(p,)) for p in people]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert errors == []
    assert len(set(refs)) == 6
    assert Content.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_command_and_one_quota_hold_against_many_threads(put, owner, settings):
    settings.FILES_QUOTA_BYTES = len(docx()) + 5
    start = threading.Barrier(5)
    command, told = uuid.uuid4(), []

    def one(same):
        try:
            start.wait()
            told.append(
                actions.store(
                    owner, file=io.BytesIO(docx()), name="a.docx", command=command if same else None
                ).ref
            )
        except RuleBroken:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(n < 4,)) for n in range(5)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert StoredFile.objects.count() == 1
    assert Usage.objects.get().size == len(docx())
    assert len(set(told) - {"refused"}) == 1


def test_text_is_read_in_the_background_and_reading_can_be_repeated(put):
    content = put(pdf(*[b"BT /F1 20 Tf 72 700 Td (Trang %d) Tj ET" % n for n in range(20)])).content
    tasks.read_content.func(content.pk)
    tasks.read_content.func(content.pk)
    tasks.read_content.func(0)
    lines = PageText.objects.get(content=content, index=19).lines
    x0, y0, x1, y1, text, edges = lines[0]
    assert text == "Trang 19"
    assert len(edges) == len(text) + 1
    assert 71 < x0 < 75
    assert 842 - 700 - 20 < y0 < y1 < 842 - 700 + 6
    assert edges[-1] == pytest.approx(x1 - x0, abs=0.2)
    assert PageText.objects.filter(content=content).count() == 20


def test_content_that_could_not_be_looked_at_waits_and_is_read_later(put, monkeypatch):
    def busy(*args, **kwargs):
        raise pages.Busy

    with monkeypatch.context() as broken:
        broken.setattr(pages, "measure", busy)
        content = put(png(30, 20), "a.png").content
        assert content.state == "waiting"
        tasks.read_content.func(content.pk)
    content.refresh_from_db()
    assert content.state == "waiting"
    tasks.read_content.func(content.pk)
    content.refresh_from_db()
    assert (content.state, content.pages) == ("ready", [[22.5, 15.0]])


def test_waiting_content_that_is_gone_from_the_disk_is_refused(put):
    content = put(png(30, 20), "a.png").content
    Content.objects.update(state="waiting")
    queries.path_of(content.digest).unlink()
    tasks.read_content.func(content.pk)
    content.refresh_from_db()
    assert (content.state, content.reason) == ("refused", "missing")


def test_pages_that_cannot_be_drawn_are_remembered_and_the_first_one_condemns_the_document(put):
    content = put(pdf(b"", b"", b"")).content
    actions.note_fault(content, index=2, reason="slow")
    content.refresh_from_db()
    assert (content.state, content.faults) == ("ready", {"2": "slow"})
    actions.note_fault(content, index=0, reason="memory")
    content.refresh_from_db()
    assert (content.state, content.reason) == ("refused", "memory")


def test_refused_content_is_refused_again(put):
    put(docx(), "a.docx")
    Content.objects.update(state="refused", reason="memory")
    with pytest.raises(RuleBroken):
        put(docx(), "a.docx")
    assert StoredFile.objects.count() == 1
