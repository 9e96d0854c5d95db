"""The start of the program: which face it shows, and what it says when it cannot."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from xinfang_desk import __main__ as start
from xinfang_desk import system_libraries


class Face:
    """Stands in for the window or the terminal: remembers what it was asked."""

    def __init__(self, answer: int) -> None:
        self.answer = answer
        self.asked: list[list[str]] = []

    def __call__(self, argv: list[str]) -> int:
        self.asked.append(argv)
        return self.answer


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_args, **_kwargs: tmp_path / "data" / "xinfang-desk")
    yield tmp_path / "data" / "xinfang-desk"
    for handler in list(start.logger.handlers):
        start.logger.removeHandler(handler)
        handler.close()


@pytest.mark.parametrize("command", [*sorted(start.SUBCOMMANDS), "--help"])
def test_a_subcommand_goes_to_the_terminal_face(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    face = Face(1)
    monkeypatch.setattr("xinfang_desk.cli.main", face, raising=False)
    assert start.main([command, "x"]) == 1
    assert face.asked == [[command, "x"]]


@pytest.mark.parametrize("arguments", [[], ["新账册.xfb"], ["-style", "fusion"]])
def test_all_else_opens_the_window(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    face = Face(0)
    monkeypatch.setattr(start, "_open_window", face)
    assert start.main(arguments) == 0
    assert face.asked == [arguments]


def test_dead_objects_are_looked_for_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "_open_window", lambda _: int(gc.get_threshold() == start.COLLECTOR))
    usual = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    try:
        assert start.main([]) == 1
    finally:
        gc.set_threshold(*usual)


def test_an_existing_file_of_any_name_opens_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "账册"
    book.touch()
    monkeypatch.setattr(start, "_open_window", lambda argv: 0)
    assert start.main([str(book)]) == 0


def test_a_word_it_does_not_know_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["biuld"]) == start.CANNOT_RUN
    assert "biuld" in capsys.readouterr().err


def test_an_unexpected_error_is_told_and_logged(
    own_data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(argv: list[str]) -> int:
        raise RuntimeError("坏了")

    monkeypatch.setattr(start, "_open_window", fail)
    assert start.main([]) == start.CANNOT_RUN
    assert "坏了" in capsys.readouterr().err
    log = own_data_folder / "logs" / "xinfang-desk.log"
    assert "RuntimeError: 坏了" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(
    own_data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own_data_folder.parent.mkdir()
    own_data_folder.write_text("a file where the folder should be")
    monkeypatch.setattr(start, "_open_window", lambda argv: 0)
    assert start.main([]) == 0
    assert "日志" in capsys.readouterr().err


def test_the_log_stays_on_this_machine(own_data_folder: Path) -> None:
    file = start.start_log()
    assert [type(handler) for handler in start.logger.handlers] == [start.Log]
    assert file == own_data_folder / "logs" / "xinfang-desk.log"
    assert file.read_text(encoding="utf-8") == ""
    start.logger.info("eins")
    start.logger.error("zwei")
    assert [line.split(" ", 2)[2] for line in file.read_text(encoding="utf-8").splitlines()] == [
        "INFO xinfang_desk: eins", "ERROR xinfang_desk: zwei"]


def test_the_log_is_turned_over_before_it_grows_large(own_data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "_LOG_BYTES", 1000)
    file = start.start_log()
    assert file is not None
    for number in range(100):
        start.logger.info("%d %s", number, "x" * 50)
    assert file.stat().st_size <= 1000
    assert len(list(file.parent.iterdir())) == 1 + start._LOG_FILES


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ImportError("libEGL.so.1: cannot open shared object file: No such file or directory"), "libegl1"),
        (ImportError("libnew.so.7: cannot open shared object file: No such file"), "libnew.so.7"),
        (ModuleNotFoundError("No module named 'PySide6'", name="PySide6"), "PySide6"),
    ],
)
def test_what_the_window_lacks_is_named(
    error: ImportError, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def obstacle() -> str | None:
        raise error

    monkeypatch.setattr(start, "window_obstacle", obstacle)
    assert start.main([]) == start.CANNOT_RUN
    said = capsys.readouterr().err
    assert told in said
    assert len(said.strip().splitlines()) == 1


def test_no_screen_is_said_instead_of_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert "没有图形界面" in (system_libraries.window_obstacle() or "")


def test_an_asked_for_platform_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert system_libraries.window_obstacle() is None


def test_a_window_program_without_standard_error_tells_in_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[object, ...]] = []
    box = SimpleNamespace(MessageBoxW=lambda *words: shown.append(words))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=box), raising=False)
    monkeypatch.setattr(sys, "stderr", None)
    assert start.main(["没有这个命令"]) == start.CANNOT_RUN
    assert len(shown) == 1
    assert "没有叫“没有这个命令”的子命令" in str(shown[0][1])
    assert shown[0][2] == "预算公开编制台"
