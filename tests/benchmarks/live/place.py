"""Where the bench keeps what it built, the programs it needs, and processors to put them on."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tools.install import ROOT, node_environment, run, stop, working_uv
from tools.parts import POSTGRESQL, Part, require

HERE = Path(__file__).resolve().parent
FOLDER = ROOT / "var" / "bench" / "live"
WS_VERSION = "8.23.0"
NCHAN_PLACES = ("/usr/lib/nginx/modules", "/usr/share/nginx/modules", "/usr/lib64/nginx/modules")


def find_nchan() -> str | None:
    """nginx's module, if both it and nginx are here."""
    found = [f"{place}/ngx_nchan_module.so" for place in NCHAN_PLACES]
    there = [path for path in found if os.access(path, os.R_OK)]
    return there[0] if there and find_nginx() else None


def find_nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


def find_compiler() -> str | None:
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


NCHAN = Part("nginx with the nchan module", find_nchan, ("libnginx-mod-nchan",))
COMPILER = Part("a C compiler and its headers", find_compiler, ("gcc libc6-dev", "gcc"))


def prepare() -> None:
    """Everything the bench needs, installed or built once."""
    if not Path("/proc/self/schedstat").exists():
        stop("The load generator needs Linux: it reads CPU times from /proc and uses epoll.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    require(POSTGRESQL, NCHAN, COMPILER)
    build_load()
    install_ws()


def load_program() -> Path:
    """The load generator, named after its source: another source is another program."""
    digest = hashlib.sha256((HERE / "load.c").read_bytes()).hexdigest()[:12]
    return FOLDER / f"load-{digest}"


def build_load() -> None:
    program = load_program()
    if not program.exists():
        made = program.with_suffix(f".{os.getpid()}")
        source = str(HERE / "load.c")
        run([str(find_compiler()), "-O2", "-Wall", "-o", str(made), source], "Building the load generator")
        made.rename(program)


def install_ws() -> None:
    """Node's `ws`, in a folder of its own: the product does not use it."""
    folder = FOLDER / "node"
    known = folder / "node_modules" / "ws" / "package.json"
    if known.is_file() and f'"version": "{WS_VERSION}"' in known.read_text():
        return
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text('{"private": true, "type": "module"}\n')
    env = node_environment(working_uv())
    npm = shutil.which("npm", path=env.get("PATH")) or "npm"
    command = [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
    run([*command, "--save-exact", f"ws@{WS_VERSION}"], "Fetching the peer ws", env=env)


def node() -> str:
    return shutil.which("node", path=node_environment(working_uv()).get("PATH")) or "node"


def processors() -> tuple[set[int], set[int]]:
    """The server's processor and the load generator's; on a machine with one they share it."""
    mine = sorted(os.sched_getaffinity(0))
    return {mine[0]}, {mine[1] if len(mine) > 1 else mine[0]}


def tree_of(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for number in found:
        for task in Path(f"/proc/{number}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def pin(pid: int, where: set[int]) -> None:
    """Keep every thread of a process on these processors; threads it starts later inherit it."""
    for number in tree_of(pid):
        for task in Path(f"/proc/{number}/task").iterdir():
            os.sched_setaffinity(int(task.name), where)


def commit() -> str:
    """The commit measured, with a mark when the tree differs from it."""
    git = ["git", "-C", str(ROOT)]
    told = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    changed = subprocess.run([*git, "status", "--porcelain", "-uno"], capture_output=True, text=True)
    return (told.stdout.strip() or "unknown") + ("+" if changed.stdout.strip() else "")
