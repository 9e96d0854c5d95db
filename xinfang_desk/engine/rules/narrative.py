"""Rules about the 公开说明 against the tables: what the clerk wrote by hand must not contradict them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xinfang_desk.engine.rules.params import Params, words
from xinfang_desk.engine.rules.prose import STEP, paragraphs, steps
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.messages import marks, terms
from xinfang_desk.model.finding import Place
from xinfang_desk.model.money import round_div

_AMOUNT = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*万元")


@rule("amounts_in_text", reads={"text", "lines", "incomes", "amounts", "facts", "priors"})
def amounts_in_text(context: RuleContext, params: Params) -> Iterable[Hit]:
    """D-01 to D-08, D-13: an amount (…万元) the clerk wrote into a paragraph by hand stands in a table, is one of last
    year's figures, or is the difference the program tells.

    The program's own sentences take their figures from the cells and are not looked at. ``params.sections``: only
    these sections (none named: all). Slots: name (the section), value (the amount as written).
    """
    only = words(params, "sections")
    known: frozenset[int] | None = None
    for passage, paragraph in paragraphs(context):
        if only and passage.id not in only:
            continue
        if known is None:
            known = _known(context)
        own = "".join(marks.SPACE * len(run.text) if run.cells or run.address else run.text for run in paragraph.runs)
        for match in _AMOUNT.finditer(own):
            step = _steps(match[1])
            if step is not None and step not in known:
                yield Hit(part=f"text/{paragraph.key}/{match[1]}", place=Place(passage.page or context.check.page),
                          slots={"name": passage.heading, "value": terms.IN_WAN.format(amount=match[1])})


def _steps(text: str) -> int | None:
    """An amount in 万元 as hundredths; ``None`` for nought, which says nothing, and for what is no amount."""
    return steps(text) or None


def _known(context: RuleContext) -> frozenset[int]:
    found = {round_div(abs(cell.value), STEP) for sheet in context.engine.sheets() for row in sheet.rows
             for cell in row.cells if cell.kind == "money" and isinstance(cell.value, int)}
    found |= {round_div(abs(fen), STEP) for fen in context.year.priors.values()}
    every = (p for passage in context.document.passages for p in passage.paragraphs) if context.document else ()
    for paragraph in every:
        for figure in paragraph.figures:
            match = re.search(r"\d[\d,]*(?:\.\d+)?", figure)
            step = _steps(match[0]) if match else None
            if step is not None:
                found.add(step)
    return frozenset(found)


@rule("rewritten_looked_at", reads={"text"})
def rewritten_looked_at(context: RuleContext, params: Params) -> Iterable[Hit]:
    """A paragraph rewritten by hand is looked at again when a figure in it has changed. Slots: name (the section),
    value (how it begins).
    """
    for passage, paragraph in paragraphs(context):
        if paragraph.stale:
            yield Hit(part=f"text/{paragraph.key}", place=Place(passage.page or context.check.page),
                      slots={"name": passage.heading, "value": paragraph.text[:20]})
