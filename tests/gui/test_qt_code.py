"""The byte code of PySide6's own texts is kept between starts, and never trusted where it does not fit."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from xinfang_desk.gui import qt_code

NAME = "shibokensupport/signature/made_up.py"
TEXT = b"answer = 6 * 7"


def run(source: bytes, name: str = NAME) -> object:
    space: dict[str, object] = {}
    exec(compile(source, name, "exec"), space)  # noqa: S102 - as PySide6 does
    return space["answer"]


def compiled(file: Path, source: bytes, monkeypatch: pytest.MonkeyPatch, name: str = NAME) -> tuple[object, int]:
    """What the text gives, and how often it really was compiled."""
    usual, times = builtins.compile, []

    def counted(*given: object, **named: object) -> object:
        times.append(given)
        return usual(*given, **named)  # type: ignore[call-overload]

    with monkeypatch.context() as here:
        here.setattr(builtins, "compile", counted)
        with qt_code.kept_code(file):
            answer = run(source, name)
    return answer, len(times)


def test_a_text_is_compiled_once_and_anew_when_it_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "__pycache__" / "pyside6.code"
    assert compiled(file, TEXT, monkeypatch) == (42, 1)
    assert compiled(file, TEXT, monkeypatch) == (42, 0)
    assert compiled(file, b"answer = 6 * 8", monkeypatch) == (48, 1)
    assert compiled(file, TEXT, monkeypatch) == (42, 0)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_other_texts_are_none_of_its_business(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pyside6.code"
    assert compiled(file, TEXT, monkeypatch, "xinfang.py") == (42, 1)
    assert not file.exists()


@pytest.mark.parametrize("spoil", [lambda data: data[:-5], lambda data: data[:8] + b"x" + data[9:], lambda _: b""])
def test_a_damaged_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: object) -> None:
    file = tmp_path / "pyside6.code"
    compiled(file, TEXT, monkeypatch)
    assert callable(spoil)
    file.write_bytes(spoil(file.read_bytes()))
    assert compiled(file, TEXT, monkeypatch) == (42, 1)
    assert compiled(file, TEXT, monkeypatch) == (42, 0)


def test_where_nothing_can_be_kept_all_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "no folder").write_text("")
    assert compiled(tmp_path / "no folder" / "pyside6.code", TEXT, monkeypatch) == (42, 1)


def test_an_error_inside_leaves_python_as_it_was(tmp_path: Path) -> None:
    usual = builtins.compile
    with pytest.raises(SyntaxError), qt_code.kept_code(tmp_path / "pyside6.code"):
        run(b"answer =")
    assert builtins.compile is usual


def test_a_program_that_is_not_to_change_keeps_it_with_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert qt_code.kept_file().parent.name == "__pycache__"
    with monkeypatch.context() as here:
        here.setattr(qt_code, "__file__", str(tmp_path / "xinfang_desk" / "gui" / "qt_code.py"))
        (tmp_path / "xinfang_desk" / "gui").mkdir(parents=True)
        assert qt_code.kept_file().parent.name == "__pycache__"
        (tmp_path / "xinfang_desk" / "_data").mkdir()
        assert qt_code.kept_file().parent.name == "xinfang-desk", "a shipped tree is not written to"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(qt_code, "user_dir", lambda: tmp_path / "xinfang-desk")
    file = qt_code.kept_file()
    assert file.parent == tmp_path / "xinfang-desk"
    assert compiled(file, TEXT, monkeypatch) == (42, 1)
    assert compiled(file, TEXT, monkeypatch) == (42, 0)


PROBE = """
{first}
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel
import PySide6.support.signature
for wrong in (lambda: QTimer.singleShot("x", "y"), lambda: QObject(no_such=1), lambda: QTimer().start("soon")):
    try:
        wrong()
    except (TypeError, AttributeError) as error:
        print(type(error), error)
print(PySide6.support.signature.get_signature(QTimer.start), QLabel.setText.__doc__)
"""


def test_what_runs_only_when_asked_answers_as_ever(tmp_path: Path) -> None:
    """The modules of PySide6 that tell what was wrong about a call are run late; they must say the same."""
    root = Path(qt_code.__file__).parents[2]

    def told(first: str) -> str:
        done = subprocess.run([sys.executable, "-c", PROBE.format(first=first)], capture_output=True, text=True, check=True,
                              env={**os.environ, "PYTHONPATH": str(root)})
        assert "Supported signatures" in done.stdout
        return done.stdout + done.stderr

    import_kept = f"""
from pathlib import Path
from xinfang_desk.gui.qt_code import kept_code
with kept_code(Path({str(tmp_path / "code")!r})):
    import PySide6.QtCore"""
    expected = told("")
    assert told(import_kept) == expected  # all compiled anew
    assert told(import_kept) == expected  # all from the kept file


def test_what_is_not_asked_for_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("made_up_parser")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(qt_code, "_waiting", {})
    with qt_code.kept_code(tmp_path / "code"):
        exec(compile(b"ran = []\nanswer = 42", "shibokensupport/signature/parser.py", "exec"),  # noqa: S102 - as PySide6 does
             vars(module))
    assert "ran" not in vars(module)
    assert module.answer == 42
    assert vars(module)["ran"] == []
    with pytest.raises(AttributeError, match="no attribute 'question'"):
        module.question  # noqa: B018
