"""Below the menu: the few commands a newcomer looks for, each with a sign and its word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolBar, QToolButton, QWidget

from xinfang_desk.gui import settings
from xinfang_desk.gui.theme import icon, px, watch
from xinfang_desk.messages import look as words

_KEPT = "tool_bar"


class ToolBar(QToolBar):
    """Shown while a book is open, unless the clerk has put it away. Its buttons never take the focus: all of them
    are in the menu, with their keys."""

    def __init__(self, unit_button: QPushButton, parent: QWidget) -> None:
        super().__init__(words.TOOL_BAR, parent)
        self.setObjectName("toolBar")
        self.setAccessibleName(words.TOOL_BAR)
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._unit_button = unit_button
        self._findings: QAction | None = None
        self._book_open = False
        self._open = 0
        watch().changed.connect(self._dress)
        self._dress()

    def fill(self, commands: dict[str, Callable[[], object]], keys: dict[str, str]) -> None:
        """Put the buttons on: by the names in :data:`words.TOOLS`; ``keys``: the key of each, where it has one."""
        for name in words.TOOL_ORDER:
            if not name:
                self.addSeparator()
                continue
            text, tip = words.TOOLS[name]
            action = QAction(icon(words.TOOL_SIGNS[name]), text, self)
            self.addAction(action)
            key = keys.get(name, "")
            action.setToolTip(words.TOOL_TIP.format(tip=tip, key=key) if key else tip)
            action.triggered.connect(lambda _=False, act=commands[name]: act())
            if name == "finding":
                self._findings = action
        space = QWidget(self)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self.addWidget(self._unit_button)
        # Not by widgetForAction: to find out of which class an unknown widget is, PySide6 sets up all its classes of
        # widgets, which took as long as the whole rest of the window.
        texts = {text for text, _ in words.TOOLS.values()}
        for button in self.findChildren(QToolButton):
            if button.text() in texts:
                button.setAccessibleName(button.text())
            else:  # Qt's own, for what has no room
                button.setAccessibleName(words.TOOL_MORE)
                button.setToolTip(words.TOOL_MORE)
            button.setAccessibleDescription(button.toolTip())

    def book_opened(self, is_open: bool) -> None:
        """Buttons are there while there is a book."""
        self._book_open = is_open
        self.setVisible(is_open and self.wished())

    def wished(self) -> bool:
        """Whether the clerk wants the bar."""
        return settings.kept_text(_KEPT) != "hidden"

    def toggle(self) -> None:
        """Put the bar away, or back; kept for this user."""
        settings.note_text(_KEPT, "hidden" if self.wished() else "")
        self.book_opened(self._book_open)

    def show_findings(self, count: int) -> None:
        """Say how many findings still want something done."""
        if self._findings is not None and count != self._open:
            self._open = count
            text = words.TOOLS["finding"][0]
            self._findings.setText(words.TOOL_COUNT.format(text=text, count=count) if count else text)
            button = self.widgetForAction(self._findings)
            button.setAccessibleName(self._findings.text())

    def _dress(self) -> None:
        self.setIconSize(QSize(px(16), px(16)))
