"""The two ways an act can end without being done."""

import errno

from django.http import Http404
from django.utils.functional import Promise


class RuleBroken(Exception):
    """The request is well-formed but not allowed now. `message` is a whole sentence for the user,
    translated late.
    """

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class Absent(Http404):
    """What was asked for does not exist for this person: raised by doors, shown as 404, never says which."""


NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Numbers of an OSError that say: the disk, or one's share of it, is full."""
