"""The numbers of the rows at the left of an entry table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QWidget


class RowNumbers(QHeaderView):
    """As wide as its widest number needs. Qt would ask the model for the texts of some two thousand rows to know."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)

    def sizeHint(self) -> QSize:
        count = self.count()
        # The last row may be the blank one, whose sign is narrower than a number.
        ends = {row for row in (0, count - 2, count - 1) if 0 <= row < count}
        sizes = [self.sectionSizeFromContents(row) for row in ends if not self.isSectionHidden(row)]
        return QSize(max([self.minimumSize().width(), *(size.width() for size in sizes)]), self.length())
