"""Text of the packs' expression language → the trees of :mod:`xinfang_desk.model.formula`.

The grammar is ``grammar.lark``. Parsing is pure and cached: packs repeat the same few expressions hundreds of times.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput

from xinfang_desk.expr.refusal import FormulaError as FormulaError
from xinfang_desk.expr.refusal import refusal
from xinfang_desk.messages import expr as words
from xinfang_desk.messages import marks
from xinfang_desk.model.codes import LEVEL_NAMES
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
    FunctionName,
    Grade,
    LedgerSum,
    Negative,
    Not,
    Number,
    RecordField,
    RecordSum,
    Test,
    Value,
)
from xinfang_desk.model.money import UNIT_WORDS

THIS = "this"
"""The value of ``project == this`` in a :class:`FieldIs`: the project the sheet or check is repeated for."""

MAX_LENGTH = 2000
MAX_DEPTH = 100
"""Longer or deeper expressions are refused: no table needs them, and every reader may then simply recurse."""

SPANS = {**{name: str(level) for level, name in enumerate(LEVEL_NAMES, start=1)},
         "all": "all", "leaf": "leaf", "children": "children"}
"""How the rows of a tree table are spelt inside ``[ ]`` → :data:`xinfang_desk.model.formula.Span`."""

_SPACES = {"fact": "facts", "prior": "priors", "approved": "approved"}
RECORD_SPACES = ("lines", "incomes", "projects", "indicators", "purchases")


@lru_cache(maxsize=8192)
def parse_value(text: str) -> Value:
    """The amount or number that ``text`` computes. Raises :class:`FormulaError`."""
    return cast(Value, _parse(text, "start_value"))


@lru_cache(maxsize=4096)
def parse_test(text: str) -> Test:
    """The comparison(s) of ``text``. Raises :class:`FormulaError`."""
    return cast(Test, _parse(text, "start_test"))


@lru_cache(maxsize=8192)
def parse_condition(text: str) -> Condition:
    """The choice of records that ``text`` describes. Raises :class:`FormulaError`."""
    return cast(Condition, _parse(text, "start_condition"))


@lru_cache(maxsize=1024)
def parse_grade(text: str) -> Grade:
    """The scale of words of ``text``. Raises :class:`FormulaError`."""
    return cast(Grade, _parse(text, "start_grade"))


def _parse(text: str, start: str) -> object:
    if len(text) > MAX_LENGTH:
        raise FormulaError(text[:80] + marks.CUT, MAX_LENGTH, words.TOO_LONG.format(
            count=len(text), max_length=MAX_LENGTH))
    try:
        tree = _parser().parse(text, start=start)
    except _Wrong as wrong:
        raise FormulaError(text, wrong.position, wrong.message_cn) from None
    except UnexpectedInput as error:
        raise refusal(text, error, start) from None
    # One level of nesting costs at least one character, so short texts cannot be too deep.
    if len(text) > MAX_DEPTH and _depth(tree) > MAX_DEPTH:
        raise FormulaError(text, 0, words.TOO_DEEP.format(max_depth=MAX_DEPTH))
    return tree


def _depth(tree: object) -> int:
    deepest, todo = 0, [(tree, 1)]
    while todo:
        node, level = todo.pop()
        deepest = max(deepest, level)
        if isinstance(node, tuple):
            todo.extend((part, level) for part in node)
        elif is_dataclass(node):
            todo.extend((getattr(node, f.name), level + 1) for f in fields(node))
    return deepest


@cache
def _parser() -> Lark:
    grammar = files("xinfang_desk.expr").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", transformer=_Builder(), maybe_placeholders=True,
                start=["start_value", "start_test", "start_condition", "start_grade"])


class _Wrong(Exception):
    """Grammatical, but not sensible; found while the tree is built."""

    def __init__(self, token: Token, message: str) -> None:
        super().__init__(message)
        self.position = token.start_pos or 0
        self.message_cn = message


def _quoted(token: Token) -> str:
    return str(token)[1:-1]


def _row(token: Token) -> tuple[str, bool]:
    """Row key between the brackets, and whether it is a span."""
    row = str(token)[1:-1].strip()
    if not row:
        raise _Wrong(token, words.NO_ROW_NAME)
    return (SPANS[row], True) if row in SPANS else (row, False)


@v_args(inline=True)
class _Builder(Transformer[Token, Any]):
    """Called by the parser at every reduction, so building needs no recursion."""

    def start_value(self, value: Value) -> Value:
        return value

    start_test = start_condition = same = start_value

    # ---- values

    def number(self, token: Token) -> Number:
        return Number(Fraction(str(token)))

    def money(self, token: Token) -> Number:
        unit = next(unit for unit in UNIT_WORDS if token.endswith(unit))
        fen = Fraction(str(token)[: -len(unit)]) * UNIT_WORDS[unit]
        if fen.denominator != 1:
            raise _Wrong(token, words.BELOW_FEN.format(token=token))
        return Number(fen, money=True)

    def add(self, left: Value, right: Value) -> Arithmetic:
        return Arithmetic("+", left, right)

    def subtract(self, left: Value, right: Value) -> Arithmetic:
        return Arithmetic("-", left, right)

    def multiply(self, left: Value, right: Value) -> Arithmetic:
        return Arithmetic("*", left, right)

    def divide(self, left: Value, right: Value) -> Arithmetic:
        return Arithmetic("/", left, right)

    def negative(self, part: Value) -> Negative:
        return Negative(part)

    def own_column(self, name: Token) -> CellRef:
        return CellRef(column=str(name))

    def own_row(self, row: Token) -> CellRef:
        return CellRef("", *_cell(row, ""))

    def own_cell(self, row: Token, column: Token) -> CellRef:
        return CellRef("", *_cell(row, column))

    def table_row(self, table: Token, row: Token) -> CellRef:
        return CellRef(str(table), *_cell(row, ""))

    def table_cell(self, table: Token, row: Token, column: Token) -> CellRef:
        return CellRef(str(table), *_cell(row, column))

    def ledger(self, source: Token, where: Condition | None) -> LedgerSum:
        return LedgerSum("lines" if source == "lines" else "incomes", where or ALWAYS)

    def fetch(self, space: Token, address: Token) -> Fetch:
        if not _quoted(address):
            raise _Wrong(address, words.NO_ADDRESS.format(space=space))
        return Fetch(cast(Literal["facts", "priors", "approved"], _SPACES[space]), _quoted(address))

    def record_field(self, _this: Token, name: Token) -> RecordField:
        return RecordField(str(name))

    def record_total(self, _total: Token, space: Token, name: Token, where: Condition | None) -> RecordSum:
        return RecordSum(_space(space), str(name), where or ALWAYS)

    def record_count(self, _count: Token, space: Token, where: Condition | None) -> RecordSum:
        return RecordSum(_space(space), "", where or ALWAYS)

    def function(self, name: Token, *args: Value) -> Function:
        if name in ("abs", "filled", "ceil", "floor") and len(args) != 1:
            raise _Wrong(name, words.ONE_ARGUMENT.format(name=name, count=len(args)))
        if name == "default" and len(args) != 2:
            raise _Wrong(name, words.DEFAULT_ARGUMENTS.format(count=len(args)))
        if name in ("band", "reach") and (len(args) < 4 or len(args) % 2):
            raise _Wrong(name, words.GRADE_ARGUMENTS.format(name=name, count=len(args)))
        return Function(cast(FunctionName, str(name)), args)

    def start_grade(self, _grade: Token, value: Value, *rest: tuple[Fraction, str] | Token) -> Grade:
        steps = tuple(step for step in rest if isinstance(step, tuple))
        limits = [limit for limit, _ in steps]
        if limits != sorted(limits, reverse=True):
            raise _Wrong(_grade, words.GRADE_ORDER)
        return Grade(value, steps, _quoted(cast(Token, rest[-1])))

    def grade_step(self, limit: Token, word: Token) -> tuple[Fraction, str]:
        return Fraction(str(limit)), _quoted(word)

    # ---- tests

    def compare(self, left: Value, op: Token, right: Value) -> Compare:
        return Compare(cast(Literal["==", "!=", "<", "<=", ">", ">="], str(op)), left, right)

    def any_test(self, *parts: Test) -> Test:
        return parts[0] if len(parts) == 1 else BoolOf("or", parts)

    def all_tests(self, *parts: Test) -> Test:
        return parts[0] if len(parts) == 1 else BoolOf("and", parts)

    def not_test(self, part: Test) -> BoolOf:
        return BoolOf("not", (part,))

    # ---- conditions

    def any_of(self, *parts: Condition) -> Condition:
        return parts[0] if len(parts) == 1 else AnyOf(parts)

    def all_of(self, *parts: Condition) -> Condition:
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def not_condition(self, part: Condition) -> Not:
        return Not(part)

    def field(self, name: Token, of_project: Token | None) -> str:
        return f"{name}.{of_project}" if of_project else str(name)

    def flag(self, name: str) -> FieldIs:
        return FieldIs(name, (True,))

    def text_operand(self, token: Token) -> str:
        return _quoted(token)

    def this_operand(self, _token: Token) -> str:
        return THIS

    def field_is(self, name: str, op: Token, value: str) -> FieldIs:
        if op not in ("==", "!="):
            raise _Wrong(op, words.CONDITION_OPERATOR.format(op=op))
        return FieldIs(name, (value,), negated=op == "!=")

    def field_in(self, name: str, values: tuple[str, ...]) -> FieldIs:
        return FieldIs(name, values)

    def field_not_in(self, name: str, values: tuple[str, ...]) -> FieldIs:
        return FieldIs(name, values, negated=True)

    def field_under(self, name: str, prefixes: tuple[str, ...]) -> FieldUnder:
        return FieldUnder(name, prefixes)

    def field_not_under(self, name: str, prefixes: tuple[str, ...]) -> Not:
        return Not(FieldUnder(name, prefixes))

    def texts(self, *tokens: Token) -> tuple[str, ...]:
        return tuple(_quoted(token) for token in tokens)

    def prefixes(self, item: Token | tuple[str, ...]) -> tuple[str, ...]:
        return item if isinstance(item, tuple) else (_quoted(item),)


def _cell(row: Token, column: Token | str) -> tuple[str, str, bool]:
    key, is_span = _row(row)
    return key, str(column), is_span


def _space(token: Token) -> Literal["lines", "incomes", "projects", "indicators", "purchases"]:
    if token not in RECORD_SPACES:
        raise _Wrong(token, words.NO_LIST.format(token=token, record_spaces=marks.AND.join(RECORD_SPACES)))
    return cast(Literal["lines", "incomes", "projects", "indicators", "purchases"], str(token))
