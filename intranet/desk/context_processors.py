"""What every staff page shows around its content."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from intranet.lib.text import initials
from intranet.organization import queries

from . import registry

BRAND_SECONDS = 60


@dataclass(frozen=True)
class Line:
    """A line of the menu as one person sees it on one page."""

    entry: registry.MenuEntry
    url: str
    figure: int
    is_current: bool
    has_badge: bool


@dataclass(frozen=True)
class Me:
    """The person signed in, as the frame shows them."""

    post: str
    initials: str


@dataclass(frozen=True)
class LoadedScript:
    """A registered script with what the page carries for it."""

    path: str
    id: str
    facts: Any


def desk(request: HttpRequest) -> dict[str, Any]:
    """`desk_menu`, `desk_me`, `desk_scripts`, `desk_brand`; each worked out only when a template asks."""
    person = getattr(request, "user", None)

    def is_known() -> bool:
        return person is not None and person.is_authenticated

    def menu() -> list[Line]:
        return _menu(person, request.path) if is_known() else []

    def me() -> Me | None:
        return Me(queries.post_of(person), initials(str(person))) if is_known() else None  # type: ignore[arg-type]

    def scripts() -> list[LoadedScript]:
        known = is_known()
        return [
            LoadedScript(script.path, script.facts_id, script.facts(person) if script.facts else None)
            for script in registry.scripts()
            if known or script.is_everywhere
        ]

    return {
        "desk_menu": SimpleLazyObject(menu),
        "desk_me": SimpleLazyObject(me),
        "desk_scripts": SimpleLazyObject(scripts),
        "desk_brand": SimpleLazyObject(_brand),
    }


def _menu(person: Any, path: str) -> list[Line]:
    entries = [entry for entry in registry.menu() if entry.is_shown is None or entry.is_shown(person)]
    urls = [reverse(entry.url_name) for entry in entries]
    home = reverse("desk:home")
    current = max(
        (url for url in urls if path == url or (path.startswith(url) and url != home)), key=len, default=""
    )
    return [
        Line(entry, url, entry.badge(person) if entry.badge else 0, url == current, entry.badge is not None)
        for entry, url in zip(entries, urls, strict=True)
    ]


def _brand() -> str:
    """The name of the house at the top of the tree, kept for `BRAND_SECONDS`; the site's name before there
    is one.
    """
    brand: str | None = cache.get("desk-brand")
    if brand is None:
        office = queries.house()
        brand = (office.short_name or office.name) if office else settings.WEBSITE_NAME
        cache.set("desk-brand", brand, BRAND_SECONDS)
    return brand
