"""The window."""

from __future__ import annotations

from xinfang_desk.gui.app import run

__all__ = ["run"]
