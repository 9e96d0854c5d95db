"""First reading of the expression tree: its value.

Blank (``None``) counts as nought in sums and comparisons, yet a sum of only blanks is blank. Dividing by nought or by
a blank gives :data:`UNDECIDED`: printed blank, carried through every calculation, and no comparison with it is
decided. Values are ``int`` (分 or counts) or ``Fraction``, never floats.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Final, Protocol

from xinfang_desk.model.formula import (
    AllOf,
    AnyOf,
    Arithmetic,
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
    Test,
    Value,
)
from xinfang_desk.model.ledger import Record


class Undecided(Enum):
    """The type of :data:`UNDECIDED`."""

    UNDECIDED = "undecided"


UNDECIDED: Final = Undecided.UNDECIDED
"""What a division by nought or by a blank gives."""

Amount = int | Fraction | None
"""A decided value: 分, a count, a ratio, or blank."""

Result = int | Fraction | None | Undecided
Getter = Callable[[], Result]
Leaf = CellRef | LedgerSum | Fetch | RecordField | RecordSum


class LeafBinder(Protocol):
    """Turns a reference into getters: one, or one for each cell of a span.

    ``presence`` (inside ``filled``): any value at all counts, text too; the getters then give 1 or blank.
    """

    def __call__(self, leaf: Leaf, presence: bool = False) -> tuple[Getter, ...]: ...


Verdict = bool | None
"""Of a test: holds, does not hold, or ``None``: cannot be decided."""

THIS = "this"
"""The text that stands for the current project in a condition (``project == this``)."""


# ---- conditions ------------------------------------------------------------------------------------------------


def attribute(value: object) -> str | bool:
    """A record's field as conditions see it: the enum's value, '' for nothing, digits for an id, flags as they are."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    return "" if value is None else str(value)


def field_test(condition: FieldIs | FieldUnder, this: int | None) -> Callable[[str | bool], bool]:
    """Whether one attribute passes an atom of a condition, for the current project ``this``."""
    if isinstance(condition, FieldUnder):
        prefixes = condition.prefixes
        return lambda seen: isinstance(seen, str) and seen.startswith(prefixes)
    wanted = {(str(this) if this is not None else THIS) if v == THIS else v for v in condition.values}
    negated = condition.negated
    if any(isinstance(v, bool) for v in wanted):
        return lambda seen: (bool(seen) in wanted) is not negated
    return lambda seen: (seen in wanted) is not negated


def matcher(condition: Condition) -> Callable[[Record, int | None], bool]:
    """A function that says whether a record (for the current project id) fulfils ``condition``.

    A record that lacks the field fulfils neither the atom nor its negation.
    """
    match condition:
        case FieldIs() | FieldUnder():
            return _atom_matcher(condition)
        case Not(part):
            inner = matcher(part)
            return lambda record, this: not inner(record, this)
        case AllOf(parts):
            inners = tuple(map(matcher, parts))
            return lambda record, this: all(inner(record, this) for inner in inners)
        case AnyOf(parts):
            choices = tuple(map(matcher, parts))
            return lambda record, this: any(inner(record, this) for inner in choices)


def _atom_matcher(condition: FieldIs | FieldUnder) -> Callable[[Record, int | None], bool]:
    field = condition.field
    # Thousands of records are asked in turn: what is the same for all of them is made once.
    always = field_test(condition, None) if isinstance(condition, FieldUnder) or THIS not in condition.values else None

    def matches(record: Record, this: int | None) -> bool:
        if not hasattr(record, field):
            return False
        return (always or field_test(condition, this))(attribute(getattr(record, field)))

    return matches


# ---- values ----------------------------------------------------------------------------------------------------


def plain(value: int | Fraction) -> int | Fraction:
    """A whole fraction as ``int``."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def compile_value(value: Value, bind: LeafBinder) -> Getter:
    """A closure that computes ``value`` afresh at each call; ``bind`` resolves its references once."""
    match value:
        case Number():
            constant = plain(value.value)
            return lambda: constant
        case CellRef() | LedgerSum() | Fetch() | RecordField() | RecordSum():
            getters = bind(value)
            return getters[0] if len(getters) == 1 else _total(getters)
        case Negative(part):
            inner = compile_value(part, bind)
            return lambda: _negative(inner())
        case Arithmetic(op, left, right):
            a, b, combine = compile_value(left, bind), compile_value(right, bind), _ARITHMETIC[op]
            return lambda: combine(a(), b())
        case Function():
            return _compile_function(value, bind)


_SPREADING = frozenset({"sum", "abs", "min", "max", "filled"})
"""Functions that look at each cell of a span; to the others a span is its sum."""


def _compile_function(value: Function, bind: LeafBinder) -> Getter:
    getters: list[Getter] = []
    presence = value.name == "filled"
    spread = value.name in _SPREADING
    for arg in value.args:
        getters.extend(bind(arg, presence) if spread and isinstance(arg, Leaf) else (compile_value(arg, bind),))
    match value.name:
        case "sum":
            return _total(tuple(getters))
        case "filled" if len(getters) == 1:
            only = getters[0]
            return lambda: int(only() not in (None, UNDECIDED))
        case "filled":
            return lambda: int(any(g() not in (None, UNDECIDED) for g in getters))
        case "abs":
            inner = getters[0] if len(getters) == 1 else _total(tuple(getters))
            return lambda: _absolute(inner())
        case "min":
            return _extreme(getters, largest=False)
        case "max":
            return _extreme(getters, largest=True)
        case "ceil" | "floor":
            only, up = getters[0], value.name == "ceil"
            return lambda: _whole(only(), up=up)
        case "default":
            return _first_decided(getters)
        case "band" | "reach":
            return _banded(getters, upward=value.name == "reach")


def _whole(value: Result, *, up: bool) -> Result:
    if value is None or isinstance(value, Undecided):
        return value
    return math.ceil(value) if up else math.floor(value)


def _first_decided(getters: list[Getter]) -> Getter:
    """The first value that is neither blank nor undecided, else the last one as it is."""
    def first() -> Result:
        value: Result = None
        for getter in getters:
            value = getter()
            if value is not None and not isinstance(value, Undecided):
                return value
        return value

    return first


def _banded(getters: list[Getter], *, upward: bool) -> Getter:
    """``x, limit, points, …, rest``: the points of the first limit x does not exceed (``upward``: that x reaches).
    A blank x has no points: what is not filled in is not scored."""
    x, pairs, rest = getters[0], list(zip(getters[1:-1:2], getters[2:-1:2], strict=True)), getters[-1]

    def points() -> Result:
        value = x()
        if value is None or isinstance(value, Undecided):
            return value
        for limit, gives in pairs:
            held = compare(">=" if upward else "<=", value, limit())
            if held is None:
                return UNDECIDED
            if held:
                return gives()
        return rest()

    return points


def _total(getters: tuple[Getter, ...]) -> Getter:
    def total() -> Result:
        result: Result = None
        for getter in getters:
            result = _add(result, getter())
        return result

    return total


def _extreme(getters: list[Getter], largest: bool) -> Getter:
    def extreme() -> Result:
        seen: list[int | Fraction] = []
        for getter in getters:
            value = getter()
            if isinstance(value, Undecided):
                return UNDECIDED
            if value is not None:
                seen.append(value)
        if not seen:
            return None
        return max(seen) if largest else min(seen)

    return extreme


def _negative(value: Result) -> Result:
    return value if value is None or isinstance(value, Undecided) else -value


def _absolute(value: Result) -> Result:
    return value if value is None or isinstance(value, Undecided) else magnitude(value)


def _add(a: Result, b: Result) -> Result:
    if isinstance(a, Undecided) or isinstance(b, Undecided):
        return UNDECIDED
    if a is None:
        return b
    return a if b is None else plain(a + b)


def magnitude(value: int | Fraction) -> int | Fraction:
    """The value without its sign (``abs`` of the union is an ``object`` to the type checker)."""
    return value if value >= 0 else -value


def difference(left: Amount, right: Amount) -> int | Fraction:
    """``left - right``, blank as nought."""
    a: int | Fraction = 0 if left is None else left
    b: int | Fraction = 0 if right is None else right
    return a - b


def _subtract(a: Result, b: Result) -> Result:
    return _add(a, _negative(b))


def _multiply(a: Result, b: Result) -> Result:
    if isinstance(a, Undecided) or isinstance(b, Undecided):
        return UNDECIDED
    return None if a is None or b is None else plain(a * b)


def _divide(a: Result, b: Result) -> Result:
    if isinstance(a, Undecided) or isinstance(b, Undecided) or not b:
        return UNDECIDED
    return None if a is None else plain(Fraction(a) / b)


_ARITHMETIC: Mapping[str, Callable[[Result, Result], Result]] = {
    "+": _add, "-": _subtract, "*": _multiply, "/": _divide}


# ---- tests -----------------------------------------------------------------------------------------------------

_EXACT: Mapping[str, Callable[[int | Fraction, int | Fraction], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def compare(op: str, left: Result, right: Result, tolerance: int = 0) -> Verdict:
    """``left op right``; within ``tolerance`` two values count as equal. Blank is nought; undecided sides: ``None``."""
    if isinstance(left, Undecided) or isinstance(right, Undecided):
        return None
    gap = difference(left, right)
    if tolerance and magnitude(gap) <= tolerance:
        gap = 0
    return _EXACT[op](gap, 0)


def compile_test(test: Test, bind: LeafBinder, tolerance: int = 0) -> Callable[[], Verdict]:
    """A closure that decides ``test`` afresh at each call."""
    if isinstance(test, Compare):
        left, right, op = compile_value(test.left, bind), compile_value(test.right, bind), test.op
        return lambda: compare(op, left(), right(), tolerance)
    return join(test.op, [compile_test(part, bind, tolerance) for part in test.parts])


def join(op: str, parts: list[Callable[[], Verdict]]) -> Callable[[], Verdict]:
    """Three-valued ``and`` / ``or`` / ``not`` of verdicts."""
    if op == "not":
        part = parts[0]

        def negated() -> Verdict:
            verdict = part()
            return None if verdict is None else not verdict

        return negated
    settling = op == "or"

    def joined() -> Verdict:
        doubtful = False
        for part in parts:
            verdict = part()
            if verdict is settling:
                return settling
            doubtful |= verdict is None
        return None if doubtful else not settling

    return joined


def evaluate(value: Value, bind: LeafBinder) -> Result:
    """The value now."""
    return compile_value(value, bind)()


def decide(test: Test, bind: LeafBinder, tolerance: int = 0) -> Verdict:
    """The verdict now."""
    return compile_test(test, bind, tolerance)()


def grade_word(grade: Grade, value: Amount) -> str:
    """The word of a graded value; '' where there is none to grade."""
    if value is None:
        return ""
    return next((word for limit, word in grade.steps if value >= limit), grade.rest)


def comparisons(test: Test) -> tuple[Compare, ...]:
    """Every comparison inside a test, from left to right."""
    if isinstance(test, Compare):
        return (test,)
    return tuple(c for part in test.parts for c in comparisons(part))


def leaves(value: Value) -> tuple[Leaf, ...]:
    """Every reference inside a value, from left to right."""
    match value:
        case Number():
            return ()
        case Negative(part):
            return leaves(part)
        case Arithmetic(_, left, right):
            return leaves(left) + leaves(right)
        case Function(_, args):
            return tuple(leaf for arg in args for leaf in leaves(arg))
        case CellRef() | LedgerSum() | Fetch() | RecordField() | RecordSum():
            return (value,)


def fields_of(condition: Condition) -> frozenset[str]:
    """The record fields a condition looks at."""
    match condition:
        case FieldIs() | FieldUnder():
            return frozenset({condition.field})
        case Not(part):
            return fields_of(part)
        case AllOf(parts) | AnyOf(parts):
            return frozenset().union(*map(fields_of, parts))
