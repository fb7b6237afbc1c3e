"""For servers that speak WSGI; the live rooms need ASGI (`asgi.py`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.config.settings.production")
application = get_wsgi_application()
