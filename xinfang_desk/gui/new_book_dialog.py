"""A new book: the name of the county and of the unit; the program chooses the form, says why, and lets it be changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import library, regions
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.packs import PackChoice
from xinfang_desk.gui import settings
from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.county_line import CountyLine
from xinfang_desk.gui.theme import icon
from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import start as words
from xinfang_desk.messages import window as t
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Unit

_CHARACTERS_WIDE = 46
_LINES_OF_WHY = 3
_LINES_HIGH = 23
"""High enough for the list of counties below its line."""
_FRAME = 40
"""Pixels a window's own title bar takes."""


def books_folder() -> Path:
    """Where books are kept: the folder used last, else the user's documents."""
    kept = settings.kept_text("books_folder")
    if kept and Path(kept).is_dir():
        return Path(kept)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()


class NewBookDialog(QDialog):
    """Makes the book file; ``path`` is its place when accepted."""

    def __init__(self, parent: QWidget, today: dt.date | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t.NEW_TITLE)
        self.setAccessibleName(t.NEW_TITLE)
        self.setAccessibleDescription(words.NEW_ABOUT)
        self.path: Path | None = None
        self._folder = books_folder()
        self._form_by_hand = False
        self._prefilled = ""
        today = today or dt.datetime.now().astimezone().date()
        box = self._scrolled()
        about = QLabel(words.NEW_ABOUT, self)
        about.setObjectName("dim")
        box.addWidget(about)
        box.addLayout(self._questions(today))
        box.addWidget(self._choice())
        box.addWidget(self.more)
        box.addWidget(self._details())
        box.addStretch(1)
        self._foot()
        self._fit()
        self._connect()
        self._choose_form()
        self._suggest()
        self.county.setFocus()

    # ---- laid out ----

    def _scrolled(self) -> QVBoxLayout:
        """The questions; with very large type on a small screen they scroll, and the buttons stay in sight."""
        inside = QWidget(self)
        box = QVBoxLayout(inside)
        box.setContentsMargins(22, 18, 22, 4)
        box.setSpacing(12)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(t.NEW_TITLE)
        self._area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area, 1)
        return box

    def _foot(self) -> None:
        self.trouble = QLabel(self)
        self.trouble.setObjectName("refusal")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self._below = foot = QVBoxLayout()
        foot.setContentsMargins(22, 4, 22, 16)
        foot.setSpacing(10)
        foot.addWidget(self.trouble)
        foot.addWidget(self._buttons())
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.addLayout(foot)

    def _fit(self) -> None:
        """As high as the questions need, at least high enough for the list of counties, at most what the screen has."""
        metrics = self.fontMetrics()
        room = self.screen().availableGeometry()
        inside = self._area.widget()
        inside.adjustSize()
        wide = max(metrics.horizontalAdvance(marks.WIDE) * _CHARACTERS_WIDE, inside.sizeHint().width() + 4)
        needed = inside.sizeHint().height() + self._below.sizeHint().height() + 8
        high = max(metrics.lineSpacing() * _LINES_HIGH, needed)
        self.setMinimumSize(min(wide, room.width()), min(metrics.lineSpacing() * _LINES_HIGH, room.height() - _FRAME))
        self.resize(max(self.width(), self.minimumWidth()), min(high, room.height() - _FRAME))

    def _questions(self, today: dt.date) -> QFormLayout:
        self.county = CountyLine(self)
        self.county.setPlaceholderText(words.NEW_COUNTY_HINT)
        self.unit = ComposingLine(self)
        self.unit.setPlaceholderText(words.NEW_UNIT_HINT)
        self.year = ChoiceBox(self)
        for year in regions.offered_years(today):
            self.year.addItem(terms.YEAR.format(year=year), year)
        self.year.setCurrentIndex(self.year.findData(regions.proposed_year(today)))
        return self._rows(((words.NEW_COUNTY, self.county, words.NEW_COUNTY_HELP), (words.NEW_UNIT, self.unit, t.NEW_NAME_MISSING),
                           (words.NEW_YEAR, self.year, "")))

    def _choice(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        self.why = QLabel(card)
        self.why.setWordWrap(True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.why.setMinimumHeight(_LINES_OF_WHY * self.why.fontMetrics().lineSpacing())
        self.kept_as = QLabel(card)
        self.kept_as.setObjectName("dim")
        self.kept_as.setWordWrap(True)
        for label in (self.why, self.kept_as):
            label.setAccessibleName(words.NEW_CHOSEN)
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addWidget(self.why)
        column.addWidget(self.kept_as)
        self.more = QPushButton(icon("next"), words.NEW_MORE, self)
        self.more.setObjectName("link")
        self.more.setCheckable(True)
        self.more.setAutoDefault(False)
        self.more.setAccessibleName(words.NEW_MORE)
        return card

    def _details(self) -> QWidget:
        self.details = QWidget(self)
        self.province = ChoiceBox(self.details)
        self.province.addItem(words.NEW_PROVINCE_NONE, "")
        for province in regions.provinces():
            self.province.addItem(province, province)
        self.pack = ChoiceBox(self.details)
        self._packs = {pack.id: pack for pack in regions.all_packs()}
        for pack in self._packs.values():
            self.pack.addItem(t.PACK_LINE.format(region=pack.region, title=pack.title), pack.id)
        self.kind = ChoiceBox(self.details)
        for kind in UnitKind:
            self.kind.addItem(kind.value, kind)
        self.file = ComposingLine(self.details)
        choose = QPushButton(icon("folder"), t.CHOOSE, self.details)
        choose.setAccessibleName(words.NEW_CHOOSE_FILE)
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        form = self._rows(((words.NEW_PROVINCE, self.province, ""), (words.NEW_PACK, self.pack, ""),
                           (words.NEW_KIND, self.kind, "")))
        place = QHBoxLayout()
        place.addWidget(self.file, 1)
        place.addWidget(choose)
        form.addRow(self._label(words.NEW_FILE, self.file), place)
        form.setContentsMargins(0, 0, 0, 0)
        self.details.setLayout(form)
        self.details.hide()
        return self.details

    def _rows(self, rows: tuple[tuple[str, QWidget, str], ...]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(10)
        for text, widget, help_text in rows:
            form.addRow(self._label(text, widget), widget)
            widget.setAccessibleDescription(help_text)
            widget.setToolTip(help_text)
        return form

    def _label(self, text: str, widget: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setBuddy(widget)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance(words.NEW_COUNTY))
        widget.setAccessibleName(text.split("(&")[0])
        return label

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        make = buttons.addButton(words.NEW_MAKE, QDialogButtonBox.ButtonRole.AcceptRole)
        make.setObjectName("primary")
        make.style().polish(make)
        buttons.addButton(t.CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
        for button in buttons.buttons():
            button.setAccessibleName(button.text())
        buttons.accepted.connect(self._make)
        buttons.rejected.connect(self.reject)
        return buttons

    def _connect(self) -> None:
        self.county.chosen.connect(self._county_chosen)
        self.unit.textEdited.connect(self._unit_typed)
        self.year.currentIndexChanged.connect(lambda _: self._year_changed())
        self.province.activated.connect(lambda _: self._province_by_hand())
        self.pack.activated.connect(lambda _: self._pack_by_hand())
        self.pack.currentIndexChanged.connect(lambda _: self._explain())
        self.file.textChanged.connect(lambda text: self.kept_as.setText(words.NEW_SAVED_AS.format(path=text)))
        self.more.toggled.connect(self._show_details)

    # ---- what follows from what ----

    def _county_chosen(self, county: regions.County | None) -> None:
        if county is None:
            return
        self.trouble.hide()  # what was wrong has been put right, or will be told anew
        self._take_province(county)
        if self.unit.text().strip() in ("", self._prefilled):
            self._prefilled = county.name
            self.unit.setText(county.name)
            self._suggest()
        self.unit.setFocus()
        self.unit.end(False)

    def _unit_typed(self, text: str) -> None:
        self.trouble.hide()
        self._suggest()
        named = None if self.county.text() else regions.named_in(text)
        if named is not None and named != self.county.county:
            self.county.show_county(named)
            self._take_province(named)

    def _take_province(self, county: regions.County) -> None:
        self.province.setCurrentIndex(max(0, self.province.findData(county.province)))
        self._form_by_hand = False
        self._choose_form()

    def _year_changed(self) -> None:
        self._suggest()
        if self._form_by_hand:
            self._explain()
        else:
            self._choose_form()

    def _province_by_hand(self) -> None:
        self._form_by_hand = False
        self._choose_form()

    def _pack_by_hand(self) -> None:
        self._form_by_hand = True
        self._explain()

    def _choose_form(self) -> None:
        form = regions.form_for(self.province.currentData(), self.year.currentData())
        self.pack.setCurrentIndex(self.pack.findData(form.pack.id))
        self._explain()

    def _explain(self) -> None:
        """Say which form it is and why; nothing is claimed before anything was typed."""
        province, year, pack = self.province.currentData(), self.year.currentData(), self._packs[self.pack.currentData()]
        if not province and not self._form_by_hand:
            self.why.setText(words.NEW_NO_COUNTY)
            return
        form = regions.form_for(province, year)
        self.why.setText(form.why if form.pack.id == pack.id else regions.chosen_form(pack, year).why)

    def _suggest(self) -> None:
        if not self.file.isModified():
            self.file.setText(str(library.book_file(self._folder, self.unit.text(), self.year.currentData())))

    def _show_details(self, shown: bool) -> None:
        self.details.setVisible(shown)
        self.more.setIcon(icon("arrow-down" if shown else "next"))
        self._fit()
        if shown:
            self.province.setFocus()
            self._area.ensureWidgetVisible(self.file)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, t.NEW_FILE, self.file.text(), t.BOOK_FILTER)
        if chosen:
            self.file.setText(chosen)
            self.file.setModified(True)

    # ---- made ----

    def _make(self) -> None:
        if not self.county.settle():
            self._complain(words.NEW_COUNTY_UNKNOWN.format(text=self.county.text().strip()), self.county)
            return
        name = self.unit.text().strip()
        county = self.county.county
        if not name:
            self._complain(t.NEW_NAME_MISSING, self.unit)
            return
        if county is not None and name == county.name:
            self._complain(words.NEW_NAME_ONLY_COUNTY.format(county=county.name), self.unit)
            return
        path = self._wanted_path()
        pack = self._packs[self.pack.currentData()]
        unit = Unit(name, kind=self.kind.currentData(), region=self.province.currentData() or _region_of(pack))
        try:
            library.new_book(path, unit, self.year.currentData(), pack.id)
        except DeskError as error:
            self._complain(str(error), self.file)
            return
        except (OSError, ValueError) as error:
            self._complain(words.NEW_FOLDER_UNUSABLE.format(folder=path.parent, reason=error), self.file)
            return
        settings.note_text("books_folder", str(path.parent))
        self.path = path
        self.accept()

    def _wanted_path(self) -> Path:
        """What stands in the line of the file, with the book's ending; the suggested place where it was emptied."""
        typed = self.file.text().strip()
        path = Path(typed) if typed else library.book_file(self._folder, self.unit.text(), self.year.currentData())
        if typed.startswith("~"):
            path = path.expanduser()
        return path if path.suffix == ".xfb" else path.with_name(path.name + ".xfb")

    def _complain(self, sentence: str, where: QWidget) -> None:
        self.trouble.setText(sentence)
        self.trouble.setAccessibleName(sentence)
        self.trouble.show()
        self._fit()
        if where is self.file:
            self.more.setChecked(True)
        where.setFocus()


def _region_of(pack: PackChoice) -> str:
    """The province a pack is for; '' for the national one, which does not say."""
    return "" if pack.region == regions.NATIONAL else pack.region
