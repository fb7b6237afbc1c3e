"""Who may rehearse, where, and when one is abandoned."""

import datetime
import re
from collections.abc import Collection

from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import Meeting, Rehearsal
from meetings.rehearsal import measures

from .table import UNTIL_CLOSED

ANOTHER_REHEARSAL = _("Another rehearsal is under way on this server. Wait until it is over.")
_ADDRESS = re.compile(r"https?://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?", re.ASCII)
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
SILENT_AFTER = datetime.timedelta(seconds=60)
"""Whoever runs a rehearsal says so every second; a minute of silence is death."""
WAITING_AFTER = datetime.timedelta(minutes=15)


def check_may_rehearse(may: bool, meeting: Meeting | None) -> None:
    """The secretary of a meeting that is still to come, or who was given the right."""
    if not may:
        raise RuleBroken(_("Only the secretary of the meeting may rehearse it."))
    if meeting is not None and meeting.state not in UNTIL_CLOSED:
        raise RuleBroken(_("This meeting is over: there is nothing to rehearse."))


def check_tablets(tablets: int, most: int) -> None:
    """So many tablets can be simulated."""
    if not measures.FEWEST <= tablets <= most <= measures.MOST:
        raise RuleBroken(_("Choose between 1 and 2,000 tablets, and no fewer at the end than at the start."))


def check_own_address(address: str, allowed_hosts: Collection[str]) -> None:
    """Simulated tablets call this very site alone: this machine, or a host it answers for by name."""
    named = [host for host in allowed_hosts if host != "*"]
    found = _ADDRESS.fullmatch(address)
    if found is None or not validate_host(found["host"].lower(), [*LOOPBACK, *named]):
        raise RuleBroken(_("Simulated tablets can only call an address of this very site."))


def check_nobody_disturbed(is_any_live: bool, is_confirmed: bool) -> None:
    """A rehearsal takes the server's strength from whoever meets meanwhile."""
    if is_any_live and not is_confirmed:
        raise RuleBroken(
            _("A meeting is in session on this server and would feel it. Confirm that it may be disturbed.")
        )


def is_abandoned(rehearsal: Rehearsal, now: datetime.datetime) -> bool:
    """Whether nobody runs an open rehearsal any more, or ever began to."""
    patience = WAITING_AFTER if rehearsal.state == Rehearsal.State.WAITING else SILENT_AFTER
    return rehearsal.is_open and now - rehearsal.seen_at > patience
