"""Values that are plain sums: the engine moves them by differences, the workbook writes them as formulas."""

from __future__ import annotations

from dataclasses import dataclass

from xinfang_desk.expr.evaluate import Leaf
from xinfang_desk.model.formula import (
    Arithmetic,
    CellRef,
    Fetch,
    Function,
    LedgerSum,
    Negative,
    Number,
    RecordField,
    RecordSum,
    Value,
)


@dataclass(frozen=True, slots=True)
class Linear:
    """The sum of each leaf times its whole-number weight, plus ``constant``.

    ``filled`` counts the constants: a value that holds one is never blank.
    """

    terms: tuple[tuple[Leaf, int], ...]
    constant: int = 0
    filled: int = 0

    def times(self, factor: int) -> Linear:
        """Every weight and the constant multiplied."""
        return Linear(tuple((leaf, weight * factor) for leaf, weight in self.terms), self.constant * factor,
                      self.filled)

    def plus(self, other: Linear) -> Linear:
        """Both sums together."""
        return Linear(self.terms + other.terms, self.constant + other.constant, self.filled + other.filled)


def linear(value: Value) -> Linear | None:
    """``value`` as a weighted sum of references with whole weights; ``None`` where it is anything else."""
    match value:
        case Number():
            if value.value.denominator != 1:
                return None
            return Linear((), value.value.numerator, 1)
        case CellRef() | LedgerSum() | Fetch() | RecordField() | RecordSum():
            return Linear(((value, 1),))
        case Negative(part):
            inner = linear(part)
            return inner.times(-1) if inner else None
        case Arithmetic("+" | "-", left, right):
            return _joined([left, right], (1, 1 if value.op == "+" else -1))
        case Function("sum", args):
            return _joined(list(args), (1,) * len(args))
        case _:
            return None


def scaled(value: Value) -> tuple[Linear, int] | None:
    """A plain sum and what it must be divided by (> 0) to be ``value``, where blank counts as nought: takes products
    and quotients with a fixed number too. ``None`` where it is anything else."""
    match value:
        case Number():
            return Linear((), value.value.numerator, 1), value.value.denominator
        case Arithmetic("*", Number() as number, part) | Arithmetic("*" | "/", part, Number() as number):
            inner = scaled(part)
            if inner is None or (value.op == "/" and not number.value):
                return None
            factor = number.value if value.op == "*" else 1 / number.value
            return inner[0].times(factor.numerator), inner[1] * factor.denominator
        case Arithmetic("+" | "-", left, right):
            a, b = scaled(left), scaled(right)
            if a is None or b is None:
                return None
            sign = 1 if value.op == "+" else -1
            return a[0].times(b[1]).plus(b[0].times(sign * a[1])), a[1] * b[1]
        case _:
            whole = linear(value)
            return None if whole is None else (whole, 1)


def _joined(parts: list[Value], signs: tuple[int, ...]) -> Linear | None:
    total = Linear(())
    for part, sign in zip(parts, signs, strict=True):
        inner = linear(part)
        if inner is None:
            return None
        total = total.plus(inner.times(sign))
    return total
