"""What packages above put on the staff desk: entries of the menu and cards of the home page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class MenuEntry:
    """One line of the staff menu."""

    label: str | Promise
    url_name: str
    icon: str
    """The id of a symbol in the staff icon sheet, without "i-"."""
    order: int
    badge: Callable[[Any], int] | None = None
    """Person -> the figure beside the label, 0 for none."""
    badge_name: str = ""
    """Value of the badge's `data-badge` attribute, so that the package's script can keep it live."""
    is_shown: Callable[[Any], bool] | None = None
    """Person -> whether the entry is for them; always, if None."""


@dataclass(frozen=True)
class Card:
    """One card of the staff home page."""

    name: str
    template: str
    order: int
    context: Callable[[Any], dict[str, Any] | None]
    """Person -> what the template needs, None when the card has nothing to say to them."""


_menu: dict[str, MenuEntry] = {}
_cards: dict[str, Card] = {}


def register_menu(entry: MenuEntry) -> None:
    """Add an entry to the menu (by its address); called from `AppConfig.ready`."""
    _menu[entry.url_name] = entry


def register_card(card: Card) -> None:
    """Add a card to the home page (by its name); called from `AppConfig.ready`."""
    _cards[card.name] = card


def menu() -> list[MenuEntry]:
    """The menu in its order."""
    return sorted(_menu.values(), key=lambda entry: entry.order)


def cards() -> list[Card]:
    """The cards in their order."""
    return sorted(_cards.values(), key=lambda card: card.order)
