"""The list of works that change the use of land, with its plan drawing; and the staffing plan."""

from .budget import SIGNED, UBND
from .drawing import add_plans
from .figures import WORKS, Period
from .layout import OfficialPaper, figure

REMARKS = (
    "đã kiểm đếm 118 hộ, còn 9 hộ đề nghị đo lại",
    "đất do trạm y tế đang quản lý, không phải thu hồi",
    "hộ dân tự nguyện hiến phần đất dưới hai mét dọc kênh",
    "đất lúa hai vụ năng suất thấp, đã có phương án bù đất tầng mặt",
    "xây trên khuôn viên cũ",
    "cách khu dân cư 420 m, đã tham vấn cộng đồng",
    "chờ ý kiến của cơ quan quản lý đê điều",
    "di dời 26 sạp hàng theo hai đợt, không để trống chợ",
    "mở rộng nền đường cũ từ 3 m lên 5 m",
    "đã có quy hoạch chi tiết, kèm bản vẽ QH-01 và QH-02",
)


def land_list(day: Period) -> bytes:
    """Danh mục công trình: works, land they take, and two A3 drawings."""
    year = day.year + 1
    paper = OfficialPaper(f"Danh mục công trình chuyển mục đích sử dụng đất trồng lúa năm {year}")
    paper.letterhead(agency=UBND, number="146/TTr-UBND", date=day.date(4))
    paper.heading(
        "Tờ trình",
        f"Về danh mục công trình, dự án chuyển mục đích sử dụng đất<br/>trồng lúa năm {year} và kế hoạch chuyển đổi cơ cấu cây trồng",
        addressee="Hội đồng nhân dân xã Đình Mẫu",
    )
    rice, other = sum(w.rice_land for w in WORKS), sum(w.other_land for w in WORKS)
    with_rice = [work for work in WORKS if work.rice_land]
    paper.part("I. SỰ CẦN THIẾT")
    paper.say(
        "Quy hoạch chung xã Đình Mẫu xác định vùng lúa tập trung ở cánh Mả Cao và thôn Hạ; phần đất lúa xen kẹt, năng suất thấp dọc tuyến đường liên thôn được chuyển dần sang xây dựng hạ tầng và khu dân cư.",
        f"Năm {year}, toàn xã có {len(WORKS)} công trình cần đất, trong đó {len(with_rice)} công trình lấy vào đất trồng lúa. Tổng diện tích cần chuyển mục đích là {figure(rice + other)} m², gồm {figure(rice)} m² đất trồng lúa và {figure(other)} m² đất khác.",
        "Việc chuyển mục đích được rà soát với từng thôn. Diện tích đất lúa giảm được bù bằng việc chuyển 3,2 ha lúa một vụ ở Mả Cao thành lúa hai vụ nhờ tuyến đường và kênh nội đồng mới.",
    )
    paper.part("II. DANH MỤC CÔNG TRÌNH")
    rows = [
        [
            str(number),
            f"{work.name}<br/><i>{work.place}</i>",
            figure(work.rice_land),
            figure(work.other_land),
            figure(work.rice_land + work.other_land),
            REMARKS[number - 1],
        ]
        for number, work in enumerate(WORKS, 1)
    ]
    rows.append(["", "CỘNG", figure(rice), figure(other), figure(rice + other), ""])
    paper.table(
        ["TT", "Công trình, địa điểm", "Đất lúa", "Đất khác", "Cộng", "Ghi chú"],
        rows,
        widths=(9, 56, 19, 19, 19, 44),
        caption=f"Biểu 1. Nhu cầu sử dụng đất năm {year}",
        bold_rows=[len(WORKS)],
        text_columns=(1, 5),
        unit="m²",
    )
    paper.chart(
        "Hình 1. Đất trồng lúa chuyển mục đích theo công trình (m²)",
        [str(WORKS.index(work) + 1) for work in with_rice],
        [("Số thứ tự theo Biểu 1", [work.rice_land for work in with_rice])],
    )
    paper.part("III. GIẢI TRÌNH TỪNG CÔNG TRÌNH")
    for number, work in enumerate(WORKS, 1):
        paper.section(f"{number}. {work.name}")
        land = []
        if work.rice_land:
            land.append(f"{figure(work.rice_land)} m² đất trồng lúa")
        if work.other_land:
            land.append(f"{figure(work.other_land)} m² đất khác")
        paper.say(
            f"Địa điểm: {work.place}. Sử dụng {' và '.join(land) if land else 'đất hiện có, không phát sinh diện tích mới'}. "
            f"Tổng mức đầu tư {figure(work.total)} triệu đồng, "
            + (f"khối lượng thi công đạt {work.done} %; " if work.done else "chưa khởi công; ")
            + f"{REMARKS[number - 1]}."
        )
        if work.rice_land:
            paper.say(
                f"Chủ đầu tư nộp tiền bảo vệ, phát triển đất trồng lúa theo quy định, bóc riêng khoảng {figure(work.rice_land * 0.25)} m³ đất tầng mặt để cải tạo ruộng cùng thôn."
            )
    paper.part("IV. KẾ HOẠCH CHUYỂN ĐỔI CƠ CẤU CÂY TRỒNG")
    plans = (
        ("Thượng", "Lúa sang rau màu vụ Đông", 4.2, "Đất pha cát, chủ động tưới"),
        ("Thượng", "Lúa một vụ sang lúa hai vụ", 3.2, "Sau khi có kênh Mả Cao"),
        ("Trung", "Lúa sang cây dược liệu", 1.6, "Hợp tác xã bao tiêu"),
        ("Hạ", "Lúa sang lúa kết hợp nuôi cá", 2.8, "Ruộng trũng, đắp bờ bao"),
    )
    paper.table(
        ["Thôn", "Hình thức chuyển đổi", "Diện tích (ha)", "Điều kiện"],
        [
            *([village, kind, figure(area, 1), why] for village, kind, area, why in plans),
            ["", "Cộng", figure(sum(p[2] for p in plans), 1), ""],
        ],
        widths=(20, 60, 26, 60),
        caption=f"Biểu 2. Chuyển đổi cơ cấu cây trồng năm {year}",
        bold_rows=[len(plans)],
        text_columns=(0, 1, 3),
    )
    paper.say(
        "Chuyển đổi không làm mất điều kiện trồng lúa trở lại; không xây công trình kiên cố trên đất lúa; đăng ký với Ủy ban nhân dân xã trước vụ sản xuất.",
    )
    paper.part("V. ĐỀ NGHỊ")
    paper.say(
        f"Ủy ban nhân dân xã trình Hội đồng nhân dân xã cho ý kiến về danh mục {len(WORKS)} công trình tại Biểu 1 và kế hoạch tại Biểu 2 để hoàn thiện, trình cấp có thẩm quyền phê duyệt. Bản vẽ mặt bằng quy hoạch gửi kèm./.",
    )
    paper.signature(
        receivers=("Như trên", "Sở Nông nghiệp và Môi trường", "Ba thôn", "Phòng Kinh tế"), capacity=SIGNED
    )
    add_plans(paper)
    return paper.render()


def staffing_plan(day: Period) -> bytes:
    """Phương án nhân sự: for members only. It speaks of posts, never of people."""
    paper = OfficialPaper("Phương án kiện toàn, bố trí cán bộ, công chức")
    paper.letterhead(agency=UBND, number="09/PA-UBND", date=day.date(3))
    paper.heading(
        "Phương án", "Kiện toàn, bố trí cán bộ, công chức các phòng, đơn vị thuộc Ủy ban nhân dân xã"
    )
    paper.centred("<i>Tài liệu lưu hành trong thành viên dự họp, không sao chụp</i>")
    paper.gap()
    paper.part("I. HIỆN TRẠNG BIÊN CHẾ")
    rows = [
        ("Văn phòng HĐND và UBND", 8, 7),
        ("Phòng Kinh tế", 11, 10),
        ("Phòng Văn hóa – Xã hội", 10, 10),
        ("Trung tâm Phục vụ hành chính công", 7, 5),
    ]
    paper.table(
        ["TT", "Đơn vị", "Được giao", "Hiện có", "Còn thiếu"],
        [
            *(
                [str(n), name, str(given), str(here), str(given - here)]
                for n, (name, given, here) in enumerate(rows, 1)
            ),
            [
                "",
                "CỘNG",
                str(sum(r[1] for r in rows)),
                str(sum(r[2] for r in rows)),
                str(sum(r[1] - r[2] for r in rows)),
            ],
        ],
        widths=(10, 76, 24, 24, 24),
        bold_rows=[len(rows)],
        unit="người",
    )
    paper.say(
        "Trung tâm Phục vụ hành chính công thiếu hai người tiếp nhận hồ sơ, trong khi số hồ sơ hộ tịch và chứng thực chiếm hơn nửa tổng số. Thời gian chờ trung bình buổi sáng thứ Hai là 21 phút, cao gấp đôi các buổi khác.",
        "Phòng Kinh tế có một vị trí phụ trách xây dựng sắp đến tuổi nghỉ hưu; cần người kế cận trước ba tháng để bàn giao hồ sơ đất đai, xây dựng đang làm dở.",
    )
    paper.part("II. PHƯƠNG ÁN")
    paper.section("1. Điều động trong xã")
    paper.items(
        "Điều động một công chức của Phòng Văn hóa – Xã hội sang Trung tâm Phục vụ hành chính công, làm việc tại quầy hộ tịch, từ đầu tháng tới.",
        "Giao một phó trưởng phòng của Phòng Kinh tế kiêm đầu mối giải phóng mặt bằng tuyến đường liên thôn, giảm tương ứng phần việc quản lý chợ.",
    )
    paper.section("2. Bổ sung từ bên ngoài")
    paper.items(
        "Đề nghị tỉnh tiếp nhận một công chức có chuyên môn xây dựng về Phòng Kinh tế.",
        "Đề nghị bổ sung một công chức công nghệ thông tin cho Văn phòng, phụ trách phòng họp không giấy và an toàn thông tin.",
    )
    paper.section("3. Quy hoạch, đào tạo")
    paper.items(
        "Mỗi vị trí lãnh đạo phòng quy hoạch ít nhất hai người; rà soát lại danh sách vào tháng đầu năm.",
        "Cử bốn lượt công chức học lớp bồi dưỡng kỹ năng số; người được cử làm việc thay ghi rõ trong lịch trực.",
    )
    paper.part("III. CÁCH LẤY Ý KIẾN")
    paper.say(
        "Thành viên Ủy ban nhân dân xã thảo luận trong phần họp kín. Ý kiến khác nhau được ghi đầy đủ, không ghi tên người phát biểu trong thông báo kết luận. Việc điều động chỉ công bố sau khi có quyết định.",
        "Các đơn vị góp ý bằng văn bản trước ngày họp về khối lượng công việc, số người cần và thời điểm bàn giao; ý kiến gửi sau được tổng hợp vào phụ lục trình Chủ tịch.",
    )
    paper.part("IV. RỦI RO VÀ CÁCH GIẢM")
    paper.table(
        ["Rủi ro", "Khả năng", "Cách giảm"],
        [
            [
                "Phòng Văn hóa – Xã hội chậm việc sau khi điều động",
                "Trung bình",
                "Chuyển phần tổng hợp báo cáo tuần về Văn phòng trong ba tháng đầu",
            ],
            [
                "Người mới chưa quen phần mềm một cửa",
                "Cao",
                "Hai tuần làm cùng người cũ, có danh mục việc phải thạo",
            ],
            [
                "Chưa tuyển được công chức xây dựng",
                "Trung bình",
                "Ký hợp đồng tư vấn thẩm tra từng hồ sơ, không kéo dài thời hạn của người dân",
            ],
        ],
        widths=(56, 22, 80),
        text_columns=(0, 1, 2),
    )
    paper.part("V. TIẾN ĐỘ")
    paper.table(
        ["Việc", "Đơn vị chủ trì", "Hạn"],
        [
            ["Lấy ý kiến thành viên Ủy ban nhân dân xã", "Văn phòng", day.short(0)],
            ["Trình cấp ủy cho ý kiến", "Văn phòng", day.short(7)],
            ["Ra quyết định điều động", "Phòng Văn hóa – Xã hội", day.short(14)],
            ["Bàn giao công việc, tài khoản, hồ sơ", "Các đơn vị liên quan", day.short(21)],
            ["Đánh giá sau một quý", "Văn phòng", day.short(105)],
        ],
        widths=(80, 50, 28),
        text_columns=(0, 1),
    )
    paper.signature(receivers=("Thành viên UBND xã",), capacity=SIGNED, draft=True)
    return paper.render()
