"""A paper is replaced while it is read: what stays, what is told, who may look back, what votes keep."""

import io

import pytest

from intranet.files import actions as files
from intranet.lib.errors import Absent, RuleBroken
from meetings import actions, queries
from meetings.live import projection
from meetings.models import Paper, PaperVersion, Poll, Role, State
from meetings.rules import papers as paper_rules
from tests.factories.files import pdf
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room


def written(*words: str) -> bytes:
    return pdf(*(f"BT /F1 20 Tf 72 700 Td ({word}) Tj ET".encode() for word in words))


def stored(name: str, *words: str):
    file = files.store(SeatFactory().person, file=io.BytesIO(written(*words)), name=name)
    files.read_content(file.content)
    return file


@pytest.fixture
def replaced(room: Room) -> Room:
    """In session: page 2 of four is shown, then page 3 is changed and a page added."""
    room.at(State.LIVE)
    secretary, paper = room.seats[Role.SECRETARY], room.closed_paper
    paper.stored_file = stored("mot.pdf", "Mot", "Hai", "Ba", "Bon")
    paper.save(update_fields=["stored_file"])
    actions.show_page(secretary, paper=paper.pk, page=2)
    new = stored("hai.pdf", "Mot", "Hai", "Ba moi", "Bon", "Nam")
    actions.replace_paper(secretary, paper=paper.pk, stored_file=new, expected_version=1)
    paper.refresh_from_db()
    return room


def row_of(room: Room, key: str = "delegate"):
    sections = projection.project_now(room.meeting.ref, key)[1]
    return next(row for row in sections["papers"] if row["id"] == room.closed_paper.pk), sections["stage"]


def test_everybodys_page_stays_and_the_changed_pages_are_told(replaced: Room) -> None:
    row, stage = row_of(replaced)
    assert (row["version"], row["news"]["pages"], stage["page"]) == (2, None, 2)
    assert actions.compare_versions(replaced.closed_paper.pk)
    row, _stage = row_of(replaced)
    news = row["news"]
    assert (news["pages"], news["count"], news["removed"]) == ([[3, 3], [5, 5]], 2, 0)
    assert PaperVersion.objects.get().changes == {
        "of": [0, 1, 2, 3, None],
        "changed": [2],
        "added": [4],
        "removed": [],
    }


def test_page_shown_to_the_room_stays_within_a_shorter_version(replaced: Room) -> None:
    secretary = replaced.seats[Role.SECRETARY]
    actions.show_page(secretary, paper=replaced.closed_paper.pk, page=5)
    actions.replace_paper(
        secretary, paper=replaced.closed_paper.pk, stored_file=stored("ba.pdf", "Mot", "Hai")
    )
    assert row_of(replaced)[1]["page"] == 2


def test_earlier_version_is_for_those_who_lead(replaced: Room) -> None:
    old = queries.version_of(replaced.closed_paper, 1).stored_file
    for role in (Role.DELEGATE, Role.INVITED, Role.OBSERVER, Role.HALL):
        assert replaced.client(role).get(f"/tep/{old.ref}/thong-tin.json").status_code == 404
    for role in (Role.CHAIR, Role.SECRETARY):
        assert replaced.client(role).get(f"/tep/{old.ref}/thong-tin.json").status_code == 200


def test_earlier_version_is_taken_back_as_a_new_one(replaced: Room) -> None:
    secretary, paper = replaced.seats[Role.SECRETARY], replaced.closed_paper
    first = queries.version_of(paper, 1).stored_file
    second = paper.stored_file
    actions.restore_paper(secretary, paper=paper.pk, version=1, expected_version=2)
    paper.refresh_from_db()
    assert (paper.version, paper.stored_file) == (3, first)
    assert queries.version_of(paper, 2).stored_file == second
    assert replaced.client(Role.DELEGATE).get(f"/tep/{first.ref}/thong-tin.json").status_code == 200
    assert replaced.client(Role.DELEGATE).get(f"/tep/{second.ref}/thong-tin.json").status_code == 404
    with pytest.raises(Absent):
        actions.restore_paper(secretary, paper=paper.pk, version=9)


def test_second_of_two_secretaries_is_told_and_replaces_nothing(replaced: Room) -> None:
    paper = replaced.closed_paper
    with pytest.raises(RuleBroken):
        actions.replace_paper(
            replaced.seats[Role.CHAIR], paper=paper.pk, stored_file=paper.stored_file, expected_version=1
        )
    with pytest.raises(RuleBroken):
        actions.restore_paper(replaced.seats[Role.CHAIR], paper=paper.pk, version=1, expected_version=1)
    paper.refresh_from_db()
    assert paper.version == 2


def test_votes_keep_what_they_were_about(replaced: Room) -> None:
    chair, paper = replaced.seats[Role.CHAIR], replaced.closed_paper
    actions.arrive(chair)
    actions.arrive(replaced.seats[Role.DELEGATE])
    facts = {"title": "Thông qua", "item": paper.item_id, "quorum_numerator": 1, "quorum_denominator": 3}
    poll = actions.add_poll(chair, **facts)["poll"]
    actions.open_poll(chair, poll=poll)
    digest = paper.stored_file.content.digest
    actions.replace_paper(chair, paper=paper.pk, stored_file=stored("ba.pdf", "Khac"))
    kept = {each["paper"]: each for each in Poll.objects.get(pk=poll).papers}
    assert (kept[paper.pk]["version"], kept[paper.pk]["digest"]) == (2, digest)
    record = replaced.client(Role.DELEGATE).get(f"/hop/{replaced.meeting.ref}/bien-ban/").content.decode()
    assert digest[:16] in record
    actions.protect_paper(chair, paper=paper.pk, level="internal", named_only=True)
    record = replaced.client(Role.DELEGATE).get(f"/hop/{replaced.meeting.ref}/bien-ban/").content.decode()
    assert digest[:16] not in record


def test_pages_are_compared_by_what_they_say() -> None:
    assert paper_rules.page_changes("abcd", "abcd") == {
        "of": [0, 1, 2, 3],
        "changed": [],
        "added": [],
        "removed": [],
    }
    moved = paper_rules.page_changes("abcd", "xabcd")
    assert (moved["of"], moved["added"], moved["changed"]) == ([None, 0, 1, 2, 3], [0], [])
    shorter = paper_rules.page_changes("abcd", "ad")
    assert (shorter["of"], shorter["removed"]) == ([0, 3], [1, 2])
    assert paper_rules.page_runs([2, 6, 7, 8]) == [[3, 3], [7, 9]]


def test_comparing_waits_until_both_are_read_and_survives_what_is_gone(replaced: Room) -> None:
    paper = replaced.closed_paper
    paper.stored_file.content.texts.all().delete()
    assert not actions.compare_versions(paper.pk)
    files.read_content(paper.stored_file.content)
    assert actions.compare_versions(paper.pk)
    Paper.objects.filter(pk=paper.pk).delete()
    assert actions.compare_versions(paper.pk)
