"""Before `make run` serves: tables up to date, static files collected, the demo loaded once.

Run by the environment's Python. Progress goes to stderr; stdout is the line with the demo's accounts.
"""

import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def say(message: str) -> None:
    """One line of progress, at once."""
    print(message, file=sys.stderr, flush=True)


def migrate() -> None:
    """Bring the tables up to date; silent when they are."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Updating the database ({len(plan)} steps, up to half a minute) …")
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Collect and compress what browsers load, once for each release."""
    mark = Path(settings.STATIC_ROOT) / ".release"
    if mark.is_file() and mark.read_text() == settings.RELEASE:
        return
    say("Collecting and compressing static files …")
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.d.ts"])
    mark.write_text(settings.RELEASE)


def load_demo() -> str:
    """Load the demo into a database without people. Returns the line that tells its accounts."""
    if not get_user_model().objects.exists():
        say("Loading the demo: a commune, its procedures, and a meeting that is live now …")
        call_command("demo", stdout=sys.stderr)
    told = io.StringIO()
    call_command("demo", accounts=True, stdout=told)
    return told.getvalue().strip()


def main() -> None:
    """`tables` migrates and loads the demo; `static` collects. The two may run at the same time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.config.settings.production")
    django.setup()
    if sys.argv[1:] == ["static"]:
        collect_static()
    elif sys.argv[1:] == ["tables"]:
        migrate()
        print(load_demo())
    else:
        raise SystemExit("use: python -m tools.prepare tables|static")


if __name__ == "__main__":
    main()
