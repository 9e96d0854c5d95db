"""One pack with many different faults: all of them are reported at once, each with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs.good_pack import CHECKS, FILES, FUNCTION, OVERVIEW, PACK, PAGES, SUMMARY, write_pack
from xinfang_desk.packs import PackError, load_pack

Change = tuple[str, str, str, str]
"""File, what stands there, what it is spoiled to, a piece of the message (line: where the new text begins)."""

SPOILED: list[Change] = [
    ("pack.toml", "years = [2022, 2023]", "years = [2023, 2012]", "years 不合理"),
    ("pack.toml", 'region = "测试"', 'region = "测试"\nregon = "x"', "没有叫 regon 的键。是不是想写“region”？"),
    ("pack.toml", 'sections = ["overview"]', 'sections = ["overveiw", "overview"]',
     "找不到说明段落“overveiw”的文件 passages/overveiw.toml。是不是想写“overview”？"),
    ("pack.toml", 'workbook = "{unit}{year}年表.xlsx"', 'workbook = "{unit}{yaer}年表.xls"', "不能用 {yaer}"),
    ("pack.toml", "（{cn}）", "（{x}）", "编号样式“（{x}）”"),
    ("pack.toml", '  ["208", "社会保障和就业支出"],', '  ["298", "社会保障和就业支出"],', "“298”不在 2023 年的科目表里"),
    ("tables/summary.toml", "id = \"income_total\"", "id = \"income_gpb\"", "行“income_gpb”在这张表里写了两次"),
    ("tables/summary.toml", "id = \"spent\"\n", "id = \"amount\"\n", "列“amount”在这张表里写了两次"),
    ("tables/summary.toml", 'fund in ("gpb", "gpb_nontax")', 'fund in ("gbp", "gpb_nontax")',
     "fund 没有“gbp”这个值，只有 gpb、gpb_nontax"),
    ("tables/summary.toml", 'rows_from = "classes"', 'rows_from = "clases"', "没有叫“clases”的行次清单。是不是想写“classes”？"),
    ("tables/gpb_function.toml", 'id = "running"', 'id = "runing"', ""),
    ("tables/gpb_function.toml", 'kind == "人员"', 'kinds == "人员"', "支出明细没有叫“kinds”的字段。是不是想写“kind”？"),
    ("tables/gpb_function.toml", 'kind = "name"', 'kind = "nmae"', "kind 不能是“nmae”"),
    ("tables/gpb_function.toml", "levels = [1, 2, 3]", "levels = [1, 2, 4]", "levels 不对"),
    ("tables/gpb_function.toml", 'prior("function.{code}")', 'prior("funktion.{code}")',
     "没有哪一页填上年数“funktion.{code}”"),
    ("tables/gpb_function.toml", 'title = "一般公共预算支出表"', 'titel = "一般公共预算支出表"',
     "没有叫 titel 的键。是不是想写“title”？"),
    ("tables/gpb_function.toml", "empty = ", "inline = 1\nempty = ", "inline 应该是true 或 false"),
    ("checks.toml", "summary[income_total] == ", "summary[incme_total] == ",
     "表“summary”没有行“incme_total”"),
    ("checks.toml", 'over = "gpb_function"', 'over = "gpb_funktion"', "是不是想写“gpb_function”？"),
    ("checks.toml", 'severity = "hint"', 'severity = "hnit"', "severity 不能是“hnit”"),
    ("checks.toml", "差{difference}。", "差{diff}。", "句子里不能用 {diff}"),
    ("checks.toml", 'page = "lines"\ntolerance', 'page = "line"\ntolerance', "没有向导页“line”。是不是想写“lines”？"),
    ("checks.toml", 'id = "X-01"', 'id = "T-01"', "规则“T-01”在这个文件里写了两次"),
    ("pages.toml", 'columns = ["kind", "function", "amount"]', 'columns = ["kind", "function", "amuont"]',
     "支出明细没有叫“amuont”的字段。是不是想写“amount”？"),
    ("pages.toml", 'kinds = ["人员", "公用"]', 'kinds = ["人员", "公用费"]', "没有“公用费”这种支出性质"),
    ("pages.toml", 'address = "reason.total"', 'address = "function.*"\nspace = "priors"',
     "地址“function.*”重复"),
    ("pages.toml", "> 0'", ">'", "判断没有写完"),
    ("pages.toml", """now = 'lines(fund == "gpb")'""", "now = '0 + 0'", "now 要写成一个 lines(…) 合计"),
    ("pages.toml", 'label = "职责"', "label = \"职责\"\nnow = 'lines()'", "和说上年的金额才写 now"),
    ("passages/overview.toml", '{reason("total")}', "{reasn(\"total\")}", "没有叫“reasn”的函数"),
    ("passages/overview.toml", "{1}", "{2}", "“duties”只有 1 列"),
    ("passages/overview.toml", "total > 0", "totl > 0", "没有列“totl”。是不是想写“total”？"),
    ("passages/overview.toml", 'table = "summary"', 'table = "sumary"', "没有表“sumary”。是不是想写“summary”？"),
]


def lines_of(text: str, piece: str) -> set[int]:
    return {number for number, line in enumerate(text.split("\n"), 1) if piece.strip("\n") in line}


def test_every_fault_is_reported_at_once_with_file_and_line(tmp_path: Path) -> None:
    files = dict(FILES)
    for name, old, new, _ in SPOILED:
        assert files[name].count(old) >= 1, old
        files[name] = files[name].replace(old, new, 1)
    write_pack(tmp_path, files=files)
    with pytest.raises(PackError) as caught:
        load_pack("test/2023", tmp_path)
    found = caught.value.problems
    for name, _, new, part in SPOILED:
        first = next((piece for piece in new.split("\n") if piece not in FILES[name]), new.split("\n")[0])
        here = [problem for problem in found if problem.file == f"test/2023/{name}" and part in problem.message_cn]
        assert here, f"{name}: {part}"
        if part:
            assert lines_of(files[name], first) & {problem.line for problem in here}, f"{name}: {first}"
    assert list(found) == sorted(found)
    assert all(problem.line > 0 and problem.message_cn.endswith(("。", "？")) for problem in found)


@pytest.mark.parametrize(("name", "old", "new", "part"), [
    ("tables/summary.toml", 'value = "[income_gpb]"', 'value = "[income_total] + [income_gpb]"',
     "公式互相引用成了圈：summary[income_total].amount → summary[income_total].amount"),
    ("tables/summary.toml", 'value = "[income_gpb]"', 'value = "[spent_total].spent"', ""),
    ("tables/summary.toml", 'value = "[income_gpb]"', 'value = "gpb_function[total].totl"', "没有列“totl”"),
    ("tables/summary.toml", 'value = "[income_gpb]"', 'value = "gpb_function[款].total"', ""),
    ("tables/summary.toml", 'value = "[income_gpb]"', 'value = "gpb_function[9999999].total"', "科目表里没有|里没有“9999999”"),
    ("tables/summary.toml", 'value = "[income_gpb]"', 'value = "gpb_function[total]"', "要写明是哪一列"),
    ("tables/summary.toml", 'value = "[income_gpb]"', 'value = "gpb_fucntion[total].total"', "是不是想写“gpb_function”"),
    ("tables/summary.toml", 'value = "[income_gpb]"', 'value = "total(purchases.amout)"', "是不是想写“amount”"),
    ("tables/summary.toml", 'value = "[income_gpb]"', 'value = "lines(project == this)"', "没有“当前项目”"),
    ("tables/summary.toml", 'value = "[income_gpb]"', "value = 'lines(econ_dept under \"309\")'", "没有“309”"),
    ("tables/summary.toml", 'value = "[income_gpb]"', "value = 'lines(carry == \"x\")'", "是否项"),
    ("tables/summary.toml", 'value = "[income_gpb]"', "value = 'this.amount'", "没有当前的记录"),
    ("tables/summary.toml", 'value = "[income_gpb]"', "value = 'fact(\"dutys\")'", "是不是想写“duties”"),
    ("tables/gpb_function.toml", "where = 'kind == \"人员\"'", 'value = "change"',
     "公式互相引用成了圈：gpb_function[各行].staff"),
    ("tables/gpb_function.toml", 'total - prior("function.{code}")', "staff / [total].change", "圈"),
])
def test_single_references(tmp_path: Path, name: str, old: str, new: str, part: str) -> None:
    files = dict(FILES)
    files[name] = files[name].replace(old, new, 1)
    if name.endswith("gpb_function.toml") and "staff" in part:
        files[name] = files[name].replace('total - prior("function.{code}")', "staff")
    write_pack(tmp_path, files=files)
    if not part:
        assert load_pack("test/2023", tmp_path).id == "test/2023"
        return
    with pytest.raises(PackError, match=part.replace("[", r"\[").replace("]", r"\]")):
        load_pack("test/2023", tmp_path)


def test_formulas_that_lead_downwards_are_no_circle(tmp_path: Path) -> None:
    files = dict(FILES) | {"tables/gpb_function.toml": FUNCTION.replace(
        'total - prior("function.{code}")', "total / [total].total + sum([children].change)")}
    write_pack(tmp_path, files=files)
    assert load_pack("test/2023", tmp_path).table("gpb_function").columns[5].id == "change"


def test_the_files_spoiled_here_are_sound_to_begin_with(tmp_path: Path) -> None:
    write_pack(tmp_path)
    assert load_pack("test/2023", tmp_path).title == "测试报表包"
    assert {PACK, SUMMARY, FUNCTION, CHECKS, PAGES, OVERVIEW} == set(FILES.values())
