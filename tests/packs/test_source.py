from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.packs.problems import Problems
from xinfang_desk.packs.source import Path, line_map, read_source

TEXT = '''# a note with [[fake]]
[table]
id = "x"  # [x]
notes = [
  "one [[row]]",
  "two",
]
text = """
[[row]]
id = "inside"
"""
[[block]]
id = "b"
[[block.row]]
id = "r0"
cells.value = "1"
[[block.row]]
id = "r1"
[block.row.texts]
a = "1"
[[block]]
[[block.row]]
"quoted key" = "q"
'''


def test_lines_of_keys_and_sections() -> None:
    lines = line_map(TEXT)
    wanted: dict[Path, int] = {
        ("table",): 2, ("table", "id"): 3, ("table", "notes"): 4, ("table", "text"): 8, ("block", 0): 12,
        ("block", 0, "row", 0): 14, ("block", 0, "row", 0, "cells", "value"): 16, ("block", 0, "row", 1, "id"): 18,
        ("block", 0, "row", 1, "texts", "a"): 20, ("block", 1): 21, ("block", 1, "row", 0, "quoted key"): 23}
    assert {path: lines.get(path) for path in wanted} == wanted
    assert ("row", 0) not in lines


def test_an_unknown_place_falls_back_to_what_encloses_it() -> None:
    source = read_source("f", TEXT, Problems())
    assert source is not None
    assert source.line(("block", 0, "row", 1, "missing", 3)) == 17
    assert source.line(("nothing",)) == 1


def test_toml_faults_have_line_and_reason() -> None:
    for text, line, part in (("a = 1\nb = \n", 2, "等号后面的内容不对"), ("a = 1\na = 2\n", 2, "写了两次"),
                             ('a = "x\n', 1, "不能使用的字符"),
                             ("a = 'x\n", 2, "引号没有成对"), ("[a]\n[a]\n", 2, "写了两次"), ("a 1\n", 1, "缺少等号"),
                             ("a = [1\n", 2, "方括号")):
        problems = Problems()
        assert read_source("f", text, problems) is None
        (problem,) = problems.items
        assert (problem.file, problem.line) == ("f", line)
        assert part in problem.message_cn


@given(st.text("[]{}=\"'\n# .abc,12\\", max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    problems = Problems()
    source = read_source("f", text, problems)
    assert (source is None) == bool(problems.items)
    assert line_map(text)[()] == 1


@given(st.lists(st.sampled_from(["[[a]]", "[[a.b]]", "x = 1", "[c]"]), max_size=12))
def test_the_nth_section_is_the_nth_line(lines: list[str]) -> None:
    found = line_map("\n".join(lines))
    places = [n for n, line in enumerate(lines, 1) if line == "[[a]]"]
    assert [found["a", i] for i in range(len(places))] == places
