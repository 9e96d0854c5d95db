"""What a spreadsheet puts on the clipboard."""

from __future__ import annotations

import csv
import io


def read_block(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a copied block, row by row, stripped: tabs between cells, quotes around cells with line breaks.

    Blank rows at the end are dropped; never raises, whatever was copied.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    try:
        rows = list(csv.reader(io.StringIO(plain), dialect="excel-tab"))
    except csv.Error:
        # A cell beyond csv's field limit: not a table; take the text line by line as it stands.
        rows = [line.split("\t") for line in plain.split("\n")]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return tuple(tuple(cell.strip() for cell in row) for row in rows)
