"""A meeting of its own for the journeys of the room, and tablets whose line can be cut."""

import datetime
import re
import time
from dataclasses import dataclass, field
from io import BytesIO

from playwright.sync_api import Page, WebSocketRoute, expect

from meetings.models import AgendaItem, Meeting, Paper, State
from tests.factories.files import pdf
from tests.factories.meetings import ItemFactory, MeetingFactory, PaperFactory, SeatFactory

SEATS = {
    "chutich": "chair",
    "thuky": "secretary",
    "daibieu01": "delegate",
    "daibieu02": "delegate",
    "daibieu03": "delegate",
    "khachmoi01": "invited",
    "quansat01": "observer",
    "manhinh": "hall",
}
READY_SECONDS = 40


def convened() -> Meeting:
    """A published meeting with three items (the second has steps) and readable papers."""
    from django.utils import timezone

    from intranet.files.actions import store
    from intranet.files.models import StoredFile
    from intranet.organization.models import Person

    people = {person.username: person for person in Person.objects.filter(username__in=SEATS)}
    secretary = people["thuky"]
    meeting = MeetingFactory.create(
        title="Phiên họp kiểm thử phòng họp",
        place="Phòng họp số 2",
        starts_at=timezone.now() + datetime.timedelta(minutes=5),
        convened_by=secretary,
        state=State.PUBLISHED,
    )
    first = ItemFactory.create(meeting=meeting, title="Khai mạc, thông qua chương trình", minutes=10)
    second = ItemFactory.create(
        meeting=meeting,
        title="Dự toán thu, chi ngân sách và phương án phân bổ vốn đầu tư công năm 2027",
        minutes=40,
    )
    ItemFactory.create(meeting=meeting, parent=second, title="Trình bày tờ trình", minutes=10)
    ItemFactory.create(meeting=meeting, parent=second, title="Thảo luận", minutes=30)
    third = ItemFactory.create(meeting=meeting, title="Kết luận phiên họp", minutes=10)
    for name, role in SEATS.items():
        seat = SeatFactory.create(meeting=meeting, person=people[name], role=role, post=f"Chức vụ {name}")
        if role == "invited":
            seat.items.set([third])
    known = {stored.name: stored for stored in StoredFile.objects.filter(uploaded_by=secretary)}
    for item, title, level in [
        (first, "Chương trình phiên họp", "normal"),
        (second, "Tờ trình dự toán ngân sách", "normal"),
        (second, "Phụ lục nội bộ", "internal"),
    ]:
        name = f"Kiểm thử - {title}.pdf"
        stored = known.get(name) or store(secretary, file=BytesIO(sheets_of(title)), name=name)
        PaperFactory.create(item=item, title=title, stored_file=stored, level=level)
    wait_until_readable(meeting)
    return meeting


def sheets_of(title: str) -> bytes:
    """A PDF of four pages that say their number; the comment makes each title's bytes its own."""
    return pdf(*(b"BT /F1 24 Tf 72 720 Td (Trang %d) Tj ET %% %d" % (n, len(title)) for n in range(1, 5)))


def wait_until_readable(meeting: Meeting) -> None:
    """The worker has read the papers."""
    until = time.monotonic() + READY_SECONDS
    while Paper.objects.filter(item__meeting=meeting).exclude(stored_file__content__state="ready").exists():
        assert time.monotonic() < until, "the papers were not read"
        time.sleep(0.2)


def enter(page: Page, meeting: Meeting) -> Page:
    """Into the room, until the line is up."""
    page.goto(f"/hop/{meeting.ref}/phong/")
    expect(page.locator("html")).to_have_attribute("data-room-digest", re.compile(r"\w{8}"))
    return page


def press(page: Page, name: str) -> None:
    """The chair's or the secretary's button, once it is free."""
    button = page.get_by_role("button", name=re.compile(name)).first
    expect(button).to_have_attribute("aria-disabled", "false")
    button.click()


def panel(page: Page, name: str) -> None:
    """Open a tab of the chair's or the secretary's side."""
    tab = page.get_by_role("tab", name=re.compile(name))
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")


def item_named(meeting: Meeting, title: str) -> AgendaItem:
    """The item whose title starts like this."""
    return AgendaItem.objects.get(meeting=meeting, title__startswith=title)


@dataclass
class Line:
    """The network of one tablet: requests and sockets, cut and mended together."""

    page: Page
    is_cut: bool = False
    sockets: list[tuple[WebSocketRoute, WebSocketRoute]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route_web_socket("**/live/**", self._opened)

    def _opened(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close(code=1011, reason="cut")
            return
        self.sockets.append((socket, socket.connect_to_server()))

    def cut(self) -> None:
        """Nothing gets through any more."""
        self.is_cut = True
        self.page.context.set_offline(True)
        for socket, server in self.sockets:
            server.close(code=1000)
            socket.close(code=1011, reason="cut")
        self.sockets.clear()

    def mend(self) -> None:
        """The network is back."""
        self.is_cut = False
        self.page.context.set_offline(False)


def state_of(page: Page) -> tuple[str, str]:
    """Revision and digest of what the screen holds."""
    root = page.locator("html")
    return root.get_attribute("data-room-revision") or "", root.get_attribute("data-room-digest") or ""


def assert_same_state(one: Page, other: Page, *, seconds: float = 20) -> None:
    """Both screens come to hold the same state; who is here may need a moment to settle."""
    until = time.monotonic() + seconds
    while state_of(one)[1] != state_of(other)[1]:
        assert time.monotonic() < until, f"{state_of(one)} is not {state_of(other)}"
        one.wait_for_timeout(200)
