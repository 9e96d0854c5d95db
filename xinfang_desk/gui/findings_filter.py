"""How many findings of each weight there are; a press on a count lists those alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from xinfang_desk.gui.theme import icon, px, watch
from xinfang_desk.messages import findings as words
from xinfang_desk.messages import hints
from xinfang_desk.model.finding import Finding

_SIGNS = {"error": "error", "warning": "warning", "hint": "hint", "answered": "done"}


def kind_of(finding: Finding) -> str:
    """Under which count a finding falls: an answered warning is no open one."""
    return "answered" if finding.explanation else finding.severity.value


class FindingsFilter(QWidget):
    """Four counts; at most one is pressed. ``changed``: another one is, or none."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.FILTER)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(4)
        for kind, sign in _SIGNS.items():
            button = QPushButton(icon(sign), "", self)
            button.setObjectName("count")
            button.setCheckable(True)
            button.setAccessibleDescription(hints.COUNT)
            button.clicked.connect(lambda _=False, kind=kind: self._pressed(kind))
            row.addWidget(button, 1)
            self.buttons[kind] = button
        watch().changed.connect(self._dress)
        self._dress()

    @property
    def kind(self) -> str:
        """Which are listed; '' for all."""
        return next((kind for kind, button in self.buttons.items() if button.isChecked()), "")

    def count(self, findings: Sequence[Finding]) -> list[Finding]:
        """Show the counts; returns those to be listed. What has none any more is no filter any more."""
        kinds = [kind_of(finding) for finding in findings]
        for kind, button in self.buttons.items():
            number = kinds.count(kind)
            if not number:
                button.setChecked(False)
            button.setEnabled(number > 0)
            button.setText(str(number))
            button.setAccessibleName(words.COUNT.format(kind=words.KINDS[kind], count=number))
            button.setToolTip(words.COUNT_TIP.format(kind=words.KINDS[kind], count=number))
        wanted = self.kind
        return [finding for finding, kind in zip(findings, kinds, strict=True) if wanted in ("", kind)]

    def _pressed(self, kind: str) -> None:
        for other, button in self.buttons.items():
            if other != kind:
                button.setChecked(False)
        self.changed.emit()

    def _dress(self) -> None:
        for button in self.buttons.values():
            button.setIconSize(QSize(px(14), px(14)))
