"""Everything the engine reads from the database, in plain functions that run in a thread.

The order of reads is what makes it right: version, then door, then projection. A projection may only be sent
to whom the door, read at the same revision or later, still admits.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from . import frames
from .frames import Packet
from .registry import ONLY_TOPIC, Admission, AdmitsMany, TellsAccess, TopicKind, Version, kind_named

_T = TypeVar("_T")
CHUNK = 500
"""Values in one SQL list; SQLite's own limit is higher, its planner is not interested in more."""
TRIES = 4


class Claim(NamedTuple):
    """A connection's wish to be, or to remain, admitted.

    `person_id` and `session_hash` are what the session said the first time.
    """

    session_key: str
    kind: str
    ref: str
    person_id: int | None = None
    session_hash: str = ""


class Pass(NamedTuple):
    """A claim that holds: who it is, what they see, and the version at or after which the door was read."""

    person_id: int
    session_hash: str
    admission: Admission
    version: Version


ANONYMOUS = "session"
ABSENT = "absent"
"""Why a claim does not hold; a stranger and a topic that does not exist get the same answer."""


def look(claims: Sequence[Claim]) -> list[Pass | str]:
    """Which claims hold now: session, person and door, in a few queries for any number of claims."""
    identities = _identities(claims)
    topics: dict[tuple[str, str], set[int]] = {}
    for claim, found in zip(claims, identities, strict=True):
        if found is not None:
            topics.setdefault((claim.kind, claim.ref), set()).add(found[0])
    versions = versions_of(topics)
    doors = {
        topic: admissions(kind_named(topic[0]), topic[1], person_ids)
        for topic, person_ids in topics.items()
        if topic in versions
    }
    answers: list[Pass | str] = []
    for claim, found in zip(claims, identities, strict=True):
        if found is None:
            answers.append(ANONYMOUS)
            continue
        topic = (claim.kind, claim.ref)
        admission = doors.get(topic, {}).get(found[0])
        answers.append(ABSENT if admission is None else Pass(*found, admission, versions[topic]))
    return answers


def versions_of(topics: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Version]:
    """Where topics stand, one query per kind; a topic that is gone is missing."""
    refs: dict[str, list[str]] = {}
    for name, ref in topics:
        refs.setdefault(name, []).append(ref)
    found: dict[tuple[str, str], Version] = {}
    for name, wanted in refs.items():
        if (kind := kind_named(name)) is not None:
            for chunk in _chunks(wanted):
                found.update({(name, ref): version for ref, version in _versions(kind, chunk).items()})
    return found


def _versions(kind: TopicKind, refs: list[str]) -> Mapping[str, Version]:
    """Where topics of a kind stand; an address the kind cannot even read costs the others nothing."""
    try:
        return kind.versions(refs)
    except (ValueError, TypeError, OverflowError):
        if len(refs) == 1:
            return {}
        return {ref: version for one in refs for ref, version in _versions(kind, [one]).items()}


def admissions(kind: TopicKind | None, ref: str, person_ids: Collection[int]) -> dict[int, Admission]:
    """Whom of these active people the door of a topic admits, and as what."""
    if kind is None:
        return {}
    if isinstance(kind, AdmitsMany):
        return dict(kind.admit_many(person_ids, ref))
    found = {person.pk: kind.admit(person, ref) for chunk in _chunks(person_ids) for person in _active(chunk)}
    return {pk: admission for pk, admission in found.items() if admission is not None}


def _active(person_ids: Collection[int]) -> Any:
    return get_user_model()._default_manager.filter(pk__in=person_ids, is_active=True)


def _identities(claims: Sequence[Claim]) -> list[tuple[int, str] | None]:
    """The active person behind each claim's session and the hash that ties the session to the password."""
    rows: dict[str, str] = {}
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    for chunk in _chunks({claim.session_key for claim in claims if claim.person_id is None}):
        rows.update(alive.filter(session_key__in=chunk).values_list("session_key", "session_data"))
    for chunk in _chunks({claim.session_key for claim in claims if claim.person_id is not None}):
        keys = alive.filter(session_key__in=chunk).values_list("session_key", flat=True)
        rows.update((key, rows.get(key, "")) for key in keys)
    said: list[tuple[int, str] | None] = []
    for claim in claims:
        if claim.session_key not in rows:
            said.append(None)
        elif claim.person_id is not None:
            said.append((claim.person_id, claim.session_hash))
        else:
            said.append(_login_of(_decoded(rows[claim.session_key]), f"{claim.kind}/{claim.ref}"))
    passwords: dict[int, str] = {}
    for ids in _chunks({login[0] for login in said if login}):
        passwords.update(_active(ids).values_list("pk", "password"))
    logins = {login for login in said if login and login[0] in passwords}
    good = {login for login in logins if (passwords[login[0]], login[1]) in _held}
    for unproven in _chunks(logins - good):
        people = _active({person_id for person_id, _ in unproven}).in_bulk()
        good.update(
            login for login in unproven if login[0] in people and _hash_holds(people[login[0]], login[1])
        )
    return [login if login in good else None for login in said]


@lru_cache(5000)
def _decoded(data: str) -> Mapping[str, Any]:
    """What a session's row says. A hall that comes back at once brings sessions that were read before."""
    decoded: Mapping[str, Any] = import_module(settings.SESSION_ENGINE).SessionStore().decode(data)
    return decoded


def _login_of(session: Mapping[str, Any], topic: str) -> tuple[int, str] | None:
    if session.get(ONLY_TOPIC, topic) != topic:
        return None
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    try:
        return get_user_model()._meta.pk.to_python(session[SESSION_KEY]), session.get(HASH_SESSION_KEY, "")
    except Exception:  # a session that names nobody is a session of nobody
        return None


def _hash_holds(person: Any, said: str) -> bool:
    """A changed password ends every session that was opened with the old one."""
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    if holds := any(constant_time_compare(said, right) for right in hashes):
        if len(_held) >= HELD:
            _held.clear()
        _held.add((person.password, said))
    return holds


HELD = 5000
_held: set[tuple[str, str]] = set()
"""Hashes of passwords and the sessions' hashes that were found to belong to them."""


class Point(NamedTuple):
    """What some sockets have: an audience, and the revision sent to them (None: nothing)."""

    audience: str
    sent: Version | None


@dataclass(slots=True)
class Reading:
    """What one look at a topic found. `version` is None when the topic is gone."""

    version: Version | None
    doors: dict[int, Admission] | None = None
    """Present when the doors read differ from what the hub had: apply them first, then read again."""
    packets: dict[Point, Packet] = field(default_factory=dict)
    """For each point that is behind, what brings it up to date."""
    checked: int = -1
    """The revision at or after which the doors are known to hold."""


def read(
    kind: TopicKind,
    ref: str,
    points: Collection[Point],
    passes: Collection[Pass],
    checked: Version,
    kept: Mapping[Point, Packet],
) -> Reading:
    """Bring every point of a topic up to date.

    `passes` are those of everybody connected, `checked` the version their doors were last read at, `kept`
    packets built earlier, used when they end at the version read now.
    """
    for _ in range(TRIES):
        version = kind.versions([ref]).get(ref)
        if version is None:
            return Reading(None)
        since = _Since(kind, ref)
        if version != checked and _access_changed(since, checked, version):
            ids = {held.person_id for held in passes}
            doors = admissions(kind, ref, list(_active(ids).values_list("pk", flat=True)))
            if any(doors.get(held.person_id) != held.admission for held in passes):
                return Reading(version, doors=doors, checked=version.revision)
        checked = version
        packets: dict[Point, Packet] = {}
        for point in points:
            if point.sent == version:
                continue
            packet = kept.get(point)
            if packet is None or packet.version != version:
                packet = build(kind, ref, point, version, since)
            packets[point] = packet
        newest = max((packet.version.revision for packet in packets.values()), default=version.revision)
        # Something was committed between the door and the projection: a removal may be part of it.
        newer = Version(version.epoch, newest)
        if newest <= version.revision or not _access_changed(_Since(kind, ref), version, newer):
            return Reading(version, packets=packets, checked=max(newest, version.revision))
    raise RuntimeError("who is admitted changes faster than it can be read")


class _Since:
    """What changed since a revision, asked once for the doors and all audiences of one look."""

    def __init__(self, kind: TopicKind, ref: str) -> None:
        self.kind = kind
        self.ref = ref
        self._known: dict[int, Collection[str] | None] = {}

    def names(self, revision: int) -> Collection[str] | None:
        if revision not in self._known:
            self._known[revision] = self.kind.changed_since(self.ref, revision)
        return self._known[revision]


def _access_changed(since: _Since, old: Version, new: Version) -> bool:
    kind = since.kind
    if old.epoch != new.epoch or old.revision > new.revision or not isinstance(kind, TellsAccess):
        return True
    names = since.names(old.revision)
    return names is None or not set(names).isdisjoint(kind.access_sections)


def build(kind: TopicKind, ref: str, point: Point, version: Version, since: _Since | None = None) -> Packet:
    """The sections changed since what the point has, or a snapshot when that is not known."""
    sent = point.sent
    if sent is not None and sent.epoch == version.epoch and sent.revision <= version.revision:
        names = (since or _Since(kind, ref)).names(sent.revision)
        for _ in range(TRIES):
            if names is None:
                break
            if not names:
                return frames.changes(version.epoch, sent.revision, version.revision, {})
            revision, sections = kind.project(ref, point.audience, names)
            again = names if revision <= version.revision else kind.changed_since(ref, sent.revision)
            if again is not None and set(again) <= set(names):
                return frames.changes(version.epoch, sent.revision, revision, sections)
            # A commit between the two reads touched a section that was not read: do not claim its revision.
            names = again
    revision, sections = kind.project(ref, point.audience, None)
    return frames.snapshot(version.epoch, revision, sections)


def _chunks(values: Iterable[_T]) -> Iterator[list[_T]]:
    iterator = iter(values)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
