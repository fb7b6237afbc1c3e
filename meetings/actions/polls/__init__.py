"""Votes: prepared, opened, cast, counted, published; docs/ballots.md tells what a secret one protects."""

from .ballots import cast_vote, enter_totals, record_vote
from .drafts import add_poll, edit_poll, move_poll, remove_poll, repeat_poll
from .progress import show_progress
from .proxies import end_proxies, end_proxy, give_proxy
from .session import close_due, close_poll, open_early, open_poll, publish_poll, void_poll
from .urn import destroy_key

__all__ = [
    "add_poll",
    "cast_vote",
    "close_due",
    "close_poll",
    "destroy_key",
    "edit_poll",
    "end_proxies",
    "end_proxy",
    "enter_totals",
    "give_proxy",
    "move_poll",
    "open_early",
    "open_poll",
    "publish_poll",
    "record_vote",
    "remove_poll",
    "repeat_poll",
    "show_progress",
    "void_poll",
]
