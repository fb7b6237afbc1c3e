"""How a digest is made."""

import hashlib
import json
from typing import Any

from .models import Entry


def digest_of(entry: Entry) -> str:
    """SHA-256 over the previous digest and the entry's canonical JSON (keys sorted, UTF-8, UTC to the microsecond)."""
    body: dict[str, Any] = {
        "chain": entry.chain,
        "number": entry.number,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": [entry.actor_id, entry.actor_name],
        "action": entry.action,
        "target": entry.target,
        "facts": entry.facts,
    }
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((entry.previous + text).encode()).hexdigest()
