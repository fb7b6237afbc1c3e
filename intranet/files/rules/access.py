"""Who may read a stored file."""

from typing import Any

from intranet.files.models import StoredFile
from intranet.files.registry import grants


def may_read(person: Any, file: StoredFile) -> bool:
    """Whether `person` put the file here or a package that uses it lets the person read it. Nobody else,
    whatever their roles."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    return file.uploaded_by_id == person.pk or any(grant(person, file) for grant in grants())
