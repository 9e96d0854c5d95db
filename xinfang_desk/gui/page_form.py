"""A page of questions."""

from __future__ import annotations

from collections.abc import Iterator

from xinfang_desk.gui.field_form import FieldForm
from xinfang_desk.gui.page_base import PageWidget, scrolled
from xinfang_desk.model.finding import Place


class FormPage(PageWidget):
    """Questions only."""

    def content(self) -> Iterator[None]:
        self.form = FieldForm(self.hub, self.page.fields, self)
        self.area = scrolled(self.form, self.page.title, self)
        self.form.setContentsMargins(0, 2, 8, 2)
        self.form.helped.connect(self.helped)
        self.box.addWidget(self.area, 1)
        yield from self.form.fill()
        self.finish()

    def commit_pending(self) -> None:
        self.form.commit_pending()

    def reveal(self, place: Place) -> bool:
        found = self.form.reveal(place.address, place.space, place.record, place.field)
        if found is not None:
            self.area.ensureWidgetVisible(found)
        return found is not None

    def take_focus(self) -> None:
        self.form.take_focus()
