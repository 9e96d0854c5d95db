"""Performance indicators made easier: a library to choose from, and scores that follow from what was reached."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.grid import next_id
from xinfang_desk.messages import desk as said
from xinfang_desk.model.change import Change, Insert, SetField
from xinfang_desk.model.ledger import COST, ECONOMIC_COST, Indicator, Year
from xinfang_desk.model.scoring import proportional_score
from xinfang_desk.places import forms_dir

COST_ON_TOP = 2022
"""From this year on 成本指标 is a first level heading of its own."""


@cache
def _library() -> tuple[Indicator, ...]:
    from xinfang_desk.packs import PackError
    from xinfang_desk.packs.indicators import load_indicators

    try:
        return load_indicators(forms_dir())
    except PackError as error:
        raise DeskError(str(error)) from error


def suggestions(year: Year, project: int | None = None, text: str = "", level2: str = "") -> tuple[Indicator, ...]:
    """Indicators of the library that ``project`` (``None``: the whole department) does not have yet.

    ``text``: only those whose name or basis holds it; ``level2``: only under that heading. Headings are those of the
    year. Raises :class:`DeskError` where the library cannot be read.
    """
    has = {indicator.name for indicator in year.indicators.values() if indicator.project == project}
    fitting = (_of_year(indicator, year.year) for indicator in _library() if indicator.name not in has)
    wanted = text.strip()
    return tuple(one for one in fitting if (wanted in one.name or wanted in one.basis) and level2 in ("", one.level2))


def _of_year(indicator: Indicator, year: int) -> Indicator:
    if indicator.level2 == COST and year >= COST_ON_TOP:
        return replace(indicator, level1=COST, level2=ECONOMIC_COST)
    return indicator


def taken(year: Year, suggestion: Indicator, project: int | None = None) -> Change:
    """The change that adds a suggestion to a project's indicators, at the end."""
    record = replace(suggestion, id=next_id(year, "indicators"), project=project)
    return Change(said.INDICATOR_ADDED.format(name=suggestion.name), (Insert("indicators", record, len(year.indicators)),))


def scored(year: Year) -> Change | None:
    """The change that gives every quantified indicator without a score what it has earned; ``None`` where there is
    nothing to fill in."""
    steps = tuple(SetField("indicators", indicator.id, "score", None, earned) for indicator in year.indicators.values()
                  if indicator.score is None and (earned := proportional_score(indicator)) is not None)
    return Change(said.SCORED, steps) if steps else None
