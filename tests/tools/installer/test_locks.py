"""The locks: what is shipped is what the tests run with, and only a file of the stated hash is used."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import pytest

from tools.installer import fetch, locks
from tools.installer.request import ROOT
from tools.installer.words import BuildTrouble

TESTED = (ROOT / "requirements.lock").read_text("utf-8")


def _tested_hashes(name: str, version: str) -> set[str]:
    found = re.search(rf"^{re.escape(name)}=={re.escape(version)}\b.*?(?=^\S|\Z)", TESTED, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"sha256:([0-9a-f]{64})", found[0])) if found else set()


@pytest.mark.parametrize("target", [locks.LINUX_X86_64, locks.WINDOWS_AMD64])
def test_every_wheel_is_the_one_the_tests_run_with(target: locks.Target) -> None:
    wheels = locks.read_wheels(target.lock)
    assert len(wheels) > 40
    assert [wheel.file for wheel in wheels if wheel.sha256 not in _tested_hashes(wheel.name, wheel.version)] == []


def test_the_arm_lock_has_the_last_qt_that_fits() -> None:
    versions = {wheel.name: wheel.version for wheel in locks.read_wheels(locks.LINUX_AARCH64.lock)}
    assert versions["pyside6-essentials"] == versions["shiboken6"] == "6.8.0.2"
    assert versions["sqlalchemy"] == {w.name: w.version for w in locks.read_wheels(locks.LINUX_X86_64.lock)}["sqlalchemy"]


def test_debian_files_are_named_by_path_and_hash() -> None:
    files = {entry.file for entry in locks.read_archived(locks.LOCKS / "debian.lock")}
    assert {"python3.11_3.11.2.orig.tar.gz", "libxcb-cursor0_0.1.1-4_amd64.deb"} <= files


def test_a_line_that_is_none_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "odd.lock"
    lock.write_text("# head\nthing>=1\n", "utf-8")
    with pytest.raises(ValueError, match="line 2"):
        locks.read_wheels(lock)


def test_another_file_than_the_locked_one_is_refused_and_deleted(tmp_path: Path) -> None:
    file = tmp_path / "thing-1-py3-none-any.whl"
    file.write_bytes(b"tampered")
    with pytest.raises(BuildTrouble, match="校验值不符"):
        fetch.require(file, "0" * 64)
    assert not file.exists()


@pytest.mark.parametrize(("said", "sentence", "tries"), [
    ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "校验值不符", 1),
    ("ERROR: Could not find a version (name resolution failed)", "请检查网络", fetch.TRIES),
])
def test_what_pip_refuses_is_said_plainly(
    said: str, sentence: str, tries: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse(command: list[str], **_: object) -> None:
        asked.append(command)
        raise subprocess.CalledProcessError(1, command, stderr=said)

    monkeypatch.setattr(subprocess, "run", refuse)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    locked = locks.Locked("thing", "1", "0" * 64, "thing-1-py3-none-any.whl")
    with pytest.raises(BuildTrouble, match=sentence):
        fetch.wheels([locked], locks.LINUX_X86_64, tmp_path)
    assert len(asked) == tries
    assert "--require-hashes" in asked[0]


def test_what_is_in_the_cache_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: pytest.fail("went to the network"))
    folder = tmp_path / "wheels" / locks.LINUX_X86_64.name
    folder.mkdir(parents=True)
    (folder / "thing.whl").write_bytes(b"wheel")
    locked = locks.Locked("thing", "1", fetch.sha256(folder / "thing.whl"), "thing.whl")
    assert fetch.wheels([locked], locks.LINUX_X86_64, tmp_path) == [folder / "thing.whl"]


def test_the_mirror_is_the_one_apt_uses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(fetch.MIRROR, raising=False)
    monkeypatch.setattr(fetch, "_SOURCE_LISTS", tmp_path)
    (tmp_path / "sources.list").write_text("deb [signed-by=/k] http://one.example/debian bookworm main\n", "utf-8")
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list.d" / "debian.sources").write_text(
        "Types: deb\nURIs: http://two.example/debian-security\nSuites: x\n", "utf-8"
    )
    assert fetch.mirrors() == {
        "debian": "http://one.example/debian", "debian-security": "http://two.example/debian-security"
    }
