"""Buttons of dialogs: their word, and a hint where the word does not say it all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from xinfang_desk.gui.theme import icon
from xinfang_desk.messages import window as t


def dialog_button(parent: QWidget, text: str, hint: str = "", name: str = "") -> QPushButton:
    """One that Enter in a field does not press. ``name``: what the style sheet knows it by, ``primary`` for example."""
    button = QPushButton(text, parent)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    if hint:
        button.setToolTip(hint)
        button.setAccessibleDescription(hint)
    if name:
        button.setObjectName(name)
    return button


def add_close_button(buttons: QDialogButtonBox, dialog: QDialog) -> QPushButton:
    """Put 关闭 into the row; it ends the dialog, as Escape does."""
    button = buttons.addButton(t.CLOSE, QDialogButtonBox.ButtonRole.RejectRole)
    button.setAccessibleName(t.CLOSE)
    buttons.rejected.connect(dialog.reject)
    return button


def add_sign_button(buttons: QDialogButtonBox, sign: str, text: str, hint: str, act: Callable[[], None], *,
                    primary: bool = False) -> QPushButton:
    """Put one into the row; ``primary``: what most people want, drawn in the leading colour and without a sign."""
    button = QPushButton(text, buttons)
    if primary:
        button.setObjectName("primary")
    else:
        button.setIcon(icon(sign))  # its ink would not be seen on the primary colour
    button.setAccessibleName(text)
    button.setAccessibleDescription(hint)
    button.setToolTip(hint)
    button.clicked.connect(lambda: act())
    buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
    return button
