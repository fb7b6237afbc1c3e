"""Small helps for the templates of meetings."""

import datetime
import io
import uuid
from typing import Any

import segno
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from intranet.files import rules as files
from meetings.models import ItemKind, ItemState, MajorityBase, MajorityKind, Role, Speech, State, VotingRule

register = template.Library()


@register.simple_tag
def command_field() -> SafeString:
    """The hidden number of one act: sent twice, it is done once."""
    return format_html('<input type="hidden" name="command" value="{}">', uuid.uuid4())


@register.simple_tag
def majority_words(rule: VotingRule) -> str:
    """The required majority as one says it: more than half of all with a vote."""
    if rule.majority == MajorityKind.SIMPLE:
        return str(MajorityKind.SIMPLE.label)
    if rule.majority == MajorityKind.CUSTOM:
        share = _("At least %(part)s/%(whole)s") % {"part": rule.part, "whole": rule.whole}
    else:
        share = str(MajorityKind(rule.majority).label)
    return f"{share} {MajorityBase(rule.base).label}"


def qr_svg(address: str) -> str:
    """An address as a picture a camera reads."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", border=2, omitsize=True, xmldecl=False, nl=False)
    return drawn.getvalue().decode()


@register.simple_tag
def qr(address: str) -> SafeString:
    """The same inside a page; the words beside it say what it is for."""
    return mark_safe(qr_svg(address))  # noqa: S308 - drawn by us, holds no text of anybody


@register.filter
def moment(milliseconds: int | None) -> datetime.datetime | None:
    """The local moment of a number of milliseconds since 1970, as a projection carries it."""
    if milliseconds is None:
        return None
    return timezone.localtime(datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC))


@register.filter
def minutes_after(moment: datetime.datetime, other: datetime.datetime) -> int:
    """How many minutes `moment` comes after `other`, at least 1."""
    return max(1, round((moment - other).total_seconds() / 60))


@register.filter
def refusal(reason: str) -> str:
    """Why a paper cannot be opened, in the reader's language."""
    return files.sentence(reason)


@register.filter
def role_name(role: str) -> str:
    """The name of a seat's role."""
    return str(Role(role).label)


@register.filter
def state_name(state: str) -> str:
    """The name of a meeting's state."""
    return str(State(state).label)


@register.filter
def minutes_seconds(seconds: int) -> str:
    """12:05 for 725."""
    return f"{seconds // 60}:{seconds % 60:02d}"


@register.filter
def spoken_for(speech: Speech) -> str:
    """How long a turn took, in minutes and seconds."""
    return minutes_seconds(round(speech.spent.total_seconds()))


@register.filter
def at_key(table: dict[Any, Any], key: Any) -> Any:
    """What a table has under a key."""
    return table.get(key)


@register.filter
def item_kind_name(kind: str) -> str:
    """The name of what an item is for."""
    return str(ItemKind(kind).label)


@register.filter
def item_state_name(state: str) -> str:
    """The name of an item's state."""
    return str(ItemState(state).label)
