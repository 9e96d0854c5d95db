"""Amounts: what people type, what is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.model.money import (
    FEN_PER_WAN,
    MAX_FEN,
    AmountRefused,
    MoneyUnit,
    format_amount,
    format_percent,
    parse_amount,
    print_plain,
    round_div,
)

WAN, YUAN = MoneyUnit.WAN, MoneyUnit.YUAN


@pytest.mark.parametrize(("typed", "unit", "fen"), [
    ("12.5万", YUAN, 12_500_000), ("12.5万元", WAN, 12_500_000), ("１２５，０００", YUAN, 12_500_000),
    ("125,000.00", YUAN, 12_500_000), ("226.7", WAN, 226_700_000), ("¥3.05", YUAN, 305), ("￥ 3.05", YUAN, 305),
    ("(1,000)", YUAN, -100_000), ("（0.01）", YUAN, -1), ("-0.65", WAN, -650_000), ("0", YUAN, 0), ("0.00", WAN, 0),
    (".5", YUAN, 50), ("3.", YUAN, 300), ("1亿元", YUAN, 10_000_000_000), ("5分", YUAN, 5), ("+7", YUAN, 700),
    ("0.000001", WAN, 1), ("-¥1,000.00", YUAN, -100_000), ("¥-1,000.00", YUAN, -100_000), ("（¥1,000）", YUAN, -100_000),
    ("人民币3元", YUAN, 300),
])
def test_amounts_as_people_write_them(typed: str, unit: MoneyUnit, fen: int) -> None:
    assert parse_amount(typed, unit) == fen


@pytest.mark.parametrize("typed", ["", "   ", "-", "—", "——", "无", "/", "　"])
def test_blank_is_not_nought(typed: str) -> None:
    assert parse_amount(typed, YUAN) is None


@pytest.mark.parametrize(("typed", "word"), [
    ("0.001", "分"), ("1,25", "千分位"), ("=1+2", "公式"), ("十二", "不是金额"), ("1.2.3", "小数点"),
    ("12a", "不是金额"), ("9" * 30, "十万亿"), ("--3", "不是金额"), ("万", "不是金额"), ("1e5", "不是金额"),
    ("1.2E+05", "科学记数"), ("####", "列太窄"), ("#REF!", "公式"), ("12.5％", "百分数"),
])
def test_refusals_say_why_and_keep_the_text(typed: str, word: str) -> None:
    with pytest.raises(AmountRefused) as caught:
        parse_amount(typed, YUAN)
    assert word in str(caught.value)
    assert caught.value.text == typed
    assert str(caught.value).endswith("。")


@given(st.integers(-MAX_FEN // 100, MAX_FEN // 100), st.sampled_from([WAN, YUAN]))
def test_what_is_shown_in_full_reads_back(fen: int, unit: MoneyUnit) -> None:
    shown = format_amount(fen, unit, decimals=6 if unit is WAN else 2, thousands=True)
    assert parse_amount(shown, unit) == fen


def outcome(typed: str) -> int | AmountRefused | None:
    try:
        return parse_amount(typed, WAN)
    except AmountRefused as refused:
        return refused


@given(st.text(max_size=20))
def test_any_text_is_an_amount_a_blank_or_a_refusal(typed: str) -> None:
    read = outcome(typed)
    if isinstance(read, AmountRefused):
        assert read.text == typed
    else:
        assert read is None or abs(read) <= MAX_FEN


@pytest.mark.parametrize(("fen", "text"), [
    (226_700_000, "226.70"), (None, ""), (0, "0.00"), (5_000, "0.01"), (4_999, "0.00"), (-5_000, "-0.01"), (-4_999, "0.00"),
    (123_456_789_000_000, "123456789.00")])
def test_printed_in_wan(fen: int | None, text: str) -> None:
    assert format_amount(fen, WAN) == text


def test_looks() -> None:
    assert format_amount(226_700_000, WAN, trim=True) == "226.7"
    assert format_amount(102 * FEN_PER_WAN, WAN, trim=True) == "102"
    assert format_amount(12_345_678_900, YUAN, thousands=True) == "123,456,789.00"


@given(st.integers(-10**12, 10**12), st.integers(1, 10**6))
def test_rounding_is_half_away_from_nought(value: int, divisor: int) -> None:
    rounded = round_div(value, divisor)
    assert abs(rounded * divisor - value) * 2 <= divisor
    assert round_div(-value, divisor) == -rounded


def test_percent() -> None:
    assert format_percent(50_000, 650_000) == "7.69%"
    assert format_percent(1, 0) is None
    assert format_percent(-1, 3) == "-33.33%"
    assert format_percent(1, -4) == "-25.00%"
    assert format_percent(1, 4, trim=True) == "25%"


@given(st.integers(-MAX_FEN * 50, MAX_FEN * 50), st.sampled_from([WAN, YUAN]))
def test_the_quick_print_is_the_print(fen: int, unit: MoneyUnit) -> None:
    assert print_plain(fen, unit.fen // 100) == format_amount(fen, unit)


@given(st.integers(0, MAX_FEN // FEN_PER_WAN), st.sampled_from([WAN, YUAN]))
def test_bare_digits_are_read_as_with_a_unit(number: int, unit: MoneyUnit) -> None:
    assert parse_amount(f"0{number}", unit) == parse_amount(f"{number}{unit.value}", unit) == number * unit.fen
