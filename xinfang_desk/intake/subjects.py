"""A finance bureau's own list of accounts (科目表) read from a workbook, held against the list in use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from xinfang_desk.intake.errors import IntakeError
from xinfang_desk.intake.workbook import RawSheet, read_workbook
from xinfang_desk.messages import intake as words
from xinfang_desk.messages import marks
from xinfang_desk.messages import packs as pack_words
from xinfang_desk.model.codes import LEVEL_NAMES, Certainty, Code, CodeKind, Codes, CodeTable
from xinfang_desk.model.proposal import CodeProposal, RefusedRow, RenamedCode, SubjectList

MAX_NAME = 60
_HEAD_ROWS = 30
_SPACE = re.compile(r"[\s\u3000]+")
# The name must be set off from the code or begin with a Chinese character: 20199A9 is a slip, not 20199 and a name.
_JOINED = re.compile(r"[\[【(（]?([0-9]+)(?:[\]】)）\s\u3000\-－—–_:：.、]+|(?=[^\x00-\x7f]))(.*)", re.DOTALL)
_CODE_TITLE = re.compile(r".*(编码|代码|编号)")
_NAME_TITLE = re.compile(r".*名称")
_BOTH_TITLE = re.compile(r".*(编码|代码|编号).*名称|.*科目|支出功能分类|部门预算(支出)?经济分类|政府预算(支出)?经济分类")
_LEVEL_TITLES = {level: re.compile(rf"{level}(级?(编码|代码|科目))?") for level in LEVEL_NAMES}
_KINDS = {"2": CodeKind.FUNCTION, "3": CodeKind.ECON_DEPT, "5": CodeKind.ECON_GOV}
_BRACKETS = str.maketrans({"(": chr(0xFF08), ")": chr(0xFF09)})


def read_subjects(path: Path, codes: Codes) -> SubjectList:
    """The accounts in the workbook at ``path`` against ``codes``; nothing is changed.

    Understands a column of codes beside one of names, 类/款/项 in cells of their own (blank or merged cells go on from
    above), and both in one cell (``2010301-行政运行``), under a heading row or without one, on any number of sheets.
    What a code belongs to is told by its first digit: 2 function, 3 department economic, 5 government economic.
    Raises :class:`IntakeError` where the file cannot be read or no account is found in it.
    """
    reading = _Reading()
    for sheet in read_workbook(path):
        for row, code, name, text in _codes_of(sheet):
            reading.take(sheet.name, row, code, name, text)
    reading.drop_orphans(codes)
    if not reading.found:
        if not reading.refused:
            raise IntakeError(words.NO_ACCOUNTS.format(name=path.name))
        first = reading.refused[0]
        raise IntakeError(words.NO_ACCOUNTS_FOR_EXAMPLE.format(
            name=path.name, sheet=first.sheet, row=first.row, text=first.text, reason=first.reason_cn))
    source = SubjectList(path.name, ()).source
    found: dict[CodeKind, dict[str, Code]] = {}
    for code, one in reading.found.items():
        found.setdefault(_KINDS[code[0]], {})[code] = Code(code, one.name, Certainty.CONFIRMED, source)
    proposals = tuple(_compare(codes.table(kind), found[kind]) for kind in CodeKind if kind in found)
    return SubjectList(path.name, proposals, tuple(reading.told()))


@dataclass(frozen=True, slots=True)
class _Found:
    sheet: str
    row: int
    name: str


@dataclass(slots=True)
class _Reading:
    """Collects rows of every sheet; what does not fit is kept with its reason."""

    found: dict[str, _Found] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    incomes: list[RefusedRow] = field(default_factory=list)

    def take(self, sheet: str, row: int, code: str, name: str, text: str) -> None:
        """One row; a repetition that says the same is nothing worth telling."""
        name = _SPACE.sub("", name).translate(_BRACKETS)
        reason = _fault(code, name)
        before = self.found.get(code)
        if not reason and before and before.name != name:
            reason = words.CODE_TWO_NAMES.format(
                code=code, sheet=before.sheet, row=before.row, name=before.name)
        if reason:
            (self.incomes if reason is _INCOME else self.refused).append(RefusedRow(sheet, row, text, reason))
        elif not before:
            self.found[code] = _Found(sheet, row, name)

    def drop_orphans(self, codes: Codes) -> None:
        """Rows whose 类 or 款 stands nowhere, neither in the file nor in the list in use."""
        for code, one in sorted(self.found.items()):
            table = codes.table(_KINDS[code[0]])
            above = [up for up in table.ancestors(code) if up not in self.found and up not in table]
            if above:
                level = LEVEL_NAMES[table.level(above[0]) - 1]
                self.refused.append(RefusedRow(one.sheet, one.row, f"{code} {one.name}",
                                               words.CODE_ORPHAN.format(
                                                   code=code, level=level, above=above[0])))
                del self.found[code]

    def told(self) -> Iterator[RefusedRow]:
        """The rows refused, in the order of the file; all income accounts as one."""
        yield from self.refused
        if self.incomes:
            first = self.incomes[0]
            yield replace(first, reason_cn=words.INCOME_ACCOUNTS_MANY.format(
                reason_cn=first.reason_cn, count=len(self.incomes)))


_INCOME = words.INCOME_ACCOUNT


def _fault(code: str, name: str) -> str:
    if not code.isascii() or not code.isdigit():
        return words.NO_CODE.format(code=code)
    if code[0] == "1":
        return _INCOME
    kind = _KINDS.get(code[0])
    if kind is None:
        return words.CODE_FOREIGN.format(code=code)
    if len(code) not in kind.lengths:
        return words.CODE_LENGTH.format(
            code=code, count=len(code), label=kind.label, lengths=marks.AND.join(map(str, kind.lengths)))
    if not name:
        return pack_words.CODE_UNNAMED.format(code=code)
    if len(name) > MAX_NAME or name.isdigit():
        return words.NAME_ODD.format(code=code, name=name if len(name) <= 20 else name[:20] + marks.CUT)
    return ""


def _compare(table: CodeTable, found: dict[str, Code]) -> CodeProposal:
    added, renamed, confirmed = [], [], []
    for code, row in sorted(found.items()):
        old = table.entries.get(code)
        if old is None:
            added.append(row)
        elif old.name.translate(_BRACKETS) != row.name:
            renamed.append(RenamedCode(old, row))
        else:
            # A note on a doubtful row asks to compare with the bureau's list, which has just been done.
            confirmed.append(replace(row, name=old.name, note=old.note if old.certainty.sure else ""))
    missing = tuple(row for row in table if row.code not in found)
    return CodeProposal(table.kind, tuple(added), tuple(renamed), tuple(confirmed), missing)


# How a sheet is laid out: which columns hold what, and the first row of data.

@dataclass(frozen=True, slots=True)
class _Layout:
    codes: tuple[int, ...]
    """one column, or those of 类, 款 and perhaps 项"""
    name: int | None
    """``None`` where code and name share a cell"""
    start: int


def _codes_of(sheet: RawSheet) -> Iterator[tuple[int, str, str, str]]:
    """Row from 1, code, name and the row's text, of every row that has anything where a code should be."""
    layout = _heading(sheet) or _guess(sheet)
    if layout is None:
        return
    above = ["", "", ""]
    for index in range(layout.start, len(sheet.rows)):
        cells = sheet.rows[index]
        parts = [cells[column] for column in layout.codes]
        if not any(parts) or not any(char.isdigit() for part in parts for char in part):
            continue
        text = " ".join(cell for cell in cells if cell)[:80]
        if len(layout.codes) > 1:
            code = _put_together(parts, above)
            yield index + 1, code, cells[layout.name] if layout.name is not None else "", text
            continue
        code, rest = _apart(parts[0])
        yield index + 1, code, (cells[layout.name] if layout.name is not None else "") or rest, text


def _apart(cell: str) -> tuple[str, str]:
    """Code and name of one cell; a code may be spaced (``201 03 01``), the name may be blank."""
    plain = _SPACE.sub("", cell)
    joined = None if plain.isdigit() else _JOINED.fullmatch(cell)
    return (joined[1], joined[2]) if joined and any(map(str.isalpha, joined[2])) else (plain, "")


def _put_together(parts: list[str], above: list[str]) -> str:
    """类, 款 and 项 as one code; blank upper cells go on from the row above (``above``, kept up to date)."""
    last = max(index for index, part in enumerate(parts) if part)
    code = ""
    for level in range(last + 1):
        part = _SPACE.sub("", parts[level]) or above[level]
        if part.isdigit() and len(part) > (3 if level == 0 else 2) and level and part.startswith(code):
            part = part[len(code):]
        part = part.zfill(2) if level and part.isdigit() else part
        if above[level] != part:
            above[level:] = [part, *[""] * (len(above) - level - 1)]
        code += part
    above[last + 1:] = [""] * (len(above) - last - 1)
    return code


def _heading(sheet: RawSheet) -> _Layout | None:
    """The layout a heading names, looked for in the first rows; 科目名称 may stand a row or two above 类/款/项."""
    for index, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        titles = [_SPACE.sub("", cell) for cell in row]
        levels = [next((column for column, title in enumerate(titles) if pattern.fullmatch(title)), None)
                  for pattern in _LEVEL_TITLES.values()]
        if levels[0] is not None and levels[1] is not None:
            found = tuple(column for column in levels if column is not None)
            name = next((column for up in range(index, max(index - 3, -1), -1)
                         if (column := _title(sheet.rows[up], _NAME_TITLE, found)) is not None), max(found) + 1)
            return _Layout(found, name if name < len(row) else None, index + 1)
        code = _title(row, _CODE_TITLE, ())
        name_column = _title(row, _NAME_TITLE, ())
        if code is not None and name_column is not None and not _two_rows(sheet, index, code):
            return _Layout((code,), None if code == name_column else name_column, index + 1)
        both = _title(row, _BOTH_TITLE, ())
        if both is not None and code is None and name_column is None and _joined_below(sheet, index, both):
            return _Layout((both,), None, index + 1)
    return None


def _title(row: tuple[str, ...], pattern: re.Pattern[str], taken: tuple[int, ...]) -> int | None:
    return next((column for column, cell in enumerate(row)
                 if column not in taken and len(cell) < 20 and pattern.fullmatch(_SPACE.sub("", cell))), None)


def _two_rows(sheet: RawSheet, index: int, code: int) -> bool:
    """True where 类/款/项 stand under a merged 科目编码."""
    below = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else ()
    return len(below) > code and bool(_LEVEL_TITLES[LEVEL_NAMES[0]].fullmatch(_SPACE.sub("", below[code])))


def _joined_below(sheet: RawSheet, index: int, column: int) -> bool:
    below = [row[column] for row in sheet.rows[index + 1:index + 6] if row[column]]
    return any(_like_code(code) and name for code, name in map(_apart, below))


def _like_code(code: str) -> bool:
    return code[:1] in _KINDS and len(code) in _KINDS[code[0]].lengths


def _guess(sheet: RawSheet) -> _Layout | None:
    """Without a heading: the first column whose cells are mostly codes, its names in the cell or in the column beside."""
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(width):
        cells = [row[column] for row in sheet.rows if row[column]]
        names = [name for code, name in map(_apart, cells) if _like_code(code)]
        if not names or len(names) * 2 < len(cells):
            continue
        if sum(1 for name in names if name) * 2 >= len(names):
            return _Layout((column,), None, 0)
        if column + 1 < width:
            return _Layout((column,), column + 1, 0)
    return None
