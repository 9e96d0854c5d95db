"""What a quantified indicator earns: full points where it is reached, else in proportion (财预〔2020〕10号; domain §3.4)."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from xinfang_desk.model.ledger import Indicator

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def plain_number(text: str) -> Fraction | None:
    """The number of a typed value such as ``96``, ``96.5%`` or ``３０``; ``None`` where it is not one number alone."""
    found = unicodedata.normalize("NFKC", text).strip().removesuffix("%")
    return Fraction(found) if _NUMBER.fullmatch(found) else None


def proportional_score(indicator: Indicator) -> int | None:
    """The points in hundredths, rounded down; ``None`` where nothing can be computed: a qualitative indicator, no weight,
    or a value that is no number."""
    target, actual = plain_number(indicator.value), plain_number(indicator.actual)
    if indicator.weight is None or target is None or actual is None:
        return None
    reached = _reached(indicator.operator, target, actual)
    if reached is None:
        return None
    earned = indicator.weight * 100 * min(Fraction(1), max(Fraction(0), reached))
    return earned.numerator // earned.denominator


def _reached(operator: str, target: Fraction, actual: Fraction) -> Fraction | None:
    """How much of the target is reached, 1 for all of it."""
    match operator:
        case "≥" | ">":
            if actual > target or (actual == target and operator == "≥"):
                return Fraction(1)
            return actual / target if target > 0 else None
        case "≤" | "<":
            if actual < target or (actual == target and operator == "≤"):
                return Fraction(1)
            return target / actual if actual > 0 else None
        case "=":
            if actual == target:
                return Fraction(1)
            return min(actual / target, target / actual) if target > 0 and actual > 0 else Fraction(0)
        case _:
            return None
