from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.expr import THIS, FormulaError, did_you_mean, parse_condition, parse_test, parse_value
from xinfang_desk.expr.parse import MAX_DEPTH, MAX_LENGTH, parse_grade
from xinfang_desk.model.formula import (
    ALWAYS,
    AllOf,
    AnyOf,
    Arithmetic,
    BoolOf,
    CellRef,
    Compare,
    Condition,
    Fetch,
    FieldIs,
    FieldUnder,
    Function,
    Grade,
    LedgerSum,
    Negative,
    Not,
    Number,
    RecordField,
    RecordSum,
    Value,
)

ONE = Number(Fraction(1))
A, B, C = CellRef(column="a"), CellRef(column="b"), CellRef(column="c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("12", Number(Fraction(12))),
        ("0.16", Number(Fraction(16, 100))),
        ("5万", Number(Fraction(5_000_000), money=True)),
        ("5万元", Number(Fraction(5_000_000), money=True)),
        ("100元", Number(Fraction(10_000), money=True)),
        ("0.5元", Number(Fraction(50), money=True)),
        ("1亿元", Number(Fraction(10_000_000_000), money=True)),
        ("basic", CellRef(column="basic")),
        ("人员经费", CellRef(column="人员经费")),
        ("[income_total]", CellRef(row="income_total")),
        ("[total].basic", CellRef(row="total", column="basic")),
        ("gpb_function[total].basic", CellRef("gpb_function", "total", "basic")),
        ("gpb_function[2010301].total", CellRef("gpb_function", "2010301", "total")),
        ("gpb_function[{code}].total", CellRef("gpb_function", "{code}", "total")),
        ("pairs[30101/50101].total", CellRef("pairs", "30101/50101", "total")),
        ("sum(t[类].total)", Function("sum", (CellRef("t", "1", "total", is_span=True),))),
        ("sum(t[款].a, t[项].a)", Function("sum", (CellRef("t", "2", "a", True), CellRef("t", "3", "a", True)))),
        ("sum([children].a)", Function("sum", (CellRef("", "children", "a", True),))),
        ("lines()", LedgerSum("lines", ALWAYS)),
        ('incomes(fund == "gpb")', LedgerSum("incomes", FieldIs("fund", ("gpb",)))),
        ('fact("staff.*")', Fetch("facts", "staff.*")),
        ('prior("function.{code}")', Fetch("priors", "function.{code}")),
        ('approved("total")', Fetch("approved", "total")),
        ("this.amount", RecordField("amount")),
        ("total(purchases.amount)", RecordSum("purchases", "amount")),
        ('total(purchases.amount, category == "货物")',
         RecordSum("purchases", "amount", FieldIs("category", ("货物",)))),
        ("count(projects)", RecordSum("projects", "")),
        ("count(indicators, project == this)", RecordSum("indicators", "", FieldIs("project", (THIS,)))),
        ("total", CellRef(column="total")),
        ("sum", CellRef(column="sum")),
        ("a + b * c", Arithmetic("+", A, Arithmetic("*", B, C))),
        ("(a + b) / c", Arithmetic("/", Arithmetic("+", A, B), C)),
        ("a - b - c", Arithmetic("-", Arithmetic("-", A, B), C)),
        ("-a + b", Arithmetic("+", Negative(A), B)),
        ("max(a, abs(b), 1)", Function("max", (A, Function("abs", (B,)), ONE))),
        ("filled(a)", Function("filled", (A,))),
    ],
)
def test_values(text: str, tree: Value) -> None:
    assert parse_value(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("carry", FieldIs("carry", (True,))),
        ("not carry", Not(FieldIs("carry", (True,)))),
        ('fund == "gpb"', FieldIs("fund", ("gpb",))),
        ('fund != "gpb"', FieldIs("fund", ("gpb",), negated=True)),
        ('kind in ("人员", "公用")', FieldIs("kind", ("人员", "公用"))),
        ('kind not in ("人员")', FieldIs("kind", ("人员",), negated=True)),
        ('econ_dept under "302"', FieldUnder("econ_dept", ("302",))),
        ('econ_dept under ("302", "310",)', FieldUnder("econ_dept", ("302", "310"))),
        ('econ_dept not under "302"', Not(FieldUnder("econ_dept", ("302",)))),
        ("project == this", FieldIs("project", (THIS,))),
        ('carry or purchase and fund == "soe"',
         AnyOf((FieldIs("carry", (True,)), AllOf((FieldIs("purchase", (True,)), FieldIs("fund", ("soe",))))))),
        ('(carry or purchase) and presumed',
         AllOf((AnyOf((FieldIs("carry", (True,)), FieldIs("purchase", (True,)))), FieldIs("presumed", (True,))))),
        ("project.special", FieldIs("project.special", (True,))),
        ('project.category == "其他运转类"', FieldIs("project.category", ("其他运转类",))),
        ("android", FieldIs("android", (True,))),
    ],
)
def test_conditions(text: str, tree: Condition) -> None:
    assert parse_condition(text) == tree


def test_tests_compare_once_and_join() -> None:
    assert parse_test("a + 1 >= b") == Compare(">=", Arithmetic("+", A, ONE), B)
    assert parse_test("(a + b) == c") == Compare("==", Arithmetic("+", A, B), C)
    assert parse_test("not (a == b or b != c) and a < 1") == BoolOf(
        "and",
        (BoolOf("not", (BoolOf("or", (Compare("==", A, B), Compare("!=", B, C))),)), Compare("<", A, ONE)))


@pytest.mark.parametrize(
    ("text", "position", "part"),
    [
        ("", 0, "空的"),
        ("  ", 0, "空的"),
        ("1 +", 3, "没有写完，应该是数、列名"),
        ("foo(1)", 3, "没有叫“foo”的函数"),
        ('line(kind == "x")', 4, "是不是想写“lines”"),
        ("[total", 0, "没有配对的“]”"),
        ("（1）", 0, "请用半角的“(”"),
        ("1，2", 1, "请用半角的“,”"),
        ("a b", 2, "这里写着“b”，应该是“[行]”"),
        ("t.a", 1, "要写出行"),
        ("a == 1", 2, "不能写比较"),
        ("fact(duties)", 5, "应该是加引号的文字"),
        ('fact("")', 5, "没有写地址"),
        ('fact("a', 5, "引号没有成对"),
        ("total(foo.amount)", 6, "没有叫“foo”的清单"),
        ("0.001元", 0, "小于一分钱"),
        ("1 + abs(1, 2)", 4, "只能有一个参数"),
        ("ceil(1, 2)", 0, "只能有一个参数"),
        ("default(1)", 0, "要有两个参数"),
        ("band(a, 1, 5)", 0, "不成对"),
        ("2 * reach(a, 1)", 4, "不成对"),
        ("a[ ]", 1, "没有写行的编号"),
        ("lines(kind == 1)", 14, "应该是加引号的文字"),
        ('lines(kind < "1")', 11, "只能用 == 和 !="),
        ('lines(kind = "x")', 11, "两个等号"),
        ('lines(sum(1))', 9, "不能用函数"),
    ],
)
def test_refusals_name_the_place_and_the_reason(text: str, position: int, part: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_value(text)
    assert caught.value.position == position
    assert part in caught.value.message_cn
    assert caught.value.text == text
    assert f"第 {position + 1} 个字" in str(caught.value)


def test_refusals_of_tests_and_conditions() -> None:
    with pytest.raises(FormulaError, match="应该是and、or"):
        parse_test("a == b == c")
    with pytest.raises(FormulaError, match="没有写完，应该是比较符号"):
        parse_test("a")
    with pytest.raises(FormulaError, match="只能比较字段和加引号的文字"):
        parse_condition("amount > 3")


def test_too_long_and_too_deep_are_refused() -> None:
    with pytest.raises(FormulaError, match="上限"):
        parse_value("1" * (MAX_LENGTH + 1))
    with pytest.raises(FormulaError, match="套得太深"):
        parse_value("-" * (MAX_DEPTH + 1) + "1")
    with pytest.raises(FormulaError, match=r"sum\("):
        parse_value("+".join("a" * 200))
    assert parse_value("+".join("a" * 50)) == parse_value(" + ".join("a" * 50))


@given(st.text(max_size=60) | st.text("ab[](){}\"'.,+-*/=<>!&|类款 0123456789万元notandorsumline", max_size=60))
def test_random_text_never_raises_anything_else(text: str) -> None:
    for parse in (parse_value, parse_test, parse_condition):
        error = _refusal(parse, text)
        if error is not None:
            assert 0 <= error.position <= max(len(text), MAX_LENGTH)
            assert error.message_cn.endswith(("。", "？"))


def _refusal(parse: Callable[[str], object], text: str) -> FormulaError | None:
    try:
        parse(text)
    except FormulaError as error:
        return error
    return None


NAMES = st.from_regex(r"[a-z_]{1,6}", fullmatch=True).filter(
    lambda name: name not in {"and", "or", "not", "in", "this", "under"})
ATOMS = st.one_of(
    NAMES.map(lambda name: (name, CellRef(column=name))),
    st.integers(0, 10**9).map(lambda n: (str(n), Number(Fraction(n)))),
    st.integers(0, 10**9).map(lambda n: (f"{n}元", Number(Fraction(n * 100), money=True))),
    NAMES.map(lambda name: (f'fact("{name}")', Fetch("facts", name))),
)
OPERATORS: tuple[Literal["+", "-", "*", "/"], ...] = ("+", "-", "*", "/")
TREES = st.recursive(
    ATOMS,
    lambda inner: st.tuples(st.sampled_from(OPERATORS), inner, inner).map(
        lambda t: (f"({t[1][0]} {t[0]} {t[2][0]})", Arithmetic(t[0], t[1][1], t[2][1])))
    | inner.map(lambda t: (f"-{t[0]}", Negative(t[1])))
    | st.lists(inner, min_size=1, max_size=3).map(
        lambda ts: (f"sum({', '.join(t[0] for t in ts)})", Function("sum", tuple(t[1] for t in ts)))),
    max_leaves=12,
)


@given(TREES)
def test_written_trees_are_read_back(written: tuple[str, Value]) -> None:
    text, tree = written
    assert parse_value(text) == tree


def test_grades_go_downwards_and_end_in_a_word() -> None:
    assert parse_grade('grade(a, 90, "优", 60.5, "中", "差")') == Grade(
        CellRef(column="a"), ((Fraction(90), "优"), (Fraction(121, 2), "中")), "差")
    with pytest.raises(FormulaError, match="从大到小"):
        parse_grade('grade(a, 60, "中", 90, "优", "差")')
    with pytest.raises(FormulaError):
        parse_grade('grade(a, 60, "中")')


def test_did_you_mean_proposes_only_near_names() -> None:
    assert did_you_mean("basci", ["basic", "project"]) == "是不是想写“basic”？"
    assert did_you_mean("zzz", ["basic", "project"]) == ""
