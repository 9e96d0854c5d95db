"""Numbers and changes told in Chinese: 增加、减少、持平 always agree with the sign."""

from __future__ import annotations

from xinfang_desk.messages import passages as words
from xinfang_desk.model.money import Fen, MoneyUnit, format_amount, format_percent


def amount(fen: Fen | None, unit: MoneyUnit = MoneyUnit.WAN, *, trim: bool = True) -> str:
    """An amount in running text, without its unit word: blank is told as 0 (every nought is stated)."""
    return format_amount(fen or 0, unit, trim=trim)


def change(now: Fen | None, before: Fen | None, unit: MoneyUnit = MoneyUnit.WAN, *, trim: bool = True) -> str:
    """增加35.87万元 / 减少0.19万元 / 持平. What would print as nought is 持平, so that no 增加0万元 appears."""
    moved = (now or 0) - (before or 0)
    printed = format_amount(abs(moved), unit, trim=trim)
    if moved == 0 or not printed.strip("0."):
        return words.LEVEL
    return (words.ROSE if moved > 0 else words.FELL).format(amount=f"{printed}{unit.value}")


def change_percent(now: Fen | None, before: Fen | None, unit: MoneyUnit = MoneyUnit.WAN, *, trim: bool = True) -> str:
    """增加0.05万元（7.69%）; without a percentage from a zero base (domain Y-02)."""
    told = change(now, before, unit, trim=trim)
    if told == words.LEVEL:
        return told
    if not before:
        return words.FROM_NOTHING.format(change=told)
    percent = format_percent(abs((now or 0) - before), abs(before))
    return words.BY_PERCENT.format(change=told, percent=percent)
