"""Every write of the mailbox."""

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.audit import actions as audit
from intranet.files import actions as files
from intranet.lib.background import enqueue
from intranet.lib.errors import Absent, RuleBroken
from intranet.lib.text import fold
from intranet.live import actions as live
from intranet.organization import queries as organization
from intranet.organization.models import Office, Person

from . import queries, rules
from .models import Address, Attachment, Copy, Folder, Mailbox, Message, Thread

HAND_OUT_BATCH = 100


def write(actor: Person) -> Message:
    """An empty draft to write in: the one already lying there, so that a double click makes no second."""
    with transaction.atomic():
        _lock_mailbox(actor.pk)
        empty = Message.objects.filter(
            sender=actor, sent_at=None, subject="", text="", answers=None, addresses=None, attachments=None
        ).first()
        return empty or Message.objects.create(sender=actor, thread=Thread.objects.create())


def answer(actor: Person, copy: Copy, *, to_all: bool = False) -> Message:
    """A draft that answers a message: to its sender, or to everyone it was addressed to as well.

    Asking twice gives the same draft until it is sent.
    """
    original = copy.message
    with transaction.atomic():
        _lock_mailbox(actor.pk)
        draft = Message.objects.filter(sender=actor, answers=original, sent_at=None).first()
        if draft is None:
            draft = Message.objects.create(
                sender=actor,
                thread_id=original.thread_id,
                answers=original,
                subject=_prefixed(_("Re:"), original.subject),
            )
        if copy.folder == Folder.INBOX:
            _address(draft, person=original.sender)
        if to_all or copy.folder == Folder.SENT:
            for line in original.addresses.select_related("person", "office"):
                if line.person_id != actor.pk:
                    _address(draft, person=line.person, office=line.office)
        return draft


def forward(actor: Person, copy: Copy) -> Message:
    """A draft with the message's text and files, in a thread of its own, addressed to nobody yet."""
    original = copy.message
    with transaction.atomic():
        _lock_mailbox(actor.pk)
        quoted = "\n".join(f"> {line}" for line in original.text.splitlines())
        draft = Message.objects.create(
            sender=actor,
            thread=Thread.objects.create(),
            subject=_prefixed(_("Fwd:"), original.subject),
            text=f"\n\n{_('Forwarded from %(name)s:') % {'name': original.sender}}\n{quoted}",
        )
        Attachment.objects.bulk_create(
            Attachment(message=draft, stored_file_id=each.stored_file_id)
            for each in original.attachments.all()
        )
        return draft


def save_draft(actor: Person, draft: Message, *, subject: str, text: str, version: int) -> Message:
    """Keep what was typed. An older `version` than the stored one is refused: another window was faster.

    Raises RuleBroken when the message was sent meanwhile or edited elsewhere; nothing is lost on either side.
    """
    with transaction.atomic():
        draft = _locked(draft)
        rules.check_is_draft(draft.is_draft)
        if (draft.subject, draft.text) == (subject, text):
            return draft
        if version != draft.version:
            raise RuleBroken(
                _(
                    "This draft was changed in another window. "
                    "Open it again to see the newer text; yours stays here."
                )
            )
        draft.subject, draft.text, draft.version = subject, text, version + 1
        draft.save(update_fields=["subject", "text", "version", "edited_at"])
        return draft


def add_address(actor: Person, draft: Message, *, key: str) -> None:
    """Add a recipient: `key` is "p" and a person's number, or "o" and an office's.

    Adding twice changes nothing. Raises RuleBroken for somebody who is not in the directory today.
    """
    with transaction.atomic():
        draft = _locked(draft)
        rules.check_is_draft(draft.is_draft)
        rules.check_may_add_address(draft.addresses.count())
        number = int(key[1:]) if key[1:].isascii() and key[1:].isdigit() else 0
        found = Person.objects.filter(pk=number, is_active=True, is_stand_in=False)
        person = found.first() if key[:1] == "p" else None
        office = Office.objects.on(timezone.localdate()).filter(pk=number).first() if key[:1] == "o" else None
        if person is None and office is None:
            raise RuleBroken(_("This recipient is no longer in the directory."))
        _address(draft, person=person, office=office)


def remove_address(actor: Person, draft: Message, *, address_id: int) -> None:
    """Take a recipient off a draft."""
    with transaction.atomic():
        draft = _locked(draft)
        rules.check_is_draft(draft.is_draft)
        draft.addresses.filter(pk=address_id).delete()


def attach(actor: Person, draft: Message, *, file: Any, name: str) -> Attachment:
    """Store a file and add it to a draft; the same content under the same name is added once."""
    rules.check_is_draft(draft.is_draft)
    rules.check_may_attach(draft.attachments.count())
    stored_file = files.store(actor, file=file, name=name)
    with transaction.atomic():
        draft = _locked(draft)
        rules.check_is_draft(draft.is_draft)
        same = draft.attachments.filter(
            stored_file__content=stored_file.content_id, stored_file__name=stored_file.name
        ).first()
        return same or Attachment.objects.create(message=draft, stored_file=stored_file)


def detach(actor: Person, draft: Message, *, attachment_id: int) -> None:
    """Take a file off a draft; the stored file itself stays its uploader's."""
    with transaction.atomic():
        draft = _locked(draft)
        rules.check_is_draft(draft.is_draft)
        draft.attachments.filter(pk=attachment_id).delete()


def discard(actor: Person, draft: Message) -> None:
    """Throw a draft away."""
    with transaction.atomic():
        draft = _locked(draft)
        rules.check_is_draft(draft.is_draft)
        draft.delete()


def send(actor: Person, draft: Message) -> Message:
    """Send a draft: every recipient's copy is a row of this transaction, the worker hands them out.

    Sending what is sent already answers with the sent message: a double click or a retry sends once.
    """
    with transaction.atomic():
        message = _locked(draft)
        if not message.is_draft:
            return message
        owners = queries.owners_behind(message)
        addresses = list(message.addresses.select_related("person", "office"))
        rules.check_may_send(subject=message.subject, addresses=addresses, owners=owners)
        now = timezone.now()
        names = " ".join(str(line) for line in addresses)
        message.sent_at = now
        message.folded = fold(f"{message.subject} {message.text} {actor} {names}")
        message.save(update_fields=["sent_at", "folded", "edited_at"])
        Copy.objects.create(message=message, owner=actor, folder=Folder.SENT, handed_out_at=now, read_at=now)
        Copy.objects.bulk_create(
            Copy(message=message, owner_id=owner_id, folder=Folder.INBOX, address=line)
            for owner_id, line in owners.items()
        )
        enqueue("mailbox.tasks.hand_out", message.pk)
        audit.record(
            actor,
            "mailbox.send",
            f"message:{message.ref}",
            chain="mailbox",
            recipients=len(owners),
            files=message.attachments.count(),
        )
    return message


def deliver(actor: Person, people: Collection[int], *, subject: str, text: str) -> None:
    """Send what another package writes to these people, in its transaction; nothing when nobody is active."""
    found = list(organization.active_people(people))
    for first in range(0, len(found), rules.MAX_ADDRESSES):
        with transaction.atomic():
            message = Message.objects.create(
                sender=actor, thread=Thread.objects.create(), subject=subject[:300], text=text
            )
            Address.objects.bulk_create(
                Address(message=message, person=person)
                for person in found[first : first + rules.MAX_ADDRESSES]
            )
            send(actor, message)


def hand_out_copies(message: Message) -> int:
    """Hand out the copies still waiting, in batches, each person's once whatever is repeated or killed.

    Returns how many were handed out by this call.
    """
    done = 0
    while True:
        with transaction.atomic():
            waiting = list(
                message.copies.filter(handed_out_at=None)
                .order_by("owner_id")
                .values_list("pk", "owner_id")[:HAND_OUT_BATCH]
            )
            if not waiting:
                return done
            owners = []
            for pk, owner_id in waiting:
                if Copy.objects.filter(pk=pk, handed_out_at=None).update(handed_out_at=timezone.now()):
                    owners.append(owner_id)
            _announce(owners)
            done += len(owners)


def mark_read(actor: Person, copy: Copy) -> None:
    """Note the first opening of a received message; later ones change nothing."""
    with transaction.atomic():
        unread = Copy.objects.filter(pk=copy.pk, owner=actor, folder=Folder.INBOX, read_at=None)
        if unread.update(read_at=timezone.now()):
            _announce([actor.pk])
            audit.record(actor, "mailbox.read", f"message:{copy.message.ref}", chain="mailbox")


def trash(actor: Person, copy: Copy) -> None:
    """Put one's own copy into the trash; nobody else's is touched."""
    with transaction.atomic():
        if Copy.objects.filter(pk=copy.pk, owner=actor, trashed_at=None).update(trashed_at=timezone.now()):
            _announce([actor.pk])


def restore(actor: Person, copy: Copy) -> None:
    """Take one's own copy out of the trash."""
    with transaction.atomic():
        if Copy.objects.filter(pk=copy.pk, owner=actor, trashed_at__isnull=False).update(trashed_at=None):
            _announce([actor.pk])


def _locked(message: Message) -> Message:
    """The message as it is now, locked until the transaction ends (an update locks on SQLite as well)."""
    if not Message.objects.filter(pk=message.pk).update(version=F("version")):
        raise Absent
    return Message.objects.get(pk=message.pk)


def _lock_mailbox(owner_id: int) -> None:
    Mailbox.objects.get_or_create(owner_id=owner_id)
    Mailbox.objects.filter(owner_id=owner_id).update(revision=F("revision"))


def _announce(owner_ids: Iterable[int]) -> None:
    """Number the change of each mailbox, in order of owner so that two senders never wait for each other."""
    for owner_id in sorted(set(owner_ids)):
        Mailbox.objects.get_or_create(owner_id=owner_id)
        Mailbox.objects.filter(owner_id=owner_id).update(revision=F("revision") + 1)
        revision = Mailbox.objects.values_list("revision", flat=True).get(owner_id=owner_id)
        transaction.on_commit(partial(live.poke, "mailbox", str(owner_id), revision))


def _address(draft: Message, *, person: Person | None = None, office: Office | None = None) -> None:
    Address.objects.get_or_create(message=draft, person=person, office=office)


def _prefixed(prefix: str, subject: str) -> str:
    return subject if subject.startswith(prefix) else f"{prefix} {subject}"[:300]
