"""Above a list: the approved totals in one row, each with what is still to place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.gui.field_row import FieldKey, FieldRow, key_of
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.rest_label import RestLabel
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.messages import terms
from xinfang_desk.model.change import SetValue
from xinfang_desk.model.pack import FormField

_LEAST_WIDTH = 110  # pixels at 100 %
_BESIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ApprovedStrip(QFrame):
    """A few amounts side by side: label, editor, and the difference below; of one alone it stands beside."""

    helped = Signal(str, str)

    def __init__(self, hub: Hub, fields: Sequence[FormField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.setObjectName("approvedStrip")
        self.setAccessibleName(terms.SPACES["approved"])
        self.rows: dict[FieldKey, FieldRow] = {}
        self._rest: dict[FieldKey, RestLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 4, 8, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(1)
        self._in_a_row = 0
        for field in fields:
            row = FieldRow(hub, field, self)
            row.helped.connect(self.helped)
            row.label.setWordWrap(False)
            self.rows[key_of(field)] = row
            self._rest[key_of(field)] = RestLabel(hub, field.address, self)
        self._fit()
        watch().changed.connect(self._fit)
        hub.changed.connect(self._heard)
        hub.unit_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the approved amounts."""
        for row in self.rows.values():
            row.refresh()

    def _heard(self, outcome: Outcome) -> None:
        for step in outcome.change.steps:
            row = self.rows.get((step.space, step.address)) if isinstance(step, SetValue) else None
            if row is not None:
                row.refresh()

    # ---- laying out ----

    def minimumSizeHint(self) -> QSize:
        """As wide as one amount: with less room fewer stand in a row."""
        widest = max((row.label.sizeHint().width() for row in self.rows.values()), default=0)
        return QSize(widest + px(_LEAST_WIDTH) + 28, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Three amounts in a row where there is room for their labels, else two, else one."""
        widest = max((row.label.sizeHint().width() for row in self.rows.values()), default=0) + px(_LEAST_WIDTH) + 24
        self._lay_out(max(1, min(3, (self.width() - 16) // max(1, widest))))
        for row in self.rows.values():
            row.setMinimumWidth(px(_LEAST_WIDTH))

    def _lay_out(self, in_a_row: int) -> None:
        if in_a_row == self._in_a_row:
            return
        self._in_a_row = in_a_row
        while self._grid.count():
            self._grid.takeAt(0)
        for column in range(8):
            self._grid.setColumnStretch(column, 1 if column % 2 and column < 2 * in_a_row else 0)
        for number, (key, row) in enumerate(self.rows.items()):
            line, column = divmod(number, in_a_row)
            self._grid.addWidget(row.label, line * 2, column * 2)
            self._grid.addWidget(row, line * 2, column * 2 + 1)
            if len(self.rows) == 1 < in_a_row:
                self._grid.addWidget(self._rest[key], 0, 2, 1, 2 * in_a_row - 2, _BESIDE)
            else:
                self._grid.addWidget(self._rest[key], line * 2 + 1, column * 2, 1, 2, Qt.AlignmentFlag.AlignRight)
        if len(self.rows) < in_a_row:
            self._grid.setColumnStretch(2 * in_a_row, in_a_row - len(self.rows))

    def reveal(self, address: str, space: str = "") -> QWidget | None:
        """Put the focus on an amount; ``None`` where it is not here."""
        for key, row in self.rows.items():
            if key[1] == address and space in ("", key[0]):
                row.editor.inner().setFocus()
                return row.editor.inner()
        return None

    def commit_pending(self) -> None:
        """Take what is still only typed."""
        for row in self.rows.values():
            row.take_pending()
