"""A disk without room keeps nothing of an upload and says so."""

import io
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from intranet.files import actions
from intranet.files.models import Content, StoredFile
from intranet.lib.errors import RuleBroken
from tests.factories.organization import PersonFactory


@contextmanager
def no_room_beyond(size: int) -> Iterator[None]:
    """Files of this process end at `size` bytes: the system refuses what goes further, like a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.django_db
def test_upload_to_a_full_disk_is_refused_with_a_sentence_and_leaves_nothing() -> None:
    person = PersonFactory()
    text = io.BytesIO("Nội dung dài hơn chỗ còn lại.\n".encode() * 4000)
    with no_room_beyond(32_768), pytest.raises(RuleBroken) as refused:
        actions.store(person, file=text, name="dai.txt")
    assert str(refused.value.message)
    assert not Content.objects.exists() and not StoredFile.objects.exists()
    assert [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()] == []
    assert actions.store(person, file=text, name="dai.txt").content.size == text.getbuffer().nbytes
