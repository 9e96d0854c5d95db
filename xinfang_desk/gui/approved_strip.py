"""Above a list: the approved totals in one row, each with what is still to place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from xinfang_desk.gui.approved import still_to_place
from xinfang_desk.gui.field_row import FieldKey, FieldRow, key_of
from xinfang_desk.gui.hub import Hub
from xinfang_desk.messages import window as t
from xinfang_desk.model.money import format_amount
from xinfang_desk.model.pack import FormField

_LONG_LABEL = 9
_LEAST_WIDTH = 110


class ApprovedStrip(QFrame):
    """A few amounts side by side: label, editor, and the difference below."""

    helped = Signal(str, str)

    def __init__(self, hub: Hub, fields: Sequence[FormField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.setObjectName("approvedStrip")
        self.setAccessibleName(t.APPROVED)
        self.rows: dict[FieldKey, FieldRow] = {}
        self._rest: dict[FieldKey, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 4, 8, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        in_a_row = 2 if any(len(field.label) > _LONG_LABEL for field in fields) else 3
        for number, field in enumerate(fields):
            line, column = divmod(number, in_a_row)
            row = FieldRow(hub, field, self)
            row.helped.connect(self.helped)
            rest = QLabel(self)
            rest.setObjectName("rest")
            rest.hide()
            grid.addWidget(row.label, line * 2, column * 2)
            grid.addWidget(row, line * 2, column * 2 + 1)
            grid.addWidget(rest, line * 2 + 1, column * 2, 1, 2, Qt.AlignmentFlag.AlignRight)
            grid.setColumnStretch(column * 2 + 1, 1)
            row.label.setWordWrap(False)
            row.setMinimumWidth(_LEAST_WIDTH)
            self.rows[key_of(field)] = row
            self._rest[key_of(field)] = rest
        if len(fields) < in_a_row:
            grid.setColumnStretch(2 * in_a_row, in_a_row - len(fields))
        hub.changed.connect(lambda _: self.refresh())
        hub.unit_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the approved amounts and what is still to place."""
        unit = self._hub.desk.money_unit
        for key, row in self.rows.items():
            row.refresh()
            rest = still_to_place(self._hub.desk.year, key[1])
            label = self._rest[key]
            amount = format_amount(abs(rest), unit, thousands=True) if rest is not None else ""
            label.setVisible(rest is not None)
            label.setText("" if rest is None else t.PLACED if rest == 0 else
                          (t.STILL_TO_PLACE if rest > 0 else t.PLACED_TOO_MUCH).format(amount=amount,
                                                                                      unit=unit.value))
            state = "" if rest is None else "even" if rest == 0 else "open"
            if label.property("state") != state:
                label.setProperty("state", state)
                label.style().unpolish(label)
                label.style().polish(label)

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
            row.commit()
