"""Trying the server with simulated tablets: a room of their own, built, used and removed again."""

import datetime
import io
import logging
import secrets
import time
import uuid
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.audit import actions as audit
from intranet.files import actions as files
from intranet.lib.background import enqueue
from intranet.lib.errors import RuleBroken
from intranet.organization import actions as organization
from intranet.organization.models import Office, Person
from meetings import queries, rules
from meetings.models import AgendaItem, Level, Meeting, Paper, Rehearsal, Role, Seat, State
from meetings.rehearsal import measures
from meetings.rehearsal.pilot import Tablets, tablets
from meetings.rehearsal.sample import sample_pdf
from meetings.revisions import lock, system_change

logger = logging.getLogger(__name__)

SESSION_MARK = "dientap"
"""How the session keys of simulated tablets begin; the room's reference follows."""
REMOVAL_PAUSES = (0.3, 1.0, 2.0, None)
"""Seconds before the removal of a room is tried again; the last try says what is wrong."""
SESSION_LIFE = datetime.timedelta(minutes=10)
"""After a kill nothing of a rehearsal opens anything for longer than this."""
CLEAR_AFTER = datetime.timedelta(minutes=15)
SAMPLE = uuid.UUID("5b1c7a52-3f0e-4d36-9a43-0f3c54f0d1e7")
"""The number under which a person stores the paper of rehearsals: once, however many they hold."""
ITEMS = 3
IMAGE_WIDTH = 1240


def start_rehearsal(
    actor: Person,
    *,
    meeting: Meeting | None,
    tablets: int,
    most: int,
    address: str,
    is_confirmed: bool,
    command: uuid.UUID,
    in_background: bool = True,
) -> Rehearsal:
    """Ask for a rehearsal, for a meeting or for the server alone; the same `command` finds it again.

    RuleBroken when the actor may not, another one is open, the address is not this site's own, or a meeting
    is in session and `is_confirmed` is false. In the background the worker holds it; else call `rehearse`.
    """
    if (earlier := Rehearsal.objects.filter(command=command, started_by=actor).first()) is not None:
        return earlier
    rules.check_may_rehearse(queries.may_rehearse(actor, meeting), meeting)
    rules.check_own_address(address, settings.ALLOWED_HOSTS)
    rules.check_tablets(tablets, most)
    clear_rehearsals()
    try:
        with transaction.atomic():
            rules.check_nobody_disturbed(queries.is_any_live(), is_confirmed)
            row = Rehearsal.objects.create(
                meeting=meeting,
                started_by=actor,
                command=command,
                address=address,
                tablets=tablets,
                most=most,
            )
            enqueue("meetings.tasks.clear_rehearsals", after=CLEAR_AFTER)
            if in_background:
                enqueue("meetings.tasks.rehearse", row.pk)
            _log(row, "rehearse", tablets=tablets, most=most, address=address)
            return row
    except IntegrityError:
        earlier = Rehearsal.objects.filter(command=command, started_by=actor).first()
        if earlier is None:
            raise RuleBroken(rules.ANOTHER_REHEARSAL) from None
        return earlier


def stop_rehearsal(actor: Person, rehearsal: Rehearsal) -> None:
    """Ask an open rehearsal to end; one that nobody runs any more ends at once. Twice is no error."""
    rules.check_may_rehearse(queries.may_rehearse(actor, rehearsal.meeting), rehearsal.meeting)
    with transaction.atomic():
        if not Rehearsal.objects.filter(pk=rehearsal.pk, is_open=True).update(is_stopping=True):
            return
        _log(rehearsal, "stop_rehearsal", by=str(actor))
    _end(rehearsal, Rehearsal.State.CANCELLED, only_if=Rehearsal.State.WAITING)
    clear_rehearsals()


def rehearse(rehearsal_id: int, *, told: Callable[[dict[str, Any]], None] = lambda message: None) -> None:
    """Hold a rehearsal that waits; nothing to do when it was stopped or held before. Takes minutes.

    `told` hears what the tablets say meanwhile. The room is removed in every outcome; after a kill the next
    start does it.
    """
    waiting = Rehearsal.objects.filter(pk=rehearsal_id, state=Rehearsal.State.WAITING)
    if not waiting.update(state=Rehearsal.State.RUNNING, seen_at=timezone.now()):
        return
    rehearsal = Rehearsal.objects.select_related("meeting__office", "started_by").get(pk=rehearsal_id)
    state, trouble = Rehearsal.State.FAILED, "broken"
    try:
        trouble = _hold(rehearsal, told)
        state = Rehearsal.State.FAILED if trouble else Rehearsal.State.DONE
        rehearsal.refresh_from_db(fields=["is_stopping"])
        if rehearsal.is_stopping:
            state, trouble = Rehearsal.State.CANCELLED, ""
    except Exception:
        logger.exception("A rehearsal could not be held")
    finally:
        try:
            _remove_room(rehearsal)
        finally:
            _end(rehearsal, state, trouble)


def clear_rehearsals() -> None:
    """Remove what killed rehearsals left behind: rooms, sessions, lent accounts, an open row."""
    now = timezone.now()
    for row in Rehearsal.objects.filter(is_open=True):
        if rules.is_abandoned(row, now):
            _remove_room(row)
            _end(row, Rehearsal.State.FAILED, "killed")
    for room in Meeting.objects.filter(is_rehearsal=True).exclude(rehearsal__is_open=True):
        _remove(room)


def _hold(rehearsal: Rehearsal, told: Callable[[dict[str, Any]], None]) -> str:
    """All steps, one after another; the code of what broke it off, "" when it came to its end."""
    until = time.monotonic() + measures.SECONDS
    room, facts = _open_room(rehearsal)
    sessions: list[str] = []
    steps: list[dict[str, Any]] = []
    with tablets(facts) as running:
        while (count := measures.next_step(rehearsal.tablets, rehearsal.most, steps)) is not None:
            sessions += _seat_tablets(room, rehearsal, first=len(sessions) + 1, last=count)
            answer = _step(rehearsal, running, sessions, until, told)
            if answer is None or answer["say"] == "trouble":
                code = "late" if answer is None else str(answer["code"])
                return "" if steps and code == "late" else code
            steps.append({name: value for name, value in answer.items() if name != "say"})
            Rehearsal.objects.filter(pk=rehearsal.pk).update(steps=steps, seen_at=timezone.now())
    return ""


def _step(
    rehearsal: Rehearsal,
    running: Tablets,
    sessions: Sequence[str],
    until: float,
    told: Callable[[dict[str, Any]], None],
) -> dict[str, Any] | None:
    """What a step ended with; None when time was up or somebody asked to stop."""
    mine = Rehearsal.objects.filter(pk=rehearsal.pk)
    noted = 0.0
    for message in running.hold(sessions, until=until):
        if message is not None:
            told(message)
            if message["say"] != "phase":
                return message
        if time.monotonic() - noted > 0.4:
            noted = time.monotonic()
            doing = {} if message is None else {"doing": {**message, "tablets": len(sessions)}}
            mine.update(seen_at=timezone.now(), **doing)
            if mine.filter(is_stopping=True).exists():
                return None
    return None


def _open_room(rehearsal: Rehearsal) -> tuple[Meeting, dict[str, Any]]:
    """A convened meeting of its own with a chair, items and a paper; and what the tablets must know of it."""
    sample = files.store(
        rehearsal.started_by,
        file=io.BytesIO(sample_pdf(measures.PAPER_PAGES)),
        name=_("Paper for rehearsals.pdf"),
        command=SAMPLE,
    )
    now = timezone.now()
    office = rehearsal.meeting.office if rehearsal.meeting else Office.objects.order_by("order", "pk").first()
    if office is None:
        raise RuleBroken(_("There is no office yet in whose name a room could be opened."))
    with transaction.atomic():
        [chair] = organization.lend_stand_ins([f"{SESSION_MARK}-{rehearsal.ref}-0"])
        room = Meeting.objects.create(
            title=_("Rehearsal"),
            place=_("Rehearsal"),
            office=office,
            starts_at=now,
            ends_at=now + datetime.timedelta(hours=1),
            convened_by=chair,
            state=State.PUBLISHED,
            is_rehearsal=True,
        )
        items = [
            AgendaItem.objects.create(meeting=room, position=place, title=f"{_('Rehearsal')} {place}")
            for place in range(1, ITEMS + 1)
        ]
        paper = Paper.objects.create(
            item=items[0],
            stored_file=sample,
            title=_("Paper for rehearsals"),
            position=1,
            level=Level.NORMAL,
        )
        Seat.objects.create(meeting=room, person=chair, role=Role.CHAIR)
        [session] = _sessions(room, [chair])
        Rehearsal.objects.filter(pk=rehearsal.pk).update(room=room)
        rehearsal.room = room
    act, page = "rehearse", 987654321
    command = reverse("meetings:command", args=[room.ref, act])
    image = reverse("files:page", args=[sample.ref, page])
    return room, {
        "address": rehearsal.address,
        "paths": {
            "room": reverse("meetings:room", args=[room.ref]),
            "socket": f"/live/{rules.TOPIC}/{room.ref}/",
            "command": command.replace(f"/{act}/", "/{act}/"),
            "image": image.replace(str(page), "{page}") + f"?w={IMAGE_WIDTH}",
        },
        "cookies": {"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME},
        "csrf": secrets.token_hex(16),
        "items": [item.pk for item in items],
        "paper": paper.pk,
        "pages": measures.PAPER_PAGES,
        "chair": session,
    }


def _seat_tablets(room: Meeting, rehearsal: Rehearsal, *, first: int, last: int) -> list[str]:
    """Seats for the tablets number `first` to `last`; the keys of their sessions."""
    with system_change(room.pk, "people", rules.ACCESS):
        people = organization.lend_stand_ins(
            [f"{SESSION_MARK}-{rehearsal.ref}-{number}" for number in range(first, last + 1)]
        )
        Seat.objects.bulk_create(Seat(meeting=room, person=person, role=Role.DELEGATE) for person in people)
        return _sessions(room, people)


def _sessions(room: Meeting, people: Sequence[Person]) -> list[str]:
    """A session for each, as if they had signed in, for minutes only."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    until = timezone.now() + SESSION_LIFE
    rows = [
        Session(
            session_key=f"{SESSION_MARK}{room.ref}{secrets.token_hex(10)}",
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=until,
        )
        for person in people
    ]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]


def _remove_room(rehearsal: Rehearsal) -> None:
    """A request of a tablet that was just ended may still write beside the removal: then it is done again."""
    for pause in REMOVAL_PAUSES:
        room = Meeting.objects.filter(rehearsal=rehearsal, is_rehearsal=True).first()
        if room is None:
            return
        try:
            _remove(room)
            return
        except DatabaseError:
            if pause is None:
                raise
            time.sleep(pause)


@transaction.atomic
def _remove(room: Meeting) -> None:
    """The room with everybody and everything in it, and the sessions that opened it."""
    lock(room.pk)
    people = set(Seat.objects.filter(meeting=room).values_list("person_id", flat=True))
    people.add(room.convened_by_id)
    Session.objects.filter(session_key__startswith=f"{SESSION_MARK}{room.ref}").delete()
    room.delete()
    organization.take_back_stand_ins(people)


def _end(
    rehearsal: Rehearsal, state: Rehearsal.State, trouble: str = "", only_if: Rehearsal.State | None = None
) -> None:
    with transaction.atomic():
        mine = Rehearsal.objects.filter(pk=rehearsal.pk, is_open=True)
        if only_if is not None:
            mine = mine.filter(state=only_if)
        if mine.update(is_open=False, state=state, trouble=trouble, ended_at=timezone.now(), doing={}):
            rehearsal.refresh_from_db()
            held = measures.held(rehearsal.steps)
            _log(rehearsal, "end_rehearsal", state=str(state), trouble=trouble, held=held)


def _log(rehearsal: Rehearsal, act: str, **facts: Any) -> None:
    meeting = rehearsal.meeting
    audit.record(
        rehearsal.started_by,
        f"meetings.{act}",
        f"meeting:{meeting.ref}" if meeting else f"rehearsal:{rehearsal.ref}",
        chain=f"meeting:{meeting.pk}" if meeting else "meetings",
        rehearsal=rehearsal.ref,
        **facts,
    )
