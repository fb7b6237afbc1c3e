"""Templates and static files obey the content security policy, and name no other host."""

import re

from tests.architecture.house import own_static_files, templates, told

INLINE = {
    "inline script": re.compile(
        r"<script(?![^>]*\b(?:src=|type=[\"']application/(?:ld\+)?json))[^>]*>", re.IGNORECASE
    ),
    "inline style": re.compile(r"<style\b|<[^>]*\sstyle=", re.IGNORECASE),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+=", re.IGNORECASE),
    "script address": re.compile(r"=[\"']javascript:", re.IGNORECASE),
}
LOADED_FROM_AFAR = re.compile(
    r"(?:src|srcset|poster|data|action|href)=[\"'](?:https?:)?//|url\([\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//",
    re.IGNORECASE,
)
FETCHED_FROM_AFAR = re.compile(r"(?:fetch|import|WebSocket|EventSource|Worker)\(\s*[\"'`](?:https?|wss?)://")
LINK = re.compile(r"<a\b[^>]*>", re.IGNORECASE)
"""A link a reader may follow is not a call."""


def uncommented(text: str) -> str:
    """The template without its comments."""
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", "", text, flags=re.DOTALL)


def test_templates_hold_no_inline_code() -> None:
    offenders = []
    for path in templates():
        text = uncommented(path.read_text(encoding="utf-8"))
        for what, pattern in INLINE.items():
            offenders += [f"{told(path)}: {what}: {found[0][:80]}" for found in pattern.finditer(text)]
    assert offenders == []


def test_nothing_is_loaded_from_another_host() -> None:
    offenders = []
    for path in [*templates(), *own_static_files(".css", ".js", ".svg")]:
        text = LINK.sub("", uncommented(path.read_text(encoding="utf-8")))
        for pattern in (LOADED_FROM_AFAR, FETCHED_FROM_AFAR):
            offenders += [f"{told(path)}: {found[0][:80]}" for found in pattern.finditer(text)]
    assert offenders == []
