"""The questions of a page laid out: short ones two in a row, long ones and tables over the whole width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from xinfang_desk.flow.desk import Outcome
from xinfang_desk.flow.forms import field_value
from xinfang_desk.gui.fact_source import FactSource
from xinfang_desk.gui.field_row import FieldKey, FieldRow, key_of
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.messages import window as t
from xinfang_desk.model.change import SetUnit, SetValue
from xinfang_desk.model.pack import FormField

_SHORT = frozenset({"money", "count", "date", "choice", "flag"})
_LABEL_WIDTH = 168  # pixels at 100 %


class FieldForm(QWidget):
    """All questions of one page (or of one part of it), live."""

    helped = Signal(str, str)

    def __init__(self, hub: Hub, fields: Sequence[FormField], parent: QWidget | None = None, *,
                 dense: bool = False) -> None:
        """``dense``: lines of text too stand two in a row."""
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
        for column, stretch in ((1, 1), (3, 1)):
            self._grid.setColumnStretch(column, stretch)
        for column in (0, 2):
            self._grid.setColumnMinimumWidth(column, px(_LABEL_WIDTH))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self._grid)
        box.addStretch(1)
        self._lay_out(fields)
        hub.changed.connect(self._heard)
        hub.judged.connect(self._judged)
        hub.unit_changed.connect(self.refresh)
        watch().changed.connect(self._dress)
        self._judged()

    def commit_pending(self) -> None:
        """Take what is still only typed."""
        for row in self.rows.values():
            row.commit()
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
        for key in self._fields:
            if key in self.rows:
                return self.rows[key].editor.inner()
            if key in self.tables:
                return self.tables[key].view
        return None

    # ---- inside ----

    def _dress(self) -> None:
        """The column of labels follows the size of type."""
        for column in (0, 2):
            self._grid.setColumnMinimumWidth(column, px(_LABEL_WIDTH))
        for row in self.rows.values():
            row.label.setFixedWidth(px(_LABEL_WIDTH))

    def _lay_out(self, fields: Iterable[FormField]) -> None:
        line, half = 0, False
        for field in fields:
            short = field.kind in self._short
            if half and not short:
                line, half = line + 1, False
            if field.kind == "table":
                self._place_table(field, line)
            else:
                self._place_row(field, line, 2 if half else 0, 1 if short else 3)
            if short and not half:
                half = True
            else:
                line, half = line + 1, False

    def _place_row(self, field: FormField, line: int, column: int, span: int) -> None:
        row = FieldRow(self._hub, field, self)
        row.helped.connect(self.helped)
        row.label.setFixedWidth(px(_LABEL_WIDTH))
        row.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        row.label.setContentsMargins(0, 5, 0, 0)
        self._grid.addWidget(row.label, line, column, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(row, line, column + 1, 1, span, Qt.AlignmentFlag.AlignTop)
        self.rows[key_of(field)] = row

    def _place_table(self, field: FormField, line: int) -> None:
        pane = GridPane(self._hub, FactSource(self._hub.desk, field), field.label, self, small=True)
        pane.setToolTip(field.help)
        pane.view.moved.connect(lambda *_: self.helped.emit(field.label, field.help))
        self._grid.addWidget(pane, line, 0, 1, 4)
        self.tables[key_of(field)] = pane

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
        for key, row in self.rows.items():
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


