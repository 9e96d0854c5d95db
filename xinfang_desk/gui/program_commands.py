"""What concerns the program and not one book: its form packs, and what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xinfang_desk.gui.main_window import MainWindow


class ProgramCommands:
    """One for each main window; dialogs are loaded when asked for."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def show_packs(self) -> None:
        """The form packs: list, put in, take out."""
        from xinfang_desk.gui.packs_dialog import PacksDialog

        dialog = PacksDialog(self._window)
        dialog.exec()
        dialog.deleteLater()

    def show_about(self) -> None:
        """Version, licence, and what is shipped."""
        from xinfang_desk.gui.about_dialog import AboutDialog

        dialog = AboutDialog(self._window, self._window.helping.show_installing)
        dialog.exec()
        dialog.deleteLater()
