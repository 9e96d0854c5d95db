"""A .zip of packs: what is taken from it, and that nothing hostile in it does harm."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.packs.zips import codes_files, good_zip, pack_files, under, zipped
from xinfang_desk.messages import pack_install as words
from xinfang_desk.packs import PackError, archive
from xinfang_desk.packs.archive import read_archive


def faults(path: Path) -> dict[str, str]:
    with pytest.raises(PackError) as caught:
        read_archive(path)
    return {problem.file: problem.message_cn for problem in caught.value.problems}


def one_entry(path: Path, name: str, content: bytes = b"", change: Callable[[zipfile.ZipInfo], None] = lambda entry: None) -> Path:
    good_zip(path)
    with zipfile.ZipFile(path, "a") as opened:
        entry = zipfile.ZipInfo(name)
        change(entry)
        opened.writestr(entry, content)
    return path


@pytest.mark.parametrize("prefix", ["", "forms/", "新 报表包（U盘）/", "a/b/c/"])
def test_a_pack_is_found_wherever_it_lies_in_the_zip(prefix: str, tmp_path: Path) -> None:
    files = {**under(f"{prefix}test/2023", pack_files()), **{f"{prefix}{k}": v for k, v in codes_files(2023).items()}}
    files |= {f"{prefix}README.md": "说明", f"{prefix}__MACOSX/._x": "", f"{prefix}test/.DS_Store": "", f"{prefix}indicators/a.toml": ""}
    read = read_archive(zipped(tmp_path / "a.zip", files))
    assert set(read.packs) == {"test/2023"}
    assert set(read.packs["test/2023"]) == set(pack_files())
    assert set(read.codes) == {2023}
    assert set(read.ignored) == {f"{prefix}README.md", f"{prefix}indicators/a.toml"}
    assert len(read.sha256) == 64


def test_the_year_folder_alone_is_a_pack_by_its_id(tmp_path: Path) -> None:
    assert set(read_archive(zipped(tmp_path / "a.zip", pack_files("hunan/2027"))).packs) == {"hunan/2027"}
    assert set(read_archive(zipped(tmp_path / "b.zip", under("2027", pack_files("hunan/2027")))).packs) == {"hunan/2027"}
    nameless = {**pack_files(), "pack.toml": "[pack]\n"}
    assert "看不出报表包的编号" in faults(zipped(tmp_path / "c.zip", nameless))["pack.toml"]
    assert set(read_archive(zipped(tmp_path / "d.zip", under("x/hunan/2027", nameless))).packs) == {"hunan/2027"}


@pytest.mark.parametrize("name", ["../pack.toml", "a/../../b.toml", "/etc/a.toml", "C:/a.toml", "a//b.toml", "./a.toml", "..\\..\\a.toml",
                                  "test/2023/../../../a.toml"])
def test_paths_that_lead_out_are_refused(name: str, tmp_path: Path) -> None:
    assert words.ENTRY_OUTSIDE in faults(one_entry(tmp_path / "a.zip", name)).values()


@pytest.mark.parametrize("name", ["test/2023/con.toml", "test/2023/a\x07.toml", "test/2023/a:b.toml", "test/2023/x .", "NUL/a.toml",
                                  f"test/{'长' * 101}.toml", "/".join("abcdefghijklmn") + "/a.toml"])
def test_names_windows_does_not_allow_are_refused(name: str, tmp_path: Path) -> None:
    assert words.ENTRY_NAME in faults(one_entry(tmp_path / "a.zip", name)).values()


def test_a_link_is_refused(tmp_path: Path) -> None:
    def link(entry: zipfile.ZipInfo) -> None:
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert faults(one_entry(tmp_path / "a.zip", "test/2023/notes.md", b"/etc/passwd", link)) == {
        "test/2023/notes.md": words.ENTRY_LINK}


def test_other_kinds_of_files_are_refused(tmp_path: Path) -> None:
    assert faults(one_entry(tmp_path / "a.zip", "test/2023/setup.exe")) == {"test/2023/setup.exe": words.ENTRY_KIND}
    assert faults(one_entry(tmp_path / "b.zip", "elsewhere/a.toml")) == {"elsewhere/a.toml": words.ENTRY_STRAY}
    assert "只能有 economic_dept.csv" in faults(one_entry(tmp_path / "c.zip", "codes/2023/other.csv"))["codes/2023/other.csv"]


@pytest.mark.parametrize("name", ["test/2023/CHECKS.toml", "test/2023/checks.toml/x.toml"])
def test_two_files_of_one_name_are_refused(name: str, tmp_path: Path) -> None:
    assert words.ENTRY_TWICE in faults(one_entry(tmp_path / "a.zip", name)).values()


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    huge = zipped(tmp_path / "a.zip", {**under("test/2023", pack_files()), "test/2023/a.md": b"\0" * (40 * 1024 * 1024)})
    assert huge.stat().st_size < 200_000
    assert "文件超过 2 MB" in faults(huge)["test/2023/a.md"]
    many = zipped(tmp_path / "b.zip", {f"test/2023/{n}.md": b"\0" * (2 * 1024 * 1024) for n in range(14)})
    assert faults(many)["b.zip"] == words.ZIP_TOTAL.format(most=24)
    crowd = zipped(tmp_path / "c.zip", {f"{n}.md": "" for n in range(archive.MAX_ENTRIES + 1)})
    assert "最多 2000 个" in faults(crowd)["c.zip"]


def test_a_size_that_lies_is_found(tmp_path: Path) -> None:
    path = good_zip(tmp_path / "a.zip")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24:at + 28] = (10).to_bytes(4, "little")  # the unpacked size in the directory
    path.write_bytes(data)
    assert words.ENTRY_BROKEN in faults(path).values()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert "找不到文件" in faults(tmp_path / "没有.zip")["没有.zip"]
    (tmp_path / "folder.zip").mkdir()
    assert "读不出来" in faults(tmp_path / "folder.zip")["folder.zip"]
    (tmp_path / "坏.zip").write_bytes(b"PK\x03\x04 no")
    assert "不是完好的 zip" in faults(tmp_path / "坏.zip")["坏.zip"]
    (tmp_path / "大.zip").write_bytes(b"\0" * (archive.MAX_ZIP_BYTES + 1))
    assert "超过 8 MB" in faults(tmp_path / "大.zip")["大.zip"]
    assert "找不到 pack.toml" in faults(zipped(tmp_path / "空.zip", {"a/readme.txt": ""}))["空.zip"]


def test_a_locked_or_oddly_packed_file_is_told(tmp_path: Path) -> None:
    path = good_zip(tmp_path / "a.zip")
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    assert words.ENTRY_LOCKED in faults(path).values()
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_LZMA) as opened:
        opened.writestr("test/2023/pack.toml", "[pack]")
    assert words.ENTRY_METHOD in faults(tmp_path / "b.zip").values()


def test_names_written_by_an_old_chinese_windows(tmp_path: Path) -> None:
    marked = zipped(tmp_path / "a.zip", {f"ZZZZZZ/{name}": text for name, text in under("test/2023", pack_files()).items()})
    marked.write_bytes(marked.read_bytes().replace(b"ZZZZZZ", "报表包".encode("gbk")))
    assert set(read_archive(marked).packs) == {"test/2023"}
    utf8 = zipped(tmp_path / "b.zip", {f"ZZZZZZ/{name}": text for name, text in under("test/2023", pack_files()).items()})
    utf8.write_bytes(utf8.read_bytes().replace(b"ZZZZZZ", "报表".encode()))
    assert set(read_archive(utf8).packs) == {"test/2023"}


def test_packs_in_one_another_twice_or_of_forbidden_names(tmp_path: Path) -> None:
    nested = {**under("a/1", pack_files("a/1")), **under("a/1/b/2", pack_files("b/2"))}
    assert any("套在另一个" in sentence for sentence in faults(zipped(tmp_path / "a.zip", nested)).values())
    twice = {**under("x/1", pack_files("a/1")), **under("y/1", pack_files("a/1"))}
    assert any("有两个" in sentence for sentence in faults(zipped(tmp_path / "b.zip", twice)).values())
    for pack_id in ("codes/2027", "indicators/x", "con/2027", "Codes/2027"):
        assert any("不能用" in sentence for sentence in faults(zipped(tmp_path / "c.zip", pack_files(pack_id))).values()), pack_id
    for pack_id in ("a/b/c", "../x", "a/2027\\n"):
        assert any("看不出" in sentence for sentence in faults(zipped(tmp_path / "d.zip", pack_files(pack_id))).values()), pack_id


def test_what_is_told_cannot_command_a_terminal(tmp_path: Path) -> None:
    shown = list(faults(one_entry(tmp_path / "a.zip", "\x1b[2Jevil.exe")))
    assert all(name.isprintable() for name in shown)


@settings(deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(data)
        with pytest.raises(PackError):
            read_archive(path)


@settings(deadline=None)
@given(st.integers(0, 3000), st.integers(1, 255))
def test_a_zip_with_a_wrong_byte_is_read_or_refused(at: int, flip: int) -> None:
    import tempfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in under("test/2023", pack_files()).items():
            opened.writestr(name, text)
    data = bytearray(out.getvalue())
    data[at % len(data)] ^= flip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(data)
        try:
            found: object = read_archive(path).packs
        except PackError as error:
            found = error.problems
        assert found
