"""Small files made byte by byte, and people who put them here."""

import io
import struct
import zipfile
import zlib


def pdf(
    *streams: bytes, size: tuple[int, int] = (595, 842), extra: bytes = b"", filters: bytes = b""
) -> bytes:
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
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> %s >>" % (*size, 5 + 2 * i, extra)
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
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, trailer, start)
    )
    return out.getvalue()


def deflated(block: bytes, times: int, layers: int = 1) -> bytes:
    """`block` repeated `times`, packed `layers` times: a small stream that unpacks to something huge.

    One block is packed once and its packed form repeated, so that making a bomb costs less than defusing it.
    """
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(times):
        check = zlib.adler32(block, check)
    data = b"\x78\xda" + packed * times + b"\x03\x00" + check.to_bytes(4, "big")
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
    """A Word document as far as its zip directory goes, the same bytes each time; more entries if wanted."""
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    parts |= {name.replace("__", "/"): body for name, body in entries.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            # ZipInfo, because a bare name would be written with the time of day.
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def image_bomb(side: int = 60_000) -> bytes:
    """A page with one picture of `side`² pixels that packs to almost nothing."""
    data = deflated(bytes(1 << 20), 64, layers=2)
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R"
            b" /Resources << /XObject << /I 4 0 R >> >> >>",
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB"
            b" /BitsPerComponent 8 /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream"
            % (side, side, len(data), data),
            b"<< /Length 24 >>\nstream\n600 0 0 800 0 0 cm /I Do\nendstream",
        ]
    )


def stream_bomb() -> bytes:
    """A page whose content unpacks, three times over, to two gigabytes."""
    return pdf(
        deflated(b" " * (1 << 20), 2048, layers=3),
        filters=b"/Filter [/FlateDecode /FlateDecode /FlateDecode]",
    )


def slow_page() -> bytes:
    """A page with millions of strokes: nothing is wrong with it, only it takes for ever."""
    data = deflated(b"0 0 m 595 842 l 300 20 l 10 800 l s\n" * 20_000, 150)
    return pdf(data, filters=b"/Filter /FlateDecode")


def looping() -> bytes:
    """Pages, outline and form all contain themselves."""
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R"
            b" /Resources << /XObject << /F 4 0 R >> >> >>",
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /F 4 0 R >> >>"
            b" /Length 6 >>\nstream\n/F Do \nendstream",
            b"<< /Length 6 >>\nstream\n/F Do \nendstream",
            b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
            b"<< /Title (vong) /Parent 6 0 R /First 7 0 R /Next 7 0 R /Dest [3 0 R /Fit] >>",
        ]
    )


def with_password() -> bytes:
    """A PDF that says it is encrypted in a way nobody holds the key to."""
    encrypt = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00><00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
        ],
        encrypt,
    )
