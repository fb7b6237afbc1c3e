"""What a child can do with one document: measure it, draw a page, read a page's text.

Imported only by `child`: PDFium ends the process on some hostile files, so it is never loaded where requests
or tasks run. Coordinates are PDF points as the page is shown: rotation and crop applied, origin at the top
left.
"""

import ctypes
import io
import math
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageOps

from .limits import (
    MAX_ENLARGED,
    MAX_OUTLINE,
    MAX_PAGES,
    MAX_PIXELS_DRAWN,
    MAX_PIXELS_IMAGE,
    MAX_POINTS,
    MAX_TEXT,
)
from .stamp import stamped

IMAGE_FORMATS = ("PNG", "JPEG", "WEBP")
POINTS_PER_PIXEL = 0.75
"""Pictures are shown at 96 dots per inch."""

Image.MAX_IMAGE_PIXELS = None  # The header is checked against MAX_PIXELS_IMAGE before anything is decoded.

Line = list[Any]
"""[x0, y0, x1, y1, text, edges] and, for text that does not run to the right, a quarter turn clockwise 1, 2
or 3.

`edges` are len(text) + 1 distances from the start of the line along its direction, one for each side of a
letter.
"""


class Refused(Exception):
    """The document or page cannot be used; the argument is a code of `rules.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PdfDocument:
    """A PDF held open. Pages are counted from 0."""

    def __init__(self, path: str) -> None:
        self._handle = pdfium.FPDF_LoadDocument(path.encode(), None)
        if not self._handle:
            wrong = pdfium.FPDF_GetLastError()
            raise Refused(
                "password" if wrong in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) else "broken"
            )

    def close(self) -> None:
        pdfium.FPDF_CloseDocument(self._handle)

    def measure(self) -> dict[str, Any]:
        """{"pages": [[width, height], …], "outline": [[level, title, page], …]} without drawing anything."""
        count = pdfium.FPDF_GetPageCount(self._handle)
        if count < 1:
            raise Refused("broken")
        if count > MAX_PAGES:
            raise Refused("pages")
        size = pdfium.FS_SIZEF()
        pages = []
        for index in range(count):
            if not pdfium.FPDF_GetPageSizeByIndexF(self._handle, index, size):
                raise Refused("broken")
            width, height = size.width, size.height
            if not (0 < width <= MAX_POINTS and 0 < height <= MAX_POINTS):
                raise Refused("page_size")
            pages.append([round(width, 2), round(height, 2)])
        return {"pages": pages, "outline": self._outline(count)}

    def _outline(self, count: int) -> list[list[Any]]:
        found: list[list[Any]] = []
        seen: set[int] = set()
        waiting = [(pdfium.FPDFBookmark_GetFirstChild(self._handle, None), 0)]
        while waiting and len(found) < MAX_OUTLINE:
            mark, level = waiting.pop()
            address = ctypes.cast(mark, ctypes.c_void_p).value
            if not mark or address is None or address in seen:
                continue
            seen.add(address)
            target = pdfium.FPDFBookmark_GetDest(self._handle, mark)
            if not target:
                action = pdfium.FPDFBookmark_GetAction(mark)
                if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO:
                    target = pdfium.FPDFAction_GetDest(self._handle, action)
            page = pdfium.FPDFDest_GetDestPageIndex(self._handle, target) if target else -1
            if 0 <= page < count and (title := self._title(mark)):
                found.append([level, title, page])
            waiting.append((pdfium.FPDFBookmark_GetNextSibling(self._handle, mark), level))
            if level < 5:
                waiting.append((pdfium.FPDFBookmark_GetFirstChild(self._handle, mark), level + 1))
        return found

    @staticmethod
    def _title(mark: Any) -> str:
        length = min(pdfium.FPDFBookmark_GetTitle(mark, None, 0), 1024)
        buffer = ctypes.create_string_buffer(1026)
        pdfium.FPDFBookmark_GetTitle(mark, buffer, length)
        return clean(buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")).strip()[:300]

    def _page(self, index: int) -> Any:
        page = pdfium.FPDF_LoadPage(self._handle, index)
        if not page:
            raise Refused("broken")
        return page

    def draw(
        self, index: int, width: int, part: list[int] | None = None, stamp: list[str] | None = None
    ) -> bytes:
        """The page as WebP, `width` pixels wide or as wide as MAX_PIXELS_DRAWN allows; with `part` [left,
        top, width, height] only that, of the page exactly `width` wide; with `stamp`, lines of it across."""
        page = self._page(index)
        try:
            points = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            whole = enlarged(*points, width) if part else fitted(*points, width)
            left, top, wide, high = part or (0, 0, *whole)
            bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_BGRx, None, 0)
            if not bitmap:
                raise Refused("memory")
            try:
                pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
                flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
                pdfium.FPDF_RenderPageBitmap(bitmap, page, -left, -top, *whole, 0, flags)
                stride = pdfium.FPDFBitmap_GetStride(bitmap)
                array = ctypes.POINTER(ctypes.c_ubyte * (stride * high))
                buffer = ctypes.cast(pdfium.FPDFBitmap_GetBuffer(bitmap), array).contents
                picture = Image.frombuffer("RGBX", (wide, high), buffer, "raw", "RGBX", stride, 1)
                return finished(picture.convert("RGB"), stamp, whole, left, top)
            finally:
                pdfium.FPDFBitmap_Destroy(bitmap)
        finally:
            pdfium.FPDF_ClosePage(page)

    def text(self, index: int) -> list[Line]:
        """The page's lines of text in the order the document gives them."""
        page = self._page(index)
        try:
            text = pdfium.FPDFText_LoadPage(page)
            if not text:
                return []
            try:
                return self._lines(page, text)
            finally:
                pdfium.FPDFText_ClosePage(text)
        finally:
            pdfium.FPDF_ClosePage(page)

    def _lines(self, page: Any, text: Any) -> list[Line]:
        shown = shown_points(page)
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        lines: list[Line] = []
        letters: list[Letter] = []
        last: Box | None = None
        for index in range(min(pdfium.FPDFText_CountChars(text), MAX_TEXT)):
            code = pdfium.FPDFText_GetUnicode(text, index)
            # PDFium marks a hyphen at the end of a line with the code 2.
            letter = "-" if code == 2 else clean(chr(code)) if code < 0x110000 else "\ufffd"
            if code in (10, 13):
                add_line(lines, letters)
                letters, last = [], None
            elif letter.isspace():
                # The box of a space may be anywhere: PDFium makes spaces up, and not always the same way.
                letters.append((letter, None))
            else:
                pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
                box = shown(left.value, top.value, right.value, bottom.value)
                if box[2] < 0 or box[3] < 0 or box[0] > width or box[1] > height:
                    continue
                if last is not None and jumps(last, box):
                    add_line(lines, letters)
                    letters = []
                letters.append((letter, box))
                last = box
        add_line(lines, letters)
        return lines


Box = tuple[float, float, float, float]
"""Left, top, right, bottom as shown."""
Letter = tuple[str, Box | None]
"""A space has no box."""


def shown_points(page: Any) -> Any:
    """A function from two corners in the page's own coordinates to a `Box` as shown."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    fine = 100
    x, y = ctypes.c_int(), ctypes.c_int()

    def probe(px: float, py: float) -> tuple[float, float]:
        size = round(width * fine), round(height * fine)
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, px, py, x, y)
        return x.value / fine, y.value / fine

    x0, y0 = probe(0, 0)
    xa, ya = probe(1000, 0)
    xb, yb = probe(0, 1000)
    ax, ay, bx, by = (xa - x0) / 1000, (ya - y0) / 1000, (xb - x0) / 1000, (yb - y0) / 1000

    def shown(px: float, py: float, qx: float, qy: float) -> Box:
        u, v = x0 + ax * px + bx * py, y0 + ay * px + by * py
        s, t = x0 + ax * qx + bx * qy, y0 + ay * qx + by * qy
        return min(u, s), min(v, t), max(u, s), max(v, t)

    return shown


def jumps(before: Box, after: Box) -> bool:
    """Whether two neighbouring letters stand too far apart, either way, to be one line."""
    size = max(before[3] - before[1], before[2] - before[0], after[3] - after[1], 1.0)
    across = max(after[0] - before[2], before[0] - after[2], 0)
    down = max(after[1] - before[3], before[1] - after[3], 0)
    return math.hypot(across, down) > 3 * size


def add_line(lines: list[Line], letters: list[Letter]) -> None:
    """Close a run of letters into one line, if anything in it can be read."""
    boxes = [box for _, box in letters if box is not None]
    if not boxes:
        return
    first = next(i for i, (_, box) in enumerate(letters) if box is not None)
    after = next(i for i in range(len(letters), 0, -1) if letters[i - 1][1] is not None)
    x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
    x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
    turn = direction(boxes[0], boxes[-1])
    start, end = {0: (x0, x1), 1: (y0, y1), 2: (x1, x0), 3: (y1, y0)}[turn]
    edges = [0.0]
    behind = boxes[0]
    for _, box in letters[first + 1 : after]:
        # A letter begins at its near side, a space where the letter before it ends.
        side = behind[(turn + 2) % 4] if box is None else box[turn]
        edges.append(max(round(abs(side - start), 1), edges[-1]))
        behind = box or behind
    edges.append(max(round(abs(end - start), 1), edges[-1]))
    words = "".join(letter for letter, _ in letters[first:after])
    line: Line = [round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1), words, edges]
    lines.append([*line, turn] if turn else line)


def direction(first: Box, last: Box) -> int:
    """Quarter turns clockwise from running right: the way from the first letter to the last."""
    across = (last[0] + last[2] - first[0] - first[2]) / 2
    down = (last[1] + last[3] - first[1] - first[3]) / 2
    if abs(down) > abs(across):
        return 1 if down > 0 else 3
    return 0 if across >= 0 else 2


def clean(text: str) -> str:
    """Without what no database or page can hold: control characters, lone surrogates, non-characters."""
    return "".join(
        " "
        if ord(c) < 32 or 127 <= ord(c) < 160
        else "\ufffd"
        if 0xD800 <= ord(c) < 0xE000 or ord(c) in (0xFFFE, 0xFFFF)
        else c
        for c in text
    )


def fitted(width: float, height: float, wanted: int) -> tuple[int, int]:
    """Pixels for a page of the given points: `wanted` wide unless that is more than MAX_PIXELS_DRAWN."""
    if not (0 < width <= MAX_POINTS and 0 < height <= MAX_POINTS):
        raise Refused("page_size")
    scale = min(wanted / width, math.sqrt(MAX_PIXELS_DRAWN / (width * height)))
    return max(1, round(width * scale)), max(1, min(round(height * scale), 16000))


def enlarged(width: float, height: float, wanted: int) -> tuple[int, int]:
    """Pixels of a whole page of the given points, `wanted` wide, of which a part is drawn."""
    if not (0 < width <= MAX_POINTS and 0 < height <= MAX_POINTS and 0 < wanted <= MAX_ENLARGED):
        raise Refused("page_size")
    return wanted, max(1, round(height * wanted / width))


def finished(
    picture: Image.Image, stamp: list[str] | None, whole: tuple[int, int], left: int, top: int
) -> bytes:
    """The picture as it is sent; it begins at (left, top) of the `whole` page."""
    if not stamp:
        return encoded(picture)
    # Nobody keeps it and every reader has one of their own: what counts is the time it takes, not its size.
    return encoded(stamped(picture, stamp, whole, left, top), method=0)


def encoded(picture: Image.Image, method: int = 1) -> bytes:
    """WebP: 16 greys without loss for a page of writing, else quality 60 (measured: a third smaller, and
    clean)."""
    small = picture.reduce(4) if min(picture.size) >= 8 else picture
    red, green, blue = small.split()
    coloured = any(
        any(ImageChops.difference(one, other).histogram()[25:])
        for one, other in ((red, green), (green, blue))
    )
    file = io.BytesIO()
    if not coloured:
        grey = picture.convert("L")
        counts = grey.histogram()
        if sum(counts[40:216]) <= 0.2 * sum(counts):
            grey.point([value // 16 * 17 for value in range(256)]).convert("RGB").save(
                file, "WEBP", lossless=True, method=method, quality=0
            )
            return file.getvalue()
    picture.save(file, "WEBP", quality=60, method=2 * method)
    return file.getvalue()


class PictureDocument:
    """A PNG, JPEG or WebP shown as a document of one page."""

    def __init__(self, path: str) -> None:
        self._path = path
        with self._opened() as picture:
            width, height = picture.size
            try:
                turned = picture.getexif().get(0x0112) in (5, 6, 7, 8)
            except MemoryError:
                raise
            except Exception as error:  # a PNG may say it after its pixels, which are read for that
                raise Refused("broken") from error
            if turned:
                width, height = height, width
        self._size = [round(width * POINTS_PER_PIXEL, 2), round(height * POINTS_PER_PIXEL, 2)]

    def _opened(self) -> Image.Image:
        try:
            picture = Image.open(self._path, formats=IMAGE_FORMATS)
        except MemoryError:
            raise
        except Exception as error:
            raise Refused("broken") from error
        if picture.width * picture.height > MAX_PIXELS_IMAGE:
            picture.close()
            raise Refused("pixels")
        return picture

    def close(self) -> None:
        """Nothing is held open."""

    def measure(self) -> dict[str, Any]:
        """One page and no outline."""
        return {"pages": [self._size], "outline": []}

    def draw(
        self, index: int, width: int, part: list[int] | None = None, stamp: list[str] | None = None
    ) -> bytes:
        """The picture upright, never larger than it is, on white where it is transparent."""
        with self._opened() as picture:
            most = round(self._size[0] / POINTS_PER_PIXEL)
            left, top, wide, high = part or (0, 0, *fitted(self._size[0], self._size[1], min(width, most)))
            try:
                if not part:
                    picture.draft("RGB", (max(wide, high), max(wide, high)))
                upright = ImageOps.exif_transpose(picture)
                if upright.mode not in ("RGB", "L"):
                    seen = upright.convert("RGBA")
                    upright = Image.new("RGB", seen.size, "white")
                    upright.paste(seen, mask=seen.getchannel("A"))
                fine = upright.width / width
                cut = (left * fine, top * fine, (left + wide) * fine, (top + high) * fine)
                box = (*cut[:2], min(cut[2], upright.width), min(cut[3], upright.height)) if part else None
                size, way = (wide, high), Image.Resampling.BICUBIC
                drawn = upright.convert("RGB").resize(size, way, box, reducing_gap=2.0)
                whole = (width, round(width * self._size[1] / self._size[0])) if part else size
                return finished(drawn, stamp, whole, left, top)
            except MemoryError:
                raise
            except Exception as error:
                raise Refused("broken") from error

    def text(self, index: int) -> list[Line]:
        """A picture has no text."""
        return []


def start() -> None:
    """Prepare PDFium; once in a process."""
    pdfium.FPDF_InitLibrary()


def opened(path: str, kind: str) -> PdfDocument | PictureDocument:
    """The document at `path`; raises Refused."""
    return PdfDocument(path) if kind == "pdf" else PictureDocument(path)
