from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs.good_pack import write_pack
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Kind
from xinfang_desk.packs import Case, PackError, load_cases, load_pack

BASE = """[year]
year = 2023
pack = "test/2023"
[unit]
name = "某县信访局"
[[project]]
name = "维稳"
[[line]]
kind = "人员"
function = "2010301"
econ_dept = "30101"
amount = "10万元"
[[line]]
kind = "公用"
function = "2010301"
econ_dept = "30201"
amount = "2万元"
[[income]]
fund = "gpb"
amount = "12万元"
[facts]
staff.posts.admin = 5
[priors]
total = "11万元"
"""

CASES = """[[case]]
check = "T-01"
base = "base_county"
title = "少填一条收入"
[case.fail]
difference = "5万元"
key = "T-01"
[[case.fail.edit]]
set = "incomes.1.amount"
to = "7万元"
[[case]]
check = "X-01"
base = "base_county"
title = "改动种种"
[case.fail]
[[case.fail.edit]]
set = "lines.2.amount"
to = ""
[[case.fail.edit]]
set = "lines.2.kind"
to = "项目"
[[case.fail.edit]]
set = "lines.2.project"
to = "维稳"
[[case.fail.edit]]
delete = "lines.1"
[[case.fail.edit]]
set = "facts.staff.posts.admin"
to = 6
[[case.fail.edit]]
set = "priors.total"
to = "9万元"
[[case.fail.edit]]
delete = "facts.staff.posts.admin"
[[case.fail.edit]]
set = "unit.kind"
to = "公益一类事业"
[[case.fail.edit]]
add = "lines"
record = { kind = "经营", amount = "1元" }
[case.pass]
[[case.pass.edit]]
set = "lines.1.note"
to = ""
"""


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    write_pack(tmp_path)
    write_pack(tmp_path, files={"cases/base_county.toml": BASE, "cases/all.toml": CASES})
    return tmp_path


def cases(forms: Path, pack_id: str = "test/2023") -> tuple[Case, ...]:
    return load_cases(load_pack(pack_id, forms), forms)


def test_each_case_gives_a_failing_and_a_passing_year(forms: Path) -> None:
    found = cases(forms)
    assert [(case.check, case.failing) for case in found] == [
        ("T-01", True), ("T-01", False), ("X-01", True), ("X-01", False)]
    assert (found[0].difference, found[0].key_part, found[0].title) == (5_000_000, "T-01", "少填一条收入")
    assert found[0].year.incomes[1].amount == 7_000_000
    assert found[1].year.incomes[1].amount == 12_000_000
    assert (found[2].file, found[2].line) == ("test/2023/cases/all.toml", 11)


def test_edits(forms: Path) -> None:
    year = cases(forms)[2].year
    assert list(year.lines) == [2, 3]
    assert (year.lines[2].amount, year.lines[2].kind, year.lines[2].project) == (None, Kind.PROJECT, 1)
    assert (year.lines[3].kind, year.lines[3].amount) == (Kind.BUSINESS, 100)
    assert "staff.posts.admin" not in year.facts
    assert year.priors == {"total": 9_000_000}
    assert year.unit.kind is UnitKind.PUBLIC_1
    assert cases(forms)[3].year.lines[1].note == ""


def test_cases_are_inherited_until_replaced_or_dropped(forms: Path) -> None:
    write_pack(forms, "child/2023", {
        "pack.toml": """[pack]
id = "child/2023"
title = "子包"
region = "子"
years = [2023, 2023]
extends = "test/2023"
drop_checks = ["X-01"]
"""})
    found = cases(forms, "child/2023")
    assert [(case.check, case.year.pack) for case in found] == [("T-01", "child/2023")] * 2
    write_pack(forms, "child/2023", {
        "cases/base_own.toml": BASE, "cases/T-01.toml": """[case]
check = "T-01"
base = "base_own"
title = "自己的例子"
[case.fail]
[[case.fail.edit]]
delete = "incomes.1"
"""})
    assert {case.title for case in cases(forms, "child/2023")} == {"自己的例子"}


@pytest.mark.parametrize(("old", "new", "part"), [
    ('check = "T-01"', 'check = "T-02"', "没有规则“T-02”。是不是想写“T-01”？"),
    ('base = "base_county"', 'base = "base_conty"', "是不是想写“base_county”？"),
    ("incomes.1.amount", "incomes.4.amount", "没有 id 为“4”的记录"),
    ("incomes.1.amount", "incomes.1.amout", "是不是想写“amount”？"),
    ("incomes.1.amount", "income.1.amount", "是不是想写“incomes”？"),
    ('to = "7万元"', "", "set 要和 to 一起写"),
    ('to = "7万元"', 'to = "7"', "没有写单位"),
    ('set = "incomes.1.amount"\n', "", "要写 set、delete 或 add"),
    ('add = "lines"', 'add = "line"', "是不是想写“lines”？"),
    ('record = {', 'recrod = {', "是不是想写“record”？"),
    ('delete = "facts.staff', 'delete = "facts.stuff', "底稿里没有“facts.stuff"),
    ("[case.fail]\ndifference", "[case.pass]\ndifference", "缺少 [case.fail]"),
    ('kind = "经营"', 'kind = "运营"', "kind 不能是“运营”"),
])
def test_faults_are_reported_with_their_line(forms: Path, old: str, new: str, part: str) -> None:
    text = CASES.replace(old, new, 1)
    if "[case.pass]\ndiff" in new:
        text = text.replace("[[case.fail.edit]]", "[[case.pass.edit]]", 1)
    write_pack(forms, files={"cases/all.toml": text})
    with pytest.raises(PackError) as caught:
        cases(forms)
    found = [problem for problem in caught.value.problems if part in problem.message_cn]
    assert found, caught.value
    assert found[0].file == "test/2023/cases/all.toml"
    assert found[0].line > 0


def test_a_faulty_base_is_reported_in_its_own_file(forms: Path) -> None:
    write_pack(forms, files={"cases/base_county.toml": BASE.replace('"10万元"', '"10"')})
    with pytest.raises(PackError, match=r"cases/base_county.toml 第 12 行"):
        cases(forms)
