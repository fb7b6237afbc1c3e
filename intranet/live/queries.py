"""What a page embeds, so that its first picture is the one the socket goes on from."""

from typing import Any

from intranet.lib.errors import Absent

from .registry import kind_named


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
