"""Seat cards and PINs. They change nothing anybody sees in the room, so they number no revision."""

import contextlib
import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.audit import actions as audit
from intranet.lib.errors import RuleBroken
from intranet.lib.refs import new_ref
from intranet.organization.models import Person
from meetings import queries, revisions, rules
from meetings.models import Noted, Pin, Seat, SeatCard

from .attendance import arrive


def make_cards(seat: Seat) -> None:
    """A card for every seat that has none; those that lie on the tables stay good."""
    with transaction.atomic():
        meeting = revisions.lock(seat.meeting_id)
        rules.check_may_keep_cards(seat, meeting)
        without = Seat.objects.filter(meeting=meeting, role__in=rules.ATTENDING, card__isnull=True)
        made = [SeatCard(seat=row, made_at=timezone.now()) for row in without]
        SeatCard.objects.bulk_create(made)
        _record(seat, "make_cards", cards=len(made))


def renew_card(seat: Seat, *, target: int) -> None:
    """A new card for a seat: whoever holds the old one holds paper."""
    with transaction.atomic():
        meeting = revisions.lock(seat.meeting_id)
        rules.check_may_keep_cards(seat, meeting)
        row = queries.seat_in(meeting, target)
        SeatCard.objects.filter(seat=row).update(number=new_ref(), failures=0, pin="", made_at=timezone.now())
        _record(seat, "renew_card", seat_key=row.pk, name=str(row.person))


def issue_pins(seat: Seat) -> dict[int, str]:
    """A PIN for this meeting for everybody with a card who chose none, by seat. They are told only now."""
    issued: dict[int, str] = {}
    with transaction.atomic():
        meeting = revisions.lock(seat.meeting_id)
        rules.check_may_keep_cards(seat, meeting)
        for card in queries.cards_of(seat):
            if card.has_own_pin or card.pin:  # type: ignore[attr-defined]
                continue
            pin = _new_pin()
            card.pin = rules.pin_digest(card.seat.person_id, pin)
            card.save(update_fields=["pin"])
            issued[card.seat_id] = pin
        # Who issues a PIN could sit down as that person: the log says for whom it was done.
        _record(seat, "issue_pins", seats=sorted(issued))
    return issued


def choose_pin(person: Person, *, pin: str) -> None:
    """The PIN a person will use with seat cards. What was issued for them counts no more."""
    rules.check_pin(pin)
    with transaction.atomic():
        Pin.objects.update_or_create(
            person=person, defaults={"digest": rules.pin_digest(person.pk, pin), "set_at": timezone.now()}
        )
        SeatCard.objects.filter(seat__person=person).update(pin="")
        audit.record(person, "meetings.choose_pin", f"person:{person.pk}", chain="meetings")


def sit_down(*, token: str, pin: str) -> Seat:
    """Who may sign in with a card and a PIN: the seat. Any reason not to is the same RuleBroken.

    The failure is counted before the PIN is looked at, and one statement does both the check and the count:
    whoever tries many at once gets no more attempts.
    """
    card = queries.card_numbered(rules.card_number(token))
    if card is None or not rules.card_is_good(card.seat, card.seat.meeting, timezone.now()):
        rules.pin_fits(0, pin, "")
        raise RuleBroken(rules.WRONG_CARD)
    attempts = SeatCard.objects.filter(pk=card.pk, number=card.number, failures__lt=rules.MOST_FAILURES)
    if not attempts.update(failures=F("failures") + 1):
        raise RuleBroken(rules.WRONG_CARD)
    person_id = card.seat.person_id
    if not rules.pin_fits(person_id, pin, queries.pin_of(person_id) or card.pin):
        raise RuleBroken(rules.WRONG_CARD)
    with transaction.atomic():
        SeatCard.objects.filter(pk=card.pk).update(failures=0)
        _record(card.seat, "sit_down")
    # Too early to be noted as present: the seat is taken all the same.
    with contextlib.suppress(RuleBroken):
        arrive(card.seat, noted=Noted.CARD)
    return card.seat


def check_in(seat: Seat, *, token: str) -> None:
    """Arrive by the code at the door."""
    rules.check_at_own_site(seat, rules.site_at_door(seat.meeting, token))
    if seat.role not in rules.ATTENDING:
        raise RuleBroken(_("A hall screen cannot be noted as present."))
    arrive(seat, noted=Noted.CODE)


def _new_pin() -> str:
    while True:
        pin = f"{secrets.randbelow(10**rules.PIN_LENGTH):0{rules.PIN_LENGTH}d}"
        with contextlib.suppress(RuleBroken):
            rules.check_pin(pin)
            return pin


def _record(seat: Seat, act: str, **facts: object) -> None:
    meeting = seat.meeting
    audit.record(
        seat.person, f"meetings.{act}", f"meeting:{meeting.ref}", chain=f"meeting:{meeting.pk}", **facts
    )
