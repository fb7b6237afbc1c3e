"""The direct address of a paper's file: whoever may not read the paper gets 404."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from intranet.files import actions as files
from meetings import actions
from meetings.models import Role, State
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room


@pytest.fixture
def laid(room: Room) -> Room:
    """The three papers have bytes."""
    for paper in (room.open_paper, room.closed_paper, room.other_closed_paper):
        text = SimpleUploadedFile(f"{paper.pk}.txt", f"Nội dung của {paper.title}".encode())
        paper.stored_file = files.store(SeatFactory().person, file=text, name=text.name)
        paper.save(update_fields=["stored_file"])
    return room


def readable(room: Room, client: Client) -> set[str]:
    papers = {"open": room.open_paper, "closed": room.closed_paper, "other": room.other_closed_paper}
    return {
        name
        for name, paper in papers.items()
        if client.get(f"/tep/{paper.stored_file.ref}/").status_code != 404
    }


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CHAIR, {"open", "closed", "other"}),
        (Role.SECRETARY, {"open", "closed", "other"}),
        (Role.DELEGATE, {"open", "closed", "other"}),
        (Role.INVITED, {"open", "closed"}),
        (Role.OBSERVER, {"open"}),
        (Role.HALL, {"open"}),
    ],
)
def test_a_seat_reads_the_files_of_its_papers_and_no_other(laid: Room, role: str, may: set[str]) -> None:
    assert readable(laid, laid.client(role)) == may


def test_a_stranger_reads_none(laid: Room) -> None:
    stranger = Client()
    stranger.force_login(SeatFactory().person)
    assert readable(laid, stranger) == set()


def test_before_convening_only_those_who_prepare_read(laid: Room) -> None:
    laid.at(State.DRAFT)
    assert readable(laid, laid.client(Role.DELEGATE)) == set()
    assert readable(laid, laid.client(Role.SECRETARY)) == {"open", "closed", "other"}


def test_a_seat_taken_away_reads_nothing_from_its_next_request(laid: Room) -> None:
    client = laid.client(Role.DELEGATE)
    assert readable(laid, client) == {"open", "closed", "other"}
    actions.unseat(laid.seats[Role.CHAIR], target=laid.seats[Role.DELEGATE].pk)
    assert readable(laid, client) == set()


def test_a_role_that_was_lowered_reads_only_what_it_still_may(laid: Room) -> None:
    client = laid.client(Role.DELEGATE)
    actions.change_role(laid.seats[Role.CHAIR], target=laid.seats[Role.DELEGATE].pk, role=Role.OBSERVER)
    assert readable(laid, client) == {"open"}


def test_a_paper_that_was_closed_again_is_gone_for_observers(laid: Room) -> None:
    paper = laid.open_paper
    actions.protect_paper(laid.seats[Role.SECRETARY], paper=paper.pk, level="internal")
    assert readable(laid, laid.client(Role.OBSERVER)) == set()


def test_the_text_that_was_replaced_is_no_longer_readable(laid: Room) -> None:
    old = laid.open_paper.stored_file.ref
    new = SimpleUploadedFile("moi.txt", "bản mới".encode())
    stored = files.store(SeatFactory().person, file=new, name="moi.txt")
    actions.replace_paper(laid.seats[Role.SECRETARY], paper=laid.open_paper.pk, stored_file=stored)
    assert laid.client(Role.DELEGATE).get(f"/tep/{old}/").status_code == 404
    assert laid.client(Role.DELEGATE).get(f"/tep/{stored.ref}/").status_code != 404
