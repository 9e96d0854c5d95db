"""What a look at a whole window finds: shared by the tests of sizes, contrast and keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QTableView, QTabWidget, QWidget

from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_base import PageWidget
from xinfang_desk.gui.palettes import contrast


def views(window: MainWindow, wait: int = 10) -> Iterator[tuple[str, PageWidget]]:
    """Every tab of every page of the open document, brought to the front one after the other."""
    from PySide6.QtTest import QTest

    bench = window.bench
    assert bench is not None
    for page in bench.pages:
        bench.show_page(page.id)
        widget = bench.current()
        tabs = getattr(widget, "tabs", None)
        for _ in range(tabs.count() if isinstance(tabs, QTabWidget) else 1):
            QTest.qWait(wait)
            name = f"{page.id} {tabs.currentIndex()}" if isinstance(tabs, QTabWidget) else page.id
            yield name, widget
            widget.turn_tab(1)


def picture(window: QWidget) -> QImage:
    """The window as it is painted."""
    return window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def shown_rect(widget: QWidget, window: QWidget) -> QRect:
    """The part of a widget that can be seen, in the window's own coordinates; empty where it is hidden or covered."""
    if not widget.isVisible():
        return QRect()
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(window, seen.topLeft()), seen.size())


def tones(image: QImage, rect: QRect) -> Counter[str]:
    """How often each colour occurs in a rectangle of a picture (in its pixels)."""
    ratio = image.devicePixelRatio()
    part = image.copy(QRect(QPoint(round(rect.x() * ratio), round(rect.y() * ratio)), rect.size() * ratio))
    found: Counter[int] = Counter()
    bits = memoryview(part.constBits()).cast("B")
    step = part.bytesPerLine()
    for y in range(part.height()):
        row = bits[y * step:y * step + part.width() * 4]
        found.update(row.cast("I"))
    return Counter({f"#{value & 0xFFFFFF:06x}": count for value, count in found.items()})


def ink_and_ground(image: QImage, rect: QRect) -> tuple[str, str, float]:
    """The ground of a text, its ink, and their contrast; ink is the colour that stands out most. A single pixel of a
    colour is no ink. 1 where the rectangle is of one colour."""
    found = tones(image, rect)
    ground = found.most_common(1)[0][0] if found else "#000000"
    inks = [(contrast(colour, ground), colour) for colour, count in found.items() if count >= 3 and colour != ground]
    best = max(inks, default=(1.0, ground))
    return best[1], ground, best[0]


def pixel(image: QImage, at: QPoint) -> str:
    """The colour at a place of the window."""
    ratio = image.devicePixelRatio()
    return QColor(image.pixel(round(at.x() * ratio), round(at.y() * ratio))).name()


def tab_stops(window: QWidget) -> list[QWidget]:
    """What the Tab key should reach: visible, enabled, takes the focus by Tab. Children that hand the focus on to
    their owner count as the owner."""
    found: list[QWidget] = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus.value and widget.isEnabled() and widget.isVisible() \
                and widget.focusProxy() is None and widget.window() is window:
            found.append(widget)
    return found


def sideways(window: QWidget) -> Iterator[str]:
    """Tables that have to be pushed sideways."""
    for view in window.findChildren(QTableView):
        if view.isVisible() and view.horizontalScrollBar().maximum() > 0:
            yield f"{view.accessibleName()} by {view.horizontalScrollBar().maximum()}"


def focus() -> QWidget:
    """The widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
