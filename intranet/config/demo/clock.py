"""The demo happened before it was loaded: meetings began, letters were sent, articles were published."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """Let `timezone.now()` say `moment` inside the block, for this process and only while the demo loads.

    The log is not part of the story: it takes the time from the machine and keeps when rows were really made.
    """
    with mock.patch.object(timezone, "now", lambda: moment.astimezone(datetime.UTC)):
        yield
