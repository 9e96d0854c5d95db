"""Rules about what a clerk claims in words: nothing where there is something, everything where there is a part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from xinfang_desk.engine.rules import reading
from xinfang_desk.engine.rules.params import Params, at_fact, words
from xinfang_desk.engine.rules.prose import STEP, reckoned, rewritten, steps, told, written
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import rules as said
from xinfang_desk.model.ledger import Kind
from xinfang_desk.model.money import round_div
from xinfang_desk.model.numerals import chinese_number

_WRITTEN = {"text", "facts", "projects", "indicators", "purchases"}

_EVERYTHING = re.compile("(所有|全部|全体)(财政性?)?(支出|资金|项目)|全覆盖|全面覆盖")


@rule("coverage_claim", reads=_WRITTEN | {"lines", "amounts"})
def coverage_claim(context: RuleContext, params: Params) -> Iterable[Hit]:
    """D-12: a sentence that says all spending has targets tells the whole spending (for projects: theirs), and where
    it tells no amount, there are targets of the whole department. Slots: name, value (the claim), expected.
    """
    whole = any(one.project is None for one in context.year.indicators.values())
    for prose in written(context, _EVERYTHING):
        for sentence in prose.sentences():
            claim = _EVERYTHING.search(sentence)
            if claim is None or reading.PERFORMANCE not in sentence:
                continue
            projects = reading.PROJECT in claim[0] or reading.PROJECT in sentence[:claim.start()][-6:]
            total = reckoned(context, f'lines(kind == "{Kind.PROJECT.value}")' if projects else "lines()")
            amounts = [steps(text) for text in re.findall(reading.AMOUNT, sentence)]
            if amounts and round_div(total, STEP) not in amounts:
                in_all = said.PROJECTS_IN_ALL if projects else said.ALL_IN_ALL
                yield prose.hit(claim[0], claim[0], expected=in_all.format(amount=told(total)))
            elif not amounts and not projects and not whole:
                yield prose.hit(claim[0], claim[0], expected=said.NO_INDICATORS)


_NONE = re.compile("(?:没有|无|未安排|不涉及|不安排)")


@rule("none_but_data", reads=_WRITTEN | {"lines", "incomes", "amounts"})
def none_but_data(context: RuleContext, params: Params) -> Iterable[Hit]:
    """D-16: “没有…” stands nowhere for money that is there. ``items``: ``[labels, expression]``.

    Slots: name, value (the words), expected (the amount).
    """
    items = params.get("items", ())
    texts = list(written(context, _NONE))
    for labels, value in items if isinstance(items, list | tuple) else ():
        for prose in texts:
            match = re.search(reading.NONE_OF.format(labels=labels), prose.text)
            if match is not None and (amount := reckoned(context, str(value))):
                yield prose.hit(match[0], match[0], expected=told(amount))


# ---- tables, accounts and terms by name --------------------------------------------------------------------------

_NUMBERED = re.compile(r"(表\d+(?:-\d+)?)\s*《([^》]+)》")
_COUNTED = re.compile(r"(\d+|[一二三四五六七八九十]+)张(?:公开)?表")


@rule("tables_in_text", reads={"text", "facts"})
def tables_in_text(context: RuleContext, params: Params) -> Iterable[Hit]:
    """D-17: tables counted or named with their number in a rewritten paragraph are those that are published.

    Slots: name, value (as written), expected.
    """
    listed = {sheet.table for sheet in context.engine.sheets() if not sheet.inline}
    tables = [table for table in context.pack.tables
              if table.id in listed and not (table.rows is not None and table.rows.by == "tables")]
    titles = {table.number: table.title for table in tables}
    count = len(tables)
    for prose in rewritten(context):
        for match in _COUNTED.finditer(prose.text):
            if match[1] not in (str(count), chinese_number(count)):
                yield prose.hit(match[0], match[0], expected=said.TABLES_IN_ALL.format(count=count))
        for match in _NUMBERED.finditer(prose.text):
            if titles.get(match[1]) != match[2]:
                yield prose.hit(match[1], match[0], expected=(
                    said.NUMBERED if match[1] in titles else said.NOT_THERE).format(
                        number=match[1], title=titles.get(match[1])))


_CODE = re.compile(r"(?<=[\u4e00-\u9fff）)])[（(]([235]\d{2}|[235]\d{4}|2\d{6})[）)]")


@rule("code_names_in_text", reads=_WRITTEN)
def code_names_in_text(context: RuleContext, params: Params) -> Iterable[Hit]:
    """D-18: in “名称（编码）” the name is the account's own. Codes the year does not have are T-33's.

    Slots: name, value (the code), expected (its name).
    """
    codes = context.codes
    by_digit = {"2": codes.function, "3": codes.econ_dept, "5": codes.econ_gov}
    for prose in written(context, _CODE):
        for match in _CODE.finditer(prose.text):
            table = by_digit[match[1][0]]
            if match[1] in table and not prose.text[:match.start()].endswith(table.entries[match[1]].name):
                yield prose.hit(match[1], match[1], expected=table.entries[match[1]].name)


@rule("terms_told_once", reads={"facts"})
def terms_told_once(context: RuleContext, params: Params) -> Iterable[Hit]:
    """J-05: the clerk's own terms do not explain a term of the pack in other words, nor one term twice; the terms in
    ``need`` are explained. Slots: name (the term), value (what is wrong).
    """
    rows = context.year.facts.get("glossary.extra", ())
    known = dict(context.pack.glossary)
    for row in rows if isinstance(rows, tuple) else ():
        term, meaning = row[0].strip(), row[1].strip() if len(row) > 1 else ""
        if term and known.setdefault(term, meaning) != meaning:
            yield at_fact("glossary.extra", f"/{term}", slots={"name": term, "value": said.TERM_TWICE})
    for term in words(params, "need"):
        if not known.get(term):
            yield at_fact("glossary.extra", f"/{term}", slots={"name": term, "value": said.TERM_UNEXPLAINED})


# ---- years, thresholds, products -----------------------------------------------------------------------------------

_COMPARED = re.compile(r"(?:与|比|较|同|于)\s*((?:19|20)\d{2})\s*年(?:度)?[^，。；]{0,6}?(?:相比|比较|同期|增|减|持平|上升|下降)")


@rule("compared_year", reads=_WRITTEN)
def compared_year(context: RuleContext, params: Params) -> Iterable[Hit]:
    """Y-07: a budget is compared with that of the year before. Slots: name, value (the year), expected."""
    before = str(context.year.year - 1)
    for prose in written(context, _COMPARED):
        for match in _COMPARED.finditer(prose.text):
            if match[1] != before:
                yield prose.hit(match[1], match[1], expected=before)


_THRESHOLD = re.compile(r"(?:单价|单位价值|单台价值|价值)(?:在)?(\d+)万元(?:（含）|\(含\))?(?:以上|及以上)")


@rule("threshold_in_text", reads=_WRITTEN)
def threshold_in_text(context: RuleContext, params: Params) -> Iterable[Hit]:
    """S-14: large equipment is what the pack says it is (``amounts``, 万元). Slots: name, value, expected."""
    allowed = words(params, "amounts")
    for prose in written(context, _THRESHOLD):
        for match in _THRESHOLD.finditer(prose.text):
            if match[1] not in allowed:
                yield prose.hit(match[1], terms.IN_WAN.format(amount=match[1]),
                                expected=marks.AND.join(terms.IN_WAN.format(amount=one) for one in allowed))


_PRODUCT = re.compile(rf"({reading.FACTOR}(?:\s*[×xX*＊✕]\s*{reading.FACTOR}){{1,4}})\s*(?:[=＝]|，?(?:合计|共计|共|计))\s*"
                      r"(\d[\d,]*(?:\.(\d+))?)\s*(万元|元)")
_TIMES = re.compile(r"[×xX*＊✕]")


@rule("product_holds", reads=_WRITTEN)
def product_holds(context: RuleContext, params: Params) -> Iterable[Hit]:
    """G-16: “6人×1100元×12个月=7.92万元” is reckoned right. Slots: name, value (as written), expected."""
    for prose in written(context, _PRODUCT):
        for match in _PRODUCT.finditer(prose.text):
            unit = 10_000 if match[4] == reading.WAN_YUAN else 1
            scale = 10 ** len(match[3] or "")
            exact = Fraction(1)
            for factor in _factors(match[1]):
                exact *= factor
            exact = exact / unit * scale
            right = round_div(exact.numerator, exact.denominator)
            if right != Fraction(match[2].replace(",", "")) * scale:
                yield prose.hit(match[0], match[0], expected=f"{_plain(right, len(match[3] or ''))}{match[4]}")


def _factors(text: str) -> Iterator[Fraction]:
    for part in _TIMES.split(text):
        figure = re.search(r"\d[\d,]*(?:\.\d+)?", part)
        assert figure is not None
        value = Fraction(figure[0].replace(",", ""))
        rest = part[figure.end():]
        percent = any(mark in rest for mark in reading.PERCENT_MARKS)
        yield value * 10_000 if reading.WAN in rest else value / 100 if percent else value


def _plain(scaled: int, decimals: int) -> str:
    if not decimals:
        return str(scaled)
    text = str(scaled).zfill(decimals + 1)
    return f"{text[:-decimals]}.{text[-decimals:]}"
