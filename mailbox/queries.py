"""Reading mail. `message_for` and `draft_for` are the only doors to a message."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from intranet.files.models import StoredFile
from intranet.files.registry import Access
from intranet.lib.doors import found
from intranet.lib.text import fold
from intranet.organization import queries as organization
from intranet.organization.models import Assignment, Office, Person

from .models import Address, Attachment, Copy, Folder, Mailbox, Message


def copies_in(owner: Person, folder: str, *, search: str = "", unread_only: bool = False) -> QuerySet[Copy]:
    """The handed-out copies of a folder ("inbox", "sent" or "trash"), newest first.

    `search` looks for every word, without diacritics, in subject, text and names.
    """
    copies = Copy.objects.filter(owner=owner, handed_out_at__isnull=False)
    if folder == "trash":
        copies = copies.filter(trashed_at__isnull=False)
    else:
        copies = copies.filter(folder=folder, trashed_at__isnull=True)
    if unread_only:
        copies = copies.filter(read_at__isnull=True)
    for word in fold(search).split():
        copies = copies.filter(message__folded__contains=word)
    return (
        copies.select_related("message__sender")
        .annotate(
            file_count=Count("message__attachments", distinct=True),
            is_answered=Exists(
                Message.objects.filter(answers=OuterRef("message"), sender=owner, sent_at__isnull=False)
            ),
        )
        .prefetch_related(Prefetch("message__addresses", Address.objects.select_related("person", "office")))
        .order_by("-message__sent_at", "-message_id")
    )


def drafts_of(owner: Person) -> QuerySet[Message]:
    """The person's drafts, last edited first."""
    addresses = Address.objects.select_related("person", "office")
    return (
        Message.objects.filter(sender=owner, sent_at__isnull=True)
        .annotate(file_count=Count("attachments"))
        .prefetch_related(Prefetch("addresses", addresses))
        .order_by("-edited_at", "-pk")
    )


def draft_for(person: Person, ref: str) -> Message:
    """The door to a message one is writing, or has just sent (so that a second press finds the answer)."""
    return found(Message.objects.filter(sender=person, ref=ref).first())


def message_for(person: Person, ref: str) -> Copy:
    """The door to a message: the person's own copy of it, a received one before a sent one."""
    copies = Copy.objects.filter(owner=person, message__ref=ref, handed_out_at__isnull=False)
    return found(copies.select_related("message__sender").order_by("folder").first())


@dataclass(frozen=True)
class Letter:
    """One message of a thread as its reader sees it."""

    message: Message
    copy: Copy
    addresses: list[Address]
    attachments: list[Attachment]


def thread_of(copy: Copy) -> list[Letter]:
    """The messages of the copy's thread that its owner holds, oldest first; never anybody else's."""
    held = (
        Copy.objects.filter(
            owner_id=copy.owner_id, message__thread_id=copy.message.thread_id, handed_out_at__isnull=False
        )
        .filter(Q(trashed_at__isnull=True) | Q(message_id=copy.message_id))
        .select_related("message__sender")
        .prefetch_related(
            Prefetch("message__addresses", Address.objects.select_related("person", "office")),
            Prefetch("message__attachments", Attachment.objects.select_related("stored_file__content")),
        )
        .order_by("message__sent_at", "message_id", "folder")
    )
    letters: dict[int, Letter] = {}
    for each in held:
        message = each.message
        letters.setdefault(
            message.pk, Letter(message, each, list(message.addresses.all()), list(message.attachments.all()))
        )
    return list(letters.values())


def receipts_of(message: Message) -> list[Copy]:
    """Every recipient's copy, with when it was read; for the sender's eyes."""
    copies = message.copies.filter(folder=Folder.INBOX).select_related("owner", "address__office")
    return list(copies.order_by("owner__sort_key", "owner_id"))


def owners_behind(message: Message) -> dict[int, Address]:
    """Person id → the address line that reaches them: a person's own before an office's; only the active."""
    owners: dict[int, Address] = {}
    addresses = list(message.addresses.select_related("person", "office"))
    for address in addresses:
        if address.person is not None and address.person.is_active:
            owners.setdefault(address.person.pk, address)
    by_office = {address.office_id: address for address in addresses if address.office_id}
    assignments = Assignment.objects.on(timezone.localdate()).filter(
        office__in=by_office, person__is_active=True
    )
    for office_id, person_id in assignments.order_by("pk").values_list("office_id", "person_id"):
        owners.setdefault(person_id, by_office[office_id])
    return owners


@dataclass(frozen=True)
class Suggestion:
    """A possible recipient: `key` is "p12" for a person or "o3" for an office."""

    key: str
    label: str
    hint: str


def suggestions(person: Person, text: str, *, limit: int = 8) -> list[Suggestion]:
    """Offices whose names hold every word of `text`, without diacritics, then people by name or post."""
    words = fold(text).split()
    if not words:
        return []
    offices = [
        Suggestion(f"o{office.pk}", office.name, office.short_name)
        for office in Office.objects.on(timezone.localdate())
        if all(word in fold(f"{office.name} {office.short_name}") for word in words)
    ]
    people = list(organization.people_matching(text, limit=limit))
    posts = organization.posts_of([each.pk for each in people])
    reached = [Suggestion(f"p{each.pk}", str(each), posts[each.pk]) for each in people]
    return [*offices, *reached][:limit]


def unread_count(owner: Person) -> int:
    """How many handed-out messages the person has not opened."""
    return Copy.objects.filter(
        owner=owner, folder=Folder.INBOX, read_at=None, trashed_at=None, handed_out_at__isnull=False
    ).count()


def latest_arrivals(owner: Person, *, limit: int = 5) -> list[Copy]:
    """The newest unread messages."""
    return list(copies_in(owner, Folder.INBOX, unread_only=True)[:limit])


def revision_of(owner_id: int) -> int:
    """Where a person's mailbox stands as a live topic; 0 before anything came."""
    return Mailbox.objects.filter(owner_id=owner_id).values_list("revision", flat=True).first() or 0


def access_to_file(person: Any, stored_file: StoredFile) -> Access | None:
    """Everything, if a handed-out copy or an own draft brings this file to the person."""
    attachments = Attachment.objects.filter(stored_file=stored_file)
    brings = (
        attachments.filter(
            message__copies__owner=person, message__copies__handed_out_at__isnull=False
        ).exists()
        or attachments.filter(message__sender=person).exists()
    )
    return Access() if brings else None


def card_for(person: Person) -> dict[str, Any]:
    """What the staff home page says about mail."""
    return {
        "unread": unread_count(person),
        "arrivals": latest_arrivals(person),
        "drafts": drafts_of(person).count(),
    }
