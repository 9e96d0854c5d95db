"""Printing: from any page, by Ctrl+P, onto a printer that writes a file, which is then looked at."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.test_shots import cut_texts, shoot
from tests.gui.test_window import unnamed
from xinfang_desk.flow.preview import PrintPreview
from xinfang_desk.gui import print_setup, settings
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.print_command import table_shown
from xinfang_desk.gui.print_dialog import PrintDialog
from xinfang_desk.gui.print_setup import Setup, keep_setup, kept_setup
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.messages import printing as words
from xinfang_desk.model.change import Change, SetField

KEY = Qt.Key
PATIENCE = 60_000


def dialog_of(window: MainWindow, qtbot: QtBot, target: Path | None = None) -> PrintDialog:
    """Ctrl+P, and the dialog once the pages are laid out; with ``target`` its printer writes there."""
    assert window.bench is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.bench.current(), KEY.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = next(one for one in window.findChildren(PrintDialog) if one.isVisible())
    qtbot.waitUntil(lambda: dialog._map() is not None, timeout=PATIENCE)

    def make(name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return printer

    if target is not None:
        dialog.make = make
    return dialog


@pytest.fixture
def with_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_setup, "printers", lambda: ["办公室打印机", "文印室 A3"])
    monkeypatch.setattr(print_setup, "can_duplex", lambda name: name == "文印室 A3")


def sizes(path: Path, program: Callable[[str], str]) -> list[tuple[int, int]]:
    told = subprocess.run([program("pdfinfo"), "-l", "-1", str(path)], capture_output=True, text=True, check=True).stdout
    found = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", told) or re.findall(r"Page size: +([\d.]+) x ([\d.]+)", told)
    return [(round(float(width)), round(float(height))) for width, height in found]


def printed(dialog: PrintDialog, qtbot: QtBot) -> str:
    with qtbot.waitSignal(dialog.finished_printing, timeout=PATIENCE) as told:
        assert dialog.start()
    return str(told.args[0]) if told.args else ""


@pytest.mark.usefixtures("with_printers")
def test_chosen_pages_come_out_on_their_paper_as_they_look(
    window: MainWindow, bench: Workbench, qtbot: QtBot, tmp_path: Path, program: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "印.pdf"
    dialog = dialog_of(window, qtbot, target)
    painting: set[int] = set()
    tile = PrintPreview.tile

    def noted(self: PrintPreview, page: int, scale: float, box: tuple[int, int, int, int]) -> bytes:
        painting.add(threading.get_ident())
        return tile(self, page, scale, box)

    monkeypatch.setattr(PrintPreview, "tile", noted)
    preview = dialog.press.preview
    assert preview is not None
    edition = preview.edition
    tables = [(number, page) for number, page in enumerate(preview.map.pages) if page.kind == "table"]
    large = next(number for number, page in tables if page.width > 1000)
    small = next(number for number, page in tables if 700 < page.width < 1000)
    text = next(number for number, page in enumerate(preview.map.pages) if page.kind == "text")
    QTest.keyClicks(dialog.pages, f"{text + 1},{small + 1},{large + 1}")
    assert dialog.what == "pages"
    planned = dialog.planned()
    assert dialog.summary.text() == "将打印 3 页：A4 纸 2 页，A3 纸 1 页。"
    assert "3 页" in printed(dialog, qtbot)
    assert threading.get_ident() not in painting
    assert [one.page for one in planned] == sorted((text, small, large))
    paper = {"A4": [595, 842], "A3": [842, 1191]}
    assert [sorted(size) for size in sizes(target, program)] == [paper[one.paper] for one in planned]
    assert [width > height for width, height in sizes(target, program)] == [one.across for one in planned]
    again = PrintPreview(edition)
    for number, one in enumerate(planned, 1):
        width, height = round(again.map.pages[one.page].width), round(again.map.pages[one.page].height)
        subprocess.run([program("pdftoppm"), "-r", "72", "-f", str(number), "-l", str(number), "-png", "-singlefile",
                        str(target), str(tmp_path / f"seite{number}")], check=True)
        got = QImage(str(tmp_path / f"seite{number}.png")).convertToFormat(QImage.Format.Format_Grayscale8)
        expected = QImage(tile(again, one.page, 1.0, (0, 0, width, height)), width, height, width * 4,
                          QImage.Format.Format_RGB32).convertToFormat(QImage.Format.Format_Grayscale8)
        assert abs(got.width() - width) <= 1
        assert abs(got.height() - height) <= 1
        # Much nearer to its own page than to that page upside down: hair lines alone are drawn otherwise.
        assert difference(got, expected) < 0.6 * difference(got.flipped(Qt.Orientation.Vertical), expected)
    again.close()


def difference(one: QImage, other: QImage) -> float:
    """The mean difference of two grey pictures, coarse enough to forgive smoothing."""
    size = (60, 60)
    smooth = Qt.TransformationMode.SmoothTransformation
    a, b = (image.scaled(*size, mode=smooth).convertToFormat(QImage.Format.Format_Grayscale8) for image in (one, other))
    total = sum(abs(a.pixelColor(x, y).red() - b.pixelColor(x, y).red()) for x in range(size[0]) for y in range(size[1]))
    return total / (size[0] * size[1])


@pytest.mark.usefixtures("with_printers")
def test_a3_is_reduced_to_a4_where_that_is_wished(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, program: Callable[[str], str]
) -> None:
    target = tmp_path / "小.pdf"
    dialog = dialog_of(window, qtbot, target)
    dialog.on_a4.setChecked(True)
    dialog.whats["table"].setChecked(True)
    dialog.table.setCurrentIndex(dialog.table.findData("summary"))
    dialog._show_choice()
    assert "由 A3 缩小" in dialog.summary.text()
    printed(dialog, qtbot)
    assert sizes(target, program) == [(842, 595)]


@pytest.mark.usefixtures("with_printers")
def test_the_set_up_is_remembered_for_each_kind_of_document(
    window: MainWindow, bench: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    bench.show_page("sangong")
    dialog = dialog_of(window, qtbot, tmp_path / "a.pdf")
    assert dialog.printer.currentText() == "办公室打印机"
    assert not dialog.sides.isEnabled()
    dialog.printer.setCurrentIndex(1)
    assert dialog.sides.isEnabled()
    dialog.sides.setCurrentIndex(dialog.sides.findData("short"))
    dialog.on_a4.setChecked(True)
    dialog.whats["table"].setChecked(True)
    dialog.copies.setValue(3)
    printed(dialog, qtbot)
    assert kept_setup("budget") == Setup("文印室 A3", "short", True, "table")
    assert kept_setup("selfeval") == Setup()
    again = dialog_of(window, qtbot)
    assert again.setup == Setup("文印室 A3", "short", True, "table")
    assert again.copies.value() == 1
    again.reject()


def test_a_spoiled_set_up_is_no_trouble(window: MainWindow) -> None:
    for text in ("nonsense", "[1]", '{"sides": 4, "printer": null, "what": "?", "large_on_a4": "yes"}'):
        settings.note_text("print_budget", text)
        assert kept_setup("budget") == Setup()
    keep_setup("budget", Setup("甲", "long"))
    assert kept_setup("budget") == Setup("甲", "long")


def test_without_a_printer_the_pdf_is_offered(
    window: MainWindow, bench: Workbench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_setup, "printers", list)
    dialog = dialog_of(window, qtbot)
    assert dialog.no_printer.isVisible()
    assert dialog.no_printer.text() == words.NO_PRINTER
    assert not dialog.print_button.isEnabled()
    assert dialog.save_button.isDefault()
    shoot(window, "93-print-none")
    with qtbot.waitSignal(dialog.finished_printing, timeout=PATIENCE):
        dialog.save_to(tmp_path / "公开稿.pdf", dialog.wanted())
    assert (tmp_path / "公开稿.pdf").read_bytes().startswith(b"%PDF")
    assert "公开稿.pdf" in window.words.text()


@pytest.mark.usefixtures("with_printers")
def test_the_dialog_is_whole_and_named_and_tells_of_the_draft(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    dialog = dialog_of(window, qtbot)
    assert dialog.draft.isHidden()
    qtbot.wait(30)
    assert unnamed(dialog) == []  # (of the window, a page may be half made just now)
    assert [*cut_texts(dialog)] == []
    dialog.reject()
    line = next(iter(bench.hub.desk.year.lines.values()))
    assert line.amount is not None
    bench.hub.do(Change("改错", (SetField("lines", line.id, "amount", line.amount, line.amount * 3),)))
    dialog = dialog_of(window, qtbot)
    assert dialog.draft.isVisible()
    assert dialog.press.edition is not None
    assert dialog.press.edition.draft
    dialog.pages.setFocus()
    QTest.keyClicks(dialog.pages, "99")
    assert "没有第 99 页" in dialog.summary.text()
    assert not dialog.print_button.isEnabled()
    dialog.reject()


@pytest.mark.usefixtures("with_printers")
def test_printing_is_stopped_between_two_pages(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_of(window, qtbot, tmp_path / "halb.pdf")
    pages: list[int] = []
    tile = PrintPreview.tile

    def noted(self: PrintPreview, page: int, scale: float, box: tuple[int, int, int, int]) -> bytes:
        pages.append(page)
        return tile(self, page, scale, box)

    monkeypatch.setattr(PrintPreview, "tile", noted)
    with qtbot.waitSignal(dialog.finished_printing, timeout=PATIENCE) as told:
        assert dialog.start()
        assert dialog.progress.isVisible()
        assert dialog.cancel.text() == words.STOP
        qtbot.waitUntil(lambda: bool(pages), timeout=PATIENCE)
        dialog.reject()
    assert told.args == [words.STOPPED]
    assert max(pages) < 10
    assert dialog.isVisible()
    assert dialog.print_button.isEnabled()
    assert dialog.state.text() == words.STOPPED
    dialog.reject()


@pytest.mark.usefixtures("with_printers")
def test_a_printer_that_takes_nothing_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_of(window, qtbot, tmp_path / "没有" / "a.pdf")
    dialog.whats["table"].setChecked(True)
    assert "没有接受" in printed(dialog, qtbot)
    assert dialog.isVisible()
    dialog.reject()


def test_the_table_looked_at_is_offered(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page("sangong")
    assert table_shown(bench) == bench.current().page.table
    dialog = dialog_of(window, qtbot)
    assert dialog.table.currentData() == bench.current().page.table
    dialog.reject()
