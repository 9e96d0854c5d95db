"""What PySide declares deleted too early: objects asked of an argument that is taken back when a virtual call returns.

A painter, an event or a style option handed to an override is invalid afterwards, and so is everything it handed out
(its *device*, *widget*, *child*, *action*): the widget being painted, with all its parts, on the Python side. The
program then fails far from the cause, or crashes.
"""

from __future__ import annotations

import ast
from pathlib import Path

GUI = Path(__file__).resolve().parents[2] / "xinfang_desk" / "gui"
LENT = {"painter", "event", "option"}
HANDED_OUT = {"device", "widget", "child", "action", "source", "styleObject", "model"}


NEVER = {"focusProxy", "defaultAction", "activeAction"}
"""Asked of any widget: the answer belongs to the asked one on the Python side (shiboken takes what a method returns for
a child), and asked of one of Qt's inner parts it is declared deleted when that part's wrapper goes."""


def handed_out(source: str) -> list[str]:
    return [f"{node.lineno}: {node.value.id}.{node.attr}" for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
            and ((node.value.id in LENT and node.attr in HANDED_OUT) or node.attr in NEVER)]


def test_nothing_is_asked_of_an_argument_that_is_taken_back() -> None:
    found = [f"{path.name}:{line}" for path in sorted(GUI.glob("*.py"))
             for line in handed_out(path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_look_finds_what_it_looks_for() -> None:
    assert handed_out("ratio = painter.device().devicePixelRatioF()") == ["1: painter.device"]
    assert handed_out("(widget.focusProxy() or widget).setFocus()") == ["1: widget.focusProxy"]
