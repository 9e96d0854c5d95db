"""Under an approved total: what is still to place of it, live."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from xinfang_desk.gui.hub import Hub
from xinfang_desk.messages import window as t
from xinfang_desk.model.money import MoneyUnit, format_amount


class RestLabel(QLabel):
    """Hidden where nothing is approved. Read anew with each edit, and with each key of a figure being typed."""

    def __init__(self, hub: Hub, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._address = address
        self._said: tuple[int | None, MoneyUnit | None] = None, None
        self.setObjectName("rest")
        self.hide()
        hub.changed.connect(lambda _: self.refresh())
        hub.unit_changed.connect(self.refresh)
        self._hears_keys = False
        self.hear_keys(True)

    def hear_keys(self, hears: bool) -> None:
        """Whether it follows each key of a figure that is being typed; no longer, while nobody sees it."""
        if hears is not self._hears_keys:
            self._hears_keys = hears
            (self._hub.tried.connect if hears else self._hub.tried.disconnect)(self._tried)
        if hears:
            self.refresh()

    def _tried(self, _: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Say what is still to place."""
        desk = self._hub.desk
        rest = desk.still_to_place(self._address)
        if (rest, desk.money_unit) == self._said:
            return
        self._said = rest, desk.money_unit
        amount = "" if rest is None else format_amount(abs(rest), desk.money_unit, thousands=True)
        text = "" if rest is None else t.PLACED if rest == 0 else \
            (t.STILL_TO_PLACE if rest > 0 else t.PLACED_TOO_MUCH).format(amount=amount, unit=desk.money_unit.value)
        if self.text() != text:
            self.setText(text)
            self.setVisible(bool(text))
        state = "" if rest is None else "even" if rest == 0 else "open"
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)
