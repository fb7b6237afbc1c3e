"""Counting and majorities against definitions with fractions."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings import rules
from meetings.models import MajorityKind

SHARES = st.tuples(st.integers(1, 20), st.integers(1, 20)).filter(lambda pair: pair[0] <= pair[1])
BALLOTS = st.lists(
    st.tuples(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 3), max_size=3), st.integers(1, 5))
)


@given(of=st.integers(0, 2000), share=SHARES, more_than=st.booleans())
def test_the_votes_needed_are_the_fewest_that_reach_the_share(
    of: int, share: tuple[int, int], more_than: bool
) -> None:
    need = rules.votes_needed(of, numerator=share[0], denominator=share[1], more_than=more_than)

    def reaches(votes: int) -> bool:
        return votes > of * Fraction(*share) if more_than else votes >= of * Fraction(*share)

    assert need >= 1
    assert reaches(need)
    assert need == 1 or not reaches(need - 1)


@pytest.mark.parametrize(
    ("kind", "of", "need"),
    [
        (MajorityKind.HALF, 11, 6),
        (MajorityKind.HALF, 10, 6),
        (MajorityKind.TWO_THIRDS, 12, 8),
        (MajorityKind.TWO_THIRDS, 11, 8),
        (MajorityKind.THREE_QUARTERS, 8, 6),
        (MajorityKind.THREE_QUARTERS, 9, 7),
    ],
)
def test_the_usual_majorities(kind: str, of: int, need: int) -> None:
    numerator, denominator, more_than = rules.SHARES[MajorityKind(kind)]
    assert rules.votes_needed(of, numerator=numerator, denominator=denominator, more_than=more_than) == need


@given(ballots=BALLOTS)
def test_counting_agrees_with_another_way_to_count(ballots: list[tuple[dict[str, int], int]]) -> None:
    counted = rules.count(list("abcd"), ballots, undecided="d")
    other: Counter[str] = Counter()
    for choice, weight in ballots:
        other.update(list(Counter(choice).elements()) * weight)
    assert counted.counts == {option: other[option] for option in "abcd"}
    assert counted.ballots == len(ballots)
    assert counted.votes_cast == sum(weight for _choice, weight in ballots)
    assert counted.votes_decided == sum(weight for choice, weight in ballots if choice.keys() - {"d"})
    assert counted.are_alike == all(choice == ballots[0][0] for choice, _weight in ballots)


@given(
    counts=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 6)),
    places=st.integers(1, 5),
    need=st.integers(1, 4),
)
def test_nobody_is_elected_over_somebody_with_as_many_votes(
    counts: dict[str, int], places: int, need: int
) -> None:
    elected, ties = rules.elect(counts, places=places, need=need)
    assert len(elected) == len(set(elected)) <= places
    assert not set(elected) & set(ties)
    others = counts.keys() - set(elected)
    assert all(counts[one] >= need for one in [*elected, *ties])
    assert all(counts[one] > counts[other] for one in elected for other in others if counts[other] >= need)
    if ties:
        assert len({counts[one] for one in ties}) == 1
        assert len(elected) < places < len(elected) + len(ties)
    else:
        assert len(elected) == min(places, sum(votes >= need for votes in counts.values()))
