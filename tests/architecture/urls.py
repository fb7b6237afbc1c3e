"""Every address of the site and what it answers to those who have no business there.

One row for each named address, checked against the URL conf: a new address without a row fails. Names in
braces are filled with references of real things that belong to others (fixture `things` in test_urls.py).
"""

from dataclasses import dataclass

SIGN_IN = 302
"""Sent to the page for signing in."""
ABSENT = 404


@dataclass(frozen=True)
class Row:
    """What a request gets when nobody is signed in, and when an official without seat, office or role is."""

    path: str
    anonymous: int = SIGN_IN
    stranger: int = ABSENT
    method: str = "get"


ROWS = {
    "desk:account": Row("/ban-lam-viec/tai-khoan/", stranger=200),
    "desk:app": Row("/ban-lam-viec/dinh.webmanifest", anonymous=200, stranger=200),
    "desk:home": Row("/ban-lam-viec/", stranger=200),
    "files:download": Row("/tep/{file}/"),
    "files:facts": Row("/tep/{file}/thong-tin.json"),
    "files:page": Row("/tep/{file}/trang/1.webp"),
    "files:read": Row("/tep/{file}/xem/"),
    "files:search": Row("/tep/{file}/tim.json"),
    "files:text": Row("/tep/{file}/chu/1.json"),
    "files:view_pdf": Row("/tep/{file}/xem.pdf"),
    "files:texts": Row("/tep/{file}/chu/1-2.json"),
    "files:upload": Row("/tep/tai-len/", stranger=400, method="post"),
    "javascript_catalog": Row("/loi-dich/{release}.js", anonymous=200, stranger=200),
    "live:events": Row("/live/meeting/{meeting}/events", anonymous=401),
    "mailbox:answer": Row("/hop-thu/thu/{message}/tra-loi/", method="post"),
    "mailbox:draft": Row("/hop-thu/soan/{draft}/"),
    "mailbox:drafts": Row("/hop-thu/nhap/", stranger=200),
    "mailbox:files": Row("/hop-thu/soan/{draft}/tep/", method="post"),
    "mailbox:forward": Row("/hop-thu/thu/{message}/chuyen-tiep/", method="post"),
    "mailbox:inbox": Row("/hop-thu/", stranger=200),
    "mailbox:message": Row("/hop-thu/thu/{message}/"),
    "mailbox:move": Row("/hop-thu/thu/{message}/bo-rac/", method="post"),
    "mailbox:recipients": Row("/hop-thu/soan/{draft}/nguoi-nhan/", method="post"),
    "mailbox:sent": Row("/hop-thu/da-gui/", stranger=200),
    "mailbox:trash": Row("/hop-thu/thung-rac/", stranger=200),
    "mailbox:write": Row("/hop-thu/soan/", stranger=302, method="post"),
    "meetings:bodies": Row("/hop/co-quan/"),
    "meetings:body": Row("/hop/co-quan/{body}/"),
    "meetings:body_act": Row("/hop/co-quan/{body}/rename_body/", method="post"),
    "meetings:cards": Row("/hop/{meeting}/the-ghe/"),
    "meetings:check_in": Row("/hop/{meeting}/co-mat/"),
    "meetings:choose_pin": Row("/hop/ma-pin/", stranger=302),
    "meetings:command": Row("/hop/{meeting}/lenh/open_meeting/", method="post"),
    "meetings:convene": Row("/hop/moi/"),
    "meetings:door": Row("/hop/{meeting}/ma-diem-danh/"),
    "meetings:door_code": Row("/hop/{meeting}/ma-diem-danh.svg"),
    "meetings:give_back": Row("/hop/{meeting}/mang-theo/tra-lai/", method="post"),
    "meetings:home": Row("/hop/", stranger=200),
    "meetings:meeting": Row("/hop/{meeting}/"),
    "meetings:polls_mine": Row("/hop/{meeting}/bieu-quyet/cua-toi/"),
    "meetings:offline": Row("/hop/ngoai-tuyen/", anonymous=200, stranger=200),
    "meetings:offline_worker": Row("/hop/ngoai-tuyen.js", anonymous=200, stranger=200),
    "meetings:marked_pdf": Row("/hop/{meeting}/danh-dau/1.pdf"),
    "meetings:marks": Row("/hop/{meeting}/danh-dau/"),
    "meetings:notes": Row("/hop/ghi-chu/", stranger=200),
    "meetings:notes_forget": Row("/hop/ghi-chu/{meeting}/xoa/", method="post"),
    "meetings:own": Row("/hop/{meeting}/rieng/"),
    "meetings:prepare": Row("/hop/{meeting}/chuan-bi/"),
    "meetings:prepare_act": Row("/hop/{meeting}/chuan-bi/add_item/", method="post"),
    "meetings:rehearsal": Row("/hop/{meeting}/dien-tap/"),
    "meetings:rehearsal_stop": Row("/hop/{meeting}/dien-tap/dung/", method="post"),
    "meetings:room": Row("/hop/{meeting}/phong/"),
    "meetings:sit_down": Row("/hop/the/khong-co-that/", anonymous=200, stranger=200),
    "meetings:take_along": Row("/hop/{meeting}/mang-theo/", method="post"),
    "meetings:tablets": Row("/hop/{meeting}/may-tinh-bang/"),
    "meetings:video": Row("/hop/{meeting}/truc-tuyen/"),
    "meetings:readings": Row("/hop/{meeting}/tai-lieu/1/da-doc/"),
    "meetings:record": Row("/hop/{meeting}/bien-ban/"),
    "meetings:record_export": Row("/hop/{meeting}/bien-ban/xlsx/"),
    "meetings:record_paper": Row("/hop/{meeting}/bien-ban/in/"),
    "meetings:statistics": Row("/hop/co-quan/{body}/thong-ke/"),
    "meetings:stances": Row("/hop/{meeting}/y-kien/"),
    "organization:directory": Row("/to-chuc/", stranger=200),
    "public_site:robots": Row("/robots.txt", anonymous=200, stranger=200),
    "public_site:search": Row("/tim-kiem/", anonymous=200, stranger=200),
    "public_site:sitemap": Row("/sitemap.xml", anonymous=200, stranger=200),
    "set_language": Row("/ngon-ngu/", anonymous=302, stranger=302, method="post"),
}
