"""Under which name a book is held."""

from __future__ import annotations

import getpass
import platform


def holder_name() -> str:
    """Who holds the book, for the lock and the history: user and computer."""
    return f"{getpass.getuser()}@{platform.node()}"
