"""Who gets which bytes, and with which headers."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient, Client
from django.urls import reverse

from intranet.files import actions, registry
from intranet.files.models import Content, StoredFile
from tests.factories.files import docx, pdf, png

VIEWS = {
    "download": [],
    "facts": [],
    "read": [],
    "view_pdf": [],
    "search": [],
    "page": [1],
    "text": [1],
}


def address(file, view="download"):
    return reverse(f"files:{view}", args=[file.ref, *VIEWS[view]])


@pytest.fixture
def file(put):
    return put(pdf(b"BT /F1 20 Tf 72 700 Td (Hoi dong) Tj ET"), "Tờ trình “số 1”.pdf")


@pytest.fixture
def reader(client, owner) -> Client:
    client.force_login(owner)
    return client


@pytest.fixture
def outsider(stranger) -> Client:
    client = Client()
    client.force_login(stranger)
    return client


@pytest.fixture
def granted(monkeypatch):
    grants = {}
    monkeypatch.setattr(registry, "_grants", grants)
    return grants


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "headers", [{}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"}], ids=lambda h: "".join(h)
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_file_is_absent_for_a_stranger_whatever_is_asked(outsider, reader, file, view, headers, method):
    if "If-None-Match" in headers:
        headers = {"If-None-Match": reader.get(address(file, view)).headers.get("ETag", "*")}
    answer = getattr(outsider, method)(address(file, view), headers=headers)
    absent = getattr(outsider, method)(address(file, view).replace(file.ref, "khongcogi234"), headers=headers)
    assert answer.status_code == absent.status_code == 404
    assert answer.content == absent.content
    assert {"ETag", "Content-Range", "Accept-Ranges"}.isdisjoint(answer.headers)


@pytest.mark.parametrize("view", VIEWS)
def test_file_asks_the_unknown_to_sign_in(client, file, view):
    answer = client.get(address(file, view))
    assert answer.status_code == 302
    assert file.name not in str(answer.headers)


@pytest.mark.parametrize("view", ["download", "facts", "page", "search", "text", "view_pdf"])
def test_grant_opens_the_file_and_its_end_closes_it_at_once(outsider, stranger, file, view, granted):
    granted["tests"] = lambda person, asked: (
        registry.Access() if person == stranger and asked == file else None
    )
    if view == "view_pdf":
        actions.read_content(file.content)
    assert outsider.get(address(file, view)).status_code == 200
    granted.clear()
    assert outsider.get(address(file, view)).status_code == 404


def test_disabled_account_and_administrator_get_nothing(file, owner, stranger, granted):
    owner.is_active = False
    stranger.is_superuser = stranger.is_staff = True
    for person in (owner, stranger):
        person.save()
        client = Client()
        client.force_login(person)
        assert client.get(address(file)).status_code in (302, 404)


def test_original_is_sent_with_headers_that_keep_it_harmless(reader, file):
    answer = reader.get(address(file))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Disposition"].startswith("inline;")
    assert "filename*=UTF-8''T%E1%BB%9D%20tr%C3%ACnh" in answer["Content-Disposition"]
    assert reader.get(address(file) + "?tai=1")["Content-Disposition"].startswith("attachment;")


def test_document_that_is_not_shown_is_always_an_attachment(reader, put):
    for name in ("a.docx", "b.txt"):
        answer = reader.get(address(put(docx() if name == "a.docx" else b"chao", name)))
        assert answer["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=5-", 206, slice(5, None)),
        ("bytes=-6", 206, slice(-6, None)),
        ("bytes=0-99999999", 206, slice(0, None)),
        ("bytes=-99999999", 206, slice(0, None)),
        ("bytes=99999999-", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=9-3", 200, slice(0, None)),
        ("bytes=0-1,3-4", 200, slice(0, None)),
        ("lines=0-3", 200, slice(0, None)),
        ("bytes=-", 200, slice(0, None)),
        ("bytes=a-b", 200, slice(0, None)),
        ("bytes=" + "9" * 5000 + "-", 416, None),
    ],
)
def test_range_gets_its_part(reader, file, asked, status, part):
    whole = b"".join(reader.get(address(file)).streaming_content)
    answer = reader.get(address(file), headers={"Range": asked})
    assert answer.status_code == status
    if status == 416:
        assert answer["Content-Range"] == f"bytes */{len(whole)}"
        return
    body = b"".join(answer.streaming_content)
    assert body == whole[part]
    assert int(answer["Content-Length"]) == len(body)
    if status == 206:
        assert answer["Content-Range"].endswith(f"/{len(whole)}")


def test_range_of_another_version_gets_the_whole_file(reader, file):
    tag = reader.get(address(file))["ETag"]
    assert reader.get(address(file), headers={"Range": "bytes=0-3", "If-Range": tag}).status_code == 206
    assert reader.get(address(file), headers={"Range": "bytes=0-3", "If-Range": '"other"'}).status_code == 200


@pytest.mark.parametrize("view", ["download", "facts", "page", "text"])
def test_known_version_is_not_sent_again(reader, file, view):
    tag = reader.get(address(file, view))["ETag"]
    answer = reader.get(address(file, view), headers={"If-None-Match": f'W/"x", {tag}'})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["Cache-Control"] == "private, no-cache"


def test_head_tells_the_size_without_the_bytes(reader, file):
    answer = reader.head(address(file))
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer["Content-Length"]) == file.content.size


@pytest.mark.django_db(transaction=True)
async def test_original_is_streamed_under_asgi(file, owner):
    client = AsyncClient()
    await client.aforce_login(owner)
    answer = await client.get(address(file), headers={"Range": "bytes=0-4"})
    assert answer.status_code == 206
    assert answer.is_async
    assert b"".join([piece async for piece in answer.streaming_content]) == b"%PDF-"


def test_page_text_and_facts_are_what_a_viewer_needs(reader, file):
    image = reader.get(address(file, "page") + "?w=700")
    assert (image["Content-Type"], image.content[:4], image.content[8:12]) == ("image/webp", b"RIFF", b"WEBP")
    assert reader.get(address(file, "text")).json()[0][4] == "Hoi dong"
    facts = reader.get(address(file, "facts")).json()
    assert (facts["name"], facts["state"], facts["pages"]) == (file.name, "ready", [[595.0, 842.0]])


@pytest.mark.parametrize("width", ["", "0", "-1", "abc", "99999999999", "1e3", "²"])
def test_any_wish_for_a_width_gets_an_image(reader, file, width):
    assert reader.get(address(file, "page"), {"w": width}).status_code == 200


@pytest.mark.parametrize("number", [0, 2, 99999])
def test_page_that_is_not_there_is_absent(reader, file, number):
    assert reader.get(reverse("files:page", args=[file.ref, number])).status_code == 404


def test_page_known_to_fail_is_answered_with_its_sentence(reader, file):
    Content.objects.update(faults={"0": "slow"})
    answer = reader.get(address(file, "page"))
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")


def test_page_that_turns_out_broken_is_answered_and_remembered(reader, file, files_root):
    Content.objects.update(pages=[[595, 842]] * 2)
    answer = reader.get(reverse("files:page", args=[file.ref, 2]))
    assert answer.status_code == 422
    assert Content.objects.get().faults == {"1": "broken"}
    assert Content.objects.get().state == "ready"


def test_refused_document_tells_its_reason_and_shows_no_page(reader, file):
    Content.objects.update(state="refused", reason="memory")
    assert reader.get(address(file, "facts")).json()["reason"].endswith(".")
    assert reader.get(address(file, "page")).status_code == 404


def test_bytes_lost_from_the_disk_are_absent_not_an_error(reader, file):
    from intranet.files import queries

    queries.path_of(file.content.digest).unlink()
    assert reader.get(address(file)).status_code == 404


def test_upload_answers_with_a_reference_and_once_for_a_command(reader):
    command = str(uuid.uuid4())

    def send():
        picture = SimpleUploadedFile("Ảnh.png", png(9, 9))
        return reader.post(reverse("files:upload"), {"file": picture, "command": command})

    first, again = send().json(), send().json()
    file = StoredFile.objects.get()
    assert first == {"ref": file.ref, "name": "Ảnh.png", "size": len(png(9, 9)), "state": "ready"}
    assert again == first


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "a.pdf"), (b"<html>", "a.pdf"), (png(20_000, 20_000, pixels=False), "a.png"), (b"x", "\u202e")],
)
def test_upload_that_is_refused_is_answered_with_a_sentence(reader, data, name):
    answer = reader.post(reverse("files:upload"), {"file": SimpleUploadedFile(name or "x", data)})
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert not StoredFile.objects.exists()


def test_upload_needs_a_file_a_person_and_a_post(reader, client):
    assert reader.post(reverse("files:upload")).status_code == 400
    wrong = {"file": SimpleUploadedFile("a.txt", b"x"), "command": "no"}
    assert reader.post(reverse("files:upload"), wrong).status_code == 400
    assert reader.get(reverse("files:upload")).status_code == 405
    assert Client().post(reverse("files:upload")).status_code == 302
    assert Client(enforce_csrf_checks=True).post(reverse("files:upload")).status_code == 403


def test_reading_page_escapes_the_name_and_sends_what_has_no_pages_to_download(reader, put):
    shown = reader.get(address(put(png(9, 9), "a & b 'c'.png"), "read")).content.decode()
    assert "a &amp; b &#x27;c&#x27;.png" in shown
    assert "<script>" not in shown
    letter = put(b"chao", "a.txt")
    assert reader.get(address(letter, "read"))["Location"] == address(letter)


def test_viewer_reads_the_drawn_pdf_by_ranges_under_one_tag(reader, file):
    assert reader.get(address(file, "facts")).json()["source"] == "images"
    assert reader.get(address(file, "view_pdf")).status_code == 404
    actions.read_content(file.content)
    whole = reader.get(address(file, "view_pdf"))
    part = reader.get(address(file, "view_pdf"), headers={"Range": "bytes=0-4"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF-")
    assert whole["ETag"] == part["ETag"]
    assert (part["Content-Type"], part["Cache-Control"]) == ("application/pdf", "private, no-cache")
    assert reader.get(address(file, "facts")).json()["source"] == "pdf"


@pytest.mark.parametrize("access", [{"original": False}, {"stamped": True}])
def test_pdf_of_a_paper_that_may_only_be_looked_at_never_leaves(outsider, stranger, file, granted, access):
    granted["tests"] = lambda person, asked: registry.Access(**access)
    actions.read_content(file.content)
    assert outsider.get(address(file, "facts")).json()["source"] == "images"
    for headers in ({}, {"Range": "bytes=0-4"}, {"If-None-Match": "*"}):
        assert outsider.get(address(file, "view_pdf"), headers=headers).status_code == 404
    assert outsider.get(address(file, "page")).status_code == 200


def test_pictures_and_unread_files_have_no_pdf_to_draw(reader, put):
    picture = put(png(9, 9), "a.png")
    assert reader.get(address(picture, "view_pdf")).status_code == 404
    unread = put(pdf(), "b.pdf")
    Content.objects.update(state="waiting")
    assert reader.get(address(unread, "view_pdf")).status_code == 404


def test_part_of_an_enlarged_page_is_the_same_picture_sharper(reader, file):
    import io

    from PIL import Image, ImageChops

    def picture(query):
        answer = reader.get(address(file, "page"), query)
        assert answer.status_code == 200
        return Image.open(io.BytesIO(answer.content)).convert("L")

    part = picture({"w": "2380", "o": "256,384,640,320"})
    assert part.size == (640, 320)
    whole = picture({"w": "1240"})
    scale = whole.width / 2380
    box = [round(side * scale) for side in (256, 384, 256 + 640, 384 + 320)]
    soft = whole.crop(box).resize((640, 320))
    assert part.getextrema()[0] < 100, "there is writing in this part"
    difference = ImageChops.difference(part.reduce(8), soft.reduce(8)).getextrema()[1]
    assert difference < 90


@pytest.mark.parametrize(
    "wish", ["", "1,2,3", "a,b,c,d", "0,0,0,9", "-1,0,9,9", "9999,0,9,9", "0,0,9,9,9", "0,99999,9,9"]
)
def test_part_that_is_none_is_absent(reader, file, wish):
    assert reader.get(address(file, "page"), {"w": "1240", "o": wish}).status_code == 404


def test_part_is_never_larger_than_an_image_may_be(reader, file):
    import io

    from PIL import Image

    answer = reader.get(address(file, "page"), {"w": "10000", "o": "0,0,9999,9999"})
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.width * picture.height <= 5_240_000


def test_text_of_a_full_page_is_packed_for_who_can_unpack_it(reader, put):
    import gzip

    lines = b"\n".join(
        b"BT /F1 9 Tf 40 %d Td (%s) Tj ET" % (820 - 10 * at, b"chu viet " * 9) for at in range(60)
    )
    file = put(pdf(lines))
    plain = reader.get(address(file, "text"))
    packed = reader.get(address(file, "text"), headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert plain["ETag"] != packed["ETag"] and packed["Vary"] == "Cookie, Accept-Encoding"
    fresh = {"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
    assert reader.get(address(file, "text"), headers=fresh).status_code == 304


def test_words_of_the_paper_are_found_with_page_and_box(reader, file, owner):
    from intranet.files import actions

    actions.read_content(file.content)
    found = reader.get(address(file, "search"), {"q": "HỘI dong"}).json()
    assert (found["more"], found["unread"]) == (False, 0)
    (hit,) = found["hits"]
    assert (hit["page"], hit["match"]) == (1, "Hoi dong")
    x0, y0, x1, y1 = hit["boxes"][0]
    assert 60 < x0 < x1 < 300 and 100 < y0 < y1 < 200
    assert reader.get(address(file, "search"), {"q": "khong co"}).json()["hits"] == []
    assert reader.get(address(file, "search")).json()["hits"] == []


def test_search_says_what_is_not_read_yet_and_reads_old_rows(reader, file):
    from intranet.files import actions
    from intranet.files.models import PageText

    PageText.objects.all().delete()
    assert reader.get(address(file, "search"), {"q": "hoi"}).json() == {
        "hits": [],
        "more": False,
        "unread": 1,
    }
    actions.read_content(file.content)
    PageText.objects.update(folded="")
    assert len(reader.get(address(file, "search"), {"q": "hoi"}).json()["hits"]) == 1


def test_words_that_may_not_leave_are_not_searched(outsider, file, granted):
    granted["tests"] = lambda person, asked: registry.Access(original=False, text=False)
    assert outsider.get(address(file, "search"), {"q": "hoi"}).status_code == 404
