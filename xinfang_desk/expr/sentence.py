"""Third reading of the expression tree: a Chinese phrase for the clerk."""

from __future__ import annotations

from collections.abc import Callable

from xinfang_desk.expr.evaluate import Leaf
from xinfang_desk.messages import expr as words
from xinfang_desk.messages import marks, terms
from xinfang_desk.model.formula import (
    AllOf,
    AnyOf,
    Arithmetic,
    CellRef,
    Condition,
    Fetch,
    FieldIs,
    FieldUnder,
    Function,
    LedgerSum,
    Negative,
    Not,
    Number,
    RecordField,
    RecordSum,
    Value,
)
from xinfang_desk.model.ledger import Fund, Kind
from xinfang_desk.model.money import MoneyUnit, format_amount

LeafNamer = Callable[[Leaf], str]
"""What a reference is called, with its figure where the caller wants one."""

def condition_text(condition: Condition) -> str:
    """A condition in words: ``资金来源为一般公共预算拨款，且支出性质为人员经费``; '' where it always holds."""
    match condition:
        case FieldIs(field, values, negated):
            return _field_is(field, values, negated)
        case FieldUnder(field, prefixes):
            return words.UNDER.format(field=field_label(field), codes=marks.AND.join(prefixes))
        case AllOf(parts):
            return words.AND_ALSO.join(filter(None, (_bracketed(part) for part in parts)))
        case AnyOf(parts):
            return words.OR_ELSE.join(filter(None, (_bracketed(part) for part in parts)))
        case Not(FieldIs(field, values, negated)):
            return _field_is(field, values, not negated)
        case Not(part):
            return words.NOT_THAT.format(condition=condition_text(part))


def _bracketed(part: Condition) -> str:
    text = condition_text(part)
    return marks.BRACKETED.format(text=text) if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1 else text


def _field_is(field: str, values: tuple[str | bool, ...], negated: bool) -> str:
    label = field_label(field)
    if values in ((True,), (False,)):
        return label if values[0] is not negated else words.NOT_FLAG.format(field=label)
    names = words.OR.join(_value_label(field, value) for value in values)
    return (words.FIELD_IS_NOT if negated else words.FIELD_IS).format(field=label, values=names)


def _value_label(field: str, value: str | bool) -> str:
    if field == "fund" and value in {fund.value for fund in Fund}:
        return Fund(value).label
    if field == "kind" and value in {kind.value for kind in Kind}:
        return Kind(value).label
    if value == "this":
        return words.THIS_PROJECT
    if isinstance(value, bool):
        return terms.YES if value else terms.NO
    return value or terms.BLANK


def field_label(field: str) -> str:
    """What the clerk calls a field of a record; ``project.special`` → ``项目的专项资金``."""
    if field.startswith("project."):
        return terms.FIELD_OF_PROJECT.format(field=field_label(field[8:]))
    return terms.FIELDS.get(field, field)


def value_text(value: Value, name: LeafNamer) -> str:
    """A value as a formula in words: ``基本支出226.70万元＋项目支出12.00万元``."""
    match value:
        case Number(number, money):
            if money:
                return terms.IN_WAN.format(amount=format_amount(int(number), MoneyUnit.WAN, decimals=6, trim=True))
            return str(number) if number.denominator == 1 else f"{float(number):g}"
        case CellRef() | LedgerSum() | Fetch() | RecordField() | RecordSum():
            return name(value)
        case Negative(part):
            return words.NEGATIVE.format(value=_closed(part, name))
        case Arithmetic(op, left, right):
            a = value_text(left, name) if op in "+-" else _closed(left, name)
            b = value_text(right, name) if op == "+" else _closed(right, name)
            return f"{a}{words.SIGNS[op]}{b}"
        case Function():
            return _function_text(value, name)


def _closed(value: Value, name: LeafNamer) -> str:
    text = value_text(value, name)
    return marks.BRACKETED.format(text=text) if isinstance(value, Arithmetic) and value.op in "+-" else text


def _function_text(value: Function, name: LeafNamer) -> str:
    parts = [value_text(arg, name) for arg in value.args]
    match value.name:
        case "sum" if len(parts) > 1:
            return words.SIGNS["+"].join(parts)
        case "default":
            return words.DEFAULT.format(value=parts[0], other=parts[1])
        case "band" | "reach":
            step = words.STEPS[value.name]
            steps = marks.COMMA.join(
                step.format(bound=a, value=b) for a, b in zip(parts[1:-1:2], parts[2:-1:2], strict=True))
            return words.STEPPED.format(value=parts[0], steps=steps, rest=parts[-1])
        case _:
            return words.FUNCTIONS[value.name].format(values=marks.AND.join(parts))
