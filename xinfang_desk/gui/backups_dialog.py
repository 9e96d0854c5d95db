"""备份与恢复: the backups of a book, each opened and checked while the list is already there; three clicks to go back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow.backups import backups, contents, make, size_words, when_words
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.gui.dialog_buttons import dialog_button
from xinfang_desk.gui.flat_list import flat_list
from xinfang_desk.gui.job import Job
from xinfang_desk.gui.theme import colour, dialog_size, icon, px
from xinfang_desk.messages import hints, marks, terms
from xinfang_desk.messages import safety as words
from xinfang_desk.messages import window as t
from xinfang_desk.model.backup import Backup, BackupContents

if TYPE_CHECKING:
    from collections.abc import Callable

_DATA = Qt.ItemDataRole.UserRole
_TIME, _REASON, _UNIT, _YEARS, _LINES, _SIZE, _STATE = range(7)


class BackupsDialog(QDialog):
    """``chosen``: the backup to go back to, once accepted. ``desk``: the open book, ``None`` for one that is not open."""

    _checked = Signal(object, object)

    def __init__(self, path: Path, desk: Desk | None, parent: QWidget, to_stick: Callable[[], object] | None = None) -> None:
        super().__init__(parent.window())
        self._path, self._desk = path, desk
        self.chosen: Backup | None = None
        self._contents: dict[PurePath, BackupContents] = {}
        self._job: Job | None = None
        self._news = ""  # what the last backup came to: it stands until the clerk picks a backup with a trouble of its own
        title = words.BACKUPS_OF.format(name=path.stem)
        self.setWindowTitle(words.BACKUPS_TITLE)
        self.setAccessibleName(title)
        head = QLabel(title, self)
        head.setObjectName("pageTitle")
        self.hint = QLabel(words.BACKUPS_HINT, self)
        self.hint.setWordWrap(True)
        self.list = flat_list(self, title, words.BACKUP_COLUMNS)
        self.list.setAccessibleDescription(hints.BACKUPS)
        self.said = QLabel(self)
        self.said.setObjectName("dim")
        self.said.setWordWrap(True)
        self.restore = self._button(words.DO_RESTORE, self._take, "primary")
        self.restore.setAccessibleDescription(hints.BACKUP_RESTORE)
        self.now = self._button(words.DO_BACKUP_NOW, self._make)
        self.stick = self._button(words.DO_COPY_TO_STICK, lambda: to_stick() if to_stick else None)
        self.close_button = self._button(t.CLOSE, self.reject)
        self.now.setVisible(desk is not None)
        self.stick.setVisible(to_stick is not None)
        row = QHBoxLayout()
        for button in (self.now, self.stick):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.restore, self.close_button):
            row.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(18), px(16), px(18), px(14))
        box.setSpacing(px(10))
        for widget in (head, self.hint):
            box.addWidget(widget)
        box.addWidget(self.list, 1)
        box.addWidget(self.said)
        box.addLayout(row)
        self._checked.connect(self._show_contents)
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemActivated.connect(lambda *_: self.restore.setFocus())
        self.resize(dialog_size(self, 860, 440))
        self.fill()
        self.list.setFocus()

    def fill(self) -> None:
        """List what there is by name, then open and check one after the other."""
        self._settle()
        self.list.clear()
        self._contents = {}
        self._news = ""
        try:
            found = backups(self._path)
        except DeskError as error:
            found = ()
            self._news = str(error)
        now = dt.datetime.now().astimezone()
        for one in found:
            when, reason = when_words(one.at, now), one.reason or words.REASON_OTHER
            item = QTreeWidgetItem([when, reason, "", "", "", size_words(one.size), words.BACKUP_CHECKING])
            item.setData(0, _DATA, one)
            metrics = self.list.fontMetrics()
            item.setSizeHint(_TIME, QSize(metrics.horizontalAdvance(when) + px(12), metrics.height() + px(9)))
            item.setToolTip(_TIME, str(one.path))
            for column in (_LINES, _SIZE):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        self.hint.setText(words.BACKUPS_HINT if found else words.BACKUPS_NONE)
        self._fit()
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
            self._job = Job(lambda job: self._check(job, found), self)
            self._job.start()
        self._enable()

    def done(self, result: int) -> None:
        """Qt calls this when the dialog ends."""
        self._settle()
        super().done(result)

    # ---- inside ----

    def _check(self, job: Job, found: tuple[Backup, ...]) -> None:
        for one in found:
            if job.called_off():
                return
            self._checked.emit(one.path, contents(one.path))

    def _show_contents(self, path: PurePath, inside: BackupContents) -> None:
        item = next((item for item in map(self.list.topLevelItem, range(self.list.topLevelItemCount()))
                     if item is not None and item.data(0, _DATA).path == path), None)
        if item is None:
            return
        self._contents[path] = inside
        state = words.BACKUP_SOUND if inside.sound else words.BACKUP_UNSOUND
        item.setText(_UNIT, inside.unit)
        item.setToolTip(_UNIT, inside.unit)
        item.setText(_YEARS, marks.AND.join(terms.YEAR.format(year=year) for year in inside.years))
        item.setText(_LINES, words.BACKUP_LINES.format(count=inside.lines) if inside.sound else "")
        item.setText(_STATE, state)
        item.setIcon(_STATE, icon("done" if inside.sound else "warning"))
        item.setToolTip(_STATE, inside.problem or state)
        if not inside.sound:
            for column in range(self.list.columnCount()):
                item.setForeground(column, colour("dim"))
        item.setData(_TIME, Qt.ItemDataRole.AccessibleTextRole,
                     words.BACKUP_ROW.format(when=item.text(_TIME), reason=item.text(_REASON), state=state))
        self._fit()
        self._enable()

    def _fit(self) -> None:
        for column in range(self.list.columnCount() - 1):
            self.list.resizeColumnToContents(column)
            self.list.setColumnWidth(column, self.list.columnWidth(column) + px(10))
        self.list.setColumnWidth(_UNIT, min(max(self.list.columnWidth(_UNIT), px(120)), px(260)))

    def _enable(self) -> None:
        chosen = self.list.selectedItems()
        inside = self._contents.get(chosen[0].data(0, _DATA).path) if chosen else None
        self.restore.setEnabled(inside is not None and inside.sound)
        self.said.setText(inside.problem if inside is not None and inside.problem else self._news)

    def _take(self) -> None:
        for item in self.list.selectedItems():
            self.chosen = item.data(0, _DATA)
            self.accept()

    def _make(self) -> None:
        desk = self._desk
        if desk is None or not self.now.isEnabled():
            return
        self.now.setEnabled(False)
        self.said.setText(words.BACKUP_WORKING)
        job = Job(lambda _: make(desk), self)
        job.done.connect(lambda made: self._made(words.BACKED_UP.format(name=made.name)))
        job.failed.connect(lambda error: self._made(str(error)))
        job.finished.connect(job.deleteLater)
        job.start()

    def _made(self, sentence: str) -> None:
        self.now.setEnabled(True)
        self.fill()
        self._news = sentence
        self._enable()

    def _settle(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.call_off()
            job.wait()
            job.deleteLater()

    def _button(self, text: str, act: Callable[[], object], name: str = "") -> QPushButton:
        button = dialog_button(self, text, name=name)
        button.clicked.connect(lambda: act())
        return button
