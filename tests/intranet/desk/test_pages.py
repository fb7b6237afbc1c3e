"""The frame of staff pages, the home page, and the pages for errors."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import server_error

from intranet.desk import registry
from intranet.desk.templatetags.desk import device_name, weekday
from tests.factories.organization import AssignmentFactory, OfficeFactory, PersonFactory, PositionFactory

HOME = "/ban-lam-viec/"


@pytest.fixture
def clerk(db):
    person = PersonFactory(username="clerk", last_name="Trần Thị", first_name="Ấn")
    AssignmentFactory(person=person, office=OfficeFactory(), position=PositionFactory())
    return person


@pytest.fixture
def desk(client, clerk, monkeypatch):
    """A desk on which nothing lies, and the browser of the clerk."""
    for name in ("_menu", "_cards", "_scripts"):
        monkeypatch.setattr(registry, name, {})
    client.force_login(clerk)
    return client


def test_home_without_cards_says_that_nothing_waits(desk):
    response = desk.get(HOME)
    assert response.context["cards"] == []
    assert 'class="card empty"' in response.text


def test_home_shows_the_cards_that_have_something_to_say_in_order(desk):
    registry.register_card(registry.Card("last", "desk/parts/messages.html", 20, lambda person: {}))
    registry.register_card(registry.Card("none", "desk/parts/messages.html", 5, lambda person: None))
    registry.register_card(
        registry.Card("first", "desk/parts/messages.html", 10, lambda person: {"who": person})
    )
    cards = desk.get(HOME).context["cards"]
    assert [card.name for card, facts in cards] == ["first", "last"]


def test_menu_shows_figures_and_where_one_is(desk, clerk):
    registry.register_menu(registry.MenuEntry("Việc", "desk:home", "home", 10))
    registry.register_menu(
        registry.MenuEntry("Thư", "organization:directory", "mail", 20, lambda person: 7, "mail", rings=True)
    )
    registry.register_menu(
        registry.MenuEntry("Kín", "desk:account", "lock", 30, is_shown=lambda person: person.is_superuser)
    )
    text = desk.get(HOME).text
    assert text.count('data-badge="mail">7<') == 2
    assert "Kín" not in text
    assert text.count('aria-current="page"') == 1
    assert 'aria-current="page"' not in desk.get(reverse("desk:account")).text


def test_long_menu_keeps_the_rest_behind_more(desk):
    names = [
        "desk:home",
        "desk:account",
        "organization:directory",
        "mfa_index",
        "usersessions_list",
        "account_logout",
    ]
    for order, name in enumerate(names):
        registry.register_menu(registry.MenuEntry(name, name, "home", order))
    assert "rail__more" in desk.get(HOME).text


def test_scripts_come_with_their_facts(desk):
    registry.register_script(
        registry.Script("desk/js/badges.js", "bell-facts", lambda person: {"name": str(person)})
    )
    text = desk.get(HOME).text
    assert (
        '<script id="bell-facts" type="application/json">{"name": "Tr\\u1ea7n Th\\u1ecb \\u1ea4n"}</script>'
        in text
    )
    assert "desk/js/badges.js" in text


def test_frame_names_the_house_and_the_person(desk):
    text = desk.get(HOME).text
    assert "Ủy ban nhân dân xã" in text
    assert "Trần Thị Ấn" in text
    assert "Công chức Ủy ban nhân dân xã" in text


def test_frame_has_no_inline_script_or_style(desk):
    for path in (HOME, reverse("desk:account"), "/to-chuc/"):
        text = desk.get(path).text
        assert " style=" not in text
        assert "onclick" not in text
        assert "<script>" not in text


def test_account_page_shows_posts_and_the_way_to_security(client, clerk):
    client.force_login(clerk)
    text = client.get(reverse("desk:account")).text
    assert "Công chức Ủy ban nhân dân xã" in text
    for name in ("account_change_password", "mfa_index", "usersessions_list"):
        assert reverse(name) in text


def test_design_page_is_not_for_production(client, db):
    assert client.get("/design/").status_code == 404
    assert 'data-theme="dark"' in render_to_string("desk/design.html", {"desk_brand": "Đình"})


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "429", "500"])
def test_error_pages_need_no_database_and_no_request(name):
    text = render_to_string(f"{name}.html")
    assert "<h1" in text
    assert " style=" not in text


def test_server_error_is_a_page_without_database():
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"lost__title" in response.content


def test_form_sent_without_its_token_is_refused_with_a_page(clerk):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "clerk", "password": "x"})
    assert response.status_code == 403
    assert "lost__title" in response.text


def test_weekdays_are_said_in_vietnamese(settings):
    assert weekday(datetime.date(2026, 11, 23)) in ("Thứ Hai", "Monday")


def test_unknown_device_has_a_name():
    assert device_name("curl/8")
