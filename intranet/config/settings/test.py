"""For the suite. DATABASE_URL and REDIS_URL decide on which parts it runs; see docs/testing.md."""

import tempfile
from pathlib import Path

from .base import *

STATIC_URL = "/static/test/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
FILES_ROOT = Path(tempfile.mkdtemp(prefix="dinh-files-"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="dinh-media-"))
ACCOUNT_RATE_LIMITS = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not :memory:, so that threads of one test share the database as they do in use.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.mkdtemp(prefix="dinh-db-")) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;"
