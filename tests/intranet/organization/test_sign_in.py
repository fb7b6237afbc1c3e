"""Signing in and out: the doors, what they tell, and what they end."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.test import Client, override_settings
from django.urls import Resolver404, resolve, reverse

from intranet.audit.models import Entry
from intranet.organization import actions, receivers
from intranet.organization.models import Person
from tests.factories.organization import PASSWORD, PersonFactory

LOGIN = "/accounts/login/"


@pytest.fixture
def clerk(db):
    return PersonFactory(username="clerk", first_name="Ấn", last_name="Công chức", password=PASSWORD)


@pytest.fixture
def ended(monkeypatch):
    """What the live layer was told to end."""
    told = []
    for name in ("end_person", "end_session"):
        monkeypatch.setattr(receivers.live, name, lambda value, name=name: told.append((name, value)))
    return told


def sign_in(client, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": "clerk", "password": password, **more})


def test_sign_in_leads_to_the_desk_and_is_logged(client, clerk):
    response = sign_in(client)
    assert response.headers["Location"] == reverse("desk:home")
    entry = Entry.objects.get(chain=f"person:{clerk.pk}")
    assert (entry.action, entry.actor_id) == ("organization.sign_in", clerk.pk)


def test_next_page_is_kept_when_it_is_ours(client, clerk):
    assert 'value="/hop/"' in client.get(LOGIN, {"next": "/hop/"}).text
    assert sign_in(client, next="/hop/").headers["Location"] == "/hop/"


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"]
)
def test_next_page_elsewhere_is_not_followed(client, clerk, target):
    assert sign_in(client, next=target).headers["Location"] == reverse("desk:home")


def test_refusal_does_not_tell_whether_the_account_exists(client, clerk):
    wrong = sign_in(client, password="khong-phai-mat-khau")
    unknown = client.post(LOGIN, {"login": "khong-co-ai", "password": PASSWORD})
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert len(wrong.context["form"].non_field_errors()) == 1


def test_disabled_account_cannot_sign_in_and_loses_its_session(client, clerk):
    sign_in(client)
    actions.disable_person(None, clerk)
    assert client.get(reverse("desk:home")).status_code == 302
    fresh = Client()
    sign_in(fresh)
    assert "_auth_user_id" not in fresh.session


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "3/5m/key", "login": "100/m/ip"})
def test_guessing_is_stopped_for_the_account(client, clerk):
    for _ in range(3):
        sign_in(client, password="sai-mat-khau-nay")
    refused = sign_in(client)
    assert "_auth_user_id" not in client.session
    assert refused.context["form"].non_field_errors()


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "password/reset/",
        "password/reset/done/",
        "login/code/",
        "social/signup/",
        "3rdparty/",
    ],
)
def test_doors_nobody_needs_do_not_exist(db, client, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_sign_out_asks_first_and_ends_the_sockets_of_this_browser(client, clerk, ended):
    sign_in(client)
    key = client.session.session_key
    assert client.get("/accounts/logout/").status_code == 200
    client.post("/accounts/logout/")
    assert ("end_session", key) in ended
    assert client.get(reverse("desk:home")).status_code == 302


def test_ending_other_sessions_ends_their_sockets(client, clerk, ended):
    sign_in(client)
    other = Client()
    sign_in(other)
    key = other.session.session_key
    client.post(reverse("usersessions_list"))
    assert ("end_session", key) in ended
    assert other.get(reverse("desk:home")).status_code == 302
    assert client.get(reverse("desk:home")).status_code == 200
    assert UserSession.objects.count() == 1


def test_changed_password_ends_other_sessions_and_sockets(client, clerk, ended):
    sign_in(client)
    other = Client()
    sign_in(other)
    new = "mot-mat-khau-khac-9"
    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert ("end_person", clerk.pk) in ended
    assert other.get(reverse("desk:home")).status_code == 302
    assert client.get(reverse("desk:home")).status_code == 200
    assert Person.objects.get(pk=clerk.pk).check_password(new)
    assert Entry.objects.filter(action="organization.change_password").exists()


@pytest.mark.parametrize("weak", ["ngan", "1234567890123"])
def test_weak_password_is_refused(client, clerk, weak):
    sign_in(client)
    response = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )
    assert response.status_code == 200
    assert Person.objects.get(pk=clerk.pk).check_password(PASSWORD)


def test_password_given_by_the_administrator_ends_sessions_and_sockets(client, clerk, ended):
    sign_in(client)
    actions.set_password(None, clerk, password="mot-mat-khau-khac-9")
    assert ("end_person", clerk.pk) in ended
    assert client.get(reverse("desk:home")).status_code == 302


def test_account_disabled_in_the_editor_ends_sockets(client, clerk, ended):
    """Wagtail's own form saves the model: the receiver notices, not the form."""
    clerk.is_active = False
    clerk.save()
    assert ended == [("end_person", clerk.pk)]


def test_saving_a_person_for_another_reason_ends_nothing(clerk, ended):
    clerk.phone = "101"
    clerk.save()
    clerk.save(update_fields=["last_login"])
    assert ended == []


def test_second_step_is_asked_for(client, clerk):
    secret = generate_totp_secret()
    TOTP.activate(clerk, secret)
    assert sign_in(client).headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("desk:home")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_second_step_is_turned_on_only_after_a_fresh_check(client, clerk):
    client.force_login(clerk)
    response = client.get(reverse("mfa_activate_totp"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "usersessions_list",
        "account_change_password",
    ],
)
def test_pages_of_ones_account_are_drawn(client, clerk, name):
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert " style=" not in response.text


def test_strangers_are_sent_to_sign_in(db, client):
    for path in ("/ban-lam-viec/", "/to-chuc/", "/ban-lam-viec/tai-khoan/", "/accounts/sessions/"):
        response = client.get(path)
        assert response.headers["Location"] == f"{LOGIN}?next={path}"


def test_password_reset_has_no_address():
    with pytest.raises(Resolver404):
        resolve("/accounts/password/reset/", urlconf="intranet.config.account_urls")
