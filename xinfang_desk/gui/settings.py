"""What the window remembers for this user: recent books, its size. An INI file in the user's own settings folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_RECENT = 8


def store() -> QSettings:
    """The user's settings file."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "xinfang-desk", "window")


def recent_books() -> list[Path]:
    """The books opened last, newest first; those no longer there are left out."""
    stored = store().value("recent", [])
    names = [stored] if isinstance(stored, str) else list(stored) if isinstance(stored, list) else []
    return [Path(str(name)) for name in names if Path(str(name)).is_file()]


def note_book(path: Path) -> None:
    """Put a book at the head of the recent ones."""
    wanted = path.resolve()
    paths = [wanted, *(p for p in recent_books() if p != wanted)]
    store().setValue("recent", [str(p) for p in paths[:_RECENT]])


def note_bytes(key: str, value: QByteArray) -> None:
    """Keep a geometry or splitter state."""
    store().setValue(key, value)


def kept_bytes(key: str) -> QByteArray | None:
    """A geometry or splitter state kept before."""
    value = store().value(key)
    return value if isinstance(value, QByteArray) and not value.isEmpty() else None


def note_text(key: str, value: str) -> None:
    """Keep a small text, such as the folder used last."""
    store().setValue(key, value)


def kept_text(key: str) -> str:
    """A small text kept before, or ''."""
    value = store().value(key, "")
    return value if isinstance(value, str) else ""
