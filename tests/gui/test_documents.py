"""The menu of the book: another document of the same year, and the bureau's own list of accounts."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from pytestqt.qtbot import QtBot

from tests.gui.test_shots import cut_texts, outside, shoot
from xinfang_desk.flow import library
from xinfang_desk.flow.documents import KIND_NAMES
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.page_preview import PreviewPage
from xinfang_desk.gui.subjects_dialog import SubjectsDialog
from xinfang_desk.messages import window as t
from xinfang_desk.model.proposal import SubjectList


def listed(window: MainWindow) -> dict[str, bool]:
    window.documents.aboutToShow.emit()
    return {action.text(): action.isChecked() for action in window.documents.actions()}


def all_pages(window: MainWindow, qtbot: QtBot, name: str) -> dict[str, list[str]]:
    """What is cut off on each page of the open book; pictures where they are asked for."""
    assert window.bench is not None
    problems: dict[str, list[str]] = {}
    for number, page in enumerate(window.bench.pages, 1):
        window.bench.show_page(page.id)
        widget = window.bench.current()
        tabs = widget.tabs.count() if isinstance(widget, ListPage | PreviewPage) and widget.tabs is not None else 1
        for tab in range(tabs):
            qtbot.wait(30)
            shoot(window, f"{name}-{number:02d}-{page.id}{f'-{tab}' if tab else ''}")
            found = [*cut_texts(window), *outside(window)]
            if found:
                problems[f"{page.id} {tab}"] = found
            widget.turn_tab(1)
    return problems


def test_the_year_is_shown_as_a_self_evaluation_and_back(window: MainWindow, qtbot: QtBot) -> None:
    assert window.hub is not None
    budget = window.hub.desk.pack.id
    choices = {choice.title: choice for choice in window.hub.desk.documents()}
    assert list(listed(window).values()) == [choice.own for choice in choices.values()]
    other = next(choice for choice in choices.values() if choice.kind == "selfeval")
    action = next(a for a in window.documents.actions() if a.text() == other.title)
    action.trigger()
    window.opening.wait()
    assert window.hub is not None
    assert window.hub.desk.pack.id == other.pack
    assert KIND_NAMES["selfeval"] in window.windowTitle()
    assert window.bench is not None
    assert [page.id for page in window.bench.pages] == [page.id for page in window.hub.desk.pack.pages]
    assert listed(window)[other.title]
    assert all_pages(window, qtbot, "004-selfeval") == {}
    assert window.open_document(budget)
    assert KIND_NAMES["budget"] in window.windowTitle()


@pytest.mark.parametrize("sample", ["000", "001", "002", "003"])
def test_nothing_is_cut_off_in_any_sample(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot, sample: str
) -> None:
    library.new_sample(sample, tmp_path / "样例.xfb")
    assert empty_window.open_book(tmp_path / "样例.xfb")
    assert all_pages(empty_window, qtbot, sample) == {}


@pytest.fixture
def bureau_list(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("科目编码", "科目名称"), ("2010308", "信访事务（本县）"), ("2010377", "群众接待"), ("2010377", "另一个名称")):
        sheet.append(row)
    book.save(tmp_path / "县科目.xlsx")
    return tmp_path / "县科目.xlsx"


def test_the_bureaus_accounts_are_shown_taken_and_given_back(
    window: MainWindow, bureau_list: Path, qtbot: QtBot
) -> None:
    assert window.hub is not None
    shown: list[SubjectsDialog] = []

    def take(found: SubjectList, parent: object) -> bool:
        dialog = SubjectsDialog(found, window)
        qtbot.addWidget(dialog)
        shown.append(dialog)
        return True

    window.subjects.ask_take = take
    window.subjects.import_list(bureau_list)
    qtbot.waitUntil(lambda: window.words.text() == t.SUBJECTS_TAKEN, timeout=20_000)
    tops = [shown[0].tree.topLevelItem(i) for i in range(shown[0].tree.topLevelItemCount())]
    words = {item.child(i).text(column) for item in tops if item for i in range(item.childCount()) for column in (0, 1)}
    assert {"2010377", "群众接待", "2010308", "信访事务（本县）"} <= words
    assert len(tops) == 3
    assert shown[0].take.isEnabled()
    codes = window.hub.desk.codes.function
    assert codes.name("2010308") == "信访事务（本县）"
    window.subjects.import_list(bureau_list)
    qtbot.waitUntil(lambda: window.words.text() == t.SUBJECTS_SAME, timeout=20_000)
    window.subjects.forget()
    assert window.words.text() == t.SUBJECTS_FORGOTTEN
    assert window.hub.desk.codes.function.name("2010308") == "信访事务"
    window.subjects.forget()
    assert window.words.text() == t.SUBJECTS_OWN


def test_a_file_that_is_no_list_is_told(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "假.xlsx").write_text("不是表格", encoding="utf-8")
    window.subjects.import_list(tmp_path / "假.xlsx")
    qtbot.waitUntil(window.message.isVisible, timeout=20_000)
    assert window.hub is not None
    assert "codes.list" not in window.hub.desk.year.facts
