"""Gives what can be pressed or filled in the description a screen reader says after its name, where it has none yet."""

from __future__ import annotations

from functools import cache

from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from xinfang_desk.messages import marks


def said_after_name(widget: QWidget) -> str:
    """What a screen reader adds to the name: the description, else the tooltip, as Qt falls back."""
    return widget.accessibleDescription() or widget.toolTip()


def spoken_name(widget: QWidget) -> str:
    """The name a screen reader says."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def hint_for(name: str) -> str:
    """The sentence of the catalogue for a thing of this name; '' where there is none. What tells one of a kind from the
    others is left away: ``添加行 采购项目`` is found by ``添加行``, ``公开说明（7 页）`` by what stands before the bracket."""
    hints = _hints()
    return hints.get(name) or hints.get(_kind(name), "")


@cache
def _hints() -> dict[str, str]:
    from xinfang_desk.messages.hints import BY_NAME

    return {_kind(name): hint for name, hint in BY_NAME.items()} | BY_NAME


def _kind(name: str) -> str:
    return name.partition("(&")[0].partition(marks.BRACKET)[0].partition(" ")[0]


def describe(root: QWidget) -> None:
    """Describe everything inside, and the thing itself, that has no description of its own."""
    # Later than the first paint, which has no use for most of these classes and their names.
    from PySide6.QtWidgets import (
        QAbstractItemView,
        QAbstractSpinBox,
        QComboBox,
        QLineEdit,
        QPlainTextEdit,
        QTextEdit,
    )

    for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QAbstractItemView):
        for widget in [*root.findChildren(kind), *([root] if isinstance(root, kind) else [])]:
            name = spoken_name(widget)
            if said_after_name(widget) in ("", name):
                widget.setAccessibleDescription(hint_for(name))


def describe_dialogs(app: QApplication) -> None:
    """Describe every dialog when it comes to the front."""

    def came(_: object) -> None:
        window = QApplication.activeWindow()
        if isinstance(window, QDialog):
            describe(window)

    app.focusWindowChanged.connect(came)
