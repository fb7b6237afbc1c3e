"""Small files made byte by byte, and people who put them here."""

import io
import struct
import zipfile
import zlib


def pdf(*streams: bytes, size: tuple[int, int] = (595, 842), extra: bytes = b"", filters: bytes = b"") -> bytes:
    """A PDF with one page for each content stream; `extra` goes into every page's dictionary."""
    streams = streams or (b"BT /F1 24 Tf 72 720 Td (Xin chao) Tj ET",)
    count = len(streams)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R %s >>"
            % (*size, 5 + 2 * i, extra)
        )
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream))
    return assembled(objects)


def assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Objects 1, 2, … as a PDF whose first object is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def deflated(size: int, layers: int = 1, byte: bytes = b" ") -> bytes:
    """`size` bytes packed `layers` times: a small stream that unpacks to something huge."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(byte * (1 << 20)) for _ in range(size >> 20)]
    data = b"".join(parts) + packer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return data


def png(width: int, height: int, *, pixels: bool = True) -> bytes:
    """A grey PNG. Without `pixels` only the header claims the size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height) if pixels else zlib.compress(b"\0")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def docx(**entries: bytes) -> bytes:
    """A Word document as far as its zip directory goes, with more entries if wanted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        for name, body in entries.items():
            archive.writestr(name.replace("__", "/"), body)
    return out.getvalue()
