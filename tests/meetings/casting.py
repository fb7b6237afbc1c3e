"""A process that casts what it is told; tests start several of them and kill some.

It reads one line of JSON: the database's name, the folder of keys, the casts `[seat, poll, choice, command]`,
and whether all are cast at once or one after the other. It says "ready", waits for a line, casts, and answers
every cast with a line of JSON as soon as it knows: `[place, receipt]`, the receipt empty when it was refused.
"""

import json
import os
import sys
import threading
import uuid
from pathlib import Path
from typing import Any


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
