"""What is known about one finding, its remedies, and the 说明 that answers a warning."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QToolTip, QVBoxLayout, QWidget

from xinfang_desk.flow.mending import moved
from xinfang_desk.gui.composing import ComposingText
from xinfang_desk.gui.flow_row import FlowRow
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.rule_cells import RuleCells
from xinfang_desk.gui.spot_words import wrapped
from xinfang_desk.gui.theme import icon, px, watch
from xinfang_desk.messages import findings as words
from xinfang_desk.messages import marks
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.pack import Severity
from xinfang_desk.model.sheet import CellAddress

MEND_KEYS = ("Ctrl+M", "Alt+2", "Alt+3", "Alt+4")
"""The key of each remedy."""
_MOST_TOLD = 12


class FindingDetail(QWidget):
    """Shows one finding at a time. Buttons are made once and reused. ``mended``: a remedy was carried out."""

    mended = Signal(str)
    explained_wanted = Signal()

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.finding: Finding | None = None
        self._drafts: dict[str, str] = {}
        self.setObjectName("findingDetail")
        self.setAccessibleName(words.DETAIL)
        self.cells_label = QLabel(words.CELLS, self)
        self.cells_label.setWordWrap(True)
        self.cells = RuleCells(hub, self)
        self.cells_label.setBuddy(self.cells)
        self.law = QLabel(self)
        self.law.setObjectName("dim")
        self.law.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 6, 8, 8)
        box.setSpacing(5)
        self.mends: list[QPushButton] = []
        self._mend_words: list[QLabel] = []
        for number in range(len(MEND_KEYS)):
            self._add_mend(box, number)
        box.addWidget(self.cells_label)
        box.addWidget(self.cells)
        self._add_answer(box)
        box.addWidget(self.law)
        box.addStretch(1)
        self.cells.wanted.connect(self._light)
        hub.unit_changed.connect(lambda: self.show_finding(self.finding))
        watch().changed.connect(self._dress)
        self._dress()
        self.show_finding(None)

    def show_finding(self, finding: Finding | None) -> None:
        """Show a finding, or nothing. What is half written about the former one is kept for when it comes back."""
        same = self.finding is not None and finding is not None and self.finding.key == finding.key
        if not same:
            self._keep_draft()
        self.finding = finding
        self.setVisible(finding is not None)
        if finding is None:
            return
        self.law.setText(words.LAW.format(law=finding.law, check=finding.check))
        for number, (button, label) in enumerate(zip(self.mends, self._mend_words, strict=True)):
            shown = number < len(finding.mends)
            button.setVisible(shown)
            label.setVisible(shown)
            if shown:
                self._show_mend(number)
        several = len(finding.cells) > 1
        for widget in (self.cells_label, self.cells):
            widget.setVisible(several)
        if several:
            self.cells.show_cells(finding.cells)
        warns = finding.severity is Severity.WARNING
        for each in (self.answer_label, self.answer, self.answer_button, self.answer_where, self.answer_printed):
            each.setVisible(warns)
        self.answer_printed.setVisible(warns and bool(finding.explanation))
        if not (same and self.answer.hasFocus()):
            self.answer.setPlainText(self._drafts.pop(finding.key, finding.explanation))

    def mend(self, number: int = 0) -> None:
        """Carry out a remedy."""
        if self.finding is None or number >= len(self.finding.mends):
            self._hub.said.emit(words.NO_CURRENT if self.finding is None else words.NO_MEND)
            return
        remedy = self.finding.mends[number]
        told = [one.sentence for one in moved(self._hub.desk, remedy.change)]
        if self._hub.do(remedy.change):
            sentence = words.MENDED.format(say=told[0] if len(told) == 1 else remedy.say)
            self._hub.said.emit(sentence)
            self.mended.emit(sentence)

    def begin_answer(self) -> bool:
        """Put the cursor where the 说明 is written. Returns whether this finding takes one."""
        if self.finding is None or self.finding.severity is not Severity.WARNING:
            return False
        self.answer.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def write_answer(self) -> None:
        """Keep the 说明."""
        self.answer.settle_words()
        finding, text = self.finding, self.answer.toPlainText()
        if finding is None or finding.severity is not Severity.WARNING or text.strip() == finding.explanation:
            return
        self._drafts.pop(finding.key, None)
        if self._hub.explain_warning(finding, text):
            self._hub.said.emit(words.ANSWER_KEPT if text.strip() else words.ANSWER_TAKEN_BACK)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Asked for its height at another width, Qt's layout can take itself for done and stay wider than the panel."""
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None and layout.geometry().width() != self.width():
            layout.invalidate()
            layout.activate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A remedy tells what it will change when the keyboard comes to it, as it does under the mouse."""
        if isinstance(watched, QPushButton) and event.type() is QEvent.Type.FocusIn and watched in self.mends:
            QToolTip.showText(watched.mapToGlobal(QPoint(0, watched.height())), watched.toolTip(), watched)
        return super().eventFilter(watched, event)

    # ---- inside ----

    def _show_mend(self, number: int) -> None:
        assert self.finding is not None
        remedy = self.finding.mends[number]
        button = self.mends[number]
        self._mend_words[number].setText(remedy.say)
        button.setAccessibleName(words.MEND_NAMED.format(say=remedy.say))
        steps = [one.sentence for one in moved(self._hub.desk, remedy.change)]
        lines = [words.WILL, *steps[:_MOST_TOLD]]
        if len(steps) > _MOST_TOLD:
            lines.append(marks.MORE)
        button.setToolTip(wrapped("\n".join(lines)))
        button.setAccessibleDescription("\n".join(lines))

    def _light(self, cell: CellAddress) -> None:
        """Show the table of a cell, with all cells of the rule that stand on it."""
        if self.finding is not None:
            here = [other for other in self.finding.cells if other.table == cell.table and other != cell]
            self._hub.cells_lit.emit((cell, *here))

    def _keep_draft(self) -> None:
        self.answer.settle_words()
        finding, text = self.finding, self.answer.toPlainText() if self.finding is not None else ""
        if finding is not None and finding.severity is Severity.WARNING and text.strip() != finding.explanation:
            self._drafts[finding.key] = text

    def _dress(self) -> None:
        self.answer.setFixedHeight(px(58))

    def _add_mend(self, box: QVBoxLayout, number: int) -> None:
        label = QLabel(self)
        label.setWordWrap(True)
        button = QPushButton(icon("mend"), words.MEND.format(key=MEND_KEYS[number]), self)
        button.setObjectName("small")
        button.setAccessibleDescription(words.MEND_HINT)
        button.clicked.connect(lambda: self.mend(number))
        button.installEventFilter(self)
        box.addWidget(label)
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        self.mends.append(button)
        self._mend_words.append(label)

    def _add_answer(self, box: QVBoxLayout) -> None:
        self.answer_label = QLabel(words.ANSWER_LABEL, self)
        self.answer_label.setWordWrap(True)
        self.answer = ComposingText(self)
        self.answer.setAccessibleName(words.ANSWER_NAME)
        self.answer.setTabChangesFocus(True)
        self.answer.setPlaceholderText(words.ANSWER_PLACEHOLDER)
        self.answer_label.setBuddy(self.answer)
        self.answer_where = QLabel(words.ANSWER_WHERE, self)
        self.answer_where.setObjectName("dim")
        self.answer_where.setWordWrap(True)
        self.answer_button = QPushButton(words.ANSWER_BUTTON, self)
        self.answer_button.setAccessibleName(words.ANSWER_BUTTON)
        # On the text itself: a button's own shortcut would act only after a tenth of a second.
        QShortcut(QKeySequence("Ctrl+Return"), self.answer, self.write_answer).setContext(
            Qt.ShortcutContext.WidgetShortcut)
        self.answer_button.clicked.connect(self.write_answer)
        self.answer_printed = QPushButton(icon("preview"), words.ANSWER_PRINTED, self)
        self.answer_printed.setAccessibleName(words.ANSWER_PRINTED)
        self.answer_printed.clicked.connect(self.explained_wanted)
        row = FlowRow(self)
        row.addWidget(self.answer_printed)
        row.addWidget(self.answer_button)
        box.addWidget(self.answer_label)
        box.addWidget(self.answer)
        box.addWidget(self.answer_where)
        box.addWidget(row)
