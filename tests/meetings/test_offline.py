"""Meetings taken along: who gets which manifest and keys, signed and until when; what the browser keeps."""

import base64
import datetime
import json
import uuid
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.test import Client
from django.utils import timezone

from intranet.files.queries import view_path
from intranet.live.registry import ONLY_TOPIC
from meetings import actions
from meetings.models import Pack, Paper, Role, State
from meetings.queries import offline as packs
from meetings.rules import offline as rules
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room

DEVICE = uuid.UUID("7f1a2000-0000-4000-8000-000000000001")


@pytest.fixture(autouse=True)
def bytes_behind(room: Room, settings: Any, tmp_path: Any) -> None:
    """The papers have something that can be fetched."""
    settings.FILES_ROOT = tmp_path
    for paper in Paper.objects.filter(item__meeting=room.meeting):
        path = view_path(paper.stored_file.content)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7 " + paper.title.encode())


def asked(room: Room, role: str, *, device: uuid.UUID = DEVICE, **more: Any) -> Any:
    fields = {"device": str(device), **more}
    return room.client(role).post(f"/hop/{room.meeting.ref}/mang-theo/", fields)


def manifest(answer: Any) -> dict[str, Any]:
    return json.loads(answer.json()["manifest"])  # type: ignore[no-any-return]


def titles(room: Room, told: dict[str, Any]) -> set[str]:
    return set(
        Paper.objects.filter(pk__in=[paper["id"] for paper in told["papers"]]).values_list("title", flat=True)
    )


@pytest.mark.parametrize(
    ("role", "taken"),
    [
        (Role.CHAIR, {"open", "closed", "other"}),
        (Role.SECRETARY, {"open", "closed", "other"}),
        (Role.DELEGATE, {"open", "closed", "other"}),
        (Role.INVITED, {"open", "closed"}),
        (Role.OBSERVER, {"open"}),
    ],
)
def test_a_seat_takes_exactly_the_papers_it_sees(room: Room, role: str, taken: set[str]) -> None:
    answer = asked(room, role)
    told = manifest(answer)
    papers = {"open": room.open_paper, "closed": room.closed_paper, "other": room.other_closed_paper}
    assert titles(room, told) == {papers[name].title for name in taken}
    assert set(answer.json()["keys"]) == {"", *(paper["file"] for paper in told["papers"])}
    hidden = {paper.title for name, paper in papers.items() if name not in taken}
    assert not any(title in answer.json()["manifest"] for title in hidden)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_wall_a_draft_and_a_rehearsal_are_not_taken(room: Room) -> None:
    assert asked(room, Role.HALL).status_code == 409
    assert asked(room.at(State.DRAFT), Role.CHAIR).status_code == 409
    room.at(State.LIVE)
    room.meeting.is_rehearsal = True
    room.meeting.save()
    assert asked(room, Role.DELEGATE).status_code == 409
    assert not Pack.objects.exists()


def test_the_manifest_is_signed_so_that_a_browser_can_verify_it(room: Room) -> None:
    answer = asked(room, Role.DELEGATE).json()
    point = base64.b64decode(rules.verifying_key())
    raw = base64.b64decode(answer["signature"])
    signature = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    key.verify(signature, answer["manifest"].encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(signature, answer["manifest"].replace("1", "2").encode(), ec.ECDSA(hashes.SHA256()))


def test_keys_differ_by_person_device_and_paper_and_stay_for_a_renewal(room: Room) -> None:
    first = asked(room, Role.DELEGATE).json()["keys"]
    assert asked(room, Role.DELEGATE).json()["keys"] == first
    others = [
        asked(room, Role.CHAIR).json()["keys"],
        asked(room, Role.DELEGATE, device=uuid.uuid4()).json()["keys"],
    ]
    every = [key for keys in (first, *others) for key in keys.values()]
    assert len(every) == len(set(every)) == 12
    assert all(len(base64.b64decode(key)) == 32 for key in every)


def test_leases_end_when_the_setting_and_the_levels_say(room: Room, settings: Any) -> None:
    settings.OFFLINE_HOURS = 3
    Paper.objects.filter(pk=room.closed_paper.pk).update(level="restricted")
    told = manifest(asked(room, Role.DELEGATE))
    assert told["until"] - told["issued"] == pytest.approx(3 * 3600_000, abs=1000)
    leases = {paper["id"]: paper["until"] - told["issued"] for paper in told["papers"]}
    assert leases.pop(room.closed_paper.pk) == 2 * 3600_000
    assert set(leases.values()) == {12 * 3600_000}


def test_the_access_mark_changes_with_what_may_be_read(room: Room) -> None:
    before = manifest(asked(room, Role.OBSERVER))["access"]
    assert manifest(asked(room, Role.OBSERVER))["access"] == before
    room.closed_paper.level = "normal"
    room.closed_paper.save()
    assert manifest(asked(room, Role.OBSERVER))["access"] != before


def test_a_lost_seat_finds_nothing_and_its_key_is_gone(room: Room) -> None:
    assert asked(room, Role.DELEGATE).status_code == 200
    room.seats[Role.DELEGATE].delete()
    assert asked(room, Role.DELEGATE).status_code == 404
    assert not Pack.objects.exists()


def test_the_unknown_and_the_stranger_get_nothing(room: Room) -> None:
    path, fields = f"/hop/{room.meeting.ref}/mang-theo/", {"device": str(DEVICE)}
    assert Client().post(path, fields)["Location"].startswith("/accounts/login/")
    stranger = Client()
    stranger.force_login(SeatFactory().person)
    for address in (path, f"{path}tra-lai/"):
        assert stranger.post(address, fields).status_code == 404
    assert not Pack.objects.exists()


def test_what_is_no_device_is_refused_with_a_sentence(room: Room) -> None:
    answer = room.client(Role.DELEGATE).post(f"/hop/{room.meeting.ref}/mang-theo/", {"device": "x"})
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


def test_one_seat_has_a_few_devices_and_gives_one_back(room: Room) -> None:
    devices = [uuid.uuid4() for _ in range(rules.MOST_DEVICES)]
    assert {asked(room, Role.DELEGATE, device=device).status_code for device in devices} == {200}
    assert asked(room, Role.DELEGATE).status_code == 409
    back = f"/hop/{room.meeting.ref}/mang-theo/tra-lai/"
    assert room.client(Role.DELEGATE).post(back, {"device": str(devices[0])}).status_code == 204
    assert asked(room, Role.DELEGATE).status_code == 200
    Pack.objects.filter(device=devices[1]).update(until=timezone.now() - datetime.timedelta(hours=1))
    assert asked(room, Role.DELEGATE, device=uuid.uuid4()).status_code == 200


def test_the_secretary_sees_how_much_of_it_a_tablet_holds(room: Room) -> None:
    def row() -> Any:
        told = room.client(Role.SECRETARY).get(f"/hop/{room.meeting.ref}/may-tinh-bang/").json()["tablets"]
        return next(row["pack"] for row in told if row["seat"] == room.seats[Role.DELEGATE].pk)

    assert row() is None
    asked(room, Role.DELEGATE)
    assert (row()["ready"], row()["total"], row()["checked"]) == (0, 3, None)
    asked(room, Role.DELEGATE, ready=99)
    assert (row()["ready"], row()["total"]) == (3, 3)
    Pack.objects.update(until=timezone.now())
    assert row() is None


def test_taking_and_giving_back_are_in_the_log_once(room: Room) -> None:
    from intranet.audit.models import Entry

    for _ in range(2):
        asked(room, Role.DELEGATE)
    for _ in range(2):
        actions.give_back(room.seats[Role.DELEGATE], device=DEVICE)
    assert list(
        Entry.objects.filter(target=f"meeting:{room.meeting.ref}")
        .order_by("pk")
        .values_list("action", flat=True)
    ) == ["meetings.take_along", "meetings.give_back"]


def test_a_tablet_signed_in_by_a_card_can_take_its_meeting(room: Room) -> None:
    session = room.client(Role.DELEGATE).session
    session[ONLY_TOPIC] = f"meeting/{room.meeting.ref}"
    session.save()
    assert asked(room, Role.DELEGATE).status_code == 200
    for path in ("/hop/ngoai-tuyen/", "/hop/ngoai-tuyen.js"):
        assert room.client(Role.DELEGATE).get(path).status_code == 200


def test_the_page_without_a_network_is_the_same_for_everybody(room: Room) -> None:
    nobody, somebody = Client().get("/hop/ngoai-tuyen/"), room.client(Role.CHAIR).get("/hop/ngoai-tuyen/")
    assert nobody.content == somebody.content
    assert "Set-Cookie" not in nobody.headers


def test_the_worker_keeps_static_files_and_nothing_else(room: Room, settings: Any) -> None:
    answer = Client().get("/hop/ngoai-tuyen.js")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    facts = json.loads(answer.content.decode().partition("const OFFLINE = ")[2].partition(";\n")[0])
    assert all(path.startswith(settings.STATIC_URL) for path in facts["files"])
    found = "\n".join(facts["files"])
    for needed in (
        "offline/shell.js",
        "offline/vault.js",
        "files/js/viewer.js",
        "lit-html.js",
        ".woff2",
        "icons.svg",
    ):
        assert needed in found
    assert set(packs.files_without_network(packs.START)) >= {
        "meetings/js/reader.js",
        "files/js/pdf/worker.js",
    }


def test_signing_out_tells_the_browser_to_empty_itself(room: Room) -> None:
    client = room.client(Role.DELEGATE)
    assert "Clear-Site-Data" not in client.get("/accounts/logout/").headers
    assert client.post("/accounts/logout/").headers["Clear-Site-Data"] == '"storage"'
