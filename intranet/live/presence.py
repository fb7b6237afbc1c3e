"""Who is connected to a topic through this process, told to the topic's kind calmly."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from .layer import PROCESS
from .registry import TopicKind

if TYPE_CHECKING:
    from .engine import Engine

DEBOUNCE = 1.0


class Presence:
    """Reports at most once a second, one report at a time, and never an old set after a new one."""

    def __init__(
        self,
        engine: "Engine",
        kind: TopicKind,
        ref: str,
        people: Callable[[], set[int]],
        gone: Callable[[], None],
    ) -> None:
        self._engine = engine
        self._kind = kind
        self._ref = ref
        self._people = people
        self._gone = gone
        self._told: set[int] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._order = asyncio.Lock()

    def changed(self) -> None:
        """Somebody came or went: the kind hears of it within a second, if the set of people differs then."""
        if self._timer is None:
            self._timer = self._engine.loop.call_later(DEBOUNCE, self._due)

    def repeat(self) -> None:
        """Say it again, so that what was said does not run out."""
        self._engine.spawn(self.report(again=True))

    def _due(self) -> None:
        self._engine.spawn(self.report())

    async def report(self, *, again: bool = False) -> None:
        """Tell the kind who is here now, unless it knows."""
        async with self._order:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            people = self._people()
            if people != self._told or (again and people):
                self._told = people
                await self._engine.run(self._kind.presence, self._ref, PROCESS, frozenset(people))
        if not self._told and not self._people() and self._timer is None:
            self._gone()
