"""Who may read a stored file, and what they may do with it."""

from functools import reduce
from operator import or_
from typing import Any

from intranet.files.models import StoredFile
from intranet.files.registry import Access, grants


def access_to(person: Any, file: StoredFile) -> Access | None:
    """What `person` may do with the file: everything if they put it here, what the packages that use it
    grant, else nothing. Nobody else, whatever their roles."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return None
    if file.uploaded_by_id == person.pk:
        return Access()
    given = [access for grant in grants() if (access := grant(person, file)) is not None]
    return reduce(or_, given) if given else None
