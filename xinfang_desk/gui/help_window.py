"""The help beside the work: above, this line; below, the manual's page for the section.

It opens without taking the keys away from the work; F1 a second time on the same line brings the cursor into it.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QKeySequence, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow import manual
from xinfang_desk.flow.help import Goal, LineHelp, Part, Spot, line_help
from xinfang_desk.gui import settings
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.hints import describe
from xinfang_desk.gui.theme import colour, icon, watch
from xinfang_desk.messages import help as words
from xinfang_desk.messages import marks

if TYPE_CHECKING:
    from xinfang_desk.gui.hub import Hub

_SIZE = (470, 660)
_STYLE = """
body { color: $text; } h1 { font-size: ${h1}pt; margin: 2px 0 8px 0; }
h2 { font-size: ${h2}pt; margin: 14px 0 4px 0; color: $accent_dark; } h3 { font-size: ${h3}pt; margin: 10px 0 2px 0; }
p { margin: 3px 0 7px 0; line-height: 140%; } li { margin: 2px 0 3px 0; line-height: 135%; }
a { color: $accent; text-decoration: none; } .key { background-color: $raised; }
table.grid { border-collapse: collapse; border: 1px solid $line_strong; }
th { background-color: $raised; text-align: left; border: 1px solid $line_strong; }
td { border: 1px solid $line_strong; } td.note { border: none; background-color: $hint_soft; }
.dim, .picture span { color: $dim; } .head { color: $dim; font-weight: bold; margin: 9px 0 1px 0; }
.part { margin: 1px 0 3px 0; line-height: 135%; } .picture { margin: 8px 0; }
"""


def style() -> str:
    """The look of both parts, in the theme's colours and the size of type as they are now."""
    size = QApplication.font().pointSizeF()
    sizes = {name: f"{size * times:.2f}" for name, times in (("h1", 1.5), ("h2", 1.22), ("h3", 1.06))}
    colours = {name: colour(name).name() for name in ("text", "dim", "accent", "accent_dark", "raised", "hint_soft",
                                                       "line_strong")}
    return Template(_STYLE).substitute(sizes | colours)


class _Browser(QTextBrowser):
    """Shows pictures no wider than itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(10)

    def loadResource(self, type_: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's own name
        if type_ == QTextDocument.ResourceType.ImageResource.value:
            url = QUrl(name) if isinstance(name, str) else name
            picture = QImage(url.toLocalFile())
            room = max(160, self.viewport().width() - 34)
            if not picture.isNull() and picture.width() > room:
                picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
            return picture
        return super().loadResource(type_, name)

    def show_html(self, html: str) -> None:
        """Show a page from its beginning."""
        self.document().clear()
        self.document().setDefaultStyleSheet(style())
        self.setHtml(f"<body>{html}</body>")


class HelpWindow(QWidget):
    """Stays open beside the work. Escape closes it; F1 in the main window moves it to the line the cursor is on."""

    line_wanted = Signal()
    """F1 in this window too asks for the line the cursor is on"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.hub: Hub | None = None
        self.goals: list[Goal] = []
        self.page = ""
        self.keys_html = ""
        self._spots: list[Spot] = []
        self._next_page = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(lambda: self.show_page(self._next_page))
        self._back: list[str] = []
        self._ahead: list[str] = []
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(words.TITLE)
        self.setAccessibleName(words.TITLE)
        self.line = _Browser(self)
        self.line.setAccessibleName(words.LINE)
        self.line.anchorClicked.connect(self._line_link)
        self.manual = _Browser(self)
        self.manual.setAccessibleName(words.MANUAL)
        self.manual.anchorClicked.connect(self._manual_link)
        lower = QWidget(self)
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._bar(lower))
        column.addWidget(self.manual, 1)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.setAccessibleName(words.TITLE)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.line)
        self.split.addWidget(lower)
        self.split.setSizes([300, 340])
        hint = QLabel(words.CLOSE_HINT, self)
        hint.setObjectName("dim")
        hint.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 6)
        box.setSpacing(4)
        box.addWidget(self.split, 1)
        box.addWidget(hint)
        self._restore(parent)
        describe(self)
        watch().changed.connect(self._dress_anew)

    def _bar(self, parent: QWidget) -> QHBoxLayout:
        self.back_button = self._button(parent, "previous", words.BACK, self.back)
        self.forward_button = self._button(parent, "next", words.FORWARD, self.forward)
        self.contents_button = QPushButton(words.CONTENTS, parent)
        self.contents_button.setObjectName("small")
        self.contents_button.setAccessibleName(words.CONTENTS)
        self.contents_button.setAccessibleDescription(words.CONTENTS_HINT)
        self.contents_button.clicked.connect(lambda: self.show_page(manual.CONTENTS))
        self.search = ComposingLine(parent)
        self.search.setAccessibleName(words.SEARCH)
        self.search.setPlaceholderText(words.SEARCH_HINT)
        self.search.returnPressed.connect(self._search)
        bar = QHBoxLayout()
        bar.setSpacing(4)
        for widget in (self.back_button, self.forward_button, self.contents_button):
            bar.addWidget(widget)
        bar.addWidget(self.search, 1)
        return bar

    def _button(self, parent: QWidget, sign: str, name: str, act: object) -> QPushButton:
        button = QPushButton(icon(sign), "", parent)
        button.setObjectName("small")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(act)
        return button

    # ---- this line ----

    def show_spot(self, hub: Hub, spot: Spot) -> None:
        """Show the help of a line, and below it the manual's page of its section."""
        self.hub = hub
        self._spots = []
        self.line.show()
        told = self._show_spot(spot)
        if told is not None:
            self._next_page = manual.page_for(told.page, hub.desk.pack.kind)
            self._soon.start()  # the line is painted first

    def shows(self, spot: Spot) -> bool:
        """Whether the help of this very line is on the screen."""
        return self.isVisible() and self._spots[-1:] == [spot]

    def take_cursor(self) -> None:
        """Let the clerk read on by keyboard."""
        self.activateWindow()
        self.line.setFocus()

    def show_words(self, sentence: str, page: str) -> None:
        """Show a sentence in place of a line's help, or the manual alone where there is none, and a page of it."""
        self.hub = None
        self.goals = []
        self._spots = []
        self.line.setVisible(bool(sentence))
        self.line.show_html(f"<p>{escape(sentence)}</p>")
        self.show_page(page)

    def _show_spot(self, spot: Spot) -> LineHelp | None:
        assert self.hub is not None
        try:
            told = line_help(self.hub.desk, spot)
        except KeyError:  # the row or cell has gone since
            self.line.show_html(f"<p>{escape(words.LINE_EMPTY)}</p>")
            return None
        self._spots.append(spot)
        self.goals = []
        back = f"<p class='part'><a href='back:'>‹ {words.BACK}</a></p>" if len(self._spots) > 1 else ""
        parts = "".join(self._part(part) for part in told.parts)
        self.line.show_html(f"{back}<h2 style='margin-top:0'>{escape(told.title)}</h2>"
                            f"<p class='dim'>{escape(told.about)}</p>{parts}")
        return told

    def _part(self, part: Part) -> str:
        head = f"<p class='head'>{escape(part.head)}</p>"
        if any(goal.lead for goal in part.goals):
            return head + "".join(self._table(lead, list(goals))
                                  for lead, goals in groupby(part.goals, key=lambda goal: goal.lead))
        return head + "".join(f"<p class='part'>{self._goal(goal)}</p>" for goal in part.goals)

    def _table(self, lead: str, goals: list[Goal]) -> str:
        listed = marks.AND.join(map(self._goal, goals))
        return f"<p class='part'>{escape(lead)}{listed}</p>"

    def _goal(self, goal: Goal) -> str:
        text, after = escape(goal.text), f" {escape(goal.after)}" if goal.after else ""
        if goal.place is None and not goal.check:
            return text + after
        self.goals.append(goal)
        return f"<a href='go:{len(self.goals) - 1}'>{text}</a>{after}"

    def _line_link(self, url: QUrl) -> None:
        from xinfang_desk.flow.help import AtCheck

        if url.scheme() == "back" and len(self._spots) > 1:
            self._spots.pop()
            self._show_spot(self._spots.pop())
            return
        number = url.path()
        if self.hub is None or not number.isdigit() or int(number) >= len(self.goals):
            return
        goal = self.goals[int(number)]
        if goal.check:
            self._show_spot(AtCheck(goal.check))
        elif goal.place is not None and goal.place.page:
            self.hub.go(goal.place)
            self._to_work()
        elif goal.place is not None and goal.place.cell is not None:
            self.hub.cells_lit.emit((goal.place.cell,))
            self._to_work()

    def _to_work(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            parent.window().activateWindow()

    # ---- the manual ----

    def show_page(self, target: str, *, remember: bool = True) -> None:
        """Show a page of the manual, ``basic`` or ``basic#heading``."""
        self._soon.stop()
        page_id, _, heading = target.partition("#")
        page = manual.pages().get(page_id or self.page)
        if page is None:
            self.manual.show_html(f"<p>{escape(words.NO_PAGE)}</p>")
            return
        if remember and self.page and self.page != page.id:
            self._back.append(self.page)
            self._ahead = []
        if page.id != self.page or not heading:
            self.page = page.id
            before, after = manual.neighbours(page.id)
            foot = f" {marks.SPACE} ".join(f"<a href='page:{one}'>{sign % escape(manual.pages()[one].title)}</a>"
                              for one, sign in ((before, "‹ %s"), (after, "%s ›")) if one)
            html = manual.to_html(page.text, keys=lambda: self.keys_html)
            self.manual.show_html(f"{html}<p class='dim'>{foot}</p>")
        if heading:
            self.manual.scrollToAnchor(heading)
        self._enable()

    def back(self) -> None:
        """To the page shown before."""
        if self._back:
            self._ahead.append(self.page)
            self.show_page(self._back.pop(), remember=False)

    def forward(self) -> None:
        """To the page gone back from."""
        if self._ahead:
            self._back.append(self.page)
            self.show_page(self._ahead.pop(), remember=False)

    def _enable(self) -> None:
        self.back_button.setEnabled(bool(self._back))
        self.forward_button.setEnabled(bool(self._ahead))

    def _search(self) -> None:
        query = self.search.text().strip()
        if query:
            if self.page:
                self._back.append(self.page)
            self.page = ""
            self.manual.show_html(manual.search_html(query))
            self._enable()

    def _manual_link(self, url: QUrl) -> None:
        target = url.toString().partition(":")[2]
        self.show_page(QUrl.fromPercentEncoding(QByteArray(target.encode())))

    # ---- as a window ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            self._to_work()
            return
        if event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus()
            self.search.selectAll()
            return
        if event.key() == Qt.Key.Key_F1:
            self.line_wanted.emit()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        settings.note_bytes("help_window", self.saveGeometry())
        if not self.line.isHidden():  # a hidden pane is kept with no height at all; that must not come back
            settings.note_bytes("help_split", self.split.saveState())
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.page and manual.pages()[self.page].pictures and event.oldSize().width() not in (-1, event.size().width()):
            at = self.manual.verticalScrollBar().value()
            page, self.page = self.page, ""
            self.show_page(page, remember=False)
            self.manual.verticalScrollBar().setValue(at)

    def _dress_anew(self) -> None:
        """Other colours, or another size of type."""
        if self._spots and self.hub is not None:
            self._show_spot(self._spots.pop())
        if self.page:
            page, self.page = self.page, ""
            self.show_page(page, remember=False)

    def _restore(self, parent: QWidget) -> None:
        kept, split = settings.kept_bytes("help_window"), settings.kept_bytes("help_split")
        if kept is None or not self.restoreGeometry(kept):
            room = parent.window().frameGeometry()
            self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height()))
            self.move(room.right() - self.width() - 8, room.top() + 48)
        if split is not None:
            self.split.restoreState(split)
