"""The submission of next year's budget; what is decided on it is in `budget_decisions`."""

from .figures import ASSIGNED_CAPITAL, REVENUE, SPENDING, WORKS, Group, Period
from .layout import OfficialPaper, figure, share

UBND = ("ỦY BAN NHÂN DÂN", "XÃ ĐÌNH MẪU")
SIGNED = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
ROMAN = ("I", "II", "III", "IV")


def total_of(groups: tuple[Group, ...], year: str) -> int:
    """Sum of the groups in the column `year` of `Line`."""
    return sum(getattr(group, year) for group in groups)


def _balance(paper: OfficialPaper, groups: tuple[Group, ...], caption: str, total: str, year: int) -> None:
    rows: list[list[str]] = []
    bold: list[int] = [0]
    planned, expected, coming = (total_of(groups, name) for name in ("planned", "expected", "next_year"))
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
    revenue, spending = total_of(REVENUE, "next_year"), total_of(SPENDING, "next_year")
    paper.say(
        "Căn cứ Luật Tổ chức chính quyền địa phương; Luật Ngân sách nhà nước; Luật Đầu tư công;",
        f"Căn cứ thông báo của cơ quan tài chính tỉnh về số bổ sung cho ngân sách cấp xã năm {year + 1};",
        "Trên cơ sở kết quả thảo luận dự toán với các đơn vị và ý kiến của Ban Kinh tế – Ngân sách Hội đồng nhân dân xã, "
        f"Ủy ban nhân dân xã trình Hội đồng nhân dân xã xem xét, quyết định dự toán thu, chi ngân sách xã và phương án phân bổ vốn đầu tư công năm {year + 1} như sau:",
    )
    paper.part(f"I. ƯỚC THỰC HIỆN DỰ TOÁN NĂM {year}")
    paper.section("1. Thu ngân sách")
    expected, planned = total_of(REVENUE, "expected"), total_of(REVENUE, "planned")
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
