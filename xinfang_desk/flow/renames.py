"""Account codes that are others in a later year (forms/codes/<year>/successors.csv), and a year with the new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from xinfang_desk.messages import years as words
from xinfang_desk.model.codes import CodeKind, Codes
from xinfang_desk.model.ledger import Income, Kind, Line, Purchase, Year

Part = Literal["", "basic", "project", "income"]
"""A function that splits is asked for apart: it sends its people and its work to different codes."""


@dataclass(frozen=True, slots=True)
class Rename:
    """One account of the former year. ``choices``: (code, name) it may have in the new one, () where none is known;
    ``chosen``: the only one, or '' where the clerk has to choose."""

    kind: CodeKind
    code: str
    part: Part
    name: str
    records: int
    choices: tuple[tuple[str, str], ...]
    chosen: str

    @property
    def id(self) -> str:
        """``function:2010308:basic``."""
        return f"{self.kind.value}:{self.code}:{self.part}"

    @property
    def title(self) -> str:
        """The account and which of its records."""
        shape = words.RENAME if self.part else words.RENAME_ALL
        return shape.format(code=self.code, name=self.name, part=words.PARTS.get(self.part, ""))

    @property
    def detail(self) -> str:
        """How many records, or that nothing is known."""
        return words.RENAME_COUNT.format(count=self.records) if self.choices else words.RENAME_NONE

    def label(self, code: str) -> str:
        """A choice as it stands in a list."""
        shape = words.RENAME_KEEP if code == self.code else words.RENAME_TO
        return shape.format(code=code, name=dict(self.choices).get(code, ""))


def renames(year: Year, old: Codes, new: Codes) -> tuple[Rename, ...]:
    """The accounts used in ``year`` that the later list has no more, or names successors of."""
    used: Counter[tuple[CodeKind, str, Part]] = Counter()
    for record in _records(year):
        for kind, code, part in _accounts(record):
            used[kind, code, part if len(_successors(kind, code, new)) > 1 else ""] += 1
    found = []
    for (kind, code, part), count in sorted(used.items(), key=lambda item: (item[0][0].value, *item[0][1:])):
        table = new.table(kind)
        after = list(_successors(kind, code, new))
        if not after and code in table:
            continue
        # A code that is still there stays possible: others may keep using it.
        after += [code] if code in table else []
        choices = tuple((one, table.name(one)) for one in after)
        found.append(Rename(kind, code, part, old.table(kind).name(code), count, choices,
                            after[0] if len(after) == 1 else ""))
    return tuple(found)


def _successors(kind: CodeKind, code: str, new: Codes) -> tuple[str, ...]:
    return tuple(one for one in new.successors.get(code, ()) if one in new.table(kind) and one != code)


def renamed(year: Year, codes: Mapping[str, str]) -> Year:
    """The year with the codes given by :attr:`Rename.id`; others stay."""
    if not any(code != id_.split(":")[1] for id_, code in codes.items()):
        return year
    return replace(year, lines={id_: _recoded(one, codes) for id_, one in year.lines.items()},
                   incomes={id_: _recoded(one, codes) for id_, one in year.incomes.items()},
                   purchases={id_: _recoded(one, codes) for id_, one in year.purchases.items()})


def _records(year: Year) -> Iterator[Line | Income | Purchase]:
    yield from year.lines.values()
    yield from year.incomes.values()
    yield from year.purchases.values()


def _accounts(record: Line | Income | Purchase) -> Iterator[tuple[CodeKind, str, Part]]:
    if record.function:
        yield CodeKind.FUNCTION, record.function, part_of(record)
    if not isinstance(record, Income):
        for kind in (CodeKind.ECON_DEPT, CodeKind.ECON_GOV):
            if code := getattr(record, kind.value):
                yield kind, code, ""


def new_code(codes: Mapping[str, str], kind: CodeKind, code: str, part: Part) -> str:
    """What an account is called in the new year, by :attr:`Rename.id`; itself where nothing is said."""
    return codes.get(f"{kind.value}:{code}:{part}") or codes.get(f"{kind.value}:{code}:") or code


def part_of(record: Line | Income | Purchase) -> Part:
    """Which part of the budget a record belongs to."""
    if isinstance(record, Income):
        return "income"
    if isinstance(record, Line):
        return "project" if record.kind is Kind.PROJECT else "basic"
    return "basic" if record.project is None else "project"


def _recoded(record: Any, codes: Mapping[str, str]) -> Any:
    changed = {kind.value: new for kind, code, part in _accounts(record)
               if (new := new_code(codes, kind, code, part)) != code}
    return replace(record, **changed) if changed else record
