"""Meetings taken along: who may, for how long, and how what is handed out is signed and keyed."""

import base64
import datetime
import functools
import hashlib
import hmac
import json
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import Meeting, Pack, Role, Seat, State

MOST_DEVICES = 5
"""Devices on which one seat may have the meeting at the same time."""
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_TAKEN = frozenset({State.PUBLISHED, State.LIVE, State.CLOSED})


def may_take_along(seat: Seat, meeting: Meeting) -> bool:
    """Everybody with a seat in a meeting that was convened; a wall reads nothing on the road."""
    return seat.role != Role.HALL and meeting.state in _TAKEN and not meeting.is_rehearsal


def check_may_take_along(seat: Seat, meeting: Meeting) -> None:
    if not may_take_along(seat, meeting):
        raise RuleBroken(_("This meeting cannot be taken along."))


def check_devices(others: int) -> None:
    """`others`: devices that hold this meeting for the same seat under a lease."""
    if others >= MOST_DEVICES:
        raise RuleBroken(
            _(
                "You have taken this meeting along on %(count)s devices already. "
                "Remove it from one of them first."
            )
            % {"count": MOST_DEVICES}
        )


def lease() -> datetime.timedelta:
    """For how long the agenda stays readable without the server; each paper has a lease of its own."""
    return datetime.timedelta(hours=settings.OFFLINE_HOURS)


def key_for(pack: Pack, what: str) -> str:
    """The key that seals one thing of this pack ("" is the manifest), as base64 of 32 bytes."""
    made = hmac.new(bytes.fromhex(pack.key), f"dinh pack key:{what}".encode(), hashlib.sha256).digest()
    return base64.b64encode(made).decode()


def access_mark(papers: list[dict[str, Any]]) -> str:
    """Changes whenever what may be read does."""
    told = sorted((paper["file"], paper["digest"], paper["source"]) for paper in papers)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def signed(manifest: dict[str, Any]) -> dict[str, str]:
    """The manifest as the text that was signed, and its signature in the form browsers verify (r and s)."""
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
    r, s = decode_dss_signature(_signing_key().sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return {"manifest": text, "signature": base64.b64encode(signature).decode()}


def verifying_key() -> str:
    """What a browser verifies manifests with: the point of the curve, base64."""
    point = (
        _signing_key()
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return base64.b64encode(point).decode()


def _signing_key() -> ec.EllipticCurvePrivateKey:
    return _key_from(settings.SECRET_KEY)


@functools.lru_cache(maxsize=2)
def _key_from(secret: str) -> ec.EllipticCurvePrivateKey:
    """The same in every web process: derived from the installation's own secret."""
    made = HKDF(hashes.SHA256(), 48, salt=None, info=b"dinh offline manifest").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(made, "big") % (_ORDER - 1) + 1, _CURVE)
