"""What a message must have before it goes."""

from collections.abc import Sized

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken

MAX_ATTACHMENTS = 20
MAX_ADDRESSES = 200


def check_is_draft(is_draft: bool) -> None:
    """A sent message is never changed: it is evidence on both sides."""
    if not is_draft:
        raise RuleBroken(_("This message has been sent and can no longer be changed."))


def check_may_send(*, subject: str, addresses: Sized, owners: Sized) -> None:
    """A message needs a subject, at least one address, and somebody behind the addresses."""
    if not subject.strip():
        raise RuleBroken(_("Write a subject, so that recipients know what the message is about."))
    if not len(addresses):
        raise RuleBroken(_("Add at least one recipient."))
    if not len(owners):
        raise RuleBroken(_("Nobody works in the chosen offices today. Add a person as recipient."))


def check_may_add_address(count: int) -> None:
    """Keep the address list readable; larger circles are offices."""
    if count >= MAX_ADDRESSES:
        raise RuleBroken(_("A message can have 200 recipients at most. Choose offices instead of persons."))


def check_may_attach(count: int) -> None:
    """Keep a message something a tablet can open."""
    if count >= MAX_ATTACHMENTS:
        raise RuleBroken(_("A message can carry 20 files at most."))
