"""Which pages were sent to whom: gathered in memory, written every few seconds in one statement."""

import atexit
import logging
import threading
from datetime import datetime

from django.db import close_old_connections, connection
from django.utils import timezone

from intranet.files.models import PageSent, StoredFile

SECONDS = 3.0
MOST = 2_000
"""So many are written at once, whatever the clock says."""

logger = logging.getLogger(__name__)
_guard = threading.Lock()
_gathered: dict[tuple[int, int, int], tuple[datetime, datetime]] = {}
_timer: threading.Timer | None = None


def note_page_sent(file: StoredFile, *, index: int, person_id: int) -> None:
    """Remember that page `index` (from 0) was sent; what a killed process has not written yet is lost."""
    global _timer
    key, now = (file.pk, person_id, index), timezone.now()
    with _guard:
        _gathered[key] = (_gathered[key][0] if key in _gathered else now, now)
        if len(_gathered) >= MOST and _timer is not None:
            _timer.cancel()
            _timer = None
        if _timer is None:
            _timer = threading.Timer(0 if len(_gathered) >= MOST else SECONDS, _write)
            _timer.daemon = True
            _timer.start()


def write_pages_sent() -> int:
    """Write what was gathered in this process; returns how many pages of how many readers that were."""
    global _timer
    with _guard:
        rows = dict(_gathered)
        _gathered.clear()
        if _timer is not None:
            _timer.cancel()
        _timer = None
    PageSent.objects.bulk_create(
        [
            PageSent(file_id=file, person_id=person, index=index, first_at=first, last_at=last)
            for (file, person, index), (first, last) in sorted(rows.items())
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["file", "person", "index"],
        update_fields=["last_at"],
    )
    return len(rows)


def _write() -> None:
    close_old_connections()
    try:
        write_pages_sent()
    except Exception:
        logger.exception("the log of pages that were sent could not be written")
    finally:
        connection.close()


def forget_pages_sent() -> None:
    """Write nothing that is still waiting; for tests."""
    global _timer
    with _guard:
        timer, _timer = _timer, None
        _gathered.clear()
    if timer is not None:
        timer.cancel()
        timer.join()


@atexit.register
def _last() -> None:
    if _gathered:
        _write()
