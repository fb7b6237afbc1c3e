"""Databases for tests, made in milliseconds: everything is migrated once, kept, and copied.

The migrated database is remade when a migration or the lock changes. Copies are brought back to it between
tests that commit; that goes past the triggers which protect the log from everybody else.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "var" / "test-cache"
PACKAGES = ("intranet", "meetings", "mailbox", "cms", "public_site")
RESTORING = "restoring"
"""What the connection calls itself that brings a copy back; no test ends it."""
LOCK_PATIENCE = "10s"
"""A copy that cannot be brought back within this time is still in use by a thread the test left behind."""


class Copy(Protocol):
    """A private copy of the migrated database."""

    url: str

    def settings(self) -> dict[str, Any]:
        """What Django's entry in DATABASES must say to use it."""

    def restore(self, connection: Any) -> None:
        """Bring every row back to what it was after the migrations."""

    def drop(self) -> None:
        """Remove it."""


def migrations_digest() -> str:
    """Changes when the migrated database would."""
    found = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("migrations/*.py")]
    for path in sorted(paths):
        found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:12]


@contextlib.contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Test processes wait for the one that migrates."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def migrate(url: str) -> None:
    """Run every migration against `url`, in a process of its own."""
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "intranet.config.settings.test"}
    env.pop("PYTEST_XDIST_WORKER", None)
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--no-input"]
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"The migrations failed:\n{ran.stdout}{ran.stderr}")


def migrated_file() -> Path:
    """The migrated SQLite database."""
    path = CACHE / f"migrated-{migrations_digest()}.sqlite3"
    with one_at_a_time("sqlite"):
        if not path.exists():
            fresh = CACHE / "migrating.sqlite3"
            for old in [*CACHE.glob("migrated-*.sqlite3"), *CACHE.glob("migrating.sqlite3*")]:
                old.unlink()
            migrate(f"sqlite:///{fresh}")
            fresh.rename(path)
    return path


class SqliteCopy:
    """A copied file. A file, not :memory:, so that threads share the database as they do in use."""

    def __init__(self, folder: Path, name: str) -> None:
        self.source = migrated_file()
        self.path = folder / f"{name}.sqlite3"
        shutil.copyfile(self.source, self.path)
        self.url = f"sqlite:///{self.path}"

    def settings(self) -> dict[str, Any]:
        return {"NAME": str(self.path)}

    def restore(self, connection: Any) -> None:
        connection.ensure_connection()
        with contextlib.closing(
            sqlite3.connect(f"file:{self.source}?mode=ro&immutable=1", uri=True)
        ) as source:
            source.backup(connection.connection)

    def drop(self) -> None:
        for path in self.path.parent.glob(f"{self.path.name}*"):
            path.unlink()


class PostgresCopy:
    """A database made from the migrated one as its template."""

    def __init__(self, url: str, name: str) -> None:
        self.parts = urlsplit(url)
        self.name = f"test_{name}"
        with one_at_a_time("postgres"), psycopg.connect(url, autocommit=True) as server:
            template = f"migrated_{migrations_digest()}"
            known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
            if not known:
                self.make_template(server, template)
            self.remove(server)
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(self.name), sql.Identifier(template)
                )
            )
        self.url = self.at(self.name)
        self.direct: psycopg.Connection[Any] | None = None

    def at(self, name: str) -> str:
        """The server's address with another database."""
        return urlunsplit(self.parts._replace(path=f"/{name}"))

    def make_template(self, server: "psycopg.Connection[Any]", template: str) -> None:
        """Migrate, and keep a copy of every row the migrations wrote in the schema `seed`."""
        fresh = "migrating"
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(fresh)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh)))
        migrate(self.at(fresh))
        with psycopg.connect(self.at(fresh), autocommit=True) as made:
            made.execute("CREATE SCHEMA seed")
            for table in self.filled(made):
                copy = "CREATE TABLE seed.{0} AS SELECT * FROM public.{0}"
                made.execute(sql.SQL(copy).format(sql.Identifier(table)))
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(fresh), sql.Identifier(template))
        )

    @staticmethod
    def filled(connection: "psycopg.Connection[Any]") -> list[str]:
        """The tables that have rows."""
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        probe = sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM public.{})")
        probes = [probe.format(sql.Literal(table), sql.Identifier(table)) for (table,) in tables]
        return [row[0] for row in connection.execute(sql.SQL(" UNION ALL ").join(probes)).fetchall()]

    def settings(self) -> dict[str, Any]:
        return {"NAME": self.name}

    def restore(self, connection: Any) -> None:
        if self.direct is None:
            self.direct = psycopg.connect(self.url, autocommit=True, application_name=RESTORING)
        with self.direct.transaction():
            # As a replica neither foreign keys nor the triggers that protect the log are enforced.
            self.direct.execute("SET LOCAL session_replication_role = replica")
            self.direct.execute(f"SET LOCAL lock_timeout = '{LOCK_PATIENCE}'")
            for table in self.filled(self.direct):
                self.direct.execute(sql.SQL("DELETE FROM public.{}").format(sql.Identifier(table)))
            seeds = self.direct.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'seed'"
            ).fetchall()
            for (table,) in seeds:
                back = sql.SQL("INSERT INTO public.{0} SELECT * FROM seed.{0}")
                self.direct.execute(back.format(sql.Identifier(table)))

    def remove(self, server: "psycopg.Connection[Any]") -> None:
        """Drop the copy, whoever is still connected."""
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))

    def drop(self) -> None:
        if self.direct is not None:
            self.direct.close()
        with psycopg.connect(urlunsplit(self.parts), autocommit=True) as server:
            self.remove(server)


def make_ready() -> None:
    """Migrate now what the suite of this DATABASE_URL will copy."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        PostgresCopy(url, "first").drop()
    else:
        migrated_file()


def new_copy(folder: Path, name: str) -> Copy:
    """A private copy on the server of DATABASE_URL, or a file in `folder` without one."""
    url = os.environ.get("DATABASE_URL", "")
    return PostgresCopy(url, name) if url.startswith("postgres") else SqliteCopy(folder, name)


if __name__ == "__main__":
    make_ready()
