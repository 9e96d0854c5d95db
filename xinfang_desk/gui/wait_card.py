"""A card over the window while a book is opened or put away: what is being done, how far it is, and a way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from xinfang_desk.gui.theme import colour
from xinfang_desk.messages import marks
from xinfang_desk.messages import opening as words

_PATIENCE_MS = 250
"""What is over sooner shows no card: it would only flicker."""


class WaitCard(QWidget):
    """Covers its parent, takes its keys and clicks, and gives the cursor back where it was. Esc or the button calls
    the work off, where it can be called off."""

    called_off = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("waitCover")
        self.setAccessibleName(words.CARD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._back: QWidget | None = None
        self.card = QFrame(self)
        self.card.setObjectName("card")
        self.title = QLabel(self.card)
        self.title.setObjectName("paneTitle")
        self.title.setWordWrap(True)
        self.stage = QLabel(self.card)
        self.stage.setObjectName("dim")
        self.bar = QProgressBar(self.card)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words.PROGRESS)
        self.button = QPushButton(words.CANCEL, self.card)
        self.button.setAccessibleName(words.CANCEL)
        self.button.setAccessibleDescription(words.CANCEL_HINT)
        self.button.setToolTip(words.CANCEL_HINT)
        self.button.clicked.connect(self.called_off)
        column = self._column = QVBoxLayout(self.card)
        column.setContentsMargins(28, 22, 28, 18)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.bar)
        column.addWidget(self.stage)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_card)
        parent.installEventFilter(self)
        self.hide()

    def begin(self, sentence: str, *, can_stop: bool) -> None:
        """Cover the window and, when it takes longer than a moment, say what is being done."""
        self._back = QApplication.focusWidget()
        self.title.setText(sentence)
        self.stage.setText("")
        self.button.setVisible(can_stop)
        self.card.hide()
        self._fit()
        self.raise_()
        self.show()
        self.setFocus()
        self._patience.start()

    def tell(self, sentence: str) -> None:
        """Say how far it is."""
        self.stage.setText(sentence)
        self.setAccessibleDescription(marks.COMMA.join((self.title.text(), sentence)))

    def end(self) -> None:
        """Uncover the window; the cursor goes back where it was, unless something else has taken it."""
        self._patience.stop()
        mine = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        back, self._back = self._back, None
        if mine and back is not None and back.isVisible():
            back.setFocus()

    # ---- Qt ----

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.button.isHidden():
            self.called_off.emit()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.card.isHidden():
            veil = QColor(colour("window"))
            veil.setAlpha(190)
            painter = QPainter(self)
            painter.fillRect(self.rect(), veil)
            painter.end()

    # ---- inside ----

    def _show_card(self) -> None:
        self.card.show()
        if not self.button.isHidden():
            self.button.setFocus()
        self._fit()

    def _fit(self) -> None:
        self.setGeometry(self._over.rect())
        width = min(self.width() - 40, 36 * self.fontMetrics().height())
        self.card.resize(width, self._column.totalHeightForWidth(width))
        self.card.move((self.width() - width) // 2, max(0, (self.height() - self.card.height()) // 3))
