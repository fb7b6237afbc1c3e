"""The subscription between processes, as the settings make it."""

import asyncio
import inspect
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.conf import settings
from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection

pytestmark = pytest.mark.only_postgresql
IMPATIENT = 0.2


@pytest.fixture
def impatient_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    """redis-py gives up a connection on which it reads nothing for 5 s; here it does so much sooner."""
    start = inspect.unwrap(AbstractConnection.__init__)
    values: dict[str, Any] = start.__kwdefaults__
    assert values["socket_timeout"] == 5
    monkeypatch.setattr(start, "__kwdefaults__", values | {"socket_timeout": IMPATIENT})


async def test_idle_subscription_lives(impatient_redis: None) -> None:
    layer: Any = get_channel_layer()
    watcher = Redis.from_url(settings.REDIS_URL, socket_timeout=5)
    async with asyncio.timeout(30):
        channel = await layer.new_channel("idle")
        await layer.group_add("idle", channel)

        async def subscribers() -> set[str]:
            return {one["id"] for one in await watcher.client_list(_type="pubsub")}

        before = await subscribers()
        assert before
        await asyncio.sleep(IMPATIENT * 8)
        assert await subscribers() >= before
        await layer.group_send("idle", {"type": "heard"})
        assert (await layer.receive(channel))["type"] == "heard"
        assert await subscribers() >= before
        await layer.flush()
    await watcher.aclose()
