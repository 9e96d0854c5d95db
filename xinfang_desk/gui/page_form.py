"""A page of questions."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from xinfang_desk.gui.field_form import FieldForm
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.page_base import PageWidget, scrolled
from xinfang_desk.model.finding import Place
from xinfang_desk.model.pack import Page


class FormPage(PageWidget):
    """Questions only."""

    def __init__(self, hub: Hub, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(hub, page, parent)
        self.form = FieldForm(hub, page.fields, self)
        self.area = scrolled(self.form, page.title, self)
        self.form.setContentsMargins(0, 2, 8, 2)
        self.form.helped.connect(self.helped)
        self.box.addWidget(self.area, 1)
        self.finish()

    def commit_pending(self) -> None:
        self.form.commit_pending()

    def reveal(self, place: Place) -> bool:
        found = self.form.reveal(place.address, place.space, place.record, place.field)
        if found is not None:
            self.area.ensureWidgetVisible(found)
        return found is not None

    def take_focus(self) -> None:
        first = self.form.first()
        if first is not None:
            first.setFocus()
