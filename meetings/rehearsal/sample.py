"""The paper that simulated tablets read: plain pages of text, the same bytes every time."""

import io

LINES = 44
WORDS = "Uy ban nhan dan xa hop phien thuong ky, xem xet to trinh va cho y kien ve cac noi dung sau day"


def sample_pdf(pages: int) -> bytes:
    """A PDF of A4 pages as full of text as an official paper is."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (4 + 2 * page) for page in range(pages)), pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    for page in range(pages):
        text = [b"BT /F1 12 Tf 15 TL 71 770 Td"]
        text += [f"({page + 1}.{line + 1} {WORDS[line % 7 :]}) '".encode() for line in range(LINES)]
        stream = b"\n".join([*text, b"ET"])
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * page)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
