"""The one application a web process serves: pages over HTTP, pushes over the socket."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.config.settings.production")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter

from intranet.config.backpressure import paced
from intranet.config.handler import PageHandler
from intranet.live.process import prepare
from intranet.live.routing import sockets

application = ProtocolTypeRouter({"http": paced(PageHandler()), "websocket": sockets})
prepare()
