"""A right is taken away while its holder looks: by hint, without Redis, and without any hint at all."""

import http.client
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib.sessions.models import Session

from intranet.organization.models import Person
from meetings.models import Revision, Role, Seat
from tests.faults.crowd import Crowd, Tablet, crowd, state_hash
from tests.faults.house import House
from tests.faults.parts import Redis
from tests.faults.rooms import CSRF, Room, Sitter, make_room

QUICK = 2.0
"""Seconds after which a right that was taken away by the product shows nothing more."""


def log_out(house: House, room: Room, who: Sitter) -> None:
    """In another tab."""
    _post(house.ports[0], who.cookie, "/accounts/logout/", {"csrfmiddlewaretoken": CSRF})


def unseat(house: House, room: Room, who: Sitter) -> None:
    """By the secretary, on the other process."""
    facts = {"command": str(uuid4()), "target": who.seat.pk}
    _post(house.ports[0], room.one(Role.SECRETARY).cookie, f"/hop/{room.ref}/chuan-bi/unseat/", facts)


def disable(house: House, room: Room, who: Sitter) -> None:
    """From a process that serves nobody, as a command does."""
    person = Person.objects.get(pk=who.seat.person_id)
    person.is_active = False
    person.save(update_fields=["is_active"])


def change_password(house: House, room: Room, who: Sitter) -> None:
    """As above."""
    person = Person.objects.get(pk=who.seat.person_id)
    person.set_password(f"another one {uuid4()}")
    person.save(update_fields=["password"])


def log_out_silently(house: House, room: Room, who: Sitter) -> None:
    """A row goes, and nobody is told."""
    Session.objects.filter(session_key=who.session_key)._raw_delete("default")


def unseat_silently(house: House, room: Room, who: Sitter) -> None:
    """As above; not even the meeting's revision says so."""
    Seat.objects.filter(pk=who.seat.pk).delete()


def disable_silently(house: House, room: Room, who: Sitter) -> None:
    """As above."""
    Person.objects.filter(pk=who.seat.person_id).update(is_active=False)


def change_password_silently(house: House, room: Room, who: Sitter) -> None:
    """As above."""
    Person.objects.filter(pk=who.seat.person_id).update(password="!another")


REASONS = {log_out: "session", unseat: "absent", disable: "session", change_password: "session"}
SILENT = {
    log_out_silently: "session",
    unseat_silently: "absent",
    disable_silently: "session",
    change_password_silently: "session",
}
Act = Callable[[House, Room, Sitter], None]


def _post(port: int, cookie: str, path: str, facts: dict[str, Any]) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "X-CSRFToken": CSRF,
        "Accept": "application/json",
    }
    try:
        line.request("POST", path, urlencode(facts), headers)
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
        assert answer.status in (200, 302), f"{path}: {answer.status} {text[:300]}"
    finally:
        line.close()


def revoke(
    house: House, redis: Redis, heartbeat: float, *, slack: float = 1.5, is_short: bool = False
) -> dict[str, object]:
    """The trial. Returns the slowest of each sort.

    `slack` is what a busy machine may add to the limits. The short one looks for what nobody told of
    while Redis is away, instead of once with it and once without.
    """
    room = make_room(delegates=len(REASONS) * 2 + len(SILENT) + 1)
    seats = iter(room.sitters[Role.DELEGATE])
    plans: dict[str, list[tuple[Act, Sitter, str]]] = {
        "hint": [(act, next(seats), reason) for act, reason in REASONS.items()],
        "no hint": [(act, next(seats), reason) for act, reason in SILENT.items()],
        "no Redis": [(act, next(seats), reason) for act, reason in REASONS.items()],
    }
    witness = next(seats)
    tablets = [_tablet("witness", house.ports[1], room, witness, polls=False)]
    tablets += [_tablet("lowered", house.ports[1], room, room.one(Role.CHAIR), polls=False)]
    for name, plan in plans.items():
        for act, sitter, _ in plan:
            for number, port in enumerate(house.ports):
                tablets.append(_tablet(f"{name}/{act.__name__}/{number}", port, room, sitter, polls=False))
            tablets.append(_tablet(f"{name}/{act.__name__}/poll", house.ports[1], room, sitter, polls=True))
    slowest: dict[str, object] = {}
    with crowd(tablets, kind="meeting") as tabs:
        tabs.wait_live(60)
        time.sleep(1.5)  # a subscription is up when it has heard itself once
        slowest["hint"] = _carry_out(house, room, tabs, "hint", plans["hint"], QUICK + slack / 2)
        _lower_the_chair(house, room, tabs)
        limit = heartbeat + slack
        if not is_short:
            slowest["no hint"] = _carry_out(house, room, tabs, "no hint", plans.pop("no hint"), limit)
        redis.kill()
        try:
            del plans["hint"]
            begun = {name: _begin(house, room, plan) for name, plan in plans.items()}
            for name, plan in plans.items():
                slowest[name] = _see(tabs, name, plan, begun[name], limit)
        finally:
            redis.start()
        found = {one["id"]: one for one in tabs.report()["tablets"]}
        assert found["witness"]["state"] == "live", "somebody who lost nothing was sent away"
        tabs.wait(lambda seen: _has_caught_up(seen, room), 20, "the witness sees what there is")
    return slowest


def _has_caught_up(seen: Sequence[dict[str, Any]], room: Room) -> bool:
    room.meeting.refresh_from_db()
    return next(one for one in seen if one["id"] == "witness")["revision"] == room.meeting.revision


def _tablet(name: str, port: int, room: Room, who: Sitter, *, polls: bool) -> Tablet:
    return Tablet(name, f"http://127.0.0.1:{port}", room.ref, who.cookie, who.seat.role, polls)


def _carry_out(
    house: House, room: Room, tabs: Crowd, name: str, plan: list[tuple[Act, Sitter, str]], limit: float
) -> str:
    """Do every act of a plan and see what became of its tablets."""
    return _see(tabs, name, plan, _begin(house, room, plan), limit)


Begun = tuple[dict[str, float], dict[str, int]]


def _begin(house: House, room: Room, plan: list[tuple[Act, Sitter, str]]) -> Begun:
    """Do every act of a plan. Returns when each was done, and the revision of which nothing may be seen."""
    done_at: dict[str, float] = {}
    lost_at: dict[str, int] = {}
    for act, who, _reason in plan:
        act(house, room, who)
        done_at[act.__name__] = time.time() * 1000
        if act is unseat:
            row = Revision.objects.filter(meeting=room.meeting, sections__icontains="access").order_by(
                "-number"
            )
            lost_at[act.__name__] = row[0].number
    return done_at, lost_at


def _see(tabs: Crowd, name: str, plan: list[tuple[Act, Sitter, str]], begun: Begun, limit: float) -> str:
    """The tablets of a plan end in time, for the right reason, having seen nothing that came after."""
    done_at, lost_at = begun
    reasons = {act.__name__: reason for act, _, reason in plan}
    concerned = [one["id"] for one in tabs.report()["tablets"] if one["id"].startswith(f"{name}/")]
    said = tabs.wait(
        lambda seen: all(one["state"] == "ended" for one in seen if one["id"] in concerned),
        limit + 8,
        f"everybody who lost a right ({name}) is told so",
    )
    slowest, where = 0.0, ""
    for one in said["tablets"]:
        if one["id"] not in concerned:
            continue
        act_name = one["id"].split("/")[1]
        # A disabled account has neither session nor seat: whichever is looked at first says so.
        known = {"session", "absent"} if act_name.startswith("disable") else {reasons[act_name]}
        assert one["reason"] in known, f"{one['id']} was told {one['reason']!r}"
        seconds = (one["ended_at"] - done_at[act_name]) / 1000
        if seconds > slowest:
            slowest, where = seconds, one["id"]
        if act_name in lost_at:
            assert one["revision"] < lost_at[act_name], f"{one['id']} was sent what came after its removal"
    assert slowest <= limit, (
        f"{where} ended {slowest:.1f} s after the right was gone; {limit:.1f} s are allowed"
    )
    return f"{slowest:.2f} s ({where})"


def _lower_the_chair(house: House, room: Room, tabs: Crowd) -> None:
    """A seat that sees less from now on stays connected, and loses what it may not see any more."""
    facts = {"command": str(uuid4()), "target": room.one(Role.CHAIR).seat.pk, "role": Role.OBSERVER}
    _post(house.ports[0], room.one(Role.SECRETARY).cookie, f"/hop/{room.ref}/chuan-bi/change_role/", facts)

    def is_lowered(seen: Sequence[dict[str, Any]]) -> bool:
        one = next(one for one in seen if one["id"] == "lowered")
        assert one["state"] == "live" and one["opened"] == 1, f"a lowered seat was sent away: {one}"
        return bool(one["hash"] == state_hash(room.fresh(Role.OBSERVER)))

    tabs.wait(is_lowered, 10, "a lowered seat sees what its new role sees")
