"""What is written across the pages of a stamped file."""

import base64
import datetime
import unicodedata

from django.utils import timezone
from django.utils.crypto import salted_hmac

LETTERS = str.maketrans("ILO", "893")
"""Letters that are easily taken for others give way."""


def mark_of(person_id: int, ref: str) -> str:
    """Six letters that stand for this reader of this file, the same each time; nobody can make up others."""
    digest = salted_hmac("intranet.files.mark", f"{person_id} {ref}", algorithm="sha256").digest()
    return base64.b32encode(digest).decode()[:6].translate(LETTERS)


def stamp_of(name: str, mark: str, moment: datetime.datetime) -> list[str]:
    """The lines of the stamp: who reads, when, and the mark."""
    when = timezone.localtime(moment).strftime("%H:%M %d/%m/%Y")
    return [unicodedata.normalize("NFC", name)[:40], when, mark]
