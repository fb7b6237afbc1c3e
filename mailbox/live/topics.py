"""A mailbox as a live topic: the unread figure and the newest arrivals, for its owner alone."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from intranet.live.registry import Admission, Version
from intranet.organization.models import Person
from mailbox import queries
from mailbox.models import Mailbox

EPOCH = "1"
NUMBER = re.compile(r"[1-9][0-9]{0,17}")
"""A key as it is written in addresses; anything else is nobody's mailbox."""


class MailboxTopic:
    """`ref` is the owner's number; nobody else is admitted."""

    name = "mailbox"

    def admit(self, person: Any, ref: str) -> Admission | None:
        return Admission("owner") if ref == str(person.pk) else None

    def versions(self, refs: Collection[str]) -> Mapping[str, Version]:
        owners = {int(ref): ref for ref in refs if NUMBER.fullmatch(ref)}
        known = dict(Mailbox.objects.filter(owner__in=owners).values_list("owner_id", "revision"))
        return {ref: Version(EPOCH, known.get(owner, 0)) for owner, ref in owners.items()}

    def changed_since(self, ref: str, revision: int) -> Collection[str] | None:
        return {"unread", "arrivals"}

    def project(self, ref: str, audience: str, names: Collection[str] | None) -> tuple[int, dict[str, Any]]:
        with transaction.atomic():
            owner = Person.objects.get(pk=int(ref))
            revision = queries.revision_of(owner.pk)
            arrivals = [
                {
                    "ref": copy.message.ref,
                    "sender": str(copy.message.sender),
                    "subject": copy.message.subject,
                    "at": int(copy.handed_out_at.timestamp() * 1000) if copy.handed_out_at else 0,
                }
                for copy in queries.latest_arrivals(owner)
            ]
            return revision, {"unread": queries.unread_count(owner), "arrivals": arrivals}

    def presence(self, ref: str, process: str, person_ids: Collection[int]) -> None:
        """Who has a page open is nobody's business."""
