"""Beside the page while the practice department is open: what is planted, what is mended, and help step by step."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow.practice import STEPS, Guide, Task
from xinfang_desk.gui.flow_row import FlowRow
from xinfang_desk.gui.hints import describe
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.theme import icon, px, watch
from xinfang_desk.messages import hints, marks
from xinfang_desk.messages import practice as words


class PracticeGuide(QFrame):
    """Live: after each edit it is read from the findings which mistakes are still there.

    Raises :class:`DeskError` where the list of mistakes cannot be read.
    """

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._guide = Guide(hub.desk)
        self.tasks: tuple[Task, ...] = self._guide.tasks()
        self._at = next((task.number for task in self.tasks if not task.mended), 1)
        self.setObjectName("practiceGuide")
        self.setAccessibleName(words.GUIDE)
        self.setToolTip(words.GUIDE_HELP)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 8)
        box.setSpacing(6)
        for widget in self._head():
            box.addWidget(widget)
        box.addWidget(self._stepper())
        box.addWidget(self._text(), 1)
        box.addLayout(self._buttons())
        hub.judged.connect(self.refresh)
        watch().changed.connect(self._dress)
        self._dress()
        self._show()
        describe(self)

    @property
    def task(self) -> Task:
        """The mistake in front."""
        return self.tasks[self._at - 1]

    def refresh(self) -> None:
        """See anew what is mended; what has just been mended comes to the front with its explanation."""
        former, self.tasks = self.tasks, self._guide.tasks()
        for old, now in zip(former, self.tasks, strict=True):
            if now.mended and not old.mended:
                self._at = now.number
                self._hub.said.emit(words.JUST_MENDED.format(number=now.number, title=now.title))
            elif old.mended and not now.mended:
                self._hub.said.emit(words.BACK_AGAIN.format(number=now.number))
        self._show()

    def turn(self, by: int) -> None:
        """To the next or previous mistake, round the end."""
        self._at = (self._at - 1 + by) % len(self.tasks) + 1
        self._show()

    def reveal(self) -> None:
        """One step more of the mistake in front."""
        self._guide.reveal(self._at)
        self.tasks = self._guide.tasks()
        self._show()

    def go(self) -> None:
        """To where the mistake in front shows."""
        if self.task.place is not None:
            self._hub.go(self.task.place)

    # ---- laid out ----

    def _head(self) -> tuple[QWidget, ...]:
        title = QLabel(words.GUIDE_TITLE, self)
        title.setObjectName("paneTitle")
        title.setWordWrap(True)
        self.progress = QLabel(self)
        self.progress.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, len(self.tasks))
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words.GUIDE)
        return title, self.progress, self.bar

    def _stepper(self) -> FlowRow:
        self.number = QLabel(self)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = FlowRow(self, spacing=4)
        self.before = self._small("page-previous", words.BEFORE, lambda: self.turn(-1))
        self.after = self._small("page-next", words.AFTER, lambda: self.turn(1))
        for widget in (self.number, self.before, self.after):
            row.addWidget(widget)
        return row

    def _text(self) -> QScrollArea:
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # long explanations are scrolled by key
        self.area.setAccessibleName(words.GUIDE)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.text)
        return self.area

    def _buttons(self) -> QHBoxLayout:
        self.more = QPushButton(self)
        self.more.setAutoDefault(True)  # Enter presses it as Space does
        self.more.clicked.connect(lambda: self.reveal())
        self.there = QPushButton(words.GO, self)
        self.there.setAccessibleName(words.GO.split("(&")[0])
        self.there.setAutoDefault(True)
        self.there.clicked.connect(lambda: self.go())
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.more, 1)
        row.addWidget(self.there)
        return row

    def _small(self, sign: str, name: str, act: object) -> QPushButton:
        button = QPushButton(icon(sign), "", self)
        button.setObjectName("small")
        button.setAutoDefault(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(act)
        return button

    # ---- shown ----

    def _show(self) -> None:
        planted, mended = len(self.tasks), sum(task.mended for task in self.tasks)
        progress = words.PROGRESS.format(planted=planted, mended=mended)
        if mended == planted:
            progress = words.ALL_MENDED.format(planted=planted) + (
                words.ALL_MENDED_READY if self._hub.desk.verdict().ready else words.ALL_MENDED_NOT_READY)
        _put(self.progress, progress)
        self.bar.setValue(mended)
        task = self.task
        state = words.MENDED if task.mended else words.STILL
        _put(self.number, words.NUMBER_STATE.format(number=task.number, planted=planted, state=state))
        tone = "done" if task.mended else "open"
        if self.number.property("tone") != tone:
            self.number.setProperty("tone", tone)
            self.number.style().unpolish(self.number)
            self.number.style().polish(self.number)
        _put(self.text, self._written(task))
        self.text.setAccessibleName("".join(task.words) or words.NOTHING_SHOWN)
        all_shown = task.mended or task.shown >= STEPS
        self.more.setVisible(not all_shown)
        step = words.STEPS[min(task.shown, STEPS - 1)]
        if self.more.text() != step:
            self.more.setText(step)
            self.more.setAccessibleName(step.split("(&")[0])
            self.more.setAccessibleDescription(hints.PRACTICE_STEP)
        # A place is part of the answer: one can be taken there once it has been told.
        self.there.setVisible(task.place is not None and task.shown >= 2)

    def _written(self, task: Task) -> str:
        if task.mended:
            parts = [("", words.MENDED_TITLE.format(title=task.title)), *(("", one) for one in task.words)]
        elif not task.shown:
            parts = [("", words.NOTHING_SHOWN)]
        else:
            names = [*words.STEP_NAMES, *([""] * len(task.rules))]
            parts = list(zip(names, task.words, strict=False))
        return "".join(f"<p style='margin:0 0 6px 0'>{f'<b>{name}</b>{marks.SPACE}' if name else ''}{escape(text)}</p>"
                       for name, text in parts)

    def _dress(self) -> None:
        self.bar.setFixedHeight(px(8))
        self.area.setMinimumHeight(px(90))


def _put(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
