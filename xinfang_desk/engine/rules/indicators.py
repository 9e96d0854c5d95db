"""Rules about performance indicators: value and name fit, and stand under the right heading."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xinfang_desk.engine.rules import reading
from xinfang_desk.engine.rules.params import Params, at_field
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.messages import rules as said
from xinfang_desk.model.ledger import QUALITATIVE, Indicator

_RATE = re.compile(r"((?<!频)率|比例|满意度|占比)(（?[%％]）?|\([%％]\))?$")
_COUNT = re.compile(r"((?<![指系])数|人次|批次|(?<!质)量)(（.*）|\(.*\))?$")
_PLAIN = re.compile(r"^-?\d+(\.\d+)?$")
_MEASURED = re.compile(r"^[≥≤＞＜><=＝]|^-?\d+(\.\d+)?\s*[%％]?$")


@rule("indicator_value_type", reads={"indicators"})
def indicator_value_type(context: RuleContext, params: Params) -> Iterable[Hit]:
    """G-03: a rate has a percentage, a count has none, a measured value is a number, a qualitative one has words.

    Slots: name, value (what stands there), expected.
    """
    for indicator in context.year.indicators.values():
        expected = _value_fault(indicator)
        if expected:
            yield at_field(context, "indicators", indicator, "value",
                           slots={"value": _target(indicator), "expected": expected})


def _value_fault(indicator: Indicator) -> str:
    if not indicator.value or not indicator.name:
        return ""
    percent = (indicator.unit in reading.PERCENT_UNITS or indicator.value.endswith(reading.PERCENT_UNITS)
               or indicator.name.endswith(reading.PERCENT_NAMES))
    if indicator.operator == QUALITATIVE:
        return said.QUALITATIVE_WORDS if _MEASURED.match(indicator.value.strip()) else ""
    if not _PLAIN.match(indicator.value.rstrip("".join(reading.PERCENT_MARKS))):
        return said.QUANTITATIVE_NUMBER
    if _RATE.search(indicator.name):
        return "" if percent else said.RATE_PERCENT
    if _COUNT.search(indicator.name) and percent:
        return said.COUNT_NO_PERCENT
    return ""


_HEADINGS = tuple((re.compile(name), held, wanted) for name, held, wanted in reading.HEADINGS)


@rule("indicator_level2_fits", reads={"indicators"})
def indicator_level2_fits(context: RuleContext, params: Params) -> Iterable[Hit]:
    """G-04: 及时率 is 时效, 标准 and 人均费用 are 成本, 满意度 is 满意度. Slots: name, value (the heading now), expected."""
    for indicator in context.year.indicators.values():
        for pattern, held, wanted in _HEADINGS:
            if pattern.search(indicator.name):
                if held not in indicator.level2:
                    yield at_field(context, "indicators", indicator, "level2", slots={
                        "value": indicator.level2, "expected": wanted})
                break


@rule("indicator_same_name", reads={"indicators"})
def indicator_same_name(context: RuleContext, params: Params) -> Iterable[Hit]:
    """G-05: one indicator has one value in all projects (the whole department's may differ). Slots: name, value."""
    first: dict[str, Indicator] = {}
    for indicator in context.year.indicators.values():
        if not indicator.name or indicator.project is None:
            continue
        other = first.setdefault(indicator.name, indicator)
        if _target(other) != _target(indicator) and other.project != indicator.project:
            yield at_field(context, "indicators", indicator, "value",
                           slots={"value": said.TWO_TARGETS.format(one=_target(other), other=_target(indicator))})


def _target(indicator: Indicator) -> str:
    sign = "" if indicator.operator == QUALITATIVE else indicator.operator
    return f"{sign}{indicator.value}{indicator.unit}"
