"""Before the site is served: tables up to date, static files collected, the demo loaded once.

Run by the environment's Python. Progress goes to stderr; stdout is the line with the demo's accounts.
"""

import io
import os
import shutil
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import translation

RELEASES_KEPT = 3


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
    """Collect and compress what browsers load, once for each release, and draw nginx's own pages with it."""
    root = Path(settings.STATIC_ROOT)
    mark = root / ".release"
    if not mark.is_file():
        say("Collecting and compressing static files …")
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.d.ts"])
        mark.write_text(settings.RELEASE)
    mark.touch()
    draw_gateway_pages()
    remove_old_releases(root.parent, mark.parent.name)


def draw_gateway_pages() -> None:
    """What nginx shows where no process of ours can speak."""
    folder = Path(settings.GATEWAY_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with translation.override(settings.LANGUAGE_CODE):
        facts = {"limit": filesizeformat(settings.FILES_MAX_BYTES)}
        for name in ("404.html", "413.html", "503.html"):
            (folder / name).write_text(render_to_string(f"gateway/{name}", facts))


def remove_old_releases(folder: Path, current: str) -> None:
    """Keep the static files of the last releases: their pages may still be open somewhere."""
    others = [path for path in folder.iterdir() if path.is_dir() and path.name != current]
    marks = {path: path / ".release" for path in others}
    others.sort(key=lambda path: marks[path].stat().st_mtime if marks[path].is_file() else 0.0, reverse=True)
    for path in others[RELEASES_KEPT - 1 :]:
        shutil.rmtree(path)


def load_demo() -> str:
    """Load the demo into a database without people. Returns the line that tells its accounts."""
    if not get_user_model().objects.exists():
        say("Loading the demo: a commune, its procedures, and a meeting that is live now …")
        call_command("demo", stdout=sys.stderr)
    told = io.StringIO()
    call_command("demo", accounts=True, stdout=told)
    return told.getvalue().strip()


def main() -> None:
    """`static` collects; `tables` migrates and loads the demo; `migrate` leaves the demo out.

    `static` may run at the same time as one of the others.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.config.settings.production")
    django.setup()
    if sys.argv[1:] == ["static"]:
        collect_static()
    elif sys.argv[1:] == ["tables"]:
        migrate()
        print(load_demo())
    elif sys.argv[1:] == ["migrate"]:
        migrate()
    else:
        raise SystemExit("use: python -m tools.prepare static|tables|migrate")


if __name__ == "__main__":
    main()
