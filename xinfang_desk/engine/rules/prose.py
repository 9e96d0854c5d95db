"""What a clerk wrote: paragraphs rewritten by hand, answers in words, texts of the records, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from xinfang_desk.engine.rules.registry import Hit, RuleContext
from xinfang_desk.engine.rules.texts import label_of, labels_of, record_texts, typed_texts
from xinfang_desk.expr import parse_condition, parse_value
from xinfang_desk.messages import terms
from xinfang_desk.model.finding import Place
from xinfang_desk.model.formula import Condition, Value
from xinfang_desk.model.money import (
    FEN_PER_WAN,
    AmountRefused,
    MoneyUnit,
    format_amount,
    parse_amount,
    round_div,
)
from xinfang_desk.model.passage import Paragraph, Passage

REWRITTEN = "rewrite."
"""Where paragraphs rewritten by hand are kept among the facts."""

STEP = FEN_PER_WAN // 100
"""The text tells amounts to 0.01 万元."""

_SENTENCE = re.compile(r"[^。；;\n]+")


@dataclass(frozen=True, slots=True)
class Prose:
    """One text. ``called``: gives its name; ``part``: the stem of the keys of its findings."""

    called: Callable[[], str]
    text: str
    part: str
    place: Place

    def hit(self, found: str, value: str, **slots: str) -> Hit:
        """A hit in this text. ``found`` tells it from others here; ``value``: what stands there."""
        return Hit(part=f"{self.part}/{found}", place=self.place, slots={"name": self.called(), "value": value, **slots})

    def sentences(self) -> Iterator[str]:
        """Its sentences, without the stops between them."""
        for match in _SENTENCE.finditer(self.text):
            yield match[0]


def paragraphs(context: RuleContext) -> Iterator[tuple[Passage, Paragraph]]:
    """Every rewritten paragraph with its section. The narrative is only asked for where there is one."""
    if context.document is None or not any(address.startswith(REWRITTEN) for address in context.year.facts):
        return
    for passage in context.document.passages:
        for paragraph in passage.paragraphs:
            if paragraph.rewritten:
                yield passage, paragraph


def rewritten(context: RuleContext) -> Iterator[Prose]:
    """Paragraphs rewritten by hand, with their figures as they read now."""
    for passage, paragraph in paragraphs(context):
        yield Prose(partial(str, passage.heading), paragraph.text, f"text/{paragraph.key}",
                    Place(passage.page or context.check.page))


def written(context: RuleContext, about: re.Pattern[str]) -> Iterator[Prose]:
    """Everything in words that ``about`` is found in: rewritten paragraphs, answers on the pages, texts of the
    records but the lines' notes."""
    for prose in rewritten(context):
        if about.search(prose.text):
            yield prose
    for i, (address, text) in enumerate(typed_texts(context)):
        if about.search(text):
            yield Prose(partial(_question, context, address), text, f"facts/{address}/{i}",
                        Place("", address=address, space="facts"))
    for space, record, field, text in record_texts(context, ("projects", "indicators", "purchases")):
        if about.search(text):
            yield Prose(partial(context.name, record), text, f"{space}/{record.id}/{field}",
                        Place("", space=space, record=record.id, field=field))


def _question(context: RuleContext, address: str) -> str:
    return label_of(labels_of(context), address)


def steps(text: str) -> int | None:
    """An amount in 万元 as hundredths of one; ``None`` for what is no amount."""
    try:
        fen = parse_amount(text, MoneyUnit.WAN)
    except AmountRefused:
        return None
    return None if fen is None else round_div(fen, STEP)


def told(fen: int) -> str:
    """An amount as a sentence tells it."""
    return terms.IN_WAN.format(amount=format_amount(fen, MoneyUnit.WAN))


@cache
def _parsed(text: str) -> Value:
    return parse_value(text)


@cache
def condition(text: str) -> Condition:
    """A condition of ``params``; the same object for the same text, so that what it chooses is found once."""
    return parse_condition(text)


def amount(context: RuleContext, text: str) -> int | None:
    """The amount an expression of ``params`` comes to."""
    read = context.engine.read(_parsed(text)).value
    return None if read is None else round(read)


def reckoned(context: RuleContext, text: str) -> int:
    """The same, blank as nought."""
    return amount(context, text) or 0
