"""Order and filter of an entry list: how cells compare, which rows a filter keeps, and the edit that makes a shown
order the list's own."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from xinfang_desk.flow.picker import initials
from xinfang_desk.model.change import Delete, Insert, RecordSpace, Step
from xinfang_desk.model.ledger import Record

SortKey = tuple[int, int | str, str]
"""Numbers before words; words by the first letters of their pinyin, as a clerk looks them up."""


def sort_key(value: int | str | None) -> SortKey | None:
    """How a cell compares with others of its column; ``None`` for a blank one, which goes to the end both ways."""
    if value is None or value == "":
        return None
    if isinstance(value, int):
        return 0, int(value), ""
    return 1, initials(value), value


def sorted_rows(values: Sequence[int | str | None], *, descending: bool = False) -> list[int]:
    """Row numbers in the order of their values; equal ones stay as they are, blank ones come last."""
    keyed = [(key, row) for row, value in enumerate(values) if (key := sort_key(value)) is not None]
    keyed.sort(key=lambda item: item[0], reverse=descending)
    return [row for _, row in keyed] + [row for row, value in enumerate(values) if sort_key(value) is None]


@lru_cache(maxsize=4096)
def _searched(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def fits(texts: Iterable[str], wanted: str) -> bool:
    """Whether every word of ``wanted`` stands in one of the texts: as written, without the thousands' commas, or by
    its pinyin initials."""
    cells = [_searched(text) for text in texts if text]
    return all(any(word in cell or word in cell.replace(",", "") or (word.isalpha() and word in initials(cell))
                   for cell in cells) for word in _searched(wanted).split())


def reorder(records: Mapping[int, Record], space: RecordSpace, order: Sequence[int]) -> tuple[Step, ...]:
    """The fewest steps that bring the records into ``order`` (all ids, each once): a record that has to move is taken
    out and put back at its new place."""
    now = list(records)
    staying = set(_longest_rising(now, order))
    steps: list[Step] = []
    for position in range(len(now) - 1, -1, -1):
        if now[position] not in staying:
            steps.append(Delete(space, records[now[position]], position))
    steps += [Insert(space, records[id_], position) for position, id_ in enumerate(order) if id_ not in staying]
    return tuple(steps)


def _longest_rising(now: Sequence[int], order: Sequence[int]) -> list[int]:
    """The longest run of ids that keep their order among themselves (patience sorting)."""
    place = {id_: i for i, id_ in enumerate(order)}
    tops: list[int] = []
    heads: list[int] = []
    before: dict[int, int | None] = {}
    for id_ in now:
        at = bisect_left(tops, place[id_])
        before[id_] = heads[at - 1] if at else None
        if at == len(tops):
            tops.append(place[id_])
            heads.append(id_)
        else:
            tops[at], heads[at] = place[id_], id_
    found: list[int] = []
    last = heads[-1] if heads else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
