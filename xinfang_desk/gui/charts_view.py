"""The pictures of the budget on white paper, each with its sentence, to be copied or kept as a file."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import charts
from xinfang_desk.flow.charts import Drawn
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.job import Job
from xinfang_desk.gui.theme import chart_family, watch
from xinfang_desk.messages import charts as words
from xinfang_desk.messages import hints

_ON_SCREEN = 1.5
_IN_FILES = 3.0


class ChartsView(QWidget):
    """Drawn in a thread of its own when looked at; the former pictures stay until the new ones are there."""

    def __init__(self, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._job: Job | None = None
        self._again = False
        self.cards: list[_Card] = []
        self.setAccessibleName(words.TAB_NAME)
        self.words = QLabel(words.DRAWING, self)
        self.words.setObjectName("dim")
        self.words.setWordWrap(True)
        inside = QWidget(self)
        inside.setAccessibleName(words.TAB_NAME)
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(12)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setObjectName("desktop")
        self.area.setAccessibleName(words.TAB_NAME)
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.addWidget(self.words)
        box.addWidget(self.area, 1)

    def renew(self) -> None:
        """Draw the book as it is now."""
        if self._job is not None:
            self._again = True
            return
        chart_family()
        wanted = self._hub.desk.charts()
        self._job = Job(lambda _: charts.draw(wanted), self)
        self._job.done.connect(self._show)
        self._job.failed.connect(self._failed)
        self._job.finished.connect(self._end)
        self._job.start()

    def let_go(self) -> None:
        """The book is being closed."""
        self._again = False
        if self._job is not None:
            self._job.leave()

    def _show(self, drawn: tuple[Drawn, ...]) -> None:
        self.words.setText(words.INTRO if drawn else words.NONE)
        while len(self.cards) > len(drawn):
            gone = self.cards.pop()
            self._column.removeWidget(gone)
            gone.deleteLater()
        for number, one in enumerate(drawn):
            if number == len(self.cards):
                card = _Card(self._hub, self)
                self.cards.append(card)
                self._column.insertWidget(number, card, 0, Qt.AlignmentFlag.AlignHCenter)
            self.cards[number].show_chart(one)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.words.setText(str(error))

    def _end(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        if self._again:
            self._again = False
            self.renew()


class _Card(QFrame):
    """One picture on paper, the sentence below, and what can be done with it."""

    def __init__(self, hub: Hub, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub = hub
        self._drawn: Drawn | None = None
        self.setObjectName("chartPaper")
        self.picture = QSvgWidget(self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copied = QPushButton(words.COPY, self)
        self.copied.clicked.connect(self.copy)
        self.kept = QPushButton(words.SAVE, self)
        self.copied.setAccessibleDescription(hints.CHART_COPY)
        self.kept.setAccessibleDescription(hints.CHART_SAVE)
        self.kept.clicked.connect(self.ask_file)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.copied)
        foot.addWidget(self.kept)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 12)
        box.setSpacing(8)
        watch().changed.connect(self._fit)
        box.addWidget(self.picture)
        box.addWidget(self.sentence)
        box.addLayout(foot)

    def show_chart(self, drawn: Drawn) -> None:
        """Show a picture in place of the former."""
        self._drawn = drawn
        self.picture.load(QByteArray(drawn.svg))
        size = self.picture.renderer().defaultSize()
        self.picture.setFixedSize(QSize(round(size.width() * _ON_SCREEN), round(size.height() * _ON_SCREEN)))
        title = drawn.chart.title
        self.picture.setAccessibleName(title)
        self.picture.setAccessibleDescription(drawn.chart.sentence)
        self.setAccessibleName(title)
        self.sentence.setText(drawn.chart.sentence)
        self._fit()
        self.copied.setAccessibleName(words.COPY_NAMED.format(title=title))
        self.kept.setAccessibleName(words.SAVE_NAMED.format(title=title))

    def _fit(self) -> None:
        """The sentence is as wide as the picture and as high as it needs at this size of type."""
        self.sentence.ensurePolished()
        self.sentence.setFixedWidth(self.picture.width())
        self.sentence.setFixedHeight(self.sentence.heightForWidth(self.picture.width()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._drawn is not None:
            self._fit()

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if self._drawn is not None:
            QGuiApplication.clipboard().setImage(_image(self._drawn.svg))
            self._hub.said.emit(words.COPIED.format(title=self._drawn.chart.title))

    def ask_file(self) -> None:
        """Let the clerk choose where the picture goes."""
        if self._drawn is None:
            return
        suggested = self._hub.desk.path.parent / f"{re.sub('[“”]', '', self._drawn.chart.title)}.svg"
        chosen, _ = QFileDialog.getSaveFileName(self, words.SAVE_TITLE, str(suggested), words.SAVE_FILTER)
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Keep the picture in a file: PNG by that ending, else SVG."""
        if self._drawn is None:
            return
        try:
            charts.save(_png(self._drawn.svg) if path.suffix.lower() == ".png" else self._drawn.svg, path)
        except DeskError as error:
            self._hub.refused.emit(str(error))
            return
        self._hub.said.emit(words.SAVED.format(title=self._drawn.chart.title, file=path))


def _image(svg: bytes) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg))
    size = renderer.defaultSize() * _IN_FILES
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def _png(svg: bytes) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    _image(svg).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
