"""The findings as a list: grouped by section, each a full sentence with its sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from xinfang_desk.flow.fresh import Fresh, Freshness
from xinfang_desk.gui.finding_words import second_line
from xinfang_desk.gui.spot_words import wrapped
from xinfang_desk.gui.theme import colour, icon, px, watch
from xinfang_desk.messages import findings as words
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.pack import Page, Severity

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_ICON, _PAD = 16, 6  # pixels at 100 %
_HEIGHTS_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading (``finding`` is ``None``) or a finding: its sentence, a second line with place and figures, and
    whether the last edit brought or touched it."""

    text: str
    finding: Finding | None = None
    key: str = ""
    second: str = ""
    fresh: Freshness = ""

    @property
    def marks(self) -> str:
        """What stands before the sentence."""
        answered = words.ANSWERED if self.finding is not None and self.finding.explanation else ""
        return {"new": words.NEW, "touched": words.TOUCHED, "": ""}[self.fresh] + answered


def entries_of(findings: Sequence[Finding], pages: Sequence[Page], unit: MoneyUnit = MoneyUnit.YUAN,
               fresh: Fresh | None = None) -> list[Entry]:
    """Findings under the titles of their pages, in the pages' order; within each those of the newest edit first,
    then errors before warnings before hints, and what has been answered last."""
    fresh = fresh or Fresh()
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}
    titles = {page.id: page.title for page in pages}
    groups: dict[str, list[Finding]] = {page.id: [] for page in pages}
    for finding in findings:
        groups.setdefault(finding.place.page, []).append(finding)
    entries: list[Entry] = []
    for page_id, found in groups.items():
        if found:
            title = titles.get(page_id, words.ELSEWHERE)
            entries.append(Entry(words.GROUP.format(title=title, count=len(found)), key=f"group:{page_id}"))
            entries += [Entry(f.sentence, f, f.key, second_line(f, unit), fresh.mark(f.key)) for f in
                        sorted(found, key=lambda f: (bool(f.explanation), -fresh.rank(f.key), order[f.severity]))]
    return entries


class FindingsModel(QAbstractListModel):
    """Headings and findings; a newer state repaints only what is different where the rows stay the same."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> bool:
        """Show a newer state. Returns whether rows came or went."""
        if [e.key for e in entries] == [e.key for e in self.entries]:
            old, self.entries = self.entries, entries
            for row, (a, b) in enumerate(zip(old, entries, strict=True)):
                if a != b:
                    self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
            return False
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            if entry.finding is None:
                return entry.text
            told = words.SPOKEN.format(weight=entry.finding.severity.label, marks=entry.marks, text=entry.text)
            told = f"{told}\n{entry.second}" if entry.second else told
            return wrapped(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.entries[index.row()].finding is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def finding(self, index: Index) -> Finding | None:
        """The finding of a row."""
        return self.entries[index.row()].finding if index.isValid() and index.row() < len(self.entries) else None


class _FindingDelegate(QStyledItemDelegate):
    def __init__(self, view: FindingsList) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[object, ...], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = self._view.findings_model.entries[index.row()]
        width = self._view.viewport().width()
        if not self._view.isVisible():
            return QSize(width, px(_ICON))  # measured when it is seen, at the width it then has
        key = (width, self._view.font().key(), entry.finding is None, entry.finding and self._shown(entry), entry.text,
               entry.second)
        height = self._heights.get(key)
        if height is None:
            if len(self._heights) > _HEIGHTS_KEPT:
                self._heights.clear()
            height = self._heights[key] = self._height(entry, width)
        return QSize(width, height)

    def _height(self, entry: Entry, width: int) -> int:
        metrics = self._view.fontMetrics()
        sign, pad = px(_ICON), px(_PAD)
        if entry.finding is None:
            title = metrics.boundingRect(QRect(0, 0, width - 2 * pad, 10_000), int(_WRAP), entry.text)
            return title.height() + px(10)
        room = QRect(0, 0, width - sign - 3 * pad, 10_000)
        height = metrics.boundingRect(room, int(_WRAP), self._shown(entry)).height()
        if entry.second:
            height += pad // 2 + metrics.boundingRect(room, int(_WRAP), entry.second).height()
        return max(height, sign) + 2 * pad

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = self._view.findings_model.entries[index.row()]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        sign, pad = px(_ICON), px(_PAD)
        if entry.finding is None:
            painter.fillRect(rect, colour("window"))
            painter.setPen(colour("dim"))
            painter.drawText(rect.adjusted(pad, px(5), -pad, 0), int(_WRAP), entry.text)
            return
        finding = entry.finding
        if bool(state & QStyle.StateFlag.State_Selected):
            painter.fillRect(rect, colour("accent_soft"))
        if entry.fresh:
            painter.fillRect(QRect(rect.x(), rect.y(), px(3), rect.height()), colour("accent"))
        name = "done" if finding.explanation else finding.severity.value
        icon(name).paint(painter, QRect(rect.x() + pad, rect.y() + pad, sign, sign))
        painter.setPen(colour("dim" if finding.explanation else "text"))
        inner = rect.adjusted(sign + 2 * pad, pad, -pad, 0)
        painter.drawText(inner, int(_WRAP), self._shown(entry))
        if entry.second:
            above = painter.boundingRect(inner, int(_WRAP), self._shown(entry)).height()
            painter.setPen(colour("dim"))
            painter.drawText(inner.adjusted(0, above + pad // 2, 0, 0), int(_WRAP), entry.second)
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if bool(state & QStyle.StateFlag.State_HasFocus):
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _shown(self, entry: Entry) -> str:
        assert entry.finding is not None
        return f"{entry.marks}{entry.text}{words.MENDABLE if entry.finding.mends else ''}"


class FindingsList(QListView):
    """A click or Enter goes to the place; the current finding is told by ``picked``."""

    picked = Signal(object)
    go = Signal(object)
    mend = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings_model = FindingsModel(self)
        self.setModel(self.findings_model)
        self.setItemDelegate(_FindingDelegate(self))
        self.setAccessibleName(words.FINDINGS)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self._act(index, self.go))
        watch().changed.connect(self.scheduleDelayedItemsLayout)
        self.selectionModel().currentChanged.connect(lambda now, _: self._act(now, self.picked))

    def show_entries(self, entries: list[Entry]) -> None:
        """Show a newer state; the current finding stays current while it is still there, and stays where it is on
        the screen, whatever comes or goes above it."""
        kept = self.current()
        row = self.currentIndex().row()
        top = self.visualRect(self.currentIndex()).top()
        in_view = kept is not None and -1 <= top < self.viewport().height()
        if self.findings_model.show(entries) and kept is not None:
            same = next((i for i, e in enumerate(entries) if e.key == kept.key), -1)
            near = [i for i, e in enumerate(entries) if e.finding is not None]
            wanted = same if same >= 0 else min(near, key=lambda i: abs(i - row), default=-1)
            if wanted >= 0:
                self.setCurrentIndex(self.findings_model.index(wanted, 0))
                if in_view and self.isVisible():
                    self.executeDelayedItemsLayout()
                    bar = self.verticalScrollBar()
                    bar.setValue(bar.value() + self.visualRect(self.currentIndex()).top() - top)
        self.picked.emit(self.current())

    def current(self) -> Finding | None:
        """The finding the cursor is on."""
        return self.findings_model.finding(self.currentIndex())

    def step(self, by: int) -> Finding | None:
        """Move to the next (1) or previous (-1) finding, round the end; ``None`` where there are none."""
        rows = [i for i, e in enumerate(self.findings_model.entries) if e.finding is not None]
        if not rows:
            return None
        now = self.currentIndex().row()
        after = [i for i in rows if i > now] if by > 0 else [i for i in reversed(rows) if i < now or now < 0]
        row = after[0] if after else (rows[0] if by > 0 else rows[-1])
        self.setCurrentIndex(self.findings_model.index(row, 0))
        return self.current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act(self.currentIndex(), self.mend if event.modifiers() & Qt.KeyboardModifier.AltModifier else self.go)
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _act(self, index: QModelIndex, signal: Any) -> None:
        finding = self.findings_model.finding(index)
        if finding is not None:
            signal.emit(finding)
