import unicodedata

import pytest
from wagtail.models import PageViewRestriction

from cms import actions
from public_site import queries
from public_site.rules import asked
from tests.factories.cms import ArticleFacts


def titles(words, **filters):
    return [row.title for row in queries.search(asked(words), **filters).rows]


@pytest.fixture
def library(procedure, article, document):
    procedure(code="1.001193", name="Đăng ký khai sinh", keywords=["giấy khai sinh"])
    procedure(
        code="1.004222",
        name="Đăng ký thường trú",
        summary="Ghi vào nơi trước kia là sổ hộ khẩu.",
        field="cu-tru",
    )
    procedure(code="1.004884", name="Đăng ký lại khai sinh")
    article(title="Uỷ ban nghỉ lễ", lead="Ủy ban nhân dân nghỉ ngày 24/11.")
    document(number="214/QĐ-UBND", title="Về việc công khai ngân sách", issuer="Hội đồng nhân dân")


FOUND = {
    "hộ khẩu": ["Đăng ký thường trú"],
    "ho khau": ["Đăng ký thường trú"],
    "HỘ KHẨU": ["Đăng ký thường trú"],
    unicodedata.normalize("NFD", "hộ khẩu"): ["Đăng ký thường trú"],
    "đăng ký": ["Đăng ký khai sinh", "Đăng ký lại khai sinh", "Đăng ký thường trú"],
    "dang ky": ["Đăng ký khai sinh", "Đăng ký lại khai sinh", "Đăng ký thường trú"],
    "đang ky": ["Đăng ký khai sinh", "Đăng ký lại khai sinh", "Đăng ký thường trú"],
    "uy ban": ["Uỷ ban nghỉ lễ"],
    "ủy ban": ["Uỷ ban nghỉ lễ"],
    "uỷ ban": ["Uỷ ban nghỉ lễ"],
    "dang ky khai sinh": ["Đăng ký khai sinh", "Đăng ký lại khai sinh"],
    "giay khai sinh": ["Đăng ký khai sinh"],
    "1.001193": ["Đăng ký khai sinh"],
    "214/qd-ubnd": ["Về việc công khai ngân sách"],
    "%": [],
    "' OR 1=1 --": [],
    "khong co gi": [],
}


def test_search_finds_with_and_without_diacritics(library):
    assert {words: titles(words) for words in FOUND} == FOUND


def test_exact_accents_come_first(procedure):
    procedure(code="1.1", name="Ba Đảng viên")
    procedure(code="1.2", name="Dâng hương")
    assert titles("dâng") == ["Dâng hương", "Ba Đảng viên"]
    assert titles("đảng") == ["Ba Đảng viên", "Dâng hương"]


def test_syllables_must_stand_together_in_a_text(procedure):
    procedure(code="1.1", name="Hộ kinh doanh", keywords=["mở quán"])
    procedure(code="1.2", name="Việc khác", summary="Cơ quan mở cửa, quán nước nghỉ.")
    assert titles("mo quan") == ["Hộ kinh doanh"]


def test_search_counts_kinds_and_fields(library):
    found = queries.search(asked("dang ky"), kind="procedure", field_code="cu-tru")
    assert (found.total, found.counts) == (1, {"procedure": 3, "field:ho-tich": 2, "field:cu-tru": 1})


def test_search_pages_do_not_overlap(procedure):
    for _ in range(12):
        procedure(summary="Việc chung.")
    first, second = (queries.search(asked("viec chung"), number=number).rows for number in ("1", "2"))
    assert (len(first), len(second)) == (10, 2)
    assert not {row.pk for row in first} & {row.pk for row in second}


def test_suggestion_corrects_and_finds(library):
    meant = queries.suggestion(asked("giay khai xinh"))
    assert meant == "giấy khai sinh"
    assert titles(meant) == ["Đăng ký khai sinh"]


def test_drafts_and_withdrawn_pages_are_not_found(portal, article):
    actions.publish_article(None, index=portal.news, state="draft", **ArticleFacts(title="Bản nháp"))
    withdrawn = article(title="Bản rút")
    withdrawn.unpublish()
    assert titles("ban") == []
    assert [row.title for row in queries.latest("article", 9)] == []


def test_a_changed_draft_does_not_show_before_it_is_published(article):
    page = article(title="Tin đã đăng", lead="Cũ.")
    page.title = "Tin đang sửa"
    page.save_revision()
    assert titles("tin") == ["Tin đã đăng"]


def test_restricted_sections_are_hidden_everywhere(portal, procedure, article):
    procedure(name="Đăng ký khai sinh")
    article(title="Tin nội bộ")
    PageViewRestriction.objects.create(page=portal.news, restriction_type=PageViewRestriction.LOGIN)
    assert titles("tin noi bo") == []
    assert queries.latest("article", 9) == []
    assert queries.news().total == 0
    assert queries.news_categories() == []
    assert titles("khai sinh") == ["Đăng ký khai sinh"]
    assert portal.news.pk not in [page.pk for page in queries.addresses(portal.home)]


def test_fields_and_events_are_counted(procedure):
    procedure(life_events=["sinh-con"])
    procedure(life_events=["sinh-con"], field="cu-tru")
    assert [(row.code, count) for row, count in queries.fields_with_counts()] == [
        ("ho-tich", 1),
        ("cu-tru", 1),
    ]
    assert [(row.code, count) for row, count in queries.life_events_with_counts()] == [("sinh-con", 2)]


def test_legal_documents_are_filtered(document):
    import datetime

    document(number="1/QĐ", title="Ngân sách", issued_on=datetime.date(2026, 1, 1))
    document(
        number="2/NQ",
        type="nghi-quyet",
        type_name="Nghị quyết",
        issued_on=datetime.date(2025, 1, 1),
        status="expired",
    )
    assert [row.number for row in queries.legal_documents(asked("ngan sach")).rows] == ["1/QĐ"]
    assert [row.number for row in queries.legal_documents(asked(""), type_code="nghi-quyet").rows] == ["2/NQ"]
    assert [row.number for row in queries.legal_documents(asked(""), year="2026").rows] == ["1/QĐ"]
    assert [row.number for row in queries.legal_documents(asked(""), year="x26").rows] == ["1/QĐ", "2/NQ"]
    assert [row.number for row in queries.legal_documents(asked(""), validity="expired").rows] == ["2/NQ"]
    types, years = queries.legal_document_choices()
    assert ([row.code for row in types], years) == (["nghi-quyet", "quyet-dinh"], [2026, 2025])
