"""The preview at the side of the workbench: what makes room for it, and what it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSplitter, QWidget

from xinfang_desk.flow.preview import printed_of
from xinfang_desk.gui import settings
from xinfang_desk.gui.press import Press
from xinfang_desk.gui.preview_side import PreviewSide
from xinfang_desk.gui.theme import px
from xinfang_desk.messages import preview as words
from xinfang_desk.model.sheet import CellAddress

if TYPE_CHECKING:
    from xinfang_desk.gui.workbench import Workbench

_WIDE = 1600
"""From this width of the workbench on, the preview stands at the right at first, else below; in pixels."""
_HIGH = 520
"""Under this height, at 100 %, there is no room for it below the entry."""
_ROOMY = 1800
"""From this width on it stands at the right beside the findings, below that in their place."""
_SHARE = {"right": 500, "below": 480}
"""Of the room that entry and preview share, the preview takes this much at first, in thousandths."""


class SideBySide(QObject):
    """The preview takes the place of the table below, as it shows that table; or it stands at the right, on a small
    screen in the place of the findings. The clerk's choice is remembered."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._bench = bench
        self._side: PreviewSide | None = None
        self._wished = False
        self._where = "below"

    @property
    def side(self) -> PreviewSide | None:
        """The preview, once it has been made."""
        return self._side

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self._side is not None and not self._side.isHidden()

    @property
    def takes_findings(self) -> bool:
        """Whether it stands in the place of the findings."""
        return self.is_open and self._where == "right" and self._bench.width() < _ROOMY

    def toggle(self) -> None:
        """F5: show it, or put it away."""
        self._wished = not self.is_open
        self.arrange()

    def arrange(self) -> None:
        """Show what belongs on the screen with the page in front."""
        bench = self._bench
        widget = bench.current()
        shown = self._wished and widget.page.kind != "preview"
        if shown and self._side is None:
            self._make()
        if self._side is None:
            return
        was = self.is_open
        if was and not shown:
            self._keep_share()
        self._side.setVisible(shown)
        bench.show_panes()
        if shown:
            if not was:
                self._share_out()
            self._side.follow(widget.page)

    def panes(self) -> list[QWidget]:
        """For F6."""
        return [self._side] if self._side is not None and self.is_open else []

    def light(self, cells: tuple[CellAddress, ...]) -> bool:
        """Light cells in the preview. Returns whether it is open and shows them."""
        return bool(cells) and self._side is not None and self.is_open and self._side.show_cells(cells)

    def show_cells(self, cells: tuple[CellAddress, ...], address: str = "") -> None:
        """Open the preview where cells, or what stands at an address, are printed; on the preview page they are shown
        there."""
        bench = self._bench
        if bench.current().page.kind == "preview":
            from xinfang_desk.gui.page_preview import PreviewPage

            page = bench.current()
            assert isinstance(page, PreviewPage)
            shown = page.show_printed(cells, address)
        else:
            self._wished = True
            if not self.is_open:
                self.arrange()
            shown = self._side is not None and self._side.show_cells(cells, address)
        if not shown:
            bench.hub.said.emit(words.NOT_PRINTED)

    def show_passage(self, passage: str) -> bool:
        """Open the preview where a passage begins. Returns ``False`` where it is known not to be printed."""
        self._wished = True
        if not self.is_open:
            self.arrange()
        return self._side is not None and self._side.show_passage(passage)

    def show_current(self) -> None:
        """Shift+F5: where what is under the cursor is printed; of a line of the entry, the cells it moves."""
        from xinfang_desk.gui.help_spot import spot_of

        bench = self._bench
        bench.commit_pending()
        cells, address = printed_of(bench.hub.desk, spot_of(bench))
        if cells or address:
            self.show_cells(cells, address)
        else:
            bench.hub.said.emit(words.NOT_PRINTED)

    def stop(self) -> None:
        """The book is being closed."""
        self._keep_share()
        press = self._bench.hub.findChild(Press)
        if isinstance(press, Press):
            press.stop()

    # ---- inside ----

    def _make(self) -> None:
        self._side = side = PreviewSide(self._bench.hub, self._bench)
        side.hide()
        side.closed.connect(self.toggle)
        side.moved.connect(self._move)
        kept = settings.kept_text("preview_where")
        flat = self._bench.height() < px(_HIGH)
        self._where = kept if kept in _SHARE else "right" if flat or self._bench.width() >= _WIDE else "below"
        self._settle_in()

    def _move(self) -> None:
        """Below instead of at the right, or back."""
        assert self._side is not None
        self._keep_share()
        self._side.hide()
        self._where = "below" if self._where == "right" else "right"
        settings.note_text("preview_where", self._where)
        self._settle_in()
        self.arrange()
        self._side.setFocus()

    def _settle_in(self) -> None:
        bench, side = self._bench, self._side
        assert side is not None
        right = self._where == "right"
        (bench.split if right else bench.middle).addWidget(side)
        side.setMinimumSize(px(300) if right else 0, 0 if right else px(140))
        side.name_other(words.SIDE_BELOW if right else words.SIDE_RIGHT)

    def _share_out(self) -> None:
        """Sizes of the panes: the entry and the preview share what they have, all others keep their own."""
        bench, side = self._bench, self._side
        assert side is not None
        kept = settings.kept_text(f"preview_{self._where}")
        share = (int(kept) if kept.isdigit() else _SHARE[self._where]) / 1000
        split = side.parentWidget()
        assert isinstance(split, QSplitter)
        sizes = split.sizes()
        main, at = split.indexOf(bench.middle if self._where == "right" else bench.stack), split.indexOf(side)
        hidden = sum(size for n, size in enumerate(sizes) if split.widget(n).isHidden())
        room = sizes[main] + sizes[at] + hidden
        sizes = [0 if split.widget(n).isHidden() else size for n, size in enumerate(sizes)]
        sizes[at] = round(room * share)
        sizes[main] = room - sizes[at]
        split.setSizes(sizes)

    def _keep_share(self) -> None:
        side = self._side
        if side is None or side.isHidden():
            return
        split = side.parentWidget()
        if isinstance(split, QSplitter):
            main = split.indexOf(self._bench.middle if self._where == "right" else self._bench.stack)
            sizes = split.sizes()
            own, other = sizes[split.indexOf(side)], sizes[main]
            if own and other:
                settings.note_text(f"preview_{self._where}", str(own * 1000 // (own + other)))
