"""What is known about one finding, its remedies, and the 说明 that answers a warning."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from xinfang_desk.gui.composing import ComposingText
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import icon, px, watch
from xinfang_desk.messages import window as t
from xinfang_desk.model.finding import Finding, Number
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.model.pack import Severity

_MAX_MENDS = 4


class FindingDetail(QWidget):
    """Shows one finding at a time. Buttons are made once and reused."""

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.finding: Finding | None = None
        self.setObjectName("findingDetail")
        self.setAccessibleName(t.FINDING_DETAIL)
        self.figures = QLabel(self)
        self.figures.setWordWrap(True)
        self.figures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.law = QLabel(self)
        self.law.setObjectName("dim")
        self.law.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 6, 8, 8)
        box.setSpacing(5)
        box.addWidget(self.figures)
        box.addWidget(self.law)
        self.mends: list[QPushButton] = []
        self._mend_words: list[QLabel] = []
        for number in range(_MAX_MENDS):
            self._add_mend(box, number)
        self._add_answer(box)
        watch().changed.connect(self._dress)
        self._dress()
        self.show_finding(None)

    def show_finding(self, finding: Finding | None) -> None:
        """Show a finding, or nothing."""
        same = self.finding is not None and finding is not None and self.finding.key == finding.key
        self.finding = finding
        self.setVisible(finding is not None)
        if finding is None:
            return
        figures = _figures(finding)
        self.figures.setVisible(bool(figures))
        self.figures.setText(figures)
        self.law.setText(t.LAW.format(law=finding.law, check=finding.check))
        for number, (button, words) in enumerate(zip(self.mends, self._mend_words, strict=True)):
            shown = number < len(finding.mends)
            button.setVisible(shown)
            words.setVisible(shown)
            if shown:
                say = finding.mends[number].say
                words.setText(say)
                button.setAccessibleName(t.MEND_NAMED.format(say=say))
        warns = finding.severity is Severity.WARNING
        for widget in (self.answer_label, self.answer, self.answer_button):
            widget.setVisible(warns)
        if not (same and self.answer.hasFocus()):
            self.answer.setPlainText(finding.explanation)

    def mend(self, number: int = 0) -> None:
        """Carry out a remedy."""
        if self.finding is None or number >= len(self.finding.mends):
            self._hub.said.emit(t.NO_MEND)
            return
        remedy = self.finding.mends[number]
        if self._hub.do(remedy.change):
            self._hub.said.emit(t.MENDED.format(say=remedy.say))

    def write_answer(self) -> None:
        """Keep the 说明."""
        if self.finding is None:
            return
        self.answer.settle_words()
        if self._hub.explain_warning(self.finding, self.answer.toPlainText()):
            self._hub.said.emit(t.ANSWER_KEPT if self.answer.toPlainText().strip() else t.ANSWER_TAKEN_BACK)

    def _dress(self) -> None:
        self.answer.setFixedHeight(px(58))

    def _add_mend(self, box: QVBoxLayout, number: int) -> None:
        words = QLabel(self)
        words.setWordWrap(True)
        button = QPushButton(icon("mend"), t.MEND if number else t.MEND_FIRST, self)
        button.clicked.connect(lambda: self.mend(number))
        row = QHBoxLayout()
        row.addWidget(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(row)
        self.mends.append(button)
        self._mend_words.append(words)

    def _add_answer(self, box: QVBoxLayout) -> None:
        self.answer_label = QLabel(t.ANSWER_LABEL, self)
        self.answer_label.setWordWrap(True)
        self.answer = ComposingText(self)
        self.answer.setAccessibleName(t.ANSWER_NAME)
        self.answer.setTabChangesFocus(True)
        self.answer.setPlaceholderText(t.ANSWER_PLACEHOLDER)
        self.answer_label.setBuddy(self.answer)
        self.answer_button = QPushButton(t.ANSWER_BUTTON, self)
        self.answer_button.setAccessibleName(t.ANSWER_BUTTON)
        self.answer_button.setShortcut(QKeySequence("Ctrl+Return"))
        self.answer_button.clicked.connect(self.write_answer)
        box.addWidget(self.answer_label)
        box.addWidget(self.answer)
        box.addWidget(self.answer_button, 0, Qt.AlignmentFlag.AlignRight)
        box.addStretch(1)


def _figures(finding: Finding) -> str:
    if finding.expected is None or finding.actual is None or finding.expected == finding.actual:
        return ""
    if not finding.money:
        return t.FIGURES_PLAIN.format(expected=finding.expected, actual=finding.actual)
    over = finding.actual - finding.expected
    template = t.FIGURES_MORE if over > 0 else t.FIGURES_LESS
    return template.format(expected=_yuan(finding.expected), actual=_yuan(finding.actual),
                           difference=_yuan(over if over > 0 else -over))


def _yuan(fen: Number) -> str:
    return format_amount(round(fen), MoneyUnit.YUAN, thousands=True)
