"""The dialog of a new book, by keyboard."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.hands import type_text
from xinfang_desk.flow import library
from xinfang_desk.gui import settings
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.new_book_dialog import NewBookDialog

TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def dialog(empty_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> NewBookDialog:
    settings.note_text("books_folder", str(tmp_path))
    made = NewBookDialog(empty_window, TODAY)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def choose_county(dialog: NewBookDialog, typed: str, down: int = 0) -> None:
    type_text(dialog.county, typed)
    for _ in range(down):
        QTest.keyClick(dialog.county, Qt.Key.Key_Down)
    QTest.keyClick(dialog.county, Qt.Key.Key_Return)


def test_county_unit_enter_makes_the_book(dialog: NewBookDialog, tmp_path: Path) -> None:
    choose_county(dialog, "紫阳")
    assert dialog.county.text() == "紫阳县（陕西 安康市）"
    assert dialog.unit.text() == "紫阳县"
    type_text(dialog.unit, "信访局")
    QTest.keyClick(dialog.unit, Qt.Key.Key_Return)
    assert dialog.path == tmp_path / "紫阳县信访局2026.xfb"
    desk = library.open_desk(dialog.path)
    assert (desk.year.unit.name, desk.year.unit.region) == ("紫阳县信访局", "陕西")
    assert (desk.year.year, desk.pack.id) == (2026, "shaanxi/2023")
    desk.close()


def test_arrows_choose_among_namesakes(dialog: NewBookDialog) -> None:
    choose_county(dialog, "朝阳区", down=1)
    assert dialog.county.county is not None
    assert dialog.county.county.name == "朝阳区"
    assert dialog.county.county.province == "吉林"


def test_the_choice_is_explained_and_follows_the_year(dialog: NewBookDialog) -> None:
    before = dialog.why.text()
    choose_county(dialog, "紫阳")
    assert "2026年先照它编" in dialog.why.text() != before
    dialog.year.setCurrentIndex(dialog.year.findData(2023))
    assert "2023年正适用" in dialog.why.text()
    assert dialog.file.text().endswith("紫阳县2023.xfb")


def test_a_province_without_a_form_of_its_own(dialog: NewBookDialog) -> None:
    choose_county(dialog, "大姚")
    assert dialog.pack.currentData() == "national/2021"
    assert "没有云南自己的表样" in dialog.why.text()
    type_text(dialog.unit, "信访局")
    QTest.keyClick(dialog.unit, Qt.Key.Key_Return)
    assert dialog.path is not None
    desk = library.open_desk(dialog.path)
    assert desk.year.unit.region == "云南"
    desk.close()


def test_the_form_chosen_by_hand_stays(dialog: NewBookDialog) -> None:
    choose_county(dialog, "衡山")
    dialog.more.setChecked(True)
    assert dialog.details.isVisible()
    row = dialog.pack.findData("hunan/2022-ten")
    dialog.pack.setCurrentIndex(row)
    dialog.pack.activated.emit(row)
    assert "您选了" in dialog.why.text()
    dialog.year.setCurrentIndex(dialog.year.findData(2022))
    assert dialog.pack.currentData() == "hunan/2022-ten"


def test_a_units_name_alone_tells_the_county(dialog: NewBookDialog) -> None:
    dialog.unit.setFocus()
    type_text(dialog.unit, "紫阳县信访局")
    assert dialog.county.text() == "紫阳县（陕西 安康市）"
    assert dialog.pack.currentData() == "shaanxi/2023"


def test_an_unknown_county_is_told_and_nothing_is_made(dialog: NewBookDialog, tmp_path: Path) -> None:
    type_text(dialog.county, "没有县")
    dialog.unit.setText("没有县档案馆")
    dialog._make()
    assert "名录里没有“没有县”" in dialog.trouble.text()
    assert list(tmp_path.glob("*.xfb")) == []
    dialog.county.clear()
    dialog._make()
    assert dialog.path is not None


def test_a_complaint_goes_once_it_is_put_right(dialog: NewBookDialog) -> None:
    dialog.county.setText("查无此县")
    dialog._make()
    assert dialog.trouble.isVisibleTo(dialog)
    dialog.county.setText("紫阳县")
    assert dialog.county.settle()
    assert not dialog.trouble.isVisibleTo(dialog)


def test_only_the_county_is_no_units_name(dialog: NewBookDialog) -> None:
    choose_county(dialog, "紫阳")
    dialog._make()
    assert "只有县名" in dialog.trouble.text()
    assert dialog.unit.hasFocus()


@pytest.mark.parametrize("place", ["", "没有的文件夹/某.xfb", "x" * 300])
def test_a_place_that_cannot_be_used_is_told(dialog: NewBookDialog, tmp_path: Path, place: str) -> None:
    dialog.unit.setText("某单位")
    dialog._suggest()
    dialog.file.setText(str(tmp_path / place) if place else "")
    dialog._make()
    if place:
        assert dialog.trouble.isVisible()
        assert dialog.path is None
        assert dialog.file.isVisible()
    else:
        assert dialog.path == tmp_path / "某单位2026.xfb"


def test_an_existing_book_is_not_overwritten(dialog: NewBookDialog, tmp_path: Path) -> None:
    (tmp_path / "某单位2026.xfb").write_bytes(b"mine")
    dialog.unit.setText("某单位")
    dialog._suggest()
    dialog._make()
    assert "不会覆盖" in dialog.trouble.text()
    assert (tmp_path / "某单位2026.xfb").read_bytes() == b"mine"


def test_a_wicked_name_still_gives_a_file(dialog: NewBookDialog, tmp_path: Path) -> None:
    dialog.unit.setText('某县/局:"一"?')
    dialog._suggest()
    dialog._make()
    assert dialog.path == tmp_path / "某县局一2026.xfb"


def test_initials_find_the_county(dialog: NewBookDialog) -> None:
    choose_county(dialog, "syx")
    assert dialog.county.county is not None
    assert "syx" in dialog.county.county.letters
