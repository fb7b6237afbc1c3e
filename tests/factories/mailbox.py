"""Messages that have been written and sent through the actions themselves."""

from intranet.organization.models import Person
from mailbox import actions
from mailbox.models import Message


def draft_to(
    sender: Person, *people: Person, subject: str = "Lịch trực", text: str = "Kính gửi các đồng chí."
) -> Message:
    """A draft addressed to people."""
    draft = actions.write(sender)
    draft = actions.save_draft(sender, draft, subject=subject, text=text, version=draft.version)
    for person in people:
        actions.add_address(sender, draft, key=f"p{person.pk}")
    return draft


def delivered_to(sender: Person, *people: Person, **texts: str) -> Message:
    """A message sent to people and handed out."""
    message = actions.send(sender, draft_to(sender, *people, **texts))
    actions.hand_out_copies(message)
    return message
