"""`make test`: set up what the tests need, run every suite, end with one plain summary.

The suites: tests of the browser code, pytest on SQLite with the in-process live layer and on PostgreSQL with
Redis, browser journeys on both, the second in the shape of production. It fails when a test failed or was
skipped, or when a suite ran none. Standard library only.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml
from dataclasses import dataclass
from pathlib import Path

from tools.install import PYTHON, ROOT, install, node_environment, say, working_uv
from tools.parts import (
    CHROMIUM,
    CLAMAV,
    LIBREOFFICE,
    NGINX,
    POSTGRESQL,
    REDIS,
    TESSERACT,
    find_chromium,
    postgresql,
    redis,
    require,
)

SIDE_BY_SIDE = min(4, os.cpu_count() or 1) + 1
"""Test processes at the same time: one more than processors, because many tests wait for something."""


@dataclass
class Outcome:
    """How a suite ended."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    exit: int = 0

    @property
    def is_good(self) -> bool:
        """All ran, all passed, and there was something to run."""
        return self.exit == 0 and self.passed > 0 and self.failed == 0 and self.skipped == 0

    def line(self) -> str:
        """For the summary."""
        facts = f"{self.passed:5} passed {self.failed:4} failed"
        if self.skipped:
            facts += f" {self.skipped:4} skipped"
        verdict = "ok" if self.is_good else "no test ran" if not (self.passed or self.failed) else "FAILED"
        return f"  {self.name:<40}{facts}   {self.seconds:4.0f} s   {verdict}"


def run_pytest(name: str, arguments: list[str], env: dict[str, str], folder: Path) -> Outcome:
    """One run of pytest; the counts are read from its own report."""
    say(f"\n── {name} ──")
    report = folder / "report.xml"
    report.unlink(missing_ok=True)
    began = time.monotonic()
    command = [str(PYTHON), "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
    outcome = Outcome(name, exit=subprocess.run(command, cwd=ROOT, env=env).returncode)
    outcome.seconds = time.monotonic() - began
    with contextlib.suppress(OSError, xml.ParseError):
        for suite in xml.parse(report).getroot().iter("testsuite"):  # noqa: S314
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            outcome.failed += failed
            outcome.skipped += skipped
            outcome.passed += int(suite.get("tests", 0)) - failed - skipped
    return outcome


def run_browser_code(env: dict[str, str], folder: Path) -> Outcome:
    """Node's own test runner over tests/js."""
    name = "browser code (Node)"
    say(f"\n── {name} ──")
    files = sorted(str(path) for path in (ROOT / "tests" / "js").rglob("*.test.js"))
    report = folder / "report.tap"
    report.unlink(missing_ok=True)
    reporters = ["--test-reporter=dot", "--test-reporter-destination=stdout"]
    reporters += ["--test-reporter=tap", f"--test-reporter-destination={report}"]
    began = time.monotonic()
    outcome = Outcome(name)
    if files:
        outcome.exit = subprocess.run(["node", "--test", *reporters, *files], cwd=ROOT, env=env).returncode
    outcome.seconds = time.monotonic() - began
    told = report.read_text() if report.is_file() else ""
    counts = {word: int(number) for word, number in re.findall(r"^# (\w+) (\d+)$", told, flags=re.MULTILINE)}
    outcome.passed = counts.get("pass", 0)
    outcome.failed = counts.get("fail", 0) + counts.get("cancelled", 0)
    outcome.skipped = counts.get("skipped", 0) + counts.get("todo", 0)
    if outcome.exit:
        failures = re.findall(r"^ *not ok .*(?:\n(?! *(?:not )?ok ).*){0,25}", told, flags=re.MULTILINE)
        say("\n".join(failures[:10]))
    return outcome


def make_databases(*environments: dict[str, str]) -> None:
    """Run the migrations on every database at the same time; the suites then copy what they made."""
    say("\nMaking the databases of the tests …")
    command = [str(PYTHON), "-m", "tests.databases"]
    for process in [subprocess.Popen(command, cwd=ROOT, env=env) for env in environments]:
        process.wait()


def run_all(folder: Path) -> list[Outcome]:
    """Every suite, one after the other."""
    env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    env |= {"CHROMIUM": find_chromium() or "", "DINH_VAR_DIR": str(folder / "var"), "PYTHONUNBUFFERED": "1"}
    units = ["tests", "--ignore=tests/e2e", "-n", str(SIDE_BY_SIDE), "--dist", "worksteal"]
    with postgresql() as database_url, redis() as redis_url:
        served = env | {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        make_databases(env, served)
        return [
            run_browser_code(node_environment(working_uv()) | {"NO_COLOR": "1"}, folder),
            run_pytest("SQLite, in-process live layer", units, env, folder),
            run_pytest("journeys on SQLite", ["tests/e2e"], env, folder),
            run_pytest("PostgreSQL, Redis", units, served, folder),
            run_pytest("journeys behind nginx, PostgreSQL, Redis", ["tests/e2e"], served, folder),
        ]


def main() -> int:
    """Set up, run, summarise. Returns the exit code."""
    # Ctrl-C and a polite kill both unwind, so that the private servers are stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        install(tests=True)
        require(POSTGRESQL, REDIS, NGINX, CHROMIUM, LIBREOFFICE, TESSERACT, CLAMAV)
        with tempfile.TemporaryDirectory(prefix="dinh-check-") as folder:
            outcomes = run_all(Path(folder))
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    say("\nSummary")
    for outcome in outcomes:
        say(outcome.line())
    failed = sum(outcome.failed for outcome in outcomes)
    say(f"\n{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed")
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
