"""The look of an official paper (Decree 30/2020/NĐ-CP): letterhead, title, body, tables, signature, page numbers.

Everything is set in Tinos, whose TrueType files are made at set-up. The same calls give the same bytes, so a
paper has one digest however often it is made.
"""

import io
from collections.abc import Sequence
from typing import Any

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from intranet.config.env import BASE_DIR

PLAIN, BOLD, ITALIC = "Tinos", "Tinos-Bold", "Tinos-Italic"
RULE = HexColor("#4a4a4a")
SHADE = HexColor("#f1eee8")
SERIES = [HexColor("#7a1f1f"), HexColor("#2f6f62"), HexColor("#b98a2f")]
WIDTH = A4[0] - 30 * mm - 18 * mm
ROOM = 60 * mm
"""A heading or a table begins on the next page rather than with less than this below it."""


class FontsMissing(Exception):
    """The fonts of the papers are made at set-up and are not there yet."""


def register_fonts() -> None:
    """Make Tinos known to ReportLab, once a process. Raises FontsMissing before set-up."""
    if PLAIN in pdfmetrics.getRegisteredFontNames():
        return
    folder = BASE_DIR / "static" / "vendor" / "fonts"
    for name, file in ((PLAIN, "400-normal"), (BOLD, "700-normal"), (ITALIC, "400-italic")):
        path = folder / f"tinos-{file}.ttf"
        if not path.exists():
            raise FontsMissing(str(path))
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


def _style(name: str, **changes: Any) -> ParagraphStyle:
    given: dict[str, Any] = {
        "fontName": PLAIN,
        "fontSize": 14,
        "leading": 23,
        "allowWidows": 0,
        "allowOrphans": 0,
        **changes,
    }
    return ParagraphStyle(name, **given)


BODY = _style("body", alignment=TA_JUSTIFY, firstLineIndent=10 * mm, spaceAfter=7)
ITEM = _style("item", alignment=TA_JUSTIFY, leftIndent=10 * mm, bulletIndent=5 * mm, spaceAfter=4)
CENTRE = _style("centre", alignment=TA_CENTER)
HEAD_1 = _style("head1", fontName=BOLD, spaceBefore=10, spaceAfter=6, keepWithNext=1)
HEAD_2 = _style("head2", fontName=BOLD, leftIndent=10 * mm, spaceBefore=6, spaceAfter=4, keepWithNext=1)
CAPTION = _style(
    "caption", fontName=ITALIC, fontSize=12, leading=16, alignment=TA_CENTER, spaceBefore=6, spaceAfter=4
)
CELL = _style("cell", fontSize=12, leading=16)
CELL_HEAD = _style("cellhead", fontName=BOLD, fontSize=12, leading=16, alignment=TA_CENTER)
CELL_FIGURE = _style("cellfigure", fontSize=12, leading=16, alignment=TA_RIGHT)
SMALL = _style("small", fontSize=11, leading=14.5)


class _Anchor(Flowable):  # type: ignore[misc]
    """An invisible place in the text that the outline of the PDF points at."""

    def __init__(self, title: str, level: int, key: str) -> None:
        super().__init__()
        self.title, self.level, self.key = title, level, key
        self.keepWithNext = 1

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkHorizontal(self.key, 0, 14)
        self.canv.addOutlineEntry(self.title, self.key, self.level, closed=False)


class OfficialPaper:
    """Collects the parts of one paper and renders them to PDF bytes."""

    def __init__(self, title: str) -> None:
        register_fonts()
        self.title = title
        self._parts: list[Flowable] = []
        self._anchors = 0
        self._top_seen = False
        self._templates: list[PageTemplate] = []

    # ── The head of the first page ──────────────────────────────────────────
    def letterhead(self, *, agency: Sequence[str], number: str, date: str) -> None:
        """Agency and number on the left, the national title and the date on the right."""
        left = [
            Paragraph(
                "<br/>".join([*agency[:-1], f'<font name="{BOLD}">{agency[-1]}</font>']),
                _style("agency", fontSize=12.5, leading=16, alignment=TA_CENTER),
            ),
            HRFlowable(width=24 * mm, thickness=0.7, color=black, spaceBefore=2, spaceAfter=5),
            Paragraph(f"Số: {number}", CENTRE),
        ]
        right = [
            Paragraph(
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                _style("nation", fontName=BOLD, fontSize=12, leading=16, alignment=TA_CENTER),
            ),
            Paragraph(
                "Độc lập - Tự do - Hạnh phúc", _style("motto", fontName=BOLD, leading=16, alignment=TA_CENTER)
            ),
            HRFlowable(width=57 * mm, thickness=0.7, color=black, spaceBefore=2, spaceAfter=5),
            Paragraph(f"Đình Mẫu, {date}", _style("date", fontName=ITALIC, alignment=TA_CENTER)),
        ]
        head = Table([[left, right]], colWidths=[WIDTH * 0.4, WIDTH * 0.6])
        head.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("ALIGN", (0, 0), (-1, -1), "CENTER"),
                    ("PADDING", (0, 0), (-1, -1), 0),
                ]
            )
        )
        self._parts += [head, Spacer(1, 14)]

    def heading(self, kind: str, subject: str, *, addressee: str = "") -> None:
        """Name of the kind of paper, what it is about, and for whom."""
        self._anchor(f"{kind.capitalize()}: {subject}", 0)
        self._parts += [
            Paragraph(
                kind.upper(), _style("kind", fontName=BOLD, fontSize=14, leading=19, alignment=TA_CENTER)
            ),
            Paragraph(
                subject, _style("subject", fontName=BOLD, fontSize=13.5, leading=18.5, alignment=TA_CENTER)
            ),
            HRFlowable(width=30 * mm, thickness=0.7, color=black, spaceBefore=3, spaceAfter=12),
        ]
        if addressee:
            self._parts += [Paragraph(f"Kính gửi: {addressee}", CENTRE), Spacer(1, 8)]

    # ── The text ────────────────────────────────────────────────────────────
    def part(self, title: str) -> None:
        """A main heading, listed in the outline."""
        self._parts.append(CondPageBreak(ROOM))
        self._anchor(title, 0)
        self._parts.append(Paragraph(title, HEAD_1))

    def section(self, title: str) -> None:
        """A heading below `part`, listed under it in the outline."""
        if not _is_heading(self._parts[-1]):
            self._parts.append(CondPageBreak(ROOM))
        self._anchor(title, 1)
        self._parts.append(Paragraph(title, HEAD_2))

    def say(self, *paragraphs: str) -> None:
        """Body paragraphs; <b> and <i> are understood."""
        self._parts += [Paragraph(text, BODY) for text in paragraphs]

    def items(self, *texts: str) -> None:
        """A list with dashes."""
        self._parts += [Paragraph(text, ITEM, bulletText="–") for text in texts]

    def centred(self, text: str, *, bold: bool = False) -> None:
        self._parts.append(Paragraph(f"<b>{text}</b>" if bold else text, CENTRE))

    def gap(self, points: float = 8) -> None:
        self._parts.append(Spacer(1, points))

    def new_page(self, template: str = "") -> None:
        """Continue on a fresh page, of another template when one is named."""
        if template:
            self._parts.append(NextPageTemplate(template))
        self._parts.append(PageBreak())

    def add_template(self, template: PageTemplate) -> None:
        """Another kind of page that `new_page` may name."""
        self._templates.append(template)

    def outline(self, title: str, level: int = 0) -> None:
        """An entry in the outline for the place where the text stands now."""
        self._anchor(title, level)

    def blank(self) -> None:
        """Something without height, so that a page drawn by its template exists."""
        self._parts.append(Spacer(1, 1))

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        caption: str = "",
        bold_rows: Sequence[int] = (),
        text_columns: Sequence[int] = (1,),
        unit: str = "",
    ) -> None:
        """A ruled table over the width of the text. `widths` are shares; columns not in `text_columns` hold figures."""
        whole = sum(widths)
        cells = [[Paragraph(text, CELL_HEAD) for text in head]]
        for number, row in enumerate(rows):
            bold = number in bold_rows
            cells.append(
                [
                    Paragraph(
                        f"<b>{text}</b>" if bold and text else text,
                        CELL if column in text_columns else CELL_FIGURE,
                    )
                    for column, text in enumerate(row)
                ]
            )
        drawn = Table(cells, colWidths=[WIDTH * share / whole for share in widths], repeatRows=1)
        drawn.setStyle(
            TableStyle(
                [
                    ("GRID", (0, 0), (-1, -1), 0.5, RULE),
                    ("BACKGROUND", (0, 0), (-1, 0), SHADE),
                    ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
                    ("VALIGN", (0, 1), (-1, -1), "TOP"),
                    ("TOPPADDING", (0, 0), (-1, -1), 3),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
                    ("LEFTPADDING", (0, 0), (-1, -1), 3),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                ]
            )
        )
        # A long table may break, but not right below its head, and not away from its heading.
        if not _is_heading(self._parts[-1]):
            self._parts.append(CondPageBreak(ROOM))
        if caption:
            self._parts.append(Paragraph(caption, CAPTION))
        if unit:
            style = _style("unit", fontName=ITALIC, fontSize=11, leading=14, alignment=TA_RIGHT)
            self._parts.append(Paragraph(f"Đơn vị tính: {unit}", style))
        drawn.spaceAfter = 9
        self._parts.append(drawn)

    def chart(
        self,
        caption: str,
        labels: Sequence[str],
        series: Sequence[tuple[str, Sequence[float]]],
        *,
        lines: bool = False,
    ) -> None:
        """A bar or line chart with a legend below it."""
        drawing = Drawing(WIDTH, 190)
        plot: Any = HorizontalLineChart() if lines else VerticalBarChart()
        plot.x, plot.y, plot.width, plot.height = 42, 40, WIDTH - 60, 135
        plot.data = [tuple(values) for _, values in series]
        plot.categoryAxis.categoryNames = list(labels)
        plot.categoryAxis.labels.fontName = plot.valueAxis.labels.fontName = PLAIN
        plot.categoryAxis.labels.fontSize = plot.valueAxis.labels.fontSize = 9
        plot.categoryAxis.labels.dy = -4
        plot.valueAxis.valueMin = 0
        plot.valueAxis.visibleGrid = True
        plot.valueAxis.gridStrokeColor = Color(0.85, 0.85, 0.85)
        plot.valueAxis.gridStrokeWidth = 0.4
        plot.valueAxis.labelTextFormat = lambda value: figure(value)
        for index in range(len(series)):
            if lines:
                plot.lines[index].strokeColor, plot.lines[index].strokeWidth = SERIES[index], 1.8
            else:
                plot.bars[index].fillColor, plot.bars[index].strokeColor = SERIES[index], None
        if not lines:
            plot.groupSpacing = 8
        drawing.add(plot)
        for index, (name, _) in enumerate(series):
            drawing.add(Rect(48 + index * 150, 6, 9, 9, fillColor=SERIES[index], strokeColor=None))
            drawing.add(String(62 + index * 150, 7, name, fontName=PLAIN, fontSize=10))
        self._parts.append(KeepTogether([Paragraph(caption, CAPTION), drawing, Spacer(1, 8)]))

    def signature(self, *, receivers: Sequence[str], capacity: Sequence[str], draft: bool = False) -> None:
        """Who receives the paper, and in what capacity it is signed. Nobody is named: posts only."""
        left = [
            Paragraph("<i>Nơi nhận:</i>", _style("to", fontName=ITALIC, fontSize=12, leading=15)),
            *[Paragraph(f"- {text};", SMALL) for text in receivers],
            Paragraph("- Lưu: VT.", SMALL),
        ]
        right = [
            Paragraph(
                "<br/>".join(capacity), _style("capacity", fontName=BOLD, leading=17, alignment=TA_CENTER)
            ),
            Spacer(1, 46),
            Paragraph(
                "(dự thảo)" if draft else "(đã ký)", _style("signed", fontName=ITALIC, alignment=TA_CENTER)
            ),
        ]
        block = Table([[left, right]], colWidths=[WIDTH * 0.5, WIDTH * 0.5])
        block.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("PADDING", (0, 0), (-1, -1), 0)]))
        self._parts.append(KeepTogether([Spacer(1, 12), block]))

    # ── The whole ───────────────────────────────────────────────────────────
    def render(self) -> bytes:
        """The paper as PDF, the same bytes every time."""
        out = io.BytesIO()
        document = BaseDocTemplate(
            out,
            pagesize=A4,
            leftMargin=30 * mm,
            rightMargin=18 * mm,
            topMargin=20 * mm,
            bottomMargin=20 * mm,
            title=self.title,
            author="Ủy ban nhân dân xã Đình Mẫu",
            lang="vi-VN",
            invariant=1,
            pageCompression=1,
        )
        frame = Frame(
            document.leftMargin, document.bottomMargin, document.width, document.height, id="text",
            leftPadding=0, rightPadding=0, topPadding=6, bottomPadding=0,
        )  # fmt: skip
        document.addPageTemplates([PageTemplate("text", [frame], onPage=_number_page), *self._templates])
        document.build(list(self._parts))
        return out.getvalue()

    def _anchor(self, title: str, level: int) -> None:
        # An entry may not lie deeper than one level below the one before it.
        level = level if self._top_seen else 0
        self._top_seen = True
        self._anchors += 1
        self._parts.append(_Anchor(title, level, f"place-{self._anchors}"))


def _is_heading(part: Flowable) -> bool:
    return getattr(part, "style", None) in (HEAD_1, HEAD_2)


def _number_page(canvas: Any, document: Any) -> None:
    if document.page == 1:
        canvas.showOutline()
        return
    canvas.setFont(PLAIN, 13)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 14 * mm, str(document.page))


def figure(value: float, places: int = 0) -> str:
    """A number as Vietnamese write it: 1.234.567,8."""
    text = f"{value:,.{places}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def share(part: float, whole: float) -> str:
    """`part` of `whole` in per cent with one decimal; a dash when there is no base."""
    return figure(100 * part / whole, 1) if whole else "–"
