"""The real application with one more kind of topic, so that the engine carries the same load as its peers.

The topic lives in memory: each update is a section of its own, so that what the engine puts together in one
message still tells every number. Its doors, sessions and people are the real ones, read from the database.
"""

import json
import os
from collections.abc import Collection, Mapping
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.config.settings.production")

from intranet.config.asgi import application as real  # isort: skip  (it sets Django up)

from intranet.live import registry
from intranet.live.engine import engine
from intranet.live.registry import Admission, Version

KEPT, KEPT_BYTES = 600, 1_000_000
"""Updates a tablet may have missed and still be told one by one; what they may weigh together."""
SNAPSHOT = {"base": "x" * 20_000}
ROLES = ("chair", "secretary", "delegate")


class Board:
    """A kind of topic whose sections are its updates. A topic called `three` has three audiences."""

    name = "board"
    access_sections = ("access",)

    def __init__(self) -> None:
        self.updates: dict[str, list[dict[str, Any]]] = {}
        self.oldest: dict[str, int] = {}
        self.weight: dict[str, int] = {}

    def publish(self, ref: str, text: str) -> int:
        updates = self.updates.setdefault(ref, [])
        updates.append(json.loads(text))
        self.weight[ref] = self.weight.get(ref, 0) + len(text)
        oldest = self.oldest.setdefault(ref, 0)
        while len(updates) - oldest > KEPT or self.weight[ref] > KEPT_BYTES:
            self.weight[ref] -= len(json.dumps(updates[oldest], separators=(",", ":")))
            updates[oldest] = {}
            oldest += 1
        self.oldest[ref] = oldest
        return len(updates)

    def admit(self, person: Any, ref: str) -> Admission | None:
        return self.admit_many([person.pk], ref)[person.pk]

    def admit_many(self, person_ids: Collection[int], ref: str) -> Mapping[int, Admission]:
        roles = ROLES if ref == "three" else ROLES[-1:]
        return {pk: Admission(roles[pk % len(roles)]) for pk in person_ids}

    def versions(self, refs: Collection[str]) -> Mapping[str, Version]:
        return {ref: Version("e", len(self.updates.get(ref, ()))) for ref in refs}

    def changed_since(self, ref: str, revision: int) -> Collection[str] | None:
        newest = len(self.updates.get(ref, ()))
        if not self.oldest.get(ref, 0) <= revision <= newest:
            return None
        return [f"u{number}" for number in range(revision, newest)]

    def project(self, ref: str, audience: str, names: Collection[str] | None) -> tuple[int, dict[str, Any]]:
        updates = self.updates.get(ref, [])
        newest = len(updates)
        if names is None:
            return newest, SNAPSHOT
        numbers = sorted(int(name[1:]) for name in names)
        return newest, {f"u{number}": {**updates[number], "for": audience} for number in numbers}

    def presence(self, ref: str, process: str, person_ids: Collection[int]) -> None:
        """Not part of what is compared; the run with a real meeting has it."""


board = Board()
registry.register(board)


async def chair(receive: Any, send: Any, ref: str) -> None:
    """What the publisher says becomes an update and a hint, as after a commit."""
    await receive()
    await send({"type": "websocket.accept"})
    live = engine()
    while (message := await receive())["type"] == "websocket.receive":
        revision = board.publish(ref, message["text"])
        live.hear({"poke": [board.name, ref, revision]})


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "websocket" and scope["path"].startswith("/chair/"):
        await chair(receive, send, scope["path"].removeprefix("/chair/"))
    else:
        await real(scope, receive, send)
