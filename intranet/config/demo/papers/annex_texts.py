"""The words of the annexes: tasks, letters from citizens, notes on works and villages."""

MONTH_WORK = (
    "Đất đai, xây dựng",
    "Nông nghiệp",
    "Văn hóa – xã hội",
    "Quốc phòng, an ninh",
    "Cải cách hành chính",
    "Đầu tư công",
)

FOLLOW_UP = (
    ("Đo lại diện tích chín hộ trên tuyến đường liên thôn", "Phòng Kinh tế", "Đang làm", "6 hộ đã đo xong"),
    ("Chi trả hỗ trợ cho hộ đã đồng thuận", "Phòng Kinh tế", "Đang làm", "82 trên 109 hộ đã nhận tiền"),
    ("Thay động cơ trạm bơm Mả Cao", "Phòng Kinh tế", "Xong", "Nghiệm thu, chạy ổn định"),
    ("Nạo vét kênh nội đồng", "Phòng Kinh tế", "Xong", "5,6 km, vượt 0,4 km"),
    ("Tiêm phòng đợt hai", "Phòng Kinh tế", "Đang làm", "88 % trâu, bò; 91 % lợn"),
    ("Phân loại rác tại nguồn ở thôn Hạ", "Phòng Kinh tế", "Đang làm", "412 hộ tham gia"),
    ("Di dời sạp hàng chợ Đình đợt một", "Phòng Kinh tế", "Xong", "26 sạp, không có khiếu nại"),
    ("Rà soát hợp đồng thuê đất công ích", "Phòng Kinh tế", "Quá hạn", "Còn 3 hợp đồng chưa đối chiếu xong"),
    ("Thẩm định giá ba lô đất ở nhỏ lẻ", "Phòng Kinh tế", "Xong", "Đấu giá thành, nộp 1.080 triệu đồng"),
    ("Kiểm tra vật liệu lấn đường", "Phòng Kinh tế", "Xong", "Nhắc nhở hai hộ"),
    ("Ngày hội Đại đoàn kết ba thôn", "Phòng Văn hóa – Xã hội", "Xong", "1.870 người dự"),
    ("Rà soát hộ nghèo, hộ cận nghèo", "Phòng Văn hóa – Xã hội", "Đang làm", "Đang niêm yết ở thôn Hạ"),
    ("Chi trả trợ cấp tận nhà", "Phòng Văn hóa – Xã hội", "Xong", "37 người không đi lại được"),
    ("Cấp học bổng khuyến học", "Phòng Văn hóa – Xã hội", "Xong", "212 suất"),
    ("Bố trí chỗ học tạm cho trường mầm non", "Phòng Văn hóa – Xã hội", "Xong", "Hai phòng ở nhà văn hóa thôn Trung"),
    ("Thay cụm loa truyền thanh", "Phòng Văn hóa – Xã hội", "Đang làm", "6 trên 18 cụm"),
    ("Bật xác thực hai lớp cho mọi tài khoản", "Phòng Văn hóa – Xã hội", "Xong", "100 % tài khoản"),
    ("Lập hồ sơ sức khỏe người cao tuổi", "Phòng Văn hóa – Xã hội", "Đang làm", "536 trên 604 người"),
    ("Gọi lại người dân không hài lòng", "Trung tâm Phục vụ hành chính công", "Xong", "7 trên 7 người"),
    ("Xin lỗi bằng văn bản hồ sơ quá hạn", "Trung tâm Phục vụ hành chính công", "Xong", "9 văn bản"),
    ("Bố trí ghế cho phụ nữ đi cùng trẻ nhỏ", "Trung tâm Phục vụ hành chính công", "Xong", "Bốn ghế, một góc chơi"),
    ("Chạy thử biên lai điện tử", "Trung tâm Phục vụ hành chính công", "Chưa đến hạn", "Bắt đầu giữa tháng tới"),
    ("Đối chiếu dữ liệu hộ tịch chưa khớp", "Trung tâm Phục vụ hành chính công", "Đang làm", "Còn 126 bản ghi"),
    ("Khám sức khỏe nghĩa vụ quân sự", "Ban Chỉ huy Quân sự xã", "Xong", "46 người, 19 người đủ điều kiện"),
    ("Huấn luyện dân quân tại chỗ", "Ban Chỉ huy Quân sự xã", "Xong", "98 % quân số, kết quả khá"),
    ("Kiểm tra phòng cháy cơ sở sản xuất", "Công an xã", "Xong", "14 cơ sở, 4 nơi phải bổ sung bình"),
    ("Lắp camera ngã tư Đình Làng", "Công an xã", "Xong", "Đã kết nối phòng trực"),
    ("Cấp thẻ căn cước tại nhà cho người già yếu", "Công an xã", "Đang làm", "11 trên 15 người"),
    ("Phân luồng giờ tan tầm đường Đình Làng", "Công an xã", "Xong", "Giảm ùn tắc từ 20 phút còn 6 phút"),
    ("Trả lời phản ánh về rãnh thôn Hạ", "Văn phòng", "Xong", "6 phản ánh, một văn bản chung"),
    ("Tập huấn phòng họp không giấy", "Văn phòng", "Đang làm", "Đã xong buổi một"),
    ("Gửi tài liệu kỳ họp Hội đồng nhân dân", "Văn phòng", "Chưa đến hạn", "9 trên 21 tài liệu đã sẵn sàng"),
)  # fmt: skip

VILLAGE_NOTES = {
    "Thượng": "Việc cần xã giúp: sớm có kết luận về chín hộ đề nghị đo lại; nối điện ba pha cho trạm bơm Mả Cao; hướng dẫn thủ tục cho nhóm hộ trồng rau muốn lập tổ hợp tác.",
    "Trung": "Việc cần xã giúp: chỗ để xe cho phụ huynh trường mầm non trong thời gian học tạm; hoàn trả mặt đường trước cổng chợ; thêm một buổi trực của tổ công nghệ số vào tối thứ Tư.",
    "Hạ": "Việc cần xã giúp: nối nốt 2,1 km đường ống nước sạch; lịch thi công cống hộp gửi trước một tuần; hỗ trợ giống cho 14 hộ nghèo vào vụ Xuân.",
}

WORK_NOTES = (
    "Mặt đường rộng 7,5 m, hai bên vỉa hè 3 m. Nhà thầu thi công từng nửa đường, xe máy và xe cứu thương qua lại được suốt ngày; đoạn qua trường tiểu học làm vào dịp nghỉ Tết.",
    "Nâng từ bốn lên bảy phòng khám, có phòng tiêm chủng riêng và lối vào cho xe lăn. Trong thời gian sửa, trạm khám tại tầng một nhà văn hóa thôn Trung.",
    "Cống hộp dài 1.420 m thu nước về trạm bơm Mả Cao; bốn hố ga có lưới chắn rác để người dân tự dọn được. Đợt mưa giữa tháng, đoạn đã xong thoát nước trong 40 phút.",
    "Sáu phòng học, một bếp một chiều, sân chơi lát gạch chống trơn. Phụ huynh góp ý thêm hai vòi nước ngoài sân, đã bổ sung trong dự phòng phí của công trình.",
    "Hội trường 180 chỗ, phòng đọc sách, sân bóng chuyền. Thôn cử ban quản lý bảy người; nội quy và lịch dùng chung niêm yết ở cửa.",
    "Rác hữu cơ ủ thành phân cho hợp tác xã, rác tái chế bán gây quỹ. Cách khu dân cư 420 m, đã đo mùi và tiếng ồn trong tuần chạy thử, kết quả dưới mức cho phép.",
    "Kè dài 380 m, chân kè bằng rọ đá. Phần đỉnh kè chờ ý kiến về cao trình; trong khi chờ, tập kết vật liệu cách mép nước 25 m.",
    "Hai dãy nhà bán hàng, mái cao 5,5 m, rãnh thoát nước giữa. Tiểu thương bốc thăm chỗ công khai, ưu tiên người khuyết tật chọn trước.",
    "Mở rộng nền từ 3 m lên 5 m, dài 1,1 km, có ba chỗ tránh xe. Hộ có ruộng hai bên hiến đất dưới hai mét; tên hộ hiến đất ghi vào sổ vàng của thôn.",
    "Sáu mươi lô đất ở, 6.390 m² đất công cộng, 3.990 m² cây xanh. Đình làng và hồ Đình giữ nguyên. Quy hoạch chi tiết kèm bản vẽ QH-01, QH-02 trong Tờ trình số 146/TTr-UBND.",
)

HOSTS = (
    "Chủ tịch",
    "Phó Chủ tịch",
    "Trưởng phòng Kinh tế",
    "Trưởng phòng Văn hóa – Xã hội",
    "Chánh Văn phòng",
)

CALENDAR = (
    "Kiểm tra hiện trường, ký biên bản với nhà thầu",
    "Họp thôn buổi tối, công khai số liệu",
    "Đối chiếu sổ sách, khóa số liệu tháng",
    "Tiếp công dân, trả lời phản ánh tồn đọng",
    "Giao ban chuyên đề, giao việc có hạn",
    "Tập huấn nghiệp vụ cho cán bộ thôn",
    "Rà soát hồ sơ sắp đến hạn, báo trước cho người nộp",
    "Thăm hộ khó khăn, gia đình chính sách",
    "Nghiệm thu khối lượng, lập hồ sơ thanh toán",
    "Kiểm tra liên ngành, lập danh sách việc phải sửa",
    "Tổng hợp góp ý, hoàn thiện dự thảo",
)

FEEDBACK = (
    (
        "Rãnh thoát nước trước nhà văn hóa thôn Hạ đọng rác",
        "Hạ",
        "Phòng Kinh tế",
        "Đã khơi, đặt lưới chắn rác",
        3,
    ),
    (
        "Đèn đường cuối thôn Thượng không sáng ba tối liền",
        "Thượng",
        "Phòng Kinh tế",
        "Đã thay hai bóng, một rơ-le",
        2,
    ),
    (
        "Xe tải đỗ chắn cổng trường mầm non giờ đón trẻ",
        "Trung",
        "Công an xã",
        "Cắm biển cấm đỗ theo giờ, nhắc hai chủ xe",
        4,
    ),
    (
        "Loa truyền thanh quá to gần nhà có người ốm",
        "Trung",
        "Phòng Văn hóa – Xã hội",
        "Chỉnh âm lượng, đổi hướng loa",
        1,
    ),
    (
        "Chờ chứng thực lâu vào sáng thứ Hai",
        "Trung",
        "Trung tâm Phục vụ hành chính công",
        "Thêm quầy từ tháng tới, đã gọi lại người phản ánh",
        5,
    ),
    (
        "Nước sạch yếu từ 17 giờ đến 19 giờ",
        "Hạ",
        "Phòng Kinh tế",
        "Đơn vị cấp nước tăng áp trạm trung chuyển",
        6,
    ),
    (
        "Hỏi vì sao hồ sơ tách thửa phải chờ cơ quan thuế",
        "Thượng",
        "Trung tâm Phục vụ hành chính công",
        "Giải thích bằng văn bản, gửi tờ hướng dẫn",
        2,
    ),
    ("Chó thả rông trên đường Đình Làng", "Trung", "Công an xã", "Lập danh sách hộ nuôi, ký cam kết", 7),
    ("Hố ga mất nắp ở ngõ 3", "Hạ", "Phòng Kinh tế", "Đặt nắp mới, kiểm tra cả tuyến", 1),
    (
        "Đề nghị có chỗ ngồi cho phụ nữ đi cùng trẻ nhỏ",
        "Trung",
        "Trung tâm Phục vụ hành chính công",
        "Đã bố trí bốn ghế và góc chơi",
        3,
    ),
    ("Hát loa kéo sau 22 giờ", "Trung", "Công an xã", "Nhắc nhở, chủ nhà cam kết", 1),
    (
        "Cây khô có nguy cơ đổ cạnh sân thể thao",
        "Trung",
        "Phòng Kinh tế",
        "Đã hạ cây, trồng thay hai cây sấu",
        4,
    ),
    (
        "Kênh nội đồng Mả Cao bị lấp một đoạn",
        "Thượng",
        "Phòng Kinh tế",
        "Nạo vét 120 m, hộ lấn kênh tự tháo dỡ",
        6,
    ),
    (
        "Chưa nhận được tiền trợ cấp tháng",
        "Hạ",
        "Phòng Văn hóa – Xã hội",
        "Sai số tài khoản, đã chuyển lại",
        2,
    ),
    ("Biển chỉ đường tới trạm y tế bị che", "Trung", "Phòng Kinh tế", "Dời biển lên phía trước ngã ba", 5),
    (
        "Bụi từ xe chở đất tuyến đường liên thôn",
        "Thượng",
        "Phòng Kinh tế",
        "Nhà thầu phủ bạt, tưới nước ngày ba lần",
        2,
    ),
    (
        "Người bán hàng rong lấn vỉa hè cổng chợ",
        "Trung",
        "Công an xã",
        "Sắp xếp vào khu tạm, không thu phí ba tháng",
        8,
    ),
    (
        "Hỏi thủ tục khai sinh cho cháu ở với ông bà",
        "Hạ",
        "Trung tâm Phục vụ hành chính công",
        "Hướng dẫn qua điện thoại, hẹn đến làm tại nhà",
        1,
    ),
)

SEED = (("Lúa thuần", 0.62, 52), ("Lúa lai", 0.21, 30), ("Nếp", 0.17, 45))
