"""All findings of the book, with a filter; the chosen one in full beside them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.gui.choice_box import ChoiceBox
from xinfang_desk.gui.finding_detail import FindingDetail
from xinfang_desk.gui.findings_list import FindingsList, entries_of
from xinfang_desk.gui.findings_panel import fresh_of, show_verdict
from xinfang_desk.gui.flow_row import FlowRow
from xinfang_desk.gui.mended_strip import MendedStrip
from xinfang_desk.gui.page_base import PageWidget, scrolled
from xinfang_desk.gui.source_dialog import place_of
from xinfang_desk.gui.theme import icon, px
from xinfang_desk.messages import findings as words
from xinfang_desk.messages import window as t
from xinfang_desk.model.explain import Part
from xinfang_desk.model.finding import Finding, Place
from xinfang_desk.model.ledger import Line
from xinfang_desk.model.money import MoneyUnit, format_amount


class ReviewPage(PageWidget):
    """Filter by weight; Enter goes to the place; mends and 说明 at the right."""

    wants_sheet = False
    wants_findings = False

    def content(self) -> Iterator[None]:
        hub, page = self.hub, self.page
        self.filter = ChoiceBox(self)
        self.filter.setAccessibleName(t.FILTER)
        for text, value in ((t.FILTER_ALL, "all"), (t.FILTER_OPEN, "open"), (t.FILTER_ERRORS, "error"),
                            (t.FILTER_WARNINGS, "warning"), (t.FILTER_HINTS, "hint"), (t.FILTER_ANSWERED, "answered")):
            self.filter.addItem(text, value)
        self.verdict = QLabel(self)
        self.verdict.setObjectName("verdict")
        self.verdict.setWordWrap(True)
        self.box.addWidget(self.verdict)
        self.mended = MendedStrip(hub, self)
        self.box.addWidget(self.mended)
        self.count = QLabel(self)
        self.count.setObjectName("dim")
        go = QPushButton(icon("next"), t.GO_THERE, self)
        go.setAccessibleName(t.GO_THERE)
        head = FlowRow(self, push=3)
        label = QLabel(t.FILTER, self)
        label.setBuddy(self.filter)
        head.addWidget(label)
        head.addWidget(self.filter)
        head.addWidget(self.count)
        head.addWidget(go)
        self.box.addWidget(head)
        yield
        self.list = FindingsList(self)
        self.detail = FindingDetail(hub, self)
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(self.detail, words.DETAIL, self))
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setAccessibleName(page.title)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(side)
        split.setSizes([560, 330])
        self.box.addWidget(split, 1)
        yield
        self.adjusted = QLabel(self)
        self.adjusted.setWordWrap(True)
        self.adjustments = QListWidget(self)
        self.adjustments.setAccessibleName(t.ADJUSTED_LIST)
        self.adjustments.setMaximumHeight(px(110))
        self.adjustments.itemActivated.connect(self._go_to_adjusted)
        self.box.addWidget(self.adjusted)
        self.box.addWidget(self.adjustments)
        self.list.picked.connect(self.detail.show_finding)
        self.list.go.connect(self._go)
        self.list.mend.connect(lambda _: self.detail.mend())
        self.detail.mended.connect(self.mended.tell)
        hub.unit_changed.connect(self.refresh)
        self.filter.activated.connect(lambda _: self.refresh())
        go.clicked.connect(lambda: self._go(self.list.current()))
        hub.judged.connect(self.refresh)
        self.finish()
        yield
        self.refresh()

    def refresh(self) -> None:
        """Show the findings that pass the filter."""
        if not self.isVisible() and self.list.findings_model.entries:
            return
        desk = self.hub.desk
        show_verdict(self.verdict, desk.verdict())
        found = [finding for finding in desk.findings() if self._passes(finding)]
        self.list.show_entries(entries_of(found, desk.pack.pages, desk.money_unit, fresh_of(self.hub)))
        self._show_adjustments()
        self.count.setText(t.COUNT_OF.format(shown=len(found), all=len(desk.findings())) if found else words.NONE_AT_ALL.partition("\n")[0])

    def _show_adjustments(self) -> None:
        """What 舍位平衡 moves for printing; nothing is shown where it moves nothing."""
        desk = self.hub.desk
        moved = desk.adjustments()
        self.adjusted.setText(t.ADJUSTED.format(count=len(moved)))
        self.adjustments.clear()
        for one in moved:
            entered, printed, by = (format_amount(fen, MoneyUnit.YUAN, thousands=True)
                                    for fen in (one.entered, one.printed, one.moved))
            item = QListWidgetItem(t.ADJUSTED_LINE.format(name=self._name_of(one.space, one.id), entered=entered,
                                                          printed=printed, moved=by if one.moved < 0 else f"+{by}"))
            item.setData(Qt.ItemDataRole.UserRole, (one.space, one.id))
            self.adjustments.addItem(item)
        self.adjusted.setVisible(bool(moved))
        self.adjustments.setVisible(bool(moved))

    def _name_of(self, space: str, record_id: int) -> str:
        desk = self.hub.desk
        record = desk.year.lines[record_id] if space == "lines" else desk.year.incomes[record_id]
        words = [desk.codes.function.name(record.function), record.fund.label]
        if isinstance(record, Line):
            words[1:1] = [desk.codes.econ_dept.name(record.econ_dept)]
        return " ".join(word for word in words if word)

    def _go_to_adjusted(self, item: QListWidgetItem) -> None:
        space, record_id = item.data(Qt.ItemDataRole.UserRole)
        place = place_of(self.hub, Part("", "", space=space, record=record_id))
        if place is not None:
            self.hub.go(place)

    def shown(self) -> None:
        self.refresh()

    def take_focus(self) -> None:
        self.list.setFocus()
        if self.list.current() is None:
            self.list.step(1)

    def reveal(self, place: Place) -> bool:
        return False

    def begin_answer(self) -> bool:
        """Put the cursor where the 说明 of the current finding is written. Returns whether it takes one."""
        return self.detail.begin_answer()

    def _passes(self, finding: Finding) -> bool:
        match self.filter.currentData():
            case "open":
                return finding.blocks
            case "answered":
                return bool(finding.explanation)
            case "all":
                return True
            case wanted:
                return bool(finding.severity.value == wanted)

    def _go(self, finding: Finding | None) -> None:
        if finding is not None:
            self.hub.go(finding.place)
            self.hub.cells_lit.emit(finding.cells or ((finding.place.cell,) if finding.place.cell else ()))
