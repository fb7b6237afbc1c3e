"""The baseline: what the tutorial of Channels makes, a group to which every socket belongs."""

import json
import os
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter
from django.conf import settings

settings.configure(
    SECRET_KEY=os.urandom(16).hex(),
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
)


class Room(AsyncWebsocketConsumer):
    """Everybody hears what anybody says."""

    async def connect(self) -> None:
        await self.channel_layer.group_add("room", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("room", self.channel_name)

    async def receive(self, text_data: str = "", bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_send("room", {"type": "said", "message": json.loads(text_data)})

    async def said(self, event: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps({"t": "changes", "message": event["message"]}))


application = ProtocolTypeRouter({"websocket": Room.as_asgi()})
