"""账册 → 文件种类: what the open year can be published as, listed when the menu is opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from xinfang_desk.messages import window as t


class DocumentMenu(QMenu):
    """One entry for each document of the year, the open one ticked. ``choose`` gets the id of the pack wanted."""

    def __init__(self, choose: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(t.DO_DOCUMENT, parent)
        self.setAccessibleName(t.DO_DOCUMENT)
        self._choose = choose
        self._group: QActionGroup | None = None

    def show_documents(self, documents: list[tuple[str, str]], current: str) -> None:
        """List the documents (pack id, title), ``current`` ticked."""
        self.clear()
        group = QActionGroup(self)
        for pack, title in documents:
            action = QAction(title, group)
            action.setCheckable(True)
            action.setChecked(pack == current)
            action.triggered.connect(lambda _=False, wanted=pack: self._choose(wanted))
            self.addAction(action)
        if self._group is not None:
            self._group.deleteLater()
        self._group = group
