"""The annexes of the monthly report: one table or chart after another, all added up from the same leaves."""

from intranet.config.demo import content

from .annex_texts import CALENDAR, FEEDBACK, FOLLOW_UP, HOSTS, MONTH_WORK, SEED, VILLAGE_NOTES, WORK_NOTES
from .figures import FIELDS, REVENUE, SEASONS, SPENDING, VILLAGES, WORKS, Period
from .layout import OfficialPaper, figure, share

MOST_ASKED = 20
"""Procedures of which the last annex tells the papers, the time and the fee."""


def annexes(paper: OfficialPaper, day: Period) -> None:
    """Add every annex, each on a fresh page."""
    parts = (
        _villages, _revenue, _spending, _works, _fields, _rhythm, _follow_up, _feedback, _spring_crop, _calendar,
        _procedures, _definitions,
    )  # fmt: skip
    for number, part in enumerate(parts, 1):
        paper.new_page()
        part(paper, number, day)


def _villages(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. TÌNH HÌNH TỪNG THÔN")
    for village in VILLAGES:
        rice = village.spring_rice + village.summer_rice
        paper.section(f"Thôn {village.name}")
        paper.say(
            f"Thôn có {figure(village.households)} hộ, {figure(village.people)} nhân khẩu, bình quân {figure(village.people / village.households, 1)} người mỗi hộ. "
            f"Diện tích lúa cả năm {figure(rice, 1)} ha, bình quân {figure(rice * 10000 / village.people)} m² mỗi người; rau, màu vụ Đông {figure(village.vegetables, 1)} ha.",
            f"Đàn lợn {figure(village.pigs)} con, trâu, bò {figure(village.buffalo)} con, gia cầm {figure(village.poultry)} con. "
            f"Còn {village.poor} hộ nghèo ({share(village.poor, village.households)} %) và {village.near_poor} hộ cận nghèo ({share(village.near_poor, village.households)} %).",
        )
        paper.table(
            ["Chỉ tiêu", "Số lượng", "Bình quân 100 hộ"],
            [
                [name, figure(value), figure(100 * value / village.households, 1)]
                for name, value in (
                    ("Nhân khẩu", village.people), ("Học sinh", village.pupils), ("Người có thẻ bảo hiểm y tế", village.insured),
                    ("Gia đình văn hóa", village.culture_families), ("Hồ sơ một cửa trong tháng", village.online_files),
                    ("Trâu, bò", village.buffalo), ("Lợn", village.pigs), ("Gia cầm", village.poultry),
                )
            ],
            widths=(80, 34, 40),
            text_columns=(0,),
        )  # fmt: skip
        paper.say(VILLAGE_NOTES[village.name])


def _months(day: Period) -> list[tuple[str, float]]:
    whole = sum(SEASONS[month][0] for month in SEASONS)
    return [(f"{month + 1}/{year}", SEASONS[month + 1][0] / whole) for year, month in day.last_twelve()]


def _revenue(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. THU NGÂN SÁCH THEO THÁNG")
    paper.say(
        "Số thu trên địa bàn của mười hai tháng gần nhất, không kể bổ sung từ ngân sách tỉnh. Tháng có đấu giá quyền sử dụng đất có số thu cao hơn hẳn các tháng khác."
    )
    lines = [line for group in REVENUE[:2] for line in group.lines]
    for first in (0, 4):
        some = lines[first : first + 4]
        rows = []
        for name, part in _months(day):
            values = [round(line.expected * part) for line in some]
            rows.append([name, *(figure(value) for value in values), figure(sum(values))])
        columns = [sum(int(row[c].replace(".", "")) for row in rows) for c in range(1, 6)]
        paper.table(
            ["Tháng", *(line.name for line in some), "Cộng"],
            [*rows, ["Cộng", *(figure(value) for value in columns)]],
            widths=(20, 27, 30, 30, 27, 22),
            bold_rows=[len(rows)],
            text_columns=(0,),
            unit="triệu đồng",
        )
        paper.chart(
            f"{some[0].name} và {some[2].name[0].lower() + some[2].name[1:]} theo tháng (triệu đồng)",
            [row[0].replace("/20", "/") for row in rows],
            [(line.name, [line.expected * part for _, part in _months(day)]) for line in (some[0], some[2])],
            lines=True,
        )


def _spending(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. CHI THƯỜNG XUYÊN THEO LĨNH VỰC")
    lines = SPENDING[1].lines
    rows = []
    for index, line in enumerate(lines, 1):
        quarters = [round(line.expected * part) for part in (0.22, 0.25, 0.24)]
        quarters.append(line.expected - sum(quarters))
        rows.append([str(index), line.name, *(figure(value) for value in quarters), figure(line.expected)])
    paper.table(
        ["TT", "Lĩnh vực", "Quý I", "Quý II", "Quý III", "Ước quý IV", "Cả năm"],
        rows,
        widths=(9, 54, 20, 20, 20, 22, 22),
        unit="triệu đồng",
    )
    paper.chart(
        "Chi thường xuyên: dự toán và ước thực hiện (triệu đồng)",
        [str(n) for n in range(1, len(lines) + 1)],
        [("Dự toán", [line.planned for line in lines]), ("Ước thực hiện", [line.expected for line in lines])],
    )
    for index, line in enumerate(lines, 1):
        more = line.expected - line.planned
        paper.items(
            f"<b>{index}. {line.name}</b>: ước {figure(line.expected)} triệu đồng, {'tăng' if more >= 0 else 'giảm'} {figure(abs(more))} triệu đồng so với dự toán, chiếm {share(line.expected, SPENDING[1].expected)} % chi thường xuyên."
        )


def _works(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. TIẾN ĐỘ CÔNG TRÌNH")
    for index, work in enumerate(WORKS, 1):
        paper.section(f"{index}. {work.name}")
        left = work.total - work.paid
        paper.table(
            ["Nội dung", "Số liệu", "Nhận xét"],
            [
                ["Địa điểm", work.place, "Đã niêm yết tại nhà văn hóa thôn"],
                ["Tổng mức đầu tư (triệu đồng)", figure(work.total), "Theo quyết định phê duyệt"],
                [
                    "Đã thanh toán (triệu đồng)",
                    figure(work.paid),
                    f"{share(work.paid, work.total)} % tổng mức",
                ],
                [
                    "Còn phải thanh toán (triệu đồng)",
                    figure(left),
                    f"Năm sau bố trí {figure(work.next_year)}",
                ],
                [
                    "Khối lượng thực hiện",
                    f"{work.done} %",
                    "Chênh "
                    + figure(abs(work.done - 100 * work.paid / work.total), 1)
                    + " điểm so với thanh toán"
                    if work.done
                    else "Chưa khởi công",
                ],
                ["Bình quân mỗi tháng còn lại (triệu đồng)", figure(left / 14), "Tính cho mười bốn tháng"],
                [
                    "Đất sử dụng (m²)",
                    figure(work.rice_land + work.other_land),
                    f"Trong đó đất lúa {figure(work.rice_land)}",
                ],
            ],
            widths=(56, 40, 62),
            text_columns=(0, 1, 2),
        )
        paper.say(WORK_NOTES[index - 1])


def _fields(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. THỦ TỤC HÀNH CHÍNH THEO LĨNH VỰC")
    paper.table(
        ["Lĩnh vực", "Phải giải quyết", "Đã xong", "Đúng hạn (%)", "Đang làm", "Rút, dừng, từ chối"],
        [
            [
                name,
                figure(carried + new),
                figure(good + late),
                share(good, good + late),
                figure(open_ + overdue),
                figure(stopped),
            ]
            for name, carried, new, good, late, open_, overdue, stopped in FIELDS
        ],
        widths=(54, 26, 22, 24, 22, 26),
        text_columns=(0,),
        unit="hồ sơ",
    )
    paper.chart(
        "Tỷ lệ đúng hạn trong số đã xong (%)",
        ["Hộ tịch", "Chứng thực", "Cư trú", "Kinh doanh", "Đất đai", "Xây dựng", "Xã hội", "Khác"],
        [("Đúng hạn", [100 * row[3] / (row[3] + row[4]) for row in FIELDS])],
    )
    for name, carried, new, good, late, open_, overdue, stopped in FIELDS:
        paper.items(
            f"<b>{name}</b>: phải giải quyết {carried + new} hồ sơ ({carried} chuyển sang, {new} mới nhận); xong {good + late}, "
            + (f"trong đó {late} quá hạn; " if late else "không có hồ sơ quá hạn; ")
            + f"đang làm {open_ + overdue}"
            + (f" ({overdue} đã quá hạn)" if overdue else "")
            + f"; rút, dừng, từ chối {stopped}."
        )


def _rhythm(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. HỒ SƠ VÀ KHÁCH THAM QUAN THEO THÁNG")
    months = day.last_twelve()
    files = [SEASONS[month + 1][1] for _, month in months]
    guests = [SEASONS[month + 1][2] for _, month in months]
    paper.table(
        ["Tháng", "Hồ sơ mới nhận", "So với tháng trước", "Khách đến đình làng", "So với tháng trước"],
        [
            [
                f"{month + 1}/{year}",
                figure(files[i]),
                "–" if i == 0 else f"{files[i] - files[i - 1]:+d}",
                figure(guests[i]),
                "–" if i == 0 else f"{guests[i] - guests[i - 1]:+d}",
            ]
            for i, (year, month) in enumerate(months)
        ],
        widths=(26, 34, 36, 38, 36),
        text_columns=(0,),
    )
    paper.chart(
        "Khách đến đình làng theo tháng (lượt người)",
        [f"{month + 1}/{year % 100}" for year, month in months],
        [("Lượt khách", guests)],
    )
    paper.say(
        f"Mười hai tháng có {figure(sum(files))} hồ sơ mới, bình quân {figure(sum(files) / 12, 1)} hồ sơ mỗi tháng; {figure(sum(guests))} lượt khách đến đình làng, đông nhất vào tháng có hội.",
        "Số hồ sơ thấp nhất vào tháng Tết, cao nhất vào tháng trước năm học mới và dịp cuối năm; lịch trực quầy được xếp theo nhịp này.",
    )


def _follow_up(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. THEO DÕI NHIỆM VỤ ĐÃ GIAO")
    states = sorted({task[2] for task in FOLLOW_UP})
    counts = "; ".join(
        f"{state.lower()}: {sum(1 for task in FOLLOW_UP if task[2] == state)}" for state in states
    )
    paper.say(f"Trong tháng theo dõi {len(FOLLOW_UP)} nhiệm vụ ({counts}).")
    paper.table(
        ["TT", "Nhiệm vụ", "Chủ trì", "Tình trạng", "Kết quả đến ngày báo cáo"],
        [[str(index), *task] for index, task in enumerate(FOLLOW_UP, 1)],
        widths=(9, 52, 36, 22, 46),
        text_columns=(1, 2, 3, 4),
    )


def _calendar(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. LỊCH CÔNG TÁC THÁNG {day.coming}")
    rows = []
    for week in range(1, 5):
        for index, work in enumerate(MONTH_WORK):
            rows.append(
                [
                    f"Tuần {week}",
                    work,
                    CALENDAR[(week * 3 + index * 2) % len(CALENDAR)],
                    HOSTS[(week + index) % len(HOSTS)],
                ]
            )
    paper.table(
        ["Thời gian", "Lĩnh vực", "Việc chính", "Chủ trì"],
        rows,
        widths=(22, 40, 66, 40),
        text_columns=(0, 1, 2, 3),
    )


def _definitions(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. CÁCH TÍNH SỐ LIỆU")
    paper.table(
        ["Số liệu", "Cách tính", "Nguồn"],
        [
            [
                "Tỷ lệ đúng hạn",
                "Hồ sơ xong đúng hoặc trước ngày hẹn đầu tiên, chia cho số hồ sơ đã xong trong kỳ",
                "Sổ theo dõi một cửa",
            ],
            [
                "Giải ngân vốn đầu tư công",
                "Số tiền kho bạc đã thanh toán, chia cho kế hoạch vốn được giao trong năm",
                "Phòng Kinh tế, kho bạc",
            ],
            [
                "Thu ngân sách trên địa bàn",
                "Thu xã hưởng 100 % cộng phần xã hưởng của khoản thu phân chia; không kể bổ sung từ tỉnh",
                "Phòng Kinh tế",
            ],
            [
                "Tỷ lệ hộ nghèo",
                "Số hộ nghèo chia cho tổng số hộ tại thời điểm rà soát",
                "Phòng Văn hóa – Xã hội",
            ],
            [
                "Tỷ lệ bảo hiểm y tế",
                "Số người có thẻ còn hạn chia cho dân số thường trú",
                "Bảo hiểm xã hội, Công an xã",
            ],
            [
                "Tự nộp trực tuyến",
                "Hồ sơ do người dân tự nộp qua mạng, không kể hồ sơ được nhập giúp, chia cho số mới nhận",
                "Sổ theo dõi một cửa",
            ],
            ["Gia đình văn hóa", "Số hộ được công nhận chia cho tổng số hộ", "Ban công tác Mặt trận ba thôn"],
            [
                "Khối lượng công trình",
                "Giá trị khối lượng nghiệm thu chia cho giá trị hợp đồng",
                "Phòng Kinh tế",
            ],
        ],
        widths=(40, 86, 42),
        text_columns=(0, 1, 2),
    )
    paper.say(
        "Số liệu chốt vào ngày làm việc cuối trước ngày ký báo cáo. Số ước thực hiện được thay bằng số chính thức trong báo cáo tháng sau; chênh lệch trên 5 % phải nêu lý do.",
        "Các tỷ lệ làm tròn một chữ số sau dấu phẩy nên tổng có thể chênh 0,1.",
    )


def _feedback(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. PHẢN ÁNH, KIẾN NGHỊ VÀ KẾT QUẢ TRẢ LỜI")
    paper.say(
        f"Trong tháng có {len(FEEDBACK)} phản ánh, đã trả lời cả {len(FEEDBACK)}. Thời gian trả lời bình quân {figure(sum(row[4] for row in FEEDBACK) / len(FEEDBACK), 1)} ngày làm việc, lâu nhất {max(row[4] for row in FEEDBACK)} ngày. Tên người phản ánh không nêu trong báo cáo."
    )
    paper.table(
        ["TT", "Nội dung", "Thôn", "Xử lý", "Kết quả", "Ngày"],
        [
            [str(index), text, village, office, result, str(days)]
            for index, (text, village, office, result, days) in enumerate(FEEDBACK, 1)
        ],
        widths=(10, 50, 21, 36, 46, 17),
        text_columns=(1, 2, 3, 4),
    )
    by_office = sorted({row[2] for row in FEEDBACK})
    paper.table(
        ["Đơn vị xử lý", "Số phản ánh", "Bình quân (ngày)"],
        [
            [office, str(len(rows)), figure(sum(row[4] for row in rows) / len(rows), 1)]
            for office in by_office
            if (rows := [row for row in FEEDBACK if row[2] == office])
        ],
        widths=(80, 34, 40),
        text_columns=(0,),
    )


def _spring_crop(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. KẾ HOẠCH SẢN XUẤT VỤ XUÂN")
    whole = sum(village.spring_rice for village in VILLAGES)
    paper.say(
        f"Vụ Xuân gieo cấy {figure(whole, 1)} ha. Lịch gieo mạ chia hai đợt, cách nhau mười ngày; không gieo khi nhiệt độ dưới 15 độ C. Nước đổ ải lấy từ hai trạm bơm, thôn Hạ trước, thôn Thượng sau."
    )
    for village in VILLAGES:
        paper.section(f"Thôn {village.name}")
        rows = []
        for kind, part, kilos in SEED:
            area = village.spring_rice * part
            rows.append([kind, figure(area, 1), figure(kilos), figure(area * kilos), figure(area * 6.2, 1)])
        paper.table(
            ["Giống", "Diện tích (ha)", "Lượng giống (kg/ha)", "Giống cần (kg)", "Sản lượng dự kiến (tấn)"],
            rows,
            widths=(36, 32, 36, 32, 40),
            text_columns=(0,),
        )
        paper.say(
            f"Thôn {village.name} dự trữ thêm 5 % giống phòng gieo lại; {village.poor + village.near_poor} hộ nghèo, cận nghèo được hỗ trợ toàn bộ giống lúa thuần. Tổ thủy nông của thôn niêm yết lịch lấy nước từng xứ đồng trước năm ngày."
        )


def _procedures(paper: OfficialPaper, number: int, day: Period) -> None:
    paper.part(f"PHỤ LỤC {number}. THỦ TỤC HÀNH CHÍNH NIÊM YẾT TẠI XÃ")
    rows = content.read("procedures", day.today)
    fields = {row["code"]: row["name"] for row in content.read("procedure_fields", day.today)}
    paper.say(
        f"Danh mục {len(rows)} thủ tục có nhiều người hỏi, viết lại cho dễ đọc trên cổng thông tin điện tử xã. Dữ liệu tham khảo ngày 20/7/2026; thời hạn và mức thu chính thức do công chức xác nhận khi tiếp nhận."
    )
    paper.table(
        ["TT", "Mã", "Tên thủ tục", "Lĩnh vực"],
        [[str(index), row["code"], row["name"], fields[row["field"]]] for index, row in enumerate(rows, 1)],
        widths=(9, 22, 92, 42),
        text_columns=(1, 2, 3),
    )
    for index, row in enumerate(rows[:MOST_ASKED], 1):
        paper.section(f"{index}. {row['name']}")
        always = [sheet["name"] for sheet in row["papers"] if not sheet["when"]]
        paper.say(
            f"Thời hạn (tham khảo): {row['time']['text']}. Mức thu (tham khảo): {row['fee']['text']}. Kết quả: {row['result']}."
        )
        paper.items(*(f"{name};" for name in always[:-1]), f"{always[-1]}.")
