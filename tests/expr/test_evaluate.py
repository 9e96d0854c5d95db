"""Values and tests computed: blanks, ratios, three-valued logic, conditions over records."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.expr import parse_condition, parse_test, parse_value
from xinfang_desk.expr.evaluate import (
    UNDECIDED,
    Getter,
    Leaf,
    Result,
    compare,
    comparisons,
    decide,
    evaluate,
    fields_of,
    grade_word,
    leaves,
    matcher,
)
from xinfang_desk.expr.linear import linear, scaled
from xinfang_desk.expr.parse import parse_grade
from xinfang_desk.model.formula import CellRef
from xinfang_desk.model.ledger import Fund, Income, Indicator, Kind, Line

CELLS: Mapping[str, Result] = {"a": 5, "b": 3, "blank": None, "nought": 0, "minus": -4, "half": Fraction(1, 2)}


def bind(leaf: Leaf, presence: bool = False) -> tuple[Getter, ...]:
    assert isinstance(leaf, CellRef)
    if leaf.is_span:
        return tuple(lambda value=value: value for value in (1, None, 2))
    value = CELLS[leaf.column]
    return (lambda: value,)


@pytest.mark.parametrize(("text", "value"), [
    ("a + b", 8), ("a - b", 2), ("a - blank", 5), ("blank - a", -5), ("blank + blank", None), ("-blank", None), ("-a", -5),
    ("a * half", Fraction(5, 2)), ("a * blank", None), ("a / b", Fraction(5, 3)), ("a / half", 10), ("6 / b", 2),
    ("a / nought", UNDECIDED), ("a / blank", UNDECIDED), ("blank / a", None), ("a + a / nought", UNDECIDED),
    ("sum(a, blank, minus)", 1), ("sum(blank, blank)", None), ("sum([all].a)", 3), ("[leaf].a", 3),
    ("abs(minus)", 4), ("abs(blank)", None), ("min(a, blank, minus)", -4), ("max(a, b)", 5), ("max(blank)", None),
    ("max(a / nought, b)", UNDECIDED), ("filled(a)", 1), ("filled(blank)", 0), ("filled(nought)", 1),
    ("filled(a / nought)", 0), ("filled([all].a)", 1), ("min([all].a)", 1), ("5万元", 5_000_000), ("0.16 * a", Fraction(4, 5)),
    ("(a + b) * b", 24),
    ("ceil(half)", 1), ("floor(half)", 0), ("ceil(-half)", 0), ("floor(a)", 5), ("ceil(blank)", None),
    ("floor(a / nought)", UNDECIDED), ("ceil([all].a)", 3), ("default(blank, 7)", 7), ("default(a / nought, 7)", 7),
    ("default(nought, 7)", 0), ("default(blank, a / nought)", UNDECIDED),
    ("band(half, 0, 5, 0.5, 4, 1, 3, 0)", 4), ("band(minus, 0, 5, 0.5, 4, 0)", 5), ("band(a, 0, 5, 1, 4, 0)", 0),
    ("band(blank, 0, 5, 1)", None), ("band(a / nought, 0, 5, 1)", UNDECIDED), ("band(a, a / nought, 5, 1)", UNDECIDED),
    ("reach(a, 5, 6, 3, 4, 0)", 6), ("reach(b, 5, 6, 3, 4, 0)", 4), ("reach(minus, 5, 6, 3, 4, 0)", 0),
    ("reach(blank, 5, 6, 0)", None)])
def test_values(text: str, value: Result) -> None:
    assert evaluate(parse_value(text), bind) == value


@pytest.mark.parametrize(("value", "word"), [(90, "优"), (Fraction(8999, 100), "良"), (60, "中"), (0, "差"), (None, "")])
def test_a_grade_goes_with_its_value(value: int | Fraction | None, word: str) -> None:
    assert grade_word(parse_grade('grade(a, 90, "优", 80, "良", 60, "中", "差")'), value) == word


@pytest.mark.parametrize(("text", "verdict"), [
    ("a == 5", True), ("a != 5", False), ("blank == 0", True), ("blank < a", True), ("a >= 5", True), ("a > 5", False),
    ("a <= b", False), ("a / nought == 1", None), ("a == 5 and b == 3", True), ("a == 5 and b == 4", False),
    ("a == 4 or b == 3", True), ("not a == 4", True), ("a / nought == 1 and b == 4", False),
    ("a / nought == 1 and b == 3", None), ("a / nought == 1 or b == 3", True), ("a / nought == 1 or b == 4", None),
    ("not a / nought == 1", None)])
def test_tests(text: str, verdict: bool | None) -> None:
    assert decide(parse_test(text), bind) is verdict


EXACT = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@given(st.integers(-5, 5), st.integers(-5, 5), st.integers(0, 3), st.sampled_from(sorted(EXACT)))
def test_within_the_tolerance_two_values_are_equal(left: int, right: int, tolerance: int, op: str) -> None:
    right_ = left if abs(left - right) <= tolerance else right
    assert compare(op, left, right, tolerance) is compare(op, left, right_)
    assert compare(op, left, right, 0) is EXACT[op](left, right)


LINE = Line(1, Kind.STAFF, "2010301", "30217", "50206", Fund.GPB, project=3, purchase=True)


@pytest.mark.parametrize(("text", "holds"), [
    ('fund == "gpb"', True), ('fund != "gpb"', False), ('kind in ("人员", "公用")', True), ('kind not in ("人员",)', False),
    ('econ_dept under "302"', True), ('econ_dept under ("301", "30217")', True), ('econ_dept not under "302"', False),
    ("purchase", True), ("carry", False), ("not carry", True), ("project == this", True), ('project != ""', True),
    ('carry or kind == "人员"', True), ('carry and kind == "人员"', False), ('note == ""', True), ("nothing", False)])
def test_conditions(text: str, holds: bool) -> None:
    assert matcher(parse_condition(text))(LINE, 3) is holds


def test_this_is_the_project_one_stands_in() -> None:
    passes = matcher(parse_condition("project == this"))
    assert not passes(LINE, 4)
    assert not passes(LINE, None)
    assert passes(Indicator(1, 4), 4)


def test_a_record_without_the_field_fulfils_nothing_about_it() -> None:
    assert not matcher(parse_condition('kind == "人员"'))(Income(1), None)
    assert not matcher(parse_condition('kind != "人员"'))(Income(1), None)


def test_what_an_expression_looks_at() -> None:
    assert [leaf.column for leaf in leaves(parse_value("sum(a, -b) / max(c, 1) + 2")) if isinstance(leaf, CellRef)] == [
        "a", "b", "c"]
    assert len(comparisons(parse_test("a == 1 and not (b == 2 or c == 3)"))) == 3
    assert fields_of(parse_condition('carry or not (fund == "gpb" and econ_dept under "302")')) == {
        "carry", "fund", "econ_dept"}


@pytest.mark.parametrize(("text", "weights", "constant"), [
    ("a + b - a", {"a": 0, "b": 1}, 0), ("-(a - 2 - b)", {"a": -1, "b": 1}, 2), ("sum(a, b, 5万元)", {"a": 1, "b": 1}, 5_000_000)])
def test_plain_sums(text: str, weights: dict[str, int], constant: int) -> None:
    form = linear(parse_value(text))
    assert form is not None
    seen: dict[str, int] = {}
    for leaf, weight in form.terms:
        assert isinstance(leaf, CellRef)
        seen[leaf.column] = seen.get(leaf.column, 0) + weight
    assert (seen, form.constant, bool(form.filled)) == (weights, constant, bool(constant))


@pytest.mark.parametrize("text", ["a * b", "a / 2", "max(a, b)", "abs(a)", "filled(a)", "a + 0.5", "a + b * 2"])
def test_what_is_not_a_plain_sum(text: str) -> None:
    assert linear(parse_value(text)) is None


@given(st.recursive(
    st.sampled_from(["a", "b", "blank", "nought", "minus", "3"]),
    lambda inner: st.one_of(st.builds("({} + {})".format, inner, inner), st.builds("({} - {})".format, inner, inner),
                            st.builds("-{}".format, inner), st.builds("sum({}, {})".format, inner, inner)), max_leaves=9))
def test_a_plain_sum_is_worth_what_its_terms_are(text: str) -> None:
    value = parse_value(text)
    form = linear(value)
    assert form is not None
    known = [(CELLS[leaf.column], weight) for leaf, weight in form.terms if isinstance(leaf, CellRef)]
    numbers = [weight * seen for seen, weight in known if isinstance(seen, int)]
    expected = sum(numbers) + form.constant if numbers or form.filled else None
    assert evaluate(value, bind) == expected


@given(st.recursive(
    st.sampled_from(["a", "b", "minus", "nought", "blank", "3", "0.015", "2.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-"), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(inner, st.sampled_from("*/"), st.sampled_from(["2", "0.02", "7", "12.5"])).map(
            lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda p: f"(0.3 * {p})")), max_leaves=6))
def test_a_scaled_sum_is_the_value_itself(text: str) -> None:
    """As plain sum and divisor a value is what it is computed to be, blank taken as nought."""
    value = parse_value(text)
    made = scaled(value)
    assert made is not None
    form, divisor = made
    assert divisor > 0
    total = form.constant + sum(
        weight * (number if isinstance(number := CELLS[leaf.column], int) else 0)
        for leaf, weight in form.terms if isinstance(leaf, CellRef))
    computed = evaluate(value, bind)
    assert Fraction(total, divisor) == (0 if computed is None else computed)


@pytest.mark.parametrize("text", ["a * b", "a / b", "a / 0", "max(a, b) * 2", "3 / a"])
def test_other_values_are_no_scaled_sum(text: str) -> None:
    assert scaled(parse_value(text)) is None
