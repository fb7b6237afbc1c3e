"""What a page embeds to begin with, which the socket goes on from; and the lines there are."""

from typing import Any

from intranet.lib.errors import Absent

from .engine import engine
from .registry import Line, kind_named


def snapshot(kind_name: str, ref: str, audience: str) -> dict[str, Any]:
    """`{epoch, revision, sections}` as `audience` may see it now. Absent when there is no such topic.

    The caller has admitted the person and names the audience that the kind's own door gives them.
    """
    kind = kind_named(kind_name)
    version = kind.versions([ref]).get(ref) if kind is not None else None
    if kind is None or version is None:
        raise Absent
    revision, sections = kind.project(ref, audience, None)
    return {"epoch": version.epoch, "revision": revision, "sections": sections}


async def lines(kind_name: str, ref: str) -> list[Line]:
    """Every connection to a topic, in whatever process: asked when somebody looks, stored nowhere.

    A process that does not answer soon is left out, so that a missing line proves nothing.
    """
    return await engine().lines(kind_name, ref)
