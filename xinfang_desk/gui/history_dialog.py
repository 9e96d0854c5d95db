"""修改记录: what was done on which day and by whom, newest first; any state can be looked at and restored."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QListWidget,
    QSplitter,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import past
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.past import Entry, EntryPage
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.dialog_buttons import add_close_button, add_sign_button
from xinfang_desk.gui.job import Job
from xinfang_desk.gui.theme import colour, icon, px
from xinfang_desk.messages import history as words
from xinfang_desk.messages import window as t

if TYPE_CHECKING:
    from collections.abc import Callable

    from xinfang_desk.flow.desk import Desk

_ENTRY = Qt.ItemDataRole.UserRole
_SEARCH_PAUSE_MS = 250
_SIGNS = {"undo": "undo", "redo": "redo", "created": "new", "edition": "build", "binned": "bin", "restored": "undo"}


class HistoryDialog(QDialog):
    """The entries come in pages, read away from the window's thread; scrolling to the end brings the next page."""

    look_wanted = Signal(object)
    restore_wanted = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs: list[Job] = []
        self._asked = 0
        self._loading = False
        self._rest = False
        self._last: int | None = None
        self._shown = 0
        self._days: dict[dt.date | None, QTreeWidgetItem] = {}
        self.setWindowTitle(words.TITLE)
        self.setAccessibleName(words.TITLE)
        self.search = ComposingLine(self)
        self.search.setPlaceholderText(words.SEARCH_HINT)
        self.search.setAccessibleName(words.SEARCH)
        self.search.setAccessibleDescription(words.SEARCH_HINT)
        self.search.setClearButtonEnabled(True)
        for clear in self.search.findChildren(QToolButton):
            clear.setAccessibleName(words.CLEAR)
        self.tree = self._make_tree()
        self.details = QListWidget(self)
        self.details.setAccessibleName(words.DETAILS)
        self.details.setWordWrap(True)
        self.details.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.details.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # everything is broken into lines
        self.details.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.count = QLabel(self)
        self.count.setObjectName("dim")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self.begin)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.tree.itemSelectionChanged.connect(self._chosen)
        self.tree.itemDoubleClicked.connect(lambda *_: self._look())
        self.tree.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._lay_out()
        self.begin()
        self.tree.setFocus()

    # ---- laying out ----

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName(words.LIST)
        tree.setHeaderLabels(list(words.COLUMNS))
        tree.header().setAccessibleName(t.COLUMN_TITLES)
        tree.header().setStretchLastSection(True)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        tree.setUniformRowHeights(True)
        return tree

    def _lay_out(self) -> None:
        detail = QWidget(self)
        side = QVBoxLayout(detail)
        side.setContentsMargins(0, 0, 0, 0)
        label = QLabel(words.DETAILS, detail)
        label.setBuddy(self.details)
        side.addWidget(label)
        side.addWidget(self.details, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setAccessibleName(words.TITLE)
        split.addWidget(self.tree)
        split.addWidget(detail)
        split.setChildrenCollapsible(False)
        buttons = QDialogButtonBox(self)
        self.look = add_sign_button(buttons, "find", words.LOOK, words.LOOK_HINT, self._look, primary=True)
        self.restore = add_sign_button(buttons, "undo", words.RESTORE, words.RESTORE_HINT, self._restore)
        close = add_close_button(buttons, self)
        for button in (self.look, self.restore, close):
            button.setAutoDefault(False)
        self.look.setDefault(True)
        box = QVBoxLayout(self)
        box.addWidget(self.search)
        box.addWidget(split, 1)
        box.addWidget(self.count)
        box.addWidget(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(px(1040), room.width() - 40), min(px(620), room.height() - 60))
        split.setSizes([round(self.width() * 0.62), round(self.width() * 0.38)])
        fit = self.fontMetrics().horizontalAdvance
        self.tree.setColumnWidth(0, max(px(240), round(self.width() * 0.62) - fit("00:00") - px(200)))
        self.tree.setColumnWidth(1, fit("00:00") + px(24))

    # ---- reading pages ----

    def begin(self) -> None:
        """List from the newest anew, with the words looked for."""
        self._asked += 1
        self.tree.clear()
        self._days = {}
        self._last, self._shown, self._rest = None, 0, False
        self._loading = False
        self.more()

    def more(self) -> None:
        """Read the next page."""
        if self._loading:
            return
        self._loading = True
        self.count.setText(words.LOADING)
        number, before, search = self._asked, self._last, self.search.text()
        self._run(lambda _: (past.entries(self._desk, before=before, search=search), past.count(self._desk)),
                  lambda found: self._arrived(number, *found))

    def _arrived(self, number: int, page: EntryPage, everything: int) -> None:
        if number != self._asked:
            return
        self._loading = False
        self._rest = page.rest
        self.tree.setUpdatesEnabled(False)
        for entry in page.entries:
            self._add(entry)
        for day, top in self._days.items():
            self._name_day(day, top, last=day == next(reversed(self._days)))
        self.tree.setUpdatesEnabled(True)
        self._shown += len(page.entries)
        if page.entries:
            self._last = page.entries[-1].sequence
        first = self.tree.topLevelItem(0)
        if first is not None and not self.tree.selectedItems():
            self.tree.setCurrentItem(first.child(0))
        self.count.setText(self._standing(everything))
        self._chosen()

    def _standing(self, everything: int) -> str:
        if self.search.text().split():
            if not self._shown:
                return words.FOUND_NONE
            return (words.FOUND_MORE if self._rest else words.FOUND).format(shown=self._shown)
        return words.SHOWN.format(all=everything, shown=self._shown) if self._rest \
            else words.SHOWN_ALL.format(all=self._shown)

    def _add(self, entry: Entry) -> None:
        top = self._days.get(entry.day)
        if top is None:
            top = self._days[entry.day] = QTreeWidgetItem()
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            self.tree.addTopLevelItem(top)
            top.setExpanded(True)
        row = QTreeWidgetItem([entry.what, entry.clock, entry.who])
        row.setData(0, _ENTRY, entry)
        for column in range(3):
            row.setToolTip(column, row.text(column))
        row.setIcon(0, icon(_SIGNS.get(entry.kind, "text")))
        if entry.undone or entry.kind == "undo":
            for column in range(3):
                row.setForeground(column, colour("dim"))
            if entry.undone:
                font = row.font(0)
                font.setStrikeOut(True)
                row.setFont(0, font)
        if entry.kind == "edition":
            font = row.font(0)
            font.setBold(True)
            row.setFont(0, font)
        top.addChild(row)

    def _name_day(self, day: dt.date | None, top: QTreeWidgetItem, *, last: bool) -> None:
        shape = words.DAY_COUNT_MORE if last and self._rest else words.DAY_COUNT
        title = past.day_title(day, dt.datetime.now().astimezone().date())
        top.setText(0, shape.format(day=title, count=top.childCount()))
        top.setFirstColumnSpanned(True)

    def _scrolled(self, value: int) -> None:
        bar = self.tree.verticalScrollBar()
        if self._rest and value >= bar.maximum() - bar.pageStep() // 2:
            self.more()

    # ---- one entry ----

    def entry(self) -> Entry | None:
        """The entry the cursor is on, ``None`` on a day's head."""
        chosen = self.tree.selectedItems()
        found: Entry | None = chosen[0].data(0, _ENTRY) if chosen else None
        return found

    def _chosen(self) -> None:
        entry = self.entry()
        self.look.setEnabled(entry is not None)
        self.restore.setEnabled(entry is not None and not self._desk.read_only)
        self.details.clear()
        if entry is None:
            self.details.addItem(words.DETAILS_NONE)
            return
        self._run(lambda _: past.details(self._desk, entry), lambda lines: self._told(entry, lines))

    def _told(self, entry: Entry, lines: tuple[str, ...]) -> None:
        if entry == self.entry():
            self.details.clear()
            self.details.addItems(list(lines) or [words.NO_STEPS])

    def _look(self) -> None:
        entry = self.entry()
        if entry is not None:
            self.accept()
            self.look_wanted.emit(entry)

    def _restore(self) -> None:
        entry = self.entry()
        if entry is None:
            return
        self.setEnabled(False)
        self.count.setText(words.LOOKING.format(moment=entry.moment))
        self._run(lambda _: past.former(self._desk, entry), lambda was: self._restored(was, entry))

    def _restored(self, was: object, entry: Entry) -> None:
        self.accept()
        self.restore_wanted.emit(was, entry)

    # ---- Qt ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self._pause.stop()
            self.begin()
            self.tree.setFocus()
            return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """What is still being read is waited for: it reads the open book."""
        self._pause.stop()
        self._asked += 1
        for job in tuple(self._jobs):
            job.settle()
        super().done(result)

    def _run(self, work: Callable[[Job], object], done: Callable[..., None]) -> None:
        job = Job(work, self)
        self._jobs.append(job)
        job.done.connect(lambda found: self._ended(job, found, done))
        job.failed.connect(lambda error: self._failed(job, error))
        job.start()

    def _ended(self, job: Job, found: object, done: Callable[..., None]) -> None:
        self._forget(job)
        done(found)

    def _forget(self, job: Job) -> None:
        self._jobs.remove(job)
        job.deleteLater()

    def _failed(self, job: Job, error: Exception) -> None:
        self._forget(job)
        self._loading = False
        self.setEnabled(True)
        if not isinstance(error, DeskError):
            raise error
        self.count.setText(str(error))
