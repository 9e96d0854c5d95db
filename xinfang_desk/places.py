"""Where the program's data folders are: in a checkout beside the package, installed inside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from xinfang_desk.messages import program as words

_PACKAGE = Path(__file__).resolve().parent


def _data_folder(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    if installed.is_dir():
        return installed
    checkout = _PACKAGE.parent / name
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(
        words.FOLDER_MISSING.format(name=name, installed=installed, checkout=checkout)
    )


def forms_dir() -> Path:
    """Return the folder of form packs and code tables.

    Raises:
        FileNotFoundError: the program is not completely installed.
    """
    return _data_folder("forms")


def manual_dir() -> Path:
    """Return the folder of the manual's pages.

    Raises:
        FileNotFoundError: the program is not completely installed.
    """
    return _data_folder("docs/manual")


def tour_dir() -> Path:
    """Return the folder of the manual's pictures and their captions.

    Raises:
        FileNotFoundError: the program is not completely installed.
    """
    return _data_folder("docs/tour")


def resources_dir() -> Path:
    """Return the folder of fonts, icons, translations and style.

    Raises:
        FileNotFoundError: the program is not completely installed.
    """
    return _data_folder("resources")


def about_dir() -> Path | None:
    """Return the folder an installer puts the bill of materials and the licences into; ``None`` in a checkout."""
    folder = _PACKAGE / "_data" / "about"
    return folder if folder.is_dir() else None


def package_dir() -> Path:
    """Return the folder of the program's own code."""
    return _PACKAGE


def user_dir() -> Path:
    """Return this user's own folder for the program (log, practice book, packs put in later); it need not be there.

    Linux: ``~/.local/share/xinfang-desk``; Windows: ``%LOCALAPPDATA%\\xinfang-desk``.
    """
    if str(sys.platform).startswith("linux"):  # str: mypy would take the rest for unreachable
        # As platformdirs says for Linux. To import it takes as long as a tenth of a window.
        shared = os.environ.get("XDG_DATA_HOME", "").strip()
        return Path(shared or "~/.local/share").expanduser() / "xinfang-desk"
    from platformdirs import user_data_path

    return Path(user_data_path("xinfang-desk", appauthor=False))


def python() -> Path:
    """Return the Python that a helper process is started with.

    Installed on Windows, the process that runs is the program's own .exe, and to start that again would open a second
    window; there the plain Python lies in the runtime's folder.
    """
    plain = Path(sys.base_prefix) / "python.exe"
    if sys.platform == "win32" and plain.is_file():
        return plain
    return Path(sys.executable)
