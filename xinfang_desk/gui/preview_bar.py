"""What can be done with the pages of the preview: turn, zoom, two side by side, print."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.flow_row import FlowRow
from xinfang_desk.gui.pages_view import PagesView
from xinfang_desk.gui.theme import icon
from xinfang_desk.messages import marks
from xinfang_desk.messages import preview as words

_CHOICES: tuple[tuple[str, str | int], ...] = (
    (words.ZOOM_WIDTH, "width"), (words.ZOOM_PAGE, "page"),
    *((words.ZOOM_PERCENT.format(percent=percent), percent) for percent in (50, 75, 100, 125, 150, 200, 300, 400)))


class _PageNumber(QSpinBox):
    """The wheel turns no pages here: it scrolls."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class PreviewBar(QWidget):
    """Buttons and boxes for one :class:`PagesView`. ``small``: only what fits beside the entry."""

    print_wanted = Signal()

    def __init__(self, view: PagesView, parent: QWidget | None = None, *, small: bool = False) -> None:
        super().__init__(parent)
        self._view = view
        self._small = small
        self.number = _PageNumber(self)
        self.number.setAccessibleName(words.PAGE_NUMBER)
        self.number.setRange(0, 0)
        self.number.setKeyboardTracking(False)
        self.state = QLabel(self)
        self.state.setObjectName("dim")
        self.zoom = ChoiceBox(self)
        self.zoom.setAccessibleName(words.ZOOM)
        for text, value in _CHOICES:
            self.zoom.addItem(text, value)
        self._row = row = FlowRow(self, push=1 if small else 4, spacing=4)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(row)
        if not small:
            self.number.setPrefix(words.PAGE_PREFIX)
            self.number.setSuffix(words.PAGE_SUFFIX)
            row.addWidget(self._button("previous", words.PAGE_BEFORE, lambda: view.go_to(view.page - 1)))
            row.addWidget(self.number)
            row.addWidget(self._button("next", words.PAGE_AFTER, lambda: view.go_to(view.page + 1)))
            row.addWidget(self.state)
        else:
            self.number.hide()
            row.addWidget(self.state)
        row.addWidget(self._button("zoom-out", words.ZOOM_OUT, lambda: view.zoom_by(-1)))
        row.addWidget(self.zoom)
        row.addWidget(self._button("zoom-in", words.ZOOM_IN, lambda: view.zoom_by(1)))
        self.two: QPushButton | None = None
        if not small:
            self.two = self._button("two-pages", words.TWO_PAGES, self._toggle_two)
            self.two.setCheckable(True)
            row.addWidget(self.two)
            row.addWidget(self._button("print", words.PRINT, self.print_wanted.emit))
        self.number.valueChanged.connect(self._turn_to)
        self.zoom.activated.connect(lambda _: view.set_zoom(self.zoom.currentData()))
        view.turned.connect(lambda _: self.show_state())
        view.zoomed.connect(self._show_zoom)
        view.press.setting.connect(lambda _: self.show_state())
        view.press.renewed.connect(self.show_state)
        self._show_zoom()

    def in_order(self) -> list[QWidget]:
        """The buttons and boxes as they stand in the row."""
        return list(self._row.widgets)

    def show_state(self) -> None:
        """Which page of how many is in view, and whether newer ones are being laid out."""
        pages = self._view.map
        if pages is None:
            self.state.setText(words.SETTING)
            return
        number, count = self._view.page + 1, len(pages.pages)
        self.number.blockSignals(True)
        self.number.setRange(1, count)
        self.number.setValue(number)
        self.number.blockSignals(False)
        said = (words.NUMBER_OF if self._small else words.COUNT).format(number=number, count=count)
        self.state.setText(said + words.BUSY if self._view.press.busy else said)

    def _show_zoom(self) -> None:
        found = self.zoom.findData(self._view.zoom)
        if found < 0:
            percent = self._view.zoom
            text = words.ZOOM_PERCENT.format(percent=percent)
            self.zoom.insertItem(len(_CHOICES), text, percent)
            if self.zoom.count() > len(_CHOICES) + 1:
                self.zoom.removeItem(len(_CHOICES) + 1)
            found = len(_CHOICES)
        self.zoom.setCurrentIndex(found)

    def _turn_to(self, number: int) -> None:
        if number - 1 != self._view.page:
            self._view.go_to(number - 1)

    def _toggle_two(self) -> None:
        assert self.two is not None
        self._view.set_columns(2 if self.two.isChecked() else 1)

    def _button(self, sign: str, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(icon(sign), "", self)
        button.setObjectName("small")
        button.setAccessibleName(name.split(marks.BRACKET)[0].rstrip(marks.CUT))
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _=False: act())
        return button
