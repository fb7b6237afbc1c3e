"""The papers of the bench: text set in an embedded font as an office does, and scans."""

import io
import random

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

TEXT = (
    "nghị quyết hội đồng nhân dân xã về dự toán thu chi ngân sách và phân bổ vốn đầu tư công năm kế hoạch"
    " nhiệm vụ giải pháp phát triển kinh tế văn hóa quốc phòng an ninh thôn hộ nghèo trường học đường giao"
    " thông thủy lợi đất đai môi trường y tế giáo dục cải cách hành chính tiếp công dân khiếu nại tố cáo"
)


def text_pages(count: int, *, lines: int = 38, seed: int = 1) -> bytes:
    """`count` full pages of writing, each its own."""
    # Here, not above: the settings are read when the site's folder is known.
    from intranet.config.demo.papers.layout import PLAIN, register_fonts

    register_fonts()
    chance, words = random.Random(seed), TEXT.split()  # noqa: S311
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=1, invariant=1)
    for page in range(1, count + 1):
        canvas.setFont(PLAIN, 14)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 45, str(page))
        canvas.setFont(PLAIN, 13)
        for line in range(lines):
            # Set flush on both sides, word by word, as an office's word processor does.
            said = chance.choices(words, k=13)
            free = A4[0] - 144 - sum(canvas.stringWidth(word, PLAIN, 13) for word in said)
            x = 72.0
            for word in said:
                canvas.drawString(x, A4[1] - 80 - line * 18.5, word)
                x += canvas.stringWidth(word, PLAIN, 13) + free / 12
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scanned_pages(count: int, *, seed: int = 1) -> bytes:
    """`count` noisy grey pages at 150 dots an inch, as a copier sends them."""
    pages = []
    for page in range(count):
        noise = Image.effect_noise((1240, 1754), 30 + page % 3)
        pages.append(Image.blend(Image.new("L", noise.size, 245), noise, 0.35))
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=150, quality=70)
    return file.getvalue()
