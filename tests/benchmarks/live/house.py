"""The product's side of the bench: a PostgreSQL with people who are signed in, and a meeting in session."""

import contextlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.live import place
from tools.install import PYTHON, ROOT, run
from tools.parts import postgresql

PEOPLE = 2000
SEATS = 500
ITEMS = 20


@dataclass
class House:
    """What the runs need to know about it."""

    env: dict[str, str]
    cookies: Path
    meeting: str
    chair_headers: str
    items: list[int]
    done: int = 0
    """Commands given so far."""

    def next_commands(self, count: int) -> tuple[Path, str]:
        """The chair's next steps through the agenda, each expecting the one before, and their items."""
        path = place.FOLDER / "bodies.txt"
        steps = range(self.done, self.done + count)
        self.done += count
        lines = []
        for step in steps:
            item = self.items[step % len(self.items)]
            before = self.items[(step - 1) % len(self.items)] if step else ""
            lines.append(f"command={uuid.uuid4()}&item={item}&expected_item={before}&revision=0000000000")
        path.write_text("\n".join(lines) + "\n")
        return path, ",".join(str(self.items[step % len(self.items)]) for step in steps)


@contextlib.contextmanager
def furnished() -> Iterator[House]:
    """A migrated database with everything in it, for the time of the block."""
    with postgresql() as url:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "intranet.config.settings.production",
            "DATABASE_URL": url,
            "REDIS_URL": "",
            "DINH_VAR_DIR": str(place.FOLDER / "var"),
            "DINH_RELEASE": "bench",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }
        os.environ.update(env)
        (place.FOLDER / "var" / "static").mkdir(parents=True, exist_ok=True)
        run([str(PYTHON), "manage.py", "migrate", "-v", "0"], "Making the tables", env=env)
        yield _fill(env)


def _fill(env: dict[str, str]) -> House:
    import django

    django.setup()
    from django.db import connections

    house = _people_and_meeting(env)
    connections.close_all()
    return house


def _people_and_meeting(env: dict[str, str]) -> House:
    from django.utils import timezone

    from meetings.models import AgendaItem, Attendance, Noted, Role, Seat, State
    from tests.factories.meetings import MeetingFactory

    people, cookies = _people()
    path = place.FOLDER / "cookies.txt"
    path.write_text("\n".join(cookies) + "\n")
    meeting = MeetingFactory(
        state=State.LIVE, opened_at=timezone.now(), convened_by=people[0], title="Kỳ họp thường lệ giữa năm"
    )
    voting = (Role.CHAIR, Role.DELEGATE)
    roles = [Role.CHAIR, Role.SECRETARY] + [Role.DELEGATE] * (SEATS - 2)
    seats = Seat.objects.bulk_create(
        Seat(
            meeting=meeting,
            person=person,
            role=role,
            post="Đại biểu Hội đồng nhân dân xã",
            votes=role in voting,
        )
        for person, role in zip(people[:SEATS], roles, strict=True)
    )
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            seat=seat,
            name=str(seat.person),
            arrived_at=timezone.now(),
            arrival_noted=Noted.CLERK,
        )
        for seat in seats
    )
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=number,
            title=f"Nội dung thứ {number} của chương trình kỳ họp",
            presenter="Ủy ban nhân dân xã",
            minutes=15,
        )
        for number in range(1, ITEMS + 1)
    )
    numbers = [item.pk for item in items]
    csrf = "b" * 32
    return House(
        env,
        path,
        meeting.ref,
        f"Cookie: {cookies[0]}; csrftoken={csrf}\r\nX-CSRFToken: {csrf}",
        numbers,
    )


def _people() -> tuple[list[Any], list[str]]:
    """People with a session each, as many as the largest hall, straight in the tables."""
    import datetime

    from allauth.usersessions.models import UserSession
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.hashers import make_password
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from intranet.organization.models import Person

    people = Person.objects.bulk_create(
        Person(
            username=f"daibieu{number:04}",
            last_name="Nguyễn Văn",
            first_name=f"Thứ {number}",
            sort_key=f"{number:04}",
            password=make_password(None),
        )
        for number in range(PEOPLE)
    )
    store = SessionStore()
    until = timezone.now() + datetime.timedelta(hours=6)
    keys = [f"bench{number:027}" for number in range(PEOPLE)]
    Session.objects.bulk_create(
        Session(
            session_key=key,
            expire_date=until,
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
        )
        for key, person in zip(keys, people, strict=True)
    )
    UserSession.objects.bulk_create(
        UserSession(user=person, session_key=key, ip="127.0.0.1", user_agent="bench")
        for key, person in zip(keys, people, strict=True)
    )
    return people, [f"{settings.SESSION_COOKIE_NAME}={key}" for key in keys]
