"""What keeps a variant of a pack short: column lists, numbers by order, titles, questions added to a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.packs.good_pack import FILES, FUNCTION, PACK, write_pack
from xinfang_desk.model.pack import Pack
from xinfang_desk.packs import examine_pack, load_pack

MONEY = """[[column]]
id = "pay"
titles = ["工资福利支出"]
where = 'econ_dept under "301"'
[[column]]
id = "goods"
titles = ["商品和服务支出"]
where = 'econ_dept under "302"'
"""
WIDE = """[table]
id = "wide"
number = "表9"
title = "明细表"
[rows]
by = "function"
levels = [1, 3]
[[column]]
id = "name"
titles = ["科目名称"]
kind = "name"
[[column]]
id = "total"
titles = ["总计"]
parts = ["pay", "goods"]
[[column]]
columns_from = "classes"
titles = ["基本支出"]
"""
CHILD = """[pack]
id = "child/2023"
title = "子包"
region = "子"
years = [2023, 2023]
extends = "test/2023"
"""


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    write_pack(tmp_path, files={
        **FILES, "pack.toml": PACK.replace('"gpb_function"]', '"gpb_function", "wide"]'),
        "tables/wide.toml": WIDE, "columns/classes.toml": MONEY})
    return tmp_path


def child(forms: Path, manifest: str, files: Mapping[str, str] | None = None) -> Pack:
    write_pack(forms, "child/2023", {"pack.toml": manifest, **(files or {})})
    return load_pack("child/2023", forms)


def problems(forms: Path, pack_id: str = "test/2023") -> list[str]:
    return [problem.sentence for problem in examine_pack(pack_id, forms)[1]]


def spoil(forms: Path, name: str, old: str, new: str) -> list[str]:
    path = forms / "test/2023" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return problems(forms)


def test_columns_of_a_list_stand_under_the_headings_of_the_table(forms: Path) -> None:
    columns = load_pack("test/2023", forms).table("wide").columns
    assert [(column.id, column.titles) for column in columns[2:]] == [
        ("pay", ("基本支出", "工资福利支出")), ("goods", ("基本支出", "商品和服务支出"))]


def test_a_list_without_outer_headings_keeps_its_own(forms: Path) -> None:
    assert spoil(forms, "tables/wide.toml", 'titles = ["基本支出"]\n', "") == []
    assert load_pack("test/2023", forms).table("wide").columns[2].titles == ("工资福利支出",)


def test_a_child_writes_its_own_list(forms: Path) -> None:
    pack = child(forms, CHILD, {"columns/classes.toml": MONEY.replace("商品和服务支出", "公用支出")})
    assert pack.table("wide").columns[3].titles == ("基本支出", "公用支出")


@pytest.mark.parametrize(("name", "old", "new", "said"), [
    ("tables/wide.toml", '"classes"', '"clases"',
     "test/2023/tables/wide.toml 第 17 行：没有叫“clases”的列清单（文件 columns/clases.toml）。是不是想写“classes”？"),
    ("tables/wide.toml", 'titles = ["基本支出"]', 'where = "carry"',
     "test/2023/tables/wide.toml 第 18 行：[[column]] 里没有叫 where 的键。"),
    ("tables/wide.toml", 'id = "total"', 'id = "pay"', "test/2023/columns/classes.toml 第 2 行：列“pay”在这张表里写了两次"),
    ("columns/classes.toml", '"301"', '"388"', "test/2023/columns/classes.toml 第 4 行：2023 年的部门预算支出经济分类"),
    ("columns/classes.toml", 'where = \'econ_dept under "301"\'', 'columns_from = "classes"',
     "test/2023/columns/classes.toml 第 4 行：列清单里不能再用 columns_from。"),
    ("columns/classes.toml", MONEY, "[extra]\n", "test/2023/columns/classes.toml 第 1 行：列清单里没有列，请写 [[column]]。"),
])
def test_faults_of_a_list_are_told_at_their_line(forms: Path, name: str, old: str, new: str, said: str) -> None:
    assert any(line.startswith(said) for line in spoil(forms, name, old, new)), problems(forms)


def test_tables_are_numbered_in_their_order(forms: Path) -> None:
    pack = child(forms, CHILD + 'tables = ["wide", "gpb_function", "summary"]\ntable_numbers = "附表{n}"\n'
                 "[table.gpb_function]\ninline = true\n")
    assert [(table.id, table.number, table.inline) for table in pack.tables] == [
        ("wide", "附表1", False), ("gpb_function", "", True), ("summary", "附表2", False)]


def test_a_child_prints_an_inherited_table_otherwise(forms: Path) -> None:
    pack = child(forms, CHILD + """
[table.wide]
title = "本县明细表"
number = "表9-1"
paper = "A3"
orientation = "portrait"
empty = "没有支出。"
notes = ["注：空白为没有。"]
""")
    table = pack.table("wide")
    assert (table.title, table.number, table.paper, table.orientation, table.empty, table.notes) == (
        "本县明细表", "表9-1", "A3", "portrait", "没有支出。", ("注：空白为没有。",))
    assert table.columns == load_pack("test/2023", forms).table("wide").columns


def test_a_table_written_anew_takes_nothing_of_what_was_said_of_the_old(forms: Path) -> None:
    child(forms, CHILD + '[table.gpb_function]\ntitle = "子包的名称"\n')
    write_pack(forms, "grand/2023", {
        "pack.toml": CHILD.replace("child", "grand").replace("test/2023", "child/2023"),
        "tables/gpb_function.toml": FUNCTION.replace("一般公共预算支出表", "孙包的表")})
    assert load_pack("grand/2023", forms).table("gpb_function").title == "孙包的表"


@pytest.mark.parametrize(("more", "said"), [
    ('table_numbers = "表{x}"', "第 7 行：编号样式“表{x}”"),
    ('[table.wode]\ntitle = "甲"', "第 7 行：本报表包没有表“wode”。是不是想写“wide”？"),
    ('[table.wide]\nwhere = "carry"', "第 8 行：[table.wide] 里没有叫 where 的键。"),
    ('[table.wide]\npaper = "A5"', "第 8 行：paper 不能是“A5”"),
])
def test_faults_of_numbers_and_titles_are_told(forms: Path, more: str, said: str) -> None:
    write_pack(forms, "child/2023", {"pack.toml": CHILD + more + "\n"})
    assert any(line.startswith(f"child/2023/pack.toml {said}") for line in problems(forms, "child/2023"))


def test_a_title_for_ones_own_table_belongs_into_its_file(forms: Path) -> None:
    write_pack(forms, "child/2023", {"pack.toml": CHILD + '[table.wide]\ntitle = "甲"\n', "tables/wide.toml": WIDE})
    assert any("直接改 tables/wide.toml" in line for line in problems(forms, "child/2023"))


ADDED = """[[page]]
id = "unit"
add = true
title = "单位和会议"
table = "wide"
[[page.field]]
address = "festival.list"
label = "节庆活动"
kind = "table"
columns = [["name", "名称", "text"]]
[[page.field]]
address = "duties"
label = "本县职责"
kind = "table"
columns = [["text", "职责", "longtext"]]
"""


def test_a_child_adds_questions_to_a_page(forms: Path) -> None:
    before = load_pack("test/2023", forms).pages[0]
    page = child(forms, CHILD, {"pages.toml": ADDED}).pages[0]
    assert [field.address for field in page.fields] == [
        *(field.address for field in before.fields), "festival.list"]
    assert next(field.label for field in page.fields if field.address == "duties") == "本县职责"
    assert (page.title, page.table, page.kind) == ("单位和会议", "wide", before.kind)


def test_a_page_written_anew_drops_what_was_added_to_the_old(forms: Path) -> None:
    child(forms, CHILD, {"pages.toml": ADDED})
    write_pack(forms, "grand/2023", {
        "pack.toml": CHILD.replace("child", "grand").replace("test/2023", "child/2023"),
        "pages.toml": ADDED.replace("add = true\n", "")})
    page = load_pack("grand/2023", forms).pages[0]
    assert [field.address for field in page.fields] == ["festival.list", "duties"]


def test_adding_to_no_page_is_told(forms: Path) -> None:
    write_pack(forms, "child/2023", {"pack.toml": CHILD, "pages.toml": ADDED.replace('"unit"', '"unti"')})
    assert any(line.startswith("child/2023/pages.toml 第 3 行：没有可以添加的向导页“unti”。是不是想写“unit”？")
               for line in problems(forms, "child/2023"))


def test_the_purpose_is_told_of_projects_only(forms: Path) -> None:
    write_pack(forms, "child/2023", {"pack.toml": CHILD, "passages/overview.toml": """[section]
id = "overview"
heading = "项目"
level = 1
[[paragraph]]
each = "projects"
text = "{name}用于{purpose}{end}"
[[paragraph]]
each = "gpb_function"
text = "{name}用于{purpose}{end}"
"""})
    assert problems(forms, "child/2023") == [
        "child/2023/passages/overview.toml 第 10 行：{purpose} 是项目的用途，只能用在 each = \"projects\" 的段落里。"]
