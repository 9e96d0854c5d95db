"""What a quantified indicator earns."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.model.ledger import Indicator
from xinfang_desk.model.scoring import plain_number, proportional_score


@pytest.mark.parametrize(("operator", "target", "actual", "score"), [
    ("≥", "96", "96", 1000), ("≥", "96", "120", 1000), ("≥", "96", "48", 500), ("≥", "90", "81%", 900),
    (">", "5", "5", 1000), (">", "5", "6", 1000), ("≤", "15", "20", 750), ("≤", "15", "12", 1000), ("<", "4", "5", 800),
    ("=", "100", "100", 1000), ("=", "100", "80", 800), ("=", "100", "125", 800), ("=", "0", "0", 1000), ("=", "0", "2", 0),
    ("≥", "3", "1", 333), ("≥", "０", "5", 1000), ("≥", "0", "-1", None), ("≤", "-2", "-1", None),
    ("定性", "健全", "健全", None), ("≥", "较多", "5", None), ("≥", "96", "", None)])
def test_points_in_hundredths(operator: str, target: str, actual: str, score: int | None) -> None:
    indicator = Indicator(1, operator=operator, value=target, actual=actual, weight=10)
    assert proportional_score(indicator) == score
    assert proportional_score(replace(indicator, weight=None)) is None


@given(st.sampled_from("≥>≤<="), st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 100))
def test_no_indicator_earns_more_than_its_weight(operator: str, target: int, actual: int, weight: int) -> None:
    score = proportional_score(Indicator(1, operator=operator, value=str(target), actual=str(actual), weight=weight))
    assert score is None or 0 <= score <= weight * 100


@pytest.mark.parametrize(("text", "number"), [
    ("96.5%", Fraction(193, 2)), (" ３０ ", Fraction(30)), ("-1", Fraction(-1)), ("10件", None), ("", None), ("1.2.3", None)])
def test_numbers_in_typed_values(text: str, number: Fraction | None) -> None:
    assert plain_number(text) == number
