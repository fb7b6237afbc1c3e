"""The background worker of django-tasks-db, which alone would forget what a killed one was doing.

A worker holds a lock on a file of its own name for as long as it lives, whatever ends it. Whoever starts next
on this machine finds the names that nobody holds, and puts their tasks back into the queue.
"""

import fcntl
import logging
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from intranet.config.env import VAR_DIR

logger = logging.getLogger(__name__)

TRIES = 5
"""Workers that may die over one task; then it has failed, or it would take down each that is started."""
AWAY = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")
"""Why a task failed that would not have, had the database been there."""


class Command(db_worker.Command):
    """`db_worker` with a memory."""

    def handle(self, *, worker_id: str, **options: Any) -> None:
        """Take up what dead workers left, then work until told to stop."""
        folder = Path(VAR_DIR) / "workers"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / worker_id).open("w") as own:
            fcntl.flock(own, fcntl.LOCK_EX)
            take_up(folder, own)
            task_finished.connect(end_without_database)
            super().handle(worker_id=worker_id, **options)


def end_without_database(sender: Any, task_result: Any, **kwargs: Any) -> None:
    """A worker whose task lost the database ends: the one that is started in its place takes the task up."""
    if any(error.exception_class_path in AWAY for error in task_result.errors):
        raise SystemExit("The database was lost in the middle of a task.")


def take_up(folder: Path, own: IO[str]) -> int:
    """Queue again the tasks of workers of this machine that are dead. Returns how many."""
    count = 0
    for path in folder.iterdir():
        if path.name == Path(own.name).name:
            continue
        with path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # it lives
            count += sum(_again(task) for task in _left_by(path.name))
            path.unlink()
    if count:
        logger.warning("Tasks that a killed worker or a lost database left undone, queued again: %d", count)
    return count


def _left_by(worker: str) -> list[DBTaskResult[Any, Any]]:
    cut_short = Q(status=TaskResultStatus.RUNNING)
    cut_short |= Q(status=TaskResultStatus.FAILED, exception_class_path__in=AWAY)
    rows = DBTaskResult.objects.filter(cut_short).order_by("enqueued_at")
    return [row for row in rows if row.worker_ids[-1:] == [worker]]


def _again(task: DBTaskResult[Any, Any]) -> bool:
    with transaction.atomic():
        rows = DBTaskResult.objects.filter(pk=task.pk, status=task.status)
        if len(task.worker_ids) < TRIES:
            return bool(rows.update(status=TaskResultStatus.READY, started_at=None, finished_at=None))
        rows.filter(status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.FAILED)
    return False
