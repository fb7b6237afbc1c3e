"""What a killed worker was doing is done by the next one, once."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from intranet.config.management.commands import db_worker
from intranet.files import actions
from intranet.files.models import PageText
from intranet.files.tasks import read_content
from tests.factories.organization import PersonFactory
from tests.faults.papers import small_pdf
from tests.intranet.live.conftest import ROOT, database_url
from tools.parts import stop_process
from tools.serve import worker_command

PAGES = 160


@pytest.fixture
def start_worker(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], Any]]:
    started: list[subprocess.Popen[bytes]] = []
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "DINH_TRIAL": "suite",
        "DATABASE_URL": database_url(),
        "REDIS_URL": "",
        "DINH_VAR_DIR": str(tmp_path),
        "DINH_TRIAL_FILES": str(settings.FILES_ROOT),
    }

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, *worker_command()[1:]]
        started.append(subprocess.Popen(command, cwd=ROOT, env=env, process_group=0))
        return started[-1]

    yield start
    for process in started:
        stop_process(process)
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_task_of_a_killed_worker_is_done_by_the_next_one(start_worker: Callable[[], Any]) -> None:
    file = BytesIO(small_pdf("dài", PAGES))
    content = actions.store(PersonFactory(), file=file, name="dai.pdf").content
    task = DBTaskResult.objects.get()
    first = start_worker()
    wait_until(lambda: PageText.objects.filter(content=content).exists())
    first.kill()
    first.wait()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING
    assert 0 < PageText.objects.filter(content=content).count() < PAGES
    start_worker()
    wait_until(lambda: DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL)
    assert PageText.objects.filter(content=content).count() == PAGES
    assert len(DBTaskResult.objects.get().worker_ids) == 2


@pytest.fixture
def left(db: None) -> DBTaskResult:
    """A task of a worker called "dead"."""
    read_content.enqueue(0)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=["dead"])
    return DBTaskResult.objects.get()


def take_up(folder: Path, *names: str) -> int:
    for name in names:
        (folder / name).touch()
    with (folder / "own").open("w") as own:
        return db_worker.take_up(folder, own)


def test_only_tasks_of_dead_workers_of_this_machine_are_taken_up(left: DBTaskResult, tmp_path: Path) -> None:
    assert take_up(tmp_path, "another") == 0
    with (tmp_path / "dead").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert take_up(tmp_path) == 0
    assert take_up(tmp_path) == 1
    left.refresh_from_db()
    assert left.status == TaskResultStatus.READY


def test_task_that_lost_its_database_is_tried_again_and_other_failures_are_not(
    left: DBTaskResult, tmp_path: Path
) -> None:
    for path, count in ((db_worker.AWAY[0], 1), ("builtins.ValueError", 0)):
        DBTaskResult.objects.update(status=TaskResultStatus.FAILED, exception_class_path=path)
        assert take_up(tmp_path, "dead") == count
    with pytest.raises(SystemExit):
        error = type("Error", (), {"exception_class_path": db_worker.AWAY[0]})
        db_worker.end_without_database(None, type("Result", (), {"errors": [error]}))


def test_task_that_kills_every_worker_is_given_up(left: DBTaskResult, tmp_path: Path) -> None:
    DBTaskResult.objects.update(worker_ids=["a"] * (db_worker.TRIES - 1) + ["dead"])
    assert take_up(tmp_path, "dead") == 0
    left.refresh_from_db()
    assert left.status == TaskResultStatus.FAILED
