from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs.good_pack import FILES, write_pack
from xinfang_desk.packs import examine_pack


def problems(forms: Path, files: dict[str, str]) -> list[str]:
    write_pack(forms, files=dict(FILES) | files)
    return [problem.message_cn for problem in examine_pack("test/2023", forms)[1]]


def check(**keys: str) -> dict[str, str]:
    given = {"id": '"Z-1"', "severity": '"hint"', "title": '"某规则"', "say": '"不对。"', "law": '"依据"',
             "page": '"lines"'} | keys
    return {"checks.toml": "[[check]]\n" + "".join(f"{key} = {value}\n" for key, value in given.items())}


@pytest.mark.parametrize("keys", [
    {"over": '"gpb_function:项"', "test": "'total == prior(\"function.{code}\")'"},
    {"over": '"gpb_function:leaf"', "test": "'total == staff'"},
    {"over": '"gpb_function"', "test": "'total == gpb_function[{code}].running'"},
    {"over": '"lines"', "test": "'this.amount > 0'", "where": "'kind == \"人员\" and not project.special'"},
    {"over": '"projects"', "test": "'this.target_amount == lines(project == this)'",
     "when": "'filled(this.target_amount) == 1'"},
    {"over": '"indicators"', "test": "'this.weight <= 100'"},
    {"test": "'sum(summary[f201], summary[f208]) == lines()'", "target": '"summary[spent_total].spent"'},
    {"test": "'count(projects) > 0'", "target": '"duties"', "tolerance": "5"},
    {"over": '"summary"', "test": "'spent >= 0'"},
])
def test_sound_checks(tmp_path: Path, keys: dict[str, str]) -> None:
    assert problems(tmp_path, check(**keys)) == []


@pytest.mark.parametrize(("keys", "part"), [
    ({"over": '"gpb_function:目"', "test": "'total == staff'"}, "冒号后面不能写“目”"),
    ({"over": '"project"', "test": "'count(projects) > 0'"}, "没有叫“project”的表或清单。是不是想写“projects”？"),
    ({"test": "'total == staff'"}, "“total”没有写明是哪张表"),
    ({"test": "'summary.spent == 1'"}, "引用别的表要写出行"),
    ({"test": "'sum(summary[all].spent) == 1'"}, "行是固定的"),
    ({"test": "'gpb_function[{code}].total == 1'"}, "不能用 {code}"),
    ({"test": "'prior(\"function.{code}\") == 1'"}, "{code} 只能用在有科目编码的行里"),
    ({"over": '"projects"', "test": "'this.amount > 0'"}, "项目没有数字字段“amount”，只有 target_amount"),
    ({"over": '"lines"', "test": "'this.amount > 0'", "where": "'special'"}, "支出明细没有叫“special”的字段"),
    ({"over": '"lines"', "test": "'this.amount > 0'", "where": "'project.special == \"x\"'"}, "是否项"),
    ({"over": '"lines"', "test": "'this.amount > 0'", "where": "'note'"}, "不是是否项"),
    ({"over": '"lines"', "test": "'this.amount > 0'", "where": "'fund under \"20\"'"}, "under 只用于科目编码"),
    ({"over": '"lines"', "test": "'this.amount > 0'", "where": "'function under \"20\"'"}, "不是支出功能分类科目编码"),
    ({"over": '"lines"', "test": "'this.amount > 0'", "where": "'function == \"2019999\"'"}, "里没有“2019999”"),
    ({"test": "'count(projects, category == this) > 0'"}, "只有 project 可以和 this 比较"),
    ({"test": "'count(purchases, category == \"貨物\") > 0'"}, "category 没有“貨物”这个值，只有 货物、工程、服务"),
    ({"test": "'total(lines.note) > 0'"}, "支出明细没有可以相加的字段“note”"),
    ({"test": "'approved(\"total\") > 0'"}, "没有哪一页填批复数“total”"),
    ({"test": "'lines() > 0'", "target": '"nowhere at all"'}, "既不是填报地址，也不是单元格"),
    ({"test": "'lines() > 0'", "target": '"summary[nowhere]"'}, "没有行“nowhere”"),
    ({"test": "'lines() > 0'", "rule": '"x"'}, "两者写一个"),
    ({"test": "'lines() > 0'", "params": "{ a = 1 }"}, "只有用 rule 的规则才写 params"),
    ({"test": "'lines() > 0'", "tolerance": '"一分"'}, "不是金额"),
    ({"test": "'lines() > 0'", "tolerance": "-1"}, "不能是负数"),
    ({"test": "'lines() > 0'", "say": '"差{difference"'}, "花括号没有成对"),
])
def test_faulty_checks(tmp_path: Path, keys: dict[str, str], part: str) -> None:
    found = problems(tmp_path, check(**keys))
    assert any(part in message for message in found), found


PARAGRAPH = '[section]\nid = "overview"\n[[paragraph]]\n'


@pytest.mark.parametrize(("text", "part"), [
    ("text = '{name}'", "{name} 只能用在有 each 的段落里"),
    ("text = '{1}'", "{1} 只能用在 each = \"fact:…\" 的段落里"),
    ("each = 'fact:dutties'\ntext = '{1}'", "是不是想写“duties”？"),
    ("each = 'gpb_functions'\ntext = '{name}'", "是不是想写“gpb_function”？"),
    ("text = '{summary[spent_total]'", "没有配对的右花括号"),
    ("text = '{text(\"reasons\")}'", "没有哪一页填填报事项“reasons”"),
    ("text = '{change(summary[spent_total], prior(\"x\"))}'", "没有哪一页填上年数“x”"),
    ("text = ''", "要写 text 或 table"),
    ("text = 'a'\nstyle = 'h9'", "style 不能是“h9”"),
])
def test_faulty_paragraphs(tmp_path: Path, text: str, part: str) -> None:
    found = problems(tmp_path, {"passages/overview.toml": PARAGRAPH + text})
    assert any(part in message for message in found), found


TABLE = """[table]
id = "gpb_function"
number = "1"
title = "x"
{table}
[rows]
by = "{by}"
{rows}
[[column]]
id = "total"
titles = ["合计"]
[[column]]
id = "text"
titles = "文字"
kind = "text"
{column}
"""


@pytest.mark.parametrize(("by", "table", "rows", "column", "part"), [
    ("lines", "", "", "", "by 不能是“lines”"),
    ("line", "", "levels = [1]", "", "没有级次"),
    ("fact", "", "", "", "要写 address"),
    ("fact", "", 'address = "dutys"', "", "是不是想写“duties”？"),
    ("purchases", "", "", 'field = "level1"', "没有可印的字段“record.level1”"),
    ("indicators", "where = 'kind == \"人员\"'", "", "", "绩效指标没有叫“kind”的字段"),
    ("project", "", "where = 'fund == \"gpb\"'", "", "项目没有叫“fund”的字段"),
    ("project", 'heads = [["名称", "{project.name}"]]', "", "", "这里没有当前项目"),
    ("project", 'repeat = "project"\nheads = [["名称", "{project.nmae}"]]', "", "", "是不是想写“name”？"),
    ("line", "", "", 'level = 5', "level 只能是"),
    ("line", "", "", 'width = 900', "应在 0 到 400 之间"),
    ("line", "", "", 'parts = ["nothing"]', "parts 里的列“nothing”不在这张表里"),
    ("line", "", "", "value = 'total'\nwhere = 'carry'", "value 和 where 只能写一个"),
    ("line", "[[block]]\nid = \"b\"", "", "", "只能用一种"),
])
def test_faulty_tables(tmp_path: Path, by: str, table: str, rows: str, column: str, part: str) -> None:
    text = TABLE.format(by=by, table=table, rows=rows, column=column)
    found = problems(tmp_path, {"tables/gpb_function.toml": text, "checks.toml": "", "passages/overview.toml": PARAGRAPH
                                + "text = 'a'"})
    assert any(part in message for message in found), found
