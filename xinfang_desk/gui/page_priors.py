"""Last year's figures and the reasons for the changes, in one table."""

from __future__ import annotations

from collections.abc import Iterator

from xinfang_desk.flow import phrases
from xinfang_desk.gui.field_form import FieldForm
from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.page_base import PageWidget
from xinfang_desk.gui.page_list import Marks
from xinfang_desk.gui.prior_source import PriorSource
from xinfang_desk.gui.reasons_strip import ReasonsStrip
from xinfang_desk.model.finding import Place
from xinfang_desk.model.pack import Severity


class PriorsPage(PageWidget):
    """The table, and below it the questions of the page that are neither a figure nor a reason."""

    def content(self) -> Iterator[None]:
        hub, page = self.hub, self.page
        self.source = PriorSource(hub.desk, page)
        self.strip = ReasonsStrip(hub, self)
        self.strip.next_wanted.connect(self.go_to_wanted)
        self.box.addWidget(self.strip)
        yield
        self.pane = GridPane(hub, self.source, page.title, self)
        self.pane.helped.connect(self.helped)
        self.box.addWidget(self.pane, 1)
        yield
        self.form: FieldForm | None = None
        others = [field for field in page.fields if not self.source.takes(field)]
        if others:
            self.form = FieldForm(hub, others, self)
            self.form.helped.connect(self.helped)
            self.box.addWidget(self.form)
            yield from self.form.fill()
        hub.judged.connect(self._judged)
        self.finish()
        self._judged()

    def commit_pending(self) -> None:
        self.pane.finish_editing()
        if self.form is not None:
            self.form.commit_pending()

    def reveal(self, place: Place) -> bool:
        found = self.source.place_of(place.address)
        if found is None:
            return self.form is not None and self.form.reveal(place.address, place.space, place.record,
                                                              place.field) is not None
        self.pane.model.set_lit([(self.source.key(found[0]), self.source.columns[found[1]].field)])
        self.pane.view.go_to(self.pane.shown_row(found[0]), found[1])
        self.pane.view.setFocus()
        return True

    def take_focus(self) -> None:
        self.pane.view.setFocus()
        if self.pane.view.currentIndex().row() <= 0:
            self.pane.view.go_to(0, 2)

    def go_to_wanted(self) -> None:
        """To the next reason that is still to be written, round the end."""
        rows = [i for i, row in enumerate(self.source.rows) if row.reason in self.source.wanted]
        if rows:
            now = self.pane.view.currentIndex().row()
            self.pane.view.go_to(next((row for row in rows if row > now), rows[0]), 3)
            self.pane.view.setFocus()

    def _judged(self) -> None:
        self.source.wanted = phrases.wanted(self.hub.desk)
        wanted = [row for row in self.source.rows if row.reason in self.source.wanted]
        self.strip.show_wanted([row.label for row in wanted])
        marks: Marks = {(row.prior or row.reason, "reason"): (Severity.WARNING, self.source.wanted[row.reason])
                        for row in wanted}
        for finding in self.hub.desk.findings():
            found = self.source.place_of(finding.place.address) if finding.place.page == self.page.id else None
            if found is not None and not finding.explanation:
                key = (self.source.key(found[0]), self.source.columns[found[1]].field)
                marks.setdefault(key, (finding.severity, finding.sentence))
        self.pane.model.set_marks(marks)
