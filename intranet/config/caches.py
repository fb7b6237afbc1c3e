"""The cache all processes share: Redis through one set of connections a process, and something without it.

Django makes a cache object for every request's context, and its Redis backend a set of connections for every
cache object: under an ASGI server that is a new connection for each request. And what is kept here (how often
somebody tried to sign in, when a session was last seen) is never worth a page that fails: while Redis is away
each process remembers for itself.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSilent
from redis.retry import Retry

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 1.0
PAUSE_SECONDS = 2.0
"""After a failure Redis is left alone for so long: no request waits for it again and again."""


class SharedClient(RedisCacheClient):
    """Django's client with a memory of its own for when Redis does not answer."""

    def __init__(self, servers: list[str]) -> None:
        waits: dict[str, Any] = {"socket_connect_timeout": ANSWER_SECONDS, "socket_timeout": ANSWER_SECONDS}
        # Once more and at once, for a connection that Redis closed while nobody used it.
        super().__init__(servers, **waits, retry=Retry(NoBackoff(), 1))
        self._spare = LocMemCache(f"while-redis-is-away-{id(self)}", {})
        self._next_try = 0.0
        self._is_away = False

    def _or_spare(self, name: str, ask: Callable[..., Any], *args: Any) -> Any:
        if time.monotonic() >= self._next_try:
            try:
                answer = ask(*args)
            except (RedisAway, RedisSilent) as problem:
                self._next_try = time.monotonic() + PAUSE_SECONDS
                if not self._is_away:
                    logger.warning("The shared cache is away, each process remembers for itself: %r", problem)
                self._is_away = True
            else:
                if self._is_away:
                    logger.warning("The shared cache is back.")
                self._is_away = False
                return answer
        return getattr(self._spare, name)(*args)

    def add(self, key: Any, value: Any, timeout: Any) -> Any:
        return self._or_spare("add", super().add, key, value, timeout)

    def get(self, key: Any, default: Any) -> Any:
        return self._or_spare("get", super().get, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> Any:
        return self._or_spare("set", super().set, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> Any:
        return self._or_spare("touch", super().touch, key, timeout)

    def delete(self, key: Any) -> Any:
        return self._or_spare("delete", super().delete, key)

    def get_many(self, keys: Any) -> Any:
        return self._or_spare("get_many", super().get_many, list(keys))

    def has_key(self, key: Any) -> Any:
        return self._or_spare("has_key", super().has_key, key)

    def incr(self, key: Any, delta: Any) -> Any:
        return self._or_spare("incr", super().incr, key, delta)

    def set_many(self, data: Any, timeout: Any) -> Any:
        return self._or_spare("set_many", super().set_many, data, timeout)

    def delete_many(self, keys: Any) -> Any:
        return self._or_spare("delete_many", super().delete_many, list(keys))

    def clear(self) -> Any:
        return self._or_spare("clear", super().clear)


class SharedCache(RedisCache):
    """Django's Redis cache; all its objects of one process use the same client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._place = server

    @cached_property
    def _cache(self) -> SharedClient:
        with _lock:
            if self._place not in _clients:
                _clients[self._place] = SharedClient([self._place])
            return _clients[self._place]


_clients: dict[str, SharedClient] = {}
_lock = threading.Lock()
