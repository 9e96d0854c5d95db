"""增加、减少、持平 agree with the sign; no percentage from nought."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.model.numerals import chinese_number
from xinfang_desk.passages.phrases import amount, change, change_percent

WAN = 1_000_000


@pytest.mark.parametrize(("now", "before", "told"), [
    (226_700_000, 190_830_000, "增加35.87万元"), (1_010_000, 1_200_000, "减少0.19万元"), (5, 5, "持平"),
    (None, None, "持平"), (WAN, None, "增加1万元"), (100, 0, "持平")])
def test_change(now: int | None, before: int | None, told: str) -> None:
    assert change(now, before) == told


@pytest.mark.parametrize(("now", "before", "told"), [
    (700_000, 650_000, "增加0.05万元（7.69%）"), (700_000, 0, "增加0.7万元（上年无此项预算）"),
    (0, 0, "持平"), (None, 650_000, "减少0.65万元（100.00%）"), (650_000, 650_000, "持平")])
def test_change_with_percent(now: int | None, before: int | None, told: str) -> None:
    assert change_percent(now, before) == told


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_the_word_agrees_with_the_sign(now: int, before: int) -> None:
    told = change(now, before)
    if told.startswith("增加"):
        assert now > before
    elif told.startswith("减少"):
        assert now < before
    else:
        assert abs(now - before) < 5000
    assert "0.00" not in told


def test_numbers() -> None:
    assert amount(None) == "0"
    assert amount(97_920_000) == "97.92"
    assert [chinese_number(n) for n in (1, 10, 11, 20, 35, 99)] == ["一", "十", "十一", "二十", "三十五", "九十九"]
    with pytest.raises(ValueError, match="100"):
        chinese_number(100)
