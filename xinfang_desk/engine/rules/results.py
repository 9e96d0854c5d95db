"""Rules of the self-evaluation: ratios told in texts, claims about the budget, scores that fit what was done."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fractions import Fraction

from xinfang_desk.engine.rules.params import Params, at_fact, at_field, word
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.expr import parse_value
from xinfang_desk.messages import rules as said
from xinfang_desk.model.ledger import Indicator
from xinfang_desk.model.money import MoneyUnit, format_amount, round_div
from xinfang_desk.model.scoring import proportional_score

_READS = {"facts", "projects", "lines", "amounts", "priors", "purchases"}
_QUOTES = re.compile(r"[“”\"‘’]")
_TOLERANCE = Fraction(1, 100)
"""Hundredths of a percentage point: what printing two decimals may move."""


def _texts(context: RuleContext) -> Iterator[tuple[str, str, Hit]]:
    """Every text of the pack's pages and projects: what it is called, the text in plain characters, where it stands."""
    labels = {field.address: field.label for page in context.pack.pages for field in page.fields}
    for address, text in context.texts():
        if address in labels:
            yield labels[address], _plain(text), at_fact(address)
    for project in context.year.projects.values():
        if project.result:
            where = said.RESULT_OF.format(project=context.name(project))
            yield where, _plain(project.result), at_field(context, "projects", project, "result")


def _plain(text: str) -> str:
    return _QUOTES.sub("", unicodedata.normalize("NFKC", text))


@rule("official_ratios", reads=_READS)
def official_ratios(context: RuleContext, params: Params) -> Iterable[Hit]:
    """G-15: a ratio told in a text is the one the score table's formula gives. ``items``: (name, formula) pairs.

    Slots: name (where), ratio, value (as told), expected.
    """
    items = params.get("items", ())
    for item in items if isinstance(items, list | tuple) else ():
        name, formula = (str(part) for part in item)
        official = context.engine.read(parse_value(formula)).value
        if official is None:
            continue
        told = re.compile(rf"{re.escape(_plain(name))}[^,。;、\d%]{{0,8}}?(\d+(?:\.\d+)?)\s*%")
        for where, text, hit in _texts(context):
            for match in told.finditer(text):
                if abs(Fraction(match[1]) - _percent(official)) > _TOLERANCE:
                    yield Hit(part=f"{hit.part}/{name}", place=hit.place, money=False, actual=Fraction(match[1]) / 100,
                              expected=Fraction(official), slots={
                                  "name": where, "ratio": name, "value": f"{match[1]}%",
                                  "expected": f"{format_amount(_hundredths(official), MoneyUnit.YUAN)}%"})
                    break


def _hundredths(ratio: int | Fraction) -> int:
    scaled = Fraction(ratio) * 10_000
    return round_div(scaled.numerator, scaled.denominator)


def _percent(ratio: int | Fraction) -> Fraction:
    """As printed: a percentage with two decimals."""
    return Fraction(_hundredths(ratio), 100)


_WITHIN = re.compile(
    r"(?:支出|开支|执行|控制|使用)[^,。;、]{0,8}?在(?:年初)?(?:预算|指标)(?:总额|范围|控制数)?(?:以)?内|(?:未|没有|无)超(?:过|出)?(?:年初)?预算")


@rule("within_budget_claim", reads=_READS)
def within_budget_claim(context: RuleContext, params: Params) -> Iterable[Hit]:
    """G-13: no text says 在预算内 where ``actual`` is more than ``limit``. Slots: name (where), value (the words),
    left, right."""
    actual, limit = (context.engine.read(parse_value(word(params, side))).value for side in ("actual", "limit"))
    if actual is None or actual <= (limit or 0):
        return
    for where, text, hit in _texts(context):
        match = _WITHIN.search(text)
        if match:
            yield Hit(part=hit.part, place=hit.place, actual=actual, expected=limit or 0,
                      slots={"name": where, "value": match[0]})


@rule("indicator_scores", reads={"indicators"})
def indicator_scores(context: RuleContext, params: Params) -> Iterable[Hit]:
    """G-07: ``look = "high"``: no more points than the share reached earns; ``look = "unexplained"``: points lost have
    a reason. Slots: name, value (the points), expected."""
    high = word(params, "look") == "high"
    for indicator in context.year.indicators.values():
        expected = _faulty_high(indicator) if high else _unexplained(indicator)
        if expected is not None and indicator.score is not None:
            yield at_field(context, "indicators", indicator, "score" if high else "deviation", money=False,
                           actual=Fraction(indicator.score, 100), expected=Fraction(expected, 100),
                           slots={"value": _points(indicator.score), "expected": _points(expected)})


def _faulty_high(indicator: Indicator) -> int | None:
    earned = proportional_score(indicator)
    return earned if indicator.score is not None and earned is not None and indicator.score > earned else None


def _unexplained(indicator: Indicator) -> int | None:
    full = None if indicator.weight is None else indicator.weight * 100
    lost = indicator.score is not None and full is not None and indicator.score < full
    return full if lost and not indicator.deviation.strip() else None


def _points(hundredths: int) -> str:
    return format_amount(hundredths, MoneyUnit.YUAN, trim=True)
