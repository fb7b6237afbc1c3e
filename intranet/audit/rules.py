"""How a digest is made, and what may stand in an entry."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from .models import Entry


def plain(value: Any) -> Any:
    """`value` as JSON that both databases give back letter by letter, so that digests can be made again.

    PostgreSQL rewrites numbers with an exponent and refuses NUL and lone surrogates: fractions become text,
    such characters a replacement sign. Dates and moments become ISO 8601, anything else its text.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_clean(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return _clean(str(value))


def _clean(text: str) -> str:
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def digest_of(entry: Entry) -> str:
    """SHA-256 over the previous digest and the entry's canonical JSON (keys sorted, UTF-8, UTC to the
    microsecond).
    """
    body: dict[str, Any] = {
        "chain": entry.chain,
        "number": entry.number,
        "at": entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        "actor": [entry.actor_id, entry.actor_name],
        "action": entry.action,
        "target": entry.target,
        "facts": entry.facts,
    }
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((entry.previous + text).encode()).hexdigest()
