"""Every trial at its full length, on private durable parts. `make faults` runs it; see docs/testing.md.

`python -m tests.faults [name …]`: only the trials named. FAULTS_SCALE=0.1 makes all of them a tenth as long.
"""

import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.faults.ground import SCALE, SEED, Ground
from tests.faults.parts import Postgresql, Redis


@dataclass
class Outcome:
    """How one trial ended."""

    name: str
    seconds: float
    figures: dict[str, object]
    problem: str = ""


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


def run(
    name: str, trial: Callable[[Ground, Callable[[str], None]], dict[str, object]], ground: Ground
) -> Outcome:
    """One trial to its end; a violation is an outcome like any other."""
    say(f"\n── {name} ──")
    began = time.monotonic()
    outcome = Outcome(name, 0.0, {})
    try:
        outcome.figures = trial(ground, lambda text: say(f"   {text}"))
    except Exception as problem:
        traceback.print_exc()
        outcome.problem = (str(problem) or type(problem).__name__).splitlines()[0][:200]
    outcome.seconds = time.monotonic() - began
    for key, value in outcome.figures.items():
        say(f"   {key}: {value}")
    return outcome


def main() -> int:
    """Start the parts, run the trials, summarise. Returns the exit code."""
    # Both unwind, so that nothing is left running.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="dinh-faults-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)  # PostgreSQL runs as somebody else
        postgresql = Postgresql(folder)
        redis = Redis(folder)
        try:
            env = {
                **os.environ,
                "DATABASE_URL": postgresql.url,
                "REDIS_URL": redis.url,
                "DINH_VAR_DIR": str(folder / "var"),
                "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
                "PYTHONUNBUFFERED": "1",
            }
            os.environ.update(env)
            outcomes = run_trials(Ground(folder, postgresql, redis, env))
        finally:
            with suppress(Exception):
                redis.stop()
            postgresql.stop()
    say("\nSummary")
    for one in outcomes:
        verdict = f"VIOLATION: {one.problem}" if one.problem else "ok"
        say(f"  {one.name:<14}{one.seconds:5.0f} s   {verdict}")
    bad = sum(bool(one.problem) for one in outcomes)
    say(f"\n{len(outcomes) - bad} trials clean, {bad} with a violation (seed {SEED}, scale {SCALE:g})")
    return 1 if bad or not outcomes else 0


def run_trials(ground: Ground) -> list[Outcome]:
    """Django is set up here, because the parts have to be there first."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.faults.trials import TRIALS

    say("Preparing the database …")
    call_command("migrate", interactive=False, verbosity=0)
    wanted = sys.argv[1:] or list(TRIALS)
    if unknown := [name for name in wanted if name not in TRIALS]:
        raise SystemExit(f"no such trial: {', '.join(unknown)}; there are {', '.join(TRIALS)}")
    return [run(name, TRIALS[name], ground) for name in wanted]


if __name__ == "__main__":
    sys.exit(main())
