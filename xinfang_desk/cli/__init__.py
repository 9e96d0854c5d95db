"""The same work from a terminal: sample, check, build, verify, key, pack."""

from __future__ import annotations

from xinfang_desk.cli.commands import main

__all__ = ["main"]
