"""What every staff page shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import registry


def desk(request: HttpRequest) -> dict[str, Any]:
    """`desk_menu`: [(entry, figure)] for the person signed in; worked out only when a template asks."""

    def menu() -> list[tuple[registry.MenuEntry, int]]:
        person = getattr(request, "user", None)
        if person is None or not person.is_authenticated:
            return []
        return [
            (entry, entry.badge(person) if entry.badge else 0)
            for entry in registry.menu()
            if entry.is_shown is None or entry.is_shown(person)
        ]

    return {"desk_menu": SimpleLazyObject(menu)}
