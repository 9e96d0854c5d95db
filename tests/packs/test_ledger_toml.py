from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Fund, Indicator, Kind, Line, Project, Purchase, Unit
from xinfang_desk.packs import PackError, read_year

TEXT = """
[year]
year = 2023
pack = "shaanxi/2023"
[unit]
name = "某县信访局"
code = "436"
kind = "参公事业"
region = "陕西"
[[project]]
name = "信访维稳工作经费"
special = true
target_amount = "3.58万元"
[[project]]
id = 7
name = "大厅经费"
[[line]]
kind = "人员"
function = "2010301"
econ_dept = "30101"
econ_gov = "50101"
amount = "61.29万"
[[line]]
kind = "项目"
function = "2010308"
econ_dept = "30217"
fund = "gpb_nontax"
carry = true
project = "大厅经费"
amount = "1,234.56元"
purchase = true
[[line]]
id = 9
kind = "公用"
project = 1
[[income]]
fund = "gpb"
amount = "0"
[[indicator]]
project = 7
level1 = "产出指标"
name = "办结率"
operator = "≥"
value = "95"
unit = "%"
weight = 10
[[purchase]]
name = "计算机"
category = "货物"
quantity = 4
price = "5000元"
amount = "2万元"
[facts]
staff.posts.admin = 5
"reason.total" = "人员工资调整"
assets.total = "51.08万元"
secrecy.reviewed = true
duties = ["受理来信", "接待来访"]
tasks = [["办信", "及时办理", "2.5"]]
note = "见5万元以上项目"
[priors]
"function.2010301" = "68.12万元"
sangong.reception = "0.65万元"
total = 0
[approved]
total = "226.7万元"
[explanations]
"S-01/x" = "工作需要"
"""


def test_a_year_is_read() -> None:
    year = read_year(TEXT, "sample.toml")
    assert year.unit == Unit("某县信访局", "436", UnitKind.LIKE_ADMIN, "陕西")
    assert (year.year, year.pack) == (2023, "shaanxi/2023")
    assert year.projects[1] == Project(1, "信访维稳工作经费", special=True, target_amount=3_580_000)
    assert year.lines == {
        1: Line(1, Kind.STAFF, "2010301", "30101", "50101", amount=61_290_000),
        2: Line(2, Kind.PROJECT, "2010308", "30217", fund=Fund.GPB_NONTAX, carry=True, project=7, amount=123_456,
                purchase=True),
        9: Line(9, Kind.RUNNING, project=1)}
    assert year.incomes[1].amount == 0
    assert year.indicators[1] == Indicator(1, 7, "产出指标", name="办结率", value="95", unit="%", weight=10)
    assert year.purchases[1] == Purchase(1, "计算机", quantity=4, price=500_000, amount=2_000_000)
    assert year.facts == {
        "staff.posts.admin": 5, "reason.total": "人员工资调整", "assets.total": 51_080_000, "secrecy.reviewed": True,
        "duties": (("受理来信",), ("接待来访",)), "tasks": (("办信", "及时办理", "2.5"),), "note": "见5万元以上项目"}
    assert year.priors == {"function.2010301": 68_120_000, "sangong.reception": 650_000, "total": 0}
    assert year.approved == {"total": 226_700_000}
    assert year.explanations == {"S-01/x": "工作需要"}


@pytest.mark.parametrize(("old", "new", "part"), [
    ('amount = "61.29万"', 'amount = "61.29"', "没有写单位"),
    ('amount = "61.29万"', "amount = 61.29", "带单位的文字"),
    ('amount = "61.29万"', 'amount = "六十万"', "不是金额"),
    ('amount = "61.29万"', 'amont = "61.29万"', "没有叫 amont 的键。是不是想写“amount”？"),
    ('kind = "人员"', 'kind = "人员类"', "kind 不能是“人员类”"),
    ('kind = "人员"\n', "", "缺少 kind"),
    ('fund = "gpb_nontax"', 'fund = "gbp_nontax"', "是不是想写“gpb_nontax”？"),
    ('project = "大厅经费"', 'project = "大厅"', "没有项目“大厅”"),
    ("id = 9", "id = 2", "id 2 重复"),
    ("year = 2023\n", "year = 203\n", "year 是预算年度"),
    ('kind = "参公事业"', 'kind = "参公"', "kind 不能是“参公”"),
    ("[unit]\n", "[unti]\n", "缺少 [unit]"),
    ('total = "226.7万元"', "total = true", "带单位的文字"),
    ("secrecy.reviewed = true", "secrecy.reviewed = 1.5", "填报事项只能是"),
    ("carry = true", 'carry = "是"', "carry 应该是true 或 false"),
])
def test_faults_have_their_line(old: str, new: str, part: str) -> None:
    text = TEXT.replace(old, new, 1)
    with pytest.raises(PackError) as caught:
        read_year(text, "sample.toml")
    found = [problem for problem in caught.value.problems if part in problem.message_cn]
    assert found, caught.value
    assert all(problem.file == "sample.toml" and problem.line >= 1 for problem in found)
    if new.strip() and not new.startswith("["):
        line = text[:text.index(new)].count("\n") + 1
        assert line in [problem.line for problem in found]


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}(\.[a-z0-9]{1,5}){0,2}", fullmatch=True), st.integers(0, 10**12)))
def test_amounts_come_back_to_the_fen(priors: dict[str, int]) -> None:
    lines = [f'"{address}" = "{fen // 100}.{fen % 100:02}元"' for address, fen in priors.items()]
    head = TEXT[:TEXT.index("[[project]]")]
    assert read_year(head + "[priors]\n" + "\n".join(lines), "x").priors == priors


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(PackError):
        read_year(text + "\n[[line]]\nkind = 3", "x")
