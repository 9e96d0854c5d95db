"""``--self-test``: what it is given, its exit codes, and where each sentence goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinfang_desk.cli.self_test import main
from xinfang_desk.flow import self_test
from xinfang_desk.messages import self_test as words


def no_window() -> self_test.Window:
    raise AssertionError("the window was not asked for")


def a_window() -> self_test.Window:
    return lambda book, picture, settings: ("", ())


@pytest.mark.parametrize(("argv", "told"), [
    ([], "要指定一个文件夹"), (["--window"], "要指定一个文件夹"), (["a", "b"], "不认识“b”"), (["a", "--screen"], "不认识“--screen”"),
])
def test_what_is_wrong_is_said(argv: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv, no_window) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(("states", "code", "told"), [
    (("ok",), 0, "自检通过"), (("ok", "differs"), 1, "1 项与已知的结果不符"), (("broken", "differs"), 2, "自检没有做完：磁盘满了。"),
])
def test_exit_codes(states: tuple[str, ...], code: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                    capsys: pytest.CaptureFixture[str]) -> None:
    report = self_test.Report({}, "", [self_test.Line("", state, "磁盘满了。") for state in states])
    monkeypatch.setattr(self_test, "run", lambda folder, say, window: report)
    assert main([str(tmp_path)], no_window) == code
    out, err = capsys.readouterr()
    assert told in (err if code else out)


def test_the_window_is_tried_where_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def run(folder: Path, say: self_test.Say, window: self_test.Window | None) -> self_test.Report:
        asked.append(window)
        return self_test.Report({}, "")

    monkeypatch.setattr(self_test, "run", run)
    assert main([str(tmp_path), "--window"], a_window) == 0
    assert main([str(tmp_path)], no_window) == 0
    assert [window is None for window in asked] == [False, True]


def test_it_cannot_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "稿子.docx").touch()
    assert main([str(tmp_path)], no_window) == 2
    assert capsys.readouterr().err.strip() == words.CANNOT.format(
        sentence=words.FOLDER_IN_USE.format(folder=tmp_path, name="稿子.docx"))
