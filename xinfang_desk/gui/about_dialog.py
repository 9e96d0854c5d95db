"""关于本程序: version and licence, where everything lies, what is shipped, and the licences in full; all of it offline."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QTabWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desk.flow.about import About, about, facts
from xinfang_desk.gui.dialog_buttons import dialog_button
from xinfang_desk.gui.flat_list import flat_list
from xinfang_desk.gui.job import Job
from xinfang_desk.gui.theme import dialog_size, icon, px
from xinfang_desk.messages import about as words
from xinfang_desk.messages import marks
from xinfang_desk.messages import window as t


class AboutDialog(QDialog):
    """``show_manual`` opens the manual's page about installing."""

    def __init__(self, parent: QWidget, show_manual: Callable[[], object]) -> None:
        super().__init__(parent.window())
        self._about: About | None = None
        self.setWindowTitle(words.TITLE)
        self.setAccessibleName(words.TITLE)
        sign = QLabel(self)
        sign.setPixmap(icon("app").pixmap(px(36), px(36)))
        self.head = QLabel(self)
        self.head.setObjectName("pageTitle")
        licence = QLabel(words.LICENCE_LINE, self)
        licence.setWordWrap(True)
        beside = QVBoxLayout()
        beside.addWidget(self.head)
        beside.addWidget(licence)
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(beside, 1)
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(words.TITLE)
        self.tabs.setAccessibleDescription(words.TABS_HINT)
        self.tabs.tabBar().setAccessibleDescription(words.TABS_HINT)
        self.tabs.addTab(self._program(), words.TAB_PROGRAM)
        self.tabs.addTab(self._parts(), words.TAB_PARTS)
        self.tabs.addTab(self._licences(), words.TAB_LICENCES)
        self.manual = dialog_button(self, words.DO_MANUAL, words.DO_MANUAL_HINT)
        self.manual.clicked.connect(self.accept)
        self.accepted.connect(show_manual)
        self.close_button = dialog_button(self, t.CLOSE)
        self.close_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.manual)
        row.addStretch(1)
        row.addWidget(self.close_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(18), px(16), px(18), px(14))
        box.setSpacing(px(12))
        box.addLayout(top)
        box.addWidget(self.tabs, 1)
        box.addLayout(row)
        self.resize(dialog_size(self, 760, 600))
        self.job = Job(lambda _: about(), self)
        self.job.done.connect(self._show)
        self.job.start()
        self.close_button.setFocus()

    def done(self, result: int) -> None:
        """Qt calls this when the dialog ends."""
        self.job.wait()
        super().done(result)

    # ---- inside ----

    def _program(self) -> QWidget:
        page = QWidget(self)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._facts = [*facts()[:2], (words.FACT_QT, qVersion() or ""), *facts()[2:]]
        for label, value in self._facts:
            shown = _told(page, value)
            shown.setAccessibleName(marks.SAID_OF.format(name=label, text=value))
            name = QLabel(label, page)
            name.setObjectName("dim")
            form.addRow(name, shown)
        head = QLabel(words.CHECK_HEAD, page)
        head.setObjectName("paneTitle")
        told = QLabel(words.CHECK_TEXT, page)
        told.setWordWrap(True)
        self.copy = dialog_button(page, words.DO_COPY, words.DO_COPY_HINT)
        self.copy.clicked.connect(self._copy)
        self.copied = QLabel(page)
        self.copied.setObjectName("dim")
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addWidget(self.copied, 1)
        column = _column(page)
        column.addLayout(form)
        column.addLayout(row)
        column.addSpacing(px(6))
        for widget in (head, told, *(_told(page, text) for text in (words.CHECK_WINDOWS, words.CHECK_LINUX))):
            column.addWidget(widget)
        column.addStretch(1)
        room = QScrollArea(self)  # with large type it is higher than a small screen
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setAccessibleName(words.FACTS)
        room.setWidget(page)
        return room

    def _parts(self) -> QWidget:
        page = QWidget(self)
        self.list = flat_list(page, words.PARTS_TITLE, words.COLUMNS)
        self.list.setAccessibleDescription(words.PARTS_HINT)
        self.told = QLabel(page)
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = _column(page)
        column.addWidget(self.list, 1)
        column.addWidget(self.told)
        return page

    def _licences(self) -> QWidget:
        page = QWidget(self)
        self.names = QListWidget(page)
        self.names.setAccessibleName(words.LICENCES_TITLE)
        self.names.setAccessibleDescription(words.LICENCES_HINT)
        self.names.setFixedWidth(self.names.fontMetrics().horizontalAdvance(marks.WIDE) * 15)
        self.text = QPlainTextEdit(page)
        self.text.setAccessibleName(words.LICENCE_TEXT)
        self.text.setAccessibleDescription(words.LICENCE_TEXT_HINT)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        row = QHBoxLayout(page)
        row.setContentsMargins(px(10), px(10), px(10), px(10))
        row.addWidget(self.names)
        row.addWidget(self.text, 1)
        self.names.currentRowChanged.connect(self._show_licence)
        return page

    def _show(self, found: About) -> None:
        self._about = found
        self.head.setText(words.PROGRAM_LINE.format(program=t.PROGRAM, version=found.version))
        self.told.setText(found.told)
        self.list.addTopLevelItems([QTreeWidgetItem([part.name, part.version, part.licence]) for part in found.parts])
        for column in range(self.list.columnCount() - 1):
            self.list.resizeColumnToContents(column)
            self.list.setColumnWidth(column, self.list.columnWidth(column) + px(14))
        self.names.addItems([licence.title for licence in found.licences])
        if found.licences:
            self.names.setCurrentRow(0)
        else:
            self.text.setPlainText(words.LICENCES_NONE)

    def _show_licence(self, row: int) -> None:
        if self._about is not None and 0 <= row < len(self._about.licences):
            self.text.setPlainText(self._about.licences[row].text)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(marks.SAID_OF.format(name=label, text=value) for label, value in self._facts))
        self.copied.setText(words.COPIED)


def _told(parent: QWidget, text: str) -> QLabel:
    """Words that can be marked and copied."""
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(px(10), px(10), px(10), px(10))
    column.setSpacing(px(8))
    return column
