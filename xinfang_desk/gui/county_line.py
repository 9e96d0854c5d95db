"""A line for the name of one's county: by name or pinyin initials, chosen from a list that tells namesakes apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from xinfang_desk.flow import regions
from xinfang_desk.gui.picker import Option, PickerLine
from xinfang_desk.messages import start as words


class CountyLine(PickerLine):
    """``chosen`` carries the :class:`County`, or ``None`` where the line was emptied."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self._options, parent)
        self._offered: dict[str, regions.County] = {}
        self.county: regions.County | None = None
        self.picked.connect(self.settle)
        self.textEdited.connect(lambda _: self._light_first())

    def show_county(self, county: regions.County | None) -> None:
        """Put a county into the line without telling anybody."""
        self.county = county
        self.setText(county.shown if county else "")
        self.close_list()

    def settle(self) -> bool:
        """Make a county of what stands in the line; ``False`` where the directory has none of that name."""
        text = self.text().strip()
        if self.county is not None and text == self.county.shown:
            return True
        found = self._offered.get(text) or _only(text)
        if text and found is None:
            self.county = None
            return False
        self.county = found
        if found is not None:
            self.setText(found.shown)
        self.chosen.emit(found)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list_is_open():
            self.take_highlight()
            self.settle()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def _options(self, query: str) -> Sequence[Option]:
        self._offered = {county.shown: county for county in regions.find(query)}
        return [Option(shown, shown) for shown in self._offered]

    def _light_first(self) -> None:
        if self._popup is not None and self._popup.isVisible():
            self._popup.foot.setText(words.COUNTY_FOOT)
            if self._popup.current() is None:
                self._popup.move_by(1)


def _only(text: str) -> regions.County | None:
    """The county somebody means who typed its name and went on; ``None`` where there are namesakes."""
    named = [county for county in regions.find(text) if text in (county.name, county.bare, county.shown)]
    return named[0] if len(named) == 1 else None
