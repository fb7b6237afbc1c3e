"""A page is answered in one thread; a view that waits is left to the event loop."""

import asyncio
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.urls import reverse, reverse_lazy

from intranet.config import handler


async def answered(path: str) -> tuple[int, int]:
    """The status of a page, and how often its request was handed to a thread."""
    loop, handed = asyncio.get_running_loop(), 0
    hand = loop.run_in_executor

    def counted(*arguments: Any) -> Any:
        nonlocal handed
        handed += 1
        return hand(*arguments)

    loop.run_in_executor = counted  # type: ignore[method-assign]
    headers = [(b"host", b"localhost")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    asking = ApplicationCommunicator(handler.PageHandler(), scope)
    await asking.send_input({"type": "http.request"})
    status = (await asking.receive_output(20))["status"]
    while (await asking.receive_output(20)).get("more_body"):
        pass
    await asking.wait(20)
    return status, handed


@pytest.mark.django_db(transaction=True)
async def test_a_page_goes_to_a_thread_once() -> None:
    status, handed = await answered(reverse("javascript_catalog"))
    assert status == 200
    assert handed <= 4, "signals before and after, the page, and its end"


@pytest.mark.parametrize(
    ("address", "waits"),
    [
        (reverse_lazy("live:events", args=["meeting", "x"]), True),
        (reverse_lazy("javascript_catalog"), False),
        ("/khong-co/trang/nay/", False),
    ],
)
def test_only_views_that_wait_are_run_by_the_event_loop(rf: Any, address: str, waits: bool) -> None:
    assert handler.waits(rf.get(str(address))) is waits
