"""The process behind `bulk.Bulk`: `<meeting> <count> <seed>`, a JSON line for each act that was done."""

import json
import random
import sys
import time
import uuid
from typing import Any

BURST = 20
PAUSE = 0.4


def main(ref: str, count: int, seed: int) -> None:
    """Turn pages as the secretary of the meeting, every act with a number of its own."""
    from meetings import actions
    from meetings.models import Paper, Role, Seat

    rng = random.Random(seed)  # noqa: S311
    seat = Seat.objects.select_related("person", "meeting").get(meeting__ref=ref, role=Role.SECRETARY)
    papers = list(Paper.objects.filter(item__meeting=seat.meeting).values_list("pk", flat=True))
    for number in range(count):
        command = uuid.UUID(int=rng.getrandbits(128), version=4)
        facts: dict[str, Any] = {"paper": rng.choice(papers), "page": rng.randint(1, 40)}
        answer = actions.once(
            seat,
            command=command,
            act="show_page",
            content=facts,
            run=lambda facts=facts: actions.show_page(seat, **facts),
        )
        print(json.dumps({"command": str(command), "facts": facts, "answer": answer}), flush=True)
        if number % BURST == BURST - 1:
            time.sleep(PAUSE)


if __name__ == "__main__":
    import django

    django.setup()
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
