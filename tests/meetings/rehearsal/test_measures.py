"""What the figures of a rehearsal say."""

from typing import Any

import pytest
from django.utils import translation

from meetings.rehearsal import measures, verdict


def step(tablets: int, **changes: Any) -> dict[str, Any]:
    """A step that is within every limit, but for what is changed."""
    good = {"p50": 0.1, "p95": 0.2, "max": 0.3}
    return {
        "tablets": tablets,
        "joined": 1.0,
        "screen": good,
        "switch": good,
        "page": good,
        "pages_per_second": 50.0,
        "bytes": 1000,
        "errors": {},
        "machine": {},
        **changes,
    }


SLOW = {"p50": 9.0, "p95": 9.0, "max": 9.0}


def test_spread_of_a_hundred_values() -> None:
    assert measures.spread(number / 100 for number in range(1, 101)) == {"p50": 0.51, "p95": 0.96, "max": 1.0}
    assert measures.spread([0.5]) == {"p50": 0.5, "p95": 0.5, "max": 0.5}
    assert measures.spread([]) == {}


@pytest.mark.parametrize(
    ("changes", "over"),
    [
        ({}, []),
        ({"errors": {"cut": 1}}, ["errors"]),
        ({"screen": SLOW}, ["screen"]),
        ({"switch": {"p50": 0.1, "p95": 0.2, "max": 2.1}}, ["switch"]),
        ({"page": SLOW, "switch": SLOW}, ["switch", "page"]),
        ({"page": {}}, ["page"]),
    ],
)
def test_step_is_beyond_the_limits_it_passed(changes: dict[str, Any], over: list[str]) -> None:
    assert measures.broken(step(10, **changes)) == over


def test_steps_double_until_something_fails_or_the_most_is_reached() -> None:
    assert measures.next_step(45, 200, []) == 45
    assert measures.next_step(45, 200, [step(45)]) == 90
    assert measures.next_step(45, 200, [step(45), step(90)]) == 180
    assert measures.next_step(45, 200, [step(45), step(90), step(180)]) == 200
    assert measures.next_step(45, 200, [step(200)]) is None
    assert measures.next_step(45, 200, [step(45, screen=SLOW)]) is None


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([step(20), step(40)], "Máy chủ này phục vụ tốt 40 máy tính bảng; chưa thử nhiều hơn."),
        (
            [step(20), step(40, page=SLOW)],
            "Máy chủ này phục vụ tốt 20 máy tính bảng. Với 40 máy, cái hỏng trước là thời gian tải trang"
            " tài liệu khi tất cả cùng mở.",
        ),
        (
            [step(20, errors={"cut": 2})],
            "Máy chủ này chưa phục vụ tốt 20 máy tính bảng. Phần không đạt: kết nối bị ngắt và yêu cầu không"
            " được trả lời.",
        ),
    ],
)
def test_verdict_is_one_plain_sentence(steps: list[dict[str, Any]], sentence: str) -> None:
    with translation.override("vi"):
        assert str(verdict.verdict(steps)) == sentence


def test_every_code_has_its_sentence() -> None:
    assert set(verdict.TROUBLE) == set(measures.TROUBLES)
    assert set(verdict.MEASURES) == set(measures.LIMITS)
