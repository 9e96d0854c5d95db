"""Ctrl+P: the print dialog, asked for the table that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xinfang_desk.gui.workbench import Workbench


def ask_print(bench: Workbench) -> None:
    """Show the print dialog; what is still only typed is taken first."""
    from xinfang_desk.gui.print_dialog import PrintDialog

    bench.commit_pending()
    dialog = PrintDialog(bench.hub, table_shown(bench), bench)
    dialog.open()


def table_shown(bench: Workbench) -> str:
    """The sheet that is looked at just now: on the preview page that of the page in view, elsewhere the one the page
    feeds; '' where there is none."""
    from xinfang_desk.gui.page_preview import PreviewPage

    page = bench.current()
    view = page.pages.pages if isinstance(page, PreviewPage) else bench.beside.side.pages \
        if bench.beside.side is not None and bench.beside.is_open else None
    if view is not None and view.map is not None:
        return view.map.pages[view.page].sheet
    return page.page.table or ""
