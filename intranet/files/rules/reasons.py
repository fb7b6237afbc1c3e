"""Every way a file can be turned away, as one sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken

REASONS: dict[str, str | Promise] = {
    "empty": _("The file is empty. Choose another one."),
    "too_big": _("The file is larger than %(limit)s. Make it smaller or split it."),
    "quota": _(
        "You have used %(used)s of your %(limit)s and this file needs %(size)s. "
        "Ask the administrator for more space."
    ),
    "name": _("The file has no usable name. Rename it and choose it again."),
    "kind": _(
        "Files of this kind are not accepted. Choose a PDF, an image (JPEG, PNG, WebP), a Word, Excel, "
        "PowerPoint or OpenDocument file, or plain text."
    ),
    "mismatch": _(
        "The content of the file does not match its extension “%(extension)s”. "
        "Save it again in the right format."
    ),
    "macros": _("The document contains macros. Save it without macros and choose it again."),
    "archive": _(
        "The document is packed in an unusual way and may be harmful. Save it again with your office program."
    ),
    "password": _("The file has a password. Remove the password and choose it again."),
    "broken": _("The file is damaged and cannot be opened. Save or scan it again."),
    "pages": _("The document has too many pages. Split it into parts of at most 5,000 pages."),
    "page_size": _("The document has a page whose size makes no sense. Save or print it to PDF again."),
    "pixels": _("The image is larger than 60 megapixels. Make it smaller."),
    "slow": _("The document takes too long to open. Print it to PDF again or scan it at a lower resolution."),
    "memory": _(
        "The document needs too much memory to open. Print it to PDF again or scan it at a lower resolution."
    ),
    "missing": _("The file is missing from the store. Tell the administrator."),
    "full": _(
        "The server has no room left on its disk, so the file was not kept. Tell the system administrator, "
        "and choose the file again later."
    ),
    "busy": _("The server is busy. Try again in a moment."),
    "virus": _(
        "The virus scanner found something harmful in the file. Do not open it; tell the administrator."
    ),
    "scanner": _(
        "The file is held back until the virus scanner has checked it, and opens by itself then. "
        "If that takes long, tell the administrator."
    ),
    "converting": _("The document is being turned into pages. This takes up to a minute."),
    "no_office": _("This server cannot show Office documents yet. The original can be saved."),
    "office": _(
        "The document could not be turned into pages. Save it as PDF with your office program and choose "
        "that file; the original can still be saved."
    ),
}
"""Code → sentence. Codes are stored in `Content.reason`; some sentences take figures."""

HELD_BACK = ("scanner", "virus")
"""Reasons for which not even the original leaves the server."""
UNCLEANED = "uncleaned"
STRIPPED: dict[str, str | Promise] = {
    "scripts": _("Scripts and automatic actions were taken out of the copy that is shown."),
    "attachments": _("Files packed inside the document were taken out of the copy that is shown."),
    "media": _("Sound, video and 3D were taken out of the copy that is shown."),
    "links": _("Links to other places do nothing in the copy that is shown."),
    UNCLEANED: _(
        "The file is built in a way that allows no cleaned copy, so it is shown as images of its pages. "
        "Print it to PDF again for sharper pages."
    ),
}
"""What readers are spared; codes are stored in `Content.stripped`."""


def sentence(reason: str) -> str:
    """The sentence of a stored reason in the reader's language; "" for no reason."""
    return str(REASONS.get(reason, REASONS["broken"])) if reason else ""


def told_of(stripped: list[str]) -> list[str]:
    """The sentences of what was taken out, in the reader's language."""
    return [str(STRIPPED[code]) for code in stripped if code in STRIPPED]


def refusal(reason: str, **figures: str) -> RuleBroken:
    """What to raise for `reason`, its figures filled in."""
    text = str(REASONS[reason])
    return RuleBroken(text % figures if figures else text)
