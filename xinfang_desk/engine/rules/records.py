"""Rules about the records of the lists: what must be filled, what fits the printed unit, what stands there twice."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from xinfang_desk.engine.rules.params import Params, at_field, number, records, space, word, words
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.messages import rules as said
from xinfang_desk.model.ledger import Income, Line
from xinfang_desk.model.money import MoneyUnit, format_amount

_ALL_LISTS = {"lines", "incomes", "projects", "indicators", "purchases"}


@rule("field_filled", reads=_ALL_LISTS)
def field_filled(context: RuleContext, params: Params) -> Iterable[Hit]:
    """The ``field`` of the records of ``space`` is not blank. Slots: name."""
    field = word(params, "field", "name")
    for record in records(context, params):
        if getattr(record, field) in (None, ""):
            yield at_field(context, space(params), record, field)


@rule("field_in", reads=_ALL_LISTS)
def field_in(context: RuleContext, params: Params) -> Iterable[Hit]:
    """The ``field`` of the records is one of ``values``. Slots: name, value."""
    field, allowed = word(params, "field", "name"), words(params, "values")
    for record in records(context, params):
        found = getattr(record, field)
        text = str(found.value) if isinstance(found, Enum) else str(found or "")
        if text not in allowed:
            yield at_field(context, space(params), record, field, slots={"value": text or said.EMPTY})


@rule("amount_fits_unit", reads={"lines", "incomes", "amounts"})
def amount_fits_unit(context: RuleContext, params: Params) -> Iterable[Hit]:
    """T-32: an amount in ``unit`` has no more than ``decimals`` decimals. Slots: name, left."""
    unit = MoneyUnit(word(params, "unit", MoneyUnit.WAN.value))
    step = unit.fen // 10 ** number(params, "decimals", 2)
    for list_ in ("lines", "incomes"):
        entered: Iterable[Line | Income] = getattr(context.year, list_).values()
        # At every edit of an amount, over thousands of lines: first the few that do not fit.
        for record in [one for one in entered if one.amount and one.amount % step]:
            if record.amount is not None:
                shown = said.IN_YUAN.format(amount=format_amount(record.amount, MoneyUnit.YUAN, thousands=True))
                yield at_field(context, "lines" if list_ == "lines" else "incomes", record, "amount",
                               slots={"left": shown}, actual=record.amount)


@rule("same_subject", reads={"lines", "projects"})
def same_subject(context: RuleContext, params: Params) -> Iterable[Hit]:
    """Two projects of one name, or two lines alike in everything but amount and note: perhaps typed twice.

    Slots: name.
    """
    names: set[str] = set()
    for project in context.year.projects.values():
        if project.name and project.name in names:
            yield at_field(context, "projects", project, "name")
        names.add(project.name)
    seen: set[tuple[object, ...]] = set()
    for line in context.year.lines.values():
        key = (line.kind, line.function, line.econ_dept, line.econ_gov, line.fund, line.carry, line.project, line.note)
        if key in seen:
            yield at_field(context, "lines", line, "econ_dept")
        seen.add(key)
