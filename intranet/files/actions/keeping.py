"""Keeping the store and the database in step."""

import contextlib
import os
import shutil
import time
from pathlib import Path

from django.conf import settings

from intranet.files import queries, signals
from intranet.files.models import Content, Kind

DAY = 24 * 3600


def collect_orphan(path: Path) -> bool:
    """Remove a file of the store that no row names, if it is older than a day. Returns whether it was
    removed.

    An upload of the same bytes may be between its file and its row at this moment. It gives the bytes their
    name anew, so the file is moved aside first and looked at again: what turns out fresh or named goes back.
    """
    aside = Path(settings.FILES_ROOT) / "aside"
    aside.mkdir(parents=True, exist_ok=True, mode=0o700)
    taken = aside / path.name
    with contextlib.suppress(FileNotFoundError):
        if time.time() - path.stat().st_mtime < DAY:
            return False
        os.replace(path, taken)
        fresh = time.time() - taken.stat().st_mtime < DAY
        if fresh or queries.names(path.name):
            if not path.exists():
                os.replace(taken, path)
            return False
        if taken.is_dir():
            shutil.rmtree(taken)
        else:
            taken.unlink()
        return True
    return False


def read_again(content: Content) -> None:
    """Queue the reading of content that was not read to its end; what is done already is skipped."""
    if content.reason == "no_office":
        content.state, content.reason = Content.State.WAITING, ""
        content.save(update_fields=["state", "reason"])
    signals.content_stored.send(Content, content=content)


def make_view_again(content: Content) -> None:
    """Queue the making of a view whose bytes are missing or changed on disk; until then the original is
    drawn."""
    content.view_digest, content.stripped = "", []
    if content.kind == Kind.OFFICE:
        content.state, content.pages = Content.State.WAITING, []
    content.save(update_fields=["view_digest", "stripped", "state", "pages"])
    signals.content_stored.send(Content, content=content)
