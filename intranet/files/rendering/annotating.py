"""A copy of a PDF with marks in it as real annotations, which any reader of PDFs shows, moves and removes.

Imported only by `child`. Places are points as the page is shown, from the top left.
"""

import ctypes
import math
from collections.abc import Iterable
from typing import Any

import pypdfium2.raw as pdfium

from .engine import Refused

FINE = 100
SIGN = 20.0
"""Side of a note's sign, in points."""


def annotated(path: str, marks: Iterable[dict[str, Any]]) -> bytes:
    """The document at `path` with these marks; raises Refused.

    A mark is {"page" (from 1), "kind", "rgb", "author", "words"} and with its
    {"points", "width"}, {"rects"} or {"at"}.
    """
    # Opened for itself: what is held open for drawing must not get the marks of one reader.
    document = pdfium.FPDF_LoadDocument(path.encode(), None)
    if not document:
        raise Refused("broken")
    try:
        by_page: dict[int, list[dict[str, Any]]] = {}
        for mark in marks:
            by_page.setdefault(mark["page"] - 1, []).append(mark)
        for index, there in sorted(by_page.items()):
            page = pdfium.FPDF_LoadPage(document, index)
            if not page:
                continue
            try:
                own = own_points(page)
                for mark in there:
                    _annotate(page, own, mark)
            finally:
                pdfium.FPDF_ClosePage(page)
        return _saved(document)
    finally:
        pdfium.FPDF_CloseDocument(document)


def own_points(page: Any) -> Any:
    """A function from a point as shown to the page's own coordinates."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    size = round(width * FINE), round(height * FINE)
    x, y = ctypes.c_double(), ctypes.c_double()

    def own(px: float, py: float) -> tuple[float, float]:
        pdfium.FPDF_DeviceToPage(page, 0, 0, *size, 0, round(px * FINE), round(py * FINE), x, y)
        return x.value, y.value

    return own


def _annotate(page: Any, own: Any, mark: dict[str, Any]) -> None:
    kinds = {"ink": pdfium.FPDF_ANNOT_INK, "highlight": pdfium.FPDF_ANNOT_HIGHLIGHT}
    annotation = pdfium.FPDFPage_CreateAnnot(page, kinds.get(mark["kind"], pdfium.FPDF_ANNOT_TEXT))
    if not annotation:
        raise Refused("broken")
    try:
        red, green, blue = mark["rgb"]
        alpha = 110 if mark["kind"] == "highlight" else 255
        pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, red, green, blue, alpha)
        pdfium.FPDFAnnot_SetFlags(annotation, pdfium.FPDF_ANNOT_FLAG_PRINT)
        _write(annotation, b"T", mark["author"])
        _write(annotation, b"Contents", mark["words"])
        if mark["kind"] == "ink":
            corners = _ink(annotation, own, mark)
        elif mark["kind"] == "highlight":
            corners = _highlight(annotation, own, mark["rects"])
        else:
            (left, top), side = mark["at"], SIGN
            corners = [own(left, top), own(left + side, top + side)]
        _place(annotation, corners, spare=mark.get("width", 0.0) + 1)
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _ink(annotation: Any, own: Any, mark: dict[str, Any]) -> list[tuple[float, float]]:
    numbers = mark["points"]
    points = [own(numbers[at], numbers[at + 1]) for at in range(0, len(numbers) - 2, 3)]
    if len(points) == 1:
        points = [points[0], (points[0][0] + 0.1, points[0][1])]
    stroke = (pdfium.FS_POINTF * len(points))(*(pdfium.FS_POINTF(*point) for point in points))
    pdfium.FPDFAnnot_SetBorder(annotation, 0, 0, mark["width"])
    if pdfium.FPDFAnnot_AddInkStroke(annotation, stroke, len(points)) < 0:
        raise Refused("broken")
    return points


def _highlight(annotation: Any, own: Any, rects: list[list[float]]) -> list[tuple[float, float]]:
    corners = []
    for x0, y0, x1, y1 in rects:
        four = [own(x0, y0), own(x1, y0), own(x0, y1), own(x1, y1)]
        quad = pdfium.FS_QUADPOINTSF(*(value for corner in four for value in corner))
        pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
        corners += four
    return corners


def _place(annotation: Any, corners: list[tuple[float, float]], *, spare: float) -> None:
    across, up = [x for x, _ in corners], [y for _, y in corners]
    if not all(math.isfinite(value) for value in (*across, *up)):
        raise Refused("broken")
    box = pdfium.FS_RECTF(min(across) - spare, max(up) + spare, max(across) + spare, min(up) - spare)
    pdfium.FPDFAnnot_SetRect(annotation, box)


def _write(annotation: Any, key: bytes, words: str) -> None:
    text = (words + "\0").encode("utf-16-le")
    buffer = (pdfium.FPDF_WCHAR * (len(text) // 2)).from_buffer_copy(text)
    pdfium.FPDFAnnot_SetStringValue(annotation, key, buffer)


def _saved(document: Any) -> bytes:
    parts: list[bytes] = []

    def write(_file: Any, data: Any, size: int) -> int:
        parts.append(ctypes.string_at(data, size))
        return 1

    file = pdfium.FPDF_FILEWRITE()
    file.version = 1
    # The callback must live as long as it may be called.
    file.WriteBlock = callback = type(file.WriteBlock)(write)
    if not pdfium.FPDF_SaveAsCopy(document, file, pdfium.FPDF_NO_INCREMENTAL):
        raise Refused("broken")
    del callback
    return b"".join(parts)
