"""The bureau's own 科目表: what it would change, before anything counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.gui.theme import dialog_size
from xinfang_desk.messages import window as t
from xinfang_desk.model.proposal import SubjectList


class SubjectsDialog(QDialog):
    """Accounts added and renamed, classification by classification, and the rows not understood with the reasons."""

    def __init__(self, subjects: SubjectList, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(t.SUBJECTS_TITLE)
        self.setAccessibleName(t.SUBJECTS_TITLE)
        added = sum(len(one.added) for one in subjects.proposals)
        renamed = sum(len(one.renamed) for one in subjects.proposals)
        same = sum(len(one.confirmed) for one in subjects.proposals)
        self.summary = QLabel(t.SUBJECTS_SUMMARY.format(file=subjects.file, added=added, renamed=renamed, same=same,
                                                        refused=len(subjects.refused)), self)
        self.summary.setWordWrap(True)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(t.SUBJECTS_TITLE)
        self.tree.setColumnCount(3)
        self.tree.setHeaderLabels([t.SUBJECTS_CODE, t.SUBJECTS_NAME, t.SUBJECTS_NOTE])
        self.tree.header().setAccessibleName(t.COLUMN_TITLES)
        self._fill(subjects)
        box = QVBoxLayout(self)
        box.addWidget(self.summary)
        box.addWidget(self.tree, 1)
        buttons = QDialogButtonBox(self)
        self.take = buttons.addButton(t.SUBJECTS_TAKE, QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setEnabled(bool(added or renamed or same))
        buttons.addButton(t.CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        for button in buttons.buttons():
            button.setAccessibleName(button.text())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.resize(dialog_size(self, 760, 460))
        self.tree.setFocus()

    def _fill(self, subjects: SubjectList) -> None:
        for one in subjects.proposals:
            self._group(t.SUBJECTS_ADDED.format(kind=one.kind.label, count=len(one.added)),
                        [(code.code, code.name, "") for code in one.added])
            self._group(t.SUBJECTS_RENAMED.format(kind=one.kind.label, count=len(one.renamed)),
                        [(pair.new.code, pair.new.name, t.SUBJECTS_OLD_NAME.format(name=pair.old.name))
                         for pair in one.renamed])
        self._group(t.SUBJECTS_REFUSED.format(count=len(subjects.refused)),
                    [(t.SUBJECTS_ROW.format(sheet=row.sheet, row=row.row), row.text, row.reason_cn)
                     for row in subjects.refused])
        for column, width in enumerate((170, 250)):
            self.tree.setColumnWidth(column, width)

    def _group(self, title: str, rows: list[tuple[str, str, str]]) -> None:
        if not rows:
            return
        top = QTreeWidgetItem([title])
        self.tree.addTopLevelItem(top)
        top.setFirstColumnSpanned(True)
        for row in rows:
            item = QTreeWidgetItem(list(row))
            for column, text in enumerate(row):
                item.setToolTip(column, text)
            top.addChild(item)
        top.setExpanded(True)


def confirm_subjects(subjects: SubjectList, parent: QWidget) -> bool:
    """Ask; ``True`` where the clerk takes the list over."""
    dialog = SubjectsDialog(subjects, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog.exec() == QDialog.DialogCode.Accepted
