"""What a process that holds a thousand sockets needs from the system, from Python and from Autobahn."""

import contextlib
import gc
import logging
import resource
import sys

from django.urls import get_resolver

logger = logging.getLogger(__name__)

FILES_WANTED = 65_536
FILES_NEEDED = 4_096
"""Two thousand tablets, as many pages being fetched at once."""

PAINTED_MODULES = ("autobahn.websocket.protocol", "autobahn.twisted.websocket")
PAINTERS = ("pformat", "hltype", "hlval")


def prepare() -> None:
    """Called once, when everything a web process uses has been imported."""
    raise_open_files()
    unpaint_autobahn()
    keep_what_is_loaded()


def raise_open_files() -> None:
    """A socket is an open file: take as many as the system gives, and say so when that is few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < FILES_WANTED:
        soft = FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, FILES_WANTED)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < FILES_NEEDED:
        logger.warning(
            "The system lets this process open %d files: more than about %d tablets at once are turned away."
            " Raise the limit (ulimit -Hn, LimitNOFILE) to %d.",
            soft,
            max(soft - 200, 0),
            FILES_NEEDED,
        )


def unpaint_autobahn() -> None:
    """Let Autobahn hand its debug lines the plain values.

    It draws all options of every connection, in colours, before it asks whether anybody reads them: a third
    of what a handshake costs. Only debug lines call these names. Does nothing where Autobahn is not loaded.
    """
    for name in PAINTED_MODULES:
        module = sys.modules.get(name)
        for painter in PAINTERS:
            if hasattr(module, painter):
                setattr(module, painter, _unpainted)


def _unpainted(value: object, *_options: object, **_named: object) -> object:
    return value


def keep_what_is_loaded() -> None:
    """Take the program itself out of garbage collection, and collect less often.

    A thousand handshakes leave enough young objects for several full collections, and each looked through
    half a million objects of the program: 0.2 s in which the whole hall waited.
    """
    get_resolver().url_patterns  # noqa: B018  (loads every page's code)
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
