"""`make lint`: everything that can be said about the code without running it. Standard library only.

Each check prints one line; what a failed one has to say follows it.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tools.install import PYTHON, ROOT, VENV, install, node_environment, say, working_uv
from tools.parts import GETTEXT, require

HOSTS = ROOT.parent / "shared" / "checks" / "hosts"
"""Finds names of package registries in tracked files; lies beside the clone where Đình is developed."""


def checks() -> dict[str, list[str]]:
    """What is checked, by name, the slow ones first."""
    python = str(PYTHON)
    found = {
        "messages: Vietnamese complete": [python, "-m", "tools.messages", "check"],
        "migrations: none is missing": [python, "manage.py", "makemigrations", "--check", "--dry-run"],
        "imports: storeys and rooms": [str(VENV / "bin" / "lint-imports")],
        "browser code: types": ["node", "node_modules/typescript/bin/tsc", "--noEmit", "--pretty", "false"],
        "style": [python, "-m", "ruff", "check", "--no-fix", "."],
        "layout of the code": [python, "-m", "ruff", "format", "--check", "."],
    }
    if os.access(HOSTS, os.X_OK):
        found["hosts: no registry is named"] = [str(HOSTS)]
    return found


def run_check(name: str, command: list[str], env: dict[str, str]) -> bool:
    """Run one and tell how it ended."""
    began = time.monotonic()
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    verdict = "ok" if ran.returncode == 0 else "FAILED"
    lines = [f"  {name:<40}{verdict:<8}{time.monotonic() - began:4.0f} s"]
    if ran.returncode:
        lines.append(ran.stdout + ran.stderr)
    say("\n".join(lines))
    return ran.returncode == 0


def main() -> int:
    """Run them all, two at a time. Returns the exit code."""
    install(tests=True)
    require(GETTEXT)
    env = node_environment(working_uv()) | {"DJANGO_SETTINGS_MODULE": "intranet.config.settings.dev"}
    found = checks()
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(lambda name: run_check(name, found[name], env), found))
    failed = results.count(False)
    say(f"lint: {len(results)} checks, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
