"""Public references: what addresses show instead of primary keys."""

import secrets

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
REF_LENGTH = 12
"""31^12 ≈ 8·10^17: nobody finds one by trying; the door behind it still asks who is there."""


def new_ref() -> str:
    """A random reference of `REF_LENGTH` letters and digits that cannot be misread (no i, l, o, 0, 1)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(REF_LENGTH))
