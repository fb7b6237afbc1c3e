"""What a browser is told it may load, on every kind of page."""

import pytest
from django.urls import reverse

from tests.factories.organization import PersonFactory


def policy(response):
    directives = response.headers["Content-Security-Policy"].split("; ")
    return {name: set(values) for name, *values in (part.split() for part in directives)}


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/ban-lam-viec/", "/khong-co-trang-nay/", "/ngon-ngu/"]
)
def test_pages_allow_nothing_inline_and_no_other_host(db, client, path):
    told = policy(client.get(path))
    assert told["script-src"] == {"'self'"}
    assert told["style-src"] == {"'self'"}
    assert told["default-src"] == {"'self'"}
    assert told["object-src"] == {"'none'"}
    assert told["frame-ancestors"] == {"'self'"}


def test_only_the_script_that_draws_pdfs_may_compile(settings):
    told = {}
    for script in ("files/js/pdf/worker.js", "files/js/pdf/engine.js", "files/js/viewer.js"):
        told[script] = {}
        settings.WHITENOISE_ADD_HEADERS_FUNCTION(told[script], "", settings.STATIC_URL + script)
    assert told.pop("files/js/pdf/worker.js") == {"Content-Security-Policy": settings.DRAWING_POLICY}
    assert set(map(len, told.values())) == {0}
    assert "unsafe-eval" not in settings.DRAWING_POLICY.replace("wasm-unsafe-eval", "")
    gateway = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    assert f'worker\\.js$ "{settings.DRAWING_POLICY}";' in gateway


def test_editor_alone_may_run_inline(db, client):
    client.force_login(PersonFactory(is_superuser=True))
    told = policy(client.get(reverse("wagtailadmin_home")))
    assert told["script-src"] == {"'self'", "'unsafe-inline'"}
    assert told["style-src"] == {"'self'", "'unsafe-inline'"}
    assert told["default-src"] == {"'self'"}


@pytest.mark.parametrize("path", ["/administration/", "/accounts/login/?next=/admin/", "/tim-kiem/admin/"])
def test_addresses_that_look_like_the_editor_stay_strict(db, client, path):
    assert "'unsafe-inline'" not in policy(client.get(path))["script-src"]


def test_language_is_vietnamese_whatever_the_browser_prefers(db, client):
    response = client.get("/accounts/login/", headers={"accept-language": "en"})
    assert response.headers["Content-Language"] == "vi"
    assert 'lang="vi"' in response.text


def test_language_is_the_readers_choice(db, client):
    client.post(reverse("set_language"), {"language": "en", "next": "/accounts/login/"})
    assert 'lang="en"' in client.get("/accounts/login/").text
    client.cookies["django_language"] = "xx"
    assert 'lang="vi"' in client.get("/accounts/login/").text


def test_session_is_noted_once_in_a_while_not_with_every_request(db, client, django_assert_num_queries):
    from allauth.usersessions.models import UserSession

    client.force_login(PersonFactory())
    client.get(reverse("desk:account"))
    seen = UserSession.objects.get()
    client.get(reverse("desk:account"))
    assert UserSession.objects.get().last_seen_at == seen.last_seen_at
