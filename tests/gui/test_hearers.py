"""Who is told of each key: in turn, no longer than wanted."""

from __future__ import annotations

from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.gui.hearers import Hearers
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.model.change import Change


def test_all_are_told_in_turn_and_only_while_they_want_to_be() -> None:
    told: list[str] = []
    hearers: Hearers[[str]] = Hearers()
    hearers.connect(told.append)
    hearers.connect(lambda word: told.append(word.upper()))
    hearers.emit("a")
    assert told == ["a", "A"]
    hearers.disconnect(told.append)
    hearers.disconnect(told.append)  # nobody minds
    hearers.emit("b")
    assert told == ["a", "A", "B"]
    hearers.clear()
    hearers.emit("c")
    assert told == ["a", "A", "B"]


def test_one_that_leaves_while_being_told_disturbs_nobody() -> None:
    told: list[str] = []
    hearers: Hearers[[]] = Hearers()

    def once() -> None:
        told.append("once")
        hearers.disconnect(once)

    hearers.connect(once)
    hearers.connect(lambda: told.append("always"))
    hearers.emit()
    hearers.emit()
    assert told == ["once", "always", "always"]


def test_a_book_that_is_put_away_tells_nobody(window: MainWindow) -> None:
    assert window.bench is not None
    hub = window.bench.hub
    heard: list[Outcome] = []
    hub.tried.connect(heard.append)
    window.close_book()
    nothing = Change("无", ())
    hub.tried.emit(Outcome(nothing, frozenset(), frozenset(), False, False))
    assert heard == []
