"""What a package registers so that its state is pushed: a kind of topic, and how an audience may read it.

`intranet.live` knows no business. It asks a kind for revisions and projections and carries the bytes.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple, Protocol, runtime_checkable

ONLY_TOPIC = "only_topic"
"""The key under which a session that is for one topic alone names it, as "kind/ref": it hears no other."""


class Admission(NamedTuple):
    """What a door grants to one socket: the audience whose bytes it gets. Equal ones share a projection."""

    audience: str
    """A key of everything that decides what is seen, e.g. "delegate" or "invited:12,15". Never shown."""


class Version(NamedTuple):
    """Where a topic stands. `epoch` changes when old revisions mean nothing any more (a restore, a reset)."""

    epoch: str
    revision: int


class Line(NamedTuple):
    """How one connection is doing, for whoever helps the person at its other end."""

    person_id: int
    is_socket: bool
    """Otherwise a long poll, which is slower."""
    behind: int
    """Changes the browser has not shown yet; -1 when it has not said what it has."""
    silent: int
    """Seconds since its last word; ten are usual."""


class TopicKind(Protocol):
    """One kind of live state. Every method is called in a thread and may use the database."""

    name: str
    """Used in addresses: /live/<name>/<ref>/."""

    def admit(self, person: Any, ref: str) -> Admission | None:
        """The door: what `person` may see of `ref` now, None for a stranger or when it does not exist."""

    def versions(self, refs: Collection[str]) -> Mapping[str, Version]:
        """Where the given topics stand, in one query; a missing one is gone."""

    def changed_since(self, ref: str, revision: int) -> Collection[str] | None:
        """Names of the sections changed after `revision`, None when that is not known any more."""

    def project(self, ref: str, audience: str, names: Collection[str] | None) -> tuple[int, dict[str, Any]]:
        """The revision read and the named sections (all, if None) as `audience` may see them, as JSON values.

        Both are read in one consistent snapshot of the database. A name that is no section (any more) is left
        out, or None where a browser must forget what it had.
        """

    def presence(self, ref: str, process: str, person_ids: Collection[int]) -> None:
        """The people connected to `ref` through the web process `process`, now.

        Called when the set changes (debounced to one call a second) and again every 20 s, so that what a
        killed process said runs out; may be a no-op.
        """


@runtime_checkable
class TellsAccess(Protocol):
    """A kind that says which of its changes may alter who is admitted, or as which audience.

    A kind that does not say it has every door read again at every change, which is right and slower.
    """

    access_sections: Collection[str]
    """Names as in `changed_since`; they need not be sections anyone sees."""


@runtime_checkable
class AdmitsMany(Protocol):
    """A kind that can read its door for a whole room in a fixed number of queries."""

    def admit_many(self, person_ids: Collection[int], ref: str) -> Mapping[int, Admission]:
        """`admit` for each of these active people, by their keys; whoever is missing is refused."""


_kinds: dict[str, TopicKind] = {}


def register(kind: TopicKind) -> None:
    """Make a kind known; called from `AppConfig.ready`. One name for two kinds is a mistake and refused."""
    if kind.name in _kinds and type(_kinds[kind.name]) is not type(kind):
        raise ValueError(f"two kinds of topic are called {kind.name!r}")
    _kinds[kind.name] = kind


def kind_named(name: str) -> TopicKind | None:
    """The registered kind, or None."""
    return _kinds.get(name)
