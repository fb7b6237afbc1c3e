"""Meetings taken along on a device. Nobody in the room sees it, so it numbers no revision."""

import datetime
import secrets
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from intranet.audit import actions as audit
from meetings.models import Pack, Seat
from meetings.rules import offline as rules


def take_along(seat: Seat, *, device: uuid.UUID, total: int) -> Pack:
    """A lease for this seat on this device, the first or the next. RuleBroken where there is none.

    `total`: how many papers can be taken. A repeated request only moves the end of the lease.
    """
    rules.check_may_take_along(seat, seat.meeting)
    until = timezone.now() + rules.lease()
    if not Pack.objects.filter(seat=seat, device=device).update(until=until, total=total):
        _take(seat, device, until, total)
    return Pack.objects.get(seat=seat, device=device)


def _take(seat: Seat, device: uuid.UUID, until: datetime.datetime, total: int) -> None:
    Pack.objects.filter(seat=seat, until__lt=timezone.now()).delete()
    rules.check_devices(Pack.objects.filter(seat=seat).count())
    try:
        with transaction.atomic():
            Pack.objects.create(seat=seat, device=device, key=secrets.token_hex(32), until=until, total=total)
            _record(seat, "take_along", device)
    except IntegrityError:
        return  # the same tablet asked twice at once


def note_ready(seat: Seat, *, device: uuid.UUID, ready: int) -> None:
    """The device says how many papers it holds whole."""
    Pack.objects.filter(seat=seat, device=device).update(ready=ready, checked_at=timezone.now())


def give_back(seat: Seat, *, device: uuid.UUID) -> None:
    """The device has removed the meeting; its key is never handed out again."""
    with transaction.atomic():
        gone, _rows = Pack.objects.filter(seat=seat, device=device).delete()
        if gone:
            _record(seat, "give_back", device)


def _record(seat: Seat, act: str, device: uuid.UUID) -> None:
    meeting = seat.meeting
    audit.record(
        seat.person,
        f"meetings.{act}",
        f"meeting:{meeting.ref}",
        chain=f"meeting:{meeting.pk}",
        device=str(device)[:8],
    )
