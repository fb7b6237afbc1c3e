"""A small portal, and the facts its pages are written from."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

import factory
from django.db import transaction

from cms import actions

COMMUNE = {
    "site": {
        "name": "Xã Thử",
        "tagline": "Cổng thông tin điện tử",
        "agency": "Ủy ban nhân dân xã Thử",
        "address": "Nhà số 1",
        "phone": "0200 000 0000",
        "email": "ubnd@thu.example",
        "responsible": "Chủ tịch",
        "search_examples": ["khai sinh", "chứng thực"],
    },
    "home": {"title": "Bạn cần làm gì?", "intro": "Cổng thông tin của xã Thử."},
    "procedures": {"title": "Thủ tục hành chính", "lead": "Thủ tục của xã."},
    "news": {"title": "Tin tức", "lead": "Thông báo."},
    "documents": {"title": "Văn bản", "lead": "Văn bản của xã."},
    "about": {"title": "Giới thiệu", "lead": "Một xã.", "body": [{"p": "Xã có **ba** thôn."}]},
    "contact": {
        "title": "Liên hệ",
        "lead": "Gọi hoặc đến.",
        "hours": [{"days": "Thứ Hai – thứ Sáu", "times": ["07:00 – 11:30", "13:30 – 17:00"]}],
        "phones": [{"name": "Công an xã", "phone": "0200 000 0113"}],
    },
}
FIELDS = [
    {"code": "ho-tich", "name": "Hộ tịch", "icon": "i-family"},
    {"code": "cu-tru", "name": "Cư trú", "icon": "i-home"},
]
EVENTS = [{"code": "sinh-con", "name": "Sinh con", "icon": "i-baby"}]
CATEGORIES = [{"code": "thong-bao", "name": "Thông báo"}, {"code": "huong-dan", "name": "Hướng dẫn"}]


def build_portal() -> actions.Portal:
    """The sections of a site, without a page in them."""
    portal = actions.build_site(None, commune=COMMUNE)
    actions.sort_procedures(None, fields=FIELDS, life_events=EVENTS)
    actions.sort_news(None, categories=CATEGORIES)
    return portal


@contextmanager
def portal_kept(blocker) -> Iterator[actions.Portal]:
    """The portal, built once for all tests inside the block and rolled back after it."""
    block = transaction.atomic()
    with blocker.unblock():
        block.__enter__()
        portal = build_portal()
    try:
        yield portal
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


def as_stored(portal: actions.Portal) -> actions.Portal:
    """The same pages, read anew: what a test does to them stays with it."""
    pages = [getattr(portal, field.name) for field in fields(portal)]
    return actions.Portal(*(type(page).objects.get(pk=page.pk) for page in pages))


class ProcedureFacts(factory.DictFactory):
    code = factory.Sequence("1.{:06d}".format)
    name = factory.Sequence("Thủ tục thứ {}".format)
    field = "ho-tich"
    summary = "Làm khi cần."
    who = ["Công dân Việt Nam"]
    papers = [{"name": "Tờ khai", "copies": "1 bản chính", "note": "", "when": ""}]
    steps = ["Nộp hồ sơ.", "Nhận kết quả."]
    time = {"text": "3 ngày làm việc", "note": "", "trust": "reference"}
    fee = {"text": "Miễn phí", "note": "", "trust": "reference"}
    receiving_place = "Bộ phận một cửa"
    result = "Giấy tờ"
    trust = "reference"
    source_date = "2026-07-20"


class ArticleFacts(factory.DictFactory):
    slug = factory.Sequence("tin-{}".format)
    title = factory.Sequence("Tin thứ {}".format)
    lead = "Tóm tắt tin."
    category = "thong-bao"
    published_on = datetime.date(2026, 11, 20)
    body = [{"p": "Nội dung."}]


class LegalDocumentFacts(factory.DictFactory):
    number = factory.Sequence("{}/QĐ-UBND".format)
    type = "quyet-dinh"
    type_name = "Quyết định"
    title = factory.Sequence("Về việc thứ {}".format)
    issuer = "Ủy ban nhân dân xã"
    issued_on = datetime.date(2026, 10, 12)
