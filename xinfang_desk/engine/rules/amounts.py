"""Rules about amounts and changes told in paragraphs rewritten by hand, against what they are called there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xinfang_desk.engine.rules import reading
from xinfang_desk.engine.rules.params import Params, number, word, words
from xinfang_desk.engine.rules.prose import STEP, Prose, condition, reckoned, rewritten, steps, told
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.messages import rules as said
from xinfang_desk.messages import terms
from xinfang_desk.model.codes import CodeKind
from xinfang_desk.model.money import round_div

_READS = {"text", "lines", "incomes", "projects", "purchases", "amounts", "facts", "priors"}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE = re.compile(r"[，。；：,;:\n（）()]")
_BACK = re.compile("上年|去年|上一年|[增减比较]")


@dataclass(frozen=True, slots=True)
class Named:
    """An amount with the words in front of it: ``label`` as the pack calls it, ``steps`` in 0.01 万元."""

    label: str
    written: str
    steps: int


def named_amounts(prose: Prose, labels: Iterable[str], before: str) -> Iterator[Named]:
    """The amounts that directly follow one of the labels. ``before``: last year as ``2020年``; what is told of it,
    or as a change, is left out."""
    chosen = sorted(labels, key=len, reverse=True)
    if not chosen:
        return
    for match in re.finditer(f"({'|'.join(map(re.escape, chosen))}){reading.FILLING}{reading.AMOUNT}", prose.text):
        lead = _CLAUSE.split(prose.text[:match.start()])[-1]
        found = steps(match[2])
        apart = not lead or not _HAN.match(lead[-1]) or lead[-1] in reading.LEADS_ON
        if found is not None and apart and before not in lead and not _BACK.search(lead):
            yield Named(match[1], terms.IN_WAN.format(amount=match[2]), found)


@rule("labelled_amounts", reads=_READS)
def labelled_amounts(context: RuleContext, params: Params) -> Iterable[Hit]:
    """D-02 to D-08, D-13: in a paragraph rewritten by hand, the amount after a label is that label's.

    ``items``: ``[labels, expression, …]``, labels with ``|`` between them; any of the expressions will do.
    ``each = "projects"``: every project's name and amount as well. ``by``: the accounts of a classification down to
    ``level``, each with the sums of the lines that pass any of ``where``. Slots: name, row (the label), value,
    expected.
    """
    texts = list(rewritten(context))
    if not texts:
        return
    right = _right_amounts(context, params)
    for prose in texts:
        for one in named_amounts(prose, right, reading.YEAR.format(year=context.year.year - 1)):
            if one.steps not in [round_div(fen, STEP) for fen in right[one.label]]:
                yield prose.hit(f"{one.label}/{one.written}", one.written, row=one.label,
                                expected=told(right[one.label][0]))


def _right_amounts(context: RuleContext, params: Params) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for labels, *values in _items(params):
        amounts = tuple(reckoned(context, value) for value in values)
        for label in labels.split("|"):
            found[label] = amounts
    if word(params, "each") == "projects":
        sums = context.engine.sums("lines", "project")
        found |= {p.name: (sums.get(str(p.id), 0),) for p in context.year.projects.values() if len(p.name) > 1}
    if word(params, "by"):
        kind = CodeKind(word(params, "by"))
        wheres = [condition(text) for text in words(params, "where")]
        for length in kind.lengths[:number(params, "level", 1)]:
            sums_of = [context.engine.sums("lines", kind.value, length, where) for where in wheres]
            for code in sorted({code for sums in sums_of for code in sums}):
                name = context.engine.code_name(kind.value, code)
                found[name] = (*found.get(name, ()), *(sums.get(code, 0) for sums in sums_of))
    return found


def _items(params: Params) -> Iterator[tuple[str, ...]]:
    items = params.get("items", ())
    for item in items if isinstance(items, list | tuple) else ():
        yield tuple(str(part) for part in item)


@rule("parts_add_up", reads={"text", "facts"})
def parts_add_up(context: RuleContext, params: Params) -> Iterable[Hit]:
    """D-02: where a paragraph rewritten by hand tells a ``total`` and some of its ``parts``, they add up to it.

    Slots: name, row (the total's label), left (the total), right (the parts), difference.
    """
    totals, parts = words(params, "total"), words(params, "parts")
    before = reading.YEAR.format(year=context.year.year - 1)
    for prose in rewritten(context):
        found = list(named_amounts(prose, (*totals, *parts), before))
        whole = next((one for one in found if one.label in totals), None)
        named = {one.label: one.steps for one in found if one.label in parts}
        if whole is not None and named and sum(named.values()) != whole.steps:
            rest = whole.steps - sum(named.values())
            yield prose.hit(whole.label, whole.written, row=whole.label, left=told(whole.steps * STEP),
                            right=told(sum(named.values()) * STEP), difference=told(abs(rest) * STEP))


# ---- changes ----------------------------------------------------------------------------------------------------

_CHANGE = re.compile(r"(增加|增长|增|减少|下降|减)了?\s*" + reading.AMOUNT)
_PERCENT = re.compile(_CHANGE.pattern + r"[^。；\n]{0,8}?(\d+(?:\.(\d+))?)\s*[%％]")


@rule("change_direction", reads=_READS)
def change_direction(context: RuleContext, params: Params) -> Iterable[Hit]:
    """Y-01: an increase or decrease in a paragraph rewritten by hand is one the program tells, with its direction.

    Slots: name, value (as written), expected (what the program says of that amount).
    """
    known: set[tuple[bool, int]] | None = None
    for prose in rewritten(context):
        if known is None:
            known = set(_known_changes(context))
        for match in _CHANGE.finditer(prose.text):
            up, amount = match[1] in reading.RISES, steps(match[2])
            if amount and (up, amount) not in known:
                turned = said.ACTUALLY_FALL if up else said.ACTUALLY_RISE
                told_now = turned.format(amount=match[2]) if (not up, amount) in known else said.NO_SUCH_CHANGE
                yield prose.hit(f"{match[1]}{match[2]}", match[0], expected=told_now)


def _known_changes(context: RuleContext) -> Iterator[tuple[bool, int]]:
    for passage in context.document.passages if context.document else ():
        for paragraph in passage.paragraphs:
            for figure in paragraph.figures:
                match = _CHANGE.match(figure)
                amount = steps(match[2]) if match else None
                if match and amount:
                    yield match[1] in reading.RISES, amount


@rule("change_percent", reads=_READS)
def change_percent(context: RuleContext, params: Params) -> Iterable[Hit]:
    """Y-02: “增加0.05万元，增长7.69%”: the percentage is that amount over one of last year's figures or sums of them.

    There is none over nought. Slots: name, value (as written).
    """
    texts = list(rewritten(context))
    bases = _bases(context.year.priors) if texts else ()
    for prose in texts:
        for match in _PERCENT.finditer(prose.text):
            amount = steps(match[2])
            if amount is not None and not any(_rate(amount, base, len(match[4] or "")) == match[3] for base in bases):
                yield prose.hit(f"{match[2]}/{match[3]}", match[0])


def _bases(priors: Mapping[str, int]) -> tuple[int, ...]:
    """Last year's figures and the sums of those of one kind (``sangong.*``), in 0.01 万元, without nought."""
    found = set(priors.values())
    for stem in {address.rpartition(".")[0] for address in priors if "." in address}:
        found.add(sum(fen for address, fen in priors.items() if address.startswith(stem + ".")))
    found.add(priors.get("sangong.purchase", 0) + priors.get("sangong.operate", 0))
    return tuple(step for fen in found if (step := round_div(abs(fen), STEP)))


def _rate(amount: int, base: int, decimals: int) -> str:
    scaled = str(round_div(amount * 100 * 10 ** decimals, base))
    if not decimals:
        return scaled
    scaled = scaled.zfill(decimals + 1)
    return f"{scaled[:-decimals]}.{scaled[-decimals:]}"
