"""`make lock`: write the locks anew from pyproject.toml and package.json, without naming any host.

Needs uv and npm. The requirements files hold hashes for every platform and Python >= 3.11.
"""

import json
import subprocess
import sys
from typing import Any

from tools.install import ROOT, node_environment, say, stop, working_uv

LOCKS = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-test.txt": ["pyproject.toml", "--group", "test"],
    "requirements-node.txt": ["--group", "node"],
}
PLAIN = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")


def lock_python(*, upgrade: bool) -> None:
    """Pin every Python package; what is pinned already stays unless `upgrade`."""
    uv = working_uv()
    if not uv:
        stop("The Python locks are made by uv, which is not here. Install it, then run this again.")
    for name, sources in LOCKS.items():
        say(f"{name} …")
        command = [str(uv), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", *PLAIN, *sources, "--output-file", name]
        subprocess.run([*command, *(["--upgrade"] if upgrade else [])], cwd=ROOT, check=True)


def without_addresses(value: Any) -> Any:
    """The lock without where things were fetched from and where to send money."""
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if key not in {"funding", "resolved"}}
        return {key: without_addresses(item) for key, item in kept.items()}
    return value


def lock_browser() -> None:
    """Pin the browser libraries by hash."""
    path = ROOT / "package-lock.json"
    say("package-lock.json …")
    command = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=ROOT, env=node_environment(working_uv()), check=True)
    text = json.dumps(without_addresses(json.loads(path.read_text())), indent=2, ensure_ascii=False)
    path.write_text(text + "\n")
    if "://" in text:
        stop("package-lock.json still holds an address.")


if __name__ == "__main__":
    lock_python(upgrade="--upgrade" in sys.argv)
    lock_browser()
