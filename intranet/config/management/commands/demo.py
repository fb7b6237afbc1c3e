"""`manage.py demo`: a commune that does not exist, to look around in."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from intranet.config.demo import loading
from intranet.config.demo.loaders.organization import PASSWORD
from intranet.config.demo.papers.layout import FontsMissing
from intranet.config.env import VAR_DIR

ACCOUNTS = (
    "chutich, phochutich, thuky, daibieu01–08, khachmoi01, quansat01, manhinh, bientap, duyet, motcua01"
)


class Command(BaseCommand):
    help = "Loads the demo once: offices, accounts, the portal, meetings (one is live), mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reset",
            action="store_true",
            help="take the demo away, with everything done in it, and load it afresh",
        )
        parser.add_argument("--yes", action="store_true", help="with --reset: do not ask")
        parser.add_argument(
            "--accounts", action="store_true", help="print the accounts and their password, one line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        state = loading.state()
        if options["accounts"]:
            if state is loading.State.LOADED:
                self.stdout.write(f"{ACCOUNTS}, quantri · mật khẩu: {PASSWORD}")
            return
        if state is loading.State.FOREIGN:
            raise CommandError(
                "This installation has people of its own. The demo is only loaded into an empty one."
            )
        if state is loading.State.LOADED:
            if not options["reset"]:
                self.stdout.write("The demo is loaded already.")
                return
            self._confirm(options["yes"])
            loading.wipe()
        began = time.monotonic()
        try:
            loading.load()
        except FontsMissing as missing:
            raise CommandError(
                f"The fonts of the papers are missing ({missing}). Run: python3 -m tools.install"
            ) from None
        self.stdout.write(f"The demo is loaded ({time.monotonic() - began:.0f} s).")

    def _confirm(self, yes: bool) -> None:
        database = settings.DATABASES["default"]["NAME"]
        if yes:
            return
        if not sys.stdin.isatty():
            raise CommandError("--reset takes everything away: add --yes.")
        self.stdout.write(f"Everything in {database} and in {VAR_DIR} goes away, whoever made it.")
        if input("Type “demo” to go on: ").strip() != "demo":
            raise CommandError("Nothing was changed.")
