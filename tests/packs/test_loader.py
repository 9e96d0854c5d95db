from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs.good_pack import FILES, FUNCTION, PACK, write_pack
from xinfang_desk.expr import parse_condition, parse_value
from xinfang_desk.model.formula import FieldUnder
from xinfang_desk.model.pack import Pack, Severity
from xinfang_desk.packs import PackError, examine_pack, list_packs, load_pack
from xinfang_desk.places import forms_dir


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    write_pack(tmp_path)
    return tmp_path


def problems(forms: Path, pack_id: str = "test/2023") -> list[str]:
    return [problem.sentence for problem in examine_pack(pack_id, forms)[1]]


def test_a_sound_pack_becomes_model_objects(forms: Path) -> None:
    pack = load_pack("test/2023", forms, known_rules=frozenset(("codes_filled",)))
    assert (pack.id, pack.region, pack.years, pack.codes.year) == ("test/2023", "测试", (2022, 2023), 2023)
    assert [table.id for table in pack.tables] == ["summary", "gpb_function"]
    assert [check.id for check in pack.checks] == ["T-01", "X-01", "L-01"]
    assert [page.id for page in pack.pages] == ["unit", "prior", "lines"]
    assert pack.narrative.numbering == ("{cn}、", "（{cn}）")
    assert pack.narrative.sections[0].paragraphs[3].table == "summary"
    assert pack.files["workbook"] == "{unit}{year}年表.xlsx"
    assert pack.files["document"].endswith(".pdf")
    assert pack.glossary["机关运行经费"] == "保障机构运转的资金。"


def test_details_of_tables_and_checks(forms: Path) -> None:
    pack = load_pack("test/2023", forms)
    block = pack.table("summary").blocks[1]
    assert [(row.id, row.label) for row in block.rows] == [
        ("f201", "一、一般公共服务支出"), ("f208", "二、社会保障和就业支出"), ("spent_total", "支出总计")]
    assert block.rows[1].where == FieldUnder("function", ("208",))
    assert pack.table("summary").blocks[0].rows[0].source == "incomes"
    assert pack.table("summary").blocks[0].columns[1].source == "incomes"
    tree = pack.table("gpb_function")
    assert tree.rows is not None
    assert tree.rows.levels == (1, 2, 3)
    assert tree.columns[3].where == parse_condition('kind == "人员"')
    assert tree.columns[5].value == parse_value('total - prior("function.{code}")')
    check = pack.checks[0]
    assert (check.severity, check.tolerance, check.file, check.line) == (
        Severity.ERROR, 100, "test/2023/checks.toml", 1)
    assert pack.checks[2].params == {"level": 3}


def test_a_pack_inherits_and_changes_only_what_differs(forms: Path) -> None:
    write_pack(forms, "child/2023", {
        "pack.toml": """[pack]
id = "child/2023"
title = "子包"
region = "子"
years = [2023, 2023]
extends = "test/2023"
drop_checks = ["L-01"]
[rowlists.classes]
rows = [["208", "社会保障和就业支出"], ["201", "一般公共服务支出"]]
[glossary]
"三公" = "三项经费。"
""",
        "tables/gpb_function.toml": FUNCTION.replace("一般公共预算支出表", "本省支出表"),
        "checks.toml": """[[check]]
id = "X-01"
severity = "error"
title = "改严"
over = "gpb_function:项"
test = "total == staff + running"
say = "不等。"
law = "省里的通知"
page = "lines"
[[check]]
id = "Z-01"
severity = "hint"
title = "另加"
test = "summary[income_total] > 0"
say = "没有收入。"
law = "省里的通知"
page = "lines"
""",
        "pages.toml": """[[page]]
id = "unit"
title = "本省单位页"
[[page.field]]
address = "duties"
label = "职责"
kind = "table"
columns = [["text", "职责", "longtext"]]
"""})
    pack = load_pack("child/2023", forms)
    assert pack.table("gpb_function").title == "本省支出表"
    assert [row.id for row in pack.table("summary").blocks[1].rows] == ["f208", "f201", "spent_total"]
    assert [(check.id, check.title) for check in pack.checks] == [
        ("T-01", "收支相等"), ("X-01", "改严"), ("Z-01", "另加")]
    assert pack.pages[0].title == "本省单位页"
    assert set(pack.glossary) == {"三公", "机关运行经费"}
    assert pack.codes.year == 2023
    assert pack.notes == ("只供测试。",)


def test_an_inherited_check_that_no_longer_fits_is_reported(forms: Path) -> None:
    write_pack(forms, "child/2023", {
        "pack.toml": """[pack]
id = "child/2023"
title = "子包"
region = "子"
years = [2023, 2023]
extends = "test/2023"
tables = ["summary"]
pages = ["unit", "prior"]
sections = []
drop_checks = ["X-01", "X-02"]
"""})
    found = problems(forms, "child/2023")
    assert "test/2023/checks.toml 第 8 行：没有向导页“lines”。" in found
    assert any("drop_checks" not in line and "没有可以去掉的规则“X-02”" in line for line in found)


def test_circular_and_missing_inheritance(forms: Path) -> None:
    write_pack(forms, "a/2023", {"pack.toml": PACK.replace("test/2023", "a/2023").replace(
        "codes = 2023", 'extends = "b/2023"\ncodes = 2023')})
    write_pack(forms, "b/2023", {"pack.toml": PACK.replace("test/2023", "b/2023").replace(
        "codes = 2023", 'extends = "a/2023"\ncodes = 2023')})
    assert any("互相继承成了圈：a/2023 → b/2023 → a/2023" in line for line in problems(forms, "a/2023"))
    write_pack(forms, "c/2023", {"pack.toml": PACK.replace("test/2023", "c/2023").replace(
        "codes = 2023", 'extends = "none/2023"\ncodes = 2023')})
    assert "c/2023/pack.toml 第 6 行：要继承的报表包“none/2023”找不到。" in problems(forms, "c/2023")


def test_unknown_rules_are_reported_only_when_the_rules_are_known(forms: Path) -> None:
    found = examine_pack("test/2023", forms, known_rules=frozenset(("codes_full",)))[1]
    assert [problem.sentence for problem in found] == [
        "test/2023/checks.toml 第 23 行：程序里没有叫“codes_filled”的核查规则。是不是想写“codes_full”？"]
    assert problems(forms) == []


def test_a_file_nobody_uses_is_only_a_warning(forms: Path) -> None:
    write_pack(forms, files={"tables/old.toml": "[table]\n"})
    pack, found = examine_pack("test/2023", forms)
    assert pack is not None
    assert [(problem.file, problem.warning) for problem in found] == [("test/2023/tables/old.toml", True)]


@pytest.mark.parametrize("pack_id", ["../x", "test/../../etc", "/etc/passwd", "test", "", "none/2023"])
def test_bad_pack_ids_are_refused(forms: Path, pack_id: str) -> None:
    with pytest.raises(PackError):
        load_pack(pack_id, forms)


def test_links_out_of_the_folder_large_and_many_files_are_refused(forms: Path, tmp_path_factory: pytest.TempPathFactory
                                                                   ) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.toml"
    outside.write_text("[table]\n", encoding="utf-8")
    table = forms / "test/2023/tables/summary.toml"
    table.unlink()
    table.symlink_to(outside)
    assert any("这个链接指向报表目录以外" in line for line in problems(forms))
    table.unlink()
    table.write_text("#" * (2 * 1024 * 1024 + 1), encoding="utf-8")
    assert "test/2023/tables/summary.toml：文件超过 2 MB，不予读取。" in problems(forms)
    for i in range(501):
        (forms / "test/2023" / f"{i}.txt").touch()
    assert any("超过 500 个" in line for line in problems(forms))


def test_packs_are_listed_with_their_problems(forms: Path) -> None:
    write_pack(forms, "bad/2023", FILES | {"pack.toml": PACK})
    infos = {info.id: info for info in list_packs(forms)}
    assert infos["test/2023"].title == "测试报表包"
    assert infos["test/2023"].problems == ()
    assert any("不一致" in problem.message_cn for problem in infos["bad/2023"].problems)
    write_pack(forms, files={"checks.toml": "[[check]]\n"})
    assert {info.id: bool(info.problems) for info in list_packs(forms, deep=True)} == {
        "bad/2023": True, "test/2023": True}


def test_every_shipped_pack_loads() -> None:
    forms = forms_dir()
    infos = list_packs(forms)
    assert infos
    for info in infos:
        pack = load_pack(info.id, forms)
        assert isinstance(pack, Pack)
        assert pack.tables
