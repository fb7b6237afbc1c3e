"""The meeting papers of the demo: written by the project, about a commune that does not exist."""

import datetime
import functools
from collections.abc import Callable
from dataclasses import dataclass

from . import budget, budget_decisions, office, report, works
from .figures import Period


@dataclass(frozen=True)
class Made:
    """A paper that can be made: what it is called as a file, and what makes it."""

    file_name: str
    make: Callable[[Period], bytes]


PAPERS: dict[str, Made] = {
    "chuong-trinh": Made("Chương trình phiên họp.pdf", office.programme),
    "bao-cao-kinh-te-xa-hoi": Made("Báo cáo kinh tế – xã hội.pdf", report.monthly_report),
    "to-trinh-du-toan": Made("Tờ trình dự toán ngân sách.pdf", budget.submission),
    "du-thao-nghi-quyet": Made("Dự thảo nghị quyết.pdf", budget_decisions.draft_resolution),
    "danh-muc-cong-trinh": Made("Danh mục công trình, bản vẽ.pdf", works.land_list),
    "ket-qua-thu-tuc": Made("Kết quả giải quyết thủ tục hành chính.pdf", office.services_result),
    "phuong-an-nhan-su": Made("Phương án nhân sự.pdf", works.staffing_plan),
    "ke-hoach-tet": Made("Dự thảo kế hoạch Tết.pdf", office.holiday_plan),
    "thong-bao-ket-luan": Made("Thông báo kết luận giao ban.pdf", office.conclusions),
    "cong-khai-ngan-sach": Made("214-QĐ-UBND.pdf", budget_decisions.public_statement),
    "quy-che-lam-viec": Made("05-2025-QĐ-UBND.pdf", office.rules_of_procedure),
}


@functools.lru_cache(maxsize=len(PAPERS))
def make(name: str, today: datetime.date) -> bytes:
    """The PDF called `name` as it reads on the day `today`: the same bytes every time.

    Raises KeyError for an unknown name and layout.FontsMissing before set-up.
    """
    return PAPERS[name].make(Period(today))
