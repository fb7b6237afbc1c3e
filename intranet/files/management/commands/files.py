"""manage.py files check [--collect]"""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intranet.files import actions, queries


class Command(BaseCommand):
    help = "Check the private store against the database, content by content."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=["check"])
        parser.add_argument(
            "--collect", action="store_true", help="remove files older than a day that no row names"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print which programs are in use, then every difference; exit with an error when content is lost."""
        for line in queries.programs():
            self.stdout.write(line)
        lost = 0
        for path in queries.orphans():
            removed = options["collect"] and actions.collect_orphan(path)
            self.stdout.write(f"{'removed' if removed else 'orphan'}  {path.name}")
        for content, trouble in queries.troubles():
            if trouble == "view":
                actions.make_view_again(content)
            else:
                lost += 1
            self.stdout.write(f"{trouble}  {content.digest}")
        for content in queries.unfinished():
            actions.read_again(content)
            self.stdout.write(f"queued  {content.digest}")
        if lost:
            raise CommandError(f"{lost} contents are missing or changed: restore them from the backup.")
        self.stdout.write("The store and the database agree.")
