"""Reading a workbook somebody else made: values only, and nothing a hostile file can do but be refused."""

from __future__ import annotations

import datetime
import io
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn
from xml.parsers import expat

from xinfang_desk import places
from xinfang_desk.intake.errors import IntakeError
from xinfang_desk.intake.memory import limit_memory
from xinfang_desk.messages import intake as words
from xinfang_desk.messages import terms

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_BYTES = 20_000_000
MAX_UNPACKED = 150_000_000
MAX_MEMBERS = 2_000
MAX_SHEETS = 50
MAX_ROWS = 50_000
MAX_COLUMNS = 256
MAX_CELLS = 2_000_000
MAX_TEXT = 500
HELPER_SECONDS = 60
HELPER_MEMORY = 2_000_000_000

_HELPER = ("import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
           "from xinfang_desk.intake.workbook import help_read; help_read()")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream an .xlsx with a password is wrapped in
_RESAVE = words.RESAVE
_REFERENCE = re.compile(r"([A-Z]{1,7})([0-9]{1,12})")

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as texts: ``rows[0]`` is row 1 of the sheet, ``rows[0][0]`` its cell A1; blank cells are ''."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_workbook(path: Path) -> tuple[RawSheet, ...]:
    """Every visible sheet of an .xlsx or .xls file, for reading only. Formulas give the value they were saved with.

    Raises :class:`IntakeError`: no such file, too large, not a workbook (a web page called .xls), with a password, damaged.
    """
    data = _bytes(path)
    if data.startswith(_ZIP):
        _inspect_package(path.name, data)
    elif not data.startswith(_OLE):
        _refuse_other(path.name, data)
    return _read_apart(path.name, data)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise IntakeError(words.TOO_LARGE.format(
                name=path.name, size=size // 1000000, max_bytes=MAX_BYTES // 1000000))
        return path.read_bytes()
    except FileNotFoundError:
        raise IntakeError(words.NOT_THERE.format(parent=path.parent, name=path.name)) from None
    except OSError as error:
        raise IntakeError(words.UNREADABLE.format(name=path.name, strerror=error.strerror)) from error


def _refuse_other(name: str, data: bytes) -> NoReturn:
    head = data[:2000].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if not head:
        raise IntakeError(words.EMPTY.format(name=name))
    if head.startswith((b"<", b"mime-version")):
        raise IntakeError(words.WEB_PAGE.format(name=name, resave=_RESAVE))
    raise IntakeError(words.NO_WORKBOOK.format(name=name, resave=_RESAVE))


def damaged(name: str) -> IntakeError:
    """The file cannot be read to its end."""
    return IntakeError(words.BROKEN.format(name=name, resave=_RESAVE))


def locked(name: str) -> IntakeError:
    """The file has a password."""
    return IntakeError(words.LOCKED.format(name=name))


def too_wide(name: str) -> IntakeError:
    """The used area is larger than any list of subjects."""
    return IntakeError(words.AREA_TOO_LARGE.format(name=name, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS))


def _inspect_package(name: str, data: bytes) -> None:
    """Refuse a package that would not fit into memory, before the reader lays out its cells.

    The reader keeps a sheet as one full rectangle, so that two far cells of a tiny file could ask for gigabytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names or "xl/workbook.bin" in names:
                raise IntakeError(words.NO_XLSX.format(name=name, resave=_RESAVE))
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise IntakeError(words.UNPACKS_TOO_LARGE.format(name=name))
            for member in members:
                with package.open(member) as stream:
                    _inspect_member(name, member.filename, stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        # RuntimeError and NotImplementedError: a member with a password, a way of packing nobody uses for workbooks.
        raise damaged(name) from error


def _inspect_member(name: str, member: str, stream: IO[bytes]) -> None:
    extent = _Extent(name)
    try:
        while chunk := stream.read(1 << 16):
            extent.parser.Parse(chunk, False)
        extent.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding nobody knows
        if member.endswith((".xml", ".rels")) or extent.in_sheet:
            raise damaged(name) from error


class _Extent:
    """Follows the cells of a sheet that hold something and refuses an area that is too large."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._row = self._column = self._rows = self._columns = 0
        self.in_sheet = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EntityDeclHandler = self._entity

    def _entity(self, *_: object) -> None:
        raise damaged(self._name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "sheetData":
            self.in_sheet = True
        elif tag == "row" and self.in_sheet:
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 12 else self._row + 1
            self._column = 0
        elif tag == "c" and self.in_sheet:
            self._place(attributes.get("r", ""))
        elif tag in ("v", "is", "f") and self.in_sheet:
            self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
            if self._rows > MAX_ROWS or self._columns > MAX_COLUMNS or self._rows * self._columns > MAX_CELLS:
                raise too_wide(self._name)

    def _place(self, reference: str) -> None:
        found = _REFERENCE.fullmatch(reference.upper())
        if found is None:
            self._column += 1
            return
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        self._row, self._column = int(found[2]), column


def _read_apart(name: str, data: bytes) -> tuple[RawSheet, ...]:
    """The cells, read by a process of its own.

    Both formats state counts the reader believes (the strings of an .xlsx, the sectors of an .xls): a crafted file asks
    for more memory than there is and ends the program with it. Here only the helper ends.
    """
    command = [str(places.python()), "-X", "utf8", "-c", _HELPER, json.dumps(sys.path), name]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=HELPER_SECONDS, check=False,
                              creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
    except subprocess.TimeoutExpired:
        raise damaged(name) from None
    if done.returncode != 0:
        raise damaged(name)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise IntakeError(answer["refused"])
    return tuple(RawSheet(sheet, tuple(map(tuple, rows))) for sheet, rows in answer["sheets"])


def help_read() -> None:
    """The helper's part of :func:`_read_apart`: the file comes in by stdin, the cells go out by stdout as JSON."""
    limit_memory(HELPER_MEMORY)
    try:
        sheets = read_cells(sys.argv[2], sys.stdin.buffer.read())
        answer: dict[str, object] = {"sheets": [(sheet.name, sheet.rows) for sheet in sheets]}
    except IntakeError as error:
        answer = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def read_cells(name: str, data: bytes) -> tuple[RawSheet, ...]:
    """The visible sheets of a workbook's bytes; for those :func:`read_workbook` has looked through before."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            wanted = [sheet.name for sheet in book.sheets_metadata
                      if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet]
            if not wanted:
                raise IntakeError(words.NO_VISIBLE_SHEET.format(name=name))
            if len(wanted) > MAX_SHEETS:
                raise IntakeError(words.TOO_MANY_SHEETS.format(
                    name=name, count=len(wanted), max_sheets=MAX_SHEETS))
            return tuple(RawSheet(sheet, tuple(_rows(book, sheet, name))) for sheet in wanted)
    except PasswordError:
        raise locked(name) from None
    except (CalamineError, OSError, ValueError) as error:
        raise (locked(name) if _ENCRYPTED in data else damaged(name)) from error
    except BaseException as error:
        # A panic of the reader arrives as a BaseException of a class that cannot be imported.
        if type(error).__name__ == "PanicException":
            raise damaged(name) from error
        raise


def _rows(book: CalamineWorkbook, sheet: str, name: str) -> Iterator[tuple[str, ...]]:
    area = book.get_sheet_by_name(sheet)
    if area.total_height > MAX_ROWS or area.total_width > MAX_COLUMNS or area.total_height * area.total_width > MAX_CELLS:
        raise too_wide(name)
    for row in area.to_python(skip_empty_area=False):
        yield tuple(cell_text(cell) for cell in row)


def cell_text(cell: Cell) -> str:
    """A cell's value as text: whole numbers without ``.0``, full-width digits as digits, spaces and controls trimmed."""
    if isinstance(cell, bool):
        return terms.YES if cell else terms.NO
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if not isinstance(cell, str):
        return str(cell)
    plain = "".join(_digit(char) for char in cell[:MAX_TEXT] if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    return plain.strip()


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char
