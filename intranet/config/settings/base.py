"""Settings shared by every way of running Đình. DATABASE_URL and REDIS_URL choose the parts."""

import hashlib
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from intranet.config.env import BASE_DIR, VAR_DIR, env, secret_key

SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
WEBSITE_NAME = "Đình"

INSTALLED_APPS = [
    "daphne",
    "intranet.config",
    "public_site",
    "cms",
    "mailbox",
    "meetings",
    "intranet.desk",
    "intranet.files",
    "intranet.organization",
    "intranet.audit",
    "intranet.live",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "channels",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "intranet.config.middleware.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "intranet.config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "intranet.config.middleware.SessionActivityMiddleware",
    "meetings.middleware.OnlyMeetingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "intranet.config.trouble.TroubleMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "intranet.config.urls"
ASGI_APPLICATION = "intranet.config.asgi.application"
WSGI_APPLICATION = "intranet.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "intranet.desk.context_processors.desk",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# ── Database ────────────────────────────────────────────────────────────────
DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'dinh.sqlite3'}")
DATABASES: dict[str, Any] = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A read that turns into a write inside a DEFERRED transaction fails with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"]["ENGINE"] = "intranet.config.postgresql"
    # Daphne serves each request in a thread of its own: without a pool each would open a connection.
    DATABASES["default"]["OPTIONS"] = {
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL", 20),
            "timeout": 10,
            # Pauses between tries to connect double: after minutes of them a server that is back waits, too.
            "reconnect_timeout": 4,
        }
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0

# ── The live layer ──────────────────────────────────────────────────────────
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CHANNEL_LAYERS: dict[str, Any] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            # redis-py 8 gives every connection a 5 s read time-out. channels_redis reads with a shorter
            # one of its own, so an idle subscription lives; without a time-out that does not matter.
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}], "prefix": "dinh"},
        }
    }
    CACHES = {"default": {"BACKEND": "intranet.config.caches.SharedCache", "LOCATION": REDIS_URL}}
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LIVE_DIRECT_WRITE = env.bool("LIVE_DIRECT_WRITE", True)
"""Write pushes straight into Daphne's connections where that is possible; see docs/live-room.md."""

# ── Mail to the outside: none without a server; notices then stay inside ────
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"

# ── Background work: ours in the database queue, Wagtail's index tasks at once ─
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# ── People and login ────────────────────────────────────────────────────────
AUTH_USER_MODEL = "organization.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
WAGTAILADMIN_LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "intranet.organization.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_SESSION_COOKIE_AGE = 12 * 3600
ACCOUNT_FORMS = {
    "login": "intranet.organization.forms.LoginForm",
    "reauthenticate": "intranet.organization.forms.ReauthenticateForm",
    "change_password": "intranet.organization.forms.ChangePasswordForm",
    "set_password": "intranet.organization.forms.SetPasswordForm",
}
MFA_FORMS = {
    "authenticate": "intranet.organization.forms.CodeForm",
    "reauthenticate": "intranet.organization.forms.FreshCodeForm",
    "activate_totp": "intranet.organization.forms.ActivateAppForm",
    "add_webauthn": "intranet.organization.forms.AddPasskeyForm",
    "edit_webauthn": "intranet.organization.forms.RenamePasskeyForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "300/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "seat_card": "120/m/ip",
}
ACCOUNT_CHANGE_EMAIL = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "intranet.organization.adapters.SecondStepAdapter"
USERSESSIONS_TRACK_ACTIVITY = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# ── Language and time ───────────────────────────────────────────────────────
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "intranet" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["intranet.config.formats"]

# ── Static files: the release is part of the address, so relative imports of ES modules stay true ─
STATICFILES_DIRS = [BASE_DIR / "static"]


def _release() -> str:
    """A digest of every own static file and of the lock: changes when what a browser may keep changes."""
    digest = hashlib.sha256((BASE_DIR / "requirements.txt").read_bytes())
    for path in sorted((BASE_DIR / "static").rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()[:10]


RELEASE = env.str("DINH_RELEASE", "") or _release()
STATIC_URL = f"/static/{RELEASE}/"
STATIC_ROOT = VAR_DIR / "static" / RELEASE
"""Each release keeps its own: a page opened before an upgrade still finds its scripts after it."""
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "wasm")
"""What draws PDFs is packed at set-up (tools/vendor.py), not with every release."""
WHITENOISE_IMMUTABLE_FILE_TEST = lambda path, url: url.startswith(STATIC_URL)  # noqa: E731
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
GATEWAY_ROOT = VAR_DIR / "gateway"
"""What nginx shows where no process of ours can speak; drawn by tools/prepare.py."""
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
FILES_ROOT = VAR_DIR / "files"
"""The private content-addressed store of `intranet.files`; never served by its path."""
BALLOT_KEYS_ROOT = VAR_DIR / "ballot-keys"
"""Keys of secret votes that are open: shared by the web processes, in no backup. See docs/ballots.md."""
FILES_MAX_BYTES = env.int("FILES_MAX_BYTES", 200 * 1024 * 1024)
FILES_QUOTA_BYTES = env.int("FILES_QUOTA_BYTES", 5 * 1024**3)
FILES_CACHE_BYTES = env.int("FILES_CACHE_BYTES", 2 * 1024**3)
"""Of drawn page images kept on disk; the longest unused ones go first."""
OFFLINE_HOURS = env.int("OFFLINE_HOURS", 12)
"""For how long the agenda of a meeting taken along stays readable without the server."""
SOFFICE = env.str("SOFFICE", "")
"""LibreOffice's soffice.bin; empty: looked for where packages put it; "none": not used."""
TESSERACT = env.str("TESSERACT", "")
"""The same for Tesseract, which reads scans."""
CLAMD_SOCKET = env.str("CLAMD_SOCKET", "")
"""Where ClamAV's clamd listens, a path or host:port; empty: files are not scanned for viruses."""
CLAMD_MAX_AGE_DAYS = env.int("CLAMD_MAX_AGE_DAYS", 7)
"""Older signatures count as no scanner at all; 0: their age is not looked at."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# ── Wagtail: no call to another host ────────────────────────────────────────
WAGTAIL_SITE_NAME = "Đình"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", "http://localhost:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# ── What a browser may load and do ──────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}


def _worker_policy(headers: dict[str, str], path: str, url: str) -> None:
    """What draws PDFs in the browser may compile WebAssembly; the page that starts it may not. nginx says the
    same (deploy/nginx.conf)."""
    if url.endswith("/files/js/pdf/worker.js"):
        headers["Content-Security-Policy"] = DRAWING_POLICY


DRAWING_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
WHITENOISE_ADD_HEADERS_FUNCTION = _worker_policy

# ── The agency's own video system, if it has one ────────────────────────────
VIDEO_PROVIDER = env.str("VIDEO_PROVIDER", "")
"""A name of meetings.registry, such as "jitsi"; empty: no meeting leads to a video room."""
JITSI_URL = env.str("JITSI_URL", "")
JITSI_APP_ID = env.str("JITSI_APP_ID", "dinh")
JITSI_SECRET = env.str("JITSI_SECRET", "")

# ── The proxy in front ──────────────────────────────────────────────────────
BEHIND_NGINX = env.bool("BEHIND_NGINX", False)
"""The shipped nginx is in front, and nobody reaches this process past it: it sends private files once a view
has allowed it, keeps public pages for a moment, and says who the client is."""
if BEHIND_NGINX:
    ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP"

X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # Redis being away is said once by intranet.live; the layer would print a traceback every second.
    "loggers": {"channels_redis": {"level": "CRITICAL"}},
}
