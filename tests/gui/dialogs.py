"""Every window the program opens beside its main one, as a clerk would find it: made on an open sample book."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from openpyxl import Workbook
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

import xinfang_desk.gui
from xinfang_desk.flow import book_bin, library, paste, subjects
from xinfang_desk.flow.rewrite import paragraph_of
from xinfang_desk.gui.about_dialog import AboutDialog
from xinfang_desk.gui.backups_dialog import BackupsDialog
from xinfang_desk.gui.bin_dialog import BinDialog
from xinfang_desk.gui.discarded_dialog import DiscardedDialog
from xinfang_desk.gui.help_window import HelpWindow
from xinfang_desk.gui.history_dialog import HistoryDialog
from xinfang_desk.gui.hub import Hub
from xinfang_desk.gui.indicator_dialog import IndicatorDialog
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.new_book_dialog import NewBookDialog
from xinfang_desk.gui.new_year_dialog import NewYearDialog
from xinfang_desk.gui.packs_dialog import PacksDialog
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.paste_dialog import PasteDialog
from xinfang_desk.gui.phrases import PhrasesDialog
from xinfang_desk.gui.print_dialog import PrintDialog
from xinfang_desk.gui.rewrite_dialog import RewriteDialog
from xinfang_desk.gui.source_dialog import SourceDialog
from xinfang_desk.gui.subjects_dialog import SubjectsDialog
from xinfang_desk.gui.trouble_dialog import Choice, TroubleDialog
from xinfang_desk.gui.working_dialog import WorkingDialog
from xinfang_desk.messages import safety

Make = Callable[[MainWindow, Hub, Path], QWidget]
AMOUNT = 6


def _rewrite(window: MainWindow, hub: Hub, _: Path) -> QWidget:
    document = hub.desk.document()
    key = next(one.key for passage in document.passages for one in passage.paragraphs if one.key)
    return RewriteDialog(hub.desk.year, paragraph_of(document, key), window)


def _source(window: MainWindow, hub: Hub, _: Path) -> QWidget:
    assert window.bench is not None
    window.bench.show_page("basic")
    window.bench.sheet.show_page(window.bench.current().page)  # with large type it makes way
    window.bench.sheet.settle()
    cell = window.bench.sheet.view.sheet_model.address(0, 2)
    assert cell is not None
    return SourceDialog(hub, hub.desk.explain(cell), window)


def _paste(window: MainWindow, _: Hub, __: Path) -> QWidget:
    assert window.bench is not None
    window.bench.show_page("basic")
    page = window.bench.current()
    assert isinstance(page, ListPage)
    lines = page.panes["lines"]
    return PasteDialog(lines.model.plan(1, (AMOUNT, AMOUNT + 1), paste.Clipping((("9", "也许"), ("十",)))), lines.view)


def _subjects(window: MainWindow, hub: Hub, folder: Path) -> QWidget:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("科目编码", "科目名称"), ("2010308", "信访事务（本县）"), ("2010377", "群众接待"), ("2010377", "另一个名称")):
        sheet.append(row)
    book.save(folder / "县科目.xlsx")
    return SubjectsDialog(subjects.read_list(folder / "县科目.xlsx", hub.desk), window)


def _new_year(window: MainWindow, hub: Hub, _: Path) -> QWidget:
    dialog = NewYearDialog(hub.desk, window)
    for _turn in range(400):
        if dialog.plan is not None:
            return dialog
        QTest.qWait(50)
    raise AssertionError("what would be carried over is never listed")


def _packs(window: MainWindow, _: Hub, __: Path) -> QWidget:
    dialog = PacksDialog(window)
    dialog.settle()
    return dialog


def _about(window: MainWindow, _: Hub, __: Path) -> QWidget:
    dialog = AboutDialog(window, window.helping.show_installing)
    dialog.job.join()
    return dialog


def _discarded(window: MainWindow, _: Hub, folder: Path) -> QWidget:
    library.new_sample("003", folder / "删掉的.xfb")
    book_bin.throw_away(folder / "删掉的.xfb")
    dialog = DiscardedDialog([folder], [folder / "没有插的U盘"], window)
    while dialog.busy:
        QTest.qWait(10)
    assert dialog.list.topLevelItemCount() == 1
    return dialog


def _help(window: MainWindow, _: Hub, __: Path) -> QWidget:
    window.helping.show_line()
    assert window.helping.shown is not None
    return window.helping.shown


def _trouble(window: MainWindow, _: Hub, __: Path) -> QWidget:
    choices = [Choice("again", safety.UNSAVED_RETRY, safety.UNSAVED_RETRY_HINT),
               Choice("elsewhere", safety.UNSAVED_ELSEWHERE, safety.UNSAVED_ELSEWHERE_HINT),
               Choice("give_up", safety.UNSAVED_GIVE_UP.format(count=3), safety.UNSAVED_GIVE_UP_HINT)]
    return TroubleDialog(safety.UNSAVED_TITLE, safety.UNSAVED_ASK.format(count=3, reason="磁盘已满。"), choices,
                         safety.UNSAVED_STAY, window, safe_leave=True)


DIALOGS: dict[type[QWidget], Make] = {
    AboutDialog: _about,
    BackupsDialog: lambda window, hub, _: BackupsDialog(hub.desk.path, hub.desk, window),
    BinDialog: lambda window, hub, _: BinDialog(hub, window),
    DiscardedDialog: _discarded,
    HelpWindow: _help,
    HistoryDialog: lambda window, hub, _: HistoryDialog(hub.desk, window),
    IndicatorDialog: lambda window, hub, _: IndicatorDialog(hub.desk, None, window),
    NewBookDialog: lambda window, _, __: NewBookDialog(window),
    NewYearDialog: _new_year,
    PacksDialog: _packs,
    PasteDialog: _paste,
    PhrasesDialog: lambda window, hub, _: PhrasesDialog(hub, window),
    PrintDialog: lambda window, hub, _: PrintDialog(hub, "", window),
    RewriteDialog: _rewrite,
    SourceDialog: _source,
    SubjectsDialog: _subjects,
    TroubleDialog: _trouble,
}


def all_dialogs() -> set[type[QDialog]]:
    """Every kind of dialog of the program, found by itself: one that is added later cannot be left out."""
    modules: list[ModuleType] = [importlib.import_module(found.name) for found in
                                 pkgutil.walk_packages(xinfang_desk.gui.__path__, "xinfang_desk.gui.")]
    return {thing for module in modules for thing in vars(module).values()
            if isinstance(thing, type) and issubclass(thing, QDialog) and thing.__module__.startswith("xinfang_desk.")
            and thing is not WorkingDialog}  # which is what others are made from
