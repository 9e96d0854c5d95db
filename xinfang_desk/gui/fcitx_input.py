"""Typing Chinese through fcitx although no plug-in of fcitx fits the Qt this program brings.

The Qt of PySide6 brings a plug-in for ibus and none for fcitx, which is what 统信UOS and 麒麟 run; and those of the
systems are built for another Qt. So keys are offered to fcitx over the session bus before a widget sees them, and what
fcitx makes of them is given to the widget as any input method gives it: as ``QInputMethodEvent``.
"""

from __future__ import annotations

import logging
import os

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSocketNotifier, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QPalette,
    QTextCharFormat,
    QWindow,
)
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from xinfang_desk.gui import composing
from xinfang_desk.gui.dbus_line import CallFailed, Line, LineLost
from xinfang_desk.gui.fcitx_context import (
    HIGHLIGHT,
    Committed,
    Composed,
    Context,
    Forwarded,
    Said,
    open_context,
    watch_names,
)

logger = logging.getLogger(__name__)

KEY = Qt.Key
_FORWARDED = {0xFF08: KEY.Key_Backspace, 0xFF09: KEY.Key_Tab, 0xFF0D: KEY.Key_Return, 0xFF1B: KEY.Key_Escape,
              0xFF50: KEY.Key_Home, 0xFF51: KEY.Key_Left, 0xFF52: KEY.Key_Up, 0xFF53: KEY.Key_Right,
              0xFF54: KEY.Key_Down, 0xFF55: KEY.Key_PageUp, 0xFF56: KEY.Key_PageDown, 0xFF57: KEY.Key_End,
              0xFFFF: KEY.Key_Delete}
_SHIFT, _CONTROL, _ALT = 1 << 0, 1 << 2, 1 << 3


class FcitxInput(QObject):
    """Lives as long as the application. Where fcitx comes later, or goes and comes again, it is taken up then."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._line: Line | None = None
        self._context: Context | None = None
        self._object: QObject | None = None
        self._window: QWindow | None = None
        self._composed = Composed()
        self._notifier: QSocketNotifier | None = None
        try:
            line = Line(os.environ)
            watch_names(line, os.environ)
        except (LineLost, CallFailed) as error:
            logger.info("no input through fcitx: %s", error)
            return
        self._line = line
        self._notifier = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        app.focusWindowChanged.connect(self._watch_window)
        app.focusObjectChanged.connect(self._focus_moved)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._show_place)
        composing.when_given_up(self._give_up)
        self._begin()
        self._watch_window(app.focusWindow())
        self._focus_moved(app.focusObject())

    @property
    def works(self) -> bool:
        """Whether fcitx is spoken to now."""
        return self._context is not None

    def leave(self) -> None:
        """Hang up and hear no more."""
        if self._line is not None:
            self._line.close()
        self._line = self._context = None
        self._show(Composed())
        app = QCoreApplication.instance()
        if self._notifier is not None and isinstance(app, QApplication):
            self._notifier = None
            app.focusWindowChanged.disconnect(self._watch_window)
            app.focusObjectChanged.disconnect(self._focus_moved)
            QGuiApplication.inputMethod().cursorRectangleChanged.disconnect(self._show_place)
            self._watch_window(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the window with the focus go to fcitx first."""
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return watched is self._window and isinstance(event, QKeyEvent) and self._offer(event)
        if kind == QEvent.Type.ShortcutOverride and self._composed.text:
            event.accept()  # what moves and closes things elsewhere belongs to the words being composed
            return True
        return False

    def _begin(self) -> None:
        if self._line is None:
            return
        try:
            self._context = open_context(self._line, os.environ)
        except (LineLost, CallFailed) as error:
            self._lose(error)
            return
        if self._context is not None:
            logger.info("input through %s", self._context.service)
            self._focus_moved(QGuiApplication.focusObject())

    def _lose(self, error: Exception) -> None:
        logger.warning("input through fcitx has ended: %s", error)
        self._context = None
        self._show(Composed())
        if self._line is not None and self._line.fileno() < 0:
            self._line = None
            if self._notifier is not None:
                self._notifier.setEnabled(False)

    # ---- what goes to fcitx ----

    def _offer(self, event: QKeyEvent) -> bool:
        context = self._context
        if context is None or not self._wanted(self._object):
            return False
        try:
            self._show_place()
            taken = context.key(event.nativeVirtualKey(), event.nativeScanCode(), event.nativeModifiers(),
                                event.type() == QEvent.Type.KeyRelease, event.timestamp())
        except LineLost as error:
            self._lose(error)
            return False
        self._hear()
        return taken

    def _watch_window(self, window: QWindow | None) -> None:
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def _focus_moved(self, now: QObject | None) -> None:
        former, self._object = self._object, now
        if former is not None and isValid(former) and former is not now:
            former.removeEventFilter(self)
            self._keep(former)
        self._composed = Composed()
        if now is not None and now is not self._window:
            now.installEventFilter(self)
        if self._context is None:
            return
        try:
            if former is not now:
                self._context.reset()
            self._context.focus(self._wanted(now))
        except LineLost as error:
            self._lose(error)
        self._show_place()

    def _keep(self, former: QObject) -> None:
        """What was half typed stays; the program's own lines and texts see to that themselves."""
        if self._composed.text and not isinstance(former, composing.Composing):
            event = QInputMethodEvent()
            event.setCommitString(self._composed.text)
            QCoreApplication.sendEvent(former, event)

    def _give_up(self) -> None:
        self._composed = Composed()
        if self._context is not None:
            try:
                self._context.reset()
            except LineLost as error:
                self._lose(error)

    def _show_place(self) -> None:
        window = self._window
        if self._context is None or window is None or not isValid(window) or not self._wanted(self._object):
            return
        rect = QGuiApplication.inputMethod().cursorRectangle().toRect()
        try:
            self._context.cursor_at(on_screen(window, rect))
        except LineLost as error:
            self._lose(error)

    @staticmethod
    def _wanted(widget: QObject | None) -> bool:
        """Whether words may be composed here: not in a list, not where a password is typed."""
        if widget is None or not isValid(widget):
            return False
        query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled | Qt.InputMethodQuery.ImHints)
        QCoreApplication.sendEvent(widget, query)
        hints = query.value(Qt.InputMethodQuery.ImHints)
        hidden = Qt.InputMethodHint.ImhHiddenText
        return bool(query.value(Qt.InputMethodQuery.ImEnabled)) and not (
            hints is not None and Qt.InputMethodHint(hints) & hidden)

    # ---- what comes from fcitx ----

    def _hear(self) -> None:
        if self._line is None:
            return
        try:
            if self._context is None:
                if self._line.signals():
                    self._begin()
                return
            said, here = self._context.said()
        except LineLost as error:
            self._lose(error)
            return
        for one in said:
            self._take(one)
        if not here:
            self._show(Composed())
            self._begin()

    def _take(self, said: Said) -> None:
        widget = self._object
        if widget is None or not isValid(widget):
            return
        match said:
            case Committed(text):
                self._composed = Composed()
                event = QInputMethodEvent()
                event.setCommitString(text)
                QCoreApplication.sendEvent(widget, event)
            case Composed():
                self._show(said)
            case Forwarded():
                QCoreApplication.sendEvent(widget, forwarded_key(said))

    def _show(self, composed: Composed) -> None:
        if not composed.text and not self._composed.text:
            return
        self._composed = composed
        if self._object is not None and isValid(self._object):
            QCoreApplication.sendEvent(self._object, composed_event(composed))


def composed_event(composed: Composed) -> QInputMethodEvent:
    """What is being composed, underlined; the piece the input method is at, in the colours of a selection."""
    kinds = QInputMethodEvent.AttributeType
    attributes = []
    at = 0
    for words, flags in composed.pieces:
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        if flags & HIGHLIGHT:
            palette = QGuiApplication.palette()
            style.setBackground(palette.brush(QPalette.ColorRole.Highlight))
            style.setForeground(palette.brush(QPalette.ColorRole.HighlightedText))
        long = utf16(words)
        attributes.append(QInputMethodEvent.Attribute(kinds.TextFormat, at, long, style))
        at += long
    if composed.cursor >= 0:
        attributes.append(QInputMethodEvent.Attribute(kinds.Cursor, utf16(composed.text[:composed.cursor]), 1, None))
    return QInputMethodEvent(composed.text, attributes)


def utf16(text: str) -> int:
    """How long a text is as Qt counts: a rare character outside the first plane is two."""
    return len(text.encode("utf-16-le")) // 2


def forwarded_key(said: Forwarded) -> QKeyEvent:
    """A key that fcitx hands back, as the widget would have seen it."""
    plain = Qt.KeyboardModifier
    modifiers = plain.NoModifier
    for bit, modifier in ((_SHIFT, plain.ShiftModifier), (_CONTROL, plain.ControlModifier), (_ALT, plain.AltModifier)):
        if said.state & bit:
            modifiers |= modifier
    printable = 0x20 <= said.keysym < 0x7F
    key = ord(chr(said.keysym).upper()) if printable else _FORWARDED.get(said.keysym, KEY.Key_unknown).value
    kind = QEvent.Type.KeyRelease if said.released else QEvent.Type.KeyPress
    return QKeyEvent(kind, key, modifiers, chr(said.keysym) if printable else "")


def on_screen(window: QWindow, rect: QRect) -> tuple[int, int, int, int]:
    """A place of a window in the pixels of the screen, which is how X and fcitx count."""
    corner = window.screen().geometry().topLeft()
    scale = window.devicePixelRatio()
    at = window.mapToGlobal(rect.topLeft()) - corner
    return (round(at.x() * scale) + corner.x(), round(at.y() * scale) + corner.y(),
            round(rect.width() * scale), round(rect.height() * scale))
