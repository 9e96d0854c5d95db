"""What a form pack says, after loading: tables, checks, passages, pages. Data, never code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from xinfang_desk.messages import printed, terms
from xinfang_desk.model.codes import Codes
from xinfang_desk.model.formula import ALWAYS, Condition, Test, Value
from xinfang_desk.model.money import MoneyUnit

ColumnKind = Literal["index", "code", "name", "label", "money", "count", "text", "percent", "points"]


@dataclass(frozen=True, slots=True)
class Column:
    """A leaf column. ``titles`` from the outermost heading to its own; equal neighbours are printed merged.

    A money column is a pivot (``where``) unless it has a ``value``. ``parts`` names the columns whose sum it must
    be: the check T-… compares, the workbook writes that sum as the cell's formula. ``field`` (text/code/name columns):
    what to print from the row's record or fact row, e.g. ``project.name``. ``width`` in mm, 0 = chosen by kind.
    """

    id: str
    titles: tuple[str, ...]
    kind: ColumnKind = "money"
    where: Condition = ALWAYS
    value: Value | None = None
    parts: tuple[str, ...] = ()
    field: str = ""
    level: int = 0
    width: float = 0.0
    source: Literal["", "lines", "incomes"] = ""


RowsBy = Literal["function", "econ_dept", "econ_gov", "econ_pair", "project", "unit", "line",
                 "indicators", "purchases", "tables", "fact"]


@dataclass(frozen=True, slots=True)
class TreeRows:
    """Rows that follow the data: a code tree (levels 1 类, 2 款, 3 项), pairs, projects, records of a list.

    ``fact``: the rows of the table-valued fact at ``address``. ``by = "tables"``: the sheets of the pack
    themselves (the catalogue sheet). ``where`` restricts the records.
    """

    by: RowsBy
    levels: tuple[int, ...] = ()
    total: Literal["first", "last", "none"] = "first"
    total_label: str = terms.TOTAL
    where: Condition = ALWAYS
    address: str = ""


@dataclass(frozen=True, slots=True)
class FixedRow:
    """A printed row of a block: a pivot (``where``), a formula (``value``), or a heading (neither)."""

    id: str
    label: str
    where: Condition | None = None
    value: Value | None = None
    source: Literal["", "lines", "incomes"] = ""
    bold: bool = False
    indent: int = 0
    cells: Mapping[str, Value] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """Columns side by side with other blocks, with a fixed row list of their own (收入 | 支出)."""

    id: str
    columns: tuple[Column, ...]
    rows: tuple[FixedRow, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One official table. Exactly one of ``rows`` (with ``columns``) and ``blocks`` is set.

    ``empty``: the sentence printed under the table (and in the narrative) when no cell holds money; ``optional``
    tables without data are dropped instead. ``repeat = "project"``: one sheet for each project.
    """

    id: str
    number: str
    title: str
    unit: MoneyUnit = MoneyUnit.WAN
    where: Condition = ALWAYS
    source: Literal["lines", "incomes"] = "lines"
    columns: tuple[Column, ...] = ()
    rows: TreeRows | None = None
    blocks: tuple[Block, ...] = ()
    paper: Literal["A4", "A3"] = "A4"
    orientation: Literal["portrait", "landscape"] = "landscape"
    column_numbers: bool = False
    corner: str = printed.CORNER
    empty: str = ""
    notes: tuple[str, ...] = ()
    heads: tuple[tuple[str, str], ...] = ()
    repeat: Literal["", "project"] = ""
    inline: bool = False
    unit_label: str = ""


class Severity(Enum):
    """How much a finding weighs: no edition / a written 说明 / a nudge."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The word the clerk reads."""
        return terms.SEVERITIES[self.value]


@dataclass(frozen=True, slots=True)
class Check:
    """勾稽规则. Either a ``test`` (with ``over``: rows of a table or records of a list, one finding each) or a
    built-in ``rule`` with ``params`` (what no formula can say: texts, codes, names).

    ``say`` may use {left} {right} {difference} {row} {table} {name} and the fields a rule gives; amounts are
    printed in 万元 with their unit. ``page``: the wizard page where it is mended. ``why``: the law or source.
    ``tolerance`` in 分 (or in the values' unit where they are not money).
    """

    id: str
    severity: Severity
    title: str
    say: str
    law: str
    page: str
    test: Test | None = None
    over: str = ""
    where: Condition = ALWAYS
    when: Test | None = None
    rule: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    tolerance: int = 0
    target: str = ""
    mend: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Guarantee:
    """勾稽规则 that the program itself makes true: no data can break it, so nobody is ever told of it.

    ``tests`` are what it says, in the pack's own language (``over``: for every row of a table); a property test holds
    them against random ledgers. Empty ``tests``: the tests prove it in another way. ``why``: one Chinese sentence.
    """

    id: str
    title: str
    why: str
    tests: tuple[Test, ...] = ()
    over: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Undecidable:
    """勾稽规则 that cannot be decided from what the book holds; ``why`` says what is missing."""

    id: str
    title: str
    why: str


FieldKind = Literal["text", "longtext", "money", "count", "points", "date", "choice", "flag", "table"]


@dataclass(frozen=True, slots=True)
class FormField:
    """A question on a wizard page, stored at ``address``. ``space``: facts, priors, approved, or unit (the unit's
    own particulars: name, code, kind, region). ``columns`` (kind table): (id, title, kind) of each column. ``points``
    are a score with up to two decimals, kept in hundredths. ``now`` (上年数, and amounts among the facts that
    tell of last year): the same figure of the year itself, so that next year finds it filled; a :class:`LedgerSum` split
    by account where the address ends in ``.*``."""

    address: str
    label: str
    kind: FieldKind
    space: Literal["facts", "priors", "approved", "unit"] = "facts"
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[tuple[str, str, FieldKind], ...] = ()
    when: Test | None = None
    default: str = ""
    now: Value | None = None
    law: str = ""
    """what the question rests on, told by F1; '' for what its page says"""


PageKind = Literal["form", "lines", "incomes", "projects", "indicators", "purchases", "priors", "review",
                   "preview", "export"]


@dataclass(frozen=True, slots=True)
class Page:
    """A wizard page: its fields, and for list pages which list (``kind``), restricted to ``kinds`` of line.

    ``table``: the sheet shown below while this page is edited.
    """

    id: str
    title: str
    kind: PageKind = "form"
    intro: str = ""
    fields: tuple[FormField, ...] = ()
    kinds: tuple[str, ...] = ()
    table: str = ""
    columns: tuple[str, ...] = ()
    law: str = ""
    """what the whole page rests on, told by F1"""


@dataclass(frozen=True, slots=True)
class ParagraphSpec:
    """A template paragraph: text with ``{…}`` slots, printed ``when`` its test holds, once for ``each`` row/record.

    ``table``: instead of text, the sheet of that id is set here. ``style``: body or heading level 1-4.
    """

    text: str
    when: Test | None = None
    each: str = ""
    level: int = 0
    style: Literal["body", "h1", "h2", "h3", "h4", "center", "right"] = "body"
    table: str = ""
    where: Condition = ALWAYS
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PassageSpec:
    """One section of the 公开说明: heading (numbered by the program) and paragraphs."""

    id: str
    heading: str
    level: int
    paragraphs: tuple[ParagraphSpec, ...]
    page: str = ""


@dataclass(frozen=True, slots=True)
class Narrative:
    """The 公开说明 of a pack: document title and sections in order; ``numbering`` of heading levels 1-4."""

    title: str
    sections: tuple[PassageSpec, ...]
    numbering: tuple[str, ...] = printed.NUMBERING
    trim: bool = True


Rounding = Literal["independent", "closed"]
PackKind = Literal["budget", "selfeval"]
"""What a pack publishes: the budget (部门预算公开), or how it was carried out (绩效自评)."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A form pack for a region and span of years. ``files``: patterns of the output names, keyed workbook,
    narrative (Word), narrative_pdf, document (cover to tables, in one PDF); they may use {unit} and {year}."""

    id: str
    title: str
    region: str
    years: tuple[int, int]
    codes: Codes
    tables: tuple[Table, ...]
    checks: tuple[Check, ...]
    narrative: Narrative
    pages: tuple[Page, ...]
    files: Mapping[str, str]
    rounding: Rounding = "independent"
    """how printed sums close: each cell by itself, or closed from the lines up (舍位平衡)"""
    digest: PassageSpec | None = None
    """the headline figures, told on the screen and in the terminal, not in the narrative"""
    catalogue: bool = False
    notes: tuple[str, ...] = ()
    glossary: Mapping[str, str] = field(default_factory=dict)
    kind: PackKind = "budget"
    guarantees: tuple[Guarantee, ...] = ()
    undecidable: tuple[Undecidable, ...] = ()

    def table(self, table_id: str) -> Table:
        """The table of that id. Raises ``KeyError``."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)
