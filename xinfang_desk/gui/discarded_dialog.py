"""删掉的账册: deleted books, to be put back or deleted for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import book_bin
from xinfang_desk.gui.dialog_buttons import add_close_button, add_sign_button
from xinfang_desk.gui.flat_list import flat_list
from xinfang_desk.gui.theme import dialog_size, px
from xinfang_desk.gui.working_dialog import WorkingDialog
from xinfang_desk.messages import marks
from xinfang_desk.messages import start as words
from xinfang_desk.messages import window as t
from xinfang_desk.messages.safety import BIN_FOLDER

if TYPE_CHECKING:
    from xinfang_desk.flow.book_bin import Bin, InBin

_ONE = Qt.ItemDataRole.UserRole
_SHARES = (0.28, 0.26, 0.23)


class DiscardedDialog(WorkingDialog):
    """``homes``: the folders books were deleted from; ``also``: some more that may have any. ``ask``: stands for the
    question before one goes for good in tests."""

    back = Signal(Path)
    """a book was put back there"""

    def __init__(self, homes: Sequence[Path], also: Sequence[Path], parent: QWidget) -> None:
        super().__init__(parent)
        self._homes, self._also = tuple(homes), tuple(also)
        self.ask: Callable[[InBin], bool] = self._ask
        self.setWindowTitle(words.BIN_TITLE)
        self.setAccessibleName(words.BIN_TITLE)
        about = QLabel(words.BIN_ABOUT.format(bin=BIN_FOLDER), self)
        about.setWordWrap(True)
        self.list = flat_list(self, words.BIN_TITLE, words.BIN_COLUMNS)
        self.list.setAccessibleDescription(words.BIN_OPEN_HINT)
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemActivated.connect(lambda *_: self._restore())
        buttons = QDialogButtonBox(self)
        self.restore = add_sign_button(buttons, "undo", words.BIN_RESTORE, words.BIN_RESTORE_HINT, self._restore,
                                       primary=True)
        self.remove = add_sign_button(buttons, "bin", words.BIN_REMOVE, words.BIN_REMOVE_HINT, self._remove)
        add_close_button(buttons, self)
        self.resting = self.restore, self.remove
        box = QVBoxLayout(self)
        box.setContentsMargins(px(18), px(16), px(18), px(14))
        box.setSpacing(px(10))
        for widget in (about, self.list, self.standing, buttons):
            box.addWidget(widget, 1 if widget is self.list else 0)
        self.resize(dialog_size(self, 900, 420))
        for column, share in enumerate(_SHARES):
            self.list.setColumnWidth(column, round(self.width() * share))
        self.list.setFocus()
        self.refresh()

    def refresh(self, said: str = "") -> None:
        """Look again, away from the window's thread; ``said`` is shown below the list."""
        self.standing.setText(said or words.BIN_LOADING)
        self.work(lambda: book_bin.in_bin(self._homes, self._also), lambda found: self._fill(found, said))

    # ---- inside ----

    def _fill(self, found: Bin, said: str) -> None:
        self.list.clear()
        for one in found.books:
            row = QTreeWidgetItem([one.book.path.stem, one.card.title, one.when, str(one.book.home)])
            row.setData(0, _ONE, one)
            row.setSizeHint(0, QSize(0, self.fontMetrics().height() + px(9)))
            for column in range(len(words.BIN_COLUMNS)):
                row.setToolTip(column, row.text(column))
            row.setToolTip(0, str(one.book.path))
            row.setToolTip(1, marks.COMMA.join((one.card.title, one.card.state)))
            self.list.addTopLevelItem(row)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        away = "".join(words.BIN_AWAY.format(folder=folder) for folder in found.away)
        self.standing.setText(said + away or ("" if found.books else words.BIN_EMPTY))
        self._enable()

    def _chosen(self) -> InBin | None:
        chosen = self.list.selectedItems()
        found: InBin | None = chosen[0].data(0, _ONE) if chosen else None
        return found

    def _enable(self) -> None:
        for button in (self.restore, self.remove):
            button.setEnabled(self._chosen() is not None)

    def rested(self) -> None:
        super().rested()
        self._enable()

    def _restore(self) -> None:
        one = self._chosen()
        if one is not None and not self.busy:
            self.work(lambda: book_bin.bring_back(one.book), self._came_back)

    def _came_back(self, path: Path) -> None:
        self.back.emit(path)
        self.refresh(words.BIN_BACK.format(name=path.stem, folder=path.parent))

    def _remove(self) -> None:
        one = self._chosen()
        if one is not None and not self.busy and self.ask(one):
            self.work(lambda: book_bin.remove(one.book),
                      lambda _: self.refresh(words.BIN_REMOVED.format(name=one.book.path.stem)))

    def _ask(self, one: InBin) -> bool:
        sentence = words.BIN_REMOVE_ASK.format(name=one.book.path.stem, title=one.card.title)
        box = QMessageBox(QMessageBox.Icon.Warning, words.BIN_REMOVE_TITLE, sentence, parent=self)
        yes = box.addButton(words.BIN_REMOVE_YES, QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(t.CANCEL, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.exec()
        return box.clickedButton() is yes
