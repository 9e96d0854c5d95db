"""Which way Chinese gets in, and fcitx spoken to by ourselves."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.fake_fcitx import BACKSPACE, ESCAPE, OLDER, PORTAL, SPACE, FakeFcitx
from xinfang_desk.gui import composing, fcitx_context, input_methods
from xinfang_desk.gui.composing import ComposingLine
from xinfang_desk.gui.dbus_line import CallFailed, Line, LineLost
from xinfang_desk.gui.fcitx_context import HIGHLIGHT, composed, screen_number
from xinfang_desk.gui.fcitx_input import FcitxInput, composed_event, forwarded_key
from xinfang_desk.gui.input_methods import Way, choose

OURS = frozenset({"ibus", "compose"})


@pytest.mark.parametrize(("environment", "ibus", "fcitx", "way"), [
    ({"QT_IM_MODULE": "fcitx"}, False, True, Way.FCITX),
    ({"QT_IM_MODULE": "fcitx"}, True, True, Way.FCITX),  # fcitx5 answers in the place of ibus too
    ({"QT_IM_MODULE": "fcitx"}, True, False, Way.IBUS),
    ({"QT_IM_MODULE": "fcitx5"}, False, False, Way.FCITX),  # it may still be starting
    ({"QT_IM_MODULE": "ibus"}, False, True, Way.AS_ASKED),
    ({"QT_IM_MODULES": "wayland;ibus", "QT_IM_MODULE": "ibus"}, True, False, Way.IBUS),
    ({"QT_IM_MODULES": "wayland;fcitx"}, False, True, Way.FCITX),
    ({"QT_IM_MODULE": "compose"}, True, True, Way.AS_ASKED),
    ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, False, True, Way.FCITX),
    ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=ibus"}, False, False, Way.IBUS),
    ({"QT_IM_MODULE": "uim"}, True, False, Way.IBUS),
    ({}, True, False, Way.IBUS),
    ({}, False, True, Way.FCITX),
    ({}, False, False, Way.FCITX)])
def test_the_way_is_chosen(environment: dict[str, str], ibus: bool, fcitx: bool, way: Way) -> None:
    assert choose(environment, OURS, ibus, lambda: fcitx) is way


@pytest.mark.parametrize("asked", ["fcitx", "fcitx5"])
def test_a_plug_in_of_fcitx_that_is_there_is_taken(asked: str) -> None:
    assert choose({"QT_IM_MODULE": asked}, OURS | {"fcitx5"}, True, lambda: True) is Way.AS_ASKED


def test_the_shipped_qt_has_ibus_and_no_fcitx() -> None:
    if sys.platform.startswith("linux"):
        assert "ibus" in input_methods.plugins_of({})
        assert not any(map(input_methods.is_fcitx, input_methods.plugins_of({})))


def test_a_plug_in_in_a_folder_of_its_own_counts_where_it_fits(tmp_path: Path) -> None:
    place = tmp_path / "platforminputcontexts"
    place.mkdir()
    named = place / "libfcitx5platforminputcontextplugin.so"
    asked = {"QT_PLUGIN_PATH": f"/nowhere:{tmp_path}"}
    named.write_bytes(b"of another Qt")
    assert "fcitx5" not in input_methods.plugins_of(asked)
    own = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    fitting = next(Path(own, "platforminputcontexts").glob("libibus*.so"), None)
    if fitting is not None:
        shutil.copy(fitting, named)
        assert "fcitx5" in input_methods.plugins_of(asked)


def test_ibus_runs_where_its_note_names_a_living_process(tmp_path: Path) -> None:
    note = tmp_path / "abc-unix-3"
    assert not input_methods.ibus_runs({"DISPLAY": ":3"}, tmp_path)
    note.write_text(f"IBUS_ADDRESS=unix:x\nIBUS_DAEMON_PID={os.getpid()}\n")
    assert input_methods.ibus_runs({"DISPLAY": ":3.0"}, tmp_path)
    assert not input_methods.ibus_runs({"DISPLAY": ":4"}, tmp_path)
    note.write_text("IBUS_DAEMON_PID=999999999\n")
    assert not input_methods.ibus_runs({"DISPLAY": ":3"}, tmp_path)
    note.write_bytes(b"\xff\xfe")
    assert not input_methods.ibus_runs({"DISPLAY": ":3"}, tmp_path)


def test_qt_is_told_of_ibus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    environment = {"QT_IM_MODULE": "uim", "QT_IM_MODULES": "uim", "IBUS_ADDRESS": "unix:x"}
    assert input_methods.prepare(environment) is Way.IBUS
    assert environment == {"QT_IM_MODULE": "ibus", "IBUS_ADDRESS": "unix:x"}


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert input_methods.prepare({"QT_IM_MODULE": "fcitx"}) is Way.AS_ASKED


@pytest.mark.parametrize(("display", "number"), [(":0", 0), (":12.1", 12), ("host:3", 3), ("", 0), (":x", 0)])
def test_the_number_of_the_screen(display: str, number: int) -> None:
    assert screen_number({"DISPLAY": display}) == number


def test_the_cursor_is_counted_in_characters() -> None:
    assert composed([("中文", 0), ("", 0), ("wen", HIGHLIGHT)], 6).cursor == 2
    assert composed([("中文", 0)], 60).cursor == -1
    event = composed_event(composed([("𠮷", 0), ("wen", HIGHLIGHT)], 4))
    assert list(map(attrgetter("start", "length"), event.attributes())) == [(0, 2), (2, 3), (2, 1)]


class Desk(QWidget):
    """Two lines of the program and one of Qt's own."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.two, self.foreign, self.hidden = ComposingLine(), ComposingLine(), QLineEdit(), QLineEdit()
        self.hidden.setEchoMode(QLineEdit.EchoMode.Password)
        box = QVBoxLayout(self)
        for line in (self.one, self.two, self.foreign, self.hidden):
            box.addWidget(line)


class Trial:
    def __init__(self, fcitx: FakeFcitx, desk: Desk, client: FcitxInput) -> None:
        self.fcitx, self.desk, self.client = fcitx, desk, client

    def press(self, *keysyms: int) -> None:
        """Keys as the screen sends them: to the window, which no test of Qt does by itself."""
        window = self.desk.windowHandle()
        for keysym in keysyms:
            QCoreApplication.sendEvent(window, QKeyEvent(
                QEvent.Type.KeyPress, Qt.Key.Key_unknown.value, Qt.KeyboardModifier.NoModifier, 38, keysym, 0, ""))

    def type(self, words: str) -> None:
        self.press(*map(ord, words))


@pytest.fixture
def trial(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, tmp_path: Path,
          monkeypatch: pytest.MonkeyPatch) -> Iterator[Trial]:
    fcitx = FakeFcitx(tmp_path, getattr(request, "param", (PORTAL,)))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", fcitx.address)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(composing, "_told", [])
    desk = Desk()
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    desk.one.setFocus()
    qtbot.waitUntil(lambda: qapp.focusObject() is desk.one)
    client = FcitxInput(qapp)
    yield Trial(fcitx, desk, client)
    client.leave()
    fcitx.stop()


both_ways = pytest.mark.parametrize("trial", [(PORTAL,), (OLDER,)], indirect=True, ids=["newer", "older"])


def test_words_are_composed_and_handed_over(trial: Trial, qtbot: QtBot) -> None:
    trial.type("zhong")
    assert (trial.desk.one.composed, trial.desk.one.text()) == ("zhong", "")
    trial.press(SPACE)
    assert (trial.desk.one.composed, trial.desk.one.text()) == ("", "ZHONG。")


@both_ways
def test_each_fcitx_is_spoken_to_in_its_own_way(trial: Trial) -> None:
    trial.press(ord("z"), ESCAPE)
    keys = trial.fcitx.called("ProcessKeyEvent")
    assert [key[0] for key in keys] == [ord("z"), ESCAPE]
    older = OLDER in trial.fcitx.names
    assert all(isinstance(key[3], int if older else bool) for key in keys)
    assert trial.fcitx.called("SetCapacity" if older else "SetCapability") == [(fcitx_context.CAPABILITIES,)]
    assert trial.fcitx.called("SetCursorRect")


def test_what_fcitx_does_not_want_reaches_the_line(trial: Trial, qtbot: QtBot) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A.value, Qt.KeyboardModifier.NoModifier, 38, 0x41, 0, "A")
    QCoreApplication.sendEvent(trial.desk.windowHandle(), event)
    assert trial.desk.one.text() == "A"


def test_half_typed_words_stay_when_the_focus_moves(trial: Trial) -> None:
    for line in (trial.desk.one, trial.desk.foreign):  # one of the program's own, one of Qt's
        line.setFocus()
        trial.type("zhong")
        assert line.text() == ""
        trial.desk.two.setFocus()
        assert (line.text(), trial.desk.two.text(), trial.desk.two.composed) == ("zhong", "", "")


def test_words_kept_by_the_program_are_given_up_by_fcitx(trial: Trial, qtbot: QtBot) -> None:
    trial.type("wen")
    before = len(trial.fcitx.called("Reset"))
    trial.desk.one.settle_words()
    assert trial.desk.one.text() == "wen"
    qtbot.waitUntil(lambda: len(trial.fcitx.called("Reset")) == before + 1)


def test_a_password_is_not_shown_to_fcitx(trial: Trial) -> None:
    trial.desk.hidden.setFocus()
    before = len(trial.fcitx.called("ProcessKeyEvent"))
    trial.type("geheim")
    assert len(trial.fcitx.called("ProcessKeyEvent")) == before


def test_fcitx_that_goes_and_comes_again_is_taken_up(trial: Trial, qtbot: QtBot) -> None:
    trial.type("z")
    trial.fcitx.owner_changes(PORTAL, owned=False)
    qtbot.waitUntil(lambda: not trial.client.works)
    assert trial.desk.one.composed == ""
    trial.fcitx.owner_changes(PORTAL, owned=True)
    qtbot.waitUntil(lambda: trial.client.works)
    trial.type("w")
    trial.press(SPACE)
    assert trial.desk.one.text().endswith("W。")


def test_a_bus_that_hangs_up_takes_no_key_with_it(trial: Trial, qtbot: QtBot) -> None:
    trial.fcitx.hang_up()
    qtbot.waitUntil(lambda: not trial.client.works)
    QCoreApplication.sendEvent(trial.desk.windowHandle(), QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_B.value, Qt.KeyboardModifier.NoModifier, 56, 0x62, 0, "b"))
    assert trial.desk.one.text() == "b"


def test_an_input_method_that_does_not_answer_costs_no_letter(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcitx_context, "KEY_SECONDS", 0.05)
    trial.fcitx.deaf = True
    QCoreApplication.sendEvent(trial.desk.windowHandle(), QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_C.value, Qt.KeyboardModifier.NoModifier, 54, 0x63, 0, "c"))
    assert trial.desk.one.text() == "c"


def test_a_key_handed_back_works(trial: Trial, qtbot: QtBot) -> None:
    trial.desk.one.setText("字词")
    trial.fcitx.emit("ForwardKey", "uub", BACKSPACE, 0, False)
    qtbot.waitUntil(lambda: trial.desk.one.text() == "字")
    key = forwarded_key(fcitx_context.Forwarded(ord("a"), 4, released=True))
    assert (key.key(), key.text(), key.modifiers(), key.type()) == (
        Qt.Key.Key_A, "a", Qt.KeyboardModifier.ControlModifier, QEvent.Type.KeyRelease)


def test_keys_of_the_window_belong_to_the_words_while_composing(trial: Trial) -> None:
    def taken(target: QObject) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape.value, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QCoreApplication.sendEvent(target, event)
        return event.isAccepted()

    free = taken(trial.desk.one)
    trial.type("z")
    assert taken(trial.desk.one)
    trial.press(ESCAPE)
    assert taken(trial.desk.one) == free


def test_without_a_bus_nothing_happens(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    client = FcitxInput(qapp)
    assert not client.works
    client.leave()
    with pytest.raises(LineLost):
        Line({})


def test_an_error_of_the_other_side_is_told(tmp_path: Path) -> None:
    fcitx = FakeFcitx(tmp_path)
    line = Line({"DBUS_SESSION_BUS_ADDRESS": fcitx.address})
    with pytest.raises(CallFailed, match=r"no\.such\.thing"):
        line.call(PORTAL, "/x", "a.b", "Refuse")
    line.close()
    fcitx.stop()
