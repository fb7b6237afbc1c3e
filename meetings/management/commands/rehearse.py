"""`manage.py rehearse`: how many tablets does this server hold, over the address people really use?"""

import uuid
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from intranet.lib.errors import RuleBroken
from intranet.organization.models import Person
from meetings import actions, queries
from meetings.models import Meeting, Rehearsal
from meetings.rehearsal import measures, verdict

TABLETS = 50


class Command(BaseCommand):
    help = "Lets simulated tablets join a room of their own on this server and says how many it serves well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("meeting", nargs="?", help="reference of the meeting to come, as in its address")
        parser.add_argument("--tablets", type=int, help="to begin with (the meeting's seats, else 50)")
        parser.add_argument("--most", type=int, help="up to how many (four times as many)")
        parser.add_argument("--address", default=settings.WAGTAILADMIN_BASE_URL, help="of this site")
        parser.add_argument("--as", dest="name", help="who answers for it (an administrator)")
        parser.add_argument("--yes", action="store_true", help="also while a meeting is in session")

    def handle(self, *args: Any, **options: Any) -> None:
        meeting = self._meeting(options["meeting"])
        tablets = options["tablets"] or (queries.seat_count(meeting) if meeting else 0) or TABLETS
        try:
            row = actions.start_rehearsal(
                self._person(options["name"], meeting),
                meeting=meeting,
                tablets=tablets,
                most=options["most"] or min(4 * tablets, measures.MOST),
                address=options["address"].rstrip("/"),
                is_confirmed=options["yes"],
                command=uuid.uuid4(),
                in_background=False,
            )
        except RuleBroken as broken:
            raise CommandError(str(broken.message)) from None
        actions.rehearse(row.pk, told=self._told)
        row.refresh_from_db()
        self._report(row)

    def _meeting(self, ref: str | None) -> Meeting | None:
        if ref is None:
            return None
        meeting = Meeting.objects.filter(ref=ref, is_rehearsal=False).first()
        if meeting is None:
            raise CommandError("There is no meeting with this reference.")
        return meeting

    def _person(self, name: str | None, meeting: Meeting | None) -> Person:
        if name is not None:
            people = Person.objects.filter(username=name, is_active=True, is_stand_in=False)
        elif meeting is not None:
            people = Person.objects.filter(seats__meeting=meeting, seats__role="secretary", is_active=True)
        else:
            people = Person.objects.filter(is_superuser=True, is_active=True)
        person = people.order_by("pk").first()
        if person is None:
            raise CommandError("Nobody here may answer for it: name somebody with --as.")
        return person

    def _told(self, message: dict[str, Any]) -> None:
        if message["say"] == "phase":
            self.stderr.write(f"  {message['tablets']} · {message['phase']} {message['ready']}")

    def _report(self, row: Rehearsal) -> None:
        for step in row.steps:
            times = "  ".join(
                f"{name} " + "/".join(str(step[name].get(part, "–")) for part in ("p50", "p95", "max"))
                for name in ("screen", "switch", "page")
            )
            facts = f"pages/s {step['pages_per_second']}  errors {step['errors']}  {step['machine']}"
            self.stdout.write(f"{step['tablets']:>5}: joined {step['joined']}  {times}  {facts}")
        if row.steps:
            self.stdout.write(str(verdict.verdict(row.steps)))
        if row.trouble:
            raise CommandError(str(verdict.TROUBLE[row.trouble]))
        if row.state == Rehearsal.State.CANCELLED:
            self.stdout.write(_("The rehearsal was stopped."))
