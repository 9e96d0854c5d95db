"""F1 has something to say everywhere: every question has its help, every page and question something it rests on."""

from __future__ import annotations

import pytest

from xinfang_desk.flow import grid
from xinfang_desk.messages.columns import HELP
from xinfang_desk.packs import load_pack
from xinfang_desk.places import forms_dir

PACKS = sorted(path.parent.relative_to(forms_dir()).as_posix() for path in forms_dir().glob("*/*/pack.toml"))


@pytest.mark.parametrize("pack", PACKS)
def test_every_question_has_help_and_a_law(pack: str) -> None:
    for page in load_pack(pack, forms_dir()).pages:
        assert page.law or page.kind in ("review", "preview"), page.id
        for field in page.fields:
            assert field.help.endswith("。"), (page.id, field.address)
            assert field.law or page.law, (page.id, field.address)


def test_every_column_of_every_list_has_help() -> None:
    every = {(space, column.field) for table in (grid._COLUMNS, grid._RESULTS) for space, columns in table.items()
             for column in columns}
    assert every == set(HELP)
    assert all(text.endswith("。") for text in HELP.values())
