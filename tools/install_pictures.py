"""Takes the manual's pictures of what is no part of a day's work: form packs put in from a stick, the About window, and
deleted books.

``python tools/install_pictures.py`` puts them into docs/tour; ``make tour`` takes them too.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.shrink import shrink  # noqa: E402 - found only with the checkout in the path

FOLDER = ROOT / "docs" / "tour"
NUMBERED = ("30-pack-offer", "31-packs", "32-about", "33-deleted")

MANIFEST = """[pack]
id = "shaanxi/2024"
title = "陕西省部门综合预算公开（2024年）"
region = "陕西"
years = [2024, 2025]
extends = "shaanxi/2023"
"""


def main() -> int:
    """Take them, with data and settings of nobody's."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_DATA_HOME"] = place
        stick = Path(tempfile.gettempdir()) / "U盘"
        stick.mkdir(exist_ok=True)
        file = stick / "陕西省2024年报表包.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(zipfile.ZipInfo("shaanxi/2024/pack.toml", (2023, 11, 20, 9, 0, 0)), MANIFEST)
        try:
            _take(file, Path(place))
        finally:
            file.unlink()
            stick.rmdir()
    return 0


def _take(file: Path, place: Path) -> None:
    from PySide6.QtCore import QSettings
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QDialog

    from xinfang_desk.flow import about, book_bin, library, recent
    from xinfang_desk.gui import about_dialog
    from xinfang_desk.gui.about_dialog import AboutDialog
    from xinfang_desk.gui.app import application
    from xinfang_desk.gui.discarded_dialog import DiscardedDialog
    from xinfang_desk.gui.main_window import MainWindow
    from xinfang_desk.gui.packs_dialog import PacksDialog
    from xinfang_desk.messages import about as about_words

    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(place / "settings"))
    application()
    window = MainWindow()
    window.resize(1366, 728)
    window.show()

    def keep(dialog: QDialog, name: str) -> None:
        QTest.qWait(100)
        picture = FOLDER / f"{name}.png"
        dialog.grab().save(str(picture))
        shrink(picture, picture)

    packs = PacksDialog(window)
    packs.show()
    packs.look_into(file)
    packs.settle()
    keep(packs, NUMBERED[0])
    packs.telling.take.click()
    packs.settle()
    packs.settle()
    keep(packs, NUMBERED[1])
    packs.reject()
    # The paths of this machine are nobody's business.
    setattr(about, "package_dir", lambda: Path("/opt/xinfang-desk/app/xinfang_desk"))  # noqa: B010 - not exported there
    setattr(about, "user_dir", lambda: Path("/home/wang/.local/share/xinfang-desk"))  # noqa: B010
    told = about.facts
    setattr(about_dialog, "facts", lambda: tuple(  # noqa: B010
        (label, "Linux-5.10-x86_64-with-glibc2.31" if label == about_words.FACT_SYSTEM else value) for label, value in told()))
    shown = AboutDialog(window, lambda: None)
    shown.show()
    shown.job.join()
    keep(shown, NUMBERED[2])
    shown.reject()
    desk = Path(tempfile.gettempdir()) / "预算公开"
    shutil.rmtree(desk, ignore_errors=True)
    desk.mkdir()
    for number, name in (("003", "平乡县信访局2021（试填）"), ("004", "紫阳县信访局2023")):
        library.new_sample(number, desk / f"{name}.xfb")
        opened = library.open_desk(desk / f"{name}.xfb")
        recent.keep_standing(opened)
        opened.close()
        book_bin.throw_away(desk / f"{name}.xfb")
    deleted = DiscardedDialog([desk], [], window)
    deleted.show()
    while deleted.busy:
        QTest.qWait(10)
    keep(deleted, NUMBERED[3])
    deleted.reject()
    shutil.rmtree(desk)
    window.close()


if __name__ == "__main__":
    sys.exit(main())
