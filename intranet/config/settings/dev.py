"""For working on Đình: errors in the browser, static files straight from the tree, /design/."""

from .base import *

DEBUG = True
STATIC_URL = "/static/dev/"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
