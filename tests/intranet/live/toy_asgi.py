"""The real application with the toy business registered and one address to act through: POST /toy/<act>."""

import json
import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.config.settings.test")

from intranet.config.asgi import application as real  # isort: skip  (it sets Django up)

from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.sessions.models import Session

from intranet.live import actions, queries, registry
from intranet.live.engine import running
from intranet.organization.models import Person
from tests.intranet.live.toy import ToyKind, ToyManyKind, toy_of_environment

toy = toy_of_environment()
registry.register(ToyKind(toy))
registry.register(ToyManyKind(toy))


def delete_session(key: str) -> None:
    """What logging out in another tab does to the row."""
    Session.objects.get(session_key=key).delete()


def disable(username: str) -> None:
    Person.objects.filter(username=username).update(is_active=False)
    look_at(username)


def set_password(username: str) -> None:
    person = Person.objects.get(username=username)
    person.set_password("something else entirely")
    person.save()


def look_at(username: str) -> None:
    actions.end_person(Person.objects.get(username=username).pk)


def wires() -> list[str]:
    """How the sockets of this process are written to."""
    return [type(member._wire).__name__ for live in running() for member in live._everybody()]


def lines(ref: str) -> list[Any]:
    """What is known of the connections to a topic, in this process and in the others."""
    return async_to_sync(queries.lines)("toy", ref)


ACCOUNT_ACTS = {act.__name__: act for act in (delete_session, disable, set_password, look_at, wires, lines)}


def act(name: str, arguments: dict[str, Any]) -> Any:
    """An act of the business in a thread of this process, and its poke."""
    if name in ACCOUNT_ACTS:
        return ACCOUNT_ACTS[name](**arguments)
    revision = getattr(toy, name)(**arguments)
    if revision is not None:
        actions.poke("toy", arguments["ref"], revision)
        actions.poke("toy-many", arguments["ref"], revision)
    return revision


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http" or not scope["path"].startswith("/toy/"):
        await real(scope, receive, send)
        return
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    answer = await sync_to_async(act, thread_sensitive=False)(scope["path"].split("/")[2], json.loads(body))
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
