"""Letters between the accounts and their offices: answered, read, unread, and one still being written."""

import datetime
import io
from typing import Any

from django.utils import timezone

from intranet.config.demo import content, papers
from intranet.config.demo.clock import at
from mailbox import actions
from mailbox.models import Copy, Folder, Message

from .organization import Cast

READ_AFTER = datetime.timedelta(minutes=9)
RECENT = datetime.timedelta(hours=2)


def load(cast: Cast, now: datetime.datetime) -> None:
    """Write, send and open the letters of the demo at their own times."""
    today = timezone.localdate(now)
    for row in sorted(content.read("mail", today), key=lambda row: _in_hours(now, row["minutes_ago"])):
        _letter(cast, row, now, today)


def _letter(cast: Cast, row: dict[str, Any], now: datetime.datetime, today: datetime.date) -> None:
    sender = cast[row["sender"]]
    sent_at = _in_hours(now, row["minutes_ago"])
    with at(sent_at):
        draft = actions.write(sender)
        for name in row["to"]:
            kind, _colon, office = name.partition(":")
            key = f"o{cast.offices[office].pk}" if office else f"p{cast[kind].pk}"
            actions.add_address(sender, draft, key=key)
        for paper in row["files"]:
            pdf = io.BytesIO(papers.make(paper, today))
            actions.attach(sender, draft, file=pdf, name=papers.PAPERS[paper].file_name)
        draft = _text(sender, draft, row["subject"], row["text"])
        if row["draft"]:
            return
        message = _send(sender, draft)
    _open(cast, message, row["read_by"], sent_at)
    for reply in row["replies"]:
        writer = cast[reply["sender"]]
        answered_at = max(_in_hours(now, reply["minutes_ago"]), sent_at + 3 * READ_AFTER)
        _open(cast, message, [reply["sender"]], sent_at)
        with at(answered_at):
            copy = Copy.objects.get(message=message, owner=writer, folder=Folder.INBOX)
            draft = actions.answer(writer, copy, to_all=reply["to_all"])
            answer = _send(writer, _text(writer, draft, draft.subject, reply["text"]))
        _open(cast, answer, reply["read_by"], answered_at)


def _text(sender: Any, draft: Message, subject: str, text: str) -> Message:
    draft.refresh_from_db()
    return actions.save_draft(sender, draft, subject=subject, text=text, version=draft.version)


def _send(sender: Any, draft: Message) -> Message:
    message = actions.send(sender, draft)
    # The worker may not be running yet: its task will find nothing left to do.
    actions.hand_out_copies(message)
    return message


def _open(cast: Cast, message: Message, readers: list[str], sent_at: datetime.datetime) -> None:
    for index, username in enumerate(readers):
        with at(sent_at + READ_AFTER + datetime.timedelta(minutes=3 * index)):
            copy = Copy.objects.get(message=message, owner=cast[username], folder=Folder.INBOX)
            actions.mark_read(cast[username], copy)


def _in_hours(now: datetime.datetime, minutes_ago: int) -> datetime.datetime:
    """So long ago; what would fall into a night long past is moved to the afternoon before it."""
    moment = timezone.localtime(now - datetime.timedelta(minutes=minutes_ago))
    if now - moment < RECENT or 7 <= moment.hour < 18:
        return moment
    day = moment if moment.hour >= 18 else moment - datetime.timedelta(days=1)
    return day.replace(hour=15 + moment.minute % 2)
