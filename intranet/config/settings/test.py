"""For the suite. DATABASE_URL and REDIS_URL decide on which parts it runs; see docs/testing.md."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from .base import *

_FOLDER = Path(tempfile.mkdtemp(prefix="dinh-test-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
"""Test processes side by side share nothing: database, files, cache and channel names are each one's own."""

STATIC_URL = "/static/test/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = _FOLDER / "static"
FILES_ROOT = _FOLDER / "files"
SOFFICE = TESSERACT = "none"  # tests of conversion name the real ones
CLAMD_SOCKET = ""
BALLOT_KEYS_ROOT = _FOLDER / "ballot-keys"
MEDIA_ROOT = _FOLDER / "media"
ACCOUNT_RATE_LIMITS = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;"
    )
if REDIS_URL:
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"dinh-{_WORKER}"
    _NUMBER = int(_WORKER.removeprefix("gw")) + 1 if _WORKER != "main" else 0
    CACHES["default"]["LOCATION"] = f"{REDIS_URL.rstrip('/')}/{_NUMBER}"
