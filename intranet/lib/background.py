"""Asking for background work from below: an action names the task that will call another action later."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string


def enqueue(task: str, *args: Any, after: datetime.timedelta | None = None) -> None:
    """Queue the task at the dotted path `task` ("mailbox.tasks.hand_out") with JSON arguments.

    `after` is how long it waits at least. The queue is a table: the work is part of the caller's transaction
    and is lost or kept with it.
    """
    found = import_string(task)
    if after is not None:
        found = found.using(run_after=timezone.now() + after)
    found.enqueue(*args)
