"""The one socket address, /live/<kind>/<ref>/."""

import re
from typing import Any

from .socket import Receive, serve
from .transport import Send

ADDRESS = re.compile(r"/live/(?P<kind>[-\w]{1,40})/(?P<ref>[-\w]{1,80})/", re.ASCII)


async def sockets(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application for everything that is a WebSocket; any other address is refused."""
    if (found := ADDRESS.fullmatch(scope["path"])) is None:
        await receive()
        await send({"type": "websocket.close"})
        return
    await serve(scope, receive, send, found["kind"], found["ref"])
