"""Rules about words: what a clerk typed, and the narrative made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from xinfang_desk.engine.rules import reading
from xinfang_desk.engine.rules.params import Params, at_fact, at_field, number, words
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.expr.template import Words, parse_template
from xinfang_desk.messages import marks
from xinfang_desk.messages import rules as said
from xinfang_desk.model.change import RecordSpace
from xinfang_desk.model.finding import Place
from xinfang_desk.model.ledger import Record

PLACEHOLDERS = re.compile(r"[XxＸｘ×✕]{2,}|[○〇◯]{2,}|\*{2,}|_{3,}|＿{2,}|待填|待补|待定|TODO|\{[^{}]*\}")
"""What is left over from a template: XX, ××, ○○, ___, 待填, {…}."""

_RECORD_TEXTS: tuple[tuple[RecordSpace, tuple[str, ...]], ...] = (
    ("projects", ("name", "purpose", "goal", "result")),
    ("indicators", ("name", "description", "value", "basis", "actual", "deviation")),
    ("purchases", ("name", "specification", "note")), ("lines", ("note",)))
_NOT_FOR_PRINT = ("sample.", "sign.", "rewrite.", "codes.")


def labels_of(context: RuleContext) -> dict[str, str]:
    """The question behind each address."""
    return {field.address: field.label for page in context.pack.pages for field in page.fields}


def label_of(labels: dict[str, str], address: str) -> str:
    """What an address is called: its question, or that of its ``.*``."""
    return labels.get(address) or labels.get(address.rpartition(".")[0] + ".*") or address


def typed_texts(context: RuleContext) -> Iterator[tuple[str, str]]:
    """Typed texts that are printed, with their addresses."""
    for address, text in context.texts():
        if not address.startswith(_NOT_FOR_PRINT):
            yield address, text


_LISTS = tuple(space for space, _ in _RECORD_TEXTS)


def record_texts(context: RuleContext, spaces: tuple[str, ...] = _LISTS
                 ) -> Iterator[tuple[RecordSpace, Record, str, str]]:
    """Texts of projects, indicators, purchases and lines that are not blank: list, record, field, text."""
    for space, fields in _RECORD_TEXTS:
        for record in getattr(context.year, space).values() if space in spaces else ():
            for field in fields:
                text = getattr(record, field)
                if text:
                    yield space, record, field, str(text)


@rule("placeholders", reads={"facts", "projects", "indicators", "purchases", "lines"})
def placeholders(context: RuleContext, params: Params) -> Iterable[Hit]:
    """D-19: no placeholder (the usual ones and ``words``) is left in a typed text or in the narrative.

    Slots: name (where), value (what was found). One finding a place.
    """
    labels, seen = labels_of(context), set()
    for address, text in typed_texts(context):
        found = _placeholder(text, words(params, "words"))
        if found and address not in seen:
            seen.add(address)
            yield at_fact(address, slots={"name": label_of(labels, address), "value": found})
    for space, record, field, text in record_texts(context):
        found = _placeholder(text, words(params, "words"))
        if found:
            yield at_field(context, space, record, field, slots={"value": found})
    yield from _in_rewritten(context)
    yield from _in_templates(context)


def _placeholder(text: str, more: tuple[str, ...]) -> str:
    match = PLACEHOLDERS.search(text)
    return match[0] if match else next((word for word in more if word in text), "")


_SLOT = re.compile(r"\{[^{}]*\}")


def _in_rewritten(context: RuleContext) -> Iterable[Hit]:
    """Paragraphs rewritten by hand, as they are kept: ``{0}`` stands for a bound figure."""
    pages = {section.id: section.page for section in context.pack.narrative.sections}
    for address, value in context.year.facts.items():
        if address.startswith("rewrite.") and isinstance(value, tuple) and value and value[0]:
            match = PLACEHOLDERS.search(_SLOT.sub("", value[0][0]))
            if match:
                key = address.removeprefix("rewrite.")
                yield Hit(part=f"text/{key}", place=Place(pages.get(key.partition(".")[0], "")),
                          slots={"name": said.REWRITTEN, "value": match[0]})


@cache
def _plain(template: str) -> str:
    """A template without its slots."""
    return "\n".join(piece.text for piece in parse_template(template) if isinstance(piece, Words))


def _in_templates(context: RuleContext) -> Iterable[Hit]:
    """The template's own words: typed texts were looked at where they were typed."""
    for section in context.pack.narrative.sections:
        for i, paragraph in enumerate(section.paragraphs):
            match = PLACEHOLDERS.search(_plain(paragraph.text))
            if match:
                yield Hit(part=f"text/{section.id}/{i}", place=Place(section.page),
                          slots={"name": section.heading or said.NARRATIVE, "value": match[0]})


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*年)")
_LEFT_OUT = re.compile(r"《[^》]*》|〔[^〕]*〕|﹝[^﹞]*﹞|\[[^\]]*\]|“[^”]*规划[^”]*”")
_AFTER = re.compile(r"^\s*年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|末|初)?(?:以来|起|开始|规划|[-—–~至])")


@rule("years_in_texts", reads={"facts"})
def years_in_texts(context: RuleContext, params: Params) -> Iterable[Hit]:
    """Y-11: years in typed texts lie between the budget year less ``back`` and the budget year.

    Document numbers, titles in 《》 and 截至/自/以来 dates are left out. Slots: name, value (the year).
    """
    labels, last = labels_of(context), context.year.year
    for address, text in typed_texts(context):
        plain = _LEFT_OUT.sub(lambda m: marks.SPACE * len(m[0]), text)
        for match in _YEAR.finditer(plain):
            year = int(match[1])
            exempt = plain[:match.start()].rstrip().endswith(reading.BEFORE_YEAR) or _AFTER.match(plain[match.end():])
            if not exempt and not last - number(params, "back", 1) <= year <= last:
                yield at_fact(address, f"/{year}", slots={"name": label_of(labels, address), "value": str(year)})
                break


_WITH_UNIT = re.compile(r"(?<![\d.,])(\d+(?:,\d{3})*(?:\.\d+)?)\s*(万元|元)(?!\s*[/／每])")


@rule("amount_two_units", reads={"facts"})
def amount_two_units(context: RuleContext, params: Params) -> Iterable[Hit]:
    """D-20: no number stands once with 元 and once with 万元 over all typed texts. Slots: value, name.

    Prices (``元/人``) and numbers below 1000 of one or two significant digits are left out: they meet by chance.
    """
    labels = labels_of(context)
    units: dict[str, str] = {}
    told: set[str] = set()
    for address, text in typed_texts(context):
        for printed, unit in _WITH_UNIT.findall(text):
            figure = printed.replace(",", "")
            if _small(figure):
                continue
            if units.setdefault(figure, unit) != unit and figure not in told:
                told.add(figure)
                yield at_fact(address, f"/{figure}", slots={"value": figure, "name": label_of(labels, address)})


def _small(figure: str) -> bool:
    """True for 20, 300 or 1.5, which say nothing when they meet twice."""
    if "." in figure:
        return len(figure.replace(".", "").strip("0")) < 3
    return len(figure) <= 3 and len(figure.rstrip("0")) < 3


_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID = re.compile(r"(?<!\d)(\d{17})([\dXx])(?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_BANK = re.compile(r"(?<!\d)\d{16,19}(?!\d)")
_PERSON = re.compile(r"([\u4e00-\u9fff]{2,3})(同志|等\d{1,3}人)")


@rule("personal_data", reads={"facts", "projects", "indicators", "purchases", "lines"})
def personal_data(context: RuleContext, params: Params) -> Iterable[Hit]:
    """S-15: no identity number, mobile number, bank card or private person's name in what is published.

    Slots: name (where), value (what was found, the middle hidden).
    """
    labels, seen = labels_of(context), set()
    for address, text in typed_texts(context):
        found = _personal(text)
        if found and address not in seen:
            seen.add(address)
            yield at_fact(address, slots={"name": label_of(labels, address), "value": found})
    for space, record, field, text in record_texts(context):
        found = _personal(text)
        if found:
            yield at_field(context, space, record, field, slots={"value": found})


def _personal(text: str) -> str:
    for body, last in _ID.findall(text):
        if "10X98765432"[sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True)) % 11] == last.upper():
            return said.ID_NUMBER.format(digits=_hidden(body + last))
    match = _MOBILE.search(text)
    if match:
        return said.MOBILE.format(digits=_hidden(match[0]))
    match = _BANK.search(text)
    if match and _luhn(match[0]):
        return said.BANK_CARD.format(digits=_hidden(match[0]))
    for words_before, ending in _PERSON.findall(text):
        for name in (words_before, words_before[-2:]):
            if name[0] in reading.SURNAMES and not any(word in name for word in reading.NOT_NAMES):
                return said.PERSON.format(name=name[0] + "*" * (len(name) - 1), ending=ending)
    return ""


def _hidden(digits: str) -> str:
    return digits[:3] + "*" * (len(digits) - 5) + digits[-2:]


def _luhn(digits: str) -> bool:
    """The check digit every bank card carries (ISO/IEC 7812)."""
    total = 0
    for i, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + i % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
