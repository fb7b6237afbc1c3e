"""What visitors ask for in an address. The unknown counts as not asked: a mistyped link shows a page."""

from dataclasses import dataclass

from django.http import QueryDict

from cms.models import Kind, Validity

from .rules import Asked, asked

KINDS = {
    "thu-tuc": Kind.PROCEDURE,
    "van-ban": Kind.LEGAL_DOCUMENT,
    "tin-tuc": Kind.ARTICLE,
    "trang": Kind.PAGE,
}
"""Kinds of pages as addresses name them."""
VALIDITIES = {"con": Validity.IN_FORCE, "mot-phan": Validity.PARTLY, "het": Validity.EXPIRED}
MAX_CODE = 40


def _code(data: QueryDict, name: str) -> str:
    return data.get(name, "").replace("\0", "")[:MAX_CODE]


@dataclass(frozen=True)
class SearchForm:
    query: Asked
    kind: str
    field: str
    number: str

    @classmethod
    def read(cls, data: QueryDict) -> "SearchForm":
        """`q` words, `loai` kind, `linh-vuc` field, `trang` page."""
        kind = _code(data, "loai")
        return cls(
            asked(data.get("q", "")),
            kind if kind in KINDS else "",
            _code(data, "linh-vuc"),
            _code(data, "trang"),
        )


@dataclass(frozen=True)
class LegalFilterForm:
    query: Asked
    type: str
    year: str
    validity: str
    number: str

    @classmethod
    def read(cls, data: QueryDict) -> "LegalFilterForm":
        """`q` words, `loai` type, `nam` year, `hieu-luc` validity, `trang` page."""
        validity = _code(data, "hieu-luc")
        return cls(
            asked(data.get("q", "")),
            _code(data, "loai"),
            _code(data, "nam"),
            validity if validity in VALIDITIES else "",
            _code(data, "trang"),
        )
