"""A clerk's day: sample 004 typed into an empty book, by keyboard alone, to the signed PDF.

What is typed is read from the sample; the program is only looked at, never told anything but by keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from tests.tour.scenes import Scenes
from tests.tour.typist import Camera, Script, Stuck, focus, nothing, press, until, write
from xinfang_desk.flow.forms import field_text
from xinfang_desk.flow.grid import GridColumn, cell_text, edit_text
from xinfang_desk.gui.approved_strip import ApprovedStrip
from xinfang_desk.gui.fact_source import FactSource
from xinfang_desk.gui.field_editors import FlagEditor
from xinfang_desk.gui.field_row import FieldRow
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.grid_source import RecordSource
from xinfang_desk.gui.grid_view import GridView
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.new_book_dialog import NewBookDialog
from xinfang_desk.gui.page_export import ExportPage
from xinfang_desk.gui.page_list import ListPage, ProjectsPage
from xinfang_desk.gui.page_preview import PreviewPage
from xinfang_desk.gui.page_priors import PriorsPage
from xinfang_desk.gui.prior_source import PriorSource
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.messages import look
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.money import MoneyUnit, format_amount

_MOST_TABS = 400


@dataclass
class Day:
    """The script with what it works on: the window, the sample to be typed, the folder, the key and its passphrase."""

    window: MainWindow
    wanted: Year
    county: str
    folder: Path
    key: Path
    passphrase: str
    camera: Camera
    told: Callable[[str], None] = lambda _: None
    """Told the title of each page as its turn comes."""
    result: Year | None = None
    """what stood in the book at the end"""
    ready: bool = False
    report: str = ""
    """what the program said of the signature"""

    # ---- the whole ----

    def script(self) -> Script:
        """From the start page to the verified signature."""
        yield from self.camera.shoot("01-start")
        yield from self.new_book()
        for page in self.bench.pages:
            self.told(page.title)
            yield from self.to_page(page.id)
            yield from self.page(page.id)
            if page.id not in ("review", "preview", "export"):
                yield from self.settled()
                yield from self.camera.shoot(self.name_of(page.id))
            if page.id == "notes":
                yield from Scenes(self).script()
        yield from self.sign()
        desk = self.bench.hub.desk
        self.result, self.ready = desk.year, desk.verdict().ready
        yield from Scenes(self).practising()

    def to_page(self, page_id: str) -> Script:
        """Ctrl+Tab until the page is in front."""
        for _ in self.bench.pages:
            if self.bench.current().page.id == page_id:
                return
            yield press("Ctrl+Tab")
            yield from until(lambda: not self.bench.turning.active, "a page that comes")
        assert self.bench.current().page.id == page_id

    @property
    def bench(self) -> Workbench:
        """The open book's workbench."""
        assert self.window.bench is not None
        return self.window.bench

    @property
    def year(self) -> Year:
        """The year as the program has it."""
        return self.bench.hub.desk.year

    def name_of(self, page: str) -> str:
        """The picture of a page: its number in the list at the left, two on, and its id."""
        number = [one.id for one in self.bench.pages].index(page) + 3
        return f"{number:02d}-{page}"

    def settled(self) -> Script:
        """Everything typed is saved and the verdict is in."""
        yield from until(lambda: self.bench.hub.desk.saved(0.0), "the last edit is on disk")
        for _ in range(4):
            yield nothing

    # ---- a new book ----

    def new_book(self) -> Script:
        """Ctrl+N, the county by its initials, the unit's name."""
        yield press("Ctrl+N")
        yield from until(lambda: isinstance(QApplication.activeModalWidget(), NewBookDialog), "the dialog of a new book")
        dialog = cast(NewBookDialog, QApplication.activeModalWidget())
        yield from until(dialog.county.hasFocus, "the cursor is in the name of the county")
        yield write(self.county)
        yield nothing
        yield from self.camera.shoot("02-new-book")
        yield press("Return")
        yield press("Ctrl+A")
        yield write(self.wanted.unit.name)
        yield press("Tab")
        box = focus()
        assert isinstance(box, QComboBox)
        for _ in range(box.count()):
            if box.currentData() != self.wanted.year:
                yield press("Down" if box.currentData() > self.wanted.year else "Up")
        assert box.currentData() == self.wanted.year
        yield press("Return")
        yield from until(lambda: self.window.bench is not None, "the new book is open")
        assert self.year.pack == self.wanted.pack, self.year.pack
        assert not self.year.lines

    # ---- pages ----

    def page(self, page_id: str) -> Script:
        """Fill in the page in front."""
        assert self.bench.current().page.id == page_id, (self.bench.current().page.id, page_id)
        page = self.bench.current()
        if page_id == "review":
            yield from self.answer_warnings()
        elif isinstance(page, ProjectsPage):
            yield from self.projects(page)
        elif isinstance(page, ListPage):
            yield from self.records(page.panes[page.page.kind], list(self.wanted_records(page)))
            yield from self.other_tab(page)
        elif isinstance(page, PriorsPage):
            yield from self.priors(page)
        elif isinstance(page, PreviewPage):
            yield from self.preview(page)
        else:
            yield from self.form(page)

    def preview(self, page: PreviewPage) -> Script:
        """The pages as they will print."""
        for _ in range(page.tabs.count()):
            if page.tabs.currentWidget() is not page.pages:
                yield press("Ctrl+PgDown")
        yield from until(lambda: page.pages.press.map is not None and not page.pages.press.busy, "the pages are laid out")
        yield from self.camera.wait_for_pages()
        yield from self.camera.shoot("19-preview")

    def wanted_records(self, page: ListPage) -> list[Any]:
        """The sample's records that belong on a page."""
        records = getattr(self.wanted, page.page.kind).values()
        kinds = page.page.kinds if page.page.kind == "lines" else ()
        return [record for record in records if not kinds or record.kind.value in kinds]

    def other_tab(self, page: ListPage) -> Script:
        """The page's other questions stand in a second tab."""
        if page.tabs is None:
            return
        yield press("Ctrl+PgDown")
        yield from self.settled()
        first = page.form.first() if page.form is not None else None
        yield from self.tab_to(lambda: focus() is first or (first is not None and first.isAncestorOf(focus())), "second tab")
        yield from self.form(page)
        yield press("Ctrl+PgDown")

    # ---- questions ----

    def form(self, page: QWidget) -> Script:
        """Tab from question to question until the round is made, and answer what the sample answers."""
        met: set[int] = set()
        for _ in range(_MOST_TABS):
            row, view = self.question(page), self.table(page)
            if row is not None and id(row) not in met:
                met.add(id(row))
                yield from self.answer(row)
            elif view is not None and id(view) not in met:
                met.add(id(view))
                yield from self.fact_table(view)
            asked = self.asked(page)
            if asked <= met:
                return
            yield from self.onward()
        raise Stuck(f"not every question was reached by Tab: {len(self.asked(page) - met)} left")

    def onward(self) -> Script:
        """To the next widget: Tab, and out of a table by its last cell, as its help says."""
        view = focus()
        if isinstance(view, GridView):
            last = max(column for column in range(len(view.grid_model.columns)) if not view.isColumnHidden(column))
            yield from self.go(view, view.grid_model.rowCount() - 1, last)
        yield press("Tab")

    def asked(self, page: QWidget) -> set[int]:
        """The questions of a page that are visible now."""
        rows = [row for row in page.findChildren(FieldRow) if row.isVisible() and not _within(row, page, ApprovedStrip)]
        views = [pane.view for pane in page.findChildren(GridPane)
                 if pane.isVisible() and isinstance(pane.model.source, FactSource)]
        return {id(one) for one in (*rows, *views)}

    def question(self, page: QWidget) -> FieldRow | None:
        """The question the focus is in."""
        here = focus()
        return next((row for row in page.findChildren(FieldRow) if row is here or row.isAncestorOf(here)), None)

    def table(self, page: QWidget) -> GridView | None:
        """The table of a question the focus is in."""
        widget = focus()
        return widget if isinstance(widget, GridView) and isinstance(widget.grid_model.source, FactSource) else None

    def answer(self, row: FieldRow) -> Script:
        """Type the sample's answer."""
        text = field_text(self.wanted, row.field, MoneyUnit.YUAN)
        if text == row.editor.text():
            return
        widget = focus()
        if isinstance(row.editor, FlagEditor):
            wanted = row.editor.buttons[text]
            for _ in range(3):
                if focus() is not wanted:
                    yield press("Right")
            assert focus() is wanted
            yield press("Space")
        elif isinstance(widget, QComboBox):
            for _ in range(widget.count()):
                if widget.currentText() != text:
                    yield press("Down")
        else:
            yield press("Ctrl+A")
            yield write(text)
        assert not isinstance(widget, QRadioButton) or row.editor.text() == text

    def fact_table(self, view: GridView) -> Script:
        """Type a table-valued answer cell by cell."""
        source = view.grid_model.source
        assert isinstance(source, FactSource)
        stored = self.wanted.facts.get(source.field.address)
        rows = stored if isinstance(stored, tuple) else ()
        for at, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if text:
                    yield from self.cell(view, at, column, text)

    # ---- tables ----

    def unfold(self, view: GridView) -> Script:
        """更多栏: the columns that were put away as empty come back."""
        pane = next(one for one in self.bench.current().findChildren(GridPane) if one.view is view)
        more = next(button for button in pane.findChildren(QPushButton) if look.MORE_COLUMNS in button.text())
        yield from self.tab_to(_at(more), look.MORE_COLUMNS)
        yield press("Space")

    def go(self, view: GridView, row: int, column: int) -> Script:
        """To a cell by arrow keys."""
        if view.isColumnHidden(column):
            yield from self.unfold(view)
        if focus() is not view:
            yield from self.tab_to(lambda: focus() is view, f"table {view.accessibleName()}")
        for _ in range(600):
            index = view.currentIndex()
            if (index.row(), index.column()) == (row, column):
                return
            if index.row() != row:
                yield press("Down" if index.row() < row else "Up")
            else:
                yield press("Right" if index.column() < column else "Left")
        raise Stuck(f"cell {row},{column} of {view.accessibleName()} not reached")

    def cell(self, view: GridView, row: int, column: int, text: str) -> Script:
        """Type into a cell; a tick by the space bar."""
        spec = view.grid_model.columns[column]
        yield from self.go(view, row, column)
        if spec.type == "flag":
            if (view.grid_model.source.text(row, column) == "✓") != (text in ("✓", "是")):
                yield press("Space")
            return
        if not text:
            yield press("Delete")
            return
        yield write(text[:1])
        yield nothing
        if len(text) > 1:
            yield write(text[1:])
        yield press("Return")
        if focus() is not view:
            shown = focus()
            raise Stuck(f"“{text}” was not taken in {view.accessibleName()} {row},{column} ({spec.title}): "
                        f"{type(shown).__name__} {self.window.words.text()}")

    def records(self, pane: GridPane, wanted: list[Any], first: int = 0) -> Script:
        """Type records, each on a row of its own."""
        source = pane.model.source
        assert isinstance(source, RecordSource)
        for at, record in enumerate(wanted, first):
            yield from self.record(pane.view, source, at, record)
            # A new row takes some things over from the one above: what is otherwise here is put right.
            yield from self.record(pane.view, source, at, record)
            assert source.count() == at + 1, (source.count(), at)

    def record(self, view: GridView, source: RecordSource, at: int, record: Any) -> Script:
        """Type what a row does not say yet."""
        for column, spec in enumerate(source.columns):
            text = self.typed(record, spec)
            shown = source.text(at, column) if at < source.count() else ""
            target = cell_text(record, spec, self.bench.hub.desk.codes, MoneyUnit.YUAN, self.wanted)
            if shown != target and (text or at < source.count()):
                yield from self.cell(view, at, column, text)

    def typed(self, record: Any, spec: GridColumn) -> str:
        """What one types for a field: the code, the amount, the words of a choice, the project's name."""
        if spec.type in ("choice", "project", "flag"):
            return cell_text(record, spec, self.bench.hub.desk.codes, MoneyUnit.YUAN, self.wanted)
        return edit_text(record, spec, MoneyUnit.YUAN)

    def projects(self, page: ProjectsPage) -> Script:
        """The projects, and below each its lines; then the second tab."""
        projects, lines = page.panes["projects"], page.panes["lines"]
        for at, project in enumerate(self.wanted.projects.values()):
            yield from self.records(projects, [project], at)
            yield from self.go(projects.view, at, 0)
            own = [line for line in self.wanted.lines.values() if line.project == project.id]
            yield from self.tab_to(lambda: focus() is lines.view, "the lines of the project")
            yield from self.records(lines, own)
        yield from self.other_tab(page)

    def priors(self, page: PriorsPage) -> Script:
        """Last year's figures and the reasons; accounts that are gone are added by their code."""
        source, view = page.source, page.pane.view
        assert isinstance(source, PriorSource)
        for address in self.wanted.priors:
            space, _, code = address.partition(".")
            if space in ("function", "econ_dept", "econ_gov") and source.place_of(address) is None:
                yield from self.cell(view, source.count(), 0, code)
        for at in range(source.count()):
            row = source.rows[at]
            if row.prior in self.wanted.priors:
                amount = format_amount(self.wanted.priors[row.prior], MoneyUnit.YUAN, trim=True)
                yield from self.cell(view, at, 2, amount)
            reason = self.wanted.facts.get(row.reason)
            if isinstance(reason, str):
                yield from self.cell(view, at, 3, reason)
        if page.form is not None:
            yield from self.form(page)

    # ---- the end ----

    def answer_warnings(self) -> Script:
        """Every warning the sample answers gets its 说明."""
        for _ in range(60):
            findings = [f for f in self.bench.hub.desk.findings() if f.unanswered and f.key in self.wanted.explanations]
            if not findings:
                break
            yield from self.explain(findings[0].key)
        yield from self.camera.shoot("18-review")

    def explain(self, key: str) -> Script:
        """To a finding in the list, to its answer by Tab, the words, Ctrl+Return."""
        from xinfang_desk.gui.page_review import ReviewPage

        page = self.bench.current()
        assert isinstance(page, ReviewPage)
        yield from self.tab_to(lambda: focus() is page.list, "the findings")
        yield press("Home")
        for _ in range(200):
            current = page.list.current()
            if current is not None and current.key == key:
                break
            yield press("Down")
        yield from self.tab_to(lambda: focus() is page.detail.answer, "the answer")
        yield press("Ctrl+A")
        yield write(self.wanted.explanations[key])
        yield press("Ctrl+Return")
        yield from self.settled()

    def sign(self) -> Script:
        """The files, the signature, and its proof."""
        page = self.bench.current()
        assert isinstance(page, ExportPage)
        for line, text in ((page.folder, str(self.folder)), (page.key_file, str(self.key)),
                           (page.passphrase, self.passphrase)):
            yield from self.tab_to(_at(line), line.accessibleName())
            yield press("Ctrl+A")
            yield write(text)
        yield from self.tab_to(_at(page.start), "生成")
        yield from self.camera.shoot("21-export")
        yield press("Space")
        yield from until(lambda: page._job is None and page.made.isVisible(), "the edition is built", lambda: page.state.text())
        yield from self.tab_to(_at(page.checked), "核验签名")
        yield press("Space")
        yield from until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), "the file dialog")
        signed = next(path for path in self.folder.glob("*.pdf") if "已签名" in path.name)
        dialog = QApplication.activeModalWidget()  # to be held: with its wrapper those of its parts would go
        assert dialog is not None
        name = cast(QLineEdit, dialog.findChild(QLineEdit, "fileNameEdit"))
        yield from until(name.hasFocus, "the cursor is in the name of the file")
        yield press("Ctrl+A")
        yield write(signed.name)
        yield press("Return")
        yield from until(lambda: page._job is None and page.report.isVisible(), "the signature is verified",
                         lambda: f"{QApplication.activeModalWidget()} {focus()} {name.text()} {page.state.text()}")
        self.report = page.report.text()
        yield from self.camera.wait_for_pages()
        yield from self.camera.shoot("22-signed")

    # ---- keys ----

    def tab_to(self, there: Callable[[], bool], what: str) -> Script:
        """Tab until the focus is there."""
        for _ in range(_MOST_TABS):
            if there():
                return
            yield from self.onward()
        raise Stuck(f"Tab does not lead to {what}")


def _at(widget: QWidget) -> Callable[[], bool]:
    return lambda: focus() is widget


def _within(widget: QWidget, page: QWidget, kind: type[QWidget]) -> bool:
    return any(outer.isAncestorOf(widget) for outer in page.findChildren(kind))
