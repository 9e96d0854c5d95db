"""Before a block goes in: what it changes (old → new), and which cells are refused and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow.paste import PastedCell, PastePlan
from xinfang_desk.gui.page_base import scrolled
from xinfang_desk.gui.theme import colour, dialog_size
from xinfang_desk.messages import marks
from xinfang_desk.messages import tables as words
from xinfang_desk.messages import window as t

_SHOWN_ROWS = 200
_WIDEST = 260
_LINES_OF_REASONS = 4


class PasteDialog(QDialog):
    """The pasted block as a small table, changed cells as old → new, refused ones red with their reasons below."""

    def __init__(self, plan: PastePlan, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(words.PASTE_TITLE)
        self.setAccessibleName(words.PASTE_TITLE)
        summary = QLabel(summary_of(plan), self)
        summary.setWordWrap(True)
        self.grid = _block(plan, self)
        box = QVBoxLayout(self)
        box.addWidget(summary)
        box.addWidget(self.grid, 1)
        shown, rows = self.grid.rowCount(), _rows(plan)
        notes = [plan.note] if plan.note else []
        if rows > shown:
            notes.append(words.PASTE_MORE_ROWS.format(shown=shown, all=rows))
        if notes:
            box.addWidget(QLabel("\n".join(notes), self))
        if plan.refused:
            reasons = QLabel("\n".join(_reasons(plan)), self)
            reasons.setObjectName("refusals")
            reasons.setWordWrap(True)
            reasons.setAccessibleName(words.PASTE_REASONS)
            area = scrolled(reasons, words.PASTE_REASONS, self)
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # many reasons are scrolled by key
            area.setFixedHeight(self.fontMetrics().lineSpacing() * min(_LINES_OF_REASONS, 2 * len(plan.refused) + 1))
            box.addWidget(area)
        self.buttons = QDialogButtonBox(self)
        take = self.buttons.addButton(words.PASTE_TAKE_REST if plan.refused else words.PASTE_TAKE,
                                      QDialogButtonBox.ButtonRole.AcceptRole)
        take.setEnabled(plan.change is not None)
        stop = self.buttons.addButton(t.CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        for button in self.buttons.buttons():
            button.setAccessibleName(button.text())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        box.addWidget(self.buttons)
        self.resize(dialog_size(self, min(980, max(560, self.grid.horizontalHeader().length() + 90)), 460))
        (take if plan.change is not None else stop).setFocus()


def summary_of(plan: PastePlan) -> str:
    """What the paste would do, in one sentence or two."""
    changed = sum(cell.changes for cell in plan.cells)
    same = sum(not cell.refusal and not cell.changes and bool(cell.text) for cell in plan.cells)
    parts = [words.PASTE_CHANGES.format(count=changed) if changed else words.PASTE_NONE if plan.change is None else ""]
    if plan.overwritten:
        parts.append(words.PASTE_OVER.format(count=plan.overwritten))
    if plan.new_rows:
        parts.append(words.PASTE_NEW_ROWS.format(count=plan.new_rows))
    if same:
        parts.append(words.PASTE_SAME_CELLS.format(count=same))
    if plan.refused:
        parts.append(words.PASTE_REFUSED.format(count=len(plan.refused)))
    told = marks.COMMA.join(part for part in parts if part) + marks.STOP
    return told + words.PASTE_UNDO if plan.change is not None else told


def cell_words(cell: PastedCell) -> str:
    """What the preview says of a cell."""
    if cell.refusal:
        return cell.text
    if cell.old == cell.new:
        return cell.new
    return words.PASTE_OLD_NEW.format(old=cell.old, new=cell.new or words.PASTE_EMPTIED) if cell.old else cell.new


def _rows(plan: PastePlan) -> int:
    return 1 + max((cell.row for cell in plan.cells), default=0)


def _block(plan: PastePlan, parent: QWidget) -> QTableWidget:
    rows = min(_SHOWN_ROWS, _rows(plan))
    columns = 1 + max((cell.column for cell in plan.cells), default=0)
    grid = QTableWidget(rows, columns, parent)
    grid.setAccessibleName(words.PASTE_BLOCK)
    grid.setTabKeyNavigation(False)
    for corner in grid.findChildren(QAbstractButton):
        corner.setAccessibleName(t.TABLE_CORNER)
    grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    grid.setHorizontalHeaderLabels([plan.titles[j] if j < len(plan.titles) else "" for j in range(columns)])
    grid.setVerticalHeaderLabels([str(plan.lines[i]) if i < len(plan.lines) else "" for i in range(rows)])
    grid.horizontalHeader().setAccessibleName(t.COLUMN_TITLES)
    grid.verticalHeader().setAccessibleName(t.ROW_NUMBERS)
    for cell in plan.cells:
        if cell.row >= rows:
            continue
        shown = cell_words(cell)
        item = QTableWidgetItem(shown)
        item.setToolTip(cell.refusal or shown)
        if cell.refusal:
            item.setBackground(colour("error_soft"))
            item.setForeground(colour("error"))
        elif cell.changes and cell.old:
            item.setBackground(colour("warning_soft"))
        elif cell.changes:
            item.setBackground(colour("done_soft"))
        grid.setItem(cell.row, cell.column, item)
    grid.resizeColumnsToContents()
    for column in range(columns):
        grid.setColumnWidth(column, min(_WIDEST, grid.columnWidth(column) + 8))
    return grid


def _reasons(plan: PastePlan) -> list[str]:
    lines = [words.PASTE_REASON.format(row=plan.lines[cell.row] if cell.row < len(plan.lines) else cell.row + 1,
                                       column=plan.titles[cell.column] if cell.column < len(plan.titles) else
                                       cell.column + 1, reason=cell.refusal)
             for cell in plan.refused[:5]]
    if len(plan.refused) > 5:
        lines.append(words.PASTE_MORE.format(count=len(plan.refused) - 5))
    return lines


def confirm_paste(plan: PastePlan, parent: QWidget) -> bool:
    """Ask; ``True`` where the clerk takes what can be taken."""
    dialog = PasteDialog(plan, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog.exec() == QDialog.DialogCode.Accepted
