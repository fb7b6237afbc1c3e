"""What is decided on money: the draft resolution of the council, the public statement of the committee."""

from .budget import ROMAN, UBND, total_of
from .figures import ASSIGNED_CAPITAL, REVENUE, SPENDING, WORKS, Period
from .layout import OfficialPaper, figure, share

HDND = ("HỘI ĐỒNG NHÂN DÂN", "XÃ ĐÌNH MẪU")


def draft_resolution(day: Period) -> bytes:
    """Dự thảo nghị quyết: what the council is asked to decide."""
    year = day.year + 1
    paper = OfficialPaper(f"Dự thảo Nghị quyết về dự toán ngân sách xã năm {year}")
    paper.letterhead(agency=HDND, number="…/NQ-HĐND", date=f"ngày … tháng … năm {day.year}")
    paper.centred("DỰ THẢO", bold=True)
    paper.heading("Nghị quyết", f"Về dự toán thu, chi ngân sách xã và phân bổ vốn đầu tư công năm {year}")
    paper.centred("HỘI ĐỒNG NHÂN DÂN XÃ ĐÌNH MẪU", bold=True)
    paper.gap()
    paper.say(
        "<i>Căn cứ Luật Tổ chức chính quyền địa phương;</i>",
        "<i>Căn cứ Luật Ngân sách nhà nước, Luật Đầu tư công;</i>",
        f"<i>Xét Tờ trình số 145/TTr-UBND của Ủy ban nhân dân xã về dự toán thu, chi ngân sách xã và phương án phân bổ vốn đầu tư công năm {year}; báo cáo thẩm tra của Ban Kinh tế – Ngân sách; ý kiến thảo luận của đại biểu tại kỳ họp.</i>",
    )
    paper.centred("QUYẾT NGHỊ:", bold=True)
    paper.part(f"Điều 1. Dự toán ngân sách xã năm {year}")
    paper.table(
        ["TT", "Nội dung", "Số tiền"],
        [
            ["A", "TỔNG THU", figure(total_of(REVENUE, "next_year"))],
            *([str(n), group.name, figure(group.next_year)] for n, group in enumerate(REVENUE, 1)),
            ["B", "TỔNG CHI", figure(total_of(SPENDING, "next_year"))],
            *([str(n), group.name, figure(group.next_year)] for n, group in enumerate(SPENDING, 1)),
        ],
        widths=(10, 80, 30),
        bold_rows=[0, len(REVENUE) + 1],
        unit="triệu đồng",
    )
    paper.part(f"Điều 2. Phân bổ vốn đầu tư công năm {year}")
    paper.say(
        f"Phân bổ {figure(ASSIGNED_CAPITAL)} triệu đồng cho {len(WORKS)} công trình theo danh mục dưới đây. "
        "Trong năm, nếu cần điều chuyển vốn giữa các công trình, Ủy ban nhân dân xã trình Thường trực Hội đồng nhân dân xã cho ý kiến trước khi thực hiện và báo cáo tại kỳ họp gần nhất."
    )
    paper.table(
        ["TT", "Công trình", "Địa điểm", "Vốn bố trí"],
        [
            *([str(n), work.name, work.place, figure(work.next_year)] for n, work in enumerate(WORKS, 1)),
            ["", "CỘNG", "", figure(ASSIGNED_CAPITAL)],
        ],
        widths=(9, 70, 45, 22),
        bold_rows=[len(WORKS)],
        text_columns=(1, 2),
        unit="triệu đồng",
    )
    paper.part("Điều 3. Nguyên tắc điều hành")
    paper.items(
        "Chi trong phạm vi dự toán và khả năng thu; không để phát sinh nợ xây dựng cơ bản.",
        "Nguồn tăng thu, tiết kiệm chi được ưu tiên cho dự phòng, cải cách tiền lương và trả nợ khối lượng hoàn thành; phần còn lại trình Thường trực Hội đồng nhân dân xã.",
        "Công trình đến hết quý III giải ngân dưới 60 % thì điều chuyển vốn cho công trình có khối lượng.",
        "Công khai số liệu từng quý tại trụ sở, nhà văn hóa ba thôn và trên cổng thông tin điện tử xã.",
    )
    paper.part("Điều 4. Tổ chức thực hiện")
    paper.items(
        "Giao Ủy ban nhân dân xã tổ chức thực hiện; giao dự toán cho các đơn vị và công khai theo quy định của pháp luật.",
        "Thường trực, các Ban và đại biểu Hội đồng nhân dân xã giám sát việc thực hiện; kết quả giám sát được báo cáo tại kỳ họp giữa năm.",
        "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã và các đoàn thể vận động Nhân dân tham gia, giám sát.",
    )
    paper.say(
        f"Nghị quyết này được Hội đồng nhân dân xã Đình Mẫu thông qua tại kỳ họp thường lệ cuối năm {day.year} và có hiệu lực từ ngày được thông qua./."
    )
    paper.signature(
        receivers=("Thường trực HĐND tỉnh", "UBND tỉnh", "Đại biểu HĐND xã", "UBND, UBMTTQ xã"),
        capacity=("CHỦ TỊCH",),
        draft=True,
    )
    return paper.render()


def public_statement(day: Period) -> bytes:
    """Quyết định: the quarterly statement of the budget."""
    year = day.year
    paper = OfficialPaper(f"Công khai tình hình thực hiện dự toán ngân sách xã quý III năm {year}")
    paper.letterhead(agency=UBND, number="214/QĐ-UBND", date=day.date(41))
    paper.heading(
        "Quyết định", f"Về việc công khai tình hình thực hiện dự toán<br/>ngân sách xã quý III năm {year}"
    )
    paper.centred("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ ĐÌNH MẪU", bold=True)
    paper.gap()
    paper.say(
        "<i>Căn cứ Luật Tổ chức chính quyền địa phương; Luật Ngân sách nhà nước;</i>",
        "<i>Theo đề nghị của Trưởng phòng Kinh tế.</i>",
    )
    paper.centred("QUYẾT ĐỊNH:", bold=True)
    paper.part("Điều 1.")
    paper.say(
        f"Công khai tình hình thực hiện dự toán ngân sách xã quý III năm {year} theo các biểu kèm theo Quyết định này."
    )
    paper.part("Điều 2.")
    paper.say(
        "Niêm yết tại trụ sở Ủy ban nhân dân xã và nhà văn hóa ba thôn trong 30 ngày; đăng trên cổng thông tin điện tử xã; thông báo trên hệ thống truyền thanh."
    )
    paper.part("Điều 3.")
    paper.say(
        "Chánh Văn phòng HĐND và UBND, Trưởng phòng Kinh tế và các tổ chức, cá nhân liên quan chịu trách nhiệm thi hành Quyết định này./."
    )
    paper.signature(receivers=("Như Điều 3", "Phòng tài chính cấp trên", "Ba thôn"), capacity=("CHỦ TỊCH",))
    for number, (groups, word) in enumerate(((REVENUE, "thu"), (SPENDING, "chi")), 1):
        paper.new_page()
        paper.part(f"Biểu {number}. Thực hiện dự toán {word} ngân sách xã quý III năm {year}")
        rows: list[list[str]] = []
        bold: list[int] = []
        for index, group in enumerate(groups):
            bold.append(len(rows))
            done = [round(line.expected * 0.71) for line in group.lines]
            rows.append(
                [
                    ROMAN[index],
                    group.name,
                    figure(group.planned),
                    figure(sum(done)),
                    share(sum(done), group.planned),
                ]
            )
            if len(group.lines) > 1:
                rows += [
                    [str(n), line.name, figure(line.planned), figure(part), share(part, line.planned)]
                    for n, (line, part) in enumerate(zip(group.lines, done, strict=True), 1)
                ]
        paper.table(
            ["TT", "Nội dung", f"Dự toán {year}", "Lũy kế hết quý III", "So với dự toán (%)"],
            rows,
            widths=(9, 70, 24, 26, 24),
            bold_rows=bold,
            unit="triệu đồng",
        )
        paper.say(
            f"Lũy kế {word} ngân sách hết quý III bám sát tiến độ năm. Khoản đạt thấp là các khoản phát sinh chủ yếu vào quý IV theo tính chất nguồn {word}; Phòng Kinh tế theo dõi hằng tháng để điều hành."
        )
    return paper.render()
