from mailbox import actions, queries
from mailbox.live.topics import MailboxTopic
from tests.factories.mailbox import delivered_to

kind = MailboxTopic()


def test_mailbox_admits_its_owner_alone(reader, other):
    assert kind.admit(reader, str(reader.pk)) is not None
    for ref in (str(other.pk), "", "0", "abc", f"0{reader.pk}"):
        assert kind.admit(reader, ref) is None


def test_arrival_raises_the_revision_and_the_figure(writer, reader):
    ref = str(reader.pk)
    assert kind.project(ref, "owner", None) == (0, {"unread": 0, "arrivals": []})
    message = delivered_to(writer, reader, subject="Họp đột xuất")
    revision, sections = kind.project(ref, "owner", None)
    assert kind.versions([ref])[ref].revision == revision == 1
    assert (sections["unread"], sections["arrivals"][0]["subject"]) == (1, "Họp đột xuất")
    actions.mark_read(reader, queries.message_for(reader, message.ref))
    assert kind.project(ref, "owner", None) == (2, {"unread": 0, "arrivals": []})


def test_older_snapshot_and_changes_since_give_the_snapshot_of_now(writer, reader):
    ref = str(reader.pk)
    snapshots = {}
    for step in range(4):
        revision, now = kind.project(ref, "owner", None)
        snapshots[revision] = now
        for known, old in snapshots.items():
            _, changed = kind.project(ref, "owner", kind.changed_since(ref, known))
            assert old | changed == now
        delivered_to(writer, reader, subject=f"Thư {step}")
