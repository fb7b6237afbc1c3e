"""A full disk and a database that is away are said in one sentence, and nothing is half done."""

import json
import logging
import uuid

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client, RequestFactory

from intranet.config.trouble import SENTENCES, TroubleMiddleware, status_of
from meetings.models import Command, Message, Role
from tests.faults.rooms import make_room


def test_what_is_neither_disk_nor_database_stays_an_error() -> None:
    for mistake in (ValueError(), IntegrityError(), PermissionError(13, "no"), FileNotFoundError(2, "no")):
        assert status_of(mistake) is None


def test_full_disk_of_either_database_is_told_from_one_that_is_away() -> None:
    full = OperationalError("could not extend file")
    full.__cause__ = psycopg.errors.DiskFull()
    assert status_of(full) == 507
    assert status_of(OperationalError("database or disk is full")) == 507
    assert status_of(OSError(28, "No space left on device")) == 507
    assert status_of(OperationalError("the connection is lost")) == 503


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_database_that_is_away_is_said_without_asking_it(
    accept: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    request = RequestFactory().get("/hop/", headers={"Accept": accept})
    response = TroubleMiddleware(None).process_exception(
        request, OperationalError("gone\nwith a second line")
    )
    assert response is not None and response.status_code == 503 and response["Retry-After"]
    assert "no-store" in response["Cache-Control"]
    said = response.content.decode()
    sentence = str(SENTENCES[503])
    assert (json.loads(said)["error"] == sentence) if accept == "application/json" else (sentence in said)
    assert [record.getMessage() for record in caplog.records] == ["GET /hop/: gone"]


@pytest.mark.only_sqlite
def test_database_that_fails_before_the_view_is_said_too(transactional_db: None) -> None:
    room = make_room(delegates=1)
    browser = Client(raise_request_exception=False)
    browser.force_login(room.one(Role.DELEGATE).seat.person)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_session RENAME TO away")
    try:
        answer = browser.get("/hop/")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO django_session")
    assert answer.status_code == 503 and str(SENTENCES[503]) in answer.content.decode()


@pytest.mark.only_sqlite
def test_command_that_finds_the_disk_full_says_so_and_is_done_when_there_is_room(
    transactional_db: None,
) -> None:
    room = make_room(delegates=1)
    browser = Client(headers={"Accept": "application/json"})
    browser.force_login(room.one(Role.DELEGATE).seat.person)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    address = f"/hop/{room.ref}/lenh/post_message/"
    try:
        for number in range(200):
            said = {"command": str(uuid.uuid4()), "text": f"{number} " + "x" * 900}
            answer = browser.post(address, said)
            if answer.status_code != 200:
                break
        assert answer.status_code == 507 and answer.json()["error"]
        assert (Message.objects.count(), Command.objects.count()) == (number, number)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    for _ in range(2):
        assert browser.post(address, said).status_code == 200
    assert Message.objects.count() == number + 1
