"""Somebody who acts faster than HTTP allows, in a process that serves nobody: the same actions, in bursts."""

import json
import subprocess
import sys
import threading

from tests.faults.house import ROOT, House
from tests.faults.rooms import Room
from tests.faults.writers import Done


class Bulk:
    """The process, and what it has confirmed so far."""

    def __init__(self, house: House, room: Room, count: int, seed: int) -> None:
        self.confirmed: list[Done] = []
        self._wanted = count
        command = [sys.executable, "-m", "tests.faults.bulk_process", room.ref, str(count), str(seed)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=house.env, stdout=subprocess.PIPE)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said = json.loads(line)
            self.confirmed.append(Done(said["command"], "show_page", said["facts"], said["answer"], 1))

    @property
    def is_over(self) -> bool:
        return self.process.poll() is not None

    def finish(self) -> list[Done]:
        """Everything it confirmed; all that was wanted, or a violation."""
        code = self.process.wait(60)
        self._reader.join(10)
        assert code == 0 and len(self.confirmed) == self._wanted, f"{len(self.confirmed)} acts, exit {code}"
        return self.confirmed

    def stop(self) -> None:
        if not self.is_over:
            self.process.kill()
        self.process.wait()
