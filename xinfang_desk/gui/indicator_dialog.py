"""指标库: indicators to take over into a project's targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import indicators
from xinfang_desk.flow.desk import Desk
from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.flat_list import flat_list
from xinfang_desk.gui.theme import dialog_size
from xinfang_desk.messages import window as t
from xinfang_desk.model.change import Change, Insert, Step
from xinfang_desk.model.ledger import Indicator, Year

_DATA = Qt.ItemDataRole.UserRole


class IndicatorDialog(QDialog):
    """Tick indicators, for one project or the whole department; those it has already are not listed.

    Raises :class:`DeskError` where the library cannot be read.
    """

    def __init__(self, desk: Desk, project: int | None, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.setWindowTitle(t.LIBRARY_TITLE)
        self.setAccessibleName(t.LIBRARY_TITLE)
        self.project = ChoiceBox(self)
        self.project.setAccessibleName(t.LIBRARY_PROJECT)
        self.project.addItem(t.LIBRARY_WHOLE, None)
        for one in desk.year.projects.values():
            self.project.addItem(one.name or t.UNNAMED_PROJECT.format(number=one.id), one.id)
        self.project.setCurrentIndex(max(0, self.project.findData(project) if project is not None else 0))
        self.filter = ComposingLine(self)
        self.filter.setAccessibleName(t.LIBRARY_FILTER)
        self.filter.setPlaceholderText(t.LIBRARY_FILTER_HINT)
        self.tree = flat_list(self, t.LIBRARY_TITLE, t.LIBRARY_COLUMNS)
        for column, width in enumerate((270, 96, 130, 120)):
            self.tree.setColumnWidth(column, width)
        buttons = QDialogButtonBox(self)
        self.take = buttons.addButton(t.LIBRARY_TAKE_NONE, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(t.CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        head = QGridLayout()
        for row, (name, widget) in enumerate(((t.LIBRARY_PROJECT, self.project), (t.LIBRARY_FILTER, self.filter))):
            label = QLabel(name, self)
            label.setBuddy(widget)
            head.addWidget(label, row, 0)
            head.addWidget(widget, row, 1)
        box = QVBoxLayout(self)
        box.addLayout(head)
        box.addWidget(self.tree, 1)
        box.addWidget(buttons)
        self.project.activated.connect(lambda _: self._list())
        self.filter.textChanged.connect(lambda _: self._filter())
        self.tree.itemChanged.connect(lambda *_: self._count())
        self.resize(dialog_size(self, 900, 520))
        self._list()
        for button in buttons.buttons():
            button.setAccessibleName(button.text())
        self.filter.setFocus()

    def chosen(self) -> tuple[Indicator, ...]:
        """The indicators ticked."""
        items = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        return tuple(item.data(0, _DATA) for item in items
                     if item is not None and item.checkState(0) is Qt.CheckState.Checked)

    def change(self) -> Change | None:
        """The change that takes the ticked ones over; ``None`` for none."""
        return taken_together(self._desk.year, self.chosen(), self.project.currentData())

    def _list(self) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        for one in indicators.suggestions(self._desk.year, self.project.currentData()):
            item = QTreeWidgetItem([one.name, one.level1, one.level2, f"{one.operator}{one.value}{one.unit}", one.basis])
            item.setData(0, _DATA, one)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Unchecked)
            item.setToolTip(0, one.name)
            item.setToolTip(4, one.basis)
            self.tree.addTopLevelItem(item)
        self.tree.blockSignals(False)
        self._filter()
        self._count()

    def _filter(self) -> None:
        wanted = self.filter.text().strip()
        for row in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(row)
            if item is not None:
                item.setHidden(not any(wanted in item.text(column) for column in range(5)))

    def _count(self) -> None:
        count = len(self.chosen())
        self.take.setText(t.LIBRARY_TAKE.format(count=count) if count else t.LIBRARY_TAKE_NONE)
        self.take.setAccessibleName(self.take.text())
        self.take.setEnabled(bool(count))


def taken_together(year: Year, chosen: Sequence[Indicator], project: int | None) -> Change | None:
    """One change that adds several suggestions to a project's indicators, so that one undo takes them back."""
    steps: list[Step] = []
    for number, suggestion in enumerate(chosen):
        for step in indicators.taken(year, suggestion, project).steps:
            if isinstance(step, Insert):
                steps.append(replace(step, record=replace(step.record, id=step.record.id + number),
                                     position=step.position + number))
    return Change(t.LIBRARY_TAKEN.format(count=len(chosen)), tuple(steps)) if steps else None
