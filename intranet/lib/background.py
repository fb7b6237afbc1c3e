"""Asking for background work from below: an action names the task that will call another action later."""

from typing import Any

from django.utils.module_loading import import_string


def enqueue(task: str, *args: Any) -> None:
    """Queue the task at the dotted path `task` ("mailbox.tasks.hand_out") with JSON arguments.

    The queue is a table: the work is part of the caller's transaction and is lost or kept with it.
    """
    import_string(task).enqueue(*args)
