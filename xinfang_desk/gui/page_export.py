"""The last page: make the files that are handed over, sign them, check a signed file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.gui import settings
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.field_form import FieldForm
from xinfang_desk.gui.job import Job
from xinfang_desk.gui.page_base import PageWidget, scrolled
from xinfang_desk.gui.piecemeal import Piecemeal
from xinfang_desk.gui.theme import icon, px
from xinfang_desk.messages import window as t
from xinfang_desk.model.edition import MadeFile
from xinfang_desk.model.finding import Place
from xinfang_desk.model.signature import VerifyReport

if TYPE_CHECKING:
    from xinfang_desk.flow.build import Built


class ExportPage(PageWidget):
    """Questions of the page, then 生成, then 核验."""

    wants_sheet = False

    def content(self) -> Iterator[None]:
        self._job: Job | None = None
        self._laying = Piecemeal(self)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        self.form = FieldForm(self.hub, self.page.fields, inside, dense=True)
        self.form.helped.connect(self.helped)
        column.addWidget(self.form)
        yield from self.form.fill()
        column.addWidget(self._build_box(inside))
        yield
        column.addWidget(self._verify_box(inside))
        column.addStretch(1)
        yield
        self.area = scrolled(inside, self.page.title, self)
        self.box.addWidget(self.area, 1)
        yield
        self.hub.judged.connect(self._judged)
        self.finish()
        self._judged()

    # ---- as a page ----

    def commit_pending(self) -> None:
        self.form.commit_pending()

    def reveal(self, place: Place) -> bool:
        found = self.form.reveal(place.address, place.space)
        if found is not None:
            self.area.ensureWidgetVisible(found)
        return found is not None

    def take_focus(self) -> None:
        if not self.form.take_focus():
            self.folder.setFocus()

    def shown(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        """Have tables and text at hand, piece by piece, before anybody asks for the files."""
        self._laying.begin(self.hub.desk.lay_out(), lambda: None)

    # ---- building ----

    def build(self) -> bool:
        """Begin to make the files, in a thread of its own; ``False`` where the book or the key does not allow it."""
        from xinfang_desk.flow import build as building
        from xinfang_desk.flow import keys

        if self._job is not None:
            return False
        self.commit_pending()
        self.made.clear()
        self.made.hide()
        folder = Path(self.folder.text().strip() or str(self.hub.desk.path.parent))
        key_file, passphrase = self.key_file.text().strip(), self.passphrase.text()
        self.passphrase.clear()
        draft = self.draft.isChecked()
        self._laying.stop()
        try:
            edition = building.snapshot(self.hub.desk, draft=draft)
            key = keys.open_key(Path(key_file), passphrase) if key_file else None
        except DeskError as error:
            self._tell(str(error), "error")
            return False
        self._occupy(t.BUILDING)
        self._start(Job(lambda job: building.write(edition, folder, key=key, progress=job.told.emit,
                                                   cancelled=job.called_off), self),
                    lambda files: self._built(folder, building.record(self.hub.desk, edition, files, key)))
        return True

    def verify(self, path: Path) -> bool:
        """Begin to find out who signed a PDF and whether anything changed since."""
        from xinfang_desk.flow import keys

        if self._job is not None:
            return False
        self.report.hide()
        self._occupy(t.VERIFYING.format(name=path.name))
        self._start(Job(lambda _: keys.verify(path), self), lambda report: self._verified(path, report))
        return True

    def cancel(self) -> None:
        """Call the build off; it stops before its next file, and former files stay as they were."""
        if self._job is not None:
            self.cancelled.setEnabled(False)
            self._job.call_off()

    def let_go(self) -> None:
        """A build under way is called off; one that was too far is still recorded in the book."""
        self._laying.stop()
        if self._job is not None:
            self._job.settle()

    # ---- inside ----

    def _build_box(self, parent: QWidget) -> QGroupBox:
        box = QGroupBox(t.BUILD_BOX, parent)
        grid = QGridLayout(box)
        self.folder = self._line(t.FOLDER, settings.kept_text("export_folder") or str(self.hub.desk.path.parent))
        self.key_file = self._line(t.KEY_FILE, "")
        self.key_file.setPlaceholderText(t.KEY_FILE_HINT)
        self.passphrase = self._line(t.PASSPHRASE, "")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText(t.PASSPHRASE_HINT)
        for row, (name, line, choose) in enumerate(((t.FOLDER, self.folder, self._choose_folder),
                                                    (t.KEY_FILE, self.key_file, self._choose_key),
                                                    (t.PASSPHRASE, self.passphrase, None))):
            label = QLabel(name, box)
            label.setBuddy(line)
            grid.addWidget(label, row, 0)
            grid.addWidget(line, row, 1)
            if choose is not None:
                button = QPushButton(icon("folder"), t.CHOOSE, box)
                button.setAccessibleName(f"{t.CHOOSE}{name}")
                button.clicked.connect(choose)
                grid.addWidget(button, row, 2)
        self.draft = QCheckBox(t.DRAFT, box)
        self.draft.setAccessibleName(t.DRAFT)
        self.draft.setAccessibleDescription(t.DRAFT_HINT)
        draft_hint = QLabel(t.DRAFT_HINT, box)
        draft_hint.setObjectName("dim")
        draft_hint.setWordWrap(True)
        self.draft.toggled.connect(lambda _: self._judged())
        self.start = QPushButton(t.BUILD, box)
        self.start.setObjectName("primary")
        self.start.setAccessibleName(t.BUILD)
        self.start.clicked.connect(self.build)
        self.open_folder = QPushButton(icon("folder"), t.OPEN_FOLDER, box)
        self.open_folder.setAccessibleName(t.OPEN_FOLDER)
        self.open_folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text().strip())))
        self.cancelled = QPushButton(t.BUILD_CANCEL, box)
        self.cancelled.setAccessibleName(t.BUILD_CANCEL)
        self.cancelled.clicked.connect(self.cancel)
        self.cancelled.hide()
        choice = QHBoxLayout()
        choice.addWidget(self.draft)
        choice.addWidget(draft_hint, 1)
        grid.addLayout(choice, 3, 0, 1, 3)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.open_folder)
        foot.addWidget(self.cancelled)
        foot.addWidget(self.start)
        grid.addLayout(foot, 4, 0, 1, 3)
        self.progress = QProgressBar(box)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(t.PROGRESS)
        self.progress.hide()
        self.state = QLabel(box)
        self.state.setObjectName("buildState")
        self.state.setWordWrap(True)
        self.made = QListWidget(box)
        self.made.setAccessibleName(t.MADE_FILES)
        self.made.setMaximumHeight(px(130))
        self.made.setWordWrap(True)
        self.made.hide()
        grid.addWidget(self.progress, 5, 0, 1, 3)
        grid.addWidget(self.state, 6, 0, 1, 3)
        grid.addWidget(self.made, 7, 0, 1, 3)
        return box

    def _verify_box(self, parent: QWidget) -> QGroupBox:
        box = QGroupBox(t.VERIFY_BOX, parent)
        column = QVBoxLayout(box)
        self.checked = QPushButton(icon("verify"), t.VERIFY, box)
        self.checked.setAccessibleName(t.VERIFY)
        self.checked.clicked.connect(self._choose_signed)
        line = QHBoxLayout()
        words = QLabel(t.VERIFY_HINT, box)
        words.setObjectName("dim")
        words.setWordWrap(True)
        line.addWidget(words, 1)
        line.addWidget(self.checked)
        self.report = QLabel(box)
        self.report.setObjectName("buildState")
        self.report.setWordWrap(True)
        self.report.hide()
        column.addLayout(line)
        column.addWidget(self.report)
        return box

    def _line(self, name: str, text: str) -> QLineEdit:
        line = ComposingLine(text, self)
        line.setAccessibleName(name)
        return line

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, t.FOLDER, self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _choose_key(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, t.KEY_FILE, "", t.KEY_FILTER)
        if chosen:
            self.key_file.setText(chosen)
            self.passphrase.setFocus()

    def _choose_signed(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, t.VERIFY, self.folder.text(), t.PDF_FILTER)
        if chosen:
            self.verify(Path(chosen))

    def _occupy(self, sentence: str) -> None:
        """Something is under way: say what, and let it be called off."""
        for button in (self.start, self.checked):
            button.setEnabled(False)
        self.cancelled.setEnabled(True)
        self.cancelled.setVisible(True)
        self.progress.show()
        self._tell(sentence, "")

    def _start(self, job: Job, done: Callable[[Any], None]) -> None:
        self._job = job
        job.told.connect(self._say)
        job.done.connect(done)
        job.failed.connect(self._failed)
        job.finished.connect(self._end)
        job.start()

    def _end(self) -> None:
        """After what came out has been shown."""
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        self.progress.hide()
        self.cancelled.hide()
        for button in (self.start, self.checked):
            button.setEnabled(True)

    def _built(self, folder: Path, built: Built) -> None:
        settings.note_text("export_folder", str(folder))
        for file in built.files:
            self.made.addItem(_made_text(file))
        self.made.show()
        self._tell(t.BUILT_DRAFT if built.draft else (t.BUILT_SAME if built.same else t.BUILT).format(
            number=built.number), "ready")

    def _verified(self, path: Path, report: VerifyReport) -> None:
        self.report.setText("\n".join([t.VERIFIED.format(name=path.name), report.verdict_sentence, *report.lines]))
        self.report.setAccessibleName(self.report.text())
        self.report.setProperty("state", "ready" if report.ok else "error")
        self.report.style().unpolish(self.report)
        self.report.style().polish(self.report)
        self.report.show()
        self._judged()
        if not self.made.isHidden():
            self._tell(t.VERIFIED.format(name=path.name), "ready" if report.ok else "error")
        # Once it has been laid out: before, there is nowhere to scroll to.
        QTimer.singleShot(0, lambda: self.area.ensureWidgetVisible(self.report))

    def _failed(self, error: Exception) -> None:
        """What the clerk can mend is told here; anything else is a surprise for the window to log and tell."""
        if isinstance(error, DeskError):
            self._tell(str(error), "error")
            return
        self._judged()
        raise error

    def _say(self, sentence: str) -> None:
        self.state.setText(sentence)

    def _tell(self, sentence: str, state: str) -> None:
        self.state.setText(sentence)
        self.state.setProperty("state", state)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)

    def _judged(self) -> None:
        if self.isVisible():
            self._lay_out()
        if self._job is None and self.made.isHidden():
            verdict = self.hub.desk.verdict()
            self._tell(verdict.sentence if verdict.ready or not self.draft.isChecked() else t.DRAFT_ANYWAY,
                       "ready" if verdict.ready else "open")


def _made_text(file: MadeFile) -> str:
    pages = t.MADE_PAGES.format(pages=file.pages) if file.pages else ""
    return t.MADE_FILE.format(kind=t.MADE_KINDS.get(file.kind, file.kind), name=Path(file.path).name,
                              size=max(1, round(file.size / 1024)), pages=pages)
