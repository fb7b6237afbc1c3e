"""Seat cards, PINs and the code at the door: what opens what, and until when."""

import datetime
import re

from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import Meeting, Seat, Site, State

from .table import ATTENDING, PODIUM, UNTIL_CLOSED

PIN_LENGTH = 6
MOST_FAILURES = 10
"""Wrong PINs in a row after which a card is dead."""
DOOR_SECONDS = 600
"""How long a code at the door is good for; the screen shows a new one every minute."""
WRONG_CARD = _("The card or the PIN is not right, or the card is no longer good. Ask the secretary.")

_cards = signing.Signer(salt="meetings.card")
_doors = signing.TimestampSigner(salt="meetings.door")
_RUNS = ("0123456789", "9876543210")


def card_token(number: str) -> str:
    """What the code on a card says."""
    return _cards.sign(number)


def card_number(token: str) -> str | None:
    """The number of a card that is ours, None for anything else."""
    try:
        return _cards.unsign(token)
    except signing.BadSignature:
        return None


def door_token(meeting: Meeting, site: Site | None = None) -> str:
    """What the code at the door says now; at the door of a site, also which one it is."""
    return _doors.sign(meeting.ref if site is None else f"{meeting.ref}/{site.pk}")


def site_at_door(meeting: Meeting, token: str) -> int | None:
    """The key of the site at whose door this code is shown, None for the door of the meeting.

    Only a code that was shown for this meeting a moment ago proves that one stands before it: RuleBroken.
    """
    try:
        ref, _slash, site = _doors.unsign(token, max_age=DOOR_SECONDS).partition("/")
    except signing.BadSignature:
        ref = site = ""
    if ref != meeting.ref:
        raise RuleBroken(_("This code is no longer good. Scan the one that is shown now."))
    return int(site) if site else None


def pin_digest(person_id: int, pin: str) -> str:
    """A PIN as it is stored. Keyed, because six digits can be guessed from any digest without a key."""
    return salted_hmac("meetings.pin", f"{person_id}:{pin}", algorithm="sha256").hexdigest()


def pin_fits(person_id: int, pin: str, digest: str) -> bool:
    """Whether this is the PIN; an empty digest fits nothing, in the same time."""
    return constant_time_compare(pin_digest(person_id, pin), digest or "-")


def check_pin(pin: str) -> None:
    """Six digits that are not the first ones anybody tries."""
    if not re.fullmatch(rf"[0-9]{{{PIN_LENGTH}}}", pin):
        raise RuleBroken(_("A PIN has six digits."))
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise RuleBroken(_("This PIN is too easy to guess. Choose another."))


def card_is_good(seat: Seat, meeting: Meeting, now: datetime.datetime) -> bool:
    """A card opens its meeting on the day of it, and for as long as it is in session."""
    if seat.role not in ATTENDING or not seat.person.is_active:
        return False
    if meeting.state == State.LIVE:
        return True
    day = timezone.localtime(meeting.starts_at).date()
    return meeting.state == State.PUBLISHED and timezone.localtime(now).date() == day


def check_may_keep_cards(seat: Seat, meeting: Meeting) -> None:
    """Cards are made by those who prepare the meeting, while it is still to be held."""
    if seat.role not in PODIUM:
        raise RuleBroken(_("Your seat in this meeting may not do this."))
    if meeting.state not in UNTIL_CLOSED:
        raise RuleBroken(_("The meeting is over: cards open nothing any more."))
