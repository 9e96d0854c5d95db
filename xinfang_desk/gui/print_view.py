"""The pages of the complete PDF as pictures, made when looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow.desk import Desk, DeskError
from xinfang_desk.gui.theme import icon
from xinfang_desk.messages import window as t

if TYPE_CHECKING:
    from xinfang_desk.flow.preview import PrintPreview

_DPI = 96


class _PageNumber(QSpinBox):
    """The wheel turns no pages here: it scrolls."""

    def wheelEvent(self, event: object) -> None:
        if hasattr(event, "ignore"):
            event.ignore()


class PrintView(QWidget):
    """One page at a time; Page Up and Page Down turn, 更新 builds the PDF anew."""

    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._preview: PrintPreview | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t.TAB_PRINT)
        self.number = _PageNumber(self)
        self.number.setAccessibleName(t.PAGE_NUMBER)
        self.number.setRange(0, 0)
        self.number.setPrefix(t.PAGE_PREFIX)
        self.number.setSuffix(t.PAGE_SUFFIX)
        self.count = QLabel(self)
        self.picture = QLabel(t.PRINT_WAIT, self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.picture.setAccessibleName(t.TAB_PRINT)
        area = QScrollArea(self)
        area.setObjectName("desktop")
        area.setAccessibleName(t.TAB_PRINT)
        area.setWidgetResizable(True)
        area.setWidget(self.picture)
        self._area = area
        before = self._turner("previous", t.PAGE_BEFORE, -1)
        after = self._turner("next", t.PAGE_AFTER, 1)
        renew = QPushButton(t.PRINT_RENEW, self)
        renew.setAccessibleName(t.PRINT_RENEW)
        renew.clicked.connect(self.renew)
        head = QHBoxLayout()
        head.addWidget(before)
        head.addWidget(self.number)
        head.addWidget(after)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(renew)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.addLayout(head)
        box.addWidget(area, 1)
        self.number.valueChanged.connect(self._show)

    def renew(self) -> None:
        """Build the PDF anew and show the page looked at before."""
        from xinfang_desk.flow.preview import PrintPreview

        self.let_go()
        self.picture.setText(t.PRINT_WAIT)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._preview = PrintPreview(self._desk)
            pages = self._preview.page_count()
        except DeskError as error:
            self._preview = None
            self.picture.setText(str(error))
            self.refused.emit(str(error))
            return
        finally:
            QApplication.restoreOverrideCursor()
        self.count.setText(t.PAGES_OF.format(count=pages))
        self.number.setRange(1, pages)
        self._show(self.number.value())

    def let_go(self) -> None:
        """Give the PDF's memory back."""
        if self._preview is not None:
            self._preview.close()
            self._preview = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if Qt.Key(event.key()) in steps:
            self.number.setValue(self.number.value() + steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def _show(self, number: int) -> None:
        if self._preview is None or number < 1:
            return
        picture = QPixmap()
        picture.loadFromData(self._preview.page(number - 1, _DPI))
        self.picture.setPixmap(picture)
        self._area.verticalScrollBar().setValue(0)

    def _turner(self, sign: str, name: str, by: int) -> QPushButton:
        button = QPushButton(icon(sign), "", self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self.number.setValue(self.number.value() + by))
        return button
