"""Which rows of a list a table shows, and in which order: a way of looking, never a change of the book."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from xinfang_desk.flow.grid_order import fits, sorted_rows
from xinfang_desk.gui.grid_source import GridSource

ANY_COLUMN = -1


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column the rows are looked at."""

    column: int
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Filtering:
    """Rows whose cells (of ``column``, or any) hold the words of ``text``; and, where ``value`` is not ``None``, whose
    cell of ``column`` shows just that."""

    text: str = ""
    column: int = ANY_COLUMN
    value: str | None = None

    @property
    def idle(self) -> bool:
        """Whether it keeps every row."""
        return not self.text.strip() and (self.value is None or self.column == ANY_COLUMN)


class ShownRows:
    """Rows of a source as shown. What has been sorted and filtered stays where it is while it is being edited, as in
    a spreadsheet; only a new order or filter looks again."""

    def __init__(self, source: GridSource) -> None:
        self._source = source
        self.sorting: Sorting | None = None
        self.filtering = Filtering()
        self.order: list[int] | None = None
        """Source rows in shown order; ``None`` for all as they are, so that a plain table pays nothing"""
        self._keys: list[Hashable] = []
        self._known: set[Hashable] = set()

    def __len__(self) -> int:
        return self._source.count() if self.order is None else len(self.order)

    @property
    def hidden(self) -> int:
        """How many rows are not shown."""
        return self._source.count() - len(self)

    def source_row(self, row: int) -> int:
        """The row of the source behind a shown row; the blank row for any past the last."""
        if self.order is None:
            return row
        return self.order[row] if 0 <= row < len(self.order) else self._source.count()

    def shown_row(self, source_row: int) -> int | None:
        """Where a row of the source is shown; ``None`` where it is filtered out."""
        if self.order is None:
            return source_row
        try:
            return self.order.index(source_row)
        except ValueError:
            return None

    def look(self) -> None:
        """Sort and filter anew."""
        source, filtering, sorting = self._source, self.filtering, self.sorting
        if filtering.idle and sorting is None:
            self.order = None
            return
        kept: Sequence[int] = [row for row in range(source.count()) if self._keeps(row)]
        if sorting is not None:
            values = [source.sortable(row, sorting.column) for row in kept]
            kept = [kept[at] for at in sorted_rows(values, descending=sorting.descending)]
        self._take(list(kept))

    def follow(self) -> None:
        """Rows came or went: those shown stay in their order, new ones are shown too, whatever the filter says."""
        if self.order is None:
            return
        source = self._source
        if not source.keyed:
            self.look()
            return
        place = {source.key(row): row for row in range(source.count())}
        order = [place[key] for key in self._keys if key in place]
        order += [row for key, row in place.items() if key not in self._known]
        if self.sorting is None:
            order.sort()
        self._take(order)

    def _take(self, order: list[int]) -> None:
        source = self._source
        self.order = order
        self._keys = [source.key(row) for row in order]
        self._known = {source.key(row) for row in range(source.count())}

    def _keeps(self, row: int) -> bool:
        source, wanted = self._source, self.filtering
        columns = range(len(source.columns)) if wanted.column == ANY_COLUMN else (wanted.column,)
        if wanted.column != ANY_COLUMN and wanted.value is not None and \
                source.text(row, wanted.column) != wanted.value:
            return False
        return not wanted.text.strip() or fits((source.text(row, column) for column in columns), wanted.text)
