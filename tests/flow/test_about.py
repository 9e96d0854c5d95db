"""What the About window shows: an installed program's bill and licences, a checkout's own, and damaged ones told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xinfang_desk import __version__
from xinfang_desk.flow import about
from xinfang_desk.messages import about as words


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "about"
    (folder / "licences").mkdir(parents=True)
    for name in ("lxml", "xinfang-desk", "font-WenKai"):
        (folder / "licences" / f"{name}.txt").write_text(f"许可 {name}", encoding="utf-8")
    (folder / about.BILL).write_text(json.dumps({"components": [
        {"name": "lxml", "version": "6.1.3", "licenses": [{"license": {"id": "BSD-3-Clause"}}]},
        {"name": "Cryptography", "version": "50", "licenses": [{"expression": "Apache-2.0 OR BSD-3-Clause"}]},
        {"name": "odd", "licenses": []}]}), encoding="utf-8")
    monkeypatch.setattr(about, "about_dir", lambda: folder)
    return folder


def test_an_installed_program_shows_its_bill(installed: Path) -> None:
    found = about.about()
    assert found.version == __version__
    assert found.parts == (about.Part("Cryptography", "50", "Apache-2.0 OR BSD-3-Clause"), about.Part("lxml", "6.1.3", "BSD-3-Clause"),
                           about.Part("odd", "", words.LICENCE_UNKNOWN))
    assert "共 3 个部件" in found.told
    assert [licence.title for licence in found.licences] == [words.OWN_LICENCE, "字体 WenKai", "lxml"]
    assert found.licences[2].text == "许可 lxml"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"components": [{}]}', '{"components": 3}', '{"components": [{"name": "a", "licenses": [3]}]}'])
def test_a_bill_that_cannot_be_read_is_told(installed: Path, text: str) -> None:
    (installed / about.BILL).write_text(text, encoding="utf-8")
    found = about.about()
    assert found.parts == ()
    assert "读不出来" in found.told
    assert len(found.licences) == 3


def test_what_is_missing_is_told(installed: Path) -> None:
    (installed / about.BILL).unlink()
    assert "请重新安装" in about.about().told
    licence = about.about().licences[0]
    licence.path.unlink()
    assert "读不出来" in licence.text


def test_a_checkout_shows_what_it_has() -> None:
    found = about.about()
    assert found.told == words.PARTS_NONE
    assert {"PySide6-Essentials".casefold(), "sqlalchemy"} <= {part.name.casefold() for part in found.parts}
    assert "GNU GENERAL PUBLIC LICENSE" in found.licences[0].text
    assert len(found.licences) == 5


def test_the_facts_say_where_everything_lies() -> None:
    found = dict(about.facts())
    assert found[words.FACT_VERSION] == __version__
    assert found[words.FACT_LOG].endswith("xinfang-desk.log")
    assert found[words.FACT_PACKS].endswith("packs")
