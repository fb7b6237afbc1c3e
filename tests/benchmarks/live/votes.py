"""Everybody votes within ten seconds, each with a POST of their own, through every layer."""

import http.client
import json
import threading
import time
import urllib.parse
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.benchmarks.live.house import House

SECONDS = 10.0
THREADS = 32
LATE = 20
"""So many vote after the close, and must be told no."""


@dataclass
class Ballots:
    """What came of one vote."""

    asked: int
    times: list[float] = field(default_factory=list)
    """Milliseconds to each confirmation."""
    receipts: list[str] = field(default_factory=list)
    counted: int = 0
    after_close: int = 0

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)] if self.times else float("inf")

    @property
    def wrong(self) -> int:
        """Lost, doubled, or taken after the close."""
        different = len(set(self.receipts))
        lost = self.asked - different
        return lost + abs(self.counted - different) + len(self.receipts) - different + self.after_close


def hold(house: House, port: int, form: str) -> Ballots:
    """One vote of the house's meeting, from opening to the count."""
    from django.db import connections

    from meetings import actions
    from meetings.models import Poll, Role, Seat

    chair = Seat.objects.select_related("person").get(meeting__ref=house.meeting, role=Role.CHAIR)
    paper = {"title": "Thông qua nghị quyết", "form": form}
    poll = actions.add_poll(chair, **paper)["poll"]
    actions.open_poll(chair, poll=poll)
    seats = list(Seat.objects.filter(meeting=chair.meeting).order_by("pk"))
    cookies = house.cookies.read_text().splitlines()
    voters = [cookie for seat, cookie in zip(seats, cookies, strict=False) if seat.votes]
    told = Ballots(asked=len(voters) - LATE)
    guard = threading.Lock()
    began = time.monotonic() + 0.5

    def vote(place: int, cookie: str) -> None:
        time.sleep(max(0.0, began + place * SECONDS / told.asked - time.monotonic()))
        sent = time.monotonic()
        receipt = _post(port, house.meeting, cookie, poll, ("agree", "disagree", "none")[place % 3])
        with guard:
            if receipt:
                told.times.append((time.monotonic() - sent) * 1000)
                told.receipts.append(receipt)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(vote, range(told.asked), voters[:-LATE]))
    actions.close_poll(chair, poll=poll)
    told.counted = Poll.objects.get(pk=poll).ballots
    late = [_post(port, house.meeting, cookie, poll, "agree") for cookie in voters[-LATE:]]
    told.after_close = sum(map(bool, late))
    connections.close_all()
    return told


def _post(port: int, meeting: str, cookie: str, poll: int, choice: str) -> str:
    """The receipt, or "" when the ballot was refused."""
    csrf = "b" * 32
    words = {"command": str(uuid.uuid4()), "poll": poll, "choice": choice, "revision": 0}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {
            "Cookie": f"{cookie}; csrftoken={csrf}",
            "X-CSRFToken": csrf,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", f"/hop/{meeting}/lenh/cast_vote/", urllib.parse.urlencode(words), headers)
        answer = connection.getresponse()
        body = answer.read()
        return str(json.loads(body)["receipt"]) if answer.status == 200 else ""
    finally:
        connection.close()
