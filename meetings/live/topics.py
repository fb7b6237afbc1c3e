"""Meetings as `intranet.live` knows them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from intranet.live.registry import Admission, Version
from meetings import queries, rules
from meetings.models import Meeting

from . import projection

Note = Callable[[str, str, Collection[int]], None]


class MeetingTopic:
    """One topic per meeting. What writes presence is handed in: this room stands below the actions."""

    name = rules.TOPIC
    access_sections = (rules.ACCESS,)

    def __init__(self, *, note_presence: Note) -> None:
        self._note_presence = note_presence

    def admit(self, person: Any, ref: str) -> Admission | None:
        """The door: the audience of the person's seat now."""
        key = queries.audience_key(person, ref)
        return None if key is None else Admission(audience=key)

    def admit_many(self, person_ids: Collection[int], ref: str) -> Mapping[int, Admission]:
        """`admit` for a whole room, in one query."""
        keys = queries.audience_keys(person_ids, ref)
        return {pk: Admission(audience=key) for pk, key in keys.items()}

    def versions(self, refs: Collection[str]) -> Mapping[str, Version]:
        """Where the meetings stand, in one query."""
        rows = Meeting.objects.filter(ref__in=refs).values_list("ref", "epoch", "revision")
        return {ref: Version(epoch=epoch, revision=revision) for ref, epoch, revision in rows}

    def changed_since(self, ref: str, revision: int) -> Collection[str] | None:
        """Names of the sections changed after `revision`."""
        return queries.sections_since(ref, revision)

    def project(self, ref: str, audience: str, names: Collection[str] | None) -> tuple[int, dict[str, Any]]:
        """The sections for an audience, as of one moment."""
        return projection.project_now(ref, audience, names)

    def presence(self, ref: str, process: str, person_ids: Collection[int]) -> None:
        """Who is connected through this process."""
        self._note_presence(ref, process, person_ids)
