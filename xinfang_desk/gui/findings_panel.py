"""At the right: whether the book can be published, and everything that stands in the way, live."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from xinfang_desk.flow.fresh import Fresh
from xinfang_desk.flow.outcome import Verdict
from xinfang_desk.gui.finding_detail import FindingDetail
from xinfang_desk.gui.findings_filter import FindingsFilter
from xinfang_desk.gui.findings_list import FindingsList, entries_of
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.mended_strip import MendedStrip
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.messages import findings as words
from xinfang_desk.model.finding import Finding


def show_verdict(label: QLabel, verdict: Verdict) -> None:
    """Put the verdict's sentence and colour on a label; nothing is done where they are there already."""
    state = "ready" if verdict.ready else "error" if verdict.errors or verdict.missing else "warning"
    if label.text() != verdict.sentence:
        label.setText(verdict.sentence)
        label.setAccessibleName(verdict.sentence)
    if label.property("state") != state:
        label.setProperty("state", state)
        label.style().unpolish(label)
        label.style().polish(label)


class _Fresh(QObject):
    """The one :class:`Fresh` of an open book."""

    def __init__(self, hub: Hub) -> None:
        super().__init__(hub)
        self.state = Fresh()


def fresh_of(hub: Hub) -> Fresh:
    """What the last edits brought and touched, up to date; the panel and the review page share it."""
    found = hub.findChild(_Fresh)
    state = (found if isinstance(found, _Fresh) else _Fresh(hub)).state
    state.note(hub.desk.findings())
    return state


class FindingsPanel(QWidget):
    """Verdict, counts, list, detail. F8 and Shift+F8 walk through the list from anywhere."""

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.setObjectName("findingsPanel")
        self.setAccessibleName(words.PANEL)
        self.verdict = QLabel(self)
        self.verdict.setObjectName("verdict")
        self.verdict.setWordWrap(True)
        self.verdict.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.mended = MendedStrip(hub, self)
        self.filter = FindingsFilter(self)
        self.list = FindingsList(self)
        self.nothing = QLabel(self)
        self.nothing.setObjectName("nothing")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.detail = FindingDetail(hub, self)
        self.detail_area = QScrollArea(self)
        self.detail_area.setObjectName("detailScroll")
        self.detail_area.setAccessibleName(words.DETAIL)
        self.detail_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.detail_area.setWidgetResizable(True)
        self.detail_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.detail_area.setWidget(self.detail)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for widget in (self.verdict, self.mended, self.filter):
            box.addWidget(widget)
        box.addWidget(self.list, 1)
        box.addWidget(self.nothing, 1)
        box.addWidget(self.detail_area)
        self.list.picked.connect(self._picked)
        self.list.go.connect(self._go)
        self.list.mend.connect(lambda _: self.detail.mend())
        self.detail.mended.connect(self._mended)
        self.filter.changed.connect(self.refresh)
        hub.judged.connect(self.refresh)
        self._told: Verdict | None = None
        hub.tried.connect(lambda _: self._tell(hub.desk.live_verdict()))
        hub.paused.connect(lambda: self._tell(hub.desk.verdict()))
        hub.unit_changed.connect(self.refresh)
        watch().changed.connect(self._fit_detail)
        self.refresh()

    def refresh(self) -> None:
        """Show the verdict and findings as they are now."""
        desk = self._hub.desk
        self._tell(desk.verdict())
        findings = desk.findings()
        listed = self.filter.count(findings)
        self.list.show_entries(entries_of(listed, desk.pack.pages, desk.money_unit, fresh_of(self._hub)))
        self.filter.setVisible(bool(findings))
        self.list.setVisible(bool(listed))
        self.nothing.setVisible(not listed)
        self.nothing.setText(words.NONE_SHOWN if findings else words.NONE_AT_ALL)

    def _tell(self, verdict: Verdict) -> None:
        if verdict != self._told:
            self._told = verdict
            show_verdict(self.verdict, verdict)

    def walk(self, by: int) -> None:
        """Go to the next or previous finding's place."""
        finding = self.list.step(by)
        if finding is None:
            self._hub.said.emit(words.NONE_AT_ALL.partition("\n")[0])
        else:
            self._go(finding)

    def begin_answer(self) -> bool:
        """Put the cursor where the 说明 of the current finding is written; where it takes none, that of the next
        open warning. Returns whether there is one."""
        if not self.detail.begin_answer() and not self._pick_open_warning():
            return False
        self.detail.begin_answer()
        self.detail_area.ensureWidgetVisible(self.detail.answer)
        return True

    def _pick_open_warning(self) -> bool:
        for row, entry in enumerate(self.list.findings_model.entries):
            if entry.finding is not None and entry.finding.unanswered:
                self.list.setCurrentIndex(self.list.findings_model.index(row, 0))
                return True
        return False

    def _go(self, finding: Finding) -> None:
        self._hub.go(finding.place)
        cells = finding.cells or ((finding.place.cell,) if finding.place.cell else ())
        self._hub.cells_lit.emit(cells)
        self._hub.said.emit(finding.sentence)

    def _picked(self, finding: Finding | None) -> None:
        self.detail.show_finding(finding)
        self.detail_area.setVisible(finding is not None)
        self._fit_detail()

    def _mended(self, sentence: str) -> None:
        self.mended.tell(sentence)
        self._fit_detail()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_detail()

    def _fit_detail(self) -> None:
        """As high as its words need, and never more than half of what list and detail have together."""
        self.list.setMinimumHeight(px(64))
        layout = self.detail.layout()
        if layout is not None and self.detail.finding is not None:
            needed = layout.totalHeightForWidth(max(100, self.width() - 14)) + 4
            taken = sum(widget.height() for widget in (self.verdict, self.mended, self.filter) if not widget.isHidden())
            most = min(needed, max(px(96), (self.height() - taken) // 2))
            self.detail_area.setMinimumHeight(min(most, px(64)))  # in a cramped panel it gives way, the window never grows
            self.detail_area.setMaximumHeight(most)
