"""The keys that deal with the current finding from wherever the cursor is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from xinfang_desk.gui.finding_detail import MEND_KEYS, FindingDetail
from xinfang_desk.gui.page_review import ReviewPage
from xinfang_desk.messages import findings as words

if TYPE_CHECKING:
    from xinfang_desk.gui.workbench import Workbench


class FindingKeys(QObject):
    """Ctrl+M and its companions, Ctrl+E: on the review page for its own list, elsewhere for the panel's."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._bench = bench
        for number, key in enumerate(MEND_KEYS[1:], 1):
            QShortcut(QKeySequence(key), bench, lambda number=number: self.mend(number))
        bench.findings.detail.explained_wanted.connect(self.show_explained)

    def mend(self, number: int = 0) -> None:
        """Carry out a remedy of the current finding; what is still only typed is taken first."""
        self._bench.commit_pending()
        self._detail().mend(number)

    def answer(self) -> None:
        """Go to where the 说明 of the current warning is written."""
        bench = self._bench
        bench.commit_pending()
        page = bench.current()
        if isinstance(page, ReviewPage):
            found = page.begin_answer()
        else:
            if bench.findings.isHidden():
                bench.toggle_findings()
            found = bench.findings.begin_answer()
        if not found:
            bench.hub.said.emit(words.ANSWER_NOT_HERE)

    def show_explained(self) -> None:
        """Show the page on which the 说明 are printed."""
        if not self._bench.beside.show_passage("explained"):
            self._bench.hub.said.emit(words.ANSWER_NOT_PRINTED)

    def _detail(self) -> FindingDetail:
        page = self._bench.current()
        return page.detail if isinstance(page, ReviewPage) else self._bench.findings.detail
