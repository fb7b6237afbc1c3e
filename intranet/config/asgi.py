"""The one application a web process serves: pages over HTTP, pushes over the socket."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.config.settings.production")
http = get_asgi_application()

from channels.routing import ProtocolTypeRouter

from intranet.config.backpressure import paced
from intranet.live.process import prepare
from intranet.live.routing import sockets

application = ProtocolTypeRouter({"http": paced(http), "websocket": sockets})
prepare()
