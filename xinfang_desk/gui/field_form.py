"""The questions of a page laid out: short ones two in a row, long ones and tables over the whole width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from xinfang_desk.flow import phrases
from xinfang_desk.flow.forms import field_value
from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.gui.fact_source import FactSource
from xinfang_desk.gui.field_row import FieldKey, FieldRow, key_of
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.messages import window as t
from xinfang_desk.model.change import SetUnit, SetValue
from xinfang_desk.model.pack import FormField

_SHORT = frozenset({"money", "count", "date", "choice", "flag"})
_LABEL_WIDTH, _TWO_ABREAST, _BESIDE, _NARROWEST = 168, 600, 360, 200  # pixels at 100 %
_ANY_WIDTH = 16_777_215  # Qt's own word for no limit


class FieldForm(QWidget):
    """All questions of one page (or of one part of it), live."""

    helped = Signal(str, str)

    def __init__(self, hub: Hub, fields: Sequence[FormField], parent: QWidget | None = None, *,
                 dense: bool = False) -> None:
        """Nothing is asked before :meth:`fill`. ``dense``: lines of text too stand two in a row."""
        super().__init__(parent)
        self._short = _SHORT | {"text"} if dense else _SHORT
        self._hub = hub
        self.rows: dict[FieldKey, FieldRow] = {}
        self.tables: dict[FieldKey, GridPane] = {}
        self._labels: dict[FieldKey, QLabel] = {}
        self._fields = {key_of(field): field for field in fields}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(7)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self._grid)
        box.addStretch(1)
        self._abreast: int | None = None

    def fill(self) -> Iterator[None]:
        """Ask the questions, one at each step."""
        for field in self._fields.values():
            self._make(field)
            yield
        hub = self._hub
        hub.changed.connect(self._heard)
        hub.judged.connect(self._judged)
        hub.unit_changed.connect(self.refresh)
        watch().changed.connect(self._dress)
        self.refresh()
        self._arrange(2)
        yield
        self._judged()

    def commit_pending(self) -> None:
        """Take what is still only typed."""
        for row in self.rows.values():
            row.take_pending()
        for pane in self.tables.values():
            pane.finish_editing()

    def refresh(self) -> None:
        """Show all stored values anew."""
        for row in self.rows.values():
            row.refresh()

    def reveal(self, address: str, space: str = "", row: int | None = None, column: str = "") -> QWidget | None:
        """Put the focus on a question, in a table on a cell where one is named; returns its widget, or ``None`` where
        this form does not ask it."""
        wanted = [key for key in self._fields if key[1] == address and space in ("", key[0])]
        for key in wanted:
            if key in self.rows:
                inner = self.rows[key].editor.inner()
                inner.setFocus()
                return inner
            if key in self.tables:
                if row is None or not self.tables[key].reveal(row, column):
                    self.tables[key].view.setFocus()
                return self.tables[key]
        return None

    def first(self) -> QWidget | None:
        """The first question's editor."""
        key = self._first_key()
        if key is None:
            return None
        return self.rows[key].editor.inner() if key in self.rows else self.tables[key].view

    def take_focus(self) -> bool:
        """Put the cursor on the first question. A figure that stands there is chosen, as when Tab comes there: the next key
        replaces it; not so a name, which a stray key would take away. ``False`` where nothing is asked."""
        key, first = self._first_key(), self.first()
        if key is None or first is None:
            return False
        first.setFocus()
        if isinstance(first, QLineEdit) and self._fields[key].kind in ("money", "count"):
            first.selectAll()
        return True

    # ---- inside ----

    def _first_key(self) -> FieldKey | None:
        return next((key for key in self._fields if key in self.rows or key in self.tables), None)

    def minimumSizeHint(self) -> QSize:
        """Narrower than what is laid out now: in a narrow place the questions are laid out anew."""
        return QSize(px(_NARROWEST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._abreast is None:
            return
        margins = self.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        self._arrange(2 if room >= px(_TWO_ABREAST) else 1 if room >= px(_BESIDE) else 0)

    def _dress(self) -> None:
        """Everything follows the size of type."""
        self._abreast = -1
        self._fit()

    def _make(self, field: FormField) -> None:
        key = key_of(field)
        if field.kind == "table":
            pane = GridPane(self._hub, FactSource(self._hub.desk, field), field.label, self, small=True)
            pane.setToolTip(field.help)
            pane.view.moved.connect(lambda *_: self.helped.emit(field.label, field.help))
            self.tables[key] = pane
            return
        row = FieldRow(self._hub, field, self)
        if field.space == "approved":
            row.show_rest()
        row.helped.connect(self.helped)
        row.label.setContentsMargins(0, 5, 0, 0)
        self.rows[key] = row

    def _arrange(self, abreast: int) -> None:
        """Lay the questions out: two abreast, one in a row, or (0) each below its label."""
        if abreast == self._abreast:
            return
        self._abreast = abreast
        while self._grid.count():
            self._grid.takeAt(0)
        for column in range(4):
            labels = column in (0, 2)
            shown = abreast == 2 or (abreast == 1 and column < 2)
            self._grid.setColumnStretch(column, 0 if labels else 1 if shown else 0)
            self._grid.setColumnMinimumWidth(column, px(_LABEL_WIDTH) if labels and shown else 0)
        side = Qt.AlignmentFlag.AlignRight if abreast else Qt.AlignmentFlag.AlignLeft
        for row in self.rows.values():
            row.label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            row.label.setMinimumWidth(px(_LABEL_WIDTH) if abreast else 0)
            row.label.setMaximumWidth(px(_LABEL_WIDTH) if abreast else _ANY_WIDTH)
        if abreast:
            self._lay_beside(abreast)
        else:
            self._lay_below()

    def _lay_beside(self, abreast: int) -> None:
        line, half = 0, False
        for key, field in self._fields.items():
            short = abreast == 2 and field.kind in self._short
            if half and not short:
                line, half = line + 1, False
            if key in self.tables:
                self._grid.addWidget(self.tables[key], line, 0, 1, 4)
            else:
                row, column = self.rows[key], 2 if half else 0
                self._grid.addWidget(row.label, line, column, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(row, line, column + 1, 1, 1 if short else 3, Qt.AlignmentFlag.AlignTop)
            if short and not half:
                half = True
            else:
                line, half = line + 1, False

    def _lay_below(self) -> None:
        self._grid.setColumnStretch(0, 1)
        for line, key in enumerate(self._fields):
            if key in self.tables:
                self._grid.addWidget(self.tables[key], 2 * line, 0, 1, 4)
            else:
                self._grid.addWidget(self.rows[key].label, 2 * line, 0, 1, 4)
                self._grid.addWidget(self.rows[key], 2 * line + 1, 0, 1, 4, Qt.AlignmentFlag.AlignTop)

    def _heard(self, outcome: Outcome) -> None:
        for step in outcome.change.steps:
            if isinstance(step, SetValue):
                row = self.rows.get((step.space, step.address))
                if row is not None:
                    row.refresh()
            elif isinstance(step, SetUnit):
                for key, row in self.rows.items():
                    if key[0] == "unit":
                        row.refresh()

    def _judged(self) -> None:
        desk = self._hub.desk
        asks_reasons = any(key[1].startswith(phrases.REASON) for key in self.rows)
        wanted = phrases.wanted(desk) if asks_reasons else {}
        for key, row in self.rows.items():
            row.want(wanted.get(key[1], "") if key[0] == "facts" else "")
            row.mark()
            if row.field.when is not None:
                shown = desk.shown(self._fields[key])
                row.setVisible(shown)
                row.label.setVisible(shown)
        for key, pane in self.tables.items():
            field = self._fields[key]
            pane.setVisible(desk.shown(field))
            missing = field.required and field_value(desk.year, field) is None
            pane.title.setText(f"{field.label}{t.REQUIRED_MISSING}" if missing else field.label)


