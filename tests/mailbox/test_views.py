import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mailbox import actions, queries
from mailbox.models import Copy, Message
from tests.factories.mailbox import delivered_to, draft_to


@pytest.fixture
def as_reader(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def as_writer(client, writer):
    client.force_login(writer)
    return client


def test_opening_is_the_receipt_and_a_prefetch_is_not(as_reader, writer, reader):
    message = delivered_to(writer, reader)
    url = reverse("mailbox:message", args=[message.ref])
    as_reader.head(url)
    as_reader.get(url, headers={"Sec-Purpose": "prefetch"})
    assert queries.unread_count(reader) == 1
    assert as_reader.get(url).status_code == 200
    assert queries.unread_count(reader) == 0


def test_receipts_are_for_the_sender_alone(as_reader, writer, reader, other):
    message = delivered_to(writer, reader, other)
    url = reverse("mailbox:message", args=[message.ref])
    assert "receipt__list" not in as_reader.get(url).text
    as_reader.force_login(writer)
    assert "receipt__list" in as_reader.get(url).text


def test_refused_sending_keeps_what_was_typed(as_writer, writer):
    draft = actions.write(writer)
    typed = {"subject": "Chưa có người nhận", "text": "Nội dung dài\nhai dòng", "version": 0, "lam": "gui"}
    answer = as_writer.post(reverse("mailbox:draft", args=[draft.ref]), typed)
    assert answer.status_code == 422
    assert "Chưa có người nhận" in answer.text and "hai dòng" in answer.text
    draft.refresh_from_db()
    assert draft.text == "Nội dung dài\nhai dòng" and draft.is_draft


def test_sending_again_shows_the_sent_message(as_writer, writer, reader):
    draft = draft_to(writer, reader)
    url = reverse("mailbox:draft", args=[draft.ref])
    typed = {"subject": draft.subject, "text": draft.text, "version": draft.version, "lam": "gui"}
    assert as_writer.post(url, typed).status_code == 302
    assert as_writer.post(url, typed).url == reverse("mailbox:message", args=[draft.ref])
    assert Copy.objects.filter(folder="inbox").count() == 1


def test_whole_way_works_without_script(as_writer, writer, reader):
    ref = as_writer.post(reverse("mailbox:write")).url.split("/")[-2]
    found = as_writer.get(reverse("mailbox:draft", args=[ref]), {"tim": "dai bieu 01"})
    assert f'value="p{reader.pk}"' in found.text
    as_writer.post(reverse("mailbox:recipients", args=[ref]), {"them": f"p{reader.pk}"})
    file = SimpleUploadedFile("ghi-chú.txt", "Xin chào".encode())
    as_writer.post(reverse("mailbox:files", args=[ref]), {"tep": file})
    as_writer.post(
        reverse("mailbox:draft", args=[ref]),
        {"subject": "Họp", "text": "Mời họp", "version": 0, "lam": "gui"},
    )
    message = Message.objects.get(ref=ref)
    assert not message.is_draft and message.attachments.count() == 1


def test_attached_file_opens_for_recipients_alone(as_writer, writer, reader, other):
    draft = draft_to(writer, reader)
    attachment = actions.attach(writer, draft, file=SimpleUploadedFile("a.txt", b"abc"), name="a.txt")
    url = reverse("files:download", args=[attachment.stored_file.ref])
    as_writer.force_login(reader)
    assert as_writer.get(url).status_code == 404
    actions.hand_out_copies(actions.send(writer, draft))
    assert as_writer.get(url).status_code == 200
    as_writer.force_login(other)
    assert as_writer.get(url).status_code == 404


def test_text_of_a_message_is_shown_as_text(as_reader, writer, reader):
    message = delivered_to(writer, reader, text="<script>alert(1)</script> https://a.example/?x=<b>")
    page = as_reader.get(reverse("mailbox:message", args=[message.ref])).text
    assert "<script>alert(1)" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize("name", ["inbox", "sent", "trash", "drafts"])
def test_every_folder_opens_empty_and_full(as_writer, writer, reader, name):
    assert as_writer.get(reverse(f"mailbox:{name}")).status_code == 200
    delivered_to(writer, writer, reader)
    actions.trash(writer, queries.copies_in(writer, "inbox").first())
    draft_to(writer, reader)
    assert as_writer.get(reverse(f"mailbox:{name}"), {"q": "%_'", "trang": "x"}).status_code == 200
