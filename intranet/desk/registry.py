"""What packages above put on the staff desk: entries of the menu, cards of the home page, scripts of every
page, and who delivers mail.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

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
    rings: bool = False
    """Whether the bell beside the name of the house shows this entry's figure and leads to it."""


@dataclass(frozen=True)
class Card:
    """One card of the staff home page."""

    name: str
    template: str
    """Drawn inside the card, from its head (`card__head`) down; what `context` returned is `facts` there."""
    order: int
    context: Callable[[Any], dict[str, Any] | None]
    """Person -> what the template needs, None when the card has nothing to say to them."""


@dataclass(frozen=True)
class Script:
    """An ES module loaded on every staff page, such as one that keeps a figure of the menu live."""

    path: str
    """Its path below `static/`."""
    facts_id: str = ""
    facts: Callable[[Any], Any] | None = None
    """Person -> JSON value the page carries for the script as `<script type="application/json"
    id=facts_id>`.
    """
    is_everywhere: bool = False
    """Also on the pages before the desk, where nobody is signed in."""


class Mailer(Protocol):
    """Delivers mail in the transaction of whoever writes: kept or lost with what it tells of."""

    def __call__(self, actor: Any, people: Collection[int], *, subject: str, text: str) -> Any: ...


_menu: dict[str, MenuEntry] = {}
_cards: dict[str, Card] = {}
_scripts: dict[str, Script] = {}
_mailers: list[Mailer] = []


def register_menu(entry: MenuEntry) -> None:
    """Add an entry to the menu (by its address); called from `AppConfig.ready`."""
    _menu[entry.url_name] = entry


def register_card(card: Card) -> None:
    """Add a card to the home page (by its name); called from `AppConfig.ready`."""
    _cards[card.name] = card


def register_script(script: Script) -> None:
    """Add a script to every staff page (by its path); called from `AppConfig.ready`."""
    _scripts[script.path] = script


def menu() -> list[MenuEntry]:
    """The menu in its order."""
    return sorted(_menu.values(), key=lambda entry: entry.order)


def cards() -> list[Card]:
    """The cards in their order."""
    return sorted(_cards.values(), key=lambda card: card.order)


def scripts() -> list[Script]:
    """The scripts in the order they were registered."""
    return list(_scripts.values())


def register_mailer(mailer: Mailer) -> None:
    """Deliver what other packages write to people; called from `AppConfig.ready`. The last one does."""
    _mailers[:] = [mailer]


def mail_to(actor: Any, people: Collection[int], *, subject: str, text: str) -> None:
    """Write to these people (primary keys) as `actor`; nothing where nobody delivers mail."""
    for mailer in _mailers:
        mailer(actor, people, subject=subject, text=text)
