"""The mailbox as a live topic, asked with what browsers should never ask."""

import pytest

from mailbox.live.topics import MailboxTopic
from tests.factories.mailbox import delivered_to
from tests.factories.organization import cast_of

NONSENSE = ["x", "", "0", "-1", "1_0", "٣", "²", "1e3", "0x1", "9" * 19, "9" * 80, " 1"]


@pytest.mark.django_db
def test_addresses_that_are_no_number_are_nobodys_mailbox_and_cost_the_others_nothing() -> None:
    writer, reader = cast_of("chair", "delegate").values()
    delivered_to(writer, reader)
    versions = MailboxTopic().versions([*NONSENSE, str(reader.pk)])
    assert set(versions) == {str(reader.pk)}
    assert versions[str(reader.pk)].revision > 0
