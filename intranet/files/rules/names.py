"""File names from anywhere, made fit to be shown and sent."""

import re
import unicodedata

from .reasons import refusal

MAX_BYTES = 255
_DIRECTION = {chr(c) for c in (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def clean_name(name: str) -> str:
    """`name` without folders, control and direction characters, at most 255 bytes with its extension kept.

    "..\\\\hoá\\u202Efdp.exe" becomes "hoáfdp.exe": shown as it is, not as it pretends to be. Raises
    RuleBroken if nothing is left.
    """
    text = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    text = re.split(r"[/\\\\]", text)[-1]
    text = "".join(
        c for c in text if c not in _DIRECTION and unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn")
    )
    text = " ".join(re.sub(r'[<>:"|?*\ufeff\u200b]', " ", text).split()).strip(". ")
    stem, dot, extension = text.rpartition(".")
    if not text or not stem or not extension:
        raise refusal("name")
    room = MAX_BYTES - len((dot + extension).encode())
    if room < 1:
        raise refusal("name")
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + dot + extension


def extension_of(name: str) -> str:
    """The last extension in lower case without the dot."""
    return name.rpartition(".")[2].lower()
