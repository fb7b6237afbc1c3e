"""Doing an act once, however often it is sent."""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings import revisions
from meetings.models import Command, Seat


def once(
    seat: Seat,
    *,
    command: uuid.UUID,
    act: str,
    content: Mapping[str, Any],
    run: Callable[[], Mapping[str, Any] | None],
) -> dict[str, Any]:
    """Do `run` unless `command` was done before in this meeting; the answer is that of the first time.

    The answer is what `run` returns and `revision`, the number of the change. It is stored in the transaction
    of the act itself, so a process killed in between leaves both or neither. `content` is what was asked;
    the same number with another person, act or content is refused (RuleBroken).
    """
    with transaction.atomic():
        meeting = revisions.lock(seat.meeting_id)
        if (earlier := answered(seat, command=command, act=act, content=content)) is not None:
            return earlier
        answer = dict(run() or {})
        meeting.refresh_from_db(fields=["revision"])
        answer["revision"] = meeting.revision
        Command.objects.create(
            meeting=meeting,
            uuid=command,
            act=act,
            person_id=seat.person_id,
            content=_digest(content),
            answer=answer,
        )
    return answer


def answered(
    seat: Seat, *, command: uuid.UUID, act: str, content: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The stored answer of `command`, None when it was not done yet. RuleBroken if it was another act."""
    earlier = Command.objects.filter(meeting_id=seat.meeting_id, uuid=command).first()
    if earlier is None:
        return None
    if (earlier.person_id, earlier.act, earlier.content) != (seat.person_id, act, _digest(content)):
        raise RuleBroken(_("This was already sent with other content. Reload the page and try again."))
    return dict(earlier.answer)


def _digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, default=lambda value: str(getattr(value, "pk", value))
    )
    return hashlib.sha256(text.encode()).hexdigest()
