"""The Tab key goes through a page as it is read: block by block, in each from above to below and left to right."""

from __future__ import annotations

from functools import cmp_to_key
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget

_TAB = Qt.FocusPolicy.TabFocus.value
_WHOLE = (QAbstractSpinBox, QComboBox)
"""What has inner parts that pass the focus on to it. They are not asked for their focusProxy(): what that gives out
belongs to the asked widget on the Python side from then on, and is declared deleted with it."""


def order_tabs(root: QWidget) -> None:
    """Set the order of everything visible inside *root* that the Tab key comes to."""
    for former, after in pairwise(stops(root)):
        QWidget.setTabOrder(former, after)


def stops(root: QWidget) -> list[QWidget]:
    """What the Tab key comes to inside *root*, as it is read."""
    found: list[QWidget] = []
    for child in sorted(_children(root), key=cmp_to_key(_before)):
        if child.focusPolicy().value & _TAB:
            found.append(child)
        if not isinstance(child, _WHOLE):
            found += stops(child)
    return found


def _children(root: QWidget) -> list[QWidget]:
    found = root.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [child for child in found if not child.isWindow() and child.isVisibleTo(root)]


def _before(a: QWidget, b: QWidget) -> int:
    one, other = a.geometry(), b.geometry()
    if one.bottom() <= other.top():
        return -1
    if other.bottom() <= one.top():
        return 1
    return one.left() - other.left() or one.top() - other.top()
