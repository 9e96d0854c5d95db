"""Widths of an entry table's columns: as wished where there is room, squeezed evenly where there is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xinfang_desk.flow.grid import ColumnType, GridColumn

_LEAST: Mapping[ColumnType, int] = {"code": 104, "choice": 84, "text": 84, "money": 104, "count": 52, "flag": 40,
                                    "project": 84, "computed": 120}
_STRETCHED = frozenset({"text", "code", "project", "computed"})


def fitted(columns: Sequence[GridColumn], titles: Sequence[int], contents: Sequence[int], room: int,
           percent: int = 100) -> list[int]:
    """A width for each column in pixels; ``titles`` and ``contents``: what its heading and its texts need;
    ``percent``: the size of type.

    With room for all, the sum is ``room``. Else columns first give back what their texts do not need; if that is not
    enough, those up to the last amount are squeezed into the room, for what a line is and what it costs must be seen
    together; flags and notes behind it scroll.
    """
    least = [max(_LEAST[column.type] * percent // 100, title) for column, title in zip(columns, titles, strict=True)]
    wished = [max(column.width * percent // 100, low) for column, low in zip(columns, least, strict=True)]
    if sum(wished) > room:
        needed = [max(title, min(width, content))
                  for title, width, content in zip(titles, wished, contents, strict=True)]
        if sum(needed) > room:
            return _squeezed(columns, needed, least, room)
        return _shared(needed, [width - need for width, need in zip(wished, needed, strict=True)],
                       room - sum(needed))
    growing = [wished[i] if column.type in _STRETCHED else 0 for i, column in enumerate(columns)]
    return _shared(wished, growing if any(growing) else wished, room - sum(wished))


def _squeezed(columns: Sequence[GridColumn], wished: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    amounts = [i for i, column in enumerate(columns) if column.type == "money"]
    seen = amounts[-1] + 1 if amounts else len(columns)
    if amounts and sum(least[:seen]) > room:
        return list(wished)  # it has to be scrolled anyway, and then the names had better be read in full
    gives = [max(0, width - low) if i < seen else 0 for i, (width, low) in enumerate(zip(wished, least, strict=True))]
    short = max(0, min(sum(wished[:seen]) - room, sum(gives)))
    return _shared(wished, gives, -short)


def _shared(widths: Sequence[int], weights: Sequence[int], amount: int) -> list[int]:
    base = sum(weights)
    return [width + (amount * weight // base if base else 0) for width, weight in zip(widths, weights, strict=True)]
