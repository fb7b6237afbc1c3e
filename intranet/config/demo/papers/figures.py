"""The numbers of the fictional commune. Only leaves are written down; every sum is added up from them."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of a budget in million đồng: plan and expected result of this year, plan of the next."""

    name: str
    planned: int
    expected: int
    next_year: int


@dataclass(frozen=True)
class Group:
    name: str
    lines: tuple[Line, ...]

    @property
    def planned(self) -> int:
        return sum(line.planned for line in self.lines)

    @property
    def expected(self) -> int:
        return sum(line.expected for line in self.lines)

    @property
    def next_year(self) -> int:
        return sum(line.next_year for line in self.lines)


REVENUE = (
    Group(
        "Các khoản thu xã hưởng 100 %",
        (
            Line("Phí, lệ phí", 380, 405, 420),
            Line("Thu từ quỹ đất công ích, hoa lợi công sản", 820, 836, 860),
            Line("Thu tiền sử dụng đất", 3600, 4080, 4200),
            Line("Thu khác ngân sách", 900, 968, 1000),
        ),
    ),
    Group(
        "Các khoản thu phân chia theo tỷ lệ",
        (
            Line("Thuế giá trị gia tăng của hộ kinh doanh", 1150, 1214, 1260),
            Line("Thuế sử dụng đất phi nông nghiệp", 610, 628, 640),
            Line("Lệ phí trước bạ nhà, đất", 1600, 1692, 1740),
            Line("Thuế thu nhập cá nhân", 1380, 1446, 1500),
        ),
    ),
    Group(
        "Thu bổ sung từ ngân sách tỉnh",
        (
            Line("Bổ sung cân đối", 28600, 28600, 29400),
            Line("Bổ sung có mục tiêu", 6900, 7050, 7600),
        ),
    ),
)
SPENDING = (
    Group(
        "Chi đầu tư phát triển",
        (
            Line("Từ nguồn thu tiền sử dụng đất", 3600, 4080, 4200),
            Line("Từ nguồn bổ sung có mục tiêu", 6900, 7050, 7600),
            Line("Từ nguồn cân đối ngân sách xã", 1900, 1900, 2000),
        ),
    ),
    Group(
        "Chi thường xuyên",
        (
            Line("Quốc phòng", 1380, 1392, 1450),
            Line("An ninh và trật tự, an toàn xã hội", 1060, 1064, 1120),
            Line("Giáo dục, đào tạo và dạy nghề", 4760, 4802, 4980),
            Line("Y tế, dân số và gia đình", 1280, 1296, 1360),
            Line("Văn hóa, thông tin, thể dục, thể thao, truyền thanh", 1460, 1478, 1540),
            Line("Các hoạt động kinh tế", 4610, 4688, 4860),
            Line("Bảo vệ môi trường", 1820, 1854, 1950),
            Line("Quản lý hành chính, Đảng, đoàn thể", 11960, 12022, 12390),
            Line("Bảo đảm xã hội", 3640, 3718, 3900),
            Line("Chi khác", 280, 275, 300),
        ),
    ),
    Group("Dự phòng ngân sách", (Line("Dự phòng", 1290, 1300, 970),)),
)


@dataclass(frozen=True)
class Work:
    """A public work: million đồng in all, paid out so far, wanted next year; share done in per cent."""

    name: str
    place: str
    total: int
    paid: int
    next_year: int
    done: int
    rice_land: int
    other_land: int
    """Square metres of rice land and of other land that change their use."""


WORKS = (
    Work("Đường liên thôn Thượng – Trung", "Thôn Thượng, thôn Trung", 8200, 3900, 3100, 48, 4120, 1860),
    Work("Cải tạo, nâng cấp trạm y tế xã", "Thôn Trung", 3400, 2300, 900, 72, 0, 420),
    Work("Hệ thống tiêu thoát nước thôn Hạ", "Thôn Hạ", 4600, 1750, 2100, 41, 980, 1240),
    Work("Trường Mầm non Đình Mẫu, nhà lớp học 6 phòng", "Thôn Trung", 6900, 4450, 1900, 66, 2350, 300),
    Work("Nhà văn hóa thôn Thượng", "Thôn Thượng", 2200, 2080, 120, 96, 0, 760),
    Work("Điểm tập kết và phân loại rác thải", "Thôn Hạ", 1500, 600, 800, 38, 1450, 0),
    Work("Kè bờ sông Mẫu đoạn qua thôn Hạ", "Thôn Hạ", 5400, 1200, 2400, 24, 0, 3180),
    Work("Chợ Đình, khu bán hàng nông sản", "Thôn Trung", 2800, 900, 1180, 33, 1620, 540),
    Work("Đường nội đồng cánh Mả Cao", "Thôn Thượng", 1900, 0, 700, 0, 2740, 0),
    Work("Khu dân cư Đồng Cửa (giai đoạn 1)", "Thôn Trung", 9800, 0, 600, 0, 12600, 1900),
)
ASSIGNED_CAPITAL = 13800


@dataclass(frozen=True)
class Village:
    name: str
    households: int
    people: int
    spring_rice: float
    summer_rice: float
    vegetables: float
    """Hectares sown."""
    buffalo: int
    pigs: int
    poultry: int
    poor: int
    near_poor: int
    pupils: int
    insured: int
    culture_families: int
    online_files: int


VILLAGES = (
    Village("Thượng", 812, 2964, 138.4, 136.9, 42.5, 486, 2760, 31200, 11, 24, 512, 2826, 748, 131),
    Village("Trung", 958, 3571, 121.7, 120.2, 38.1, 312, 2540, 28400, 9, 19, 634, 3448, 897, 176),
    Village("Hạ", 716, 2602, 152.3, 150.8, 57.6, 442, 3300, 36400, 14, 27, 441, 2466, 655, 117),
)

FIELDS: tuple[tuple[str, int, int, int, int, int, int, int], ...] = (
    # field, carried over, received, done in time, done late, working in time, working late, withdrawn or refused
    ("Hộ tịch, nuôi con nuôi", 8, 96, 90, 2, 11, 0, 1),
    ("Chứng thực", 0, 148, 146, 0, 1, 0, 1),
    ("Cư trú, căn cước", 12, 61, 58, 0, 14, 0, 1),
    ("Hộ kinh doanh", 4, 32, 29, 0, 6, 0, 1),
    ("Đất đai", 27, 41, 26, 4, 31, 2, 5),
    ("Xây dựng, hạ tầng", 5, 16, 12, 1, 7, 0, 1),
    ("Giảm nghèo, xã hội", 6, 24, 19, 0, 10, 0, 1),
    ("Hòa giải ở cơ sở, khác", 0, 6, 4, 0, 1, 0, 1),
)


def field_sums() -> list[int]:
    """The seven columns of FIELDS, added up."""
    return [sum(column) for column in zip(*(row[1:] for row in FIELDS), strict=True)]


SEASONS = {
    # The same month of every year, as shares of the commune's yearly rhythm: revenue, files, visitors.
    1: (2.9, 402, 1180), 2: (2.4, 318, 2460), 3: (3.3, 441, 2210), 4: (3.6, 456, 1340), 5: (3.9, 470, 980), 6: (4.2, 463, 860),
    7: (3.8, 448, 790), 8: (3.7, 439, 820), 9: (4.1, 455, 1050), 10: (4.4, 462, 1120), 11: (4.6, 424, 1240), 12: (5.3, 431, 1010),
}  # fmt: skip


@dataclass(frozen=True)
class Period:
    """The days a set of papers speaks of, told from the day they are made."""

    today: datetime.date

    @property
    def month(self) -> str:
        return f"{self.today.month}/{self.today.year}"

    @property
    def coming(self) -> str:
        year, month = divmod(self.today.year * 12 + self.today.month, 12)
        return f"{month + 1}/{year}"

    @property
    def year(self) -> int:
        return self.today.year

    def date(self, days_ago: int) -> str:
        """The date line of a letterhead: a leading zero for days below 10 and for January and February."""
        day = self.today - datetime.timedelta(days=days_ago)
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return f"ngày {day.day:02d} tháng {month} năm {day.year}"

    def short(self, days: int) -> str:
        return (self.today + datetime.timedelta(days=days)).strftime("%d/%m/%Y")

    def last_twelve(self) -> list[tuple[int, int]]:
        """(year, month) of the twelve months that end with this one."""
        last = self.today.year * 12 + self.today.month - 1
        return [divmod(n, 12) for n in range(last - 11, last + 1)]
