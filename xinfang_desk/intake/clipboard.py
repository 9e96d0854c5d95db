"""What a spreadsheet, a word processor or a browser puts on the clipboard."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

from xinfang_desk.messages import terms

Block = tuple[tuple[str, ...], ...]

_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)|([^\t\n]*)')
"""A quoted cell (as Excel and WPS write cells that hold tabs, line breaks or quotes), or one taken as it stands. A
quote that is never closed is a quote, not the rest of the sheet."""
_LONGEST_SPAN = 200
_CELL_TAGS = frozenset({"td", "th"})
_BREAK_TAGS = frozenset({"br", "p", "div"})


def read_block(text: str) -> Block:
    """The cells of a copied block, row by row, stripped: tabs between cells, quotes around cells with line breaks.

    Blank rows at the end are dropped; never raises, whatever was copied.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        found = _CELL.match(plain, at)
        assert found is not None  # the second branch takes even nothing
        quoted = found[1]
        rows[-1].append(found[2] if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if at >= len(plain):
            break
        if plain[at] == "\n":
            rows.append([])
        at += 1
    return _trimmed(rows)


def read_html(html: str) -> Block:
    """The cells of the first table in a piece of HTML; () where there is none. Joined cells give their text once and
    blanks beside and below it."""
    reader = _Table()
    reader.feed(html.replace("\0", ""))
    reader.close()
    return _trimmed(reader.laid_out())


def read_ods(content: bytes) -> Block:
    """The cells of the first sheet of an OpenDocument spreadsheet (LibreOffice offers its blocks so); () where it
    cannot be read."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python() if book.sheet_names else []
    except (CalamineError, OSError, ValueError):
        return ()
    return _trimmed([[_plain(value) for value in row] for row in rows])


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return terms.YES if value else terms.NO
    if isinstance(value, float):
        # Seventeen digits would show what binary fractions are; a spreadsheet shows fifteen.
        return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"
    return str(value)


def _trimmed(rows: list[list[str]]) -> Block:
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return tuple(tuple(cell.strip() for cell in row) for row in rows)


class _Table(HTMLParser):
    """Collects the cells of the first table; tables inside a cell give their text to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[list[tuple[str, int, int]]] = []
        self._depth = 0
        self._done = False
        self._words: list[str] | None = None
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._done:
            return
        if tag == "table":
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self._rows.append([])
        elif self._depth == 1 and tag in _CELL_TAGS:
            self._end_cell()
            if not self._rows:
                self._rows.append([])
            given = dict(attrs)
            self._spans = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._words = []
        elif tag in _BREAK_TAGS and self._words:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._done:
            return
        if self._depth == 1 and (tag in _CELL_TAGS or tag == "tr"):
            self._end_cell()
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_cell()
                self._done = True

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            # Line breaks in the source are blanks on the page; only <br> and the like break a line.
            self._words.append(re.sub(r"\s+", " ", data))

    def _end_cell(self) -> None:
        if self._words is not None:
            text = re.sub(r" *\n *", "\n", "".join(self._words)).strip()
            self._rows[-1].append((text, *self._spans))
            self._words = None

    def laid_out(self) -> list[list[str]]:
        self._end_cell()
        filled: list[dict[int, str]] = [{} for _ in self._rows]
        for i, row in enumerate(self._rows):
            j = 0
            for text, down, over in row:
                while j in filled[i]:
                    j += 1
                for below in filled[i:i + down]:
                    for k in range(j, j + over):
                        below[k] = ""
                filled[i][j] = text
                j += over
        return [[cells.get(j, "") for j in range(max(cells, default=-1) + 1)] for cells in filled]


def _span(text: str | None) -> int:
    return max(1, min(_LONGEST_SPAN, int(text))) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
