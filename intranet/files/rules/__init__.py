"""What may be stored, who may read it, and why something cannot be opened."""

from .access import access_to
from .kinds import Recognised, extension_for, recognise
from .names import clean_name
from .reasons import HELD_BACK, REASONS, sentence, told_of
from .stamping import mark_of, stamp_of

__all__ = [
    "HELD_BACK",
    "REASONS",
    "Recognised",
    "access_to",
    "clean_name",
    "extension_for",
    "mark_of",
    "recognise",
    "sentence",
    "stamp_of",
    "told_of",
]
