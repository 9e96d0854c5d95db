"""A sentence beside what it is about: why typed text was refused, or the help of a field. Never takes the focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from xinfang_desk.gui.theme import px

_SHOWN_MS = 9000
_WIDEST = 420  # pixels at 100 %


class Bubble(QFrame):
    """One for each window: made when first needed, found again by :func:`bubble_of`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._within = window
        self.setObjectName("bubble")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 7, 10, 7)
        box.addWidget(self.label)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(self, sentence: str, beside: QWidget, rect: QRect | None = None, *, tone: str = "error") -> None:
        """Show a sentence below (or above) ``rect`` of a widget."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(sentence)
        self.label.setAccessibleName(sentence)
        self.label.setText(sentence)
        metrics = self.label.fontMetrics()
        width = min(px(_WIDEST), self._within.width() - 40, metrics.horizontalAdvance(sentence) + 8)
        self.label.setFixedWidth(max(60, width))
        box = metrics.boundingRect(QRect(0, 0, self.label.width(), 4000), int(Qt.TextFlag.TextWordWrap), sentence)
        self.label.setFixedHeight(box.height() + 2)
        self.adjustSize()
        self._place(beside, rect or beside.rect())
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS)

    def _place(self, beside: QWidget, rect: QRect) -> None:
        window = self._within
        below = beside.mapTo(window, rect.bottomLeft()) + QPoint(0, 4)
        x = max(4, min(below.x(), window.width() - self.width() - 4))
        y = below.y()
        if y + self.height() > window.height() - 4:
            y = beside.mapTo(window, rect.topLeft()).y() - self.height() - 4
        self.move(x, max(4, y))


def bubble_of(widget: QWidget) -> Bubble:
    """The bubble of the widget's window."""
    window = widget.window()
    found = window.findChild(Bubble, "bubble", Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Bubble) else Bubble(window)


def tell(sentence: str, beside: QWidget, rect: QRect | None = None, *, tone: str = "error") -> None:
    """Show a sentence beside a widget (or a rectangle of it)."""
    bubble_of(beside).tell(sentence, beside, rect, tone=tone)


def hush(widget: QWidget) -> None:
    """Take the window's bubble away."""
    bubble_of(widget).hide()


def doubt(widget: QWidget, reason: str) -> None:
    """Mark text that cannot stand as it is, while it is still being typed: quietly, it may be half a figure. '' takes
    the mark away."""
    if bool(widget.property("doubtful")) != bool(reason):
        widget.setProperty("doubtful", bool(reason))
        widget.setToolTip(reason)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
