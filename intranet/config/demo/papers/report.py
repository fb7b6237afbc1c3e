"""The monthly report on economy and society: the long paper, text first, annexes in `report_annexes`."""

from .budget import SIGNED, UBND
from .figures import REVENUE, SEASONS, SPENDING, VILLAGES, WORKS, Period, field_sums
from .layout import OfficialPaper, figure, share
from .report_annexes import annexes

TARGETS = (
    # name, unit, plan, reached, places
    ("Giá trị sản phẩm trên 1 ha đất trồng trọt", "triệu đồng", 152, 149.6, 1),
    ("Diện tích gieo trồng lúa cả năm", "ha", 822, 820.3, 1),
    ("Năng suất lúa bình quân", "tạ/ha", 61.5, 61.9, 1),
    ("Tổng đàn lợn", "con", 8500, 8600, 0),
    ("Tổng đàn gia cầm", "con", 95000, 96000, 0),
    ("Thu ngân sách xã hưởng 100 %", "triệu đồng", 5700, 6289, 0),
    ("Giải ngân vốn đầu tư công", "%", 95, 81.4, 1),
    ("Hộ kinh doanh thành lập mới", "hộ", 60, 67, 0),
    ("Tỷ lệ hộ nghèo", "%", 1.5, 1.4, 1),
    ("Tỷ lệ người dân tham gia bảo hiểm y tế", "%", 95, 95.7, 1),
    ("Gia đình văn hóa", "%", 92, 92.5, 1),
    ("Trẻ em đi học đúng độ tuổi", "%", 100, 100, 0),
    ("Tỷ lệ chất thải rắn được thu gom", "%", 96, 96.8, 1),
    ("Hộ dùng nước sạch", "%", 90, 88.9, 1),
    ("Hồ sơ giải quyết đúng hạn trong số đã xong", "%", 98, 98.2, 1),
    ("Người dân tự nộp hồ sơ trực tuyến", "%", 35, 33.5, 1),
    ("Giao quân", "%", 100, 100, 0),
)


def monthly_report(day: Period) -> bytes:
    """Báo cáo tình hình kinh tế – xã hội: about forty pages with tables and charts."""
    paper = OfficialPaper(f"Báo cáo tình hình kinh tế – xã hội tháng {day.month}")
    paper.letterhead(agency=UBND, number="151/BC-UBND", date=day.date(3))
    paper.heading(
        "Báo cáo",
        f"Tình hình kinh tế – xã hội, quốc phòng, an ninh tháng {day.month};<br/>nhiệm vụ trọng tâm tháng {day.coming}",
    )
    paper.say(
        f"Tháng {day.month}, sản xuất và đời sống của Nhân dân trong xã ổn định. Thời tiết chuyển rét, có hai đợt mưa vào giữa tháng làm chậm việc thi công ba công trình nhưng không gây thiệt hại đáng kể. "
        "Ủy ban nhân dân xã tập trung chỉ đạo giải phóng mặt bằng tuyến đường liên thôn, phòng, chống rét, rà soát hộ nghèo và chuẩn bị kỳ họp cuối năm của Hội đồng nhân dân xã. Kết quả cụ thể như sau:",
    )
    _overview(paper, day)
    _economy(paper, day)
    _society(paper)
    _order(paper)
    _administration(paper, day)
    _assessment(paper)
    _tasks(paper, day)
    paper.signature(
        receivers=(
            "UBND tỉnh",
            "Thường trực Đảng ủy, HĐND xã",
            "UBMTTQ và các đoàn thể xã",
            "Thành viên UBND xã",
            "Ba thôn",
        ),
        capacity=SIGNED,
    )
    annexes(paper, day)
    return paper.render()


def _overview(paper: OfficialPaper, day: Period) -> None:
    reached = [
        target
        for target in TARGETS
        if (target[3] <= target[2] if target[0] == "Tỷ lệ hộ nghèo" else target[3] >= target[2])
    ]
    short = [target for target in TARGETS if target not in reached]
    paper.part("PHẦN THỨ NHẤT. KẾT QUẢ CHUNG")
    paper.say(
        f"Đến hết tháng, {len(reached)} trên {len(TARGETS)} chỉ tiêu của năm {day.year} đã đạt hoặc vượt kế hoạch; {len(short)} chỉ tiêu chưa đạt, trong đó đáng lo nhất là giải ngân vốn đầu tư công.",
    )
    paper.table(
        ["TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch năm", "Ước thực hiện", "Kết quả"],
        [
            [
                str(number),
                name,
                unit,
                figure(plan, places),
                figure(done, places),
                "Đạt" if (name, unit, plan, done, places) in reached else "Chưa đạt",
            ]
            for number, (name, unit, plan, done, places) in enumerate(TARGETS, 1)
        ],
        widths=(9, 66, 22, 24, 24, 20),
        caption=f"Bảng 1. Một số chỉ tiêu chủ yếu năm {day.year}",
        text_columns=(1, 2, 5),
    )
    for name, unit, plan, done, places in short:
        paper.items(
            f"<b>{name}</b>: {figure(done, places)} {unit}, kế hoạch {figure(plan, places)} {unit}; còn thiếu {figure(abs(plan - done), 1)} {unit}."
        )


def _economy(paper: OfficialPaper, day: Period) -> None:
    paper.part("PHẦN THỨ HAI. KINH TẾ")
    paper.section("1. Nông nghiệp")
    spring, summer = sum(v.spring_rice for v in VILLAGES), sum(v.summer_rice for v in VILLAGES)
    paper.say(
        f"Vụ Mùa thu hoạch xong {figure(summer, 1)} ha lúa, năng suất bình quân 61,2 tạ/ha; cả năm gieo cấy {figure(spring + summer, 1)} ha. "
        f"Cây vụ Đông trồng được {figure(sum(v.vegetables for v in VILLAGES), 1)} ha, chủ yếu là ngô, khoai tây, cải và hành; riêng thôn Hạ mở rộng thêm 6,4 ha bí đỏ theo hợp đồng bao tiêu.",
    )
    paper.table(
        ["Thôn", "Lúa Xuân", "Lúa Mùa", "Rau, màu vụ Đông", "Cộng"],
        [
            *(
                [
                    v.name,
                    figure(v.spring_rice, 1),
                    figure(v.summer_rice, 1),
                    figure(v.vegetables, 1),
                    figure(v.spring_rice + v.summer_rice + v.vegetables, 1),
                ]
                for v in VILLAGES
            ),
            [
                "Toàn xã",
                figure(spring, 1),
                figure(summer, 1),
                figure(sum(v.vegetables for v in VILLAGES), 1),
                figure(spring + summer + sum(v.vegetables for v in VILLAGES), 1),
            ],
        ],
        widths=(36, 30, 30, 40, 30),
        caption="Bảng 2. Diện tích gieo trồng theo thôn",
        bold_rows=[len(VILLAGES)],
        text_columns=(0,),
        unit="ha",
    )
    paper.chart(
        "Hình 1. Diện tích gieo trồng theo thôn (ha)",
        [v.name for v in VILLAGES],
        [
            ("Lúa Xuân", [v.spring_rice for v in VILLAGES]),
            ("Lúa Mùa", [v.summer_rice for v in VILLAGES]),
            ("Rau, màu", [v.vegetables for v in VILLAGES]),
        ],
    )
    paper.say(
        f"Chăn nuôi ổn định: {figure(sum(v.buffalo for v in VILLAGES))} con trâu, bò; {figure(sum(v.pigs for v in VILLAGES))} con lợn; {figure(sum(v.poultry for v in VILLAGES))} con gia cầm. "
        "Tiêm phòng đợt hai đạt 88 % đàn trâu, bò và 91 % đàn lợn trong diện tiêm; số còn lại tiêm xong trước ngày 15 của tháng tới. Không có ổ dịch.",
        "Thủy lợi nội đồng nạo vét 5,6 km kênh mương, đắp 1.240 m³ đất bờ vùng. Hai trạm bơm được bảo dưỡng; trạm Mả Cao thay một động cơ 33 kW.",
    )
    paper.section("2. Công nghiệp, tiểu thủ công nghiệp, thương mại, dịch vụ")
    paper.say(
        "Nghề mộc và may gia công của thôn Trung có đủ việc đến hết quý I năm sau. Xã có 41 cơ sở sản xuất nhỏ, tạo việc làm thường xuyên cho 436 lao động, thu nhập bình quân 8,2 triệu đồng mỗi tháng.",
        "Chợ Đình họp mỗi tuần ba phiên, hàng hóa dồi dào, giá cả không biến động lớn. Khu bán hàng nông sản đang xây dựng sẽ tách hàng tươi sống khỏi hàng khô, bớt ùn tắc ở cổng phía đường Đình Làng.",
        "Trong tháng có 9 hộ kinh doanh thành lập mới, 2 hộ tạm ngừng, 1 hộ chấm dứt hoạt động. Lũy kế từ đầu năm thành lập mới 67 hộ, vượt kế hoạch 7 hộ.",
    )
    paper.section("3. Thu, chi ngân sách")
    income = SEASONS[day.today.month][0] / sum(SEASONS[m][0] for m in range(1, 13))
    own = sum(group.expected for group in REVENUE[:2])
    paper.say(
        f"Thu ngân sách trên địa bàn trong tháng ước {figure(own * income)} triệu đồng (không kể bổ sung từ ngân sách tỉnh). Cả năm ước thu {figure(sum(g.expected for g in REVENUE))} triệu đồng, bằng {share(sum(g.expected for g in REVENUE), sum(g.planned for g in REVENUE))} % dự toán.",
        f"Chi ngân sách cả năm ước {figure(sum(g.expected for g in SPENDING))} triệu đồng. Chi thường xuyên bám sát dự toán; chi đầu tư tăng nhờ nguồn tăng thu tiền sử dụng đất đã được Hội đồng nhân dân xã cho phép phân bổ.",
    )
    paper.table(
        ["Nhóm", "Dự toán", "Ước thực hiện", "So sánh (%)"],
        [
            [group.name, figure(group.planned), figure(group.expected), share(group.expected, group.planned)]
            for group in (*REVENUE, *SPENDING)
        ],
        widths=(80, 28, 30, 26),
        caption=f"Bảng 3. Thu, chi ngân sách xã năm {day.year}",
        text_columns=(0,),
        unit="triệu đồng",
    )
    paper.section("4. Đầu tư công")
    moving = [work for work in WORKS if work.done]
    paper.say(
        f"Toàn xã có {len(moving)} công trình đang thi công, tổng mức đầu tư {figure(sum(w.total for w in moving))} triệu đồng, đã thanh toán {figure(sum(w.paid for w in moving))} triệu đồng. Tình hình từng công trình:"
    )
    for work, text in zip(moving, WORK_TEXTS, strict=True):
        paper.items(
            f"<b>{work.name}</b> ({work.place}): khối lượng đạt {work.done} %, thanh toán {figure(work.paid)} trên {figure(work.total)} triệu đồng. {text}"
        )
    paper.chart(
        "Hình 2. Khối lượng thực hiện các công trình (%)",
        [str(n) for n in range(1, len(moving) + 1)],
        [("Thứ tự như danh sách trên", [w.done for w in moving])],
    )
    paper.section("5. Đất đai, xây dựng, môi trường")
    paper.say(
        "Chỉnh lý biến động 38 thửa đất; phối hợp đo đạc, cấp giấy chứng nhận lần đầu cho 11 hộ. Hòa giải ba vụ tranh chấp ranh giới, hai vụ thành. Một trường hợp san nền trái phép trên đất lúa ở thôn Hạ đã khôi phục lại hiện trạng.",
        "Thu gom 96,8 % rác sinh hoạt; điểm phân loại rác thôn Hạ chạy thử, tách được 31 % lượng rác hữu cơ. Ba thôn ra quân ngày Chủ nhật xanh với 628 người, khơi 3,2 km rãnh, trồng 420 cây.",
        "Cấp sáu giấy phép xây dựng nhà ở riêng lẻ; kiểm tra 14 công trình đang xây, nhắc nhở hai chủ nhà để vật liệu lấn đường.",
    )


WORK_TEXTS = (
    "Đoạn qua thôn Trung xong lớp cấp phối; đoạn qua thôn Thượng còn vướng chín hộ đề nghị đo lại.",
    "Đã hoàn thiện hai phòng khám, đang lắp thiết bị; phấn đấu bàn giao trong quý I.",
    "Đúc xong 640 m cống hộp; phần qua khu dân cư thi công ban ngày, dừng trước 18 giờ.",
    "Xong phần thô tầng hai; đang lát nền, lắp cửa. Nhà trường bố trí học tạm ở nhà văn hóa thôn Trung.",
    "Chỉ còn sân và hàng rào; nghiệm thu, quyết toán ngay trong tháng tới.",
    "Đang lắp mái che và rãnh thu nước rỉ rác; chạy thử dây chuyền phân loại.",
    "Mới xong phần rọ đá chân kè; tạm dừng khi nước sông lên, chờ ý kiến của cơ quan đê điều.",
    "Hoàn thành móng và cột; chuyển 26 sạp sang khu tạm, tiểu thương đồng thuận.",
)


def _society(paper: OfficialPaper) -> None:
    paper.part("PHẦN THỨ BA. VĂN HÓA – XÃ HỘI")
    paper.section("1. Giáo dục")
    paper.say(
        f"Ba trường có {figure(sum(v.pupils for v in VILLAGES))} học sinh, không có học sinh bỏ học. Các trường tổ chức hội giảng, xét tặng 212 suất học bổng khuyến học trị giá 106 triệu đồng do Nhân dân và con em xa quê đóng góp.",
        "Trường Mầm non học tạm hai địa điểm; phụ huynh phản ánh giờ đón trẻ trùng giờ tan tầm ở đường Đình Làng, xã đã phân luồng và cử dân quân hướng dẫn.",
    )
    paper.section("2. Y tế")
    insured, people = sum(v.insured for v in VILLAGES), sum(v.people for v in VILLAGES)
    paper.say(
        f"Trạm y tế khám cho 842 lượt người; tiêm chủng mở rộng đạt 97 %. {figure(insured)} người có thẻ bảo hiểm y tế, bằng {share(insured, people)} % dân số. Khám sức khỏe định kỳ cho 536 người cao tuổi, lập hồ sơ theo dõi huyết áp 214 người.",
    )
    paper.table(
        ["Thôn", "Nhân khẩu", "Có thẻ bảo hiểm y tế", "Tỷ lệ (%)", "Hộ nghèo", "Hộ cận nghèo"],
        [
            *(
                [
                    v.name,
                    figure(v.people),
                    figure(v.insured),
                    share(v.insured, v.people),
                    str(v.poor),
                    str(v.near_poor),
                ]
                for v in VILLAGES
            ),
            [
                "Toàn xã",
                figure(people),
                figure(insured),
                share(insured, people),
                str(sum(v.poor for v in VILLAGES)),
                str(sum(v.near_poor for v in VILLAGES)),
            ],
        ],
        widths=(28, 26, 36, 24, 24, 30),
        caption="Bảng 4. Bảo hiểm y tế, hộ nghèo theo thôn",
        bold_rows=[len(VILLAGES)],
        text_columns=(0,),
    )
    paper.section("3. Văn hóa, thể thao, truyền thanh")
    paper.say(
        f"{figure(sum(v.culture_families for v in VILLAGES))} hộ đạt gia đình văn hóa, bằng {share(sum(v.culture_families for v in VILLAGES), sum(v.households for v in VILLAGES))} % số hộ. Ba thôn tổ chức ngày hội Đại đoàn kết, có 1.870 người dự; giải bóng chuyền hơi có 14 đội tham gia.",
        "Đài truyền thanh phát 62 giờ, trong đó 18 giờ tin, bài tự làm. Đã thay 6 trên 18 cụm loa hỏng; phần còn lại bố trí trong dự toán năm sau.",
    )
    paper.section("4. Giảm nghèo, bảo trợ xã hội, người có công")
    paper.say(
        f"Kết quả rà soát sơ bộ: {sum(v.poor for v in VILLAGES)} hộ nghèo, {sum(v.near_poor for v in VILLAGES)} hộ cận nghèo. Chi trả trợ cấp hằng tháng cho 386 đối tượng bảo trợ và 174 người có công, toàn bộ qua tài khoản hoặc tận nhà với người không đi lại được.",
        "Quỹ Vì người nghèo vận động được 148 triệu đồng; sửa hai nhà ở, tặng bốn con bò giống cho hộ cận nghèo ở thôn Hạ.",
    )


def _order(paper: OfficialPaper) -> None:
    paper.part("PHẦN THỨ TƯ. QUỐC PHÒNG, AN NINH")
    paper.say(
        "Duy trì trực sẵn sàng chiến đấu; hoàn thành khám sức khỏe nghĩa vụ quân sự cho 46 thanh niên, 19 người đủ điều kiện. Huấn luyện dân quân tại chỗ đạt 98 % quân số, kết quả khá.",
        "An ninh, trật tự ổn định. Trong tháng có ba vụ việc về trật tự xã hội, giảm hai vụ so với tháng trước; đã giải quyết xong cả ba. Camera tại ngã tư Đình Làng giúp xác định một vụ va chạm giao thông không có thương vong.",
        "Cấp 58 thẻ căn cước, tiếp nhận 61 hồ sơ cư trú. Kiểm tra an toàn phòng cháy ở chợ, ba trường và 14 cơ sở sản xuất; yêu cầu bốn nơi bổ sung bình chữa cháy.",
    )


def _administration(paper: OfficialPaper, day: Period) -> None:
    paper.part("PHẦN THỨ NĂM. CẢI CÁCH HÀNH CHÍNH, CHUYỂN ĐỔI SỐ")
    sums = field_sums()
    paper.say(
        f"Bộ phận một cửa phải giải quyết {sums[0] + sums[1]} hồ sơ; đã xong {sums[2] + sums[3]} hồ sơ, đúng hoặc trước hạn {share(sums[2], sums[2] + sums[3])} %. Chi tiết tại Báo cáo số 152/BC-UBND.",
        "Toàn bộ cuộc họp của Ủy ban nhân dân xã trong tháng dùng tài liệu điện tử. Tính từ đầu năm giảm được khoảng 41.000 trang in. Tổ công nghệ số cộng đồng hỗ trợ 287 lượt người vào sáng thứ Bảy.",
        "Mọi tài khoản của cán bộ, công chức đã bật xác thực hai lớp; hai máy quét và một máy in của quầy một cửa được thay mới.",
    )
    paper.chart(
        "Hình 3. Hồ sơ mới nhận và khách đến đình làng trong mười hai tháng",
        [f"{month + 1}/{year % 100}" for year, month in day.last_twelve()],
        [
            ("Hồ sơ mới nhận", [SEASONS[month + 1][1] for _, month in day.last_twelve()]),
            ("Lượt khách", [SEASONS[month + 1][2] for _, month in day.last_twelve()]),
        ],
        lines=True,
    )


def _assessment(paper: OfficialPaper) -> None:
    paper.part("PHẦN THỨ SÁU. HẠN CHẾ, NGUYÊN NHÂN, BÀI HỌC")
    paper.section("1. Hạn chế")
    paper.items(
        "Giải ngân vốn đầu tư công mới đạt 81,4 %; hai công trình chậm so với hợp đồng.",
        "Chín hồ sơ một cửa quá hạn, trong đó sáu hồ sơ đất đai.",
        "Tỷ lệ hộ dùng nước sạch chưa đạt do đường ống cuối thôn Hạ chưa nối xong.",
        "Một số báo cáo của thôn gửi muộn, số liệu phải hỏi lại nhiều lần.",
    )
    paper.section("2. Nguyên nhân")
    paper.say(
        "Về khách quan, hai đợt mưa giữa tháng làm gián đoạn thi công; quy định về đất đai, xây dựng thay đổi trong năm nên phải lập lại một phần hồ sơ.",
        "Về chủ quan, việc kiểm đếm ban đầu ở tuyến đường liên thôn làm vội, chưa giải thích kỹ cho người dân; một số đơn vị phối hợp còn chờ văn bản thay vì trao đổi ngay; trách nhiệm của người chủ trì chưa được nhắc tới cùng khi việc chậm.",
    )
    paper.section("3. Bài học")
    paper.say(
        "Việc nào niêm yết sớm và giải thích tại thôn vào buổi tối thì ít phải làm lại. Việc giao một người chủ trì, có ngày phải xong thì nhanh hơn rõ rệt việc giao chung. Số liệu lấy một lần từ hệ thống, không yêu cầu thôn báo cáo lại số đã có.",
    )


def _tasks(paper: OfficialPaper, day: Period) -> None:
    paper.part(f"PHẦN THỨ BẢY. NHIỆM VỤ TRỌNG TÂM THÁNG {day.coming}")
    for number, (office, tasks) in enumerate(TASKS, 1):
        paper.section(f"{number}. {office}")
        paper.items(*tasks)
    paper.part("KIẾN NGHỊ")
    paper.items(
        "Đề nghị tỉnh thông báo sớm số vốn bổ sung có mục tiêu đợt cuối năm để xã phân bổ kịp trước ngày khóa sổ.",
        "Đề nghị cơ quan quản lý đê điều có văn bản trả lời về đoạn kè bờ sông Mẫu trước mùa mưa.",
        "Đề nghị đơn vị cấp nước hoàn thành 2,1 km đường ống cuối thôn Hạ trong quý I.",
    )
    paper.say(
        "Trên đây là báo cáo tình hình kinh tế – xã hội, quốc phòng, an ninh trong tháng và nhiệm vụ trọng tâm tháng tới của Ủy ban nhân dân xã Đình Mẫu./."
    )


TASKS = (
    ("Phòng Kinh tế", (
        "Hoàn thành giải phóng mặt bằng tuyến đường liên thôn; chi trả xong cho các hộ đã đồng thuận.",
        "Giải ngân ít nhất 95 % vốn đầu tư công; báo cáo riêng công trình có nguy cơ không đạt.",
        "Khóa sổ ngân sách, đối chiếu với kho bạc; công khai dự toán năm sau đúng hạn.",
        "Kiểm tra phòng, chống rét ở từng xóm; chuẩn bị giống, vật tư cho vụ Xuân.",
    )),
    ("Phòng Văn hóa – Xã hội", (
        "Hoàn thành rà soát hộ nghèo, hộ cận nghèo; niêm yết, trình quyết định công nhận.",
        "Xây dựng kế hoạch phục vụ Nhân dân dịp Tết; lập danh sách tặng quà trước khi trình.",
        "Tập huấn Luật Hộ tịch mới cho công chức và cán bộ tiếp nhận hồ sơ.",
    )),
    ("Trung tâm Phục vụ hành chính công", (
        "Mở thêm quầy chứng thực vào sáng thứ Hai, đo lại thời gian chờ sau bốn tuần.",
        "Chuyển sang biên lai điện tử từ ngày đầu năm; chạy thử trong hai tuần cuối tháng.",
    )),
    ("Công an xã, Ban Chỉ huy Quân sự xã", (
        "Kế hoạch bảo đảm an ninh, trật tự, phòng cháy dịp Tết Dương lịch và Tết Nguyên đán.",
        "Hoàn thành hồ sơ thanh niên đủ điều kiện nhập ngũ; gặp mặt, động viên gia đình.",
    )),
    ("Văn phòng HĐND và UBND", (
        "Phục vụ kỳ họp cuối năm của Hội đồng nhân dân xã bằng tài liệu điện tử.",
        "Theo dõi nhiệm vụ theo thông báo kết luận; nhắc trước hạn ba ngày.",
    )),
)  # fmt: skip
