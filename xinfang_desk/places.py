"""Where the program's data folders are: in a checkout beside the package, installed inside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _data_folder(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    if installed.is_dir():
        return installed
    checkout = _PACKAGE.parent / name
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(
        f"找不到程序自带的文件夹“{name}”（查过 {installed} 和 {checkout}），程序没有装完整，请重新安装。"
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
