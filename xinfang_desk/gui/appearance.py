"""Light or dark, and the size of type: chosen by the clerk, kept in the settings, changed while the program runs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from xinfang_desk.gui import settings, theme
from xinfang_desk.messages import look as words

SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
"""Sizes of type in percent that Ctrl + and Ctrl − go through."""
ZOOMS_ITSELF = "zoomsItself"
"""A widget with this property takes Ctrl and the wheel for what it shows."""
_NOTCH = 120
_SCHEME, _SIZE = "appearance", "type_size"
_WANTED = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}


def scheme() -> str:
    """What is chosen: system, light or dark."""
    kept = settings.kept_text(_SCHEME)
    return kept if kept in words.SCHEMES else "system"


def size() -> int:
    """The chosen size of type in percent; 100 where what is kept makes no sense."""
    kept = settings.kept_text(_SIZE)
    return int(kept) if kept.isdecimal() and int(kept) in SIZES else 100


def system_dark() -> bool:
    """Whether the system is set to dark."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def wanted_dark() -> bool:
    """Whether the dark set is to be worn: as chosen, else as the system has it."""
    chosen = scheme()
    if chosen == "system":
        return system_dark()
    return chosen == "dark"


def dress(app: QApplication) -> None:
    """Dress the program as the settings say, before the first window is made."""
    # The system's own parts (title bar, file dialogs) go along.
    QGuiApplication.styleHints().setColorScheme(_WANTED[scheme()])
    theme.dress(app, dark=wanted_dark(), percent=size())


class Appearance(QObject):
    """Changes the look of the running program; one for each main window. ``said``: what was done, in a sentence."""

    said = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._turned = 0
        self.menu = QMenu(words.APPEARANCE, window)
        self.menu.setAccessibleName(words.APPEARANCE)
        group = QActionGroup(self)
        self._choices = {}
        for name, text in words.SCHEMES.items():
            action = QAction(text, self.menu)
            self.menu.addAction(action)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, name=name: self.choose(name))
            group.addAction(action)
            self._choices[name] = action
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply()

    def choose(self, name: str) -> None:
        """Wear ``system``, ``light`` or ``dark`` from now on."""
        settings.note_text(_SCHEME, name)
        self.apply()
        self.said.emit(words.SCHEME_CHANGED[name])

    def step(self, by: int) -> None:
        """So many sizes larger, or smaller where negative; at the end it is told that this is the end."""
        now = SIZES.index(size())
        wanted = max(0, min(now + by, len(SIZES) - 1))
        if wanted == now:
            self.said.emit((words.SIZE_LARGEST if by > 0 else words.SIZE_SMALLEST).format(percent=size()))
        else:
            self.set_size(SIZES[wanted])

    def set_size(self, percent: int) -> None:
        """Give all type this size. Raises ``ValueError`` for one that is not among :data:`SIZES`."""
        if percent not in SIZES:
            raise ValueError(percent)
        settings.note_text(_SIZE, str(percent))
        self.apply()
        self.said.emit(words.SIZE_USUAL if percent == 100 else words.SIZE_NOW.format(percent=percent))

    def apply(self) -> None:
        """Wear what the settings say; nothing is done where it is worn already."""
        self._choices[scheme()].setChecked(True)
        app = QApplication.instance()
        if isinstance(app, QApplication) and (theme.is_dark(), theme.percent()) != (wanted_dark(), size()):
            dress(app)

    def watch_wheel(self) -> None:
        """Ctrl and the wheel change the size of type. Called when the window has been shown: its system window is
        the one place all turns of the wheel come through, and paint events do not."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(event, QWheelEvent):
            return False
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        under = self._window.childAt(self._window.mapFromGlobal(event.globalPosition().toPoint()))
        if under is not None and under.property(ZOOMS_ITSELF):
            return False
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)
        if notches:
            self._turned -= notches * _NOTCH
            self.step(notches)
        return True

    def _system_changed(self) -> None:
        if scheme() == "system":
            self.apply()
