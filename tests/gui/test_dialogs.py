"""Every dialog at every size and in both sets of colours: nothing cut off, nothing faint, named, reached by Tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialog, QWidget

from tests.gui.dialogs import DIALOGS, all_dialogs
from tests.gui.survey import picture, tab_stops
from tests.gui.test_contrast import faint, frames
from tests.gui.test_shots import cut_texts, shoot
from tests.gui.test_window import plain_lines, unnamed
from xinfang_desk.gui import theme
from xinfang_desk.gui.main_window import MainWindow

LONGEST = 200
long = pytest.mark.long
SIZES = [pytest.param(100, "light", marks=long), (100, "dark"), pytest.param(150, "dark", marks=long), (200, "light")]


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    yield
    theme.dress(qapp)


def test_no_dialog_is_left_out() -> None:
    found = all_dialogs()
    assert found
    assert found - set(DIALOGS) == set()


@pytest.mark.parametrize(("percent", "scheme"), SIZES)
@pytest.mark.parametrize("kind", DIALOGS)
def test_a_dialog_can_be_read_and_reached(
    window: MainWindow, tmp_path: Path, kind: type[QWidget], percent: int, scheme: str
) -> None:
    window.appearance.choose(scheme)
    window.appearance.set_size(percent)
    assert window.hub is not None
    dialog = DIALOGS[kind](window, window.hub, tmp_path)
    dialog.show()
    dialog.activateWindow()
    QTest.qWait(60)
    shoot(dialog, f"dialog-{kind.__name__}-{percent}-{scheme}")
    room = dialog.screen().availableGeometry()
    assert dialog.width() <= max(room.width(), window.width()), "wider than the screen"
    assert dialog.height() <= max(room.height(), window.height()), "higher than the screen"
    assert list(cut_texts(dialog)) == []
    if percent == 100:
        assert [one.accessibleName() for one in dialog.findChildren(QAbstractItemView) if one.isVisible()
                and one.horizontalScrollBar().isVisible()] == []
    image = picture(dialog)
    assert [*faint(dialog, image), *frames(dialog, image)] == []
    assert unnamed(dialog) == []
    assert plain_lines(dialog) == []
    seen: set[QWidget] = set()
    first = QApplication.focusWidget()
    for _ in range(LONGEST):
        focus = QApplication.focusWidget()
        if focus is None or (focus is first and len(seen) > 1):  # a page of the manual has many links
            break
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    missed = [type(stop).__name__ + " " + stop.accessibleName() for stop in tab_stops(dialog)
              if stop not in seen and not (isinstance(stop, QAbstractButton) and stop.autoExclusive())
              and not any(stop.isAncestorOf(one) for one in seen)]
    assert missed == []
    if isinstance(dialog, QDialog):
        dialog.reject()
    else:
        dialog.close()
