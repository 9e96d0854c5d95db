"""Rules about performance indicators: value and name fit, and stand under the right heading."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xinfang_desk.engine.rules.params import Params, at_field
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.model.ledger import Indicator

_RATE = re.compile(r"((?<!频)率|比例|满意度|占比)(（?[%％]）?|\([%％]\))?$")
_COUNT = re.compile(r"((?<![指系])数|人次|批次|(?<!质)量)(（.*）|\(.*\))?$")
_PLAIN = re.compile(r"^-?\d+(\.\d+)?$")
_PERCENT = ("%", "％", "百分比")
_PERCENT_NAME = ("%", "％", "%)", "%）", "％）")
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
    percent = indicator.unit in _PERCENT or indicator.value.endswith(_PERCENT) or indicator.name.endswith(_PERCENT_NAME)
    if indicator.operator == "定性":
        return "定性指标写文字，不写数值和百分号" if _MEASURED.match(indicator.value.strip()) else ""
    if not _PLAIN.match(indicator.value.rstrip("%％")):
        return "定量指标的值只填数字，单位填在单位栏；说不成数的请把性质改为定性"
    if _RATE.search(indicator.name):
        return "" if percent else "比率类指标的单位应是 %"
    if _COUNT.search(indicator.name) and percent:
        return "数量类指标的单位应是件、人次、次这类，不是 %"
    return ""


_HEADINGS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile("满意"), ("满意度",)),
    (re.compile("及时|时间|时限|按时"), ("时效",)),
    (re.compile("(?<!质量)标准(?![化率达])|成本|人均.*(费|补助|补贴|支出|经费)|人均发放"), ("成本",)))


@rule("indicator_level2_fits", reads={"indicators"})
def indicator_level2_fits(context: RuleContext, params: Params) -> Iterable[Hit]:
    """G-04: 及时率 is 时效, 标准 and 人均费用 are 成本, 满意度 is 满意度. Slots: name, value (the heading now), expected."""
    for indicator in context.year.indicators.values():
        for pattern, headings in _HEADINGS:
            if pattern.search(indicator.name):
                if not any(heading in indicator.level2 for heading in headings):
                    yield at_field(context, "indicators", indicator, "level2", slots={
                        "value": indicator.level2, "expected": headings[0] + "指标"})
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
                           slots={"value": f"{_target(other)}和{_target(indicator)}"})


def _target(indicator: Indicator) -> str:
    sign = "" if indicator.operator == "定性" else indicator.operator
    return f"{sign}{indicator.value}{indicator.unit}"
