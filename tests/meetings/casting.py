"""A process that casts what it is told; tests start several of them and kill some.

It reads one line of JSON: the database's name, the folder of keys, the casts `[seat, poll, choice, command]`,
and whether all are cast at once or one after the other. It says "ready", waits for a line, casts, and answers
every cast with a line of JSON as soon as it knows: `[place, receipt]`, the receipt empty when it was refused.
"""

import json
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Job = tuple[int, int, str, str]


@contextmanager
def process(jobs: Sequence[Job], *, at_once: bool) -> Iterator[subprocess.Popen[str]]:
    """A process of tests/meetings/casting.py that is ready to cast."""
    from django.conf import settings
    from django.db import connection

    child = subprocess.Popen(
        [sys.executable, "-m", "tests.meetings.casting"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=settings.BASE_DIR,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    order = {"database": str(connection.settings_dict["NAME"]), "keys": str(settings.BALLOT_KEYS_ROOT)}
    child.stdin.write(json.dumps(order | {"casts": jobs, "at_once": at_once}) + "\n")
    child.stdin.flush()
    try:
        assert child.stdout.readline() == "ready\n"
        yield child
    finally:
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()


def go(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.flush()


def answers(child: subprocess.Popen[str]) -> dict[int, str]:
    """Everything it said, by the place of the cast."""
    assert child.stdout is not None
    whole = [line for line in child.stdout if line.endswith("\n")]
    return dict(json.loads(line) for line in whole)


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection, connections

    from intranet.lib.errors import RuleBroken
    from meetings import actions
    from meetings.actions.polls import progress
    from meetings.models import Seat

    order = json.loads(sys.stdin.readline())
    connection.settings_dict["NAME"] = order["database"]
    settings.BALLOT_KEYS_ROOT = Path(order["keys"])
    progress.SECONDS = 3600.0
    guard = threading.Lock()

    def cast(place: int, seat: int, poll: int, choice: Any, command: str) -> None:
        try:
            row = Seat.objects.select_related("person", "meeting").get(pk=seat)
            number = uuid.UUID(command)
            receipt = actions.cast_vote(row, poll=poll, choice=choice, command=number)["receipt"]
        except RuleBroken:
            receipt = ""
        finally:
            if order["at_once"]:
                connections.close_all()
        with guard:
            print(json.dumps([place, receipt]), flush=True)

    Seat.objects.exists()
    print("ready", flush=True)
    sys.stdin.readline()
    if order["at_once"]:
        threads = [threading.Thread(target=cast, args=(n, *job)) for n, job in enumerate(order["casts"])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        for place, job in enumerate(order["casts"]):
            cast(place, *job)
    os._exit(0)


if __name__ == "__main__":
    main()
