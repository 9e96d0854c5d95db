"""Sheets and facts told as the 公开说明: every figure in the text is read from its cell when it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from xinfang_desk.expr.evaluate import grade_word, matcher
from xinfang_desk.expr.template import (
    GradeSlot,
    PairSlot,
    Piece,
    TypedSlot,
    ValueSlot,
    Words,
    WordSlot,
    parse_template,
)
from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import passages as said
from xinfang_desk.model.ledger import FactValue, Indicator, Project
from xinfang_desk.model.money import (
    AmountRefused,
    MoneyUnit,
    format_amount,
    format_percent,
    parse_amount,
    round_div,
)
from xinfang_desk.model.numerals import chinese_number
from xinfang_desk.model.pack import ParagraphSpec, PassageSpec
from xinfang_desk.model.passage import Document, Paragraph, Passage, Run
from xinfang_desk.passages import phrases
from xinfang_desk.passages.rewriting import as_rewritten

if TYPE_CHECKING:
    from xinfang_desk.engine import Engine, Reading, RowContext

_LEDGER = "ledger:"
"""the origin of a figure summed straight over the entered lines"""

_LEVELS: Mapping[str, int] = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a paragraph is being written: the row or record it tells of, and the words its slots stand for."""

    scope: RowContext | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    address: str = ""


class Composer:
    """Writes one document; made anew for each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pack = engine.pack
        self._year = engine.year
        self._narrative = engine.pack.narrative
        self._labels = {f.address: f.label for page in engine.pack.pages for f in page.fields}
        self._money_columns = {f.address: frozenset(i for i, column in enumerate(f.columns, 1) if column[2] == "money")
                               for page in engine.pack.pages for f in page.fields if f.kind == "table"}
        self._counters = [0] * (len(self._narrative.numbering) + 1)
        self._common = {"unit": self._year.unit.name,
                        **{f"year{sign}{n}": str(self._year.year + n * (1 if sign == "+" else -1))
                           for sign in "+-" for n in range(10)},
                        "year": str(self._year.year)}

    def document(self) -> Document:
        """The whole narrative."""
        return self.bound(self.passages())

    def passages(self) -> Iterator[Passage]:
        """Its parts in order, each written when it is asked for."""
        return (self._passage(section) for section in self._narrative.sections)

    def bound(self, passages: Iterable[Passage]) -> Document:
        """The narrative of all its parts."""
        title = "".join(run.text for run in self._runs(parse_template(self._narrative.title), _Spot()))
        return Document(title, tuple(passages))

    def _passage(self, spec: PassageSpec) -> Passage:
        heading = ""
        if spec.heading:
            text = "".join(run.text for run in self._runs(parse_template(spec.heading), _Spot()))
            heading = self._numbered(spec.level) + text
        paragraphs = tuple(made for i, part in enumerate(spec.paragraphs, 1)
                           for made in self.paragraphs(part, f"{spec.id}.{i}"))
        return Passage(spec.id, heading, spec.level, paragraphs, spec.page)

    def _numbered(self, level: int) -> str:
        """The next heading number of a level; lower levels begin again."""
        if not 1 <= level <= len(self._narrative.numbering):
            return ""
        self._counters[level] += 1
        self._counters[level + 1:] = [0] * (len(self._counters) - level - 1)
        count = self._counters[level]
        number = self._narrative.numbering[level - 1].replace("{cn}", chinese_number(count))
        number = number.replace("{n}", str(count))
        return number + (marks.SPACE if re.search("[分章]$", number) else "")

    # ---- paragraphs ----

    def paragraphs(self, spec: ParagraphSpec, key: str = "") -> Iterator[Paragraph]:
        """What one template paragraph becomes: none, one, or one for each row it tells of.

        ``key`` names it for rewriting by hand; without, it cannot be rewritten.
        """
        if spec.each:
            spots = tuple(spot for spot in self._spots(spec)
                          if spec.when is None or self._holds(spec, spot))
            for i, spot in enumerate(spots, 1):
                words = {**spot.words, "n": str(i), "cn": chinese_number(i) if i < 100 else str(i),
                         "end": marks.STOP if i == len(spots) else marks.SEMICOLON}
                yield from self._written(spec, replace(spot, words=words), f"{key}.{spot.code or i}" if key else "")
        elif spec.when is None or self._holds(spec, _Spot()):
            yield from self._written(spec, _Spot(), key)

    def _holds(self, spec: ParagraphSpec, spot: _Spot) -> bool:
        assert spec.when is not None
        return self._engine.holds(spec.when, spot.scope)

    def _written(self, spec: ParagraphSpec, spot: _Spot, key: str) -> Iterator[Paragraph]:
        if spec.table:
            for sheet in self._engine.sheets():
                own = f"{spec.table}#{spot.scope.project}" if spot.scope is not None and spot.scope.project else ""
                if sheet.table == spec.table and own in ("", sheet.id):
                    yield Paragraph((), "body", sheet.id)
            return
        runs = self._runs(parse_template(spec.text), spot)
        level = _LEVELS.get(spec.style, 0)
        if level:
            runs = (Run(self._numbered(level)), *runs)
        pieces = list(_split_lines(runs))
        for piece in pieces:
            paragraph = Paragraph(_ended(piece) if spec.style == "body" else piece, spec.style)
            yield paragraph if level or len(pieces) > 1 else as_rewritten(paragraph, key, self._year)

    def _spots(self, spec: ParagraphSpec) -> Iterator[_Spot]:
        """What an ``each`` paragraph runs over."""
        if spec.each.startswith("fact:"):
            yield from self._fact_spots(spec.each.removeprefix("fact:"))
        elif spec.each in ("projects", "indicators", "purchases"):
            passes = matcher(spec.where)
            for handle in self._engine.records(spec.each):
                record = getattr(self._year, spec.each)[int(handle.key)]
                if not passes(record, handle.context.project):
                    continue
                words = {"name": record.name}
                if isinstance(record, Indicator):
                    words |= {"code": record.level2, "number": f"{record.operator}{record.value}{record.unit}"}
                elif isinstance(record, Project):
                    words["purpose"] = _open(record.purpose.strip()) or said.TO_FILL_PURPOSE
                    words["result"] = _open(record.result.strip()) or said.TO_FILL_RESULT
                yield _Spot(handle.context, {"code": handle.code} | words, handle.code)
        elif spec.each == "glossary":
            for term, meaning in self._pack.glossary.items():
                yield _Spot(None, {"1": term, "2": meaning})
            yield from self._fact_spots("glossary.extra")
        elif spec.each in ("tables", "empty_tables"):
            # The list tells tables, so a table repeated for each project counts once and the catalogue not at all.
            told = {sheet.table: sheet for sheet in self._engine.sheets()
                    if not sheet.inline and (spec.each == "tables" or sheet.is_empty)}
            for listed in self._pack.tables:
                if listed.id in told and not (listed.rows is not None and listed.rows.by == "tables"):
                    yield _Spot(None, {"name": told[listed.id].title, "number": listed.number})
        elif spec.each.startswith("gone:"):
            for handle in self._engine.gone(spec.each.removeprefix("gone:"), spec.level):
                yield _Spot(handle.context, {"name": handle.name, "code": handle.code}, handle.code)
        else:
            table, _, level = spec.each.partition(":")
            for handle in self._engine.rows(table, level or (str(spec.level) if spec.level else "")):
                yield _Spot(handle.context, {"name": handle.name, "code": handle.code}, handle.code)

    def _fact_spots(self, address: str) -> Iterator[_Spot]:
        value = self._year.facts.get(address)
        rows: tuple[tuple[str, ...], ...] = ()
        if isinstance(value, tuple):
            rows = value
        elif isinstance(value, str):
            rows = tuple((line.strip(),) for line in value.splitlines() if line.strip())
        money = self._money_columns.get(address, frozenset())
        for row in rows:
            words = {str(i): self._amount(cell) if i in money else cell for i, cell in enumerate(row, 1)}
            yield _Spot(None, words, address=f"facts:{address}")

    def _amount(self, text: str) -> str:
        """A typed amount (元 unless it says otherwise) as the text prints it: in 万元, without the unit."""
        try:
            fen = parse_amount(text, MoneyUnit.YUAN)
        except AmountRefused:
            return text
        return phrases.amount(fen, trim=self._narrative.trim)

    # ---- slots ----

    def _runs(self, pieces: tuple[Piece, ...], spot: _Spot) -> tuple[Run, ...]:
        return tuple(run for piece in pieces for run in self._told(piece, spot))

    def _told(self, piece: Piece, spot: _Spot) -> Iterator[Run]:
        match piece:
            case Words(text):
                yield Run(text)
            case WordSlot(name):
                yield Run(spot.words.get(name, self._common.get(name, "")), address=spot.address if name.isdigit() else "")
            case TypedSlot(address):
                yield self._typed(address, spot)
            case ValueSlot(value, look):
                reading = self._engine.read(value, spot.scope)
                yield Run(self._printed(reading, look), reading.cells, reading.address or _LEDGER)
            case GradeSlot(grade):
                reading = self._engine.read(grade.value, spot.scope)
                yield Run(grade_word(grade, reading.value), reading.cells, reading.address or _LEDGER)
            case PairSlot():
                figure = self._pair(piece, spot)
                yield figure
                if piece.reasons and figure.text != said.LEVEL:
                    filled = (r for r in piece.reasons if self._year.facts.get(r.replace("{code}", spot.code)))
                    because = self._typed(next(filled, piece.reasons[-1]), spot)
                    yield Run(said.BECAUSE)
                    yield replace(because, text=_open(because.text))

    def _typed(self, address: str, spot: _Spot) -> Run:
        address = address.replace("{code}", spot.code)
        value: FactValue | None = self._year.facts.get(address)
        if value is None or value == "":
            label = self._labels.get(address) or self._labels.get(address.rpartition(".")[0] + ".*") or address
            return Run(said.TO_FILL.format(label=label), address=f"facts:{address}")
        text = value if isinstance(value, str) else terms.YES if value is True else terms.NO if value is False else str(value)
        return Run(_as_date(text), address=f"facts:{address}")

    def _printed(self, reading: Reading, look: str) -> str:
        value = reading.value
        if look == "rate":
            return "—" if value is None else f"{_hundredths(value * 100, trim=False)}%"
        if look == "count" or not reading.money:
            return str(value or 0) if isinstance(value, int) or value is None else _hundredths(value)
        fen = round(value) if value is not None else 0
        unit = MoneyUnit.YUAN if look == "yuan" else MoneyUnit.WAN
        return format_amount(fen, unit, trim=self._narrative.trim and look != "fixed")

    def _pair(self, piece: PairSlot, spot: _Spot) -> Run:
        left, right = self._engine.read(piece.left, spot.scope), self._engine.read(piece.right, spot.scope)
        cells = left.cells + right.cells
        address = left.address or right.address or _LEDGER
        a, b = _fen(left), _fen(right)
        if piece.kind == "percent":
            return Run(format_percent(a or 0, b or 0) or "0%", cells, address)
        tell = phrases.change if piece.kind == "change" else phrases.change_percent
        if left.money or right.money:
            unit = MoneyUnit.YUAN if piece.look == "yuan" else MoneyUnit.WAN
            return Run(tell(a, b, unit, trim=self._narrative.trim), cells, address)
        moved = (a or 0) - (b or 0)
        told = (said.ROSE if moved > 0 else said.FELL).format(amount=abs(moved)) if moved else said.LEVEL
        return Run(told, cells, address)


def _hundredths(value: int | Fraction, *, trim: bool = True) -> str:
    """A plain number with two decimals, or at most two."""
    scaled = Fraction(value) * 100
    return format_amount(round_div(scaled.numerator, scaled.denominator), MoneyUnit.YUAN, trim=trim)


def _open(text: str) -> str:
    """Typed text without the stop at its end: the sentence goes on."""
    return re.sub("[。；]+$", "", text)


def _fen(reading: Reading) -> int | None:
    return None if reading.value is None else round(reading.value)


def _as_date(text: str) -> str:
    """An ISO date as people write it; other text as it is."""
    year, dash, rest = text.partition("-")
    month, dash2, day = rest.partition("-")
    if dash and dash2 and year.isdigit() and month.isdigit() and day.isdigit() and len(year) == 4:
        return terms.DAY.format(year=year, month=int(month), day=int(day))
    return text


def _split_lines(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """Typed text with several lines becomes several paragraphs."""
    current: list[Run] = []
    for run in runs:
        head, *rest = run.text.split("\n")
        current.append(replace(run, text=head.strip() if rest else head))
        for line in rest:
            yield tuple(current)
            current = [replace(run, text=line.strip())]
    yield tuple(current)


def digest(engine: Engine) -> tuple[str, ...]:
    """The headline figures of the year, a sentence each, as the pack's digest tells them; () where it has none."""
    spec = engine.pack.digest
    if spec is None:
        return ()
    return tuple(p.text for part in spec.paragraphs for p in Composer(engine).paragraphs(part))


_ENDED = re.compile("[。；：！？…”）)】]$")


def _ended(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """A paragraph that ends in typed text gets the full stop the clerk left out."""
    last = runs[-1]
    if last.address and last.text and not _ENDED.search(last.text):
        return (*runs, Run(marks.STOP))
    return runs


def compose(engine: Engine) -> Document:
    """The narrative of the engine's pack over its year."""
    return Composer(engine).document()
