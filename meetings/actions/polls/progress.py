"""How many have voted, about once a second: one numbered change for all ballots of that second."""

import logging
import threading

from django.db import close_old_connections, connection, transaction

from intranet.lib.errors import Absent
from meetings.models import Cast, PollState
from meetings.revisions import system_change

SECONDS = 1.0

logger = logging.getLogger(__name__)
_waiting: dict[int, threading.Timer] = {}
_guard = threading.Lock()


def show_progress(meeting_id: int) -> None:
    """Count the ballots on the screens that were cast since the last time."""
    with transaction.atomic():
        fresh = Cast.objects.filter(poll__meeting_id=meeting_id, is_shown=False)
        if not fresh.exclude(poll__state=PollState.VOID).exists():
            return
        with system_change(meeting_id, "polls"):
            fresh.update(is_shown=True)


def show_soon(meeting_id: int) -> None:
    """Have this process do so within a second, once, however many ballots come until then."""
    with _guard:
        if meeting_id in _waiting:
            return
        timer = threading.Timer(SECONDS, _show, [meeting_id])
        timer.daemon = True
        _waiting[meeting_id] = timer
        timer.start()


def forget() -> None:
    """Show nothing that is still waiting; for a process that ends."""
    with _guard:
        timers = list(_waiting.values())
        _waiting.clear()
    for timer in timers:
        timer.cancel()
        timer.join()


def _show(meeting_id: int) -> None:
    with _guard:
        if _waiting.pop(meeting_id, None) is None:
            return
    close_old_connections()
    try:
        show_progress(meeting_id)
    except Absent:
        pass
    except Exception:
        # The next ballot tries again, and closing counts them all whatever was shown.
        logger.exception("the number of ballots could not be shown")
    finally:
        connection.close()
