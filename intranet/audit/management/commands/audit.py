"""`manage.py audit verify`: is the log whole?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from intranet.audit import queries


class Command(BaseCommand):
    """Walks every chain of the log, names the first broken row of each and fails if there is one."""

    help = "verify: check every chain of the audit log, row by row"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        findings = queries.verify()
        for fault in findings.faults:
            self.stderr.write(f"BROKEN  chain {fault.chain}, row {fault.number}: {fault.what}")
        counted = f"{findings.chains} chains, {findings.entries} rows"
        if findings.faults:
            self.stderr.write(f"{counted}; {len(findings.faults)} chains broken")
            raise SystemExit(1)
        self.stdout.write(f"{counted}: whole")
