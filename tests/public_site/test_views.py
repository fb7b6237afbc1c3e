import datetime

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from cms import actions
from tests.factories.cms import ArticleFacts

ALL = [
    "/",
    "/thu-tuc/",
    "/thu-tuc/?linh-vuc=ho-tich",
    "/thu-tuc/?viec=sinh-con",
    "/thu-tuc/dang-ky-khai-sinh/",
    "/tin-tuc/",
    "/tin-tuc/tin/",
    "/van-ban/",
    "/van-ban/1qd-ve-ngan-sach/",
    "/gioi-thieu/",
    "/lien-he/",
    "/tim-kiem/",
    "/tim-kiem/?q=khai+sinh",
    "/tim-kiem/?q=khong+co",
    "/sitemap.xml",
    "/robots.txt",
]


@pytest.fixture
def full(portal, procedure, article, document):
    procedure(name="Đăng ký khai sinh", life_events=["sinh-con"], common=True)
    article(
        slug="tin",
        title="Tin mới",
        body=[{"h": "Mục"}, {"table": {"head": ["a"], "rows": [["1"]]}}, {"note": "Chú ý"}],
    )
    document(number="1/QĐ", title="Về ngân sách")
    actions.set_notice(None, title="Nghỉ lễ.", text="Mở lại sau.", until=datetime.date(2999, 1, 1), page=None)
    return portal


def test_public_pages_open_without_a_session(full):
    for address in ALL:
        client = Client()
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        assert "unsafe" not in answer.headers["Content-Security-Policy"], address
        assert answer.headers["Content-Language"] == "vi", address
        text = answer.content.decode()
        assert "<script" not in text, address
        assert " style=" not in text, address
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304, address


def test_chosen_language_of_staff_does_not_change_a_public_page(full):
    answer = Client(headers={"Cookie": "django_language=en"}).get("/")
    assert answer.headers["Content-Language"] == "vi"
    assert answer.content == Client().get("/").content


def test_missing_page_helps_on(full):
    answer = Client().get("/khong-co/")
    assert answer.status_code == 404
    assert "/tim-kiem/" in answer.content.decode()
    assert not answer.cookies


def test_search_stands_any_input(full):
    client = Client()
    for raw in ("%00", "%E0%A4%A", "a" * 5000, "%22%27%3B--", "NEAR(", "*", "%F0%9F%98%80"):
        for address in (
            f"/tim-kiem/?q={raw}&loai={raw}&linh-vuc={raw}&trang={raw}",
            f"/tim-kiem/?q=khai&linh-vuc={raw}&trang={raw}",
            f"/thu-tuc/?linh-vuc={raw}&viec={raw}&trang={raw}",
            f"/van-ban/?q={raw}&loai={raw}&nam={raw}&hieu-luc={raw}&trang={raw}",
            f"/tin-tuc/?loai={raw}&trang={raw}",
        ):
            assert client.get(address).status_code == 200, address


def test_draft_is_not_shown_by_its_address(full, editor_page):
    draft = editor_page("draft")
    assert Client().get(f"/tin-tuc/{draft.slug}/").status_code == 404
    assert draft.slug not in Client().get("/sitemap.xml").content.decode()
    assert Client().get(f"/admin/pages/{draft.pk}/view_draft/").status_code == 302
    assert Client().get(f"/admin/pages/{draft.pk}/edit/preview/").status_code == 302


@pytest.fixture
def editor_page(full):
    return lambda state: actions.publish_article(None, index=full.news, state=state, **ArticleFacts())


def test_restricted_page_asks_for_a_sign_in(full):
    PageViewRestriction.objects.create(page=full.news, restriction_type=PageViewRestriction.LOGIN)
    assert Client().get("/tin-tuc/tin/").status_code == 302
    assert "/tin-tuc/" not in Client().get("/").content.decode()


def test_found_words_are_marked(full):
    text = Client().get("/tim-kiem/?q=dang+ky+khai+sinh").content.decode()
    assert "<mark>Đăng ký khai sinh</mark>" in text


def test_procedure_says_how_far_it_can_be_relied_on(full):
    text = Client().get("/thu-tuc/dang-ky-khai-sinh/").content.decode()
    assert "20/07/2026" in text


def test_notice_ends_with_its_day(full):
    assert "Nghỉ lễ." in Client().get("/").content.decode()
    actions.set_notice(None, title="Nghỉ lễ.", text="x", until=datetime.date(2020, 1, 1))
    assert "Nghỉ lễ." not in Client().get("/").content.decode()


def test_lists_take_the_same_queries_for_one_row_and_for_three(
    portal, procedure, article, document, django_assert_max_num_queries
):
    most = {"/": 18, "/thu-tuc/": 12, "/tin-tuc/": 12, "/van-ban/": 12, "/tim-kiem/?q=viec": 6}

    def count(address):
        Client().get(address)  # fills Wagtail's cache of site roots
        with django_assert_max_num_queries(most[address]) as seen:
            assert Client().get(address).status_code == 200
        return len(seen.captured_queries)

    def publish():
        procedure(summary="Một việc.", common=True, life_events=["sinh-con"])
        article(lead="Một việc.")
        document(excerpt="Một việc.")

    publish()
    one = {address: count(address) for address in most}
    publish()
    publish()
    assert {address: count(address) for address in most} == one


def test_procedure_page_takes_few_queries(full, django_assert_max_num_queries):
    Client().get("/thu-tuc/dang-ky-khai-sinh/")
    with django_assert_max_num_queries(10):
        Client().get("/thu-tuc/dang-ky-khai-sinh/")
