"""The window."""

from __future__ import annotations

from xinfang_desk.gui.qt_code import kept_code, kept_file

with kept_code(kept_file()):
    import PySide6.QtCore  # noqa: F401

from xinfang_desk.gui.app import run

__all__ = ["run"]
