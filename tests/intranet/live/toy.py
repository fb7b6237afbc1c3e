"""A tiny business to push: topics with sections and seats in a database file of its own.

It is what a package registers, not a stand-in for one: revisions are gap-free and written with the change.
"""

import json
import os
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from intranet.live.registry import Admission, Version

SCHEMA = """
CREATE TABLE IF NOT EXISTS topic (ref TEXT PRIMARY KEY, epoch TEXT, revision INTEGER);
CREATE TABLE IF NOT EXISTS change (ref TEXT, number INTEGER, names TEXT, PRIMARY KEY (ref, number));
CREATE TABLE IF NOT EXISTS section (ref TEXT, name TEXT, value TEXT, PRIMARY KEY (ref, name));
CREATE TABLE IF NOT EXISTS seat (ref TEXT, person INTEGER, audience TEXT, PRIMARY KEY (ref, person));
CREATE TABLE IF NOT EXISTS present (ref TEXT, process TEXT, people TEXT, PRIMARY KEY (ref, process));
"""


class Toy:
    """The business: its acts and its reads."""

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        with self._open() as db:
            db.executescript(SCHEMA)

    @contextmanager
    def _open(self, begin: str = "") -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.path, timeout=20, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=OFF")
            if begin:
                db.execute(begin)
            yield db
            if begin:
                db.execute("COMMIT")
        finally:
            db.close()

    def create(self, ref: str, sections: Mapping[str, Any], epoch: str = "e1") -> None:
        with self._open("BEGIN IMMEDIATE") as db:
            db.execute("INSERT INTO topic VALUES (?, ?, 0)", (ref, epoch))
            for name, value in sections.items():
                db.execute("INSERT INTO section VALUES (?, ?, ?)", (ref, name, json.dumps(value)))

    def change(self, ref: str, sections: Mapping[str, Any]) -> int:
        """Replace sections; a None value removes one."""
        with self._open("BEGIN IMMEDIATE") as db:
            revision = self._next(db, ref, sorted(sections))
            for name, value in sections.items():
                db.execute("DELETE FROM section WHERE ref = ? AND name = ?", (ref, name))
                if value is not None:
                    db.execute("INSERT INTO section VALUES (?, ?, ?)", (ref, name, json.dumps(value)))
        return revision

    def seat(self, ref: str, person: int, audience: str | None) -> int:
        with self._open("BEGIN IMMEDIATE") as db:
            revision = self._next(db, ref, ["access"])
            db.execute("DELETE FROM seat WHERE ref = ? AND person = ?", (ref, person))
            if audience is not None:
                db.execute("INSERT INTO seat VALUES (?, ?, ?)", (ref, person, audience))
        return revision

    def restore(self, ref: str, epoch: str, revision: int) -> None:
        with self._open("BEGIN IMMEDIATE") as db:
            db.execute("UPDATE topic SET epoch = ?, revision = ? WHERE ref = ?", (epoch, revision, ref))
            db.execute("DELETE FROM change WHERE ref = ?", (ref,))

    def forget_log(self, ref: str, before: int) -> None:
        with self._open("BEGIN IMMEDIATE") as db:
            db.execute("DELETE FROM change WHERE ref = ? AND number <= ?", (ref, before))

    def remove(self, ref: str) -> None:
        with self._open("BEGIN IMMEDIATE") as db:
            db.execute("DELETE FROM topic WHERE ref = ?", (ref,))

    @staticmethod
    def _next(db: sqlite3.Connection, ref: str, names: Collection[str]) -> int:
        db.execute("UPDATE topic SET revision = revision + 1 WHERE ref = ?", (ref,))
        (revision,) = db.execute("SELECT revision FROM topic WHERE ref = ?", (ref,)).fetchone()
        db.execute("INSERT INTO change VALUES (?, ?, ?)", (ref, revision, json.dumps(list(names))))
        return revision

    def present(self, ref: str) -> dict[str, list[int]]:
        with self._open() as db:
            rows = db.execute("SELECT process, people FROM present WHERE ref = ?", (ref,)).fetchall()
        return {process: json.loads(people) for process, people in rows}


class _Kind:
    """How the toy is shown live. Section names that start with "secret" are for the chair."""

    name = ""

    def __init__(self, toy: Toy) -> None:
        self.toy = toy
        self.projected = 0
        """Projections made so far."""
        self.delay = 0.0
        """Seconds that a look at the versions takes."""
        self.before: list[Any] = []
        self.meanwhile: list[Any] = []
        """Callables run, one each, before the reads of a projection, and between them and its answer."""
        self._count = threading.Lock()

    def admit(self, person: Any, ref: str) -> Admission | None:
        with self.toy._open() as db:
            row = db.execute(
                "SELECT audience FROM seat WHERE ref = ? AND person = ?", (ref, person.pk)
            ).fetchone()
        return Admission(row[0]) if row else None

    def versions(self, refs: Collection[str]) -> Mapping[str, Version]:
        with self.toy._open() as db:
            rows = db.execute(
                "SELECT ref, epoch, revision FROM topic WHERE ref IN (SELECT value FROM json_each(?))",
                (json.dumps(list(refs)),),
            ).fetchall()
        time.sleep(self.delay)
        return {ref: Version(epoch, revision) for ref, epoch, revision in rows}

    def changed_since(self, ref: str, revision: int) -> Collection[str] | None:
        with self.toy._open("BEGIN") as db:
            (now,) = db.execute("SELECT revision FROM topic WHERE ref = ?", (ref,)).fetchone()
            rows = db.execute(
                "SELECT names FROM change WHERE ref = ? AND number > ?", (ref, revision)
            ).fetchall()
        if len(rows) != now - revision:
            return None
        return {name for (names,) in rows for name in json.loads(names)}

    def project(self, ref: str, audience: str, names: Collection[str] | None) -> tuple[int, dict[str, Any]]:
        if (act := self._next_of(self.before)) is not None:
            act()
        with self.toy._open("BEGIN") as db:
            (revision,) = db.execute("SELECT revision FROM topic WHERE ref = ?", (ref,)).fetchone()
            rows = db.execute("SELECT name, value FROM section WHERE ref = ?", (ref,)).fetchall()
        if (act := self._next_of(self.meanwhile)) is not None:
            act()
        with self._count:
            self.projected += 1
        found = {name: json.loads(value) for name, value in rows}
        wanted = found if names is None else {name: found.get(name) for name in names if name != "access"}
        return revision, {
            name: value
            for name, value in wanted.items()
            if audience == "chair" or not name.startswith("secret")
        }

    def _next_of(self, acts: list[Any]) -> Any:
        with self._count:
            return acts.pop(0) if acts else None

    def presence(self, ref: str, process: str, person_ids: Collection[int]) -> None:
        with self.toy._open("BEGIN IMMEDIATE") as db:
            db.execute("DELETE FROM present WHERE ref = ? AND process = ?", (ref, process))
            db.execute("INSERT INTO present VALUES (?, ?, ?)", (ref, process, json.dumps(sorted(person_ids))))


class ToyKind(_Kind):
    """Says which changes may alter its doors."""

    name = "toy"
    access_sections = ("access",)


class ToyManyKind(_Kind):
    """Does not say so, but reads its door for a whole room."""

    name = "toy-many"

    def admit_many(self, person_ids: Collection[int], ref: str) -> Mapping[int, Admission]:
        with self.toy._open() as db:
            rows = dict(db.execute("SELECT person, audience FROM seat WHERE ref = ?", (ref,)).fetchall())
        return {pk: Admission(rows[pk]) for pk in person_ids if pk in rows}


def toy_of_environment() -> Toy:
    return Toy(os.environ["TOY_FILE"])
