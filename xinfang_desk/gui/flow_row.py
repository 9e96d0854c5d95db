"""A row of buttons and words that goes on in a next line where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_OTHERWISE = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.StyleChange, QEvent.Type.FontChange,
                        QEvent.Type.PolishRequest, QEvent.Type.Polish})
"""After these, things may have another size."""


class FlowRow(QWidget):
    """What comes first stands at the left, the things from number ``push`` on at the right end of their line. As
    narrow as its widest thing.

    A widget, not a ``QLayout``: layouts written in Python are asked for sizes at moments when Python must not be.
    """

    def __init__(self, parent: QWidget, *, push: int = 1, spacing: int = 6) -> None:
        super().__init__(parent)
        self.widgets: list[QWidget] = []
        self._push = push
        self._spacing = spacing
        self._sizes: dict[QWidget, QSize] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def addWidget(self, widget: QWidget) -> None:
        """Put one more thing at the end."""
        widget.setParent(self)
        self.widgets.append(widget)
        self._sizes.clear()
        if self.isVisible() and not widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            widget.show()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(map(self._height, lines)) + self._spacing * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        wide = sum(one.sizeHint().width() for one in shown) + self._spacing * max(0, len(shown) - 1)
        return QSize(wide, self.heightForWidth(self.width()) if self.isVisible() else self._height(shown))

    def minimumSizeHint(self) -> QSize:
        return QSize(max((self._size(one).width() for one in self._shown()), default=0), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() in _OTHERWISE:
            self._sizes.clear()
        if event.type() == QEvent.Type.LayoutRequest:  # something came, went, or has other words
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    # ---- inside ----

    def _arrange(self) -> None:
        y = 0
        pushed = self.widgets[self._push:]
        for line in self._lines(self.width()):
            widths = [min(self._size(one).width(), self.width()) for one in line]
            rest = self.width() - sum(widths) - self._spacing * (len(line) - 1)
            x, first = 0, next((one for one in line if one in pushed), None)
            for one, width in zip(line, widths, strict=True):
                x += max(0, rest) if one is first else 0
                high = self._size(one).height()
                one.setGeometry(x, y + (self._height(line) - high) // 2, width, high)
                x += width + self._spacing
            y += self._height(line) + self._spacing

    def _shown(self) -> list[QWidget]:
        return [one for one in self.widgets if not one.isHidden()]

    def _lines(self, width: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = []
        used = 0
        for one in self._shown():
            wide = self._size(one).width()
            if lines and used + self._spacing + wide <= width:
                lines[-1].append(one)
                used += self._spacing + wide
            else:
                lines.append([one])
                used = wide
        return lines

    def _size(self, widget: QWidget) -> QSize:
        """Asked for some dozen times while a page is laid out, and dear under a style sheet."""
        known = self._sizes.get(widget)
        if known is None:
            known = self._sizes[widget] = widget.sizeHint().expandedTo(widget.minimumSizeHint()).expandedTo(
                widget.minimumSize()).boundedTo(widget.maximumSize())
        return known

    def _height(self, line: list[QWidget]) -> int:
        return max((self._size(one).height() for one in line), default=0)
