"""What a file from elsewhere offers; nothing of it counts before the clerk has agreed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from xinfang_desk.messages import terms
from xinfang_desk.model.codes import Code, CodeKind, Codes, CodeTable, EconMapping


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: where it stands (row from 1), what it says, and why as a Chinese sentence."""

    sheet: str
    row: int
    text: str
    reason_cn: str


@dataclass(frozen=True, slots=True)
class RenamedCode:
    """An account whose name in the bureau's list is not the one in use until now."""

    old: Code
    new: Code


@dataclass(frozen=True, slots=True)
class CodeProposal:
    """One classification of a bureau's list against the list in use, each part in ascending order of code.

    ``confirmed`` stand in both with one name. ``missing`` stand only in the list in use; they stay unless the clerk says
    otherwise, for a bureau's list may hold only what its departments use.
    """

    kind: CodeKind
    added: tuple[Code, ...] = ()
    renamed: tuple[RenamedCode, ...] = ()
    confirmed: tuple[Code, ...] = ()
    missing: tuple[Code, ...] = ()

    @property
    def taken(self) -> tuple[Code, ...]:
        """Every row the bureau's list gives, as it will stand in the overlaid table."""
        return (*self.added, *(one.new for one in self.renamed), *self.confirmed)


@dataclass(frozen=True, slots=True)
class SubjectList:
    """A bureau's 科目表 read from ``file``: a proposal for each classification in it, and the rows not understood."""

    file: str
    proposals: tuple[CodeProposal, ...]
    refused: tuple[RefusedRow, ...] = ()

    @property
    def source(self) -> str:
        """What stands as the source of every row taken."""
        return terms.BUREAU_LIST.format(file=self.file)


def overlay(codes: Codes, rows: Mapping[CodeKind, Iterable[Code]], drop: Collection[str] = ()) -> Codes:
    """``codes`` with the rows of a bureau's list over them; ``drop``: codes the clerk agreed to give up.

    A dropped code takes everything below it with it, and the mapping of both economic classifications follows. A code
    the bureau's list gives is never dropped.
    """
    given = {kind: {code.code: code for code in rows.get(kind, ())} for kind in CodeKind}
    tables = {kind: _overlaid(codes.table(kind), given[kind], drop) for kind in CodeKind}
    dept, gov = tables[CodeKind.ECON_DEPT], tables[CodeKind.ECON_GOV]
    mapping = EconMapping(*(
        {code: to for code, to in column.items() if code in dept and to in gov}
        for column in (codes.mapping.admin, codes.mapping.public)))
    return replace(codes, function=tables[CodeKind.FUNCTION], econ_dept=dept, econ_gov=gov, mapping=mapping)


def _overlaid(table: CodeTable, given: Mapping[str, Code], drop: Collection[str]) -> CodeTable:
    kept = {above for code in given for above in (*table.ancestors(code), code)}
    gone = [code for code in drop if code in table and code not in kept]
    entries = {code: row for code, row in table.entries.items()
               if code in kept or not any(code.startswith(top) for top in gone)}
    return replace(table, entries=dict(sorted({**entries, **given}.items())))
