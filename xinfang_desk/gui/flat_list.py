"""A list of rows with columns, for dialogs: nothing to unfold, the whole row is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QTreeWidget, QWidget

from xinfang_desk.messages import window as t


def flat_list(parent: QWidget, name: str, columns: Sequence[str]) -> QTreeWidget:
    """An empty list with these column titles; ``name`` is what a screen reader says."""
    made = QTreeWidget(parent)
    made.setAccessibleName(name)
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setAllColumnsShowFocus(True)
    made.setHeaderLabels(list(columns))
    made.header().setAccessibleName(t.COLUMN_TITLES)
    return made
