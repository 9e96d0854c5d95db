"""A finding's figures in words, in the unit in use."""

from __future__ import annotations

from xinfang_desk.messages import findings as words
from xinfang_desk.model.finding import Finding, Number
from xinfang_desk.model.money import MoneyUnit, format_amount


def figures(finding: Finding, unit: MoneyUnit) -> str:
    """What it should be, what it is, and by how much they differ; '' where the rule is not about amounts."""
    expected, actual = finding.expected, finding.actual
    if expected is None or actual is None or expected == actual:
        return ""
    if not finding.money:
        return words.PLAIN.format(expected=expected, actual=actual)
    over = actual - expected
    template = words.MORE if over > 0 else words.LESS
    return template.format(expected=_amount(expected, unit), actual=_amount(actual, unit),
                           difference=_amount(over if over > 0 else -over, unit), unit=unit.value)


def where(finding: Finding) -> str:
    """Table and row, as far as the rule names them."""
    if finding.table and finding.row:
        return words.ROW_OF.format(table=finding.table, row=finding.row)
    return finding.table or finding.row


def second_line(finding: Finding, unit: MoneyUnit) -> str:
    """Where it is and its figures, on one line; '' where there is neither."""
    at, told = where(finding), figures(finding, unit)
    return words.SECOND_AT.format(where=at, figures=told) if at and told else at or told


def _amount(fen: Number, unit: MoneyUnit) -> str:
    """Every 分 that is there: a difference of one 分 is one in 万元 too."""
    if unit is MoneyUnit.YUAN or round(fen) % 10_000 == 0:
        return format_amount(round(fen), unit, thousands=True)
    return format_amount(round(fen), unit, decimals=6, trim=True, thousands=True)
