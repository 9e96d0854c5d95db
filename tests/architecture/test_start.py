"""The first window must not wait for libraries that only later work needs."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

HEAVY = {
    "aiohttp", "alembic", "cryptography", "docx", "lxml", "openpyxl", "pikepdf", "PIL", "pyhanko", "pypdfium2",
    "pypinyin", "python_calamine", "reportlab", "sqlalchemy", "xlsxwriter",
}  # fmt: skip


def modules_after(statement: str) -> set[str]:
    """The top-level modules loaded after *statement* ran in a fresh Python."""
    code = f"{statement}\nimport sys\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return set(answer.stdout.split())


def test_the_probe_sees_what_is_loaded() -> None:
    assert "openpyxl" in modules_after("import openpyxl")


def test_the_start_loads_nothing_heavy_and_no_qt() -> None:
    loaded = modules_after("import xinfang_desk.__main__")
    assert not loaded & (HEAVY | {"PySide6"})


def test_the_terminal_loads_nothing_heavy_before_it_knows_the_command() -> None:
    loaded = modules_after("from xinfang_desk.cli import main")
    assert not loaded & (HEAVY | {"PySide6"})


LATER = {"xinfang_desk.engine", "xinfang_desk.flow.desk", "xinfang_desk.gui.hub", "xinfang_desk.gui.workbench",
         "xinfang_desk.model.pack", "xinfang_desk.packs", "xinfang_desk.passages", "xinfang_desk.store"}


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="没有安装 PySide6")
def test_the_window_loads_nothing_of_the_book_before_one_is_opened() -> None:
    code = "from xinfang_desk.gui import run\nimport sys\nprint(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(answer.stdout.split()) & LATER


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="没有安装 PySide6")
def test_the_window_loads_nothing_heavy_when_imported() -> None:
    loaded = modules_after("from xinfang_desk.gui import run")
    assert "PySide6" in loaded
    assert not loaded & HEAVY
