"""The rules of procedure of the committee: chapters, articles, paragraphs."""

from collections.abc import Sequence

RULES: Sequence[tuple[str, Sequence[tuple[str, Sequence[str]]]]] = (
    ("Chương I. QUY ĐỊNH CHUNG", (
        ("Phạm vi điều chỉnh", ("Quy chế này quy định nguyên tắc, chế độ trách nhiệm, lề lối làm việc, chế độ hội họp, ban hành văn bản và quan hệ công tác của Ủy ban nhân dân xã.",)),
        ("Đối tượng áp dụng", ("Chủ tịch, Phó Chủ tịch, các Ủy viên Ủy ban nhân dân xã; các phòng, đơn vị thuộc Ủy ban nhân dân xã; trưởng thôn và tổ chức, cá nhân có quan hệ công việc với Ủy ban nhân dân xã.",)),
        ("Nguyên tắc làm việc", (
            "Tập thể bàn và quyết định những việc thuộc thẩm quyền của Ủy ban nhân dân xã; cá nhân chịu trách nhiệm về phần việc được giao.",
            "Mỗi việc chỉ giao một đơn vị, một người chủ trì. Đơn vị phối hợp im lặng không được hiểu là đồng ý.",
            "Giải quyết đúng thẩm quyền, đúng thời hạn; chưa đúng hạn thì phải báo trước và nêu lý do.",
            "Công khai, minh bạch; bảo vệ dữ liệu cá nhân của người dân.",
        )),
    )),
    ("Chương II. TRÁCH NHIỆM VÀ CÁCH GIẢI QUYẾT CÔNG VIỆC", (
        ("Chủ tịch Ủy ban nhân dân xã", (
            "Lãnh đạo, điều hành công việc của Ủy ban nhân dân xã; chủ trì phiên họp; ký văn bản thuộc thẩm quyền.",
            "Phân công công việc cho Phó Chủ tịch và các Ủy viên bằng văn bản, đăng trên cổng thông tin điện tử xã.",
            "Tiếp công dân ít nhất hai ngày mỗi tháng; trực tiếp đối thoại khi có việc đông người cùng quan tâm.",
        )),
        ("Phó Chủ tịch", ("Phụ trách lĩnh vực được phân công; thay mặt Chủ tịch giải quyết công việc khi được ủy quyền; báo cáo kết quả trong phiên họp gần nhất.",)),
        ("Các phòng, đơn vị", (
            "Tham mưu đúng chức năng, chịu trách nhiệm về số liệu do mình cung cấp.",
            "Trả lời đề nghị phối hợp trong 3 ngày làm việc; việc khẩn trả lời trong ngày.",
            "Không chuyển việc của mình lên cấp trên hoặc sang đơn vị khác khi chưa có ý kiến đồng ý.",
        )),
        ("Trung tâm Phục vụ hành chính công", (
            "Tiếp nhận hồ sơ, trả kết quả, hướng dẫn và nhập giúp người dân khi cần.",
            "Báo một lần đầy đủ nội dung phải bổ sung; mỗi lần trả lại hồ sơ phải có phiếu ghi lý do.",
            "Theo dõi thời hạn của từng hồ sơ, báo trước đơn vị thụ lý khi còn một ngày làm việc.",
        )),
    )),
    ("Chương III. CHẾ ĐỘ HỘI HỌP", (
        ("Phiên họp thường kỳ", (
            "Mỗi tháng họp một phiên; thời gian, nội dung do Chủ tịch quyết định.",
            "Tài liệu gửi thành viên trước ít nhất 3 ngày làm việc trên hệ thống họp không giấy. Tài liệu gửi muộn chỉ đưa vào chương trình khi Chủ tịch đồng ý.",
            "Phiên họp tiến hành khi có mặt ít nhất hai phần ba tổng số thành viên.",
        )),
        ("Họp giao ban, họp chuyên đề", (
            "Giao ban vào sáng thứ Hai hằng tuần, không quá 60 phút.",
            "Họp chuyên đề chỉ mời đơn vị liên quan; giấy mời nêu rõ việc phải chuẩn bị.",
        )),
        ("Tài liệu và thiết bị", (
            "Tài liệu họp là tệp điện tử; chỉ in khi đại biểu đề nghị vì lý do sức khỏe.",
            "Tài liệu chỉ dành cho thành viên không hiển thị trên màn hình hội trường và không gửi cho người dự thính.",
            "Văn phòng bảo đảm phòng họp hoạt động được khi mất kết nối internet.",
        )),
        ("Biên bản và thông báo kết luận", (
            "Thư ký ghi biên bản trong phiên họp. Thông báo kết luận trình ký chậm nhất ngày làm việc tiếp theo.",
            "Nhiệm vụ trong thông báo ghi rõ chủ trì, phối hợp, ngày phải xong và được theo dõi đến khi kết thúc.",
        )),
    )),
    ("Chương IV. VĂN BẢN VÀ THÔNG TIN", (
        ("Soạn thảo, ký, ban hành", (
            "Văn bản theo thể thức của Nghị định 30/2020/NĐ-CP; ký số trước khi phát hành.",
            "Số văn bản cấp theo thứ tự trong năm, sau khi ký; phát hành trong ngày hoặc ngày làm việc tiếp theo.",
        )),
        ("Tiếp nhận văn bản đến", ("Văn thư đăng ký trong ngày, kiểm tra chữ ký số; trình lãnh đạo cho ý kiến xử lý trong ngày hoặc ngày làm việc tiếp theo.",)),
        ("Cung cấp thông tin", (
            "Văn bản không thuộc bí mật nhà nước, không có dữ liệu cá nhân được đăng trên cổng trong 3 ngày làm việc.",
            "Số liệu công bố phải ghi kỳ, thời điểm chốt số và cách tính.",
        )),
    )),
    ("Chương V. QUAN HỆ CÔNG TÁC VỚI NHÂN DÂN", (
        ("Tiếp công dân", ("Tiếp tại phòng tiếp công dân vào sáng thứ Năm hằng tuần. Người cao tuổi, người khuyết tật, phụ nữ có thai, người đi cùng trẻ nhỏ được mời trước.",)),
        ("Phản ánh, kiến nghị", (
            "Ghi sổ trong 8 giờ làm việc; trả lời trong 10 ngày làm việc, việc khẩn trong 4 giờ làm việc.",
            "Phản ánh về hành vi của cán bộ, công chức do đơn vị khác xác minh; người phản ánh được giữ kín.",
            "Khiếu nại, tố cáo được hướng dẫn theo trình tự riêng, không đóng như phản ánh.",
        )),
        ("Giám sát của Nhân dân", ("Ban giám sát đầu tư của cộng đồng được cung cấp hồ sơ công trình trên địa bàn thôn; ý kiến được trả lời bằng văn bản.",)),
    )),
    ("Chương VI. ĐIỀU KHOẢN THI HÀNH", (
        ("Trách nhiệm thi hành", ("Các thành viên Ủy ban nhân dân xã, các phòng, đơn vị và trưởng thôn chịu trách nhiệm thi hành Quy chế này. Văn phòng theo dõi, mỗi năm một lần trình sửa đổi nếu cần.",)),
        ("Hiệu lực", ("Quy chế có hiệu lực từ ngày ký và thay thế các quy định trước đây trái với Quy chế này.",)),
    )),
)  # fmt: skip
