"""Every dialog at every size and in both sets of colours: nothing cut off, nothing faint, named, reached by Tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from tests.gui.survey import picture, tab_stops
from tests.gui.test_contrast import faint, frames
from tests.gui.test_shots import cut_texts
from tests.gui.test_window import unnamed
from xinfang_desk.flow.rewrite import paragraph_of
from xinfang_desk.gui import theme
from xinfang_desk.gui.backups_dialog import BackupsDialog
from xinfang_desk.gui.bin_dialog import BinDialog
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.indicator_dialog import IndicatorDialog
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.new_book_dialog import NewBookDialog
from xinfang_desk.gui.packs_dialog import PacksDialog
from xinfang_desk.gui.phrases import PhrasesDialog
from xinfang_desk.gui.print_dialog import PrintDialog
from xinfang_desk.gui.rewrite_dialog import RewriteDialog
from xinfang_desk.gui.source_dialog import SourceDialog

SIZES = {"100 light": (100, "light"), "100 dark": (100, "dark"), "150 dark": (150, "dark"), "200 light": (200, "light")}
Make = Callable[[MainWindow, Hub], QDialog]


def rewriting(window: MainWindow, hub: Hub) -> QDialog:
    document = hub.desk.document()
    key = next(one.key for passage in document.passages for one in passage.paragraphs if one.key)
    return RewriteDialog(hub.desk.year, paragraph_of(document, key), window)


def source(window: MainWindow, hub: Hub) -> QDialog:
    assert window.bench is not None
    window.bench.show_page("basic")
    window.bench.sheet.show_page(window.bench.current().page)  # with large type it makes way
    cell = window.bench.sheet.view.sheet_model.address(0, 2)
    assert cell is not None
    return SourceDialog(hub, hub.desk.explain(cell), window)


def packs(window: MainWindow, _: Hub) -> QDialog:
    dialog = PacksDialog(window)
    dialog.settle()
    return dialog


DIALOGS: dict[str, Make] = {
    "new book": lambda window, _: NewBookDialog(window),
    "library": lambda window, hub: IndicatorDialog(hub.desk, None, window),
    "source": source,
    "rewrite": rewriting,
    "backups": lambda window, hub: BackupsDialog(hub.desk.path, hub.desk, window),
    "phrases": lambda window, hub: PhrasesDialog(hub, window),
    "bin": lambda window, hub: BinDialog(hub, window),
    "packs": packs,
    "print": lambda window, hub: PrintDialog(hub, "", window),
}


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    yield
    theme.dress(qapp)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_can_be_read_and_reached(window: MainWindow, name: str, size: str) -> None:
    percent, scheme = SIZES[size]
    window.appearance.choose(scheme)
    window.appearance.set_size(percent)
    assert window.hub is not None
    dialog = DIALOGS[name](window, window.hub)
    dialog.show()
    dialog.activateWindow()
    QTest.qWait(60)
    room = dialog.screen().availableGeometry()
    assert dialog.width() <= max(room.width(), window.width()), "wider than the screen"
    assert dialog.height() <= max(room.height(), window.height()), "higher than the screen"
    assert list(cut_texts(dialog)) == []
    image = picture(dialog)
    assert [*faint(dialog, image), *frames(dialog, image)] == []
    assert unnamed(dialog) == []
    seen = set()
    for _ in range(80):
        focus = QApplication.focusWidget()
        if focus is None or focus in seen:
            break
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    missed = [type(stop).__name__ + " " + stop.accessibleName() for stop in tab_stops(dialog)
              if stop not in seen and not (isinstance(stop, QAbstractButton) and stop.autoExclusive())
              and not any(stop.isAncestorOf(one) for one in seen)]
    assert missed == []
    dialog.reject()
