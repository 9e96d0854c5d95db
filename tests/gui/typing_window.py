"""A window in which somebody types amounts until it is killed. Run as ``python -m tests.gui.typing_window BOOK``.

Reports each amount before it is typed, and how many are on disk.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from tests.gui.hands import type_text
from xinfang_desk.gui.app import application
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage


def main() -> None:
    """Type for ever."""
    book = Path(sys.argv[1])
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(book.parent / "settings"))
    app = application()
    window = MainWindow()
    window.resize(1366, 728)
    window.show()
    assert window.open_book(book)
    assert window.bench is not None
    window.bench.show_page("basic")
    page = window.bench.current()
    assert isinstance(page, ListPage)
    pane = page.panes["lines"]
    column = next(j for j, spec in enumerate(pane.model.columns) if spec.field == "amount")
    ids = pane.model.source.ids  # type: ignore[attr-defined]
    desk = page.hub.desk
    number = 0
    while True:
        number += 1
        row = number % len(ids)
        os.write(1, f"type {ids[row]} {number * 100}\n".encode())
        pane.view.setFocus()
        pane.view.go_to(row, column)
        type_text(pane.view, str(number)[:1])
        editor = pane.view.editor
        assert editor is not None
        type_text(editor, str(number)[1:])
        QTest.keyClick(editor, Qt.Key.Key_Return)
        app.processEvents()
        if desk.unsaved == 0:
            os.write(1, f"saved {number}\n".encode())


if __name__ == "__main__":
    main()
