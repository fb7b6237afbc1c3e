"""How people are shown."""

from django import template

from intranet.lib import text

register = template.Library()


@register.filter
def initials(person: object) -> str:
    """Two capitals for the round sign of a person."""
    return text.initials(str(person))
