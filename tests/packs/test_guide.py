"""The guide to the pack format (forms/README.md) shows nothing that would be refused."""

from __future__ import annotations

import re
import tomllib

import pytest

from xinfang_desk.expr import parse_condition, parse_test, parse_value
from xinfang_desk.packs import read_year
from xinfang_desk.places import forms_dir

GUIDE = (forms_dir() / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


def test_every_example_is_toml() -> None:
    assert len(EXAMPLES) >= 8
    for example in EXAMPLES:
        assert tomllib.loads(example)


def test_the_example_ledger_is_read() -> None:
    (ledger,) = [example for example in EXAMPLES if example.startswith("[year]")]
    year = read_year(ledger, "README.md")
    assert year.lines[1].project == 1
    assert year.facts["assets.total"] == 51_080_000


@pytest.mark.parametrize("key", ["where", "value", "test", "when"])
def test_every_expression_in_the_examples_is_read(key: str) -> None:
    parse = {"where": parse_condition, "value": parse_value}.get(key, parse_test)
    found = re.findall(rf"^{key} = (['\"])(.*?)\1", "\n".join(EXAMPLES), re.MULTILINE)
    assert found
    for _, text in found:
        if not text[0].isdigit() and text != "95":
            assert parse(text.replace("{code}", "201")) is not None


def test_every_value_of_the_table_is_read() -> None:
    rows = re.findall(r"^\| (`.*?) \|", GUIDE[GUIDE.index("**取数**"):GUIDE.index("**判断**")], re.MULTILINE)
    texts = [text for row in rows for text in re.findall(r"`([^`]+)`", row) if not row.startswith("| `+")]
    texts = [text for text in texts if text not in ("+ - * /", "( )", "sum()", "abs()", "min()", "max()")]
    assert len(texts) > 18
    for text in texts:
        assert parse_value(text) is not None
