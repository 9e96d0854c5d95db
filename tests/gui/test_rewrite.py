"""A paragraph is rewritten in the preview, follows its figures, and is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.library import open_desk
from xinfang_desk.gui.narrative_view import NarrativeView
from xinfang_desk.gui.rewrite_dialog import RewriteDialog
from xinfang_desk.model.passage import Paragraph


@pytest.fixture
def desk(book: Path) -> Iterator[Desk]:
    opened = open_desk(book)
    yield opened
    opened.close()


def paragraph_with(desk: Desk, words: str) -> Paragraph:
    return next(p for passage in desk.document().passages for p in passage.paragraphs if words in p.text)


def test_the_dialog_saves_and_takes_back(desk: Desk, qtbot: QtBot) -> None:
    paragraph = paragraph_with(desk, "安排机关运行经费")
    window = QWidget()
    qtbot.addWidget(window)
    dialog = RewriteDialog(desk.year, paragraph, window)
    assert not dialog.back.isVisibleTo(dialog)
    dialog.text.setPlainText("机关运行经费共7.72万元，比去年少。")
    dialog.save.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.change is not None
    desk.do(dialog.change)
    rewritten = paragraph_with(desk, "比去年少")
    assert rewritten.rewritten
    again = RewriteDialog(desk.year, rewritten, window)
    again.back.click()
    assert again.change is not None
    desk.do(again.change)
    assert not paragraph_with(desk, "安排机关运行经费").rewritten


def test_the_link_names_the_paragraph(desk: Desk, qtbot: QtBot) -> None:
    view = NarrativeView()
    qtbot.addWidget(view)
    view.show_document(desk.document(), {sheet.id: sheet for sheet in desk.sheets()})
    key = paragraph_with(desk, "安排机关运行经费").key
    with qtbot.waitSignal(view.rewrite_wanted) as heard:
        view.anchorClicked.emit(QUrl(f"rewrite:{key}"))
    assert heard.args == [key]
