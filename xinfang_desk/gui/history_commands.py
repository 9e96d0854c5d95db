"""The list of changes in the window: a former state looked at, restored, and left again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xinfang_desk.messages import history as words

if TYPE_CHECKING:
    from xinfang_desk.flow.desk import Desk
    from xinfang_desk.flow.past import Entry
    from xinfang_desk.gui.history_dialog import HistoryDialog
    from xinfang_desk.gui.job import Job
    from xinfang_desk.gui.main_window import MainWindow
    from xinfang_desk.model.ledger import Year


class HistoryCommands:
    """What Ctrl+H and the banner over a former state do."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.dialog: HistoryDialog | None = None
        """The list of changes while it is shown."""

    def connect_banner(self) -> None:
        """The banner's buttons; called once the window has it."""
        self._window.former.back_wanted.connect(self.back)
        self._window.former.escape_pressed.connect(self._escape)
        self._window.former.restore_wanted.connect(self.restore_shown)

    def ask(self) -> None:
        """Show the list of changes of the open year. From a former state it leads back to the present first."""
        from xinfang_desk.gui.history_dialog import HistoryDialog

        if self._window.opening.busy:
            return
        self.back()
        hub = self._window.hub
        if hub is None:
            return
        self._window.commit()
        self.dialog = dialog = HistoryDialog(hub.desk, self._window)
        dialog.look_wanted.connect(self.look)
        dialog.restore_wanted.connect(self.restore)
        dialog.finished.connect(self._closed)
        dialog.open()

    def look(self, entry: Entry) -> None:
        """Show the year as it was right after an entry, for reading only."""
        window = self._window
        if window.hub is None or window.opening.busy:
            return
        live = window.put_book_away(close=False)
        assert live is not None
        live.forget_listeners()
        window.say("")  # what was said before was about an edit
        trouble: list[Exception] = []

        def work(_: Job) -> Desk:
            from xinfang_desk.flow import past
            from xinfang_desk.flow.errors import DeskError

            try:
                was = past.FormerDesk(live, past.former(live, entry), entry)
                was.warm()
                return was
            except DeskError as error:
                trouble.append(error)
                return live

        def shown(desk: Desk) -> None:
            window.show_desk(desk)
            for error in trouble:
                window.message.tell(str(error))

        window.opening.begin(words.LOOKING.format(moment=entry.moment), work, shown, window.tell_failure)

    def back(self) -> Desk | None:
        """From a former state to the present; the former desk, ``None`` where the present is shown already."""
        from xinfang_desk.flow.past import FormerDesk

        window = self._window
        if window.hub is None or not isinstance(window.hub.desk, FormerDesk):
            return None
        was = window.put_book_away(close=False)
        assert isinstance(was, FormerDesk)
        window.show_desk(was.live)
        return was

    def restore_shown(self) -> None:
        """Make the year what the former state that is shown was."""
        from xinfang_desk.flow.past import FormerDesk

        was = self.back()
        if isinstance(was, FormerDesk):
            self.restore(was.year, was.entry)

    def restore(self, was: Year, entry: Entry) -> None:
        """Make the open year what it was, as one change."""
        from xinfang_desk.flow import past

        hub = self._window.hub
        if hub is None:
            return
        same = was == hub.desk.year
        outcome = hub.carry_out(lambda: past.restore(hub.desk, was, entry))
        if outcome is not None:
            self._window.say(words.RESTORED_SAID.format(moment=entry.moment))
        elif same:
            self._window.say(words.RESTORED_SAME)

    def _escape(self) -> None:
        """Escape puts away what lies over the page first, then leads back to the present."""
        from xinfang_desk.gui.find_box import FindBox

        box = self._window.findChild(FindBox)
        if isinstance(box, FindBox) and box.isVisible():
            box.close_box()
        else:
            self.back()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
