"""What can go wrong on paper; every message is a Chinese sentence a clerk can act on."""

from __future__ import annotations

from xinfang_desk.messages import marks
from xinfang_desk.messages import paper as words


class PaperError(Exception):
    """A paper could not be made. ``str()`` is the sentence to show."""


class MissingGlyph(PaperError):
    """No font of ours has a character. ``char`` is the character, ``place`` where it stands."""

    def __init__(self, char: str, place: str) -> None:
        code = f"U+{ord(char):04X}"
        super().__init__(
            words.MISSING_GLYPH.format(place=place, char=char, code=code)
        )
        self.char = char
        self.place = place


class ReadbackError(PaperError):
    """A file just written does not say what it should; it was not moved into place.

    ``file``, ``table``, ``row`` and ``column`` name the place, ``expected`` and ``found`` what differs.
    """

    def __init__(
        self, file: str, expected: str, found: str, *, table: str = "", row: str = "", column: str = ""
    ) -> None:
        if row:
            place = (words.PLACE_CELL if column else words.PLACE_ROW).format(table=table, row=row, column=column)
        else:
            place = words.PLACE_COLUMN.format(table=table, column=column) if column else table
        wanted, there = _around_difference(expected, found)
        super().__init__(
            words.READBACK_DIFFERS.format(file=file, place=place or words.PLACE_ANY, wanted=wanted, there=there)
        )
        self.file = file
        self.table = table
        self.row = row
        self.column = column
        self.expected = expected
        self.found = found


def _around_difference(expected: str, found: str, most: int = 40) -> tuple[str, str]:
    """Long texts cut down to where they begin to differ."""
    if max(len(expected), len(found)) <= most:
        return expected, found
    at = next((n for n, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, at - 10)
    lead = marks.CUT if start else ""

    def cut(text: str) -> str:
        return lead + text[start : start + most] + (marks.CUT if len(text) > start + most else "")

    return cut(expected), cut(found)


class WriteRefused(PaperError):
    """The folder or the file could not be written: full disk, no permission, open elsewhere."""
