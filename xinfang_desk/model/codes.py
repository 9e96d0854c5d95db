"""Account codes (政府收支分类科目) of one budget year and the mapping between the two economic classifications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum


class CodeKind(Enum):
    """Which classification a code belongs to."""

    FUNCTION = "function"
    ECON_DEPT = "econ_dept"
    ECON_GOV = "econ_gov"

    @property
    def label(self) -> str:
        """The classification's name as the clerk reads it."""
        return {"function": "支出功能分类科目", "econ_dept": "部门预算支出经济分类科目",
                "econ_gov": "政府预算支出经济分类科目"}[self.value]

    @property
    def lengths(self) -> tuple[int, ...]:
        """Digits of a code at each level: 类, 款, 项 (function only)."""
        return (3, 5, 7) if self is CodeKind.FUNCTION else (3, 5)


LEVEL_NAMES = ("类", "款", "项")


class Certainty(Enum):
    """How sure a code row is: seen in a source, known well, known with doubt, uncertain."""

    CONFIRMED = "C"
    HIGH = "K-H"
    MEDIUM = "K-M"
    LOW = "K-L"

    @property
    def sure(self) -> bool:
        """False where the clerk must be asked to compare with the bureau's list."""
        return self in (Certainty.CONFIRMED, Certainty.HIGH)


@dataclass(frozen=True, slots=True)
class Code:
    """One account: ``code`` of 3, 5 or 7 digits, its name, how certain the row is and from where."""

    code: str
    name: str
    certainty: Certainty
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The accounts of one classification in one year, in ascending order of code."""

    kind: CodeKind
    year: int
    entries: Mapping[str, Code]

    def __contains__(self, code: str) -> bool:
        return code in self.entries

    def __iter__(self) -> Iterator[Code]:
        return iter(self.entries.values())

    def name(self, code: str) -> str:
        """The account's name, or the empty string where the year's list has none."""
        entry = self.entries.get(code)
        return entry.name if entry else ""

    def level(self, code: str) -> int:
        """1 for 类, 2 for 款, 3 for 项; 0 where the number of digits fits no level."""
        return self.kind.lengths.index(len(code)) + 1 if len(code) in self.kind.lengths else 0

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The code's 类 (and 款), from the top, without itself."""
        return tuple(code[:n] for n in self.kind.lengths if n < len(code))

    def is_leaf_level(self, code: str) -> bool:
        """True at the level the law asks for: 项 for function, 款 for economic (预算法第46条)."""
        return len(code) == self.kind.lengths[-1]


class UnitKind(Enum):
    """单位性质: decides 501/502/503 against 505/506 and who has 机关运行经费."""

    ADMIN = "行政"
    LIKE_ADMIN = "参公事业"
    PUBLIC_1 = "公益一类事业"
    PUBLIC_2 = "公益二类事业"
    OTHER = "其他"

    @property
    def is_admin(self) -> bool:
        """True for 行政单位 and 参照公务员法管理的事业单位."""
        return self in (UnitKind.ADMIN, UnitKind.LIKE_ADMIN)


@dataclass(frozen=True, slots=True)
class EconMapping:
    """部门预算经济分类 → 政府预算经济分类: for each department code the government codes of 机关 and 事业."""

    admin: Mapping[str, str]
    public: Mapping[str, str]

    def default(self, dept: str, unit: UnitKind) -> str:
        """The government code that the unit's kind implies; a 类 maps to a 类 where all its 款 agree, else ''."""
        table = self.admin if unit.is_admin else self.public
        if dept in table:
            return table[dept]
        tops = {gov[:3] for code, gov in table.items() if code.startswith(dept)} if len(dept) == 3 else set()
        return tops.pop() if len(tops) == 1 else ""

    def allowed(self, dept: str, unit: UnitKind) -> frozenset[str]:
        """Government codes (and their 类) that may stand beside ``dept``; both readings for a mixed unit."""
        tables = (self.admin,) if unit is UnitKind.ADMIN else (self.admin, self.public)
        exact = {t[c] for t in tables for c in t if c == dept or (len(dept) == 3 and c.startswith(dept))}
        return frozenset(exact | {code[:3] for code in exact})


@dataclass(frozen=True, slots=True)
class Codes:
    """Everything the program knows about accounts in one year."""

    year: int
    function: CodeTable
    econ_dept: CodeTable
    econ_gov: CodeTable
    mapping: EconMapping
    successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """code of an earlier year → the codes that follow it, in the words of this year's list"""
    predecessors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """code that begins only in a later year → the codes of this year it will follow"""

    def table(self, kind: CodeKind) -> CodeTable:
        """The list of one classification."""
        return {CodeKind.FUNCTION: self.function, CodeKind.ECON_DEPT: self.econ_dept,
                CodeKind.ECON_GOV: self.econ_gov}[kind]
