"""A calm dialog about a file that makes trouble: the sentence, and what can be done, each way with a button of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from xinfang_desk.gui.theme import icon, px


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: ``key`` is what the dialog answers, ``hint`` stands beside it."""

    key: str
    text: str
    hint: str = ""


class TroubleDialog(QDialog):
    """Shows the choices one below the other, the first (safe) one ready for Enter. ``answer`` is the key of the button
    pressed, '' for the last (leave it) and for Escape."""

    def __init__(self, title: str, sentence: str, choices: Sequence[Choice], leave: str, parent: QWidget, *,
                 ask: str = "", safe_leave: bool = False) -> None:
        super().__init__(parent.window())
        self.answer = ""
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        sign = QLabel(self)
        sign.setPixmap(icon("warning").pixmap(px(28), px(28)))
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        told = QLabel(sentence, self)
        told.setWordWrap(True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told.setMinimumWidth(px(470))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(sign)
        head.addWidget(told, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(20), px(18), px(20), px(16))
        box.setSpacing(px(8))
        box.addLayout(head)
        box.addSpacing(px(4))
        if ask:
            box.addWidget(QLabel(ask, self))
        self.buttons: dict[str, QPushButton] = {}
        leave_first = safe_leave or not choices
        for choice in choices:
            self._add(choice, first=not leave_first and choice is choices[0])
        width = max((button.sizeHint().width() for button in self.buttons.values()), default=0)
        self.leave = QPushButton(leave, self)
        self.leave.setObjectName("primary" if leave_first else "")
        self.leave.setAccessibleName(leave)
        self.leave.clicked.connect(self.reject)
        for choice in choices:
            button = self.buttons[choice.key]
            button.setFixedWidth(width)
            row = QHBoxLayout()
            row.setSpacing(px(12))
            row.addWidget(button)
            hint = QLabel(choice.hint, self)
            hint.setObjectName("dim")
            hint.setWordWrap(True)
            hint.setBuddy(button)
            row.addWidget(hint, 1)
            box.addLayout(row)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.leave)
        box.addSpacing(px(4))
        box.addLayout(last)
        first = self.leave if leave_first else self.buttons[choices[0].key]
        first.setDefault(True)
        first.setFocus()

    def _add(self, choice: Choice, *, first: bool) -> None:
        button = QPushButton(choice.text, self)
        button.setObjectName("primary" if first else "")
        button.setAccessibleName(choice.text.replace("&", ""))
        button.setAccessibleDescription(choice.hint)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False, key=choice.key: self._end(key))
        self.buttons[choice.key] = button

    def _end(self, key: str) -> None:
        self.answer = key
        self.accept()


def ask(dialog: TroubleDialog) -> str:
    """Show the dialog and return what was chosen."""
    dialog.exec()
    dialog.deleteLater()
    return dialog.answer
