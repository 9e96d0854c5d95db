"""A new year from a former one: everything that will happen is listed, can be changed, and happens only then."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import new_year, years
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.new_year import GROUPS, Choices, Group, Item, Plan
from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.job import Job
from xinfang_desk.gui.theme import icon, px
from xinfang_desk.messages import terms
from xinfang_desk.messages import window as t
from xinfang_desk.messages import years as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from xinfang_desk.flow.desk import Desk

_ITEM = Qt.ItemDataRole.UserRole
_YEARS_OFFERED = 5
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class _CodeBox(ChoiceBox):
    """The choice of a new code in its row of the list; the row comes into sight with the cursor."""

    def __init__(self, row: QTreeWidgetItem, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._row = row
        self._tree = tree

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tree.setCurrentItem(self._row)
        self._tree.scrollToItem(self._row)


class NewYearDialog(QDialog):
    """``plan`` and :meth:`choices` are what the clerk agreed to when accepted. Nothing is done here."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sources: list[years.Source | int] = []
        self._asked = 0
        self._job: Job | None = None
        self._listed = False
        self._codes: dict[str, str] = {}
        self._ticks: dict[str, bool] = {}
        self._groups: dict[Group, QTreeWidgetItem] = {}
        self.plan: Plan | None = None
        self.setWindowTitle(words.NEW_TITLE)
        self.setAccessibleName(words.NEW_TITLE)
        self.source = self._choice(words.NEW_SOURCE)
        self.year = self._choice(words.NEW_YEAR)
        self.pack = self._choice(words.NEW_PACK)
        self.other = QPushButton(icon("folder"), words.NEW_OTHER_BOOK, self)
        self.other.setAccessibleName(words.NEW_OTHER_BOOK)
        self.other.clicked.connect(self._ask_file)
        self.warnings = self._label("rest")
        self.trouble = self._label("refusal")
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(words.NEW_TREE)
        self.tree.setAccessibleDescription(words.NEW_ABOUT)
        self.tree.setHeaderLabels(list(words.NEW_COLUMNS))
        self.tree.header().setAccessibleName(t.COLUMN_TITLES)
        self.tree.header().setStretchLastSection(True)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.tree.itemChanged.connect(self._ticked)
        self.tree.itemActivated.connect(self._activated)
        self.standing = QLabel(words.NEW_LISTING, self)
        self.standing.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        self.make = QPushButton(self)
        self.make.setObjectName("primary")
        buttons.addButton(self.make, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel = buttons.addButton(t.CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        self.cancel.setAccessibleName(t.CANCEL)
        self._tail: QWidget = self.tree
        for before, after in pairwise((self.source, self.other, self.year, self.pack, self.tree)):
            QWidget.setTabOrder(before, after)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        self._list_sources()
        self.source.currentIndexChanged.connect(lambda _: self._look_up(None, ""))
        self.year.currentIndexChanged.connect(lambda _: self._look_up(self.year.currentData(), ""))
        self.pack.currentIndexChanged.connect(lambda _: self._look_up(self.year.currentData(), self.pack.currentData()))
        self._look_up(None, "")

    def choices(self) -> Choices:
        """What the clerk decided otherwise than planned."""
        return Choices(dict(self._ticks), dict(self._codes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for rows, choices and the button it stands on: a year is never made by it from elsewhere."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """The listing that may still be running is waited for: it reads the open book."""
        self._asked += 1
        if self._job is not None:
            self._job.settle()
        super().done(result)

    def take_file(self, path: Path) -> None:
        """Take another book of the unit as the source; read away from the window's thread."""
        self.trouble.hide()
        self._run(lambda _: years.source_from(path, self._desk, years.LAST), self._file_read)

    def _file_read(self, source: years.Source) -> None:
        self._sources.append(source)
        self.source.addItem(words.NEW_SOURCE_FILE.format(year=source.year.year, file=source.file))
        self.source.setCurrentIndex(self.source.count() - 1)

    # ---- laying out ----

    def _choice(self, name: str) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setAccessibleName(name)
        return box

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.hide()
        return label

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        top = QGridLayout()
        top.setColumnStretch(3, 1)
        for row, column, name, widget in ((0, 0, words.NEW_SOURCE, self.source), (0, 4, words.NEW_YEAR, self.year),
                                          (1, 0, words.NEW_PACK, self.pack)):
            label = QLabel(name, self)
            label.setBuddy(widget)
            top.addWidget(label, row, column)
        top.addWidget(self.source, 0, 1)
        top.addWidget(self.other, 0, 2)
        top.addWidget(self.year, 0, 5)
        top.addWidget(self.pack, 1, 1, 1, 5)
        about = QLabel(words.NEW_ABOUT, self)
        about.setObjectName("dim")
        about.setWordWrap(True)
        box = QVBoxLayout(self)
        box.addLayout(top)
        box.addWidget(self.warnings)
        box.addWidget(self.trouble)
        box.addWidget(about)
        box.addWidget(self.tree, 1)
        box.addWidget(self.standing)
        box.addWidget(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(px(900), room.width() - 40), min(px(640), room.height() - 60))
        self.tree.setColumnWidth(0, round(self.width() * 0.5))

    # ---- from where to what ----

    def _list_sources(self) -> None:
        for state in years.year_states(self._desk):
            self._sources.append(state.year)
            self.source.addItem(words.NEW_SOURCE_YEAR.format(year=state.year))
            if state.current:
                self.source.setCurrentIndex(self.source.count() - 1)

    def _look_up(self, year: int | None, pack: str) -> None:
        """Plan away from the window's thread; the last one asked for counts."""
        source = self._sources[self.source.currentIndex()]
        self.plan = None
        self.trouble.hide()
        self.tree.setEnabled(False)
        self.standing.setText(words.NEW_LISTING)
        self._show_make()
        self._run(lambda _: years.offer(self._desk, source, year, pack), self._offered)

    def _offered(self, found: years.Offer) -> None:
        self._sources[self.source.currentIndex()] = found.source
        for box, entries, chosen in (
                (self.year, [(terms.YEAR.format(year=year), year) for year in found.years[:_YEARS_OFFERED]], found.year),
                (self.pack, [(one.label, one.pack) for one in found.packs], found.pack)):
            box.blockSignals(True)
            box.clear()
            for text, data in entries:
                box.addItem(text, data)
            box.setCurrentIndex(box.findData(chosen))
            box.blockSignals(False)
        if found.plan is None:
            self._refuse(found.refusal)
            return
        self.plan, self._ticks, self._codes = found.plan, {}, {}
        self.warnings.setText("\n".join(found.plan.warnings))
        self.warnings.setVisible(bool(found.plan.warnings))
        self.tree.setEnabled(True)
        if not self._listed:
            self._listed = True
            self.tree.setFocus()
        self._fill()
        self._show_standing()

    def _run(self, work: Callable[[Job], object], done: Callable[..., None]) -> None:
        self._asked += 1
        number = self._asked
        if self._job is not None:
            self._job.settle()
        job = self._job = Job(work, self)
        job.done.connect(lambda found: self._ended(job, number, lambda: done(found)))
        job.failed.connect(lambda error: self._ended(job, number, lambda: self._failed(error)))
        job.start()

    def _ended(self, job: Job, number: int, then: Callable[[], None]) -> None:
        job.deleteLater()
        if job is self._job:
            self._job = None
        if number == self._asked:
            then()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        if self.plan is None:
            self._refuse(str(error))
        else:  # a file that is no source: what was listed before still counts
            self.trouble.setText(str(error))
            self.trouble.show()

    def _refuse(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()
        self.tree.clear()
        self.plan = None
        self.standing.setText("")
        self._show_make()

    def _ask_file(self) -> None:
        from xinfang_desk.gui.new_book_dialog import books_folder

        chosen, _ = QFileDialog.getOpenFileName(self, words.NEW_OTHER_BOOK_TITLE, str(books_folder()), t.BOOK_FILTER)
        if chosen:
            self.take_file(Path(chosen))

    # ---- the list ----

    def _fill(self) -> None:
        assert self.plan is not None
        self.tree.blockSignals(True)
        self.tree.clear()
        self._groups = {}
        self._tail = self.tree
        for group in GROUPS:
            items = self.plan.of(group)
            if not items:
                continue
            top = QTreeWidgetItem()
            top.setToolTip(0, words.GROUP_HINTS[group])
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            top.setText(1, words.GROUP_HINTS[group])
            self._groups[group] = top
            self.tree.addTopLevelItem(top)
            self._add(top, items)
            top.setExpanded(group != "clear" or len(items) < 20)
        for button in (self.make, self.cancel):
            QWidget.setTabOrder(self._tail, button)
            self._tail = button
        self.tree.blockSignals(False)
        self._count()

    def _add(self, top: QTreeWidgetItem, items: tuple[Item, ...]) -> None:
        for item in items:
            row = QTreeWidgetItem([item.title, item.detail])
            row.setData(0, _ITEM, item.id)
            for column in (0, 1):
                row.setToolTip(column, row.text(column))
            if item.group == "prior":
                row.setTextAlignment(1, Qt.AlignmentFlag.AlignLeft)
            if item.group != "rename" and not item.fixed:
                row.setCheckState(0, _CHECKED if self._ticks.get(item.id, item.ticked) else _UNCHECKED)
            else:
                row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            top.addChild(row)
            if item.rename is not None and item.rename.choices:
                self._add_codes(row, item)

    def _add_codes(self, row: QTreeWidgetItem, item: Item) -> None:
        rename = item.rename
        assert rename is not None
        box = _CodeBox(row, self.tree)
        box.setAccessibleName(words.NEW_CODE_OF.format(title=item.title))
        box.setAccessibleDescription(words.NEW_CODE_HINT)
        if not rename.chosen:
            box.addItem(words.RENAME_CHOOSE, "")
        for code, _ in rename.choices:
            box.addItem(rename.label(code), code)
        box.setCurrentIndex(max(0, box.findData(rename.chosen)))
        box.currentIndexChanged.connect(partial(self._code_chosen, rename.id, box))
        self.tree.setItemWidget(row, 1, box)
        QWidget.setTabOrder(self._tail, box)
        self._tail = box

    def _activated(self, row: QTreeWidgetItem, _: int) -> None:
        """Enter on a row with a choice opens it."""
        box = self.tree.itemWidget(row, 1)
        if isinstance(box, ChoiceBox):
            box.setFocus()
            box.showPopup()

    def _code_chosen(self, rename_id: str, box: ChoiceBox, _: int) -> None:
        self._codes[rename_id] = box.currentData()
        self._renew_priors()
        self._show_standing()

    def _renew_priors(self) -> None:
        """The figures of accounts stand at their new codes."""
        top = self._groups.get("prior")
        if top is None or self.plan is None:
            return
        self.tree.blockSignals(True)
        top.takeChildren()
        self._add(top, new_year.prior_items(self.plan, self.choices()))
        self.tree.blockSignals(False)
        self._count()

    def _ticked(self, row: QTreeWidgetItem, column: int) -> None:
        item_id = row.data(0, _ITEM)
        if column == 0 and item_id:
            self._ticks[item_id] = row.checkState(0) == _CHECKED
            self._count()

    def _count(self) -> None:
        """How many there are, and how many of them are ticked, at the head of each group."""
        self.tree.blockSignals(True)
        for group, top in self._groups.items():
            rows = [top.child(i) for i in range(top.childCount())]
            ticked = sum(row.checkState(0) == _CHECKED or not row.flags() & Qt.ItemFlag.ItemIsUserCheckable for row in rows)
            shape = words.NEW_GROUP if group in ("carry", "prior") else words.NEW_GROUP_PLAIN
            top.setText(0, shape.format(title=words.GROUPS[group], ticked=ticked, count=len(rows)))
        self.tree.blockSignals(False)

    def _show_standing(self) -> None:
        waiting = new_year.unchosen(self.plan, self.choices()) if self.plan is not None else ()
        self.standing.setText(words.NEW_CHOOSE_CODES.format(count=len(waiting)) if waiting else words.NEW_READY)
        self._show_make()

    def _show_make(self) -> None:
        ready = self.plan is not None and not new_year.unchosen(self.plan, self.choices())
        text = words.NEW_MAKE.format(year=self.year.currentData() or "")
        self.make.setText(text)
        self.make.setAccessibleName(text)
        self.make.setEnabled(ready)
