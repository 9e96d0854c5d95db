"""The profile CPython is compiled along: it is sparse and of no machine, it joins the runtime's key, and a wrong one is told."""

from __future__ import annotations

import lzma
import os
import re
import shutil
from pathlib import Path

import pytest

from tools.installer import linux_runtime, profile
from tools.installer.request import ROOT
from tools.installer.words import BuildTrouble

POSIX = pytest.mark.skipif(os.name != "posix", reason="a shell script")


def test_the_profile_is_clang_s_own_form_small_and_of_no_machine() -> None:
    data = lzma.decompress(linux_runtime.PROFILE.read_bytes())
    assert data.startswith(b"\xfflprofi\x81")
    assert linux_runtime.PROFILE.stat().st_size < 500_000
    assert profile.paths_in(data) == []
    assert not re.search(rb"/(work|home|root|tmp)/", data)


def test_the_profile_has_what_the_program_runs_and_nothing_that_never_ran() -> None:
    data = lzma.decompress(linux_runtime.PROFILE.read_bytes())
    assert b"_PyEval_EvalFrameDefault" in data
    assert b"dictobject.c:insertdict" in data
    assert b"_codecs_jp.c:" not in data
    assert b"syslogmodule.c:" not in data


def test_a_path_is_found_among_the_names_of_functions() -> None:
    data = b"\0\x0b./Modules/_decimal/libmpdec/io.c:f\0dictobject.c:g\x07\0\0/a/b\0"
    assert profile.paths_in(data) == []
    assert profile.paths_in(data + b"\0/somewhere/else/io.c:f\0") == ["/somewhere/else"]


def test_the_runtime_s_key_changes_with_the_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = linux_runtime._key()
    other = tmp_path / "other.xz"
    other.write_bytes(linux_runtime.PROFILE.read_bytes())
    monkeypatch.setattr(linux_runtime, "PROFILE", other)
    assert linux_runtime._key() == before
    other.write_bytes(profile.packed(b"other"))
    assert linux_runtime._key() != before


def _shop(folder: Path, compiler: str) -> linux_runtime.Workshop:
    zig = folder / "zig"
    zig.write_text(f"#!/bin/sh\n{compiler}\n", "ascii")
    zig.chmod(0o755)
    return linux_runtime.Workshop(folder / "work", zig)


@POSIX
def test_the_flags_name_the_unpacked_profile(tmp_path: Path) -> None:
    tuning = linux_runtime.tuned(_shop(tmp_path, "exit 0"))
    (file,) = [flag.partition("=")[2] for flag in tuning.compiled if flag.startswith("-fprofile-instr-use=")]
    assert Path(file).read_bytes() == lzma.decompress(linux_runtime.PROFILE.read_bytes())
    assert "-flto" in tuning.compiled
    assert "-flto" in tuning.linked


@POSIX
@pytest.mark.parametrize(("content", "compiler", "reason"), [
    (b"no xz", "exit 0", "cannot be unpacked"),
    (profile.packed(b"\xfflprofi\x81 counts")[:-12], "exit 0", "cannot be unpacked"),
    (profile.packed(b"_PyEval_EvalFrameDefault\n"), "exit 0", "indexed"),
    (profile.packed(b"\xfflprofi\x81 counts"), "echo unsupported version; exit 1", "unsupported version"),
])
def test_a_profile_of_no_use_is_told_with_what_to_do(tmp_path: Path, content: bytes, compiler: str, reason: str) -> None:
    wrong = tmp_path / "python.profdata.xz"
    wrong.write_bytes(content)
    with pytest.raises(BuildTrouble) as told:
        linux_runtime.tuned(_shop(tmp_path, compiler), wrong)
    assert "剖析数据 python.profdata.xz 不能用" in told.value.say.zh
    assert reason in told.value.say.en
    assert "python -m tools.installer.profile" in told.value.say.en


def test_a_profile_of_other_sources_is_told() -> None:
    warning = "a.c: warning: profile data may be out of date: of {} functions, {} {} mismatched data that will be ignored\n"
    linux_runtime.check_fit("cc a.c\n" + warning.format(3, 1, "has") + warning.format(40, 4, "have"))
    with pytest.raises(BuildTrouble, match="other sources: 31 functions"):
        linux_runtime.check_fit(warning.format(3, 1, "has") + warning.format(40, 30, "have"))


def test_the_work_measured_is_the_program_s_own(tmp_path: Path) -> None:
    commands = profile.work(tmp_path)
    folders = [command[3] for command in commands if command[1] == "xinfang_desk"]
    assert len(set(folders)) == len(folders) > 1  # the self-test makes its folder itself
    assert all(Path(folder).parent == tmp_path for folder in folders)
    benches = [command[-1] for command in commands if command[1] == "pytest"]
    assert benches
    assert all((ROOT / bench).is_file() for bench in benches)


def test_nothing_of_the_maintainer_s_own_settings_is_measured(tmp_path: Path) -> None:
    given = {"PATH": "/usr/bin", "HOME": "/home/me", "PYTHONSTARTUP": "x", "QT_IM_MODULE": "fcitx", "XDG_CONFIG_HOME": "y"}
    seen = profile.surroundings(given, tmp_path, "packages")
    assert seen["PATH"] == "/usr/bin"
    assert seen["HOME"] == seen["XDG_RUNTIME_DIR"] == str(tmp_path)
    assert seen["PYTHONPATH"].split(os.pathsep) == [str(ROOT), "packages"]
    assert seen["QT_QPA_PLATFORM"] == "offscreen"
    assert not {"PYTHONSTARTUP", "QT_IM_MODULE", "XDG_CONFIG_HOME"} & set(seen)


def test_what_is_missing_to_measure_with_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(profile, "_LIBRARY", tmp_path / profile._LIBRARY.name)
    said = [reason.zh for reason in profile.obstacles()]
    assert any("apt-get install libclang-rt-22-dev llvm-22" in one for one in said)
