"""Papers of the office: programme, conclusions, rules of procedure, plans, results of the one-stop desk."""

from collections.abc import Sequence

from intranet.config.demo import content

from .budget import SIGNED, UBND
from .figures import FIELDS, SEASONS, VILLAGES, Period, field_sums
from .house_rules import RULES
from .layout import OfficialPaper, figure, share

CHANNELS = (
    ("Nộp trực tuyến, người dân tự làm", 142),
    ("Nộp trực tuyến, được nhập giúp", 98),
    ("Nộp trực tiếp tại quầy", 173),
    ("Nộp qua bưu chính", 11),
)


def services_result(day: Period) -> bytes:
    """Báo cáo: what became of every dossier of the month; the sums are checked by their own table."""
    paper = OfficialPaper(f"Báo cáo kết quả giải quyết thủ tục hành chính tháng {day.month}")
    paper.letterhead(agency=UBND, number="152/BC-UBND", date=day.date(2))
    paper.heading("Báo cáo", f"Kết quả tiếp nhận, giải quyết thủ tục hành chính tháng {day.month}")
    sums = field_sums()
    carried, received, in_time, late, working, overdue, stopped = sums
    whole = carried + received
    paper.part("I. KẾT QUẢ CHUNG")
    paper.say(
        f"Trong kỳ, xã phải giải quyết <b>{figure(whole)} hồ sơ</b>: {carried} hồ sơ kỳ trước chuyển sang và {received} hồ sơ mới tiếp nhận. "
        f"Đã xong {in_time + late} hồ sơ, trong đó đúng hoặc trước hạn {in_time} hồ sơ ({share(in_time, in_time + late)} % số hồ sơ đã xong), quá hạn {late} hồ sơ. "
        f"Đang giải quyết {working + overdue} hồ sơ, trong đó {overdue} hồ sơ đã quá hạn. Rút, dừng, từ chối {stopped} hồ sơ.",
        "Mỗi hồ sơ chỉ được đếm một lần. Hồ sơ quá hạn được đếm theo ngày hẹn ghi trên giấy hẹn đầu tiên, không theo ngày hẹn sau khi xin lỗi.",
    )
    paper.table(
        [
            "Lĩnh vực",
            "Kỳ trước",
            "Mới nhận",
            "Đúng hạn",
            "Quá hạn",
            "Đang làm",
            "Đang làm, quá hạn",
            "Rút, dừng, từ chối",
        ],
        [
            *([row[0], *(figure(number) for number in row[1:])] for row in FIELDS),
            ["CỘNG", *(figure(number) for number in sums)],
        ],
        widths=(46, 16, 16, 17, 16, 16, 18, 18),
        caption="Biểu 1. Kết quả theo lĩnh vực",
        bold_rows=[len(FIELDS)],
        text_columns=(0,),
        unit="hồ sơ",
    )
    paper.chart(
        "Hình 1. Hồ sơ mới nhận và đã xong theo lĩnh vực",
        ["Hộ tịch", "Chứng thực", "Cư trú", "Kinh doanh", "Đất đai", "Xây dựng", "Xã hội", "Khác"],
        [("Mới nhận", [row[2] for row in FIELDS]), ("Đã xong", [row[3] + row[4] for row in FIELDS])],
    )
    paper.part("II. CÁCH NỘP HỒ SƠ")
    total = sum(number for _, number in CHANNELS)
    paper.table(
        ["Cách nộp", "Số hồ sơ", "Tỷ lệ (%)"],
        [
            *([name, figure(number), share(number, total)] for name, number in CHANNELS),
            ["Cộng", figure(total), share(total, total)],
        ],
        widths=(90, 30, 30),
        caption="Biểu 2. Hồ sơ mới nhận theo cách nộp",
        bold_rows=[len(CHANNELS)],
        text_columns=(0,),
    )
    paper.say(
        f"Hồ sơ được nhập giúp không tính là người dân tự nộp trực tuyến. Tỷ lệ tự nộp là {share(CHANNELS[0][1], total)} %, cao nhất ở thôn Trung, thấp nhất ở thôn Hạ do nhiều hộ chưa có điện thoại thông minh."
    )
    paper.table(
        ["Thôn", "Số hộ", "Hồ sơ mới nhận", "Bình quân trên 100 hộ"],
        [
            [
                v.name,
                figure(v.households),
                figure(v.online_files),
                figure(100 * v.online_files / v.households, 1),
            ]
            for v in VILLAGES
        ],
        widths=(30, 30, 60, 40),
        caption="Biểu 3. Hồ sơ theo nơi ở của người nộp",
        text_columns=(0,),
    )
    paper.part("III. HỒ SƠ QUÁ HẠN VÀ NGUYÊN NHÂN")
    paper.table(
        ["TT", "Lĩnh vực", "Số hồ sơ", "Nguyên nhân", "Đã làm gì"],
        [
            [
                "1",
                "Đất đai",
                "4",
                "Chờ kết quả kiểm tra thực địa của cơ quan khác",
                "Xin lỗi bằng văn bản, hẹn lại có ngày cụ thể",
            ],
            ["2", "Đất đai (đang làm)", "2", "Người nộp chưa nộp nghĩa vụ tài chính", "Đã thông báo hai lần"],
            [
                "3",
                "Hộ tịch",
                "2",
                "Xác minh ở địa phương khác chưa có trả lời",
                "Gửi công văn nhắc, xin lỗi người nộp",
            ],
            ["4", "Xây dựng", "1", "Cán bộ thụ lý chậm", "Kiểm điểm, phân công lại"],
        ],
        widths=(9, 32, 16, 52, 52),
        text_columns=(1, 3, 4),
    )
    paper.part("IV. Ý KIẾN CỦA NGƯỜI DÂN")
    paper.say(
        "Máy đánh giá tại quầy nhận 212 lượt, chỉ mở sau khi đã trả kết quả: 186 lượt hài lòng (87,7 %), 19 lượt bình thường (9,0 %), 7 lượt không hài lòng (3,3 %). Cả bảy lượt không hài lòng đều đã được gọi lại.",
    )
    paper.items(
        "Bốn người phàn nàn phải chờ lâu vào sáng thứ Hai.",
        "Hai người chưa rõ vì sao hồ sơ đất đai phải chờ cơ quan thuế.",
        "Một người đề nghị có ghế riêng cho phụ nữ đi cùng trẻ nhỏ; đã bố trí.",
    )
    paper.part("V. NHIỆM VỤ THÁNG TỚI")
    paper.items(
        "Mở thêm một quầy chứng thực vào sáng thứ Hai; đo lại thời gian chờ sau bốn tuần.",
        "In tờ giải thích trình tự hồ sơ đất đai, đặt tại quầy và nhà văn hóa ba thôn.",
        "Rà soát dữ liệu hộ tịch chưa khớp, xử lý xong trước khi áp dụng Luật Hộ tịch mới.",
        "Báo trước cho người nộp ít nhất một ngày làm việc khi hồ sơ có nguy cơ trễ hạn.",
    )
    paper.chart(
        "Hình 2. Hồ sơ mới nhận trong mười hai tháng",
        [f"{month + 1}/{year % 100}" for year, month in day.last_twelve()],
        [("Hồ sơ mới nhận", [SEASONS[month + 1][1] for _, month in day.last_twelve()])],
        lines=True,
    )
    paper.signature(receivers=("UBND tỉnh", "Thường trực HĐND xã", "Thành viên UBND xã"), capacity=SIGNED)
    return paper.render()


def programme(day: Period) -> bytes:
    """Chương trình phiên họp, with what each member prepares."""
    paper = OfficialPaper(f"Chương trình phiên họp thường kỳ tháng {day.month}")
    paper.letterhead(agency=UBND, number="61/CTr-UBND", date=day.date(3))
    paper.heading("Chương trình", f"Phiên họp thường kỳ tháng {day.month} của Ủy ban nhân dân xã")
    paper.part("I. THÀNH PHẦN")
    paper.items(
        "Chủ trì: Chủ tịch Ủy ban nhân dân xã.",
        "Thư ký: Phó Chánh Văn phòng HĐND và UBND.",
        "Đại biểu: trưởng các phòng, Giám đốc Trung tâm Phục vụ hành chính công, Trưởng Công an xã, Chỉ huy trưởng Ban Chỉ huy Quân sự xã, Chánh Văn phòng.",
        "Mời dự mục 4: Trưởng thôn Thượng. Dự thính: Ban Kinh tế – Ngân sách Hội đồng nhân dân xã.",
    )
    paper.part("II. NỘI DUNG")
    paper.table(
        ["Mục", "Nội dung", "Trình bày", "Phút"],
        [
            ["1", "Khai mạc, thông qua chương trình", "Thư ký", "10"],
            ["2", "Tình hình kinh tế – xã hội, nhiệm vụ tháng tới", "Chánh Văn phòng", "50"],
            ["3", "Dự toán ngân sách và phân bổ vốn đầu tư công", "Trưởng phòng Kinh tế", "50"],
            ["3.1", "Trình bày tờ trình", "Trưởng phòng Kinh tế", "15"],
            ["3.2", "Thảo luận", "Chủ trì", "25"],
            ["3.3", "Kết luận, thống nhất dự thảo nghị quyết", "Chủ trì", "10"],
            ["4", "Danh mục công trình chuyển mục đích sử dụng đất", "Trưởng phòng Kinh tế", "30"],
            ["5", "Kết quả giải quyết thủ tục hành chính", "Giám đốc Trung tâm", "20"],
            ["6", "Công tác nhân sự (thành viên)", "Chánh Văn phòng", "25"],
        ],
        widths=(12, 86, 46, 16),
        text_columns=(0, 1, 2),
    )
    paper.part("III. CHUẨN BỊ")
    for who, what in (
        (
            "Phòng Kinh tế",
            "số liệu giải ngân đến hết ngày làm việc trước phiên họp; giải trình chênh lệch giữa ước thực hiện và dự toán của từng khoản thu",
        ),
        ("Phòng Văn hóa – Xã hội", "kết quả rà soát hộ nghèo, hộ cận nghèo; tiến độ trường mầm non"),
        ("Trung tâm Phục vụ hành chính công", "danh sách hồ sơ quá hạn, nguyên nhân, văn bản xin lỗi"),
        ("Công an xã", "tình hình an ninh, trật tự; dữ liệu cư trú phục vụ rà soát hộ nghèo"),
        ("Ban Chỉ huy Quân sự xã", "kế hoạch trực và huấn luyện dân quân quý tới"),
        (
            "Văn phòng",
            "máy tính bảng cho đại biểu, màn hình hội trường; kiểm tra đường truyền trước giờ họp 30 phút",
        ),
    ):
        paper.items(f"<b>{who}</b>: {what}.")
    paper.part("IV. QUY ƯỚC TRONG PHÒNG HỌP")
    paper.items(
        "Tài liệu chỉ phát qua máy tính bảng. Đại biểu tự đọc hoặc theo trang chủ trì đang trình bày.",
        "Mỗi lượt phát biểu không quá 5 phút; ý kiến ngắn gửi bằng tin nhắn trong phòng họp.",
        "Tài liệu mục 6 chỉ thành viên mở được; màn hình hội trường không hiển thị.",
        "Mất mạng thì tiếp tục đọc tài liệu đã mở; có mạng lại máy tự cập nhật.",
    )
    paper.part("V. GỢI Ý THẢO LUẬN")
    paper.say(
        "Mục 2: những chỉ tiêu có nguy cơ không đạt và việc cụ thể phải làm trong tháng còn lại; cách phối hợp giữa hai phòng trong giải phóng mặt bằng.",
        "Mục 3: mức tăng thu tiền sử dụng đất đã chắc chắn chưa; có nên khởi công hai công trình mới khi ba công trình chuyển tiếp còn thiếu vốn.",
        "Mục 4: đối thoại thêm với chín hộ đề nghị đo lại; thời điểm bóc đất tầng mặt để kịp vụ Xuân.",
        "Mục 5: mở thêm quầy vào sáng thứ Hai lấy người từ đâu; cách báo trước cho người dân khi hồ sơ sắp trễ hạn.",
    )
    paper.part("VI. SAU PHIÊN HỌP")
    paper.say(
        "Văn phòng trình ký thông báo kết luận trong ngày làm việc tiếp theo. Nhiệm vụ giao tại phiên họp ghi rõ đơn vị chủ trì, đơn vị phối hợp và ngày phải xong; tiến độ được nhắc trước hạn ba ngày.",
    )
    paper.signature(
        receivers=("Thành viên UBND xã", "Khách mời"), capacity=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")
    )
    return paper.render()


def conclusions(day: Period) -> bytes:
    """Thông báo kết luận of last week's briefing."""
    paper = OfficialPaper("Thông báo kết luận họp giao ban tuần")
    paper.letterhead(
        agency=UBND, number="93/TB-UBND", date=day.date((day.today - content.last_monday(day.today)).days)
    )
    paper.heading("Thông báo", "Kết luận của Chủ tịch Ủy ban nhân dân xã tại cuộc họp giao ban tuần")
    paper.say(
        "Sau khi nghe các phòng, đơn vị báo cáo kết quả tuần trước và ý kiến thảo luận, Chủ tịch Ủy ban nhân dân xã kết luận như sau:",
    )
    tasks: Sequence[tuple[str, str, str, str, int]] = (
        ("Giải phóng mặt bằng tuyến đường liên thôn Thượng – Trung", "Đo lại cho chín hộ có ý kiến, có trưởng thôn và đại diện Mặt trận chứng kiến. Hộ nào đã đồng ý thì chi trả ngay, không chờ đủ cả tuyến.", "Phòng Kinh tế", "Thôn Thượng, thôn Trung", 5),
        ("Phòng, chống rét", "Kiểm tra từng xóm, lập danh sách hộ có trâu, bò chưa che chắn chuồng. Trạm truyền thanh phát thông báo ba buổi mỗi ngày khi có tin rét đậm.", "Phòng Kinh tế", "Ba thôn, hai hợp tác xã", 3),
        ("Chuẩn bị kỳ họp cuối năm của Hội đồng nhân dân", "Toàn bộ tài liệu gửi trên hệ thống họp không giấy trước kỳ họp năm ngày làm việc; tài liệu sửa sau đó phải ghi rõ chỗ sửa.", "Văn phòng", "Các phòng, đơn vị", 9),
        ("Rà soát hộ nghèo, hộ cận nghèo", "Mỗi thôn họp ít nhất một buổi tối để người đi làm dự được. Niêm yết kết quả đủ ba ngày làm việc rồi mới trình.", "Phòng Văn hóa – Xã hội", "Ba thôn", 12),
        ("Trả lời phản ánh của người dân", "Sáu phản ánh về rãnh thoát nước thôn Hạ được trả lời chung một văn bản, gửi từng người; nêu ngày khơi thông và người phụ trách.", "Văn phòng", "Phòng Kinh tế", 4),
        ("An toàn thông tin", "Mọi tài khoản bật xác thực hai lớp; máy tính quầy một cửa tự khóa sau năm phút; không dùng chung tài khoản.", "Phòng Văn hóa – Xã hội", "Công an xã", 10),
    )  # fmt: skip
    for number, (title, text, lead, together, due) in enumerate(tasks, 1):
        paper.part(f"{number}. {title}")
        paper.say(text, f"Chủ trì: {lead}. Phối hợp: {together}. Hạn hoàn thành: {day.short(due)}.")
    paper.part("Bảng giao nhiệm vụ")
    paper.table(
        ["TT", "Nhiệm vụ", "Chủ trì", "Hạn"],
        [[str(number), task[0], task[2], day.short(task[4])] for number, task in enumerate(tasks, 1)],
        widths=(10, 86, 44, 26),
        text_columns=(1, 2),
    )
    paper.say(
        "Văn phòng HĐND và UBND theo dõi, đôn đốc; báo cáo tiến độ tại cuộc giao ban tuần tới. Nhiệm vụ chưa xong đúng hạn phải nêu lý do và ngày mới, không tự gia hạn.",
        "Thừa lệnh Chủ tịch, Văn phòng thông báo để các phòng, đơn vị, các thôn biết, thực hiện./.",
    )
    paper.signature(
        receivers=("Chủ tịch, Phó Chủ tịch UBND xã", "Các phòng, đơn vị", "Ba thôn"),
        capacity=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
    )
    return paper.render()


def holiday_plan(day: Period) -> bytes:
    """Kế hoạch Tết, for the coming meeting."""
    paper = OfficialPaper("Dự thảo Kế hoạch phục vụ Nhân dân dịp Tết Nguyên đán")
    paper.letterhead(agency=UBND, number="…/KH-UBND", date=f"ngày … tháng … năm {day.year}")
    paper.centred("DỰ THẢO", bold=True)
    paper.heading("Kế hoạch", "Tổ chức các hoạt động phục vụ Nhân dân vui xuân, đón Tết Nguyên đán")
    paper.part("I. MỤC ĐÍCH, YÊU CẦU")
    paper.say(
        "Mọi gia đình trong xã đều có Tết; người già neo đơn, người khuyết tật, gia đình chính sách được thăm hỏi trước ngày 23 tháng Chạp. Hoạt động vui tươi, tiết kiệm, không tổ chức liên hoan bằng ngân sách.",
        "Công việc của người dân không bị chậm vì nghỉ Tết: hồ sơ hẹn trả trong kỳ nghỉ được trả trước hoặc có giấy hẹn lại rõ ngày.",
    )
    paper.part("II. NỘI DUNG")
    paper.section("1. An sinh xã hội")
    gifts = [(v.name, v.poor, v.near_poor, 18 + v.poor) for v in VILLAGES]
    sums = [sum(column) for column in zip(*(gift[1:] for gift in gifts), strict=True)]
    paper.table(
        ["Thôn", "Hộ nghèo", "Hộ cận nghèo", "Gia đình chính sách, người già neo đơn", "Số suất quà"],
        [
            *(
                [name, str(poor), str(near), str(other), str(poor + near + other)]
                for name, poor, near, other in gifts
            ),
            [
                "Cộng",
                *(str(number) for number in sums),
                str(sum(g[1] + g[2] + g[3] for g in gifts)),
            ],
        ],
        widths=(26, 26, 30, 50, 26),
        bold_rows=[len(gifts)],
        text_columns=(0,),
    )
    total = sum(g[1] + g[2] + g[3] for g in gifts)
    paper.say(
        f"Mỗi suất quà trị giá 600.000 đồng, tổng kinh phí {figure(total * 0.6, 1)} triệu đồng từ ngân sách xã và Quỹ Vì người nghèo. Danh sách niêm yết trước khi trao năm ngày."
    )
    paper.section("2. Văn hóa, thể thao")
    paper.items(
        "Hội làng tại đình: dâng hương, kéo co, cờ người, hát giao lưu ba thôn.",
        "Giải bóng chuyền hơi người cao tuổi và giải bóng đá thanh niên tại sân thể thao thôn Trung.",
        "Trồng cây đầu xuân dọc tuyến đường liên thôn, mỗi thôn 100 cây.",
    )
    paper.section("3. An ninh, an toàn")
    paper.items(
        "Công an xã trực 24/24 giờ; dân quân tuần tra cùng tổ bảo vệ an ninh, trật tự ở ba thôn từ ngày 23 tháng Chạp.",
        "Kiểm tra an toàn thực phẩm ở chợ Đình và 14 cơ sở chế biến.",
        "Nhắc nhở phòng cháy khi thắp hương, đốt vàng mã; mỗi thôn một điểm tập kết bình chữa cháy.",
    )
    paper.section("4. Phục vụ thủ tục hành chính")
    paper.say(
        "Trung tâm Phục vụ hành chính công cử người trực tiếp nhận khai tử và việc cấp thiết. Trước kỳ nghỉ mười ngày, nhắn tin cho người có hồ sơ hẹn trả trong kỳ nghỉ."
    )
    paper.part("III. KINH PHÍ")
    money = (
        ("Quà Tết", total * 0.6),
        ("Hội làng, văn nghệ, thể thao", 45.0),
        ("Trang trí, cờ, khẩu hiệu", 12.5),
        ("Trực, tuần tra", 21.0),
        ("Trồng cây", 9.0),
    )
    paper.table(
        ["TT", "Nội dung", "Số tiền"],
        [
            *([str(n), name, figure(sum_, 1)] for n, (name, sum_) in enumerate(money, 1)),
            ["", "CỘNG", figure(sum(m[1] for m in money), 1)],
        ],
        widths=(10, 100, 30),
        bold_rows=[len(money)],
        unit="triệu đồng",
    )
    paper.part("IV. PHÂN CÔNG")
    for who, what in (
        ("Phòng Văn hóa – Xã hội", "chủ trì; lập danh sách tặng quà, tổ chức hội làng"),
        ("Phòng Kinh tế", "bố trí kinh phí; kiểm tra chợ, hàng hóa, giá cả"),
        ("Công an xã, Ban Chỉ huy Quân sự xã", "phương án bảo đảm an ninh, trật tự, phòng cháy"),
        ("Trung tâm Phục vụ hành chính công", "lịch trực, nhắn tin nhắc lịch trả kết quả"),
        ("Văn phòng", "lịch trực lãnh đạo; tổng hợp báo cáo trước ngày mùng 6 Tết"),
        ("Ba thôn", "vệ sinh đường làng, treo cờ, thông báo lịch hoạt động"),
    ):
        paper.items(f"<b>{who}</b>: {what}.")
    paper.signature(receivers=("Thành viên UBND xã", "UBMTTQ xã", "Ba thôn"), capacity=SIGNED, draft=True)
    return paper.render()


def rules_of_procedure(day: Period) -> bytes:
    """Quy chế làm việc, chapter by chapter."""
    paper = OfficialPaper("Quy chế làm việc của Ủy ban nhân dân xã Đình Mẫu")
    paper.letterhead(agency=UBND, number="05/2025/QĐ-UBND", date=day.date(480))
    paper.heading("Quyết định", "Ban hành Quy chế làm việc của Ủy ban nhân dân xã Đình Mẫu")
    number = 0
    for chapter, articles in RULES:
        paper.part(chapter)
        for title, texts in articles:
            number += 1
            paper.section(f"Điều {number}. {title}")
            for index, text in enumerate(texts, 1):
                paper.say(f"{index}. {text}" if len(texts) > 1 else text)
    paper.signature(
        receivers=("Thành viên UBND xã", "Thường trực HĐND xã", "Các phòng, đơn vị"), capacity=SIGNED
    )
    return paper.render()
