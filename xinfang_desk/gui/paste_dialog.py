"""Before a pasted block goes in: what it changes, and which cells are refused and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow.paste import PastePlan
from xinfang_desk.gui.theme import colour
from xinfang_desk.messages import window as t

_SHOWN_ROWS = 200


class PasteDialog(QDialog):
    """The pasted block as a small table, refused cells red with their reasons listed below."""

    def __init__(self, plan: PastePlan, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t.PASTE_TITLE)
        self.setAccessibleName(t.PASTE_TITLE)
        taken = len(plan.cells) - len(plan.refused)
        summary = QLabel(t.PASTE_SUMMARY.format(cells=taken, rows=plan.new_rows, refused=len(plan.refused)), self)
        summary.setWordWrap(True)
        self.grid = _block(plan, self)
        box = QVBoxLayout(self)
        box.addWidget(summary)
        box.addWidget(self.grid, 1)
        if plan.note:
            box.addWidget(QLabel(plan.note, self))
        if plan.refused:
            reasons = QLabel("\n".join(_reasons(plan)), self)
            reasons.setObjectName("refusals")
            reasons.setWordWrap(True)
            reasons.setAccessibleName(t.PASTE_REASONS)
            box.addWidget(reasons)
        buttons = QDialogButtonBox(self)
        take = buttons.addButton(t.PASTE_TAKE_REST if plan.refused else t.PASTE_TAKE,
                                 QDialogButtonBox.ButtonRole.AcceptRole)
        take.setEnabled(plan.change is not None)
        buttons.addButton(t.CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        for button in buttons.buttons():
            button.setAccessibleName(button.text())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.resize(720, 440)
        take.setFocus()


def _block(plan: PastePlan, parent: QWidget) -> QTableWidget:
    rows = min(_SHOWN_ROWS, 1 + max((cell.row for cell in plan.cells), default=0))
    columns = 1 + max((cell.column for cell in plan.cells), default=0)
    grid = QTableWidget(rows, columns, parent)
    grid.setAccessibleName(t.PASTE_BLOCK)
    grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    grid.horizontalHeader().hide()
    for cell in plan.cells:
        if cell.row >= rows:
            continue
        item = QTableWidgetItem(cell.text)
        if cell.refusal:
            item.setBackground(colour("error_soft"))
            item.setForeground(colour("error"))
            item.setToolTip(cell.refusal)
        grid.setItem(cell.row, cell.column, item)
    grid.resizeColumnsToContents()
    return grid


def _reasons(plan: PastePlan) -> list[str]:
    lines = [t.PASTE_REASON.format(row=cell.row + 1, column=cell.column + 1, reason=cell.refusal)
             for cell in plan.refused[:5]]
    if len(plan.refused) > 5:
        lines.append(t.PASTE_MORE.format(count=len(plan.refused) - 5))
    return lines


def confirm_paste(plan: PastePlan, parent: QWidget) -> bool:
    """Ask; ``True`` where the clerk takes what can be taken."""
    dialog = PasteDialog(plan, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog.exec() == QDialog.DialogCode.Accepted
