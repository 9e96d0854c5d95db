"""The tree of the packs' expression language. ``expr`` parses text into it and reads it three ways.

A *condition* picks ledger lines (``fund == "gpb" and econ_dept under "302"``); a *value* computes an amount
(``[basic] + [project]``, ``lines(kind == "项目")``, ``prior("sangong.reception")``); a *test* compares two values.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

# ---- conditions over one record -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldIs:
    """``field == value`` (or any of several values): enum values and codes as text, flags as bool."""

    field: str
    values: tuple[str | bool, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class FieldUnder:
    """``field under "302", "310"``: the code starts with one of the given codes."""

    field: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; no parts: always."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = FieldIs | FieldUnder | AllOf | AnyOf | Not
ALWAYS = AllOf(())

# ---- values ---------------------------------------------------------------------------------------------------

Span = Literal["all", "leaf", "1", "2", "3", "children"]
"""Rows of a tree table: every row, rows without children, one level, or the children of the current row."""


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number (``0.16``), or an amount when ``money``: then ``value`` is in 分 (``5万`` → 5,000,000)."""

    value: Fraction
    money: bool = False


@dataclass(frozen=True, slots=True)
class CellRef:
    """``table[row].column``. Empty ``table``: this table. Empty ``row``: this row. Empty ``column``: this column,
    or the only amount column of the row's block. ``row`` may be a span (see :data:`Span`), then ``is_span``."""

    table: str = ""
    row: str = ""
    column: str = ""
    is_span: bool = False


@dataclass(frozen=True, slots=True)
class LedgerSum:
    """``lines(condition)`` or ``incomes(condition)``: the sum in 分 over the entered lines."""

    source: Literal["lines", "incomes"]
    where: Condition


@dataclass(frozen=True, slots=True)
class Fetch:
    """``fact("staff.posts.admin")``, ``prior("function.{code}")``, ``approved("total")``; ``{code}`` is the row's
    code. A fact that is not a number reads as blank; ``tail`` ``.*`` in the address sums over all below it."""

    space: Literal["facts", "priors", "approved"]
    address: str


@dataclass(frozen=True, slots=True)
class RecordField:
    """``this.amount``: a number of the record a check runs over (project, purchase, line …)."""

    field: str


@dataclass(frozen=True, slots=True)
class RecordSum:
    """``purchases.amount`` or ``count(projects)``: a field summed over all records of a list; '' counts them."""

    space: Literal["lines", "incomes", "projects", "indicators", "purchases"]
    field: str
    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Negative:
    """``-part``."""

    part: Value


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``left op right``. Blank counts as nought in sums; anything divided by nought is blank."""

    op: Literal["+", "-", "*", "/"]
    left: Value
    right: Value


FunctionName = Literal["sum", "abs", "min", "max", "filled", "ceil", "floor", "default", "band", "reach"]


@dataclass(frozen=True, slots=True)
class Function:
    """``sum abs min max`` of values; ``filled(x)`` is 1 where x is not blank, else 0; ``ceil`` and ``floor`` to a whole
    number; ``default(x, y)`` is y where x is blank or cannot be computed; ``band(x, limit, points, …, rest)`` gives
    the points of the first limit that x does not exceed, ``reach(…)`` those of the first limit that x reaches."""

    name: FunctionName
    args: tuple[Value, ...]


Value = Number | CellRef | LedgerSum | Fetch | RecordField | RecordSum | Negative | Arithmetic | Function

# ---- tests ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compare:
    """``left op right``; ``within`` is the tolerance in the values' own unit (分 for money)."""

    op: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class BoolOf:
    """``a and b``, ``a or b``, ``not a`` over tests; used by ``when`` guards and two-sided checks."""

    op: Literal["and", "or", "not"]
    parts: tuple[Test, ...]


Test = Compare | BoolOf


@dataclass(frozen=True, slots=True)
class Grade:
    """``grade(value, 90, "优", …, "差")``: the word of the first limit the value reaches, else the last word."""

    value: Value
    steps: tuple[tuple[Fraction, str], ...]
    rest: str
