"""forms/codes/<year>/*.csv → :class:`Codes`. The columns are described in forms/codes/README.md."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from xinfang_desk.expr import did_you_mean
from xinfang_desk.messages import marks
from xinfang_desk.messages import packs as words
from xinfang_desk.model.codes import LEVEL_NAMES, Certainty, Code, CodeKind, Codes, CodeTable, EconMapping
from xinfang_desk.packs.folder import read_text
from xinfang_desk.packs.problems import PackError, Problems
from xinfang_desk.packs.shelf import Forms, shelf_of

CODE_COLUMNS = ("code", "name", "certainty", "source", "note")
MAPPING_COLUMNS = ("dept", "admin", "public", "certainty")
SUCCESSOR_COLUMNS = ("code", "successors", "note")
_FILES = {CodeKind.FUNCTION: "function.csv", CodeKind.ECON_DEPT: "economic_dept.csv",
          CodeKind.ECON_GOV: "economic_gov.csv"}


def code_years(forms: Forms) -> tuple[int, ...]:
    """The years whose code tables are there, ascending."""
    return shelf_of(forms).code_years()


def load_codes(year: int, forms: Forms) -> Codes:
    """The code tables of one year. Raises :class:`PackError` with every fault."""
    problems = Problems()
    codes = read_codes(year, forms, problems)
    problems.raise_errors()
    if codes is None:
        raise PackError(problems.items)
    return codes


def read_codes(year: int, forms: Forms, problems: Problems) -> Codes | None:
    """The code tables of one year, faults noted; ``None`` where the folder is not there."""
    shelf = shelf_of(forms)
    if f"codes/{year}" in shelf.blocked:
        problems.add(f"codes/{year}", 0, shelf.blocked[f"codes/{year}"])
        return None
    folder = shelf.code_folder(year)
    if not folder.is_dir():
        years = marks.AND.join(map(str, code_years(forms))) or words.NONE_THERE
        problems.add(f"codes/{year}", 0, words.NO_CODES_OF_YEAR.format(year=year, years=years))
        return None
    tables = {kind: _read_table(kind, year, folder / name, f"codes/{year}/{name}", problems)
              for kind, name in _FILES.items()}
    mapping = _read_mapping(folder, f"codes/{year}/mapping.csv", tables, problems)
    successors = _read_successors(folder, f"codes/{year}/successors.csv", problems)
    known = {code for table in tables.values() for code in table.entries}
    return Codes(year, tables[CodeKind.FUNCTION], tables[CodeKind.ECON_DEPT], tables[CodeKind.ECON_GOV], mapping,
                 successors, _predecessors(year, forms, known))


def _rows(path: Path, label: str, columns: tuple[str, ...], problems: Problems) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and fields of every row; columns are named in the first line."""
    if not path.is_file():
        problems.add(label, 0, words.FILE_MISSING)
        return
    text = read_text(path, label, problems)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != columns:
            problems.add(label, 1, words.CODES_HEADER.format(columns=",".join(columns)))
            return
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(columns):
                problems.add(label, reader.line_num, words.CODES_CELLS.format(
                    count=len(columns), count_2=len(cells)))
                continue
            yield reader.line_num, dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    except csv.Error:
        problems.add(label, reader.line_num, words.CODES_QUOTES)


def _certainty(text: str, label: str, line: int, problems: Problems) -> Certainty:
    try:
        return Certainty(text)
    except ValueError:
        known = [member.value for member in Certainty]
        problems.add(label, line, words.CODES_CERTAINTY.format(
            text=text, known=marks.AND.join(known), hint=did_you_mean(text, known)))
        return Certainty.LOW


def _read_table(kind: CodeKind, year: int, path: Path, label: str, problems: Problems) -> CodeTable:
    entries: dict[str, Code] = {}
    lines: dict[str, int] = {}
    for line, row in _rows(path, label, CODE_COLUMNS, problems):
        code = row["code"]
        if not code.isascii() or not code.isdigit() or len(code) not in kind.lengths:
            problems.add(label, line, words.CODE_LENGTH.format(
                code=code, lengths=marks.AND.join(map(str, kind.lengths))))
        elif code in entries:
            problems.add(label, line, words.CODE_TWICE.format(code=code, lines=lines[code]))
        elif not row["name"]:
            problems.add(label, line, words.CODE_UNNAMED.format(code=code))
        else:
            certainty = _certainty(row["certainty"], label, line, problems)
            entries[code] = Code(code, row["name"], certainty, row["source"], row["note"])
            lines[code] = line
    table = CodeTable(kind, year, dict(sorted(entries.items())))
    for code in entries:
        for above in table.ancestors(code):
            if above not in entries:
                level = LEVEL_NAMES[table.level(code) - 1]
                problems.add(label, lines[code],
                             words.CODE_ORPHAN.format(
                                 level=level, code=code, level_names=LEVEL_NAMES[table.level(above) - 1], above=above))
    return table


def _read_mapping(folder: Path, label: str, tables: dict[CodeKind, CodeTable], problems: Problems) -> EconMapping:
    admin: dict[str, str] = {}
    public: dict[str, str] = {}
    for line, row in _rows(folder / "mapping.csv", label, MAPPING_COLUMNS, problems):
        dept = row["dept"]
        if dept in admin:
            problems.add(label, line, words.MAPPING_TWICE.format(dept=dept))
        if dept not in tables[CodeKind.ECON_DEPT]:
            problems.add(label, line, words.MAPPING_NO_DEPT.format(dept=dept))
        for column in ("admin", "public"):
            if row[column] not in tables[CodeKind.ECON_GOV]:
                problems.add(label, line, words.MAPPING_NO_GOV.format(column=column, row=row[column]))
        _certainty(row["certainty"], label, line, problems)
        admin[dept], public[dept] = row["admin"], row["public"]
    for code in tables[CodeKind.ECON_DEPT].entries:
        if len(code) == 5 and code not in admin and admin:
            problems.add(label, 0, words.MAPPING_MISSING.format(code=code))
    return EconMapping(admin, public)


def _read_successors(folder: Path, label: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    """Old function code → codes of this year; the file may be absent in a year without changes."""
    successors: dict[str, tuple[str, ...]] = {}
    if not (folder / "successors.csv").is_file():
        return successors
    for line, row in _rows(folder / "successors.csv", label, SUCCESSOR_COLUMNS, problems):
        if row["code"] in successors:
            problems.add(label, line, words.SUCCESSOR_TWICE.format(row=row["code"]))
        new = tuple(row["successors"].split())
        if not new or not all(code.isdigit() for code in (row["code"], *new)):
            problems.add(label, line, words.SUCCESSOR_BLANK)
        successors[row["code"]] = new
    return successors


def _predecessors(year: int, forms: Forms, known: set[str]) -> dict[str, tuple[str, ...]]:
    """Codes that begin after ``year`` → the codes of ``year`` they follow, turned round from the later years' lists."""
    before: dict[str, dict[str, None]] = {}
    for later in code_years(forms):
        if later <= year:
            continue
        # A fault in a later year's list is told to whoever uses that year; this year's codes stand without it.
        faults = Problems()
        for old, new_codes in _read_successors(shelf_of(forms).code_folder(later), "", faults).items():
            for new in new_codes:
                if old in known and new not in known:
                    before.setdefault(new, {})[old] = None
    return {new: tuple(old_codes) for new, old_codes in before.items()}
