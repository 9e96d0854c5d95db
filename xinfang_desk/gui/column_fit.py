"""Widths of an entry table's columns: as wished where there is room, squeezed where there is not, so that a list can
be read without being pushed sideways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from xinfang_desk.flow.grid import ColumnType, GridColumn
from xinfang_desk.messages import marks

_LEAST: Mapping[ColumnType, int] = {"code": 104, "choice": 84, "text": 84, "money": 96, "count": 48, "flag": 42,
                                    "project": 84, "computed": 110}
"""Pixels at 100 % below which a column is no pleasure to read."""
_TIGHT: Mapping[ColumnType, int] = {"code": 74, "choice": 58, "text": 56, "money": 60, "count": 40, "flag": 40,
                                    "project": 60, "computed": 70}
"""Pixels at 100 % below which it cannot be read: a code is still seen in full, a name by its first characters."""
_EASY = 140
_LONG_TITLE = 8
_STRETCHED = frozenset({"text", "code", "project", "computed"})
SPARE = ("note", "for_micro", "for_sme", "month", "presumed", "budget_other", "spent_other", "budget_carry", "spent_carry",
         "budget_upper", "spent_upper", "special", "description", "specification",
         "catalogue", "project", "code", "basis", "target_amount", "measure", "econ_gov", "econ_dept")
"""Fields a line can do without, those first that are missed least: their columns are put away while they are empty
and there is no room for them."""


_PAIRS = {f"{one}_{source}": f"{other}_{source}" for source in ("other", "carry", "upper")
          for one, other in (("budget", "spent"), ("spent", "budget"))}


@dataclass(frozen=True, slots=True)
class Needs:
    """What one column needs in pixels: its heading in one line and in two or three, and the longest of its texts (0: all are
    blank)."""

    title: int
    narrow: int
    content: int


def spare(columns: Sequence[GridColumn], needs: Sequence[Needs], room: int, percent: int = 100) -> frozenset[int]:
    """The columns that had better be put away: empty, not needed, and in the way of the others. ``percent``: the size
    of type."""
    widths = [_easy(column, need, percent) for column, need in zip(columns, needs, strict=True)]
    total = sum(widths)
    ranks = {field: rank for rank, field in enumerate(SPARE)}
    empty = sorted((ranks[column.field], i) for i, column in enumerate(columns)
                   if column.field in ranks and not needs[i].content)
    away: set[int] = set()
    for _, i in empty:
        if total <= room:
            break
        away.add(i)
        total -= widths[i]
    gone = {columns[i].field for i in away}
    # 预算 and 执行 of one source of money belong together.
    return frozenset(away | {i for _, i in empty if _PAIRS.get(columns[i].field) in gone})


def fitted(columns: Sequence[GridColumn], needs: Sequence[Needs], room: int, percent: int = 100) -> list[int]:
    """A width for each column in pixels; with room for all, their sum is ``room``.

    Else columns first give back what their texts do not need, then headings go into two lines and names are cut
    short, evenly. Where even that is not enough, those up to the last amount are kept in the room, for what a line is
    and what it costs must be seen together; the columns behind it scroll.
    """
    pairs = list(zip(columns, needs, strict=True))
    wished = [max(_sized(column.width, percent), need.title, _amount(column, need)) for column, need in pairs]
    if sum(wished) <= room:
        growing = [wished[i] if column.type in _STRETCHED else 0 for i, column in enumerate(columns)]
        return shared(wished, growing if any(growing) else wished, room - sum(wished))
    tight = [_tight(column, need, percent) for column, need in pairs]
    least = [max(_least(column, need, percent), low) for (column, need), low in zip(pairs, tight, strict=True)]
    needed = [max(need.title, min(width, need.content), low)
              for (_, need), width, low in zip(pairs, wished, tight, strict=True)]
    steps = [wished, needed, [min(a, b) for a, b in zip(needed, least, strict=True)], tight]
    return stepped(steps, room) or _scrolled(columns, steps[2], tight, room)


def stepped(steps: Sequence[Sequence[int]], room: int) -> list[int]:
    """Widths between two steps of ever slimmer ones, whose sum is ``room``; [] where the slimmest are too wide."""
    for wide, slim in pairwise(steps):
        low = [min(a, b) for a, b in zip(wide, slim, strict=True)]
        if sum(low) <= room:
            return shared(low, [a - b for a, b in zip(wide, low, strict=True)], room - sum(low))
    return []


def _scrolled(columns: Sequence[GridColumn], least: Sequence[int], tight: Sequence[int], room: int) -> list[int]:
    amounts = [i for i, column in enumerate(columns) if column.type == "money"]
    seen = amounts[-1] + 1 if amounts else 0
    if not amounts or sum(tight[:seen]) > room:
        return list(least)  # it has to be scrolled anyway, and then the names had better be read
    gives = [width - low if i < seen else 0 for i, (width, low) in enumerate(zip(least, tight, strict=True))]
    short = max(0, min(sum(least[:seen]) - room, sum(gives)))
    return [width - give for width, give in zip(least, _parts(gives, short), strict=True)]


def _least(column: GridColumn, need: Needs, percent: int) -> int:
    return max(_sized(_LEAST[column.type], percent), need.narrow, _amount(column, need))


def _tight(column: GridColumn, need: Needs, percent: int) -> int:
    return max(_sized(_TIGHT[column.type], percent), need.narrow, _amount(column, need))


def _easy(column: GridColumn, need: Needs, percent: int) -> int:
    """What can be read with ease: of a code's name, or of what the line is called, more than the first characters."""
    wide = _sized(_EASY, percent) if column.type == "code" or column.field == "name" else 0
    return max(_least(column, need, percent), min(need.content, wide))


def _amount(column: GridColumn, need: Needs) -> int:
    """Figures are never cut short."""
    return need.content if column.type == "money" else 0


def _sized(pixels: int, percent: int) -> int:
    return pixels * percent // 100


def shared(widths: Sequence[int], weights: Sequence[int], amount: int) -> list[int]:
    """``amount`` pixels more, given to the columns by their weights."""
    return [width + part for width, part in zip(widths, _parts(weights, amount), strict=True)]


def _parts(weights: Sequence[int], amount: int) -> list[int]:
    base = sum(weights)
    parts = [amount * weight // base if base else 0 for weight in weights]
    left = amount - sum(parts) if base else 0
    for i, weight in enumerate(weights):  # the pixels lost in rounding
        if left and weight:
            parts[i], left = parts[i] + 1, left - 1
    return parts


@lru_cache(maxsize=256)
def even_lines(title: str, count: int) -> tuple[str, ...]:
    """A heading in so many lines, the longest as short as can be; a unit in brackets stays in one piece. () where there
    are not so many pieces."""
    at = title.find(marks.BRACKET)
    pieces = [*title] if at < 1 else [*title[:at], title[at:]]
    split = [tuple("".join(pieces[a:b]) for a, b in pairwise((0, *cuts, len(pieces))))
             for cuts in combinations(range(1, len(pieces)), count - 1)]
    return min(split, default=(), key=lambda lines: (
        max(map(len, lines)), sum(len(line) ** 2 for line in lines), at >= 1 and lines[-1] != pieces[-1]))


def narrowest(title: str) -> tuple[str, ...]:
    """A heading in as many lines as it may take: two, a long one three."""
    return even_lines(title, 2 if len(title) <= _LONG_TITLE else 3) or (title,)
