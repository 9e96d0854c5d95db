"""A new book: whose, which year, which set of tables, where it is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import library, packs
from xinfang_desk.flow.desk import DeskError
from xinfang_desk.gui import settings
from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.theme import icon
from xinfang_desk.messages import window as t
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Unit


def books_folder() -> Path:
    """Where books are kept: the folder used last, else the user's documents."""
    kept = settings.kept_text("books_folder")
    if kept and Path(kept).is_dir():
        return Path(kept)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()


class NewBookDialog(QDialog):
    """Makes the book file; ``path`` is its place when accepted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(t.NEW_TITLE)
        self.setAccessibleName(t.NEW_TITLE)
        self.path: Path | None = None
        self.unit = QLineEdit(self)
        self.kind = ChoiceBox(self)
        for kind in UnitKind:
            self.kind.addItem(kind.value, kind)
        self.pack = ChoiceBox(self)
        self._packs = packs.usable_packs()
        for pack in self._packs:
            self.pack.addItem(t.PACK_LINE.format(region=pack.region, title=pack.title), pack.id)
        self.year = ChoiceBox(self)
        self.file = QLineEdit(self)
        choose = QPushButton(icon("folder"), t.CHOOSE, self)
        choose.setAccessibleName(f"{t.CHOOSE}{t.NEW_FILE}")
        choose.clicked.connect(self._choose)
        place = QHBoxLayout()
        place.addWidget(self.file, 1)
        place.addWidget(choose)
        form = QFormLayout()
        for label, widget in ((t.NEW_UNIT, self.unit), (t.NEW_KIND, self.kind), (t.NEW_PACK, self.pack),
                              (t.NEW_YEAR, self.year)):
            form.addRow(label, widget)
            widget.setAccessibleName(label)
        form.addRow(t.NEW_FILE, place)
        self.file.setAccessibleName(t.NEW_FILE)
        self.trouble = QLabel(self)
        self.trouble.setObjectName("refusal")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        buttons = QDialogButtonBox(self)
        make = buttons.addButton(t.NEW_MAKE, QDialogButtonBox.ButtonRole.AcceptRole)
        make.setObjectName("primary")
        buttons.addButton(t.CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        for button in buttons.buttons():
            button.setAccessibleName(button.text())
        buttons.accepted.connect(self._make)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addLayout(form)
        box.addWidget(self.trouble)
        box.addWidget(buttons)
        self.resize(560, 260)
        self.pack.currentIndexChanged.connect(lambda _: self._list_years())
        self.unit.textEdited.connect(lambda _: self._suggest())
        self.year.currentIndexChanged.connect(lambda _: self._suggest())
        self._list_years()

    def _list_years(self) -> None:
        self.year.clear()
        if 0 <= self.pack.currentIndex() < len(self._packs):
            first, last = self._packs[self.pack.currentIndex()].years
            for year in range(last, first - 1, -1):
                self.year.addItem(t.YEAR.format(year=year), year)

    def _suggest(self) -> None:
        if not self.file.isModified():
            name = self.unit.text().strip() or t.NEW_UNNAMED
            self.file.setText(str(books_folder() / f"{name}{self.year.currentData() or ''}.xfb"))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, t.NEW_FILE, self.file.text(), t.BOOK_FILTER)
        if chosen:
            self.file.setText(chosen)
            self.file.setModified(True)

    def _make(self) -> None:
        name = self.unit.text().strip()
        if not name:
            self._complain(t.NEW_NAME_MISSING)
            self.unit.setFocus()
            return
        path = Path(self.file.text().strip()).expanduser()
        if path.suffix != ".xfb":
            path = path.with_name(path.name + ".xfb")
        region = next((p.region for p in self._packs if p.id == self.pack.currentData()), "")
        unit = Unit(name, kind=self.kind.currentData(), region=region)
        try:
            library.new_book(path, unit, self.year.currentData(), self.pack.currentData())
        except DeskError as error:
            self._complain(str(error))
            return
        settings.note_text("books_folder", str(path.parent))
        self.path = path
        self.accept()

    def _complain(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()
