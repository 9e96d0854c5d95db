"""What the window remembers for this user: recent books, its size. An INI file in the user's own settings folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_RECENT = 8
_BINS = 30


def store() -> QSettings:
    """The user's settings file."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "xinfang-desk", "window")


def recent_books() -> list[Path]:
    """The books opened last, newest first; whether they are still there is for others to see, away from this thread."""
    return _kept_paths("recent")


def note_book(path: Path) -> None:
    """Put a book at the head of the recent ones."""
    wanted = path.absolute()
    _keep([wanted, *(p for p in recent_books() if p != wanted)])


def forget_book(path: Path) -> None:
    """Take a book off the recent ones; its file is not touched."""
    _keep([p for p in recent_books() if p != path])


def found_again(old: Path, new: Path) -> None:
    """A recent book lies elsewhere now: it keeps its place in the list."""
    wanted = new.absolute()
    _keep(list(dict.fromkeys(wanted if p == old else p for p in recent_books())))


def bin_homes() -> list[Path]:
    """The folders books were deleted from, the last first."""
    return _kept_paths("bins")


def note_bin(home: Path) -> None:
    """A book was deleted from this folder."""
    homes = list(dict.fromkeys([home, *bin_homes()]))
    store().setValue("bins", [str(one) for one in homes[:_BINS]])


def _kept_paths(key: str) -> list[Path]:
    stored = store().value(key, [])
    names = [stored] if isinstance(stored, str) else list(stored) if isinstance(stored, list) else []
    return [Path(str(name)) for name in names if str(name)]


def _keep(paths: list[Path]) -> None:
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
