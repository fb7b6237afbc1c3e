"""The demo: loaded once and whole, true to itself, and never where people of their own are."""

import datetime
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from cms.models import ArticlePage, LegalDocumentPage, ProcedurePage
from intranet.audit.queries import verify
from intranet.config.demo import content, loading, papers
from intranet.config.demo.loaders.organization import PASSWORD
from intranet.config.demo.papers import figures
from intranet.files.models import Content
from intranet.organization.models import Person
from mailbox.models import Copy, Message
from meetings.models import AgendaItem, AgendaTemplate, Meeting, Paper, Role, Seat, State
from tests.databases import new_copy

DAY = datetime.date(2026, 11, 23)
NOW = datetime.datetime(2026, 11, 23, 2, 20, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> object:
    """The demo, loaded once for this file and rolled back after it."""
    from django.db import transaction

    root = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "FILES_ROOT", root / "files")
        patch.setattr(settings, "MEDIA_ROOT", root / "media")
        with transaction.atomic():
            loading.load(NOW)
            yield
            transaction.set_rollback(True)


def test_demo_tells_that_it_is_loaded(demo: object) -> None:
    assert loading.state() is loading.State.LOADED


def test_demo_loaded_twice_is_loaded_once(demo: object) -> None:
    people, messages = Person.objects.count(), Message.objects.count()
    out = io.StringIO()
    call_command("demo", stdout=out)
    assert "already" in out.getvalue()
    assert (Person.objects.count(), Message.objects.count()) == (people, messages)


def test_demo_has_enough_to_look_at(demo: object) -> None:
    assert ProcedurePage.objects.live().count() >= 24
    assert ArticlePage.objects.live().count() >= 8
    assert ArticlePage.objects.filter(live=False).count() == 2
    assert LegalDocumentPage.objects.live().count() >= 8
    assert AgendaTemplate.objects.count() == 4
    assert sorted(Meeting.objects.values_list("state", flat=True)) == ["closed", "draft", "live", "published"]


def test_every_number_shown_as_a_fee_or_a_time_carries_its_label(demo: object) -> None:
    for page in ProcedurePage.objects.all():
        assert {page.time_trust, page.fee_trust, page.trust} <= {"reference", "unverified"}, page.code
        assert page.source_date == datetime.date(2026, 7, 20)


def test_meeting_is_live_with_seven_delegates_and_its_third_item(demo: object) -> None:
    meeting = Meeting.objects.get(state=State.LIVE)
    roles = list(Seat.objects.filter(meeting=meeting).values_list("role", flat=True))
    assert {role: roles.count(role) for role in set(roles)} == {
        Role.CHAIR: 1,
        Role.SECRETARY: 1,
        Role.DELEGATE: 7,
        Role.INVITED: 1,
        Role.OBSERVER: 1,
        Role.HALL: 1,
    }
    current = AgendaItem.objects.get(meeting=meeting, state="current")
    assert (current.position, current.parent) == (3, None)
    assert datetime.timedelta(minutes=55) < NOW - meeting.opened_at < datetime.timedelta(minutes=75)
    assert meeting.stage_page == 4
    assert meeting.messages.filter(at__gt=NOW).count() == 0


def test_upcoming_meeting_is_on_a_working_day(demo: object) -> None:
    starts = Meeting.objects.get(state=State.PUBLISHED).starts_at
    # Tuesday 24/11/2026 is a holiday.
    assert starts.astimezone(datetime.timezone(datetime.timedelta(hours=7))).date() == datetime.date(
        2026, 11, 25
    )


def test_meeting_in_preparation_is_held_at_three_sites(demo: object) -> None:
    meeting = Meeting.objects.get(state=State.DRAFT)
    seats = Seat.objects.filter(meeting=meeting)
    assert [site.seats.filter(keeps_site=True).count() for site in meeting.sites.all()] == [1, 1, 1]
    assert not seats.filter(site=None).exists()


def test_papers_are_ready_before_any_worker_runs(demo: object) -> None:
    contents = Content.objects.filter(files__papers__isnull=False).distinct()
    assert {content.state for content in contents} == {Content.State.READY}
    counts = sorted(len(content.pages) for content in contents)
    assert (counts[0], counts[-1]) == (3, 40)
    assert not Paper.objects.filter(title__icontains="nhân sự", level="normal").exists()


@pytest.mark.parametrize(
    "username", ["chutich", "thuky", "daibieu08", "manhinh", "bientap", "motcua01", "quantri"]
)
def test_account_signs_in_with_the_printed_password(demo: object, username: str, client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(Person.objects.get(username=username).pk)


def test_accounts_are_roles_never_people(demo: object) -> None:
    roles = (
        "Chủ tịch",
        "Phó Chủ tịch",
        "Thư ký",
        "Đại biểu",
        "Khách mời",
        "Quan sát viên",
        "Màn hình",
        "Biên tập",
    )
    roles += ("Kiểm duyệt", "Một cửa", "Quản trị")
    assert {person.last_name for person in Person.objects.all()} <= set(roles)


def test_mail_is_handed_out_and_some_of_it_unread(demo: object) -> None:
    assert not Copy.objects.filter(handed_out_at=None).exists()
    assert Copy.objects.filter(folder="inbox", read_at=None).exists()
    assert Message.objects.filter(sent_at=None).count() == 1
    assert Message.objects.filter(attachments__isnull=False).exists()


def test_log_of_the_demo_is_whole(demo: object) -> None:
    assert verify().faults == []


def test_accounts_are_told_in_one_line(demo: object) -> None:
    out = io.StringIO()
    call_command("demo", accounts=True, stdout=out)
    assert out.getvalue().count("\n") == 1
    assert PASSWORD in out.getvalue()


@pytest.mark.django_db
def test_demo_is_not_loaded_among_people_of_their_own() -> None:
    Person.objects.create_user("someone", password=PASSWORD)
    for options in ({}, {"reset": True, "yes": True}):
        with pytest.raises(CommandError):
            call_command("demo", **options)
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_load_that_breaks_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("intranet.config.demo.loading.portal.load", killed)
    with pytest.raises(KeyboardInterrupt):
        loading.load(NOW)
    assert loading.state() is loading.State.EMPTY


def test_reset_leaves_a_migrated_database_and_no_rows(demo: object, tmp_path: Path) -> None:
    """In a process and a database of its own: it takes every table away."""
    copy = new_copy(tmp_path, f"reset_{os.getpid()}")
    script = (
        "import datetime, django; django.setup()\n"
        "from wagtail.models import Page\n"
        "from intranet.config.demo import loading\n"
        "from intranet.config.demo.loaders import organization\n"
        "organization.load(datetime.date(2026, 11, 23))\n"
        "assert loading.state() is loading.State.FOREIGN\n"
        "loading.wipe()\n"
        "assert loading.state() is loading.State.EMPTY\n"
        "print(Page.objects.count() > 0)\n"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DINH_VAR_DIR": str(tmp_path),
        "DATABASE_URL": copy.url,
        "DJANGO_SETTINGS_MODULE": "intranet.config.settings.test",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
        )
    finally:
        copy.drop()
    assert done.stdout.strip() == "True", done.stderr[-2000:]


@pytest.mark.parametrize("name", sorted(papers.PAPERS))
def test_paper_opens_is_small_and_made_alike_twice(name: str) -> None:
    made = papers.PAPERS[name].make(figures.Period(DAY))
    assert made == papers.PAPERS[name].make(figures.Period(DAY))
    assert len(made) < 400_000
    with pypdfium2.PdfDocument(made) as document:
        assert 3 <= len(document) <= 40
        assert len(list(document.get_toc())) >= 4
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "Đình Mẫu" in text
    assert "\ufffd" not in text and "■" not in text


@pytest.mark.parametrize(
    "day", [datetime.date(2027, 1, 4), datetime.date(2026, 12, 31), datetime.date(2028, 2, 29)]
)
def test_papers_are_made_on_any_day(day: datetime.date) -> None:
    for name in ("bao-cao-kinh-te-xa-hoi", "to-trinh-du-toan"):
        assert papers.PAPERS[name].make(figures.Period(day)).startswith(b"%PDF")


def test_figures_add_up() -> None:
    for year in ("planned", "expected", "next_year"):
        revenue = sum(getattr(group, year) for group in figures.REVENUE)
        assert revenue == sum(getattr(group, year) for group in figures.SPENDING)
    assert sum(work.next_year for work in figures.WORKS) == figures.SPENDING[0].next_year
    for field, carried, received, *outcomes in figures.FIELDS:
        assert carried + received == sum(outcomes), field


def test_texts_leave_no_placeholder_behind() -> None:
    for path in (Path(content.__file__).parent).glob("*.json"):
        text = json.dumps(content.read(path.stem, DAY), ensure_ascii=False)
        assert not re.search(r"\{(date|weekday|month|year|next_year)\b", text), path.name
