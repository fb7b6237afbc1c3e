"""Uploads and the virus scanner: a real clamd with two signatures of our own, and none."""

import subprocess
import time

import pytest

from intranet.files import actions, rules
from intranet.files.conversion import scanning
from intranet.files.models import StoredFile
from intranet.files.rendering.pages import Busy
from intranet.lib.errors import RuleBroken
from tests.factories.files import pdf
from tools.parts import find_clamd, stop_process

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MARK = b"DINH-HARMFUL-MARK"


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """The path of the socket of a scanner that knows EICAR and a mark of ours."""
    folder = tmp_path_factory.mktemp("clamav")
    folder.chmod(0o755)
    (folder / "db").mkdir()
    known = {"Eicar-Test": EICAR, "Dinh-Test": MARK}
    lines = [f"{name}:0:*:{body.hex()}\n" for name, body in known.items()]
    (folder / "db" / "own.ndb").write_text("".join(lines))
    address = folder / "s"
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder}/db\nLocalSocket {address}\nForeground yes\nUser root\n"
        "StreamMaxLength 2M\nMaxThreads 2\n"
    )
    command = [find_clamd(), "-c", str(folder / "clamd.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not address.exists():
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.05)
    yield str(address)
    stop_process(process)


@pytest.fixture
def scanned(settings, clamd):
    settings.CLAMD_SOCKET, settings.CLAMD_MAX_AGE_DAYS = clamd, 0
    return settings


@pytest.mark.parametrize(("data", "name"), [(EICAR, "a.txt"), (pdf(b"% " + MARK), "a.pdf")])
def test_what_the_scanner_finds_is_refused_and_not_kept(put, scanned, on_disk, data, name):
    with pytest.raises(RuleBroken) as caught:
        put(data, name)
    assert str(caught.value.message) == rules.sentence("virus")
    assert on_disk() == []


def test_clean_file_is_taken_in(put, scanned):
    assert put(pdf()).content.state == "ready"
    assert put("Biên bản".encode(), "a.txt").content.state == "ready"


def test_without_an_answer_a_file_is_held_back_and_never_called_clean(client, owner, put, settings, clamd):
    settings.CLAMD_SOCKET = "/nowhere/clamd.sock"
    good, bad = put(pdf()), put(MARK, "b.txt")
    for file in (good, bad):
        assert (file.content.state, file.content.reason) == ("waiting", "scanner")
        client.force_login(owner)
        for address in (f"/tep/{file.ref}/", f"/tep/{file.ref}/xem.pdf", f"/tep/{file.ref}/trang/1.webp"):
            answer = client.get(address)
            assert answer.status_code in (404, 409)
            assert MARK not in answer.content
        with pytest.raises(Busy):
            actions.read_content(file.content)
    settings.CLAMD_SOCKET, settings.CLAMD_MAX_AGE_DAYS = clamd, 0
    actions.read_content(good.content)
    assert (good.content.state, good.content.reason) == ("ready", "")
    actions.read_content(bad.content)
    assert (bad.content.state, bad.content.reason) == ("refused", "virus")
    assert client.get(f"/tep/{bad.ref}/").status_code == 409
    with pytest.raises(RuleBroken):
        put(MARK, "again.txt")
    assert StoredFile.objects.filter(name="again.txt").count() == 0


def test_scanner_whose_signatures_have_no_date_or_are_old_counts_as_absent(put, scanned):
    scanned.CLAMD_MAX_AGE_DAYS = 7
    assert put(pdf()).content.reason == "scanner"


def test_file_larger_than_the_scanner_takes_is_held_back(put, scanned):
    assert put(b"a" * (3 << 20), "a.txt").content.reason == "scanner"


def test_nothing_is_asked_where_no_scanner_is_named(put, settings):
    assert not scanning.is_configured()
    assert put(EICAR, "a.txt").content.state == "ready"
