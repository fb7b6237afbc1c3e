"""What a file is, told from its bytes. The name only has to agree."""

import codecs
import mmap
import os
import re
import stat
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from intranet.files.models import Kind

from .names import extension_of
from .reasons import refusal

HEAD = 4096
"""Bytes looked at from the start."""
MAX_ENTRIES = 10_000
MAX_DIRECTORY = 4 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 200
"""Unpacked over packed, for documents that unpack to more than 16 MB."""

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_PACKED = {
    "docx": ("word/", _OOXML + "wordprocessingml.document"),
    "xlsx": ("xl/", _OOXML + "spreadsheetml.sheet"),
    "pptx": ("ppt/", _OOXML + "presentationml.presentation"),
}
_OPEN = {
    "odt": _ODF + "text",
    "ods": _ODF + "spreadsheet",
    "odp": _ODF + "presentation",
}
_COMPOUND = {
    "doc": (("WordDocument",), "application/msword"),
    "xls": (("Workbook", "Book"), "application/vnd.ms-excel"),
    "ppt": (("PowerPoint Document", "PP40"), "application/vnd.ms-powerpoint"),
}
_PLAIN = {"txt": "text/plain", "csv": "text/csv"}
_HARMFUL = re.compile(r"\.(zip|7z|rar|jar|exe|dll|msi|js|vbs|bat|cmd|scr|hta|lnk)$", re.IGNORECASE)
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|\?xml|\?php)", re.IGNORECASE)


@dataclass(frozen=True)
class Recognised:
    """What the bytes are and which extensions a name for them may have."""

    kind: Kind
    media_type: str
    extensions: tuple[str, ...]


def extension_for(media_type: str) -> str:
    """The extension of an office document of this type; "" for anything else."""
    packed = {kind: extension for extension, (_, kind) in _PACKED.items()}
    compound = {kind: extension for extension, (_, kind) in _COMPOUND.items()}
    return (packed | compound | {kind: extension for extension, kind in _OPEN.items()}).get(media_type, "")


def recognise(file: BinaryIO, name: str) -> Recognised:
    """What `file`, a file on disk opened for reading, is. Nothing is unpacked or decoded.

    Raises RuleBroken when it is empty, of no accepted kind, packed like a bomb, holds macros, or does not
    agree with the extension of `name`.
    """
    file.seek(0, os.SEEK_END)
    size = file.tell()
    if size == 0:
        raise refusal("empty")
    file.seek(0)
    head = file.read(HEAD)
    found = _by_magic(head) or _packed(file, head, size) or _compound(file, head) or _plain(file, head, name)
    if found is None:
        raise refusal("kind")
    if extension_of(name) not in found.extensions:
        raise refusal("mismatch", extension="." + extension_of(name))
    return found


def _by_magic(head: bytes) -> Recognised | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Recognised(Kind.IMAGE, "image/png", ("png",))
    if head.startswith(b"\xff\xd8\xff"):
        return Recognised(Kind.IMAGE, "image/jpeg", ("jpg", "jpeg", "jpe"))
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Recognised(Kind.IMAGE, "image/webp", ("webp",))
    # Readers accept a PDF's header within the first kilobyte; in front of it nothing may stand that another
    # program would take for its own.
    at = head[:1024].find(b"%PDF-")
    if at >= 0 and not _MARKUP.search(head[:at]) and not head.startswith((b"PK", b"MZ", b"\x7fELF", b"GIF8")):
        return Recognised(Kind.PDF, "application/pdf", ("pdf",))
    return None


def _packed(file: BinaryIO, head: bytes, size: int) -> Recognised | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    entries = _entries(file, size)
    names = {entry.filename for entry in entries}
    if any("vbaproject.bin" in entry.lower() or entry.startswith("Basic/") for entry in names):
        raise refusal("macros")
    if "[Content_Types].xml" in names:
        for extension, (folder, media_type) in _PACKED.items():
            if any(entry.startswith(folder) for entry in names):
                return Recognised(Kind.OFFICE, media_type, (extension,))
    # OpenDocument puts its type first and unpacked, so that it can be read here.
    if head[30:38] == b"mimetype" and (first := next((e for e in entries if e.header_offset == 0), None)):
        declared = head[38 : 38 + first.file_size].decode("ascii", "replace")
        for extension, media_type in _OPEN.items():
            if first.filename == "mimetype" and declared == media_type:
                return Recognised(Kind.OFFICE, media_type, (extension,))
    return None


def _entries(file: BinaryIO, size: int) -> list[zipfile.ZipInfo]:
    """The zip's directory, refused when it is too long, lies, overlaps, escapes or unpacks to too much."""
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise refusal("broken")
    count, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    if count > MAX_ENTRIES or directory > MAX_DIRECTORY:
        raise refusal("archive")
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        raise refusal("broken") from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise refusal("archive")
    if unpacked > 16 * 1024 * 1024 and unpacked > MAX_RATIO * max(packed, 1):
        raise refusal("archive")
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        escapes = (
            entry.filename.startswith("/") or "\\" in entry.filename or ".." in entry.filename.split("/")
        )
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        overlaps = entry.header_offset < end
        if escapes or is_link or overlaps or _HARMFUL.search(entry.filename):
            raise refusal("archive")
        if entry.flag_bits & 1:
            raise refusal("password")
        end = entry.header_offset + 30 + entry.compress_size
    return entries


def _compound(file: BinaryIO, head: bytes) -> Recognised | None:
    if not head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return None
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:

        def holds(stream: str) -> bool:
            return content.find(stream.encode("utf-16-le")) >= 0

        if holds("EncryptedPackage"):
            raise refusal("password")
        if holds("_VBA_PROJECT"):
            raise refusal("macros")
        for extension, (streams, media_type) in _COMPOUND.items():
            if any(holds(stream + "\0") for stream in streams):
                return Recognised(Kind.OFFICE, media_type, (extension,))
    return None


def _plain(file: BinaryIO, head: bytes, name: str) -> Recognised | None:
    if _MARKUP.search(head):
        return None
    allowed = frozenset(b"\t\n\r\f")
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while part := file.read(1 << 20):
            if any(byte < 32 and byte not in allowed for byte in set(part)) or 127 in part:
                return None
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    types: Mapping[str, str] = _PLAIN
    return Recognised(Kind.TEXT, types.get(extension_of(name), "text/plain"), tuple(types))
