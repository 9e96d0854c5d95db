"""Above an entry table: which rows it shows, and a plain sign where some are hidden or the order is not its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.grid_shown import ANY_COLUMN, Filtering
from xinfang_desk.gui.grid_view import GridView
from xinfang_desk.messages import tables as words

_PAUSE_MS = 120
_MOST_VALUES = 500


class FilterBar(QFrame):
    """Text to look for, in any column or one; with one column, also its values. Esc takes the filter away; Enter or
    Down goes to the rows."""

    closed = Signal()

    def __init__(self, view: GridView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setObjectName("filterBar")
        self.setAccessibleName(words.FILTER_TEXT)
        self.text = ComposingLine(self)
        self.text.setPlaceholderText(words.FILTER_HINT)
        self.text.setAccessibleName(words.FILTER_TEXT)
        self.text.setAccessibleDescription(words.FILTER_HINT)
        self.column = ChoiceBox(self)
        self.column.setAccessibleName(words.FILTER_COLUMN)
        self.column.addItem(words.FILTER_ANY, ANY_COLUMN)
        for number, spec in enumerate(view.grid_model.columns):
            self.column.addItem(spec.title, number)
        self.values = ChoiceBox(self)
        self.values.setAccessibleName(words.FILTER_VALUES)
        self.values.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.values.setMinimumContentsLength(12)
        self.off = QPushButton(words.FILTER_OFF, self)
        self.off.setObjectName("small")
        self.off.setAutoDefault(False)
        self.off.setAccessibleName(words.FILTER_OFF)
        self.keep = QPushButton(words.DO_KEEP_ORDER, self)
        self.unsort = QPushButton(words.DO_UNSORT, self)
        for button in (self.keep, self.unsort):
            button.setObjectName("small")
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        self.sign = QLabel(parent)
        """stands beside the table's title"""
        self.sign.hide()
        self.sign.setObjectName("filterSign")
        self.order = QLabel(self)
        self.order.setObjectName("filterSign")
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.apply)
        self._connect()
        self._asked = False
        self.refresh()

    def _lay_out(self) -> None:
        self._asking = QWidget(self)
        line = QHBoxLayout(self._asking)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        label = QLabel(words.FILTER_TEXT, self._asking)
        label.setBuddy(self.text)
        for widget, stretch in ((label, 0), (self.text, 3), (self.column, 0), (self.values, 2), (self.off, 0)):
            line.addWidget(widget, stretch)
        self._ordering = QWidget(self)
        second = QHBoxLayout(self._ordering)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(6)
        second.addWidget(self.order, 1)
        second.addWidget(self.keep)
        second.addWidget(self.unsort)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 3, 6, 3)
        self._grid.setVerticalSpacing(2)
        self._grid.addWidget(self._asking, 0, 0)
        self._grid.addWidget(self._ordering, 1, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest part: then the parts stand one below the other."""
        widest = max(self._asking.minimumSizeHint().width() if not self._asking.isHidden() else 0,
                     self._ordering.minimumSizeHint().width() if not self._ordering.isHidden() else 0)
        return QSize(widest + 12, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        """Both parts in one line where there is room: every line taken here is a row less of the table."""
        wide = self._asking.sizeHint().width() + self._ordering.sizeHint().width() + 24 <= self.width()
        side = wide and not self._asking.isHidden()
        where = (0, 1) if side else (1, 0)
        at = self._grid.indexOf(self._ordering)
        if self._grid.getItemPosition(at)[:2] != where:  # type: ignore[index]
            self._grid.removeWidget(self._ordering)
            self._grid.addWidget(self._ordering, *where)
        # The heading's arrow says it already; beside the filter there is no room to say it twice.
        self.order.setVisible(self._view.grid_model.shown.sorting is not None and not side)

    def _connect(self) -> None:
        view = self._view
        self.text.textEdited.connect(lambda _: self._pause.start())
        self.column.activated.connect(lambda _: self._column_chosen())
        self.values.activated.connect(lambda _: self.apply())
        self.off.clicked.connect(self.close_filter)
        self.keep.clicked.connect(view.row_acts.keep_order)
        self.unsort.clicked.connect(view.row_acts.unsort)
        for widget in (self.text, self.column, self.values):
            widget.installEventFilter(self)
        view.grid_model.modelReset.connect(self.refresh)
        view.grid_model.totals_changed.connect(self.refresh)

    # ---- asking ----

    def ask(self) -> None:
        """Show the bar, ready to type (Ctrl+L)."""
        self._asked = True
        self._show_filtering()
        self.refresh()
        self.text.setFocus()
        self.text.selectAll()

    def apply(self) -> None:
        """Show only what fits."""
        self._pause.stop()
        column = int(self.column.currentData())
        value = self.values.currentData() if column != ANY_COLUMN and self.values.currentIndex() > 0 else None
        wanted = Filtering(self.text.text(), column, value)
        model = self._view.grid_model
        if wanted != model.shown.filtering:
            self._view.finish_editing()
            model.filter(wanted)
            if model.rowCount():
                self._view.go_to(0, max(0, column))
            told = words.FILTERED.format(shown=len(model.shown), all=model.source.count())
            model.hub.said.emit(told if len(model.shown) else words.FILTER_NONE)

    def close_filter(self) -> None:
        """Show every row and go back to the table."""
        self._asked = False
        self._pause.stop()
        self.text.clear()
        self.column.setCurrentIndex(0)
        self._view.row_acts.unfilter()
        self.refresh()
        self._view.setFocus()

    def refresh(self) -> None:
        """Say what is hidden and in which order the rows stand."""
        model = self._view.grid_model
        sorting = model.shown.sorting
        filtered = not model.shown.filtering.idle
        if not (self._asked or filtered or sorting is not None):
            if not self.isHidden():
                self.hide()
                self.sign.hide()
            return  # asked at every edit
        shown, count = len(model.shown), model.source.count()
        self._asking.setVisible(self._asked or filtered)
        self.values.setVisible(int(self.column.currentData()) != ANY_COLUMN)
        self.sign.setVisible(filtered)
        self.sign.setText(words.FILTER_SIGN.format(shown=shown, all=count, hidden=count - shown) if shown else
                          words.FILTER_NONE)
        self._ordering.setVisible(sorting is not None)
        self.keep.setVisible(sorting is not None and model.source.orderly and not model.hub.desk.read_only)
        if sorting is not None:
            way = words.FILTER_DOWN if sorting.descending else words.FILTER_UP
            self.order.setText(words.FILTER_SORT_SIGN.format(column=model.columns[sorting.column].title, way=way))
        self.show()
        self._arrange()

    # ---- inside ----

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self.text.owns(event):
                return False
            if event.key() == Qt.Key.Key_Escape:
                self.close_filter()
                return True
            if watched is self.text and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.apply()
                self._view.setFocus()
                return True
        return False

    def _show_filtering(self) -> None:
        """Put what the table is filtered by (perhaps from its menu) into the boxes."""
        now = self._view.grid_model.shown.filtering
        self.text.setText(now.text)
        self.column.setCurrentIndex(self.column.findData(now.column))
        self._list_values()
        if now.value is not None:
            self.values.setCurrentIndex(max(0, self.values.findData(now.value)))

    def _column_chosen(self) -> None:
        self._list_values()
        self.apply()
        self.refresh()

    def _list_values(self) -> None:
        column = int(self.column.currentData())
        self.values.clear()
        self.values.addItem(words.FILTER_ALL_VALUES)
        if column == ANY_COLUMN:
            return
        source = self._view.grid_model.source
        found = dict.fromkeys(source.text(row, column) for row in range(source.count()))
        for text in sorted(found)[:_MOST_VALUES]:
            self.values.addItem(text.split("\n")[0] or words.FILTER_BLANK, text)
