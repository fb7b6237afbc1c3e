"""What may be stored, who may read it, and why something cannot be opened."""

from .access import may_read
from .kinds import Recognised, recognise
from .names import clean_name
from .reasons import REASONS, sentence

__all__ = ["REASONS", "Recognised", "clean_name", "may_read", "recognise", "sentence"]
