"""A disk that is full: the database (SQLite) and the files lie on a small file system of their own.

Runs as a process of its own, because its database is another one; prints its figures as JSON.
`python -m tests.faults.disk` as root makes the disk, too.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

MEGABYTES = 64


@contextmanager
def small_disk(folder: Path) -> Any:
    """A file system of 64 MB at `folder`, for the time of the block; needs root."""
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=0755", "dinh-trial", str(folder)], check=True
    )
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """A file that takes everything that is left, to the last byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)
    return filler


def run_in_own_process(disk: Path, logs: Path) -> dict[str, object]:
    """The trial with `disk` as its world; returns what it printed."""
    env = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{disk / 'dinh.sqlite3'}",
        "REDIS_URL": "",
        "DINH_VAR_DIR": str(disk),
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
    }
    command = [sys.executable, "-m", "tests.faults.disk", str(disk), str(logs)]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return cast(dict[str, object], json.loads(ran.stdout.splitlines()[-1]))


def trial(disk: Path, logs: Path) -> dict[str, object]:
    """Django is set up and the database is migrated."""
    from django.core.management import call_command
    from django.db import connection

    from intranet.files.models import Content
    from meetings.models import Command, Message, Role
    from tests.faults.crowd import Tablet, crowd
    from tests.faults.house import House
    from tests.faults.laws import check_store
    from tests.faults.papers import Librarian, check_papers, small_pdf
    from tests.faults.rooms import make_room
    from tests.faults.writers import Chair, Delegate

    call_command("migrate", interactive=False, verbosity=0)
    room = make_room(delegates=4)
    house = House(logs, dict(os.environ))
    web = house.add_web()
    house.add_worker()
    house.watch()
    figures: dict[str, object] = {}
    base = f"http://127.0.0.1:{web.port}"
    tablets = [Tablet(one.cookie[:8], base, room.ref, one.cookie) for one in room.sitters[Role.DELEGATE]]
    rng = random.Random(1)  # noqa: S311
    chair = Chair(room, room.one(Role.CHAIR), house.ports, rng)
    delegate = Delegate(room, room.one(Role.DELEGATE), house.ports, rng)
    librarian = Librarian(room, room.one(Role.SECRETARY), house.ports, rng)
    try:
        web.wait()
        with crowd(tablets, kind="meeting", watch=["stage"]) as tabs:
            tabs.wait_live(30)
            for _ in range(5):
                chair.act()
            delegate.act()
            librarian.act()
            check_papers(room, librarian.confirmed)
            filler = fill(disk)

            # Uploads: one sentence each, and nothing of it is kept.
            before = (Content.objects.count(), _files(disk))
            name, content = "paper refused.pdf", small_pdf("refused", 400)
            command = str(uuid.uuid4())
            said = librarian.upload(command, room.items[0].pk, name, content)
            assert said and "<" not in said, f"an upload to a full disk was answered with {said[:200]!r}"
            figures["said to the upload"] = said
            assert (Content.objects.count(), _files(disk)) == before, "something of a refused upload was kept"

            # Commands: sooner or later one does not fit, and says so.
            waiting = {"command": str(uuid.uuid4()), "text": f"word {uuid.uuid4().hex} " + "x" * 900}
            path = f"/hop/{room.ref}/lenh/post_message/"
            for _ in range(400):
                text = f"word {uuid.uuid4().hex} " + "x" * 900
                waiting = {"command": str(uuid.uuid4()), "text": text}
                status, answer = delegate.post(path, urlencode(waiting).encode())
                if status != 200:
                    break
                delegate.confirmed.append(
                    _done(waiting["command"], "post_message", {"text": text}, json.loads(answer))
                )
            assert status == 507, f"a command on a full disk was answered {status}: {answer[:200]}"
            figures["acts that still fitted"] = len(delegate.confirmed) - 1
            figures["said to the command"] = json.loads(answer)["error"]
            assert not Message.objects.filter(text=waiting["text"]).exists()
            assert not Command.objects.filter(uuid=waiting["command"]).exists()

            # Reading goes on.
            status, page = _get(delegate, f"/hop/{room.ref}/phong/")
            assert status == 200 and room.meeting.title in page, f"the room cannot be opened: {status}"
            tabs.wait_equal(room.fresh, 20)

            # Space is back: the same command, the same upload, and everything fits together.
            filler.unlink()
            status, answer = delegate.post(path, urlencode(waiting).encode())
            assert status == 200, f"with space again: {status} {answer[:200]}"
            delegate.confirmed.append(
                _done(waiting["command"], "post_message", {"text": waiting["text"]}, json.loads(answer))
            )
            assert librarian.upload(command, room.items[0].pk, name, content) == ""
            for _ in range(5):
                chair.act()
            figures["papers read"] = check_papers(room, librarian.confirmed)
            tabs.wait_equal(room.fresh, 20)
        figures |= check_store(room, [*chair.confirmed, *delegate.confirmed, *librarian.confirmed])
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",), "the database is damaged"
        assert web.is_alive and "Traceback" not in web.said(), web.said()[-2000:]
    finally:
        for person in (chair, delegate, librarian):
            person.hang_up()
        house.stop()
        connection.close()
    return figures


def _files(disk: Path) -> set[str]:
    return {str(path) for path in (disk / "files").rglob("*") if path.is_file() and "cache" not in path.parts}


def _done(command: str, act: str, facts: dict[str, Any], answer: dict[str, Any]) -> Any:
    from tests.faults.writers import Done

    return Done(command, act, facts, answer, 1)


def _get(writer: Any, path: str) -> tuple[int, str]:
    import http.client

    line = http.client.HTTPConnection("127.0.0.1", writer.ports[0], timeout=20)
    try:
        line.request("GET", path, headers={"Cookie": writer.who.cookie})
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        import django

        django.setup()
        print(json.dumps(trial(Path(sys.argv[1]), Path(sys.argv[2])), ensure_ascii=False))
    else:
        with tempfile.TemporaryDirectory() as made, small_disk(Path(made) / "disk"):
            (Path(made) / "logs").mkdir()
            print(run_in_own_process(Path(made) / "disk", Path(made) / "logs"))
