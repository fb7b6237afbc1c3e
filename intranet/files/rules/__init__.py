"""What may be stored, who may read it, and why something cannot be opened."""

from .access import access_to
from .kinds import Recognised, recognise
from .names import clean_name
from .reasons import REASONS, sentence

__all__ = ["REASONS", "Recognised", "access_to", "clean_name", "recognise", "sentence"]
