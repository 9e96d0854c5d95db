"""The window's menu bar, as a table: what can be done, by which keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from xinfang_desk.gui.actions import Command
from xinfang_desk.gui.print_command import ask_print
from xinfang_desk.gui.table_commands import ask_filter
from xinfang_desk.messages import (
    about,
    find,
    findings,
    history,
    look,
    pack_install,
    practice,
    preview,
    printing,
    safety,
    tables,
)
from xinfang_desk.messages import help as help_words
from xinfang_desk.messages import window as t
from xinfang_desk.messages import years as year_words

if TYPE_CHECKING:
    from xinfang_desk.gui.main_window import MainWindow


def menus(window: MainWindow) -> list[tuple[str, list[Command]]]:
    """Every menu with its commands, in order."""
    line = Command("")
    return [
        (t.MENU_BOOK, [
            Command(t.DO_NEW, window.new_book, ("Ctrl+N",), "new", needs_book=False),
            Command(t.DO_OPEN, window.ask_book, ("Ctrl+O",), "folder", needs_book=False),
            Command(t.DO_CLOSE, window.leave_book, ("Ctrl+W",)),
            line,
            Command(t.DO_DOCUMENT, menu=window.documents),
            Command(year_words.DO_YEARS, menu=window.years.menu),
            Command(t.DO_SUBJECTS, window.subjects.ask),
            Command(t.DO_FORGET_SUBJECTS, window.subjects.forget),
            line,
            Command(t.DO_SAVE, window.say_saved, ("Ctrl+S",)),
            Command(printing.DO_PRINT, lambda: window.on_bench(ask_print), ("Ctrl+P",), "print"),
            Command(safety.DO_BACKUPS, window.rescue.show_backups, (), "backup"),
            Command(safety.DO_COPY_TO_STICK, window.rescue.copy_to_stick),
            line,
            Command(pack_install.DO_PACKS, window.program.show_packs, needs_book=False),
            line,
            Command(t.DO_QUIT, window.close, ("Ctrl+Q",), needs_book=False)]),
        (t.MENU_EDIT, [
            Command(t.DO_UNDO, window.undo, ("Ctrl+Z",), "undo"),
            Command(t.DO_REDO, window.redo, ("Ctrl+Y", "Ctrl+Shift+Z"), "redo"),
            Command(history.DO_HISTORY, window.history.ask, ("Ctrl+H",), "history"),
            line,
            Command(tables.DO_FILTER_TABLE, lambda: window.on_bench(ask_filter), ("Ctrl+L",)),
            Command(find.DO_FIND, lambda: window.on_find(lambda box: box.open()), ("Ctrl+F",), "find"),
            Command(find.DO_NEXT_HIT, lambda: window.on_find(lambda box: box.step(1)), ("F3",)),
            Command(find.DO_PREVIOUS_HIT, lambda: window.on_find(lambda box: box.step(-1)), ("Shift+F3",)),
            line,
            Command(t.DO_UNIT, window.toggle_unit, ("Ctrl+U",))]),
        (t.MENU_GO, [
            Command(t.DO_NEXT_PAGE, lambda: window.on_bench(lambda bench: bench.turn(1)), ("Ctrl+Tab",), "next"),
            Command(t.DO_PREVIOUS_PAGE, lambda: window.on_bench(lambda bench: bench.turn(-1)), ("Ctrl+Shift+Tab",), "previous"),
            Command(tables.DO_BACK, lambda: window.on_bench(lambda bench: bench.trail.back()), ("Alt+Left",)),
            Command(tables.DO_FORTH, lambda: window.on_bench(lambda bench: bench.trail.forth()), ("Alt+Right",)),
            Command(t.DO_NEXT_TAB, lambda: window.on_bench(lambda bench: bench.current().turn_tab(1)), ("Ctrl+PgDown",)),
            line,
            Command(t.DO_NEXT_FINDING, lambda: window.walk(1), ("F8",), "warning"),
            Command(t.DO_PREVIOUS_FINDING, lambda: window.walk(-1), ("Shift+F8",)),
            Command(findings.DO_MEND, lambda: window.on_bench(lambda bench: bench.finding_keys.mend()), ("Ctrl+M",), "mend"),
            Command(findings.DO_ANSWER, lambda: window.on_bench(lambda bench: bench.finding_keys.answer()), ("Ctrl+E",), "text"),
            line,
            Command(t.DO_NEXT_PANE, lambda: window.on_bench(lambda bench: bench.next_pane(1)), ("F6",)),
            Command(t.DO_PREVIOUS_PANE, lambda: window.on_bench(lambda bench: bench.next_pane(-1)), ("Shift+F6",))]),
        (t.MENU_VIEW, [
            Command(t.DO_TOGGLE_SECTIONS, lambda: window.on_bench(lambda bench: bench.toggle_sections()), ("F7",)),
            Command(t.DO_TOGGLE_SHEET, lambda: window.on_bench(lambda bench: bench.toggle_sheet()), ("F9",)),
            Command(t.DO_TOGGLE_FINDINGS, lambda: window.on_bench(lambda bench: bench.toggle_findings()), ("F10",)),
            Command(preview.DO_SIDE, lambda: window.on_bench(lambda bench: bench.beside.toggle()), ("F5",), "preview"),
            Command(preview.DO_SHOW_PRINTED, lambda: window.on_bench(lambda bench: bench.beside.show_current()), ("Shift+F5",)),
            line,
            Command(look.DO_TOGGLE_TOOL_BAR, window.toggle_tools),
            line,
            Command(look.DO_LARGER, lambda: window.appearance.step(1), ("Ctrl++", "Ctrl+="), "larger", needs_book=False),
            Command(look.DO_SMALLER, lambda: window.appearance.step(-1), ("Ctrl+-",), "smaller", needs_book=False),
            Command(look.DO_USUAL_SIZE, lambda: window.appearance.set_size(100), ("Ctrl+0",), needs_book=False),
            Command(look.APPEARANCE, menu=window.appearance.menu, needs_book=False)]),
        (t.MENU_HELP, [
            Command(t.DO_HELP, window.helping.show_line, ("F1",), "help", needs_book=False),
            Command(help_words.DO_MANUAL, window.helping.show_manual, (), needs_book=False),
            Command(t.DO_KEYS, window.helping.show_keys, (), needs_book=False),
            Command(help_words.DO_KEY_CARD, window.helping.make_key_card, (), needs_book=False),
            line,
            Command(practice.OPEN, window.beginning.open_practice, needs_book=False),
            line,
            Command(about.DO_ABOUT, window.program.show_about, needs_book=False)]),
    ]


TOOL_KEYS = {"undo": "Ctrl+Z", "redo": "Ctrl+Y", "find": "Ctrl+F", "previous": "Ctrl+Shift+Tab", "next": "Ctrl+Tab",
             "finding": "F8"}


def tool_commands(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What the buttons of the tool bar do."""
    return {"undo": window.undo, "redo": window.redo, "find": lambda: window.on_find(lambda box: box.open()),
            "previous": lambda: window.on_bench(lambda bench: bench.turn(-1)),
            "next": lambda: window.on_bench(lambda bench: bench.turn(1)), "finding": lambda: window.walk(1),
            "preview": lambda: window.show_kind("preview"), "publish": lambda: window.show_kind("export")}
