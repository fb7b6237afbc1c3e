"""A plan drawing on A3: roads, plots, water, a legend and a title block, all as vectors."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Frame, PageTemplate

from .layout import BOLD, ITALIC, PLAIN, OfficialPaper

SIZE = landscape(A3)
HOUSING, PUBLIC, GREEN, WATER, RICE, ROAD = (
    HexColor("#f6dfa4"), HexColor("#e8a7a0"), HexColor("#c4dfb4"), HexColor("#b9d9ea"), HexColor("#e9f0c9"), HexColor("#d9d6d0"),
)  # fmt: skip
LEGEND = (
    (HOUSING, "Đất ở mới (lô)"), (PUBLIC, "Đất công cộng, giáo dục, y tế"), (GREEN, "Cây xanh, sân thể thao"),
    (WATER, "Mặt nước, sông Mẫu"), (RICE, "Đất trồng lúa giữ lại"), (ROAD, "Đường giao thông"),
)  # fmt: skip


def add_plans(paper: OfficialPaper) -> None:
    """Two A3 pages at the end of `paper`: the land-use plan and the cross sections of its roads."""
    for name, draw in (("plan", _draw_plan), ("sections", _draw_sections)):
        frame = Frame(20 * mm, 15 * mm, SIZE[0] - 40 * mm, SIZE[1] - 30 * mm, id=name)
        paper.add_template(PageTemplate(name, [frame], onPage=draw, pagesize=SIZE))
    paper.new_page("plan")
    paper.outline("Bản vẽ 01: Mặt bằng quy hoạch sử dụng đất")
    paper.new_page("sections")
    paper.outline("Bản vẽ 02: Mặt cắt ngang đường và bảng cân bằng đất")
    paper.blank()


def _text(
    canvas: Any,
    x: float,
    y: float,
    text: str,
    size: float = 9,
    font: str = PLAIN,
    *,
    middle: bool = False,
    angle: float = 0,
) -> None:
    canvas.saveState()
    canvas.setFillColor(black)
    canvas.translate(x, y)
    canvas.rotate(angle)
    canvas.setFont(font, size)
    (canvas.drawCentredString if middle else canvas.drawString)(0, 0, text)
    canvas.restoreState()


def _area(canvas: Any, points: Sequence[tuple[float, float]], colour: Any, *, line: float = 0.5) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.setFillColor(colour)
    canvas.setStrokeColor(HexColor("#5b564e"))
    canvas.setLineWidth(line)
    canvas.drawPath(path, fill=1, stroke=1 if line else 0)


def _frame(canvas: Any, number: str, title: str, scale: str) -> None:
    width, height = SIZE
    canvas.setStrokeColor(black)
    canvas.setLineWidth(1.6)
    canvas.rect(12 * mm, 10 * mm, width - 24 * mm, height - 20 * mm)
    left, bottom = width - 112 * mm, 10 * mm
    canvas.setFillColor(white)
    canvas.setLineWidth(1)
    canvas.rect(left, bottom, 100 * mm, 52 * mm, fill=1)
    for step in (12, 22, 38):
        canvas.line(left, bottom + step * mm, left + 100 * mm, bottom + step * mm)
    _text(canvas, left + 50 * mm, bottom + 45 * mm, "ỦY BAN NHÂN DÂN XÃ ĐÌNH MẪU", 11, BOLD, middle=True)
    _text(canvas, left + 50 * mm, bottom + 40.3 * mm, "Khu dân cư Đồng Cửa và vùng phụ cận", 10, middle=True)
    _text(canvas, left + 50 * mm, bottom + 31 * mm, title, 11, BOLD, middle=True)
    _text(
        canvas,
        left + 50 * mm,
        bottom + 25 * mm,
        "Bản vẽ minh họa, không dùng để đo đạc",
        9,
        ITALIC,
        middle=True,
    )
    _text(canvas, left + 4 * mm, bottom + 15.5 * mm, f"Tỷ lệ: {scale}", 10)
    _text(canvas, left + 52 * mm, bottom + 15.5 * mm, f"Bản vẽ số: {number}", 10)
    _text(canvas, left + 4 * mm, bottom + 5 * mm, "Đơn vị lập: Phòng Kinh tế", 10)
    _text(canvas, left + 52 * mm, bottom + 5 * mm, "Khổ giấy: A3", 10)


def _north(canvas: Any, x: float, y: float) -> None:
    canvas.setLineWidth(0.8)
    canvas.circle(x, y, 9 * mm, fill=0)
    _area(canvas, [(x, y + 11 * mm), (x - 3 * mm, y - 6 * mm), (x, y - 3 * mm)], black)
    _area(canvas, [(x, y + 11 * mm), (x + 3 * mm, y - 6 * mm), (x, y - 3 * mm)], white)
    _text(canvas, x, y + 13 * mm, "B", 12, BOLD, middle=True)


def _plots(
    canvas: Any,
    x: float,
    y: float,
    columns: int,
    prefix: str,
    *,
    width: float = 13 * mm,
    depth: float = 21 * mm,
) -> None:
    """Two rows of plots back to back, numbered from the upper left."""
    for row in range(2):
        for column in range(columns):
            left, bottom = x + column * width, y + (1 - row) * depth
            _area(
                canvas,
                [
                    (left, bottom),
                    (left + width, bottom),
                    (left + width, bottom + depth),
                    (left, bottom + depth),
                ],
                HOUSING,
            )
            number = row * columns + column + 1
            _text(
                canvas,
                left + width / 2,
                bottom + depth / 2 + 1,
                f"{prefix}{number:02d}",
                8,
                BOLD,
                middle=True,
            )
            _text(
                canvas,
                left + width / 2,
                bottom + depth / 2 - 9,
                f"{round(width / mm * depth / mm)} m²",
                6.5,
                middle=True,
            )


def _draw_plan(canvas: Any, document: Any) -> None:
    m = mm
    canvas.saveState()
    # Ground: rice fields with their ditches, then the river along the east.
    _area(canvas, [(14 * m, 12 * m), (406 * m, 12 * m), (406 * m, 285 * m), (14 * m, 285 * m)], RICE, line=0)
    canvas.setStrokeColor(HexColor("#a9bd6f"))
    canvas.setLineWidth(0.35)
    for step in range(16, 350, 12):
        canvas.line(step * m, 12 * m, (step + 18) * m, 285 * m)
    for step in range(24, 285, 17):
        canvas.line(14 * m, step * m, 352 * m, (step + 5) * m)
    river = [(352, 285), (346, 230), (354, 180), (344, 130), (352, 84), (349, 64), (406, 64), (406, 285)]
    _area(canvas, [(x * m, y * m) for x, y in river], WATER)
    _text(canvas, 378 * m, 170 * m, "SÔNG MẪU", 17, ITALIC, middle=True, angle=84)
    # Roads: one across, one up, a ring.
    for points in (
        [(14, 148), (348, 156), (348, 166), (14, 158)],
        [(176, 12), (188, 12), (194, 285), (182, 285)],
        [(40, 42), (330, 50), (330, 56), (40, 48)],
        [(40, 244), (338, 252), (338, 258), (40, 250)],
        [(40, 42), (46, 42), (46, 250), (40, 250)],
        [(324, 50), (330, 50), (338, 258), (332, 258)],
        [(46, 198), (184, 201), (184, 206), (46, 203)],
        [(46, 96), (180, 99), (180, 104), (46, 101)],
        [(192, 202), (334, 206), (334, 211), (192, 207)],
        [(190, 100), (326, 104), (326, 109), (190, 105)],
    ):
        _area(canvas, [(x * m, y * m) for x, y in points], ROAD)
    canvas.setDash(6, 5)
    canvas.setStrokeColor(HexColor("#8a857c"))
    for x1, y1, x2, y2 in ((14, 153, 348, 161), (182, 12, 188, 285)):
        canvas.line(x1 * m, y1 * m, x2 * m, y2 * m)
    canvas.setDash()
    _plots(canvas, 52 * m, 207 * m, 4, "A", depth=18 * m)
    _plots(canvas, 112 * m, 208 * m, 5, "B", depth=18 * m)
    _plots(canvas, 52 * m, 161 * m, 4, "C", depth=17 * m)
    _plots(canvas, 200 * m, 213 * m, 4, "D", depth=18 * m)
    _plots(canvas, 263 * m, 215 * m, 5, "E", depth=17 * m)
    _plots(canvas, 52 * m, 52 * m, 4, "G", depth=21 * m)
    _plots(canvas, 112 * m, 53 * m, 4, "H", depth=21 * m)
    _area(canvas, [(x * m, y * m) for x, y in ((112, 163), (180, 164), (181, 197), (112, 196))], PUBLIC)
    _text(canvas, 146 * m, 181 * m, "TRƯỜNG MẦM NON", 11, BOLD, middle=True)
    _text(canvas, 146 * m, 175 * m, "2.240 m²", 9, middle=True)
    _area(canvas, [(x * m, y * m) for x, y in ((52, 106), (114, 108), (114, 146), (52, 144))], PUBLIC)
    _text(canvas, 83 * m, 128 * m, "NHÀ VĂN HÓA THÔN TRUNG", 10, BOLD, middle=True)
    _text(canvas, 83 * m, 122 * m, "2.350 m²", 9, middle=True)
    _area(canvas, [(x * m, y * m) for x, y in ((120, 108), (178, 110), (178, 147), (120, 146))], GREEN)
    _text(canvas, 149 * m, 129 * m, "SÂN THỂ THAO", 10, BOLD, middle=True)
    _text(canvas, 149 * m, 123 * m, "2.200 m²", 9, middle=True)
    _area(canvas, [(x * m, y * m) for x, y in ((198, 168), (262, 170), (262, 198), (198, 197))], GREEN)
    _text(canvas, 230 * m, 183 * m, "VƯỜN HOA – BÃI ĐỖ XE", 10, BOLD, middle=True)
    _area(canvas, [(x * m, y * m) for x, y in ((268, 170), (328, 172), (330, 200), (268, 198))], PUBLIC)
    _text(canvas, 299 * m, 186 * m, "CHỢ ĐÌNH", 11, BOLD, middle=True)
    _text(canvas, 299 * m, 180 * m, "1.800 m²", 9, middle=True)
    pond = canvas.beginPath()
    pond.moveTo(206 * m, 128 * m)
    pond.curveTo(210 * m, 152 * m, 262 * m, 150 * m, 266 * m, 132 * m)
    pond.curveTo(268 * m, 112 * m, 214 * m, 108 * m, 206 * m, 128 * m)
    canvas.setFillColor(WATER)
    canvas.drawPath(pond, fill=1, stroke=1)
    _text(canvas, 236 * m, 129 * m, "HỒ ĐÌNH", 12, ITALIC, middle=True)
    _area(canvas, [(x * m, y * m) for x, y in ((276, 114), (322, 115), (323, 150), (276, 149))], PUBLIC)
    _text(canvas, 299.5 * m, 135 * m, "ĐÌNH LÀNG", 12, BOLD, middle=True)
    _text(canvas, 299.5 * m, 129 * m, "đất di tích, giữ nguyên", 8.5, ITALIC, middle=True)
    _text(
        canvas,
        96 * m,
        154 * m,
        "ĐƯỜNG LIÊN THÔN THƯỢNG – TRUNG (mặt đường 7,5 m)",
        8.5,
        BOLD,
        middle=True,
        angle=1.4,
    )
    _text(canvas, 189 * m, 62 * m, "ĐƯỜNG ĐÌNH LÀNG (mặt đường 9,0 m)", 8.5, BOLD, angle=88.7)
    for x, y, letters in ((60, 232, ""), (206, 62, "Vùng lúa Mả Cao: giữ lại 3,2 ha")):
        if letters:
            _text(canvas, x * m, y * m, letters, 11, ITALIC)
    canvas.setFillColor(white)
    canvas.rect(18 * m, 14 * m, 150 * m, 24 * m, fill=1)
    for index, (colour, name) in enumerate(LEGEND):
        x, y = (22 + (index % 3) * 48) * m, (27 - (index // 3) * 9) * m
        canvas.setFillColor(colour)
        canvas.rect(x, y, 7 * m, 4.5 * m, fill=1)
        _text(canvas, x + 9 * m, y + 1.2 * m, name, 7.6)
    _north(canvas, 30 * m, 266 * m)
    _scale_bar(canvas, 52 * m, 266 * m)
    _frame(canvas, "QH-01", "MẶT BẰNG QUY HOẠCH SỬ DỤNG ĐẤT", "1/1.000")
    canvas.restoreState()


def _scale_bar(canvas: Any, x: float, y: float) -> None:
    canvas.setStrokeColor(black)
    for index in range(4):
        canvas.setFillColor(black if index % 2 == 0 else white)
        canvas.rect(x + index * 20 * mm, y, 20 * mm, 2 * mm, fill=1)
    for index in range(5):
        _text(
            canvas,
            x + index * 20 * mm,
            y + 3.5 * mm,
            f"{index * 20}" + (" m" if index == 4 else ""),
            8,
            middle=True,
        )


SECTIONS = (
    ("1 – 1: Đường liên thôn Thượng – Trung", (("Vỉa hè", 3.0), ("Mặt đường", 7.5), ("Vỉa hè", 3.0))),
    ("2 – 2: Đường Đình Làng", (("Vỉa hè", 4.0), ("Mặt đường", 9.0), ("Vỉa hè", 4.0))),
    ("3 – 3: Đường nội bộ khu dân cư", (("Vỉa hè", 2.0), ("Mặt đường", 5.5), ("Vỉa hè", 2.0))),
)
BALANCE = (
    ("Đất ở mới (60 lô)", 14430),
    ("Đất công cộng", 6390),
    ("Cây xanh, thể thao", 3990),
    ("Mặt nước", 1540),
    ("Giao thông", 9360),
)


def _draw_sections(canvas: Any, document: Any) -> None:
    canvas.saveState()
    for number, (name, strips) in enumerate(SECTIONS):
        base = SIZE[1] - (95 + number * 78) * mm
        whole = sum(width for _, width in strips)
        scale = 10.2 * mm
        left = 125 * mm - whole * scale / 2
        _text(canvas, 125 * mm, base + 42 * mm, f"MẶT CẮT {name.upper()}", 11, BOLD, middle=True)
        x = left
        for strip, width in strips:
            pavement = strip == "Vỉa hè"
            top = base + (3 * mm if pavement else 0)
            _area(
                canvas,
                [(x, base - 8 * mm), (x + width * scale, base - 8 * mm), (x + width * scale, top), (x, top)],
                GREEN if pavement else ROAD,
            )
            _text(canvas, x + width * scale / 2, base + 8 * mm, strip, 9, middle=True)
            canvas.line(x, base - 14 * mm, x + width * scale, base - 14 * mm)
            for end in (x, x + width * scale):
                canvas.line(end, base - 16 * mm, end, base - 12 * mm)
            _text(
                canvas,
                x + width * scale / 2,
                base - 12.5 * mm,
                f"{width:.1f} m".replace(".", ","),
                9,
                BOLD,
                middle=True,
            )
            if pavement:
                _tree(
                    canvas,
                    x + width * scale / 2 + (-1 if x == left else 1) * width * scale / 4,
                    base + 3 * mm,
                )
            x += width * scale
        _text(
            canvas,
            125 * mm,
            base - 21 * mm,
            f"Chỉ giới đường đỏ: {whole:.1f} m".replace(".", ","),
            10,
            ITALIC,
            middle=True,
        )
    left, top = 262 * mm, SIZE[1] - 50 * mm
    _text(
        canvas, left + 66 * mm, top + 8 * mm, "BẢNG CÂN BẰNG ĐẤT KHU DÂN CƯ ĐỒNG CỬA", 11, BOLD, middle=True
    )
    whole = sum(area for _, area in BALANCE)
    rows = [("Loại đất", "Diện tích (m²)", "Tỷ lệ (%)")]
    for name, area in (*BALANCE, ("Tổng cộng", whole)):
        rows.append((name, f"{area:,}".replace(",", "."), f"{100 * area / whole:.1f}".replace(".", ",")))
    for index, row in enumerate(rows):
        y = top - index * 9 * mm
        font = BOLD if index in (0, len(rows) - 1) else PLAIN
        canvas.setLineWidth(0.5)
        canvas.line(left, y - 3 * mm, left + 132 * mm, y - 3 * mm)
        _text(canvas, left + 2 * mm, y, row[0], 10.5, font)
        for column, x in ((1, 92), (2, 130)):
            canvas.setFont(font, 10.5)
            canvas.setFillColor(black)
            canvas.drawRightString(left + x * mm, y, row[column])
    y = top - 78 * mm
    for note in (
        "Ghi chú:",
        "1. Cao độ nền trung bình +4,20 m; độ dốc san nền 0,3 % về phía sông Mẫu.",
        "2. Nước mưa và nước thải thoát riêng; nước thải dẫn về trạm xử lý cuối khu.",
        "3. Lô đất ở rộng 13 m, sâu từ 17 m đến 21 m; nhà cao tối đa 4 tầng.",
        "4. Đình làng và hồ Đình giữ nguyên ranh giới hiện trạng.",
        "5. Trồng cây bóng mát trên vỉa hè, khoảng cách 8 m một cây.",
    ):
        _text(canvas, left, y, note, 10, BOLD if note == "Ghi chú:" else PLAIN)
        y -= 7 * mm
    _frame(canvas, "QH-02", "MẶT CẮT NGANG, CÂN BẰNG ĐẤT", "1/100")
    canvas.restoreState()


def _tree(canvas: Any, x: float, y: float) -> None:
    canvas.setFillColor(HexColor("#7a5a3a"))
    canvas.rect(x - 1, y, 2, 9 * mm, fill=1, stroke=0)
    canvas.setFillColor(HexColor("#7fae6b"))
    canvas.circle(x, y + 14 * mm, 6.5 * mm, fill=1, stroke=0)
    canvas.setFillColor(HexColor("#96c182"))
    canvas.circle(x - 2 * mm, y + 16 * mm, 3.6 * mm, fill=1, stroke=0)
