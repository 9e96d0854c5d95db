"""A page with a list: approved totals, the table, and in a second tab the page's other questions."""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from xinfang_desk.flow import grid
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.gui.approved_strip import ApprovedStrip
from xinfang_desk.gui.field_form import FieldForm
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.grid_source import RecordSource
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.page_base import PageWidget, scrolled
from xinfang_desk.messages import terms
from xinfang_desk.messages import window as t
from xinfang_desk.model.change import RecordSpace
from xinfang_desk.model.finding import Place
from xinfang_desk.model.ledger import Kind, Line, Record
from xinfang_desk.model.pack import Severity

if TYPE_CHECKING:
    from xinfang_desk.gui.indicator_dialog import IndicatorDialog
Lists = Generator[None, None, QWidget]
Marks = dict[tuple[Hashable, str], tuple[Severity, str]]


def marks_of(hub: Hub, space: str) -> Marks:
    """The cells of a list that findings point at, the heaviest finding each."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}
    marks: Marks = {}
    for finding in hub.desk.findings():
        place = finding.place
        if place.record is None or place.space != space or not place.field or finding.explanation:
            continue
        key = (place.record, place.field)
        if key not in marks or order[finding.severity] < order[marks[key][0]]:
            marks[key] = (finding.severity, finding.sentence)
    return marks


class ListPage(PageWidget):
    """Lines, incomes, indicators or purchases."""

    def content(self) -> Iterator[None]:
        self.panes: dict[str, GridPane] = {}
        self.approved: ApprovedStrip | None = None
        self.form: FieldForm | None = None
        self.tabs: QTabWidget | None = None
        main = QWidget(self)
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        approved = [field for field in self.page.fields if field.space == "approved"]
        others = [field for field in self.page.fields if field.space != "approved"]
        if approved:
            self.approved = ApprovedStrip(self.hub, approved, main)
            self.approved.helped.connect(self.helped)
            column.addWidget(self.approved)
            yield
        lists = yield from self.made_lists(main)
        column.addWidget(lists, 1)
        yield
        if others:
            yield from self._add_tabs(main, others)
        else:
            self.box.addWidget(scrolled(main, self.page.title, self), 1)
        yield
        self.hub.judged.connect(self._judged)
        self.finish()
        self._judged()

    # ---- what a kind of list decides ----

    def made_lists(self, parent: QWidget) -> Lists:
        """Make the table (or tables) of the page, one at each step."""
        yield
        space = cast(RecordSpace, self.page.kind)
        kinds = self.page.kinds
        shows: Callable[[Record], bool] | None = None
        if kinds and space == "lines":
            def shows(record: Record) -> bool:
                return isinstance(record, Line) and record.kind.value in kinds
        source = RecordSource(self.hub.desk, space, grid.columns(space, self.page), terms.SPACES[space], shows,
                              self._defaults)
        return self.add_pane(space, source, parent)

    def add_pane(self, space: str, source: RecordSource, parent: QWidget) -> GridPane:
        """Put a table on the page."""
        pane = GridPane(self.hub, source, terms.SPACES[space], parent)
        pane.helped.connect(self.helped)
        self.panes[space] = pane
        return pane

    def _defaults(self) -> dict[str, Any]:
        if self.page.kind == "lines" and self.page.kinds:
            return {"kind": Kind(self.page.kinds[0])}
        return {}

    # ---- as a page ----

    def commit_pending(self) -> None:
        for pane in self.panes.values():
            pane.finish_editing()
        if self.form is not None:
            self.form.commit_pending()
        if self.approved is not None:
            self.approved.commit_pending()

    def reveal(self, place: Place) -> bool:
        if place.record is not None and place.space != "facts":
            return self._reveal_record(place)
        if self.approved is not None and self.approved.reveal(place.address, place.space):
            self._show_tab(0)
            return True
        if self.form is not None and place.address:
            self._show_tab(1)
            return self.form.reveal(place.address, place.space, place.record, place.field) is not None
        return False

    def take_focus(self) -> None:
        self._show_tab(0)
        next(iter(self.panes.values())).view.setFocus()

    def turn_tab(self, by: int) -> None:
        """Show the next or previous tab."""
        if self.tabs is not None:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def _reveal_record(self, place: Place) -> bool:
        self._show_tab(0)
        return any(pane.reveal(place.record, place.field) for space, pane in self.panes.items()
                   if place.space in ("", space))

    def _show_tab(self, number: int) -> None:
        if self.tabs is not None:
            self.tabs.setCurrentIndex(number)

    def _add_tabs(self, main: QWidget, fields: list[Any]) -> Iterator[None]:
        self.form = FieldForm(self.hub, fields, self)
        self.form.setContentsMargins(4, 6, 10, 4)
        self.form.helped.connect(self.helped)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.page.title)
        self.tabs.tabBar().setAccessibleName(t.TABS)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(scrolled(main, terms.SPACES[self.page.kind], self), terms.SPACES[self.page.kind])
        self.tabs.addTab(scrolled(self.form, t.OTHER_FIELDS, self), t.OTHER_FIELDS)
        self.tabs.setTabToolTip(1, t.TAB_HINT)
        self.box.addWidget(self.tabs, 1)
        yield
        yield from self.form.fill()

    def _judged(self) -> None:
        for space, pane in self.panes.items():
            pane.model.set_marks(marks_of(self.hub, space))


class IndicatorsPage(ListPage):
    """Indicators, with a library to choose from."""

    def made_lists(self, parent: QWidget) -> Lists:
        self.ask_library: Callable[[IndicatorDialog], bool] = lambda dialog: bool(dialog.exec())
        widget = yield from super().made_lists(parent)
        pane = self.panes["indicators"]
        if not self.hub.desk.read_only:
            pane.add_button(t.LIBRARY, "sheet", t.LIBRARY_NAME).clicked.connect(self.open_library)
            pane.view.help_wanted.connect(self._asked)
        return widget

    def open_library(self) -> None:
        """Let the clerk tick indicators for the project the cursor is on."""
        from xinfang_desk.gui.indicator_dialog import IndicatorDialog

        pane = self.panes["indicators"]
        pane.finish_editing()
        try:
            dialog = IndicatorDialog(self.hub.desk, self._project(), self)
        except DeskError as error:
            self.hub.refused.emit(str(error))
            return
        if self.ask_library(dialog):
            pane.model.apply(dialog.change())
            pane.view.go_to(pane.shown_row(max(0, pane.model.source.count() - 1)), 0)
            pane.view.setFocus()
        dialog.deleteLater()

    def _project(self) -> int | None:
        pane = self.panes["indicators"]
        key = pane.model.key(max(0, pane.view.currentIndex().row()))
        indicators = self.hub.desk.year.indicators
        if isinstance(key, int):
            return indicators[key].project
        return next((one.project for one in reversed(list(indicators.values()))), None)

    def _asked(self, row: int, column: int) -> None:
        if self.panes["indicators"].model.columns[column].field == "name":
            self.open_library()


class ProjectsPage(ListPage):
    """Projects above; below, the lines of the project the cursor is on.

    Lines are typed on the first such page of the pack; a later one asks for the projects' results alone.
    """

    def made_lists(self, parent: QWidget) -> Lists:
        desk = self.hub.desk
        if next(page.id for page in desk.pack.pages if page.kind == "projects") != self.page.id:
            return (yield from super().made_lists(parent))
        self._current: int | None = next(iter(desk.year.projects), None)
        split = QSplitter(Qt.Orientation.Vertical, parent)
        split.setChildrenCollapsible(False)
        split.setAccessibleName(self.page.title)
        projects = RecordSource(desk, "projects", grid.columns("projects", self.page), terms.SPACES["projects"])
        lines = RecordSource(desk, "lines", grid.columns("lines", replace(self.page, columns=(), kinds=(Kind.PROJECT.value,))),
                             terms.SPACES["lines"], self._is_of_current, self._line_defaults)
        split.addWidget(self.add_pane("projects", projects, split))
        yield
        split.addWidget(self.add_pane("lines", lines, split))
        split.setSizes([130, 210])
        self.panes["projects"].view.moved.connect(self._project_chosen)
        self.panes["projects"].model.modelReset.connect(self._projects_changed)
        self.hub.changed.connect(lambda _: self._name_lines())
        self._name_lines()
        return split

    def _is_of_current(self, record: Record) -> bool:
        return isinstance(record, Line) and record.kind is Kind.PROJECT and record.project == self._current

    def _line_defaults(self) -> dict[str, Any]:
        return {"kind": Kind.PROJECT, "project": self._current}

    def _project_chosen(self, row: int, _: int) -> None:
        key = self.panes["projects"].model.key(row)
        if isinstance(key, int):
            self._show_project(key)
        elif self._has_loose_lines():
            # On the way out of the table the cursor crosses the blank row: that is no reason to leave the project.
            self._show_project(None)

    def _has_loose_lines(self) -> bool:
        return any(line.kind is Kind.PROJECT and line.project is None for line in self.hub.desk.year.lines.values())

    def _show_project(self, project: int | None) -> None:
        if project != self._current:
            self.panes["lines"].finish_editing()
            self._current = project
            self.panes["lines"].model.reset()
            self._name_lines()

    def _projects_changed(self) -> None:
        if self._current is not None and self._current not in self.hub.desk.year.projects:
            self._show_project(next(iter(self.hub.desk.year.projects), None))

    def _name_lines(self) -> None:
        project = self.hub.desk.year.projects.get(self._current) if self._current is not None else None
        name = project.name or t.UNNAMED_PROJECT.format(number=project.id) if project else ""
        self.panes["lines"].title.setText(t.LINES_OF.format(project=name) if project else t.LINES_WITHOUT_PROJECT)

    def _reveal_record(self, place: Place) -> bool:
        if place.space == "lines" and place.record is not None and "lines" in self.panes:
            line = self.hub.desk.year.lines.get(place.record)
            if line is not None:
                self._point_at(line.project)
                self._show_project(line.project)
        return super()._reveal_record(place)

    def _point_at(self, project: int | None) -> None:
        """The cursor of the projects goes along with the lines that are shown."""
        pane = self.panes["projects"]
        row = next((row for row in range(pane.model.rowCount()) if pane.model.key(row) == project), None)
        if row is not None and project is not None and pane.view.currentIndex().row() != row:
            pane.view.go_to(row, max(0, pane.view.currentIndex().column()))
