"""`make bench-papers`: our viewer beside pdf.js core, in one Chromium and one run.

Prints the figures as they come, then the table of goals, then one line of JSON. `--quick` is for working.
"""

import argparse
import http.client
import json
import os
import statistics
import time
import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Any

from playwright.sync_api import Playwright, sync_playwright

from tests.benchmarks.papers import made, run
from tests.benchmarks.papers.line import Line
from tests.benchmarks.papers.place import Site, peer_folder, serve_peer
from tests.benchmarks.papers.run import Side
from tools.install import say
from tools.parts import CHROMIUM, require

MEGABYTE = 1_000_000
HALL_LINE = 2.5 * MEGABYTE
"""20 Mbit/s."""


class Report:
    """Rows as they are measured, and the table of them at the end."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def row(self, name: str, value: float, goal: str, ok: bool | None, spread: str = "") -> None:
        self.rows.append({"name": name, "value": round(value, 3), "goal": goal, "ok": ok, "spread": spread})
        verdict = {True: "met", False: "NOT MET", None: ""}[ok]
        say(f"  {name}: {value:.3g}   goal {goal}   {verdict}   {spread}")

    def end(self) -> None:
        say("\n| what | value | goal | | spread |\n|---|---|---|---|---|")
        for row in self.rows:
            verdict = {True: "met", False: "**not met**", None: ""}[row["ok"]]
            say(f"| {row['name']} | {row['value']:g} | {row['goal']} | {verdict} | {row['spread']} |")
        told = [{key: row[key] for key in ("name", "value", "goal", "ok")} for row in self.rows]
        print(json.dumps({"bench": "papers", "rows": told}))


class Bench:
    """The two sides, their papers, and how much is done."""

    def __init__(self, playwright: Playwright, report: Report, *, quick: bool) -> None:
        self.playwright, self.report = playwright, report
        self.rounds = 2 if quick else 5
        self.turns = 40 if quick else 300
        self.long = 100 if quick else 1000
        self.site = Site()
        self.site.start()
        self.person, self.cookie = self.site.reader("nguoi-doc")
        self.folder = peer_folder()
        self.line, self.peer_line = Line(self.site.port), Line(serve_peer(self.folder))
        self.ours = Side("ours", self.line.port, self.cookie)
        self.peer = Side("pdf.js", self.peer_line.port)
        self.refs: dict[str, str] = {}
        self.put("text", made.text_pages(350))
        self.put("scan", made.scanned_pages(12 if quick else 60))
        self.put("long", made.text_pages(self.long, lines=30, seed=2))

    def put(self, name: str, data: bytes) -> None:
        """The same paper on both sides, its pages read."""
        from intranet.files.actions import read_content, store

        (self.folder / f"{name}.pdf").write_bytes(data)
        file = store(self.person, file=BytesIO(data), name=f"{name}.pdf", command=uuid.uuid4())
        read_content(file.content)
        self.refs[name] = file.ref
        say(f"  {name}: {len(data) / MEGABYTE:.1f} MB, {len(file.content.pages)} pages")

    def paper(self, side: Side, name: str) -> str:
        return self.refs[name] if side is self.ours else name

    def in_turn(self, measure: Callable[[Side], float]) -> tuple[list[float], list[float]]:
        """Both sides alternately, the order alternating too."""
        found: dict[str, list[float]] = {self.ours.name: [], self.peer.name: []}
        for number in range(self.rounds):
            pair = (self.ours, self.peer) if number % 2 else (self.peer, self.ours)
            for side in pair:
                found[side.name].append(measure(side))
        return found[self.ours.name], found[self.peer.name]

    def ratio(self, name: str, ours: list[float], peer: list[float], limit: float) -> None:
        pairs = [one / other for one, other in zip(ours, peer, strict=True)]
        value = statistics.median(pairs)
        told = f"{min(pairs):.2f}–{max(pairs):.2f}"
        told += f"; {statistics.median(ours):.0f} to {statistics.median(peer):.0f}"
        self.report.row(name, value, f"≤ {limit:g} × pdf.js", value <= limit, told)


def upload(bench: Bench) -> None:
    """A paper of 350 pages is readable soon after its last byte has been sent."""
    from django.test import Client

    found = []
    for number in range(bench.rounds):
        data = made.text_pages(350, seed=100 + number)
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(bench.person)
        client.get("/ban-lam-viec/")
        token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else "a" * 32
        session = client.cookies["sessionid"].value
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
        body = f"{head}Content-Type: application/pdf\r\n\r\n".encode() + data + f"\r\n--{edge}--\r\n".encode()
        connection = http.client.HTTPConnection("127.0.0.1", bench.site.port, timeout=60)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Cookie": f"sessionid={session}; csrftoken={token}",
            "X-CSRFToken": token,
        }
        with run.chromium(bench.playwright) as browser:
            context = run.tablet(browser, bench.ours)
            page = context.new_page()
            connection.request("POST", "/tep/tai-len/", body, headers)
            sent = time.monotonic()
            answer = json.loads(connection.getresponse().read())
            page.goto(bench.ours.address(answer["ref"]))
            page.evaluate("window.first")
            found.append(time.monotonic() - sent)
    value = statistics.median(found)
    spread = f"{min(found):.2f}–{max(found):.2f}"
    bench.report.row(
        "350 pages: last byte sent to the first page painted, s", value, "≤ 1", value <= 1, spread
    )


def first_pages(bench: Bench) -> None:
    """Nothing cached; ours shows the server's image while the library loads."""
    with run.chromium(bench.playwright) as browser:
        for name in ("text", "scan", "long"):
            ours, peer = bench.in_turn(
                lambda side, name=name: run.first_page(browser, side, bench.paper(side, name))
            )
            bench.ratio(f"first page cold, {name}, ms", ours, peer, 1.0)
    slow, slow_peer = Line(bench.site.port, bytes_per_second=HALL_LINE), bench.peer_line.target
    ours = Side("ours", slow.port, bench.cookie)
    peer = Side("pdf.js", Line(slow_peer, bytes_per_second=HALL_LINE).port)
    with run.chromium(bench.playwright) as browser:
        for name in ("text", "scan"):
            took = [
                (
                    run.first_page(browser, ours, bench.refs[name]),
                    run.first_page(browser, peer, name),
                )
                for _ in range(bench.rounds)
            ]
            bench.ratio(f"first page cold at 20 Mbit/s, {name}, ms", *map(list, zip(*took, strict=True)), 1.0)


def next_pages(bench: Bench) -> None:
    """Pages turned without a rest, so that nothing helps but drawing; and as people turn them."""
    with run.chromium(bench.playwright) as browser:
        for name in ("text", "scan"):
            for side in (bench.ours, bench.peer):
                context = run.tablet(browser, side)
                page = context.new_page()
                page.goto(side.address(bench.paper(side, name)))
                page.evaluate("window.first")
                page.wait_for_timeout(2_000)
                took, _ = run.turned(page, 2, 12)
                rested, _ = run.turned(page, 12 if name == "text" else 4, 18 if name == "text" else 10, 1_000)
                value = statistics.median(took)
                goal, ok = ("≤ 150", value <= 150) if side is bench.ours else ("", None)
                spread = f"{min(took):.0f}–{max(took):.0f}; a second apart {statistics.median(rested):.0f}"
                bench.report.row(f"next page, {name}, {side.name}, ms", value, goal, ok, spread)
                if name == "text" and side is bench.ours:
                    sharpness(bench, page)
                context.close()


def sharpness(bench: Bench, page: Any) -> None:
    """Enlarged 2.5 times, the pixels drawn for what is seen are the screen's own."""
    page.locator(".viewer__room").focus()
    for _ in range(5):
        page.keyboard.press("+")
    page.wait_for_timeout(3_000)
    drawn, shown = page.evaluate(
        """() => {
            const cut = document.querySelector(".viewer__detail") ?? document.querySelector(".viewer__image");
            return [cut.width, cut.getBoundingClientRect().width * devicePixelRatio];
        }"""
    )
    value = drawn / shown
    zoom = page.locator("[data-reading=percent]").text_content()
    bench.report.row(f"enlarged to {zoom}: pixels drawn to pixels shown", value, "≥ 0.95", value >= 0.95)


def memory(bench: Bench) -> None:
    """Hundreds of pages, a browser of its own for each side."""
    found: dict[str, tuple[float, list[float]]] = {}
    for side in (bench.peer, bench.ours):
        with run.chromium(bench.playwright) as browser:
            page = run.tablet(browser, side).new_page()
            page.goto(side.address(bench.paper(side, "text")))
            page.evaluate("window.first")
            page.wait_for_timeout(1_500)
            took, held = run.turned(page, 2, bench.turns)
            found[side.name] = run.renderer_memory(browser), took
            if side is bench.ours:
                bench.report.row("images of pages held at most", held, "≤ 3", held <= 3)
    (ours, took), (peer, peer_took) = found["ours"], found["pdf.js"]
    pages = f"{bench.turns} pages"
    told = f"{ours:.0f} to {peer:.0f} MB"
    bench.report.row(f"{pages}: peak memory to pdf.js", ours / peer, "≤ 0.5", ours / peer <= 0.5, told)
    worst = max(took) / 1000
    told = f"pdf.js {max(peer_took) / 1000:.2f}; median {statistics.median(took):.0f} to"
    told += f" {statistics.median(peer_took):.0f} ms"
    bench.report.row(f"{pages}: worst page, s", worst, "≤ 0.4", worst <= 0.4, told)


def moved(bench: Bench) -> None:
    """Every page of a long paper, from a cold start: bytes that came over the line; memory stays flat."""
    with run.chromium(bench.playwright) as browser:
        page = run.tablet(browser, bench.ours).new_page()
        before = bench.line.moved
        page.goto(bench.ours.address(bench.refs["long"]))
        page.evaluate("window.first")
        page.wait_for_timeout(2_000)
        third = bench.long // 3
        run.turned(page, 2, third)
        early = run.renderer_memory(browser)
        took, held = run.turned(page, third, bench.long + 1)
        late = run.renderer_memory(browser)
        value = (bench.line.moved - before) / MEGABYTE
    goal = 12 * bench.long / 1000
    size = (bench.folder / "long.pdf").stat().st_size / MEGABYTE
    told = f"the file {size:.1f}"
    bench.report.row(f"{bench.long} text pages read, MB moved", value, f"≤ {goal:g}", value <= goal, told)
    told = f"{early:.0f} to {late:.0f} MB; slowest page {max(took):.0f} ms"
    bench.report.row(
        "… peak memory after all to after a third", late / early, "≤ 1.25", late <= 1.25 * early, told
    )
    bench.report.row("… images of pages held at most", held, "≤ 3", held <= 3)


def restricted(bench: Bench) -> None:
    """Page images for one reader: processor time and size of a text page."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(bench.person)
    session = client.cookies["sessionid"].value
    sizes, before = [], bench.site.seconds()
    pages = range(200, 220)
    connection = http.client.HTTPConnection("127.0.0.1", bench.site.port, timeout=60)
    for page in pages:
        place = f"/tep/{bench.refs['text']}/trang/{page}.webp?w=1654"
        connection.request("GET", place, headers={"Cookie": f"sessionid={session}"})
        sizes.append(len(connection.getresponse().read()))
    time.sleep(1)
    used = (bench.site.seconds() - before) / len(pages)
    bench.report.row(
        "server image, CPU s a page (neighbours drawn ahead included)", used, "≤ 0.2", used <= 0.2
    )
    size = statistics.mean(sizes) / 1000
    bench.report.row("server image of a text page, KB", size, "≤ 120", size <= 120)


def revoked(bench: Bench) -> None:
    """A paper is taken away while a delegate reads it: seconds until it is off the tablet."""
    from intranet.files.models import StoredFile
    from meetings import actions
    from meetings.models import Role, State
    from tests.factories.meetings import ItemFactory, MeetingFactory, PaperFactory, SeatFactory

    meeting = MeetingFactory.create(convened_by=bench.person, state=State.PUBLISHED)
    item = ItemFactory.create(meeting=meeting)
    chair = SeatFactory.create(meeting=meeting, role=Role.CHAIR)
    SeatFactory.create(meeting=meeting, person=bench.person)
    actions.open_meeting(chair)
    actions.go_to_item(chair, item=item.pk, expected_item=None)
    file = StoredFile.objects.get(ref=bench.refs["text"])
    found = []
    with run.chromium(bench.playwright) as browser:
        page = run.tablet(browser, bench.ours).new_page()
        paper = PaperFactory.create(item=item, stored_file=file)
        page.goto(f"/hop/{meeting.ref}/phong/")
        for _ in range(bench.rounds):
            page.wait_for_selector(".viewer__paper canvas")
            page.wait_for_timeout(1_500)
            began = time.monotonic()
            actions.remove_paper(chair, paper=paper.pk)
            page.wait_for_selector(".viewer__paper", state="detached")
            found.append(time.monotonic() - began)
            answer = actions.add_paper(chair, item=item.pk, stored_file=file, title="Tài liệu")
            paper.pk = answer["paper"]
    value, spread = max(found), f"{min(found):.2f}–{max(found):.2f}"
    bench.report.row("a paper taken away leaves an open tablet, slowest, s", value, "≤ 2", value <= 2, spread)


PARTS = (upload, first_pages, next_pages, memory, moved, restricted, revoked)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench-papers")
    parser.add_argument("parts", nargs="*", help=" ".join(part.__name__ for part in PARTS))
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    require(CHROMIUM)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop in this thread
    report = Report()
    idle = run.busy_elsewhere()
    time.sleep(3)
    idle = (run.busy_elsewhere() - idle) / 3
    say(f"Before anything: {idle:.2f} of {os.cpu_count()} processors used by others.")
    with sync_playwright() as playwright:
        bench = Bench(playwright, report, quick=asked.quick)
        try:
            for part in PARTS:
                if not asked.parts or part.__name__ in asked.parts:
                    say(f"\n{part.__name__}: {(part.__doc__ or '').splitlines()[0]}")
                    part(bench)
        finally:
            bench.site.stop()
    report.end()


if __name__ == "__main__":
    main()
