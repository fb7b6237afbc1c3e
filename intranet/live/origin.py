"""Whether a socket was opened by a page of this very site: a browser sends cookies along from any page."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

PORTS = {"http": 80, "https": 443}
Headers = Iterable[tuple[bytes, bytes]]


def is_own(headers: Headers) -> bool:
    """Scheme, host and port of the one Origin header are those the request was made to, or trusted by name.

    A missing, repeated, opaque ("null") or unreadable origin is refused.
    """
    found: dict[str, list[str]] = {}
    for name, value in headers:
        found.setdefault(name.decode("latin1").lower(), []).append(value.decode("latin1"))
    origins, hosts = found.get("origin", []), found.get("host", [])
    if len(origins) != 1 or len(hosts) != 1:
        return False
    origin = _parts(origins[0])
    if origin is None:
        return False
    domain = _domain(hosts[0])
    allowed = settings.ALLOWED_HOSTS or (["localhost", "127.0.0.1", "[::1]"] if settings.DEBUG else [])
    if not domain or not validate_host(domain, allowed):
        return False
    if origin == _parts(f"{_scheme(found)}://{hosts[0]}"):
        return True
    return origin in {_parts(trusted) for trusted in settings.CSRF_TRUSTED_ORIGINS if "*" not in trusted}


@lru_cache(128)
def _domain(host: str) -> str:
    return split_domain_port(host)[0]


def _scheme(found: dict[str, list[str]]) -> str:
    """https only when the proxy that is trusted for pages says so."""
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return "http"
    name, value = settings.SECURE_PROXY_SSL_HEADER
    said = found.get(name.removeprefix("HTTP_").replace("_", "-").lower(), [""])
    return "https" if said[0].split(",")[0].strip() == value else "http"


@lru_cache(128)
def _parts(origin: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(origin.lower())
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None
    plain = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in PORTS or not parts.hostname or port is None or not plain:
        return None
    return parts.scheme, parts.hostname, port
