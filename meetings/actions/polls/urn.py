"""The urn of a secret vote: sealed ballots in the database, the key outside it, neither after the count.

Every ballot takes the same room. With each one the whole urn is opened, shuffled and sealed anew, always in
the same size: whoever compares two states of it sees two different heaps of noise.
"""

import contextlib
import os
import secrets
import time
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intranet.lib.background import enqueue
from intranet.lib.errors import RuleBroken
from intranet.lib.refs import new_ref
from meetings.models import Poll, Urn
from meetings.rules import Choice

NONCE = 12
ORPHAN_SECONDS = 3600
"""A key without an urn is thrown away when it is older: its vote was never opened, or was counted."""


def set_up(poll: Poll, places: int) -> None:
    """An empty urn for `places` ballots, or room for so many in the one there is. Holds the poll's row."""
    urn = Urn.objects.select_for_update().filter(poll=poll).first()
    ballots = [] if urn is None else _opened(poll, urn)
    urn = urn or Urn(poll=poll, key=_new_key())
    urn.sealed = _sealed(poll, urn, ballots, max(places, len(ballots)))
    urn.save()


def put_in(poll: Poll, choice: Choice) -> None:
    """Add a ballot, in the transaction that notes that somebody has voted."""
    urn = Urn.objects.select_for_update().get(poll=poll)
    ballots = _opened(poll, urn)
    places = (len(urn.sealed) - NONCE - 16) // (1 + len(poll.options))
    urn.sealed = _sealed(poll, urn, [*ballots, choice], places)
    urn.save(update_fields=["sealed"])


def emptied(poll: Poll) -> list[Choice]:
    """All ballots, in no order; the urn is gone with the transaction, its key after the commit."""
    urn = Urn.objects.select_for_update().get(poll=poll)
    ballots = _opened(poll, urn)
    throw_away(poll)
    return ballots


def throw_away(poll: Poll) -> None:
    """Neither urn nor key remain once the transaction has committed."""
    urn = Urn.objects.filter(poll=poll).first()
    if urn is None:
        return
    key = urn.key
    urn.delete()
    # The queue is part of the transaction: the key also goes when the process dies right after the commit.
    enqueue("meetings.tasks.destroy_key", key)
    transaction.on_commit(lambda: destroy_key(key))


def destroy_key(name: str) -> None:
    """Overwrite and remove a key; being gone already is no error."""
    path = _folder() / name
    with contextlib.suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def _sealed(poll: Poll, urn: Urn, ballots: list[Choice], places: int) -> bytes:
    ids = [option["id"] for option in poll.options]
    slots = [bytes([1, *(choice.get(option, 0) for option in ids)]) for choice in ballots]
    slots += [bytes(1 + len(ids))] * (places - len(slots))
    secrets.SystemRandom().shuffle(slots)
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_key(urn)).encrypt(nonce, b"".join(slots), str(poll.pk).encode())


def _opened(poll: Poll, urn: Urn) -> list[Choice]:
    sealed = bytes(urn.sealed)
    try:
        plain = AESGCM(_key(urn)).decrypt(sealed[:NONCE], sealed[NONCE:], str(poll.pk).encode())
    except InvalidTag:
        raise _lost() from None
    ids = [option["id"] for option in poll.options]
    slots = [plain[at : at + 1 + len(ids)] for at in range(0, len(plain), 1 + len(ids))]
    return [
        {option: votes for option, votes in zip(ids, slot[1:], strict=True) if votes}
        for slot in slots
        if slot[0]
    ]


def _key(urn: Urn) -> bytes:
    try:
        key = (_folder() / urn.key).read_bytes()
    except FileNotFoundError:
        raise _lost() from None
    if len(key) != 32:
        raise _lost()
    return key


def _lost() -> RuleBroken:
    return RuleBroken(
        _("The urn of this secret vote cannot be opened any more. Declare the vote void and hold it again.")
    )


def _folder() -> Path:
    return Path(settings.BALLOT_KEYS_ROOT)


def _new_key() -> str:
    """A key on disk before the urn that needs it is committed."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    name = new_ref()
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(AESGCM.generate_key(bit_length=256))
        file.flush()
        os.fsync(file.fileno())
    return name


def _sweep(folder: Path) -> None:
    """Keys of votes that were rolled back, or counted by a process that died before the worker looked."""
    old = time.time() - ORPHAN_SECONDS
    names = {path.name for path in folder.iterdir() if path.stat().st_mtime < old}
    for name in names - set(Urn.objects.values_list("key", flat=True)):
        destroy_key(name)
