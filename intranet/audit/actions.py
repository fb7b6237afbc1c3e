"""The only way into the log."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from .models import Entry, Head
from .rules import digest_of, plain


def record(actor: Any, action: str, target: str, *, chain: str, **facts: Any) -> Entry:
    """Append one act to `chain`, inside the caller's transaction.

    `actor` is a person or None for the system itself; `action` is "package.verb"; `target` is
    "kind:reference"; `facts` explain the act (see `rules.plain` for what becomes of them), never the
    content of a secret ballot or a private note. Call it last in an action: it locks the chain until the
    transaction ends.
    """
    with transaction.atomic():
        # The update is the lock: whoever comes second waits here, so numbers have no gaps, in commit order.
        if not Head.objects.filter(chain=chain).update(number=F("number") + 1):
            Head.objects.get_or_create(chain=chain)
            Head.objects.filter(chain=chain).update(number=F("number") + 1)
        head = Head.objects.get(chain=chain)
        entry = Entry(
            chain=chain,
            number=head.number,
            at=datetime.datetime.now(datetime.UTC),
            actor_id=getattr(actor, "pk", None),
            actor_name=plain(str(actor))[:200] if actor is not None else "system",
            action=action,
            target=target,
            facts=plain(facts),
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        Head.objects.filter(chain=chain).update(digest=entry.digest)
    return entry


def record_reading(actor: Any, target: str, *, chain: str, **facts: Any) -> Entry:
    """Append that `actor` has read `target` ("kind:reference"): for papers with a restriction and other
    people's data.

    One entry for every opening, not for every page; `facts` say what was shown (e.g. page, download).
    """
    return record(actor, f"{target.partition(':')[0]}.read", target, chain=chain, **facts)
