"""The only way into the log."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from .models import Entry, Head
from .rules import digest_of


def record(actor: Any, action: str, target: str, *, chain: str, **facts: Any) -> Entry:
    """Append one act to `chain`, inside the caller's transaction.

    `actor` is a person or None for the system itself; `action` is "package.verb"; `target` is "kind:reference";
    `facts` are JSON values that explain the act, never the content of a secret ballot or a private note.
    Call it last in an action: it locks the chain until the transaction ends.
    """
    with transaction.atomic():
        Head.objects.get_or_create(chain=chain)
        Head.objects.filter(chain=chain).update(number=F("number") + 1)
        head = Head.objects.get(chain=chain)
        entry = Entry(
            chain=chain,
            number=head.number,
            at=datetime.datetime.now(datetime.UTC),
            actor_id=getattr(actor, "pk", None),
            actor_name=str(actor) if actor is not None else "system",
            action=action,
            target=target,
            facts=facts,
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        Head.objects.filter(chain=chain).update(digest=entry.digest)
    return entry
