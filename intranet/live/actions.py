"""Telling every process that something may have changed; to be called from any synchronous code.

Each waits for the end of the caller's transaction, never raises and never blocks for more than a second;
what is lost is found by the next heartbeat.
"""

from typing import Any

from django.db import transaction

from . import layer
from .engine import digest_of, running


def poke(kind_name: str, ref: str, revision: int) -> None:
    """The topic `ref` of a kind has reached `revision`."""
    _tell({"poke": [kind_name, ref, revision]})


def end_person(person_id: int) -> None:
    """What a person may do has changed: their sockets are checked at once and closed if they no longer hold.

    For a disabled account, a changed password, a lost seat; the database must already say so.
    """
    _tell({"person": person_id})


def end_session(session_key: str) -> None:
    """A session is over: its sockets are closed at once, whatever the database says yet."""
    _tell({"session": digest_of(session_key)})


def _tell(message: dict[str, Any]) -> None:
    transaction.on_commit(lambda: _tell_now(message), robust=True)


def _tell_now(message: dict[str, Any]) -> None:
    engines = running()
    for engine in engines:
        engine.loop.call_soon_threadsafe(engine.hear, message)
    if layer.is_shared():
        if engines:
            # Never in the caller's thread: a request does not wait for Redis.
            engine = engines[0]
            engine.loop.call_soon_threadsafe(lambda: engine.spawn(layer.send(message)))
        else:
            layer.send_from_thread(message)
