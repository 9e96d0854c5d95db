"""At the right: whether the book can be published, and everything that stands in the way, live."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from xinfang_desk.flow.desk import Verdict
from xinfang_desk.gui.finding_detail import FindingDetail
from xinfang_desk.gui.findings_list import FindingsList, entries_of
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import px, watch
from xinfang_desk.messages import window as t
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


class FindingsPanel(QWidget):
    """Verdict, list, detail. F8 and Shift+F8 walk through the list from anywhere."""

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.setObjectName("findingsPanel")
        self.setAccessibleName(t.FINDINGS_PANEL)
        self.verdict = QLabel(self)
        self.verdict.setObjectName("verdict")
        self.verdict.setWordWrap(True)
        self.verdict.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.list = FindingsList(self)
        self.nothing = QLabel(t.NO_FINDINGS, self)
        self.nothing.setObjectName("dim")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.detail = FindingDetail(hub, self)
        self.detail_area = QScrollArea(self)
        self.detail_area.setObjectName("detailScroll")
        self.detail_area.setAccessibleName(t.FINDING_DETAIL)
        self.detail_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.detail_area.setWidgetResizable(True)
        self.detail_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.detail_area.setWidget(self.detail)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.verdict)
        box.addWidget(self.list, 1)
        box.addWidget(self.nothing, 1)
        box.addWidget(self.detail_area)
        self.list.picked.connect(self._picked)
        self.list.go.connect(self._go)
        self.list.mend.connect(lambda _: self.detail.mend())
        mend = QShortcut(QKeySequence("Ctrl+M"), self)
        mend.setContext(Qt.ShortcutContext.WindowShortcut)
        mend.activated.connect(self._mend_current)
        hub.judged.connect(self.refresh)
        hub.tried.connect(lambda _: show_verdict(self.verdict, hub.desk.live_verdict()))
        hub.paused.connect(lambda: show_verdict(self.verdict, hub.desk.verdict()))
        watch().changed.connect(self._fit_detail)
        self.refresh()

    def refresh(self) -> None:
        """Show the verdict and findings as they are now."""
        desk = self._hub.desk
        show_verdict(self.verdict, desk.verdict())
        self.list.show_entries(entries_of(desk.findings(), desk.pack.pages))
        found = bool(self.list.findings_model.entries)
        self.list.setVisible(found)
        self.nothing.setVisible(not found)

    def walk(self, by: int) -> None:
        """Go to the next or previous finding's place."""
        finding = self.list.step(by)
        if finding is None:
            self._hub.said.emit(t.NO_FINDINGS)
        else:
            self._go(finding)

    def _go(self, finding: Finding) -> None:
        self._hub.go(finding.place)
        cells = finding.cells or ((finding.place.cell,) if finding.place.cell else ())
        self._hub.cells_lit.emit(cells)
        self._hub.said.emit(finding.sentence)

    def _picked(self, finding: Finding | None) -> None:
        self.detail.show_finding(finding)
        self.detail_area.setVisible(finding is not None)
        self._fit_detail()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_detail()

    def _fit_detail(self) -> None:
        """As high as its words need, and never more than a good third of the panel."""
        layout = self.detail.layout()
        if layout is not None and self.detail.finding is not None:
            needed = layout.totalHeightForWidth(max(100, self.width() - 14)) + 4
            self.detail_area.setFixedHeight(min(needed, max(px(180), self.height() * 2 // 5)))

    def _mend_current(self) -> None:
        self.detail.mend()
