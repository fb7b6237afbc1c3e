"""Papers on money: the submission of the budget, the draft resolution, the public statement."""

from .figures import ASSIGNED_CAPITAL, REVENUE, SPENDING, WORKS, Group, Period
from .layout import OfficialPaper, figure, share

UBND = ("ỦY BAN NHÂN DÂN", "XÃ ĐÌNH MẪU")
HDND = ("HỘI ĐỒNG NHÂN DÂN", "XÃ ĐÌNH MẪU")
SIGNED = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
ROMAN = ("I", "II", "III", "IV")


def _total(groups: tuple[Group, ...], year: str) -> int:
    return sum(getattr(group, year) for group in groups)


def _balance(paper: OfficialPaper, groups: tuple[Group, ...], caption: str, total: str, year: int) -> None:
    rows: list[list[str]] = []
    bold: list[int] = [0]
    planned, expected, coming = (_total(groups, name) for name in ("planned", "expected", "next_year"))
    rows.append(["", total, figure(planned), figure(expected), figure(coming), share(coming, expected)])
    for number, group in enumerate(groups):
        bold.append(len(rows))
        rows.append(
            [
                ROMAN[number],
                group.name,
                figure(group.planned),
                figure(group.expected),
                figure(group.next_year),
                share(group.next_year, group.expected),
            ]
        )
        for index, line in enumerate(group.lines if len(group.lines) > 1 else (), 1):
            rows.append(
                [
                    str(index),
                    line.name,
                    figure(line.planned),
                    figure(line.expected),
                    figure(line.next_year),
                    share(line.next_year, line.expected),
                ]
            )
    paper.table(
        ["TT", "Nội dung", f"Dự toán {year}", f"Ước thực hiện {year}", f"Dự toán {year + 1}", "So sánh (%)"],
        rows,
        widths=(9, 62, 22, 24, 22, 18),
        caption=caption,
        bold_rows=bold,
        unit="triệu đồng",
    )


REASONS = {
    "Các khoản thu xã hưởng 100 %": "tăng nhờ đấu giá các lô đất ở nhỏ lẻ đã đủ thủ tục và rà soát lại hợp đồng thuê quỹ đất công ích đến hạn",
    "Các khoản thu phân chia theo tỷ lệ": "tính theo số hộ kinh doanh đang hoạt động và giao dịch nhà, đất của ba năm gần đây",
    "Thu bổ sung từ ngân sách tỉnh": "bố trí theo mức tỉnh thông báo; phần bổ sung có mục tiêu gắn với danh mục công trình đã được duyệt",
    "Chi đầu tư phát triển": "ưu tiên trả nợ khối lượng hoàn thành, rồi đến công trình chuyển tiếp; công trình mới chỉ bố trí khi đủ thủ tục",
    "Chi thường xuyên": "bảo đảm tiền lương, các khoản theo lương và chế độ cho người dân; tiết kiệm 10 % phần chi còn lại",
    "Dự phòng ngân sách": "bằng 2 % tổng chi, dùng cho thiên tai, dịch bệnh và nhiệm vụ cấp bách",
}
LINE_NOTES = {
    "Quốc phòng": "huấn luyện dân quân, tuyển quân, trực sẵn sàng chiến đấu dịp lễ, Tết",
    "An ninh và trật tự, an toàn xã hội": "lực lượng tham gia bảo vệ an ninh, trật tự ở ba thôn; camera tại bốn điểm giao thông",
    "Giáo dục, đào tạo và dạy nghề": "sửa chữa nhỏ ba trường, hỗ trợ trung tâm học tập cộng đồng, học bổng khuyến học",
    "Y tế, dân số và gia đình": "y tế thôn, tiêm chủng, khám sức khỏe định kỳ cho người cao tuổi",
    "Văn hóa, thông tin, thể dục, thể thao, truyền thanh": "hội làng, giải thể thao ba thôn, thay 18 cụm loa truyền thanh",
    "Các hoạt động kinh tế": "giao thông nội đồng, thủy lợi nhỏ, hỗ trợ giống vụ Xuân, bảo trì đường thôn",
    "Bảo vệ môi trường": "thu gom, vận chuyển rác ba thôn; vận hành điểm phân loại rác",
    "Quản lý hành chính, Đảng, đoàn thể": "tiền lương, phụ cấp, hoạt động của cơ quan; thuê đường truyền, bản quyền phần mềm",
    "Bảo đảm xã hội": "trợ cấp hằng tháng, thăm hỏi gia đình chính sách, hỗ trợ đột xuất",
    "Chi khác": "thi đua, khen thưởng và các khoản theo quy định",
}


OFFICES = (
    # office, share of every line of current spending in per cent (in the order of SPENDING[1])
    ("Văn phòng HĐND và UBND", (0, 0, 0, 0, 0, 5, 0, 46, 0, 40)),
    ("Phòng Kinh tế", (0, 0, 0, 0, 0, 89, 92, 15, 0, 20)),
    ("Phòng Văn hóa – Xã hội", (0, 0, 100, 100, 100, 0, 0, 17, 96, 25)),
    ("Trung tâm Phục vụ hành chính công", (0, 0, 0, 0, 0, 0, 0, 14, 0, 15)),
    ("Công an xã", (0, 100, 0, 0, 0, 0, 0, 0, 0, 0)),
    ("Ban Chỉ huy Quân sự xã", (100, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    ("Ba thôn", (0, 0, 0, 0, 0, 6, 8, 8, 4, 0)),
)


def _by_office(paper: OfficialPaper, year: int) -> None:
    """Current spending by who spends it; the last office takes what rounding leaves."""
    lines = SPENDING[1].lines
    amounts = {name: 0 for name, _shares in OFFICES}
    for index, line in enumerate(lines):
        spenders = [(name, shares[index]) for name, shares in OFFICES if shares[index]]
        left = line.next_year
        for name, part in spenders[:-1]:
            amount = round(line.next_year * part / 100)
            amounts[name] += amount
            left -= amount
        amounts[spenders[-1][0]] += left
    whole = sum(amounts.values())
    paper.section("Phân bổ chi thường xuyên theo đơn vị")
    paper.say(
        "Dự toán giao cho từng đơn vị gồm quỹ lương theo biên chế có mặt, định mức hoạt động và nhiệm vụ được giao trong năm. Đơn vị tự chủ sử dụng, cuối năm tiết kiệm được thì dùng theo quy chế chi tiêu nội bộ."
    )
    paper.table(
        ["TT", "Đơn vị", f"Dự toán {year + 1}", "Tỷ trọng (%)"],
        [
            *(
                [str(n), name, figure(amount), share(amount, whole)]
                for n, (name, amount) in enumerate(amounts.items(), 1)
            ),
            ["", "CỘNG", figure(whole), share(whole, whole)],
        ],
        widths=(9, 84, 34, 28),
        caption=f"Biểu 4. Chi thường xuyên năm {year + 1} theo đơn vị",
        bold_rows=[len(amounts)],
        unit="triệu đồng",
    )


QUARTERS = (0.22, 0.24, 0.25)


def _by_quarter(paper: OfficialPaper, year: int) -> None:
    """Revenue and spending by quarter; the fourth takes the rest, so that each row adds up."""
    rows: list[list[str]] = []
    for group in (*REVENUE, *SPENDING):
        parts = [round(group.next_year * part) for part in QUARTERS]
        parts.append(group.next_year - sum(parts))
        rows.append([group.name, *(figure(part) for part in parts), figure(group.next_year)])
    paper.section("Kế hoạch điều hành theo quý")
    paper.say(
        "Kế hoạch quý là căn cứ để Thường trực Hội đồng nhân dân giám sát. Hai quý liền chênh quá 10 % so với kế hoạch thì Ủy ban nhân dân xã báo cáo giải pháp, không chờ kỳ họp."
    )
    paper.table(
        ["Nhóm thu, chi", "Quý I", "Quý II", "Quý III", "Quý IV", "Cả năm"],
        rows,
        widths=(60, 21, 21, 21, 21, 23),
        caption=f"Biểu 5. Kế hoạch thu, chi theo quý năm {year + 1}",
        text_columns=(0,),
        unit="triệu đồng",
    )
    paper.chart(
        "Hình 2. Cơ cấu chi ngân sách (triệu đồng)",
        ["Đầu tư phát triển", "Thường xuyên", "Dự phòng"],
        [
            (f"Ước thực hiện {year}", [group.expected for group in SPENDING]),
            (f"Dự toán {year + 1}", [group.next_year for group in SPENDING]),
        ],
    )


def submission(day: Period) -> bytes:
    """Tờ trình: next year's budget and the distribution of investment capital."""
    year = day.year
    paper = OfficialPaper(f"Tờ trình dự toán ngân sách xã năm {year + 1}")
    paper.letterhead(agency=UBND, number="145/TTr-UBND", date=day.date(4))
    paper.heading(
        "Tờ trình",
        f"Về dự toán thu, chi ngân sách xã và phương án phân bổ<br/>vốn đầu tư công năm {year + 1}",
        addressee="Hội đồng nhân dân xã Đình Mẫu",
    )
    revenue, spending = _total(REVENUE, "next_year"), _total(SPENDING, "next_year")
    paper.say(
        "Căn cứ Luật Tổ chức chính quyền địa phương; Luật Ngân sách nhà nước; Luật Đầu tư công;",
        f"Căn cứ thông báo của cơ quan tài chính tỉnh về số bổ sung cho ngân sách cấp xã năm {year + 1};",
        "Trên cơ sở kết quả thảo luận dự toán với các đơn vị và ý kiến của Ban Kinh tế – Ngân sách Hội đồng nhân dân xã, "
        f"Ủy ban nhân dân xã trình Hội đồng nhân dân xã xem xét, quyết định dự toán thu, chi ngân sách xã và phương án phân bổ vốn đầu tư công năm {year + 1} như sau:",
    )
    paper.part(f"I. ƯỚC THỰC HIỆN DỰ TOÁN NĂM {year}")
    paper.section("1. Thu ngân sách")
    expected, planned = _total(REVENUE, "expected"), _total(REVENUE, "planned")
    paper.say(
        f"Tổng thu ngân sách xã năm {year} ước đạt {figure(expected)} triệu đồng, bằng {share(expected, planned)} % dự toán, "
        f"vượt {figure(expected - planned)} triệu đồng. Phần vượt chủ yếu ở tiền sử dụng đất và các khoản thu phân chia."
    )
    for group in REVENUE:
        best = max(group.lines, key=lambda line: line.expected - line.planned)
        paper.say(
            f"<b>{group.name}</b> ước {figure(group.expected)} triệu đồng, đạt {share(group.expected, group.planned)} % dự toán. "
            f"Khoản tăng nhiều nhất là {best.name[0].lower() + best.name[1:]}: {figure(best.expected)} triệu đồng so với {figure(best.planned)} triệu đồng được giao."
        )
    paper.section("2. Chi ngân sách")
    for group in SPENDING[:2]:
        paper.say(
            f"<b>{group.name}</b> ước {figure(group.expected)} triệu đồng, bằng {share(group.expected, group.planned)} % dự toán đầu năm; "
            "các khoản phát sinh đều nằm trong nguồn tăng thu đã được Hội đồng nhân dân xã cho phép sử dụng."
        )
    paper.say(
        "Việc chấp hành dự toán bảo đảm đúng đối tượng, đúng định mức. Số liệu được công khai hằng quý tại trụ sở và nhà văn hóa ba thôn; "
        "trong năm không có kiến nghị nào của người dân về công khai ngân sách phải xử lý lại."
    )
    paper.section("3. Hạn chế")
    paper.items(
        "Giải ngân vốn đầu tư công chậm ở quý I và quý II do vướng giải phóng mặt bằng tuyến đường liên thôn và kè bờ sông Mẫu.",
        "Nợ đọng tiền thuê quỹ đất công ích còn 64 triệu đồng của 11 hợp đồng cũ.",
        "Một số đơn vị lập dự toán chưa sát, phải điều chỉnh trong năm hai lần.",
    )
    paper.part(f"II. DỰ TOÁN NGÂN SÁCH XÃ NĂM {year + 1}")
    paper.section("1. Nguyên tắc xây dựng dự toán")
    paper.items(
        "Thu đúng, thu đủ, tính theo số thực có; không bố trí chi từ nguồn thu chưa chắc chắn.",
        "Chi cho con người và chế độ với người dân được bố trí trước; chi mua sắm, hội nghị, tiếp khách giảm 10 % so với năm trước.",
        "Tài liệu họp chuyển hoàn toàn sang bản điện tử, giảm 96 triệu đồng tiền in so với dự toán năm trước.",
        "Vốn đầu tư bố trí tập trung, không dàn trải; mỗi công trình mới phải có phương án vận hành, bảo trì.",
    )
    paper.section("2. Tổng thu")
    paper.say(
        f"Tổng thu ngân sách xã năm {year + 1} dự toán {figure(revenue)} triệu đồng, bằng {share(revenue, expected)} % ước thực hiện năm {year}:"
    )
    for group in REVENUE:
        paper.items(
            f"{group.name}: {figure(group.next_year)} triệu đồng, chiếm {share(group.next_year, revenue)} % tổng thu; {REASONS[group.name]}."
        )
    _balance(paper, REVENUE, f"Biểu 1. Dự toán thu ngân sách xã năm {year + 1}", "TỔNG THU", year)
    paper.chart(
        "Hình 1. Thu ngân sách theo nhóm (triệu đồng)",
        ["Xã hưởng 100 %", "Phân chia theo tỷ lệ", "Bổ sung từ tỉnh"],
        [
            (f"Ước thực hiện {year}", [group.expected for group in REVENUE]),
            (f"Dự toán {year + 1}", [group.next_year for group in REVENUE]),
        ],
    )
    paper.section("3. Tổng chi")
    paper.say(
        f"Tổng chi ngân sách xã năm {year + 1} dự toán {figure(spending)} triệu đồng, cân đối đúng bằng tổng thu:"
    )
    for group in SPENDING:
        paper.items(
            f"{group.name}: {figure(group.next_year)} triệu đồng, chiếm {share(group.next_year, spending)} % tổng chi; {REASONS[group.name]}."
        )
    _balance(paper, SPENDING, f"Biểu 2. Dự toán chi ngân sách xã năm {year + 1}", "TỔNG CHI", year)
    paper.section("4. Thuyết minh chi thường xuyên")
    for line in SPENDING[1].lines:
        change = line.next_year - line.expected
        paper.items(
            f"<b>{line.name}</b>: {figure(line.next_year)} triệu đồng, {'tăng' if change >= 0 else 'giảm'} {figure(abs(change))} triệu đồng so với ước thực hiện; chi {LINE_NOTES[line.name]}."
        )
    paper.part(f"III. PHƯƠNG ÁN PHÂN BỔ VỐN ĐẦU TƯ CÔNG NĂM {year + 1}")
    moving = [work for work in WORKS if work.done]
    fresh = [work for work in WORKS if not work.done]
    paper.say(
        f"Tổng vốn đầu tư công năm {year + 1} là {figure(ASSIGNED_CAPITAL)} triệu đồng, phân bổ cho {len(WORKS)} công trình: "
        f"{len(moving)} công trình chuyển tiếp ({figure(sum(w.next_year for w in moving))} triệu đồng) và {len(fresh)} công trình khởi công mới ({figure(sum(w.next_year for w in fresh))} triệu đồng)."
    )
    rows = [
        [
            str(number),
            f"{work.name}<br/><i>{work.place}</i>",
            figure(work.total),
            figure(work.paid),
            figure(work.total - work.paid),
            figure(work.next_year),
        ]
        for number, work in enumerate(WORKS, 1)
    ]
    rows.insert(
        0,
        [
            "",
            "TỔNG SỐ",
            *(
                figure(sum(values))
                for values in zip(
                    *((w.total, w.paid, w.total - w.paid, w.next_year) for w in WORKS), strict=True
                )
            ),
        ],
    )
    paper.table(
        [
            "TT",
            "Công trình, địa điểm",
            "Tổng mức đầu tư",
            "Đã thanh toán",
            "Còn phải bố trí",
            f"Vốn năm {year + 1}",
        ],
        rows,
        widths=(9, 66, 22, 22, 22, 22),
        caption=f"Biểu 3. Phân bổ vốn đầu tư công năm {year + 1}",
        bold_rows=[0],
        unit="triệu đồng",
    )
    for work in WORKS:
        left = work.total - work.paid - work.next_year
        paper.items(
            f"<b>{work.name}</b>: "
            + (f"khối lượng đã đạt {work.done} %, " if work.done else "đã có chủ trương đầu tư, ")
            + (
                f"sau năm {year + 1} còn {figure(left)} triệu đồng bố trí tiếp."
                if left
                else f"hoàn thành thanh toán trong năm {year + 1}."
            )
        )
    _by_office(paper, year)
    _by_quarter(paper, year)
    paper.part("IV. GIẢI PHÁP TỔ CHỨC THỰC HIỆN")
    paper.items(
        f"Giao dự toán cho các đơn vị trước ngày 31/12/{year}; công khai trong 30 ngày kể từ ngày Hội đồng nhân dân xã quyết định.",
        "Phòng Kinh tế chủ trì, mỗi tháng báo cáo tiến độ thu và giải ngân; chậm quá 15 % so với kế hoạch tháng thì báo cáo riêng, nêu nguyên nhân và người chịu trách nhiệm.",
        "Công trình đến hết quý III giải ngân dưới 60 % thì trình điều chuyển vốn sang công trình khác.",
        "Nhân dân ba thôn giám sát qua ban giám sát đầu tư của cộng đồng; ý kiến được trả lời trong 10 ngày làm việc.",
    )
    paper.part("V. ĐỀ NGHỊ")
    paper.say(
        f"Ủy ban nhân dân xã trình Hội đồng nhân dân xã quyết định tổng thu ngân sách xã năm {year + 1} là <b>{figure(revenue)} triệu đồng</b>, tổng chi là <b>{figure(spending)} triệu đồng</b> "
        "và phương án phân bổ vốn đầu tư công theo Biểu 3. Dự thảo Nghị quyết gửi kèm theo./.",
    )
    paper.signature(
        receivers=("Như trên", "Thường trực HĐND xã", "Các Ban HĐND xã", "Các phòng, đơn vị thuộc xã"),
        capacity=SIGNED,
    )
    return paper.render()


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
            ["A", "TỔNG THU", figure(_total(REVENUE, "next_year"))],
            *([str(n), group.name, figure(group.next_year)] for n, group in enumerate(REVENUE, 1)),
            ["B", "TỔNG CHI", figure(_total(SPENDING, "next_year"))],
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
