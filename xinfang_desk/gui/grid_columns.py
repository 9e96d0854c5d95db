"""The columns of an entry table: as wide as the room allows, headings in two lines where that helps, and empty columns
nobody needs put away behind 更多栏."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from xinfang_desk.gui import settings
from xinfang_desk.gui.column_fit import SPARE, Needs, even_lines, fitted, narrowest, spare
from xinfang_desk.gui.theme import percent, px
from xinfang_desk.messages import look as words

if TYPE_CHECKING:
    from xinfang_desk.gui.grid_view import GridView

_MEASURED_ROWS = 60
_PAD = 16  # pixels at 100 %: what a cell has beside its text
_LINE = 10_000
_LEAST, _MOST = 20, 4000
_LINES = (2, 3)
_WRAPPED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)


class GridColumns(QObject):
    """``put_away`` tells how many columns cannot be seen now. A width set by hand stays, for this user, until it is
    forgotten."""

    put_away = Signal(int)

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self._view = view
        self._by_hand = False
        self._fitting = False
        self._asked: set[int] = set()
        head = view.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap.value))
        head.sectionResized.connect(self._width_changed)
        self._away: frozenset[int] = frozenset()
        self._kept = self._widths_noted()
        self._sorting = view.grid_model.shown.sorting
        self._note = QTimer(self)  # a width is dragged through many
        self._note.setSingleShot(True)
        self._note.setInterval(300)
        self._note.timeout.connect(self.note_widths)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.fit)
        view.grid_model.dataChanged.connect(self._data_changed)
        view.grid_model.modelReset.connect(self._rows_changed)

    @property
    def away(self) -> frozenset[int]:
        """The columns that cannot be seen now."""
        return self._away

    @property
    def wants_all(self) -> bool:
        """Whether the clerk wants to see every column of this list."""
        return settings.kept_text(self._key()) == "all"

    def show_all(self, wanted: bool) -> None:
        """Show every column of this list, or only those that are needed; kept for this user."""
        settings.note_text(self._key(), "all" if wanted else "")
        self._asked.clear()
        self.fit(anew=True)

    def reveal(self, column: int) -> None:
        """The cursor goes to a column that may have been put away: it is there from now on."""
        if column in self._away:
            self._asked.add(column)
            self.fit(anew=True)

    def next_shown(self, column: int, by: int) -> int:
        """The first column from this one on, in the direction of ``by``, that can be seen; may be outside the list."""
        while 0 <= column < len(self._view.grid_model.columns) and column in self._away:
            column += by
        return column

    def fit(self, *, anew: bool = False) -> None:
        """Fit the columns into the view, unless the clerk has set a width by hand; ``anew``: that too is given up."""
        self._by_hand = self._by_hand and not anew
        if self._by_hand or self._fitting:
            return
        self._fitting = True
        view = self._view
        columns, room = view.grid_model.columns, view.viewport().width()
        needs = [self._needs(i) for i in range(len(columns))]
        away = frozenset[int]()
        if not self.wants_all:
            away = spare(columns, needs, room, percent()) - self._asked - self._held()
        shown = [i for i in range(len(columns)) if i not in away]
        for i in range(len(columns)):
            if view.isColumnHidden(i) != (i in away):
                view.setColumnHidden(i, i in away)
        widths = fitted([columns[i] for i in shown], [needs[i] for i in shown], room, percent())
        kept = self._kept
        for column, width in zip(shown, widths, strict=True):
            by_hand = kept.get(columns[column].field)
            view.setColumnWidth(column, width if by_hand is None else px(by_hand))
        self._break_headings(shown)
        self._fit_heading(shown)
        self._fitting = False
        self._away = away
        self.put_away.emit(len(away))

    # ---- inside ----

    def _data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """A column put away as empty comes back when something is put into it: by a paste, an undo, a remedy."""
        for column in self._away:
            if first.column() <= column <= last.column() and (
                    first != last or self._view.grid_model.look(first.row(), column)[0]):
                self._later.start()
                return

    def _rows_changed(self) -> None:
        sorting = self._view.grid_model.shown.sorting
        if self._away or sorting != self._sorting:  # a heading has a sign now, or none any more
            self._later.start()
        self._sorting = sorting

    def _key(self) -> str:
        fields = self._view.grid_model.columns
        return f"columns/{self._view.accessibleName()}-{len(fields)}"

    def _held(self) -> set[int]:
        """The cursor's column is not taken from under it."""
        index = self._view.currentIndex()
        return {index.column()} if index.isValid() and self._view.hasFocus() else set()

    def _title(self, column: int) -> str:
        return self._view.grid_model.heading(column)

    def _needs(self, column: int) -> Needs:
        view = self._view
        metrics, source = view.fontMetrics(), view.grid_model.source
        head, title = view.horizontalHeader().fontMetrics(), self._title(column)
        content = max((metrics.horizontalAdvance(text) + px(_PAD) for row in range(min(source.count(), _MEASURED_ROWS))
                       if (text := source.text(row, column))), default=0)
        if not content and view.grid_model.columns[column].field in SPARE:
            content = px(_PAD) if any(source.text(row, column) for row in range(_MEASURED_ROWS, source.count())) else 0
        return Needs(head.horizontalAdvance(title) + px(_PAD),
                     max(head.horizontalAdvance(line) for line in narrowest(title)) + px(_PAD), content)

    def _break_headings(self, shown: list[int]) -> None:
        """In even lines where one does not fit, as few as can be: Qt would fill the first and leave a single sign for the
        last."""
        head, model = self._view.horizontalHeader(), self._view.grid_model
        metrics, broken = head.fontMetrics(), {}
        for i in shown:
            room, title = head.sectionSize(i) - px(_PAD) + 3, self._title(i)
            if metrics.horizontalAdvance(title) <= room:
                continue
            for count in _LINES:
                lines = even_lines(title, count)
                if lines and max(map(metrics.horizontalAdvance, lines)) <= room:
                    broken[title] = "\n".join(lines)
                    break
        if broken != model.in_lines:
            model.in_lines = broken
            head.viewport().update()

    def _fit_heading(self, shown: list[int]) -> None:
        """As high as the heading with the most lines."""
        head, broken = self._view.horizontalHeader(), self._view.grid_model.in_lines
        metrics = head.fontMetrics()
        highest = max((metrics.boundingRect(
            QRect(0, 0, max(20, head.sectionSize(i) - px(_PAD) + 3), _LINE), _WRAPPED,
            broken.get(self._title(i), self._title(i))).height() for i in shown), default=metrics.height())
        wanted = highest + px(12)
        if head.minimumHeight() != wanted:
            head.setMinimumHeight(wanted)

    def keep_width(self, column: int, width: int) -> None:
        """Keep a width in pixels for this user."""
        self._by_hand = True
        self._kept[self._view.grid_model.columns[column].field] = round(width * 100 / percent())
        self._note.start()

    def note_widths(self) -> None:
        """Write the widths set by hand down."""
        self._note.stop()
        settings.note_text(f"widths/{self._key()}", " ".join(f"{field}={wide}" for field, wide in self._kept.items()))

    def forget(self) -> None:
        """Fit the columns anew, whatever was set by hand."""
        self._kept.clear()
        self.note_widths()
        self.fit(anew=True)

    def _widths_noted(self) -> dict[str, int]:
        """Widths set by hand, in pixels at 100 %, by field."""
        pairs = [part.split("=") for part in settings.kept_text(f"widths/{self._key()}").split()]
        return {pair[0]: min(_MOST, max(_LEAST, int(pair[1]))) for pair in pairs
                if len(pair) == 2 and pair[1].isascii() and pair[1].isdigit()}

    def _width_changed(self, column: int, _: int, width: int) -> None:
        if not self._fitting and width and self._view.horizontalHeader().underMouse():
            self.keep_width(column, width)


class MoreColumns(QPushButton):
    """更多栏: there while columns are put away, or shown because they were asked for."""

    def __init__(self, columns: GridColumns, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self.setObjectName("small")
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.toggled.connect(columns.show_all)
        columns.put_away.connect(self._tell)
        self._tell(len(columns.away))

    def _tell(self, away: int) -> None:
        every = self._columns.wants_all
        self.blockSignals(True)
        self.setChecked(every)
        self.blockSignals(False)
        self.setVisible(bool(away) or every)
        text = words.MORE_COLUMNS if every else words.MORE_COLUMNS_COUNT.format(count=away)
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        tip = words.ALL_COLUMNS_SHOWN if every else words.COLUMNS_AWAY
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
