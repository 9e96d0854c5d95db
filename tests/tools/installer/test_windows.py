"""setup.exe: names laid down and taken away are the same, sentences are whole, the same tree gives the same bytes."""

from __future__ import annotations

import compileall
import py_compile
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.installer import pe, windows, windows_launcher, windows_setup, windows_words

SCRIPT = (Path(windows_setup.__file__).parent / "setup.nsi").read_text("utf-8")
FILES = ["app/a.py", "app/deep/er/b.py", "pkgs/c$d.txt", "x.exe"]


def test_every_file_is_laid_down_under_its_folder(tmp_path: Path) -> None:
    lines = windows_setup.put_lines(tmp_path, FILES)
    assert [line for line in lines if line.startswith("SetOutPath")] == [
        'SetOutPath "$INSTDIR\\app"', 'SetOutPath "$INSTDIR\\app\\deep\\er"', 'SetOutPath "$INSTDIR\\pkgs"', 'SetOutPath "$INSTDIR"']
    assert [line for line in lines if line.startswith("File")] == [f'File "{tmp_path}/{file}"' for file in FILES]


def test_exactly_these_names_are_taken_away_folders_last() -> None:
    assert windows_setup.remove_lines(FILES) == [
        'Delete "$INSTDIR\\app\\a.py"', 'Delete "$INSTDIR\\app\\deep\\er\\b.py"', 'Delete "$INSTDIR\\pkgs\\c$$d.txt"',
        'Delete "$INSTDIR\\x.exe"', 'RMDir "$INSTDIR\\app\\deep\\er"', 'RMDir "$INSTDIR\\app\\deep"', 'RMDir "$INSTDIR\\app"',
        'RMDir "$INSTDIR\\pkgs"']


def test_the_script_never_deletes_by_pattern() -> None:
    removing = [line for line in SCRIPT.splitlines() if re.match(r"\s*(Delete|RMDir)\b", line)]
    assert removing
    assert [line for line in removing if "*" in line or "/r" in line] == []


def test_every_sentence_of_the_script_is_there_and_none_is_idle() -> None:
    used = set(re.findall(r"\$\{W_([A-Z0-9_]+)\}", SCRIPT))
    told = windows_words.defines("0.1.0")
    assert used - set(told) == set()
    assert set(told) - used == {"BROKEN", "BROKEN_WHERE"}  # the launcher's
    assert [name for name, words in told.items() if re.search(r"(?<!\$)\{|\"", words)] == []


@pytest.mark.parametrize(("version", "four"), [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("1.2.3rc4", "1.2.3.0"), ("2.0.1.dev5+x", "2.0.1.0")])
def test_a_version_has_four_numbers_on_windows(version: str, four: str) -> None:
    assert windows_launcher.four_numbers(version) == four


def test_a_compiled_module_takes_the_place_of_its_source(tmp_path: Path) -> None:
    package = tmp_path / "pkgs" / "thing"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from thing.part import VALUE\n", "utf-8")
    (package / "part.py").write_text("VALUE = 42\n", "utf-8")
    (package / "template.mako").write_text("x", "utf-8")
    compileall.compile_dir(package, quiet=1, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    for compiled in (package / "__pycache__").iterdir():  # whatever Python runs the tests
        compiled.rename(compiled.with_name(f"{compiled.name.partition('.')[0]}.cpython-311.pyc"))
    windows.without_sources(tmp_path)
    assert {file.name for file in package.iterdir()} == {"__init__.pyc", "part.pyc", "template.mako"}
    done = subprocess.run([sys.executable, "-c", "import thing; print(thing.VALUE)"], cwd=tmp_path / "pkgs",
                          capture_output=True, text=True, check=True)
    assert done.stdout == "42\n"


def test_what_is_missing_here_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    told = [one.zh for one in windows.obstacles()]
    assert any("nsis" in one for one in told)
    assert sum("gcc-mingw-w64" in one for one in told) == 1


@pytest.mark.skipif(shutil.which(windows_launcher.COMPILER) is None, reason="没有 mingw-w64，启动程序不编译")
def test_the_launcher_is_the_same_every_time_and_asks_for_windows_only(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "scratch").mkdir(parents=True)
        windows_launcher.make_launchers("0.1.0", tmp_path / name / "scratch", tmp_path / name)
    for exe in (windows_launcher.WINDOW, windows_launcher.TERMINAL):
        data = (tmp_path / "one" / exe).read_bytes()
        assert data == (tmp_path / "two" / exe).read_bytes()
        assert b"PerMonitorV2" in data
        for sentence in (windows_words.PROGRAM, windows_words.BROKEN, windows_words.BROKEN_WHERE):
            assert sentence.encode("utf-16-le") in data
        assert set(pe.imported(tmp_path / "one" / exe)) <= pe.SYSTEM
    subsystem = [(tmp_path / "one" / exe).read_bytes()[0x80 + 24 + 68] for exe in (windows_launcher.WINDOW, windows_launcher.TERMINAL)]
    assert subsystem == [2, 3]  # a window, a console


@pytest.mark.skipif(shutil.which(windows_setup.MAKENSIS) is None, reason="没有 makensis，安装程序不打包")
def test_the_same_tree_gives_the_same_setup(tmp_path: Path) -> None:
    made = []
    for name in ("one", "another place"):
        tree = tmp_path / name / "tree"
        (tree / "运行 库").mkdir(parents=True)
        (tree / "运行 库" / "a b.txt").write_text("甲", "utf-8")
        (tree / "xinfang-desk.exe").write_bytes(b"MZ")
        scratch = tmp_path / name / "scratch"
        scratch.mkdir()
        windows_setup.pack(tree, "0.1.0", 1_760_000_000, scratch, tmp_path / name / "setup.exe")
        made.append((tmp_path / name / "setup.exe").read_bytes())
    assert made[0] == made[1]
    assert made[0][:2] == b"MZ"
