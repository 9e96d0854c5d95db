"""Find any figure, text or code in the book.

Pure over the desk: :func:`entries` walks through everything that can be read in the book, bit by bit (the caller may
pause between any two), :class:`Query` says whether one of them fits. A figure fits in 元 and in 万元, with or without
thousands; a code by its beginning; a name by its characters or its pinyin initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from xinfang_desk.flow import grid
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.forms import field_text, field_value
from xinfang_desk.flow.picker import initials
from xinfang_desk.messages import find as words
from xinfang_desk.messages import marks, terms
from xinfang_desk.model.change import RecordSpace
from xinfang_desk.model.codes import CodeKind
from xinfang_desk.model.finding import Place
from xinfang_desk.model.ledger import FactValue, Kind
from xinfang_desk.model.money import FEN_PER_WAN, TYPED_UNITS, UNIT_WORDS, MoneyUnit, format_amount, round_div
from xinfang_desk.model.pack import FormField, Page
from xinfang_desk.model.sheet import CellAddress, Sheet

_SPACES: tuple[RecordSpace, ...] = ("lines", "incomes", "projects", "indicators", "purchases")
_IN_TEXT = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元)")
_TYPED = re.compile(r"^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?$")
_HALF_WIDTH = {0x3000: 0x20, **{0xFF01 + n: 0x21 + n for n in range(94)}}
_LETTERS = re.compile(r"^[a-z]{2,}$")
_NAME_LENGTH = 40
REASON_PREFIX = "reason."
TEXT_SPACE = "text"
"""The space of a place in the narrative: its address is how the paragraph begins."""
_BEGINNING = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that stands in the book. ``key``: the text as it is compared; ``fen``: its amount, where it is one;
    ``code``: its account code; ``amounts``: amounts inside a longer text, with where they begin and end."""

    what: str
    where: str
    text: str
    place: Place
    key: str = ""
    fen: int | None = None
    code: str = ""
    amounts: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that fits. ``spans``: which characters of its text fit; ``rank`` 0 the best."""

    entry: Entry
    spans: tuple[tuple[int, int], ...]
    rank: int


def plain(text: str) -> str:
    """Text as it is compared, character by character: full width made half width, small letters."""
    return text.translate(_HALF_WIDTH).lower()


class Query:
    """What the clerk looks for. ``blank``: nothing to look for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.wanted = plain(text).strip()
        self.blank = not self.wanted
        self._letters = bool(_LETTERS.match(self.wanted))
        self._digits = self.wanted.replace(",", "") if self.wanted.replace(",", "").isdigit() else ""
        self._amounts = _meant(self.wanted)
        self._stem = self._amounts.stem if self._amounts is not None else ""

    def hit(self, entry: Entry) -> Hit | None:
        """The entry as a hit, or ``None`` where it does not fit."""
        if entry.fen is not None:
            return self._amount_hit(entry)
        if entry.code and self._digits:
            if not entry.code.startswith(self._digits):
                return None
            return Hit(entry, ((0, len(self._digits)),), 0 if entry.code == self._digits else 1)
        spans = _every(entry.key, self.wanted)
        if self._amounts is not None:
            spans += [(begin, end) for begin, end, fen in entry.amounts if self._amounts.fits(fen)]
        if spans:
            rank = 0 if entry.key == self.wanted else 1 if entry.key.startswith(self.wanted) else 2
            return Hit(entry, tuple(sorted(set(spans))), rank)
        if self._letters and len(entry.text) <= _NAME_LENGTH:
            return self._initials_hit(entry)
        return None

    def _amount_hit(self, entry: Entry) -> Hit | None:
        if self._amounts is None or entry.fen is None:
            return None
        whole = ((0, len(entry.text)),)
        if self._amounts.fits(entry.fen):
            return Hit(entry, whole, 0)
        if len(self._stem) > 1 and any(format_amount(entry.fen, unit).startswith(self._stem)
                                       for unit in self._amounts.units):
            return Hit(entry, whole, 2)
        return None

    def _initials_hit(self, entry: Entry) -> Hit | None:
        name = entry.text[len(entry.code):].strip() if entry.code else entry.text
        letters = initials(name)
        begin = letters.find(self.wanted)
        if begin < 0:
            return None
        offset = len(entry.text) - len(name)
        if len(letters) != len(name):  # Latin words in the name count as one letter
            return Hit(entry, ((offset, len(entry.text)),), 3)
        return Hit(entry, ((offset + begin, offset + begin + len(self.wanted)),), 1 if begin == 0 else 3)


@dataclass(frozen=True, slots=True)
class _Meant:
    """A typed figure: ``exact`` amounts in 分, and the 万元 figure with two decimals it may be printed as."""

    exact: frozenset[int]
    hundredths: int | None
    stem: str
    units: tuple[MoneyUnit, ...]

    def fits(self, fen: int) -> bool:
        return fen in self.exact or (self.hundredths is not None and bool(fen)
                                     and round_div(fen * 100, FEN_PER_WAN) == self.hundredths)


def _meant(wanted: str) -> _Meant | None:
    """What a typed figure can mean; ``None`` where the text is no figure."""
    units: tuple[MoneyUnit, ...] = (MoneyUnit.YUAN, MoneyUnit.WAN)
    text = wanted
    for suffix, unit in TYPED_UNITS:
        if text.endswith(suffix):
            text, units = text.removesuffix(suffix).strip(), (unit,)
            break
    if not _TYPED.match(text):
        return None
    stem = text.replace(",", "")
    whole, _, decimals = stem.partition(".")
    digits, scale = int(whole + decimals), 10 ** len(decimals)
    exact = frozenset(digits * unit.fen // scale for unit in units if digits * unit.fen % scale == 0)
    rounded = len(decimals) <= 2 and MoneyUnit.WAN in units
    return _Meant(exact, digits * 100 // scale if rounded else None, stem, units)


def _every(key: str, wanted: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = key.find(wanted) if wanted else -1
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = key.find(wanted, at + len(wanted))
    return found


# ---- everything that stands in the book ----


def entries(desk: Desk) -> Iterator[Entry]:
    """Everything that can be found, in the order of the wizard: what was typed, then the tables, then the text."""
    for page in desk.pack.pages:
        yield from _of_page(desk, page)
    yield from _explanations(desk)
    for sheet_id in desk.sheet_ids():
        yield from _of_sheet(desk.live_sheet(sheet_id))
    yield from _of_text(desk)


def search(desk: Desk, text: str) -> list[Hit]:
    """Every hit, the best first (for the terminal and tests; the window takes :func:`entries` in small bits)."""
    query = Query(text)
    return [] if query.blank else best_first(hit for entry in entries(desk) if (hit := query.hit(entry)) is not None)


def best_first(hits: Iterable[Hit]) -> list[Hit]:
    """Exact ones first, else in the order of the book."""
    return sorted(hits, key=lambda hit: hit.rank)


def _made(what: str, where: str, text: str, place: Place, fen: int | None = None, code: str = "") -> Entry:
    long = fen is None and not code and len(text) > 2
    return Entry(what, where, text, place, plain(text), fen, code, tuple(_amounts(text)) if long else ())


def _amounts(text: str) -> Iterator[tuple[int, int, int]]:
    if MoneyUnit.YUAN.value not in text:
        return
    for match in _IN_TEXT.finditer(text):
        whole, _, decimals = match[1].replace(",", "").partition(".")
        if whole:
            yield (match.start(1), match.end(2), int(whole + decimals) * UNIT_WORDS[match[2]] // 10 ** len(decimals))


def _of_page(desk: Desk, page: Page) -> Iterator[Entry]:
    for space in _SPACES:
        if page.kind == space or (page.kind == "projects" and space == "lines"):
            yield from _of_list(desk, page, space)
    for field in desk.fields(page):
        if field.kind == "table":
            yield from _of_table(desk, page, field)
            continue
        value = field_value(desk.year, field)
        if value is not None:
            yield _of_value(desk, page, field, value)


def _of_list(desk: Desk, page: Page, space: RecordSpace) -> Iterator[Entry]:
    if space == "lines" and page.kind == "projects":
        if next(p.id for p in desk.pack.pages if p.kind == "projects") != page.id:
            return
        columns = grid.columns(space, replace(page, columns=(), kinds=(Kind.PROJECT.value,)))
        kinds: tuple[str, ...] = (Kind.PROJECT.value,)
    else:
        columns, kinds = grid.columns(space, page), page.kinds if space == "lines" else ()
    what = terms.SPACES[space]
    rows: dict[int | None, int] = {}
    for number, record in getattr(desk.year, space).items():
        if kinds and record.kind.value not in kinds:
            continue
        # The lines of projects are shown project by project, so their rows are counted so.
        owner = record.project if space == "lines" and page.kind == "projects" else None
        row = rows[owner] = rows.get(owner, 0) + 1
        project = desk.year.projects.get(owner) if owner is not None else None
        list_name = words.OF_PROJECT.format(page=page.title, project=project.name) if project else page.title
        for column in columns:
            if column.type in ("flag", "computed"):
                continue
            text = grid.cell_text(record, column, desk.codes, desk.money_unit, desk.year)
            if not text:
                continue
            raw = getattr(record, column.field)
            yield _made(what, words.WHERE_RECORD.format(list=list_name, row=row, column=column.title), text,
                        Place(page.id, space=space, record=number, field=column.field),
                        raw if column.type == "money" else None, raw if column.type == "code" else "")


def _of_table(desk: Desk, page: Page, field: FormField) -> Iterator[Entry]:
    value = desk.year.facts.get(field.address)
    for row, cells in enumerate(value if isinstance(value, tuple) else ()):
        for (name, title, _), text in zip(field.columns, cells, strict=False):
            if text:
                yield _made(terms.SPACES["facts"], words.WHERE_ROW.format(label=field.label, row=row + 1, column=title), text,
                            Place(page.id, field.address, "facts", row, name))


def _of_value(desk: Desk, page: Page, field: FormField, value: FactValue) -> Entry:
    what = {"priors": terms.SPACES["priors"], "approved": terms.SPACES["approved"],
            "unit": terms.UNIT_FACTS}.get(field.space, terms.SPACES["facts"])
    money = field.kind == "money" and isinstance(value, int)
    return _made(what, _label(desk, field), field_text(desk.year, field, desk.money_unit),
                 Place(page.id, field.address, field.space), cast(int, value) if money else None)


def _label(desk: Desk, field: FormField) -> str:
    """A field's label; an account's own figure and reason are called by the account."""
    stem, _, code = field.address.rpartition(".")
    kind = stem.removeprefix(REASON_PREFIX)
    if kind not in words.ACCOUNT or not code.isdigit():
        return field.label
    name = words.ACCOUNT[kind].format(name=f"{code} {desk.codes.table(CodeKind(kind)).name(code)}".rstrip())
    return words.REASON_OF.format(name=name) if stem.startswith(REASON_PREFIX) else name


def _explanations(desk: Desk) -> Iterator[Entry]:
    said = desk.year.explanations
    if not said:
        return
    review = next((page.id for page in desk.pack.pages if page.kind == "review"), "")
    found = {finding.key: finding for finding in desk.findings()}
    for key, text in said.items():
        finding = found.get(key)
        yield _made(terms.SPACES["explanations"], finding.sentence[:30] if finding else "", text,
                    finding.place if finding else Place(review))


def _of_sheet(sheet: Sheet) -> Iterator[Entry]:
    titles = _column_titles(sheet)
    names = [j for j, column in enumerate(sheet.columns) if column.kind in ("name", "label")]
    for row in sheet.rows:
        for j, (column, cell) in enumerate(zip(sheet.columns, row.cells, strict=True)):
            if not cell.text or column.kind == "index":
                continue
            # In a block table the name of a row stands nearest to the left of its figure.
            name = next((row.cells[n].text.strip() for n in reversed(names) if n <= j and row.cells[n].text), "")
            where = words.WHERE_CELL.format(row=name, column=titles[j]).strip()
            fen = cell.value if cell.kind == "money" and isinstance(cell.value, int) else None
            code = cell.text if column.kind == "code" and cell.text.isdigit() else ""
            yield _made(marks.TITLED.format(title=sheet.title), where, cell.text, Place("", cell=CellAddress(sheet.id, row.key_at(j), column.id)),
                        fen, code)


def _column_titles(sheet: Sheet) -> list[str]:
    titles = [""] * len(sheet.columns)
    for head in sorted(sheet.header, key=lambda head: head.row):
        for j in range(head.column, head.column + head.column_span):
            if head.text not in titles[j]:
                titles[j] += head.text
    return titles


def _of_text(desk: Desk) -> Iterator[Entry]:
    page = next((page.id for page in desk.pack.pages if page.kind == "preview"), "")
    for passage in desk.document().passages:
        heading = passage.heading or words.WHERE_TITLE
        for text in (passage.heading, *(paragraph.text for paragraph in passage.paragraphs)):
            if text:
                yield _made(words.WHAT_TEXT, heading, text, Place(page, text[:_BEGINNING], TEXT_SPACE))
