"""Official internal mail: messages, whom they are addressed to, and the copy each person holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intranet.files.models import StoredFile
from intranet.lib.refs import new_ref
from intranet.organization.models import Office


class Mailbox(models.Model):
    """One person's mailbox as a live topic: `revision` grows with whatever its owner should see at once."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mailbox")
    revision = models.PositiveBigIntegerField(default=0)


class Thread(models.Model):
    """Messages that answer one another."""

    started_at = models.DateTimeField(auto_now_add=True)


class Message(models.Model):
    """What was written. A draft belongs to its writer alone; once sent it is never changed."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref, editable=False)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    answers = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="answered_by")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="written_messages")
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True, max_length=200_000)
    folded = models.TextField(editable=False, default="")
    """Subject, text and names without diacritics: what search looks through."""
    version = models.PositiveIntegerField(default=0)
    """Grows with each saving of the draft: an older window never overwrites a newer one."""
    started_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["sender", "sent_at"], name="message_by_sender")]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        return self.sent_at is None


class Address(models.Model):
    """A person or an office a message is addressed to, in the order they were added."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="addresses")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(office__isnull=True), name="address_person_or_office"
            ),
            models.UniqueConstraint(fields=["message", "person"], name="address_person_once"),
            models.UniqueConstraint(fields=["message", "office"], name="address_office_once"),
        ]

    def __str__(self) -> str:
        return str(self.person or self.office)


class Attachment(models.Model):
    """A stored file that travels with a message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    stored_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["message", "stored_file"], name="attachment_once")]


class Folder(models.TextChoices):
    INBOX = "inbox", _("Inbox")
    SENT = "sent", _("Sent")


class Copy(models.Model):
    """One person's copy of a sent message.

    Made in the sender's transaction; its owner sees it once the worker has handed it out (`handed_out_at`).
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="copies")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="message_copies")
    folder = models.CharField(max_length=8, choices=Folder)
    address = models.ForeignKey(Address, models.PROTECT, null=True, blank=True, related_name="copies")
    """The line of the address list that brought it here: a person's own line before an office's."""
    handed_out_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-message__sent_at", "-message_id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "owner", "folder"], name="copy_once"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(handed_out_at__isnull=False),
                name="copy_read_after_handed_out",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "folder", "handed_out_at"], name="copy_in_folder"),
            models.Index(
                fields=["owner"],
                condition=Q(folder="inbox", read_at=None, trashed_at=None, handed_out_at__isnull=False),
                name="copy_unread",
            ),
        ]
