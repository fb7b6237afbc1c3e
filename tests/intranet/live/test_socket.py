"""What a browser sees of one web process: admission, resuming, changes."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.intranet.live.conftest import Guest, Server, Tab
from tests.intranet.live.toy import Toy, ToyKind

Make = Callable[..., Guest]
OpenTab = Callable[..., Tab]


@pytest.fixture
def delegate(toy: Toy, topic: str, guest: Make) -> Guest:
    who = guest()
    toy.seat(topic, who.person.pk, "delegate")
    return who


def live_tab(open_tab: OpenTab, server: Server, who: Guest, topic: str, **options: Any) -> Tab:
    one = open_tab(server, who, topic, **options)
    one.resume()
    assert one.hear_news()["t"] == "snapshot"
    return one


def test_first_resume_gets_the_snapshot_of_its_audience(
    server: Server, toy: Toy, topic: str, delegate: Guest, guest: Make, tab: OpenTab
) -> None:
    chair = guest()
    revision = toy.seat(topic, chair.person.pk, "chair")
    seen: dict[str, Any] = {}
    for who, name in ((chair, "chair"), (delegate, "delegate")):
        one = tab(server, who, topic)
        one.resume()
        frame = one.hear_news()
        assert (frame["t"], frame["epoch"], frame["revision"]) == ("snapshot", "e1", revision)
        seen[name] = set(frame["sections"])
    assert seen == {"chair": {"agenda", "notes", "secret"}, "delegate": {"agenda", "notes"}}


def test_change_reaches_every_tab_once(server: Server, topic: str, delegate: Guest, tab: OpenTab) -> None:
    tabs = [live_tab(tab, server, delegate, topic) for _ in range(3)]
    revision = server.act("change", ref=topic, sections={"agenda": {"current": 2}})
    for one in tabs:
        frame = one.hear_news()
        assert frame["t"] == "changes" and frame["revision"] == revision
        assert frame["sections"] == {"agenda": {"current": 2}}
        one.hear_nothing(0.3)


def test_resume_gets_what_is_missing_and_no_more(
    server: Server, toy: Toy, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    base = toy.change(topic, {"agenda": {"current": 1}})
    now = toy.change(topic, {"notes": "second"})
    one = tab(server, delegate, topic)
    one.revision = base
    one.resume("e1", base)
    assert one.hear_news()["sections"] == {"notes": "second"}
    other = tab(server, delegate, topic)
    other.resume("e1", now)
    assert other.hear()["t"] == "beat"
    other.hear_nothing(0.2)


@pytest.mark.parametrize("said", [("e1", 10_000), ("e0", 1), ("e1", -5), (None, None)])
def test_resume_from_nowhere_gets_a_snapshot(
    server: Server, topic: str, delegate: Guest, tab: OpenTab, said: tuple[str | None, int | None]
) -> None:
    one = tab(server, delegate, topic)
    one.resume(*said)
    assert one.hear_news()["t"] == "snapshot"


def test_resume_older_than_the_log_gets_a_snapshot(
    server: Server, toy: Toy, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    base = toy.change(topic, {"agenda": {"current": 7}})
    now = toy.change(topic, {"agenda": {"current": 8}})
    toy.forget_log(topic, now)
    one = tab(server, delegate, topic)
    one.resume("e1", base)
    assert one.hear_news()["t"] == "snapshot"


def test_restored_topic_sends_a_snapshot_of_its_new_epoch(
    server: Server, toy: Toy, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    one = live_tab(tab, server, delegate, topic)
    toy.restore(topic, "e2", 0)
    frame = one.hear_news(4)
    assert (frame["t"], frame["epoch"], frame["revision"]) == ("snapshot", "e2", 0)


def test_change_of_another_process_without_a_layer_is_found_within_two_seconds(
    server: Server, toy: Toy, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    one = live_tab(tab, server, delegate, topic)
    toy.change(topic, {"notes": "written by a worker"})
    assert one.hear_news(2)["sections"] == {"notes": "written by a worker"}


def test_snapshot_plus_changes_equals_a_fresh_snapshot(
    server: Server, toy: Toy, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    one = live_tab(tab, server, delegate, topic)
    for number in range(60):
        revision = server.act("change", ref=topic, sections={f"s{number % 7}": number, "secret": number})
    one.hear_until(revision)
    _, fresh = ToyKind(toy).project(topic, "delegate", None)
    assert one.sections == fresh


def test_burst_is_coalesced_and_ends_at_the_last_value(
    server: Server, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    one = live_tab(tab, server, delegate, topic)
    one.frames.clear()
    started = time.monotonic()
    for number in range(40):
        revision = server.act("change", ref=topic, sections={"agenda": number})
    one.hear_until(revision)
    rounds = (time.monotonic() - started) / 0.05
    news = [frame for frame in one.frames if frame["t"] == "changes"]
    assert one.sections["agenda"] == 39
    assert len(news) <= rounds + 3


def test_beats_echo_the_clients_clock_and_tell_the_revision(
    server: Server, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    one = live_tab(tab, server, delegate, topic)
    one.say(t="beat", c=1234.5)
    frame = one.hear()
    assert frame["t"] == "beat" and frame["c"] == 1234.5 and frame["revision"] == one.revision
    assert abs(frame["now"] - time.time() * 1000) < 2000


def test_anonymous_and_strangers_get_a_code_and_no_data(
    server: Server, toy: Toy, topic: str, guest: Make, tab: OpenTab
) -> None:
    stranger = guest()
    assert tab(server, None, topic).ended() == (4401, "session")
    assert tab(server, Guest(stranger.person, "not-a-session"), topic).ended() == (4401, "session")
    answers = {
        tab(server, stranger, topic).ended(),
        tab(server, stranger, uuid4().hex).ended(),
        tab(server, stranger, topic, kind="nothing-like-it").ended(),
    }
    assert answers == {(4404, "absent")}


def test_eleventh_tab_of_a_person_closes_the_first(
    server: Server, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    tabs = [live_tab(tab, server, delegate, topic) for _ in range(11)]
    assert tabs[0].ended() == (4409, "replaced")
    server.act("change", ref=topic, sections={"notes": "still here"})
    for one in tabs[1:]:
        assert one.hear_news()["sections"] == {"notes": "still here"}


def test_presence_is_told_within_seconds_and_empty_after_the_last_leaves(
    server: Server, toy: Toy, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    one = live_tab(tab, server, delegate, topic)
    wait_for(lambda: list(toy.present(topic).values()) == [[delegate.person.pk]])
    one.ws.close()
    wait_for(lambda: list(toy.present(topic).values()) == [[]])


def wait_for(condition: Callable[[], bool], seconds: float = 4.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
