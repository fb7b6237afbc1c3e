"""Loading the demo once, and taking it away again."""

import datetime
import enum
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from intranet.audit import actions as audit
from intranet.audit.models import Entry
from intranet.organization.models import Person

from .loaders import mailbox, meetings, organization, portal

CHAIN = "demo"
"""The mark of a demo installation is an entry of the log: nobody can put it there or take it away later."""


class State(enum.Enum):
    """What this installation is."""

    EMPTY = "no people yet"
    LOADED = "the demo"
    FOREIGN = "an installation with people of its own"


def state() -> State:
    """What this installation is, told from its tables."""
    if Entry.objects.filter(chain=CHAIN, action="demo.load").exists():
        return State.LOADED
    return State.FOREIGN if Person.objects.exists() else State.EMPTY


def load(now: datetime.datetime | None = None) -> None:
    """Fill an empty installation, all of it or nothing: a load that is killed leaves no row behind."""
    now = now or timezone.now()
    with transaction.atomic():
        cast = organization.load(timezone.localdate(now))
        portal.load(cast, now)
        meetings.load(cast, now)
        mailbox.load(cast, now)
        audit.record(None, "demo.load", "demo:all", chain=CHAIN, people=len(cast.people))


def wipe() -> None:
    """Take everything away that a demo installation holds, the log with it, and make empty tables again.

    The log's own triggers refuse to delete a row; here its table goes as a whole, like all others. The caller
    has made sure that this is a demo. Stop the servers first: what they keep open speaks of the old tables.
    """
    if connection.vendor == "sqlite":
        _drop_sqlite()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    for folder in (settings.FILES_ROOT, settings.MEDIA_ROOT):
        shutil.rmtree(Path(folder), ignore_errors=True)
    call_command("migrate", interactive=False, verbosity=0)


def _drop_sqlite() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        for virtual in (True, False):
            # A virtual table takes its shadow tables along, so it goes first.
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
            for name, sql in cursor.fetchall():
                if sql and sql.upper().startswith("CREATE VIRTUAL") == virtual:
                    cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)}")
        cursor.execute("PRAGMA foreign_keys=ON")
