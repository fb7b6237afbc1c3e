"""The view of a content: the PDF shown in the original's place. The original stays as it came."""

import hashlib
from pathlib import Path

from intranet.files import rules
from intranet.files.conversion import copies, job, office
from intranet.files.models import Content, Kind
from intranet.files.queries import path_of
from intranet.files.rendering import pages
from intranet.files.rules.reasons import UNCLEANED

from .placing import put_in_place


def make_view(content: Content) -> dict[str, object]:
    """What there is to say of `content` once its view lies in the store: fields for its row.

    An office document is converted and the result cleaned, a PDF is cleaned; a picture needs no view. A PDF
    that cannot be taken apart is shown by images of its pages alone. Raises Refused, for an office document,
    or Busy.
    """
    if content.kind == Kind.IMAGE:
        return {}
    with job.own_folder() as folder:
        path = path_of(content.digest)
        if content.kind == Kind.OFFICE:
            path = office.convert(path, rules.extension_for(content.media_type), folder)
        try:
            copy, stripped = copies.clean(path, folder)
            measured = pages.measure(copy, Kind.PDF, haste=pages.BACKGROUND)
            if content.kind == Kind.PDF and measured["pages"] != content.pages:
                raise pages.Refused("broken")
            digest = _digest(copy)
            pages.draw(digest, copy, Kind.PDF, 0, pages.FIRST_WIDTH, haste=pages.BACKGROUND)
        except pages.Refused:
            if content.kind == Kind.OFFICE:
                raise
            return {"stripped": [UNCLEANED]}
        put_in_place(copy, digest)
    return {
        "view_digest": digest,
        "stripped": stripped,
        "pages": measured["pages"],
        "outline": measured["outline"],
    }


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
