"""账册 → 年度: the years of the open book with their state, listed when the menu is opened, and what can be done with
them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from xinfang_desk.gui.theme import icon
from xinfang_desk.messages import years as words

if TYPE_CHECKING:
    from xinfang_desk.flow.years import YearState


class YearMenu(QMenu):
    """One entry for each year, the open one ticked. ``choose`` gets the year wanted."""

    def __init__(self, choose: Callable[[int], object], new: Callable[[], object], remove: Callable[[], object],
                 show_bin: Callable[[], object], parent: QWidget) -> None:
        super().__init__(words.DO_YEARS, parent)
        self.setAccessibleName(words.DO_YEARS)
        self._choose = choose
        self._group: QActionGroup | None = None
        self.new_action = self._action(words.DO_NEW_YEAR, "year", new)
        self.remove_action = self._action("", "remove", remove)
        self.bin_action = self._action(words.DO_BIN, "bin", show_bin)
        self.show_years((), read_only=True)

    def show_years(self, states: tuple[YearState, ...], *, read_only: bool) -> None:
        """List the years. A book that cannot be changed gets no new year and loses none."""
        for action in self.actions():
            self.removeAction(action)
        group = QActionGroup(self)
        for state in states:
            action = QAction(words.YEAR_ENTRY.format(year=state.year, state=state.state), group)
            action.setCheckable(True)
            action.setChecked(state.current)
            action.triggered.connect(lambda _=False, wanted=state.year: self._choose(wanted))
            self.addAction(action)
        if self._group is not None:
            self._group.deleteLater()
        self._group = group
        current = next((state.year for state in states if state.current), "")
        self.remove_action.setText(words.DO_BIN_YEAR.format(year=current))
        self.new_action.setEnabled(not read_only)
        self.remove_action.setEnabled(not read_only and len(states) > 1)
        self.addSeparator()
        self.addActions([self.new_action, self.remove_action, self.bin_action])

    def _action(self, text: str, sign: str, act: Callable[[], object]) -> QAction:
        action = QAction(icon(sign), text, self)
        action.triggered.connect(lambda _=False: act())
        return action
