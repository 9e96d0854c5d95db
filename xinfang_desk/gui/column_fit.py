"""Widths of an entry table's columns: as wished where there is room, squeezed evenly where there is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xinfang_desk.flow.grid import ColumnType, GridColumn

_LEAST: Mapping[ColumnType, int] = {"code": 104, "choice": 64, "text": 84, "money": 104, "count": 52, "flag": 40,
                                    "project": 84, "computed": 120}
_STRETCHED = frozenset({"text", "code", "project", "computed"})


def fitted(columns: Sequence[GridColumn], titles: Sequence[int], room: int) -> list[int]:
    """A width for each column in pixels; ``titles``: the width each heading needs.

    Where there is room, the sum is ``room``. Where there is not, the columns up to the last amount are squeezed into
    it, for what a line is and what it costs must be seen together; flags and notes behind it scroll.
    """
    least = [max(_LEAST[column.type], title) for column, title in zip(columns, titles, strict=True)]
    wished = [max(column.width, low) for column, low in zip(columns, least, strict=True)]
    total = sum(wished)
    if total > room:
        amounts = [i for i, column in enumerate(columns) if column.type == "money"]
        seen = amounts[-1] + 1 if amounts else len(columns)
        spare = sum(wished[:seen]) - sum(least[:seen])
        short = max(0, min(sum(wished[:seen]) - room, spare))
        return [width - (short * (width - low) // spare if spare and i < seen else 0)
                for i, (width, low) in enumerate(zip(wished, least, strict=True))]
    growing = [i for i, column in enumerate(columns) if column.type in _STRETCHED] or list(range(len(columns)))
    base = sum(wished[i] for i in growing)
    extra = room - total
    for i in growing:
        wished[i] += extra * wished[i] // base if base else 0
    return wished
