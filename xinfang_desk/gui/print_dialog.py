"""What to print, on which printer and paper; it remembers, shows how far it is, and can be stopped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import printing
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.preview import PrintPreview
from xinfang_desk.flow.printing import Planned, What
from xinfang_desk.gui import print_setup, settings
from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.job import Job
from xinfang_desk.gui.press import press_of
from xinfang_desk.gui.print_setup import Setup, Sides, keep_setup, kept_setup
from xinfang_desk.gui.print_work import Stopped, print_pages
from xinfang_desk.gui.theme import px
from xinfang_desk.messages import marks
from xinfang_desk.messages import printing as words
from xinfang_desk.model.pages import PagesMap

_WHATS: tuple[What, ...] = ("all", "table", "text", "pages")
_MOST_COPIES = 99


class _Copies(QSpinBox):
    """The wheel changes no number."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class PrintDialog(QDialog):
    """``finished_printing``: what came of it, in a sentence. ``make`` makes a printer from its name."""

    finished_printing = Signal(str)

    def __init__(self, hub: Hub, table: str, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._hub = hub
        self._table = table
        self._job: Job | None = None
        self.make = print_setup.make_printer
        self.press = press_of(hub)
        self._kept = kept_setup(hub.desk.pack.kind)
        self.setWindowTitle(words.TITLE)
        self.setAccessibleName(words.TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_fields()
        self._make_foot()
        self._lay_out()
        self._fill_in()
        self.press.renewed.connect(self._show_pages)
        # Bound methods: the press lives on after the dialog, and would call a lambda still.
        self.press.setting.connect(self._set)
        self.press.failed.connect(self._tell)
        self.press.watch(self)
        self._show_pages()

    # ---- what is chosen ----

    @property
    def what(self) -> What:
        """What is to be printed."""
        return next((what for what, button in self.whats.items() if button.isChecked()), "all")

    @property
    def setup(self) -> Setup:
        """The set-up as it stands."""
        sides: Sides = self.sides.currentData() if self.sides.isEnabled() else "one"
        return Setup(self.printer.currentText(), sides, self.on_a4.isChecked(), self.what)

    def wanted(self) -> tuple[int, ...]:
        """The pages to be printed. Raises :class:`DeskError`."""
        pages = self._map()
        return () if pages is None else printing.pages_of(
            pages, self.what, sheet=str(self.table.currentData() or ""), typed=self.pages.text())

    def planned(self) -> tuple[Planned, ...]:
        """The same with paper and orientation. Raises :class:`DeskError`."""
        pages = self._map()
        return () if pages is None else printing.plan(pages, self.wanted(), large_on_a4=self.on_a4.isChecked())

    # ---- doing it ----

    def start(self) -> bool:
        """Print in the background. ``False`` (and a sentence in the dialog) where that cannot begin."""
        preview = self._preview()
        if preview is None or self._job is not None:
            return False
        try:
            planned = self.planned()
        except DeskError as error:
            self._tell(str(error))
            return False
        if not planned:
            return False
        keep_setup(self._hub.desk.pack.kind, self.setup)
        name, copies = self.printer.currentText(), self.copies.value()
        printer = self.make(name)
        print_setup.prepare(printer, preview.edition.title, copies, self.setup.sides, planned[0])
        self._job = job = Job(lambda job: print_pages(printer, preview, planned, copies, job.told.emit, job.called_off), self)
        job.told.connect(self._progressed)
        job.done.connect(lambda count: self._done(words.DONE.format(printer=name, count=count)))
        job.failed.connect(self._failed)
        self._show_busy(len(planned))
        job.start()
        return True

    def save(self) -> None:
        """Ask where the chosen pages go as a PDF, and put them there."""
        preview = self._preview()
        if preview is None:
            return
        try:
            wanted = self.wanted()
        except DeskError as error:
            self._tell(str(error))
            return
        name = preview.edition.names.get("document", f"{preview.edition.title}.pdf")
        folder = Path(settings.kept_text("print_folder") or self._hub.desk.path.parent)
        chosen, _ = QFileDialog.getSaveFileName(self, words.SAVE_TITLE, str(folder / name), words.PDF_FILTER)
        if chosen:
            self.save_to(Path(chosen), wanted)

    def save_to(self, target: Path, wanted: tuple[int, ...]) -> None:
        """Put these pages into a PDF file, in the background."""
        preview = self._preview()
        if preview is None or self._job is not None:
            return
        settings.note_text("print_folder", str(target.parent))
        self._job = job = Job(lambda _: printing.save_pdf(preview, wanted, target), self)
        job.done.connect(lambda _: self._done(words.SAVED.format(file=target.name, count=len(wanted))))
        job.failed.connect(self._failed)
        self._show_busy(0)
        job.start()

    # ---- Qt ----

    def reject(self) -> None:
        """Cancel: while something is printed, that is stopped first."""
        if self._job is not None:
            self._job.call_off()
            self.state.setText(words.STOPPING)
            self.cancel.setEnabled(False)
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self.reject()
            event.ignore()
            return
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """The dialog goes; nobody has to keep pages up to date for it any more."""
        self.press.unwatch(self)
        super().done(result)

    # ---- inside: making ----

    def _make_fields(self) -> None:
        self.printer = ChoiceBox(self)
        self.printer.setAccessibleName(words.PRINTER)
        self.printer.addItems(print_setup.printers())
        self.no_printer = QLabel(words.NO_PRINTER, self)
        self.no_printer.setWordWrap(True)
        self.whats = {what: QRadioButton(self) for what in _WHATS}
        group = QButtonGroup(self)
        for button in self.whats.values():
            group.addButton(button)
            button.toggled.connect(lambda _: self._show_choice())
        self.table = ChoiceBox(self)
        self.table.setAccessibleName(words.TABLE_NAME)
        self.table.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.table.setMinimumContentsLength(20)
        self.pages = ComposingLine(self)
        self.pages.setAccessibleName(words.PAGES_NAME)
        self.pages.setPlaceholderText(words.PAGES_HINT)
        self.copies = _Copies(self)
        self.copies.setAccessibleName(words.COPIES)
        self.copies.setRange(1, _MOST_COPIES)
        self.sides = ChoiceBox(self)
        self.sides.setAccessibleName(words.SIDES)
        for text, value in ((words.ONE_SIDE, "one"), (words.LONG_EDGE, "long"), (words.SHORT_EDGE, "short")):
            self.sides.addItem(text, value)
        self.on_a3 = QRadioButton(words.LARGE_A3, self)
        self.on_a4 = QRadioButton(words.LARGE_A4, self)
        sizes = QButtonGroup(self)
        sizes.addButton(self.on_a3)
        sizes.addButton(self.on_a4)
        self.printer.currentIndexChanged.connect(lambda _: self._show_printer())
        self.table.activated.connect(lambda _: self._choose("table"))
        self.pages.textEdited.connect(lambda _: self._choose("pages"))
        self.copies.valueChanged.connect(lambda _: self._show_choice())
        self.on_a4.toggled.connect(lambda _: self._show_choice())

    def _make_foot(self) -> None:
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.draft = QLabel(words.DRAFT, self)
        self.draft.setObjectName("refusal")
        self.draft.setWordWrap(True)
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName(words.PROGRESS)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.save_button = QPushButton(words.SAVE, self)
        self.print_button = QPushButton(words.PRINT, self)
        self.cancel = QPushButton(words.CANCEL, self)
        for button in (self.save_button, self.print_button, self.cancel):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.start)
        self.cancel.clicked.connect(self.reject)
        if not self.printer.count():
            self.save_button.setDefault(True)
        else:
            self.print_button.setObjectName("primary")
            self.print_button.setDefault(True)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget, list[QWidget]]] = [
            (words.PRINTER, self.printer, [self.printer if self.printer.count() else self.no_printer]),
            (words.RANGE, self.whats["all"], [self.whats["all"]]),
            ("", self.table, [self.whats["table"], self.table]),
            ("", self.whats["text"], [self.whats["text"]]),
            ("", self.pages, [self.whats["pages"], self.pages]),
            (words.COPIES, self.copies, [self.copies]),
            (words.SIDES, self.sides, [self.sides]),
            (words.LARGE, self.on_a3, [self.on_a3, self.on_a4])]
        for number, (name, buddy, widgets) in enumerate(rows):
            if name:
                label = QLabel(name, self)
                label.setBuddy(buddy)
                grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line = QHBoxLayout()
            for widget in widgets:
                line.addWidget(widget, int(widget in (self.table, self.pages, self.no_printer, self.printer)))
            if not any(line.stretch(i) for i in range(line.count())):
                line.addStretch(1)
            grid.addLayout(line, number, 1)
        self.printer.setVisible(self.printer.count() > 0)
        self.no_printer.setVisible(not self.printer.count())
        remembered = QLabel(words.REMEMBERED, self)
        remembered.setObjectName("dim")
        remembered.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.print_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 14)
        box.setSpacing(10)
        box.addLayout(grid)
        for widget in (self.summary, self.draft, remembered, self.state, self.progress):
            box.addWidget(widget)
        box.addStretch(1)
        box.addLayout(buttons)
        self.setMinimumWidth(px(520))
        self.no_printer.setMinimumHeight(self.no_printer.heightForWidth(px(380)))

    def _fill_in(self) -> None:
        kept = self._kept
        self.printer.setCurrentIndex(max(0, self.printer.findText(kept.printer)))
        self.sides.setCurrentIndex(max(0, self.sides.findData(kept.sides)))
        (self.on_a4 if kept.large_on_a4 else self.on_a3).setChecked(True)
        what = kept.what if kept.what != "pages" and (kept.what != "table" or self._table) else "all"
        self.whats[what].setChecked(True)
        self._show_printer()

    # ---- inside: showing ----

    def _map(self) -> PagesMap | None:
        return self.press.map if self._preview() is not None else None

    def _preview(self) -> PrintPreview | None:
        """The document as the book stands now: never a former one."""
        return None if self.press.stale or self.press.busy else self.press.preview

    def _show_pages(self) -> None:
        """The pages are laid out: how many there are, and which tables."""
        pages = self._map()
        texts: dict[What, str] = {
            "all": words.EVERY, "table": words.TABLE, "text": words.TEXT.partition(marks.BRACKET)[0], "pages": words.PAGES}
        if pages is not None:
            count = len(printing.pages_of(pages, "text"))
            texts |= {"all": words.ALL.format(count=len(pages.pages)), "text": words.TEXT.format(count=count)}
            self.table.clear()
            for page in pages.pages:
                if page.sheet and not page.part:
                    self.table.addItem(page.title, page.sheet)
            base = [i for i in range(self.table.count())
                    if str(self.table.itemData(i)).split("#")[0] == self._table.split("#")[0]]
            exact = self.table.findData(self._table)
            self.table.setCurrentIndex(exact if exact >= 0 else base[0] if base else 0)
            self.whats["text"].setEnabled(count > 0)
        for what, text in texts.items():
            self.whats[what].setText(text)
            self.whats[what].setAccessibleName(text)
        self._show_choice()

    def _set(self, _: bool) -> None:
        self._show_pages()

    def _show_printer(self) -> None:
        name = self.printer.currentText()
        both = bool(name) and print_setup.can_duplex(name)
        self.sides.setEnabled(both)
        self.sides.setToolTip("" if both or not name else words.ONE_SIDE_ONLY)
        self.sides.setAccessibleDescription(self.sides.toolTip())

    def _choose(self, what: What) -> None:
        self.whats[what].setChecked(True)
        self._show_choice()

    def _show_choice(self) -> None:
        """What would be printed now, in a sentence."""
        if self._job is not None:
            return
        edition = self.press.edition
        ready = self._map() is not None
        self.draft.setVisible(ready and edition is not None and edition.draft)
        enough = False
        if not ready:
            self.summary.setText(words.SETTING)
        else:
            try:
                planned = self.planned()
                enough = bool(planned)
                self.summary.setText(printing.summary(planned, self.copies.value()) if planned else "")
            except DeskError as error:
                self.summary.setText(str(error))
        self.print_button.setEnabled(enough and self.printer.count() > 0)
        self.save_button.setEnabled(enough)

    def _show_busy(self, steps: int) -> None:
        self.progress.setRange(0, steps)  # 0 to 0: busy, for how long is not known
        self.progress.setValue(0)
        self.progress.show()
        self.cancel.setText(words.STOP)
        self.cancel.setAccessibleName(words.STOP)
        for widget in self._choices():
            widget.setEnabled(False)

    def _choices(self) -> list[QWidget]:
        return [self.printer, *self.whats.values(), self.table, self.pages, self.copies, self.sides, self.on_a3,
                self.on_a4, self.save_button, self.print_button]

    def _progressed(self, sentence: str) -> None:
        self.progress.setValue(self.progress.value() + 1)
        self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        self.state.setText(sentence)
        self.state.setAccessibleName(sentence)

    def _end_job(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

    def _done(self, sentence: str) -> None:
        self._end_job()
        self._hub.said.emit(sentence)
        self.finished_printing.emit(sentence)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._end_job()
        if not isinstance(error, DeskError):
            raise error
        if isinstance(error, Stopped):
            self._hub.said.emit(str(error))
        self.progress.hide()
        self.cancel.setText(words.CANCEL)
        self.cancel.setAccessibleName(words.CANCEL)
        self.cancel.setEnabled(True)
        for widget in self._choices():
            widget.setEnabled(True)
        self._show_printer()
        self._show_choice()
        self._tell(str(error))
        self.finished_printing.emit(str(error))
