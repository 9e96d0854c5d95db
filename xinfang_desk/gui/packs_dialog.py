"""报表包: which there are and where they come from; one is put in from a .zip after it was looked at and tried."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.gui import settings
from xinfang_desk.gui.dialog_buttons import dialog_button
from xinfang_desk.gui.flat_list import flat_list
from xinfang_desk.gui.job import Job
from xinfang_desk.gui.theme import colour, dialog_size, icon, px, watch
from xinfang_desk.messages import pack_install as words
from xinfang_desk.messages import window as t

if TYPE_CHECKING:
    from xinfang_desk.flow.pack_install import Offer, Offered
    from xinfang_desk.flow.packs import PackShown

_DATA = Qt.ItemDataRole.UserRole
_NAME, _REGION, _YEARS, _ORIGIN = range(4)
_FOLDER = "packs_folder"


class PacksDialog(QDialog):
    """``changed``: a pack was put in or taken out. ``ask_file`` and ``ask_remove`` stand for the boxes in tests."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.changed = False
        self.offer: Offer | None = None
        self.ask_file: Callable[[], str] = self._ask_file
        self.ask_remove: Callable[[str], bool] = self._ask_remove
        self._jobs: list[Job] = []
        self._over = False
        self.setWindowTitle(words.TITLE)
        self.setAccessibleName(words.TITLE)
        self.stack = QStackedWidget(self)
        self.listing = _Listing(self)
        self.waiting = _Waiting(self)
        self.telling = _Telling(self)
        for page in (self.listing, self.waiting, self.telling):
            self.stack.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(18), px(16), px(18), px(14))
        box.addWidget(self.stack)
        self.listing.take_in.clicked.connect(self._choose)
        self.listing.remove.clicked.connect(self._remove)
        self.listing.close_button.clicked.connect(self.reject)
        self.waiting.cancel.clicked.connect(self._call_off)
        self.telling.take.clicked.connect(self._take)
        self.telling.back.clicked.connect(lambda: self.fill())
        self.resize(dialog_size(self, 820, 500))
        self.fill()

    def fill(self, said: str = "") -> None:
        """List what there is; ``said`` is what was done before."""
        from xinfang_desk.flow.packs import packs_shown

        self.offer = None
        self.stack.setCurrentWidget(self.listing)
        self.listing.say(said or words.LISTING)
        self._start(lambda _: packs_shown(), lambda shown: self.listing.show_packs(shown, said), self._list_failed)

    def look_into(self, path: Path) -> None:
        """Check a .zip and run its examples; then ask whether it is to be put in."""
        from xinfang_desk.flow.pack_install import look_into

        self.waiting.begin(path.name)
        self.stack.setCurrentWidget(self.waiting)
        self.waiting.cancel.setFocus()
        job = self._start(lambda job: look_into(path, job.told.emit, job.called_off), self._looked, self._failed)
        job.told.connect(self.waiting.stage.setText)

    def settle(self) -> None:
        """Wait for what is being done, without a round of events."""
        while self._jobs:
            self._jobs[0].join()

    def done(self, result: int) -> None:
        """Qt calls this when the dialog ends."""
        self._over = True
        for job in tuple(self._jobs):
            job.settle()
        super().done(result)

    # ---- inside ----

    def _start(self, work: Callable[[Job], object], done: Callable[..., object], failed: Callable[[Exception], object]) -> Job:
        job = Job(work, self)
        self._jobs.append(job)

        def ended() -> None:
            self._jobs.remove(job)
            job.deleteLater()

        def arrived(answer: object, then: Callable[..., object]) -> None:
            ended()
            if not self._over:
                then(answer)

        job.done.connect(lambda answer: arrived(answer, done))
        job.failed.connect(lambda error: arrived(error, failed))
        job.start()
        return job

    def _choose(self) -> None:
        chosen = self.ask_file()
        if chosen:
            settings.note_text(_FOLDER, str(Path(chosen).parent))
            self.look_into(Path(chosen))

    def _ask_file(self) -> str:
        return QFileDialog.getOpenFileName(self, words.FILE_TITLE, settings.kept_text(_FOLDER), words.FILE_FILTER)[0]

    def _call_off(self) -> None:
        self.waiting.cancel.setEnabled(False)
        for job in self._jobs:
            job.call_off()

    def _looked(self, offer: Offer) -> None:
        if offer.already:
            self.fill(words.ALREADY.format(name=offer.path.name))
            return
        self.offer = offer
        self.telling.show_offer(offer)
        self.stack.setCurrentWidget(self.telling)
        (self.telling.take if offer.ok else self.telling.back).setFocus()

    def _take(self) -> None:
        from xinfang_desk.flow.pack_install import install

        offer = self.offer
        if offer is None or not self.telling.take.isEnabled():
            return
        self.telling.take.setEnabled(False)
        self._start(lambda _: install(offer), self._changed, self._failed)

    def _remove(self) -> None:
        from xinfang_desk.flow.pack_install import remove

        shown = self.listing.chosen()
        if shown is not None and shown.installed and self.ask_remove(shown.title):
            self.listing.remove.setEnabled(False)
            self._start(lambda _: remove(shown.id), self._changed, self._failed)

    def _ask_remove(self, title: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, words.REMOVE_TITLE, words.REMOVE_ASK.format(title=title), parent=self)
        yes = box.addButton(words.DO_REMOVE, QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(words.KEEP, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.exec()
        return box.clickedButton() is yes

    def _changed(self, sentence: str) -> None:
        self.changed = True
        self.fill(sentence)

    def _list_failed(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        self.listing.say(str(error))

    def _failed(self, error: Exception) -> None:
        from xinfang_desk.flow.errors import DeskError

        if not isinstance(error, DeskError):
            self.fill()
            raise error
        self.fill(str(error))


class _Listing(QWidget):
    """What there is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        head = QLabel(words.TITLE, self)
        head.setObjectName("pageTitle")
        hint = QLabel(words.HINT, self)
        hint.setWordWrap(True)
        self.list = flat_list(self, words.TITLE, words.COLUMNS)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.setMinimumHeight(self.said.fontMetrics().lineSpacing() * 3)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.take_in = dialog_button(self, words.DO_TAKE_IN, words.DO_TAKE_IN_HINT, "primary")
        self.remove = dialog_button(self, words.DO_REMOVE, words.DO_REMOVE_HINT)
        self.close_button = dialog_button(self, t.CLOSE, "")
        column = _column(self, head, hint, self.list, self.said)
        column.setStretch(2, 1)
        column.addLayout(_row(self.take_in, self.remove, None, self.close_button))
        self.list.itemSelectionChanged.connect(self._enable)
        self._enable()

    def say(self, sentence: str) -> None:
        """A sentence below the list, until another pack is chosen."""
        self.said.setText(sentence)

    def show_packs(self, shown: tuple[PackShown, ...], said: str) -> None:
        """The packs, those put in first."""
        self.list.clear()
        metrics = self.list.fontMetrics()
        for pack in sorted(shown, key=lambda pack: (not pack.installed, pack.region, pack.id)):
            origin = words.ORIGIN_INSTALLED if pack.installed else words.ORIGIN_SHIPPED
            item = QTreeWidgetItem([pack.title, pack.region, pack.years, words.ORIGIN_DAMAGED if pack.problems else origin])
            item.setData(_NAME, _DATA, pack)
            item.setSizeHint(_NAME, QSize(metrics.horizontalAdvance(pack.title) + px(12), metrics.height() + px(8)))
            item.setToolTip(_NAME, pack.title)
            item.setToolTip(_ORIGIN, pack.origin)
            if pack.problems:
                item.setIcon(_ORIGIN, icon("error"))
            self.list.addTopLevelItem(item)
        for column in range(self.list.columnCount() - 1):  # the last takes the room that is left
            self.list.resizeColumnToContents(column)
            self.list.setColumnWidth(column, self.list.columnWidth(column) + px(14))
        self.list.setColumnWidth(_NAME, min(self.list.columnWidth(_NAME), px(430)))
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        if said:
            self.say(said)
        self.list.setFocus()

    def chosen(self) -> PackShown | None:
        """The pack the cursor is on."""
        for item in self.list.selectedItems():
            pack: PackShown = item.data(_NAME, _DATA)
            return pack
        return None

    def _enable(self) -> None:
        pack = self.chosen()
        self.remove.setEnabled(pack is not None and pack.installed)
        if pack is not None:
            parts = [words.DETAIL.format(id=pack.id, origin=pack.origin), *pack.problems,
                     *(words.NOTE.format(note=note) for note in pack.notes[:1] if not pack.problems)]
            self.say("\n".join(parts))


class _Waiting(QWidget):
    """While a .zip is looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.head = QLabel(self)
        self.head.setObjectName("pageTitle")
        self.head.setWordWrap(True)
        hint = QLabel(words.CHECKING_HINT, self)
        hint.setWordWrap(True)
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(words.PROGRESS)
        self.stage = QLabel(self)
        self.stage.setWordWrap(True)
        self.cancel = dialog_button(self, words.CANCEL, words.CALLED_OFF)
        column = _column(self, self.head, hint, bar, self.stage)
        column.addStretch(1)
        column.addLayout(_row(None, self.cancel))

    def begin(self, name: str) -> None:
        """Another .zip."""
        self.head.setText(words.CHECKING.format(name=name))
        self.stage.setText(words.STEP_READING.format(name=name))
        self.cancel.setEnabled(True)


class _Telling(QWidget):
    """What was found in a .zip: it may be put in, or all that is wrong with it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.head = QLabel(self)
        self.head.setObjectName("pageTitle")
        self.head.setWordWrap(True)
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(words.DETAILS)
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.take = dialog_button(self, words.DO_TAKE, "", "primary")
        self.back = dialog_button(self, words.DO_BACK, "")
        self._offer: Offer | None = None
        column = _column(self, self.head, self.hint, self.text)
        column.setStretch(2, 1)
        column.addLayout(_row(None, self.take, self.back))
        watch().changed.connect(self._dress)

    def show_offer(self, offer: Offer) -> None:
        """Tell of it."""
        self._offer = offer
        form = words.OFFER_TITLE if offer.ok else words.FAULT_TITLE
        self.head.setText(form.format(name=offer.path.name, count=len(offer.faults)))
        self.hint.setText(words.CHECKSUM_HINT if offer.ok else words.FAULT_HINT)
        self.take.setVisible(offer.ok)
        self.take.setEnabled(offer.ok)
        back = words.DO_BACK if offer.ok else words.BACK
        self.back.setText(back)
        self.back.setAccessibleName(back)
        self._dress()

    def _dress(self) -> None:
        if self._offer is not None:
            self.text.setHtml(_offer_html(self._offer) if self._offer.ok else _faults_html(self._offer.faults))


def _offer_html(offer: Offer) -> str:
    rows = [(words.FACT_FILE, words.FACT_SIZE.format(path=offer.path, size=f"{offer.size:,}")),
            (words.FACT_CHECKSUM, " ".join(offer.sha256[at:at + 8] for at in range(0, 64, 8)))]
    for pack in offer.packs:
        rows += _pack_rows(pack)
    if offer.ignored:
        rows.append((words.FACT_IGNORED, words.AND.join(offer.ignored)))
    dim = colour("dim").name()
    cells = "".join(f"<tr><td style='color:{dim};white-space:nowrap'>{escape(label)}&nbsp;&nbsp;</td><td>{escape(text)}</td></tr>"
                    for label, text in rows if text)
    return f"<table cellspacing='0' cellpadding='4'>{cells}</table>"


def _pack_rows(pack: Offered) -> list[tuple[str, str]]:
    return [(words.FACT_PACK, words.LINE_BARE.format(id=pack.id, title=pack.title)), (words.FACT_REGION, pack.region),
            (words.FACT_YEARS, pack.years), (words.FACT_REPLACES, pack.replaces), (words.FACT_TRIED, " ".join(pack.lines))]


def _faults_html(faults: tuple[str, ...]) -> str:
    return "".join(f"<p style='margin:3px 0 5px 0'>{escape(fault)}</p>" for fault in faults)


def _column(parent: QWidget, *widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(10))
    for widget in widgets:
        column.addWidget(widget)
    return column


def _row(*buttons: QPushButton | None) -> QHBoxLayout:
    """Buttons in a row; ``None`` takes the room that is left."""
    row = QHBoxLayout()
    for button in buttons:
        if button is None:
            row.addStretch(1)
        else:
            row.addWidget(button)
    return row
