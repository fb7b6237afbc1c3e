"""What a browser sees of one web process: admission, resuming, changes, and how it ends."""

from collections.abc import Callable
from typing import Any

from tests.intranet.live.conftest import Guest, Server, Tab
from tests.intranet.live.toy import Toy

Make = Callable[..., Guest]
OpenTab = Callable[..., Tab]


def test_first_resume_gets_the_snapshot_of_its_audience(
    server: Server, toy: Toy, topic: str, guest: Make, tab: OpenTab
) -> None:
    chair, delegate = guest(), guest()
    toy.seat(topic, chair.person.pk, "chair")
    toy.seat(topic, delegate.person.pk, "delegate")
    seen: dict[str, Any] = {}
    for who, name in ((chair, "chair"), (delegate, "delegate")):
        one = tab(server, who, topic)
        one.resume()
        frame = one.hear_news()
        assert (frame["t"], frame["epoch"], frame["revision"]) == ("snapshot", "e1", 2)
        seen[name] = set(frame["sections"])
    assert seen == {"chair": {"agenda", "notes", "secret"}, "delegate": {"agenda", "notes"}}


def test_change_reaches_every_tab_once(
    server: Server, toy: Toy, topic: str, guest: Make, tab: OpenTab
) -> None:
    who = guest()
    toy.seat(topic, who.person.pk, "delegate")
    tabs = [tab(server, who, topic) for _ in range(3)]
    for one in tabs:
        one.resume()
        one.hear_news()
    revision = server.act("change", ref=topic, sections={"agenda": {"current": 2}})
    for one in tabs:
        frame = one.hear_news()
        assert frame["t"] == "changes" and frame["revision"] == revision
        assert frame["sections"] == {"agenda": {"current": 2}}
        one.hear_nothing(0.3)
