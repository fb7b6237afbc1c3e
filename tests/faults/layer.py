"""A channel layer that loses, doubles, delays and reorders, around the real one or around none."""

import asyncio
import random
from typing import Any

from channels.layers import InMemoryChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer

LONGEST_DELAY = 0.5


class _Unreliable:
    """Faults on the way out; `share` of the messages meet each of the four."""

    _share: float
    _rng: random.Random

    def _prepare(self, share: float, seed: int) -> None:
        self._share = share
        self._rng = random.Random(seed)  # noqa: S311
        self._under_way: set[asyncio.Task[None]] = set()
        self.met = dict.fromkeys(("dropped", "doubled", "delayed", "passed"), 0)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if self._rng.random() < self._share:
            self.met["dropped"] += 1
            return
        times = 1
        if self._rng.random() < self._share:
            self.met["doubled"] += 1
            times = 2
        for _ in range(times):
            # A delayed message is overtaken by later ones: that is the reordering.
            if self._rng.random() < self._share:
                self.met["delayed"] += 1
                task = asyncio.ensure_future(self._send_late(group, message))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
            else:
                self.met["passed"] += 1
                await super().group_send(group, message)  # type: ignore[misc]

    async def _send_late(self, group: str, message: dict[str, Any]) -> None:
        await asyncio.sleep(self._rng.uniform(0.01, LONGEST_DELAY))
        await super().group_send(group, message)  # type: ignore[misc]


class UnreliableRedisLayer(_Unreliable, RedisPubSubChannelLayer):  # type: ignore[misc]
    """BACKEND for settings: the layer of an installation, with faults. CONFIG has `share` and `seed`."""

    def __init__(self, *args: Any, share: float = 0.1, seed: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare(share, seed)


class UnreliableMemoryLayer(_Unreliable, InMemoryChannelLayer):  # type: ignore[misc]
    """The same between two engines of one process; it counts as shared, as nothing but its own class is."""

    def __init__(self, *args: Any, share: float = 0.1, seed: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare(share, seed)
