from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs.good_pack import CODES, write_pack
from xinfang_desk.model.codes import Certainty, UnitKind
from xinfang_desk.packs import PackError, code_years, load_codes
from xinfang_desk.places import forms_dir


def faults(forms: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        load_codes(2023, forms)
    return [problem.sentence for problem in caught.value.problems]


def spoil(forms: Path, name: str, old: str, new: str) -> None:
    (forms / "codes/2023" / name).write_text(CODES[name].replace(old, new), encoding="utf-8-sig")


def test_code_tables_are_read(tmp_path: Path) -> None:
    write_pack(tmp_path)
    codes = load_codes(2023, tmp_path)
    assert codes.function.name("2010301") == "行政运行"
    assert codes.econ_dept.entries["30217"].certainty is Certainty.MEDIUM
    assert codes.econ_dept.entries["30217"].note == "请核对"
    assert codes.mapping.default("30101", UnitKind.ADMIN) == "50101"
    assert codes.mapping.default("30101", UnitKind.PUBLIC_1) == "50501"
    assert codes.successors == {"2010308": ("2014001", "2014004")}
    assert code_years(tmp_path) == (2023,)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    write_pack(tmp_path)
    path = tmp_path / "codes/2023/function.csv"
    path.write_bytes(b"\xef\xbb\xbf" + CODES["function.csv"].replace("\n", "\r\n").encode())
    assert load_codes(2023, tmp_path).function.name("201") == "一般公共服务支出"


@pytest.mark.parametrize(("name", "old", "new", "sentence"), [
    ("function.csv", "208,社", "2010301,社", "function.csv 第 5 行：编码“2010301”重复，第 4 行已经有了。"),
    ("function.csv", "20103,政府办公厅（室）及相关机构事务,C,测试,\n", "", "第 3 行：项“2010301”上面的款“20103”不在表里。"),
    ("function.csv", "2010301,行政运行,C", "20103x1,行政运行,C", "编码“20103x1”不对，应是 3、5、7 位数字。"),
    ("function.csv", "2010301,行政运行,C", "2010301,行政运行,K-X", "certainty 不能是“K-X”"),
    ("function.csv", "2010301,行政运行,C", "2010301,,C", "编码“2010301”没有名称。"),
    ("function.csv", "code,name", "编码,name", "第 1 行：第一行的列名应是 code,name,certainty,source,note。"),
    ("function.csv", "2010301,行政运行,C,测试,", "2010301,行政运行", "应有 5 列，这一行有 2 列。"),
    ("economic_dept.csv", "30217,", "3021700,", "应是 3、5 位数字"),
    ("mapping.csv", "30217,50201,50502,K-M", "30217,50299,50502,K-M", "admin 列的政府经济科目“50299”不在 economic_gov.csv 里"),
    ("mapping.csv", "30217,50201,50502,K-M\n", "", "部门经济科目“30217”没有写对应的政府经济科目。"),
    ("mapping.csv", "30217,", "30299,", "部门经济科目“30299”不在 economic_dept.csv 里。"),
    ("successors.csv", "2014001 2014004", "无", "几个后继编码之间用空格隔开"),
])
def test_faulty_tables_are_refused(tmp_path: Path, name: str, old: str, new: str, sentence: str) -> None:
    write_pack(tmp_path)
    spoil(tmp_path, name, old, new)
    assert any(sentence in fault for fault in faults(tmp_path)), faults(tmp_path)


def test_a_missing_year_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    write_pack(tmp_path)
    with pytest.raises(PackError, match="没有 2024 年的科目表，现有：2023"):
        load_codes(2024, tmp_path)
    (tmp_path / "codes/2023/mapping.csv").unlink()
    assert "codes/2023/mapping.csv：缺少这个文件。" in faults(tmp_path)


@pytest.mark.parametrize("year", [2021, 2023])
def test_shipped_tables(year: int) -> None:
    codes = load_codes(year, forms_dir())
    tops = [code.code for code in codes.function if len(code.code) == 3]
    assert tops[0] == "201"
    assert tops[-1] == "234"
    assert len(tops) == 30
    assert codes.function.name("2010308") == "信访事务"
    assert not {"20139", "20140", "2014001"} & set(codes.function.entries)
    assert codes.function.name("21305") == ("扶贫" if year == 2021 else "巩固脱贫攻坚成果衔接乡村振兴")
    assert codes.function.name("2130599").startswith("其他扶贫" if year == 2021 else "其他巩固")
    assert all(len(dept) == 5 for dept in codes.mapping.admin)
    assert {code.code for code in codes.econ_dept if len(code.code) == 5} == set(codes.mapping.admin)
    assert codes.mapping.default("30217", UnitKind.ADMIN) == "50206"
    assert codes.mapping.default("310", UnitKind.PUBLIC_2) == "506"
