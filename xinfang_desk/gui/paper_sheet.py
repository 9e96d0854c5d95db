"""One table of the preview: title, corner lines, grid and notes on white paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from xinfang_desk.gui.sheet_view import SheetView
from xinfang_desk.gui.theme import paper_family, points, ui_font, watch
from xinfang_desk.messages import marks
from xinfang_desk.model.sheet import Sheet


class PaperSheet(QFrame):
    """Shows a :class:`Sheet` the way it will print."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self.number = QLabel(self)
        self.title = QLabel(self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title.setWordWrap(True)
        self.corner = QLabel(self)
        self.unit = QLabel(self)
        self.heads = QLabel(self)
        self.heads.setWordWrap(True)
        self.notes = QLabel(self)
        self.notes.setWordWrap(True)
        self.view = SheetView(self, wrap=True)
        self.view.setObjectName("paperGrid")
        line = QHBoxLayout()
        for label in (self.corner, self.unit):
            label.setWordWrap(True)
        self.unit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.corner, 1)
        line.addWidget(self.unit, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 12, 22, 14)
        box.setSpacing(4)
        for widget in (self.number, self.title):
            box.addWidget(widget)
        box.addLayout(line)
        box.addWidget(self.heads)
        box.addWidget(self.view, 1)
        box.addWidget(self.notes)
        self._dressed = False
        watch().changed.connect(self._dress_again)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a table."""
        if not self._dressed:
            self._dress()
        self.number.setText(sheet.number)
        self.title.setText(sheet.title)
        self.corner.setText(sheet.corner)
        self.unit.setText(sheet.unit_label)
        self.heads.setText("\n".join(marks.SAID_OF.format(name=label, text=text) for label, text in sheet.heads))
        self.heads.setVisible(bool(sheet.heads))
        self.notes.setText("\n".join(sheet.notes))
        self.notes.setVisible(bool(sheet.notes))
        self.view.show_sheet(sheet)

    def _dress_again(self) -> None:
        if self._dressed:
            self._dress()

    def _dress(self) -> None:
        font = ui_font()
        font.setFamilies([paper_family(), *font.families()])
        font.setPointSizeF(points(10))
        for widget in (self.number, self.corner, self.unit, self.heads, self.notes):
            widget.setFont(font)
        self.view.set_paper_font(font)
        title = QFont(font)
        title.setPointSizeF(points(14))
        title.setBold(True)
        self.title.setFont(title)
        self._dressed = True
