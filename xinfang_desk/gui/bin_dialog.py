"""回收站: deleted years of the book and deleted projects of the open year, to be restored."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMessageBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import past, years
from xinfang_desk.gui.dialog_buttons import add_close_button, add_sign_button
from xinfang_desk.gui.theme import px
from xinfang_desk.gui.working_dialog import WorkingDialog
from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import window as t
from xinfang_desk.messages import years as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from xinfang_desk.flow.desk import Desk
    from xinfang_desk.gui.hub import Hub

_RESTORE = Qt.ItemDataRole.UserRole


class BinDialog(WorkingDialog):
    """``ask_clear`` stands for the question in tests: it gets the years and says whether they go for good."""

    def __init__(self, hub: Hub, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub = hub
        self._desk: Desk = hub.desk
        self._years: tuple[tuple[int, int], ...] = ()
        self.ask_clear: Callable[[tuple[int, ...]], bool] = self._ask_clear
        self.setWindowTitle(words.BIN_TITLE)
        self.setAccessibleName(words.BIN_TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        about = QLabel(words.BIN_ABOUT, self)
        about.setWordWrap(True)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(words.BIN_LIST)
        self.tree.setHeaderLabels(list(words.BIN_COLUMNS))
        self.tree.header().setAccessibleName(t.COLUMN_TITLES)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.tree.itemSelectionChanged.connect(self._enable)
        self.tree.itemActivated.connect(lambda *_: self._restore())
        buttons = QDialogButtonBox(self)
        self.restore = add_sign_button(buttons, "undo", words.BIN_RESTORE, "", self._restore, primary=True)
        self.clear = add_sign_button(buttons, "bin", words.BIN_CLEAR, words.BIN_CLEAR_HINT, self._clear)
        add_close_button(buttons, self)
        self.resting = self.restore, self.clear
        box = QVBoxLayout(self)
        box.addWidget(about)
        box.addWidget(self.tree, 1)
        box.addWidget(self.standing)
        box.addWidget(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(px(860), room.width() - 40), min(px(420), room.height() - 60))
        for column, share in enumerate((0.26, 0.36, 0.17)):
            self.tree.setColumnWidth(column, round(self.width() * share))
        self.tree.setFocus()
        self.refresh()

    def refresh(self, said: str = "") -> None:
        """Read the bin anew, away from the window's thread; ``said`` is shown below the list."""
        self.standing.setText(said or words.BIN_LOADING)
        self.work(lambda: (years.binned(self._desk.book), past.deleted_projects(self._desk)),
                  lambda found: self._fill(found[0], found[1], said))

    # ---- inside ----

    def _fill(self, binned: tuple[years.Binned, ...], projects: tuple[past.DeletedProject, ...], said: str) -> None:
        self.tree.clear()
        self._years = tuple((one.id, one.year) for one in binned)
        self._group(words.BIN_YEARS.format(count=len(binned)), [
            ((words.BIN_YEAR.format(year=one.year), words.BIN_YEAR_DETAIL.format(lines=one.lines, editions=one.editions),
              years.time_of(one.at), one.who), partial(self._restore_year, one.id)) for one in binned])
        title = words.BIN_PROJECTS.format(year=self._desk.year.year, count=len(projects))
        self._group(title, [((one.name, one.detail, years.time_of(one.at), one.who), partial(self._restore_project, one))
                            for one in projects])
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first.child(0))
        self.standing.setText(said or ("" if binned or projects else words.BIN_EMPTY))
        self._enable()

    def _group(self, title: str, rows: list[tuple[tuple[str, ...], Callable[[], None]]]) -> None:
        if not rows:
            return
        top = QTreeWidgetItem([title])
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        self.tree.addTopLevelItem(top)
        top.setFirstColumnSpanned(True)
        for texts, restore in rows:
            row = QTreeWidgetItem(list(texts))
            row.setData(0, _RESTORE, restore)
            for column, text in enumerate(texts):
                row.setToolTip(column, text)
            top.addChild(row)
        top.setExpanded(True)

    def rested(self) -> None:
        super().rested()
        self._enable()

    def _enable(self) -> None:
        self.restore.setEnabled(self._chosen() is not None and not self._desk.read_only)
        self.clear.setEnabled(bool(self._years) and not self._desk.read_only)

    def _restore(self) -> None:
        restore = self._chosen()
        if restore is not None and not self._desk.read_only and not self.busy:
            restore()

    def _chosen(self) -> Callable[[], None] | None:
        chosen = self.tree.selectedItems()
        found: Callable[[], None] | None = chosen[0].data(0, _RESTORE) if chosen else None
        return found

    def _restore_year(self, binned_id: int) -> None:
        self.work(lambda: years.restore_year(self._desk.book, binned_id),
                  lambda year: self.refresh(words.BIN_YEAR_BACK.format(year=year)))

    def _restore_project(self, deleted: past.DeletedProject) -> None:
        if self._hub.carry_out(lambda: past.restore_project(self._desk, deleted)) is not None:
            self.refresh(words.BIN_PROJECT_BACK.format(name=deleted.name))

    def _clear(self) -> None:
        there = self._years
        if there and self.ask_clear(tuple(year for _, year in there)):
            self.work(lambda: years.empty_bin(self._desk.book, tuple(id_ for id_, _ in there)),
                      lambda done: self.refresh(words.BIN_CLEARED.format(count=done[0], backup=done[1])))

    def _ask_clear(self, there: tuple[int, ...]) -> bool:
        named = marks.AND.join(terms.YEAR.format(year=year) for year in there)
        box = QMessageBox(QMessageBox.Icon.Warning, words.BIN_CLEAR_TITLE,
                          words.BIN_CLEAR_ASK.format(count=len(there), years=named), parent=self)
        yes = box.addButton(words.BIN_CLEAR_YES, QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(t.CANCEL, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.exec()
        return box.clickedButton() is yes
