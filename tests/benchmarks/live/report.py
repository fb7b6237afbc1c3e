"""What is printed: the runs as they come, the table of goals, one line of JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.live.run import Ratio, Run, median
from tools.install import say

COLUMNS = (
    "got",
    "each p50",
    "p95",
    "p99",
    "last p50",
    "p95",
    "p99",
    "max",
    "CPU/1k",
    "load/1k",
    "busy",
    "other",
    "host",
)
WIDTHS = (15, 8, 7, 7, 9, 7, 7, 7, 7, 7, 5, 5, 5)
LEGEND = """
Times in ms; "last" is the slowest socket of each update. CPU of the server and of the load generator in ms
per 1,000 deliveries; "busy" is the load generator's share of its processor, "other" foreign use of both,
"host" what the host of a virtual machine took away. A run with more than 5 % of that is made again.
Medians of the rounds.
"""


def in_columns(name: str, cells: Sequence[str]) -> str:
    return f"{name:44}" + "".join(f" {cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True))


@dataclass
class Report:
    """Collects rows; everything is said at once as well."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    _has_head: bool = False

    def run(self, name: str, run: Run, rate: float) -> Run:
        self.runs(name, [run], rate)
        return run

    def runs(self, name: str, runs: Sequence[Run], rate: float) -> None:
        """One line for the rounds of one configuration: medians; what is wrong is summed up."""
        if not self._has_head:
            self._has_head = True
            say(LEGEND)
            say(in_columns("", COLUMNS))
        got, expected = (sum(run.told[key] for run in runs) for key in ("got", "expected"))
        cells = [f"{got}/{expected}"]
        cells += [f"{median(runs, lambda run, p=p: run.each(p)):.1f}" for p in ("p50", "p95", "p99")]
        cells += [f"{median(runs, lambda run, p=p: run.last(p)):.1f}" for p in ("p50", "p95", "p99", "max")]
        cells += [
            f"{median(runs, lambda run: run.cpu):.1f}",
            f"{median(runs, lambda run: run.client_cpu):.1f}",
        ]
        cells.append(f"{median(runs, lambda run: run.client_share):.0%}")
        cells.append(f"{median(runs, lambda run: run.told['others']):.0%}")
        cells.append(f"{median(runs, lambda run: run.stolen):.0%}")
        wrong = sum(run.wrong for run in runs)
        say(in_columns(f"{name}, {rate:g}/s", cells) + (f"  WRONG {wrong}" if wrong else ""))

    def storm(self, name: str, runs: Sequence[Run]) -> None:
        all_open = median(runs, lambda run: run.told["ramp_open"])
        whole = median(runs, lambda run: run.told["ramp"])
        cpu = median(runs, lambda run: run.told["ramp_cpu_ms"] / run.told["n"])
        rss = median(runs, lambda run: run.rss)
        say(
            f"{name:44} all open {all_open:.2f} s, all have it {whole:.2f} s,"
            f" CPU {cpu:.2f} ms and {rss:.0f} KB a connection"
        )

    def answers(self, name: str, runs: Sequence[Run]) -> None:
        p50, p95 = (median(runs, lambda run, p=p: run.told["answer"].get(p, 0)) for p in ("p50", "p95"))
        cpu = median(runs, lambda run: run.told["server_cpu_ms"] / run.told["answer"]["count"])
        say(f"{name:44} p50 {p50:.1f}, p95 {p95:.1f}; CPU of the web process {cpu:.1f} ms a command in all")

    def note(self, text: str) -> None:
        """A figure without a goal."""
        say(text)
        self.lines.append(f"{text}")

    def ratio(self, name: str, found: Ratio, limit: float) -> None:
        """A ratio of two things measured in turn."""
        self.row(name, round(found.median, 3), f"≤ {limit:g}", found.median <= limit, found.spread)

    def measure(self, name: str, value: float, limit: float) -> None:
        self.row(name, round(value, 1), f"≤ {limit:g}", value <= limit)

    def row(self, name: str, value: Any, goal: str, ok: bool | None, remark: str = "") -> None:
        self.rows.append({"name": name, "value": value, "goal": goal, "ok": ok})
        shown = "–" if value is None else f"{value:g}"
        mark = {True: "met", False: "NOT MET", None: ""}[ok]
        self.lines.append(f"{name:62} {shown:>9}  {goal:36} {mark:8} {remark}")

    def end(self, bench: str, seconds: float) -> None:
        say(f"\n{'what':62} {'median':>9}  {'goal':36} {'':8} spread of the rounds")
        for line in self.lines:
            say(line)
        say(f"\n{seconds:.0f} s in all\n")
        say(json.dumps({"bench": bench, "rows": self.rows}, ensure_ascii=False))
