"""The main window: menus, message bar, and either the start page or the workbench of the open book."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from xinfang_desk.gui import opening, settings
from xinfang_desk.gui.actions import fill_menus
from xinfang_desk.gui.appearance import Appearance
from xinfang_desk.gui.clearing import Clearing
from xinfang_desk.gui.document_menu import DocumentMenu
from xinfang_desk.gui.former_banner import FormerBanner
from xinfang_desk.gui.help_commands import HelpCommands
from xinfang_desk.gui.history_commands import HistoryCommands
from xinfang_desk.gui.job import Job, join_left
from xinfang_desk.gui.menus import TOOL_KEYS, menus, tool_commands
from xinfang_desk.gui.message_bar import MessageBar
from xinfang_desk.gui.program_commands import ProgramCommands
from xinfang_desk.gui.rescue import Rescue
from xinfang_desk.gui.start_commands import StartCommands
from xinfang_desk.gui.start_page import StartPage
from xinfang_desk.gui.subject_commands import SubjectCommands
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.gui.tool_bar import ToolBar
from xinfang_desk.gui.year_commands import YearCommands
from xinfang_desk.messages import opening as opening_words
from xinfang_desk.messages import safety
from xinfang_desk.messages import window as t

if TYPE_CHECKING:
    from xinfang_desk.flow.desk import Desk
    from xinfang_desk.gui.find_box import FindBox
    from xinfang_desk.gui.hub import Hub
    from xinfang_desk.gui.piecemeal import Steps
    from xinfang_desk.gui.workbench import Workbench

logger = logging.getLogger(__name__)

_SAVED_CHECK_MS = 150
_TITLE = 36
"""pixels at 100 % that the frame of a window takes above it, and a little more"""


class MainWindow(QMainWindow):
    """Everything heavy (the book, the workbench, even our own model) is imported after the window has been painted
    once: hence the imports inside the methods."""

    def __init__(self) -> None:
        super().__init__()
        self.hub: Hub | None = None
        self._bench: Workbench | None = None
        self._find_box: FindBox | None = None
        self.subjects = SubjectCommands(self)
        self.helping = HelpCommands(self)
        self.rescue = Rescue(self)
        self.years = YearCommands(self)
        self.history = HistoryCommands(self)
        self.program = ProgramCommands(self)
        self.setWindowTitle(t.PROGRAM)
        self.setAccessibleName(t.PROGRAM)
        self.message = MessageBar(self)
        self.start = StartPage(self)
        self._prepared: tuple[Desk, Hub, Workbench] | None = None
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.start)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rescue.bar)
        self.former = FormerBanner(self)
        column.addWidget(self.former)
        column.addWidget(self.message)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(middle)
        self._fill_status()
        self.opening = opening.Opening(self.stack, self._prepare, self)
        self.clearing = Clearing(self)
        self.documents = DocumentMenu(self.open_document_later, self)
        self.documents.aboutToShow.connect(self._list_documents)
        self.appearance = Appearance(self)
        self.appearance.said.connect(self.say)
        self.beginning = StartCommands(self)
        self._commands = fill_menus(self, menus(self))
        self._fill_corner()
        self._saved_timer = QTimer(self)
        self._saved_timer.setSingleShot(True)
        self._saved_timer.setInterval(_SAVED_CHECK_MS)
        self._saved_timer.timeout.connect(self._show_saved)
        for number in range(1, 10):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda n=number: self._show_number(n))
        self.start.new_wanted.connect(self.new_book)
        self.start.open_wanted.connect(self.ask_book)
        self.start.book_wanted.connect(self.open_book_later)
        self.start.sample_wanted.connect(self.new_sample)
        self.history.connect_banner()
        self._restore()
        self._enable()

    # ---- the book ----

    @property
    def bench(self) -> Workbench | None:
        """The workbench of the open book, or ``None``."""
        return self._bench

    @property
    def idle(self) -> bool:
        """Whether no book is open and none is being opened."""
        return self.hub is None and not self.opening.busy

    def open_book(self, path: Path) -> bool:
        """Open a book and wait for it; ``False`` (with a sentence in the message bar) where that fails."""
        former = self.hub
        self.open_book_later(path)
        self.opening.wait()
        return self.hub is not None and self.hub is not former

    def open_book_later(self, path: Path) -> None:
        """Open a book while the window goes on living; where that fails, a sentence is in the message bar."""
        self._open(path, opening.opened(path), opening_words.OPENING)

    def make_book(self, path: Path, make: Callable[[], object]) -> None:
        """Make a book file by ``make`` (away from the window's thread) and open it."""
        self._open(path, opening.made(path, make), opening_words.MAKING, made=True)

    def _prepare(self, desk: Desk) -> Steps:
        """Make all that :meth:`show_desk` shows, unseen, a piece at each step; thrown away where nobody wants it."""
        from xinfang_desk.gui.hub import Hub
        from xinfang_desk.gui.workbench import Workbench

        hub = Hub(desk, self)
        bench = Workbench(hub, self.stack)
        try:
            yield
            yield from bench.make_ready(self.stack.size())
        except BaseException:
            bench.let_go()
            bench.deleteLater()
            hub.deleteLater()
            raise
        self._prepared = desk, hub, bench

    def show_desk(self, desk: Desk) -> None:
        """Show an open desk in place of the former one."""
        from xinfang_desk.flow.documents import KIND_NAMES

        if self._prepared is None or self._prepared[0] is not desk:
            for _ in self._prepare(desk):
                pass
        assert self._prepared is not None
        (_, hub, bench), self._prepared = self._prepared, None
        self.put_book_away()
        self.message.hide()
        self.hub = hub
        hub.said.connect(self.say)
        hub.refused.connect(self.message.tell)
        hub.trouble.connect(self.rescue.show_trouble)
        hub.changed.connect(lambda _: self._saving())
        hub.unit_changed.connect(self._show_unit)
        hub.judged.connect(self._count_findings)
        self._bench = bench
        self.stack.addWidget(self._bench)
        self.stack.setCurrentWidget(self._bench)
        year = desk.year
        self.setWindowTitle(t.TITLE.format(unit=year.unit.name, year=year.year, program=t.PROGRAM,
                                           document=KIND_NAMES[desk.pack.kind],
                                           mode=self.former.show_desk(desk)))
        if desk.read_only and not desk.moment:
            self.message.tell(t.READ_ONLY, "warning")
        self.rescue.tell_notices(desk)
        self.rescue.status.show_desk(desk)
        self._enable()
        self._show_unit()
        self._count_findings()
        self._show_saved()
        self.beginning.opened(desk)
        self._look_at_packs()

    def close_book(self) -> None:
        """Take what is typed, put everything on disk, let the book go, and show the start page."""
        self.put_book_away()
        self.opening.call_off()
        self.opening.settle()

    def leave_book(self) -> None:
        """Ctrl+W: as :meth:`put_book_away`, once the clerk has decided about edits that cannot be saved."""
        if self.rescue.may_leave():
            self.put_book_away()

    def put_book_away(self, *, close: bool = True) -> Desk | None:
        """Take what is typed and show the start page at once; the book is put on disk and closed meanwhile
        (``close``), or is given back to be closed by the caller."""
        bench, hub = self._bench, self.hub
        if hub is None or bench is None:
            return None
        self.commit()
        self.say("")  # what was said was about this book
        self.rescue.status.show_desk(None)
        self.rescue.bar.hide()
        for job in self.findChildren(Job, options=Qt.FindChildOption.FindDirectChildrenOnly):
            job.wait()
        bench.save_layout()
        bench.remember_place()
        bench.let_go()
        hub.rest()
        self.helping.forget_book()
        self.stack.setCurrentWidget(self.start)
        self.stack.removeWidget(bench)
        self.clearing.take(bench, bench.parts())
        if self._find_box is not None:
            self._find_box.deleteLater()
        self._bench, self.hub, self._find_box = None, None, None
        self.former.hide()
        self.setWindowTitle(t.PROGRAM)
        self.saved.setText("")
        self._enable()
        if close:
            # The hub stays until then: it carries over what the saving thread still has to tell.
            self.opening.put_away(hub.desk, lambda: self._book_closed(hub), lambda error: self.rescue.come_back(hub.desk, error))
        else:
            hub.deleteLater()
        return hub.desk

    def _book_closed(self, hub: Hub) -> None:
        hub.deleteLater()
        self.start.refresh()
        if self.start.isVisible():  # else the next book is open already
            self.start.take_focus()

    def ask_book(self) -> None:
        """Let the clerk choose a book file."""
        from PySide6.QtWidgets import QFileDialog

        from xinfang_desk.gui.new_book_dialog import books_folder

        chosen, _ = QFileDialog.getOpenFileName(self, t.OPEN_TITLE, str(books_folder()), t.BOOK_FILTER)
        if chosen:
            settings.note_text("books_folder", str(Path(chosen).parent))
            self.open_book_later(Path(chosen))

    def new_book(self) -> None:
        """Make a new book and open it."""
        from xinfang_desk.flow.errors import DeskError
        from xinfang_desk.gui.new_book_dialog import NewBookDialog

        try:
            dialog = NewBookDialog(self)
        except DeskError as error:
            self.message.tell(str(error))
            return
        if dialog.exec() and dialog.path is not None:
            self.open_book_later(dialog.path)

    def new_sample(self, sample_id: str) -> None:
        """Ask where the sample's book goes, make it and open it."""
        from PySide6.QtWidgets import QFileDialog

        from xinfang_desk.flow import library
        from xinfang_desk.gui.new_book_dialog import books_folder

        suggested = books_folder() / t.SAMPLE_FILE.format(id=sample_id)
        chosen, _ = QFileDialog.getSaveFileName(self, t.SAMPLE_TITLE, str(suggested), t.BOOK_FILTER)
        if chosen:
            self.make_book(Path(chosen), lambda: library.new_sample(sample_id, Path(chosen)))

    def open_document(self, pack: str) -> bool:
        """Show another document of the open year and wait for it; ``False`` where that fails or it is the one that
        is open."""
        self.open_document_later(pack)
        asked = self.opening.busy
        self.opening.wait()
        return asked and self.hub is not None and self.hub.desk.pack.id == pack

    def open_document_later(self, pack: str) -> None:
        """Show another document of the open year while the window goes on living."""
        if self.hub is None or pack == self.hub.desk.pack.id or self.opening.busy or not self.rescue.may_leave():
            return
        title = next((c.title for c in self.hub.desk.documents() if pack in (c.pack, c.kind)), pack)
        former = self.put_book_away(close=False)
        assert former is not None
        trouble: list[Exception] = []

        def shown(desk: Desk) -> None:
            self.show_desk(desk)
            for error in trouble:
                self.message.tell(str(error))

        self.opening.begin(opening_words.SWITCHING.format(name=title), opening.switched(former, pack, trouble), shown,
                           self.tell_failure)

    # ---- commands ----

    def toggle_unit(self) -> None:
        """元 to 万元 and back."""
        from xinfang_desk.model.money import MoneyUnit

        if self.hub is not None:
            self.commit()
            now = self.hub.desk.money_unit
            self.hub.set_unit(MoneyUnit.WAN if now is MoneyUnit.YUAN else MoneyUnit.YUAN)

    def undo(self) -> None:
        """Take the last change back."""
        if self.hub is not None:
            self.commit()
            self.hub.undo()

    def redo(self) -> None:
        """Carry it out again."""
        if self.hub is not None:
            self.commit()
            self.hub.redo()

    def say_saved(self) -> None:
        """Ctrl+S: nothing to do, and the clerk is told so."""
        if self.hub is not None:
            self.commit()
            self.say(t.ALL_SAVED if self.hub.desk.saved() else t.NOT_SAVED)
            self._show_saved()

    def commit(self) -> None:
        """Take what is still only typed."""
        self.on_bench(lambda bench: bench.commit_pending())

    def say(self, sentence: str) -> None:
        """Put a sentence into the status line."""
        self.words.setText(sentence)
        self.words.setToolTip(sentence)

    def on_bench(self, act: Callable[[Workbench], None]) -> None:
        """Do something with the workbench, where a book is open."""
        if self._bench is not None:
            act(self._bench)

    def on_find(self, act: Callable[[FindBox], None]) -> None:
        """Do something with the find box, made when first asked for."""
        if self.hub is None:
            return
        if self._find_box is None:
            from xinfang_desk.gui.find_box import FindBox

            self._find_box = FindBox(self, self.hub)
        self.commit()
        act(self._find_box)

    def walk(self, by: int) -> None:
        """To the next (1) or previous (-1) finding."""
        if self._bench is not None:
            self.commit()
            self._bench.findings.walk(by)

    def toggle_tools(self) -> None:
        """Show the tool bar or put it away."""
        self.tools.toggle()

    def show_kind(self, kind: str) -> None:
        """To the first page of a kind: preview, export."""
        if self._bench is not None:
            page = next((page for page in self._bench.pages if page.kind == kind), None)
            if page is not None:
                self._bench.turn_to(page.id)

    # ---- Qt ----

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.appearance.watch_wheel()

    def closeEvent(self, event: QCloseEvent) -> None:
        settings.note_bytes("geometry", self.saveGeometry())
        if not self.rescue.may_leave():
            event.ignore()
            return
        self.opening.call_off()
        self.put_book_away()
        self.opening.settle(painting=True)
        if self.hub is not None:  # something could not be saved: the book has come back
            event.ignore()
            return
        self.helping.close()
        self.rescue.status.settle()
        join_left()
        event.accept()

    # ---- inside ----

    def _look_at_packs(self) -> None:
        """Before a menu or a dialog asks for them."""
        from xinfang_desk.flow.shelves import listed

        job = Job(lambda _: listed(), self)
        job.failed.connect(lambda error: logger.warning("the packs cannot be listed: %s", error))
        job.start()
        job.leave()

    def _list_documents(self) -> None:
        if self.hub is not None:
            desk = self.hub.desk
            self.documents.show_documents([(choice.pack, choice.title) for choice in desk.documents()], desk.pack.id)

    def _fill_status(self) -> None:
        self.words = QLabel(self)
        self.words.setAccessibleName(t.STATUS)
        self.saved = QLabel(self)
        self.saved.setAccessibleName(t.SAVED_STATE)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.words, 1)
        self.statusBar().addPermanentWidget(self.rescue.status)
        self.statusBar().addPermanentWidget(self.saved)
        watch().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        # Of a fixed size, so that a new word in it lays nothing out anew at every keystroke.
        metrics = self.saved.fontMetrics()
        self.saved.setFixedSize(max(map(metrics.horizontalAdvance, (t.SAVED, t.SAVING, t.READ_ONLY_MARK, safety.UNSAVED_MARK))) + px(12),
                                metrics.height() + px(4))
        self._show_unit()

    def _fill_corner(self) -> None:
        self.unit_button = QPushButton(self)
        self.unit_button.setAccessibleDescription(t.UNIT_BUTTON_HINT)
        self.unit_button.setObjectName("small")
        self.unit_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.unit_button.clicked.connect(self.toggle_unit)
        self.tools = ToolBar(self.unit_button, self)
        self.tools.fill(tool_commands(self), TOOL_KEYS)
        self.addToolBar(self.tools)
        self.menuBar().setAccessibleName(t.MENU_BAR)

    def _restore(self) -> None:
        kept = settings.kept_bytes("geometry")
        if kept is None or not self.restoreGeometry(kept):
            room = self.screen().availableGeometry()
            # The title bar comes on top: with a task bar, 1366 x 768 would lose the status line below the screen.
            self.resize(min(1366, room.width()), min(728, room.height() - _TITLE))

    def _enable(self) -> None:
        for action, command in self._commands:
            action.setEnabled(self.hub is not None or not command.needs_book)
        self.tools.book_opened(self.hub is not None)

    def _show_number(self, number: int) -> None:
        if self._bench is not None:
            pages = self._bench.pages
            if number <= len(pages):
                self._bench.turn_to(pages[number - 1].id)

    def _count_findings(self) -> None:
        if self.hub is not None:
            verdict = self.hub.desk.verdict()
            self.tools.show_findings(verdict.errors + verdict.missing + verdict.warnings)

    def _open(self, path: Path, work: Callable[[Job], Desk], sentence: str, *, made: bool = False) -> None:
        if not self.rescue.may_leave():
            return

        def shown(desk: Desk) -> None:
            self.show_desk(desk)

        failed = self.tell_failure if made else lambda error: self.not_opened(path, error)
        self.opening.begin(sentence.format(name=path.stem), work, shown, failed,
                           lambda: self.say(opening_words.CALLED_OFF.format(name=path.stem)))

    def not_opened(self, path: Path, error: Exception) -> None:
        """Tell why, and offer what can be done."""
        from xinfang_desk.flow.errors import DeskError

        self.tell_failure(error)
        if isinstance(error, DeskError):
            self.rescue.help_open(path, error)

    def tell_failure(self, error: Exception) -> None:
        """What the clerk can mend stands in the message bar; anything else is a surprise to log and tell."""
        from xinfang_desk.flow.errors import DeskError

        if not isinstance(error, DeskError):
            raise error
        self.message.tell(str(error))

    def _saving(self) -> None:
        self.say("")  # what was said before was about another edit
        self.saved.setText(t.SAVING)
        self._saved_timer.start()

    def _show_saved(self) -> None:
        if self.hub is None:
            return
        if self.hub.desk.read_only:
            self.saved.setText(t.READ_ONLY_MARK)
        elif self.hub.desk.saved(0.0):
            self.saved.setText(t.SAVED)
        else:
            if self.hub.desk.trouble is not None:
                self.saved.setText(safety.UNSAVED_MARK)
            self._saved_timer.start()

    def _show_unit(self) -> None:
        if self.hub is not None:
            text = t.UNIT_BUTTON.format(unit=self.hub.desk.money_unit.value)
            self.unit_button.setText(text)
            self.unit_button.setAccessibleName(text)
