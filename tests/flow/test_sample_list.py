"""The start page reads only the heads of the samples; what it lists is what the whole files say."""

from __future__ import annotations

import tomllib

from xinfang_desk.flow.sample_list import samples
from xinfang_desk.messages import desk as words
from xinfang_desk.packs import read_year
from xinfang_desk.places import forms_dir, resources_dir


def test_the_list_says_what_the_files_hold() -> None:
    files = sorted((resources_dir() / "samples").glob("*.toml"))
    found = samples()
    assert [sample.path for sample in found] == files
    for sample in found:
        year = read_year(sample.path.read_text(encoding="utf-8"), sample.path.name)
        manifest = tomllib.loads((forms_dir() / year.pack / "pack.toml").read_text(encoding="utf-8"))
        kind = words.KINDS[manifest["pack"].get("kind", "budget")]
        assert sample.title == words.SAMPLE_TITLE.format(unit=year.unit.name, year=year.year, kind=kind)
        assert (sample.id, sample.pack) == (sample.path.stem, year.pack)
        assert sample.practice == (year.facts.get("sample.practice") is True)
    assert sum(sample.practice for sample in found) == 1
