"""A paragraph of the narrative in the clerk's own words."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow.rewrite import look_again, rewrite
from xinfang_desk.gui.composing import ComposingText
from xinfang_desk.gui.theme import dialog_size
from xinfang_desk.messages import window as t
from xinfang_desk.model.change import Change
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.passage import Paragraph


class RewriteDialog(QDialog):
    """Edits one paragraph; ``change`` is what accepting it means (``None``: nothing)."""

    def __init__(self, year: Year, paragraph: Paragraph, parent: QWidget) -> None:
        super().__init__(parent)
        self._year = year
        self._paragraph = paragraph
        self.change: Change | None = None
        self.setWindowTitle(t.REWRITE_TITLE)
        self.setAccessibleName(t.REWRITE_TITLE)
        self.resize(dialog_size(self, 680, 320))
        told = QLabel(t.REWRITE_STALE if paragraph.stale else t.REWRITE_HINT, self)
        told.setWordWrap(True)
        self.text = ComposingText(paragraph.text, self)
        self.text.setAccessibleName(t.REWRITE_TITLE)
        self.text.setTabChangesFocus(True)
        buttons = QDialogButtonBox(self)
        self.save = QPushButton(t.REWRITE_SAVE, self)
        self.seen = QPushButton(t.REWRITE_SEEN, self)
        self.back = QPushButton(t.REWRITE_BACK, self)
        cancel = QPushButton(t.CANCEL, self)
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.seen, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.back, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.save, self.seen, self.back, cancel):
            button.setAccessibleName(button.text())
        self.seen.setVisible(paragraph.stale)
        self.back.setVisible(paragraph.rewritten)
        self.save.clicked.connect(lambda: self._end(rewrite(year, paragraph, self.text.toPlainText())))
        self.seen.clicked.connect(lambda: self._end(look_again(year, paragraph)))
        self.back.clicked.connect(lambda: self._end(rewrite(year, paragraph, "")))
        cancel.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(told)
        box.addWidget(self.text, 1)
        box.addWidget(buttons)

    def _end(self, change: Change | None) -> None:
        self.change = change
        self.accept()
