"""What the templates of the portal need: the frame, symbols, trust labels, marked words."""

import datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.models import Listing, Trust
from public_site import queries, rules

register = template.Library()


@register.simple_tag(takes_context=True)
def portal_frame(context: Any) -> queries.Frame | None:
    """The frame around the page: agency and sections."""
    request = context.get("request")
    return queries.frame_for(request) if request else None


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of the portal, decorative: a label stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("public_site/img/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def query_with(context: Any, **changes: Any) -> str:
    """The query string of this address with `changes` (_ stands for a hyphen; empty takes a name out)."""
    data = context["request"].GET.copy()
    data.pop("trang", None)
    for name, value in changes.items():
        data.pop(name.replace("_", "-"), None)
        if value not in ("", None):
            data[name.replace("_", "-")] = str(value)
    return f"?{data.urlencode()}" if data else "."


@register.filter
def weekday(moment: datetime.datetime) -> str:
    """The day of `moment` inside a sentence: "thứ Hai 23/11"."""
    words = date_format(moment, "l d/m")
    return words[:1].lower() + words[1:]


@register.filter
def mark(text: str, query: rules.Asked) -> SafeString:
    """`text` with the words of the query marked."""
    return rules.marked(text, query.terms)


@register.filter
def found_text(row: Listing, query: rules.Asked) -> SafeString:
    """The lines under a hit: its summary, or the part of its text where the words stand."""
    summary = row.summary or row.text[: rules.EXCERPT]
    is_told = "<mark>" in rules.marked(f"{row.title} {summary}", query.terms)
    return rules.marked(summary if is_told else rules.excerpt(row.text, query.terms) or summary, query.terms)


@register.inclusion_tag("public_site/parts/trust.html")
def trust(page: Any, own: str = "") -> dict[str, Any]:
    """How sure a fact is: its own label, otherwise that of the whole page."""
    return {"page": page, "state": own or page.trust, "Trust": Trust}


@register.inclusion_tag("public_site/parts/body.html")
def body(stream: Any) -> dict[str, Any]:
    """The blocks of a text."""
    return {"blocks": stream}
