"""A process that opens documents nobody trusts. Started by `pool`, one request at a time, over its two pipes.

A request is one line of JSON {"do", "path", "kind", …}; the answer is one line of JSON {"size", "resident",
…} and `size` bytes. The process limits itself before it loads anything that reads documents, and ends with
its parent.
"""

import json
import os
import resource
import select
import sys
import threading
import time
import traceback
from typing import Any

from . import limits


def confine() -> None:
    """Less of everything: memory, files, processes, priority. Cannot be undone by the process itself."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_MEMORY, limits.CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    os.nice(5)


def end_with_parent() -> None:
    """End when the parent's end of the pipe closes, even in the middle of a drawing.

    A death signal tied to the parent would fire when the parent's *thread* ends, and web requests are
    threads.
    """
    poll = select.poll()
    poll.register(0, 0)
    poll.poll()
    os._exit(0)


def allow_seconds(seconds: int) -> None:
    """Give the next request its own processor time; the kernel ends the process when it is used up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, resource.RLIM_INFINITY)
    )


def resident() -> int:
    """Bytes of memory in use now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


class Desk:
    """The documents held open, the least recently used first."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._open: dict[str, tuple[Any, float]] = {}

    def document(self, path: str, kind: str) -> Any:
        now = time.monotonic()
        for other, (document, used) in list(self._open.items()):
            if other != path and (
                now - used > limits.OPEN_SECONDS or len(self._open) >= limits.OPEN_DOCUMENTS
            ):
                document.close()
                del self._open[other]
        document = self._open.pop(path)[0] if path in self._open else self._engine.opened(path, kind)
        self._open[path] = (document, now)
        return document

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if request["do"] == "annotate":
            from . import annotating

            return {}, annotating.annotated(request["path"], request["marks"])
        document = self.document(request["path"], request["kind"])
        if request["do"] == "measure":
            return {}, json.dumps(document.measure()).encode()
        if request["do"] == "draw":
            how = request["width"], request.get("part"), request.get("stamp")
            return {}, document.draw(request["page"], *how)
        pages = {index: document.text(index) for index in range(request["page"], request["until"])}
        return {}, json.dumps(pages, ensure_ascii=False, separators=(",", ":")).encode()


def main() -> None:
    """Answer requests until the pipe closes."""
    confine()
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    threading.Thread(target=end_with_parent, daemon=True).start()
    from . import engine

    engine.start()
    desk = Desk(engine)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        allow_seconds(request["seconds"])
        try:
            head, body = desk.answer(request)
        except engine.Refused as refusal:
            head, body = {"reason": refusal.reason}, b""
        except MemoryError:
            head, body = {"reason": "memory"}, b""
        except Exception as error:
            at = traceback.extract_tb(error.__traceback__)[-1]
            head, body = {"reason": "broken", "error": f"{type(error).__name__} {at.name}:{at.lineno}"}, b""
        answers.write(json.dumps({**head, "size": len(body), "resident": resident()}).encode() + b"\n" + body)
        answers.flush()


if __name__ == "__main__":
    main()
