"""The first window must not wait for libraries that only later work needs."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

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


LATER = {"xinfang_desk.engine", "xinfang_desk.expr", "xinfang_desk.flow.desk", "xinfang_desk.flow.library",
         "xinfang_desk.flow.documents", "xinfang_desk.gui.hub", "xinfang_desk.gui.workbench", "xinfang_desk.model.ledger",
         "xinfang_desk.model.pack", "xinfang_desk.packs", "xinfang_desk.passages", "xinfang_desk.store"}
"""What only an open book needs."""
SLOW = {"asyncio", "configparser", "ctypes", "email", "hashlib", "http", "json", "logging.handlers", "multiprocessing",
        "pickle", "platform", "platformdirs", "shutil", "socket", "sqlite3", "subprocess", "tomllib", "uuid", "xml"}
"""What else the start has no use for; each takes milliseconds."""

START = """
import gc, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from xinfang_desk.__main__ import main
from xinfang_desk.gui import app
from xinfang_desk.gui.sweeper import Sweeper

def seen(window, arguments):
    assert window.isVisible() and window.findChild(Sweeper) and gc.get_freeze_count() > 10_000
    print(*sys.modules)
    window.close()
    app.QApplication.quit()

app.begin = seen
sys.exit(main([]))
"""


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="没有安装 PySide6")
def test_until_the_window_is_painted_nothing_is_loaded_that_it_does_not_need(tmp_path: Path) -> None:
    bare = modules_loaded("import PySide6.QtWidgets, PySide6.QtSvg", tmp_path)
    loaded = modules_loaded(START, tmp_path)
    assert "xinfang_desk.gui.start_page" in loaded
    assert not loaded & LATER
    assert not {name.split(".")[0] for name in loaded} & HEAVY
    assert not (loaded - bare) & SLOW  # PySide6 itself brings some along


def modules_loaded(code: str, folder: Path) -> set[str]:
    """All modules loaded by *code*, with settings and data of its own."""
    surroundings = {**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    code = f"{code}\nimport sys\nprint(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=surroundings)
    return set(answer.stdout.split())
