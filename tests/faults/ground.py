"""What the long trials stand on, and how long they are."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.house import APPLICATION, House
from tests.faults.parts import Postgresql, Redis

SEED = int(os.environ.get("FAULTS_SEED", "20261122"))
SCALE = float(os.environ.get("FAULTS_SCALE", "1"))


@dataclass
class Ground:
    """What the trials stand on: parts that can die, and a folder for everything written."""

    folder: Path
    postgresql: Postgresql
    redis: Redis
    env: dict[str, str]
    houses: int = field(default=0)

    def house(self, *, worker: bool = False, application: str = APPLICATION, **environment: str) -> House:
        """Two fresh web processes, and a worker where one is wanted."""
        self.houses += 1
        folder = self.folder / f"house-{self.houses}"
        folder.mkdir()
        house = House(folder, self.env | environment)
        try:
            for _ in range(2):
                house.add_web(application)
            if worker:
                house.add_worker()
                house.watch()
            for web in house.webs:
                web.wait()
        except BaseException:  # also Ctrl-C: nothing is left running
            house.stop()
            raise
        return house
