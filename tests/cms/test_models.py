import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import ArticlePage, NewsCategory


def form_of(portal, **facts):
    return nested_form_data(
        {
            "title": "Đăng ký hộ khẩu ở Ủy ban",
            "slug": "đăng-ký-hộ-khẩu",
            "category": NewsCategory.objects.first().pk,
            "published_on": "20/11/2026",
            "lead": "Tóm tắt.",
            "body": streamfield([("paragraph", rich_text('<p>Chữ <a href="javascript:alert(1)">x</a></p>'))]),
            "attachments": streamfield([]),
            "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MAX_NUM_FORMS": ""},
            **facts,
        }
    )


@pytest.fixture
def add(portal):
    return f"/admin/pages/add/cms/articlepage/{portal.news.pk}/"


def test_editor_who_asks_to_publish_gets_a_draft(portal, editor, add):
    client = Client()
    client.force_login(editor)
    client.post(add, form_of(portal, **{"action-publish": "x"}))
    page = ArticlePage.objects.get()
    assert not page.live
    assert page.slug == "dang-ky-ho-khau"
    assert client.get("/tin-tuc/dang-ky-ho-khau/").status_code == 404
    assert client.post(f"/admin/pages/{portal.news.pk}/unpublish/").status_code == 302
    portal.news.refresh_from_db()
    assert portal.news.live


def test_approver_publishes_and_scripts_are_taken_out(portal, approver, add):
    client = Client()
    client.force_login(approver)
    client.post(add, form_of(portal, **{"action-publish": "x"}))
    assert ArticlePage.objects.get().live
    shown = Client().get("/tin-tuc/dang-ky-ho-khau/")
    assert shown.status_code == 200
    assert "javascript:" not in shown.content.decode()


def test_stranger_sees_no_admin(portal, django_user_model, add):
    client = Client()
    client.force_login(django_user_model.objects.create(username="nguoi-la"))
    assert client.post(add, form_of(portal)).status_code == 302
    assert not ArticlePage.objects.exists()


def test_page_without_an_address_gets_one_of_plain_letters(portal):
    page = ArticlePage(title="Đường Đình", lead="x", category=NewsCategory.objects.first())
    portal.news.add_child(instance=page)
    assert page.slug == "duong-dinh"
