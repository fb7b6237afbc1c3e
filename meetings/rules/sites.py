"""Several sites in one meeting: whose clerk somebody may be, and whom a clerk may note."""

import datetime
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import Seat, Site

from .table import PODIUM, SPEAKING

MOST_SITES = 100


def check_site_name(name: str, others: Collection[Site]) -> None:
    """Two sites of one meeting have different names."""
    if any(site.name.casefold() == name.casefold() for site in others):
        raise RuleBroken(_("The meeting has a site of this name already."))


def check_room_for_site(others: Collection[Site]) -> None:
    """A meeting of more sites than that is a mistake."""
    if len(others) >= MOST_SITES:
        raise RuleBroken(_("A meeting may have at most %(most)s sites.") % {"most": MOST_SITES})


def check_may_keep_site(seat: Seat, site: Site | None) -> None:
    """A clerk is somebody who takes part, and keeps the site they sit at."""
    if site is None:
        raise RuleBroken(_("Choose the site first: a clerk keeps the site of their own seat."))
    if seat.role not in SPEAKING:
        raise RuleBroken(_("An observer or a screen cannot keep a site."))


def check_may_note(seat: Seat, target: Seat, at: datetime.datetime | None) -> None:
    """Those who lead note everybody; a clerk notes who comes and goes at their own site, as it happens."""
    if seat.role in PODIUM:
        return
    if target.site_id is None or target.site_id != seat.site_id:
        raise RuleBroken(_("You note the people of your own site only."))
    if at is not None:
        raise RuleBroken(_("Only the secretary corrects times."))


def check_at_own_site(seat: Seat, site: int | None) -> None:
    """The code of a site is for the people of that site, and for those who belong to none."""
    if site is not None and seat.site_id is not None and seat.site_id != site:
        raise RuleBroken(_("Your seat is at another site. Ask the secretary to change it."))
