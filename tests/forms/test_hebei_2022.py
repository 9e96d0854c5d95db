"""Hebei's forms of 2022: 31 numbered lines, 栏次, the words of the new budget system; the rest as in 2021."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from xinfang_desk.engine import Engine
from xinfang_desk.engine.rules import RULES
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.ledger import Fund, Income, Year
from xinfang_desk.model.pack import Pack
from xinfang_desk.packs import examine_pack, load_pack, read_year
from xinfang_desk.paper.writer import write_edition
from xinfang_desk.passages import compose

FORMS = Path(__file__).parents[2] / "forms"
WAN = 1_000_000
INCOMES = ("一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款", "财政专户管理资金", "事业收入", "事业单位经营收入",
           "上级补助收入", "附属单位上缴收入", "其他收入")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("hebei/2022", FORMS)


@pytest.fixture(scope="module")
def year() -> Year:
    text = (FORMS / "national/2021/cases/base_office.toml").read_text(encoding="utf-8")
    return replace(read_year(text, "base_office.toml"), pack="hebei/2022", year=2022)


def test_loads_without_problems() -> None:
    assert examine_pack("hebei/2022", FORMS, known_rules=frozenset(RULES))[1] == ()


def test_thirty_one_lines_and_three_totals(pack: Pack, year: Year) -> None:
    rows = Engine(pack, year).sheet("summary").rows
    assert [row.cells[0].text for row in rows] == [str(n) for n in range(1, 35)]
    left, right = [row.cells[1].text for row in rows], [row.cells[3].text for row in rows]
    assert left[:9] == [f"{n}、{name if name.endswith('收入') else name + '收入'}"
                        for n, name in zip("一二三四五六七八九", INCOMES, strict=True)]
    assert set(left[9:31]) == {""}
    assert left[31:] == ["本年收入合计", "上年结转结余", "收入总计"]
    assert (right[0], right[19], right[29], right[30]) == (
        "一、一般公共服务支出", "二十、住房保障支出", "三十、抗疫特别国债安排的支出", "三十一、往来性支出")
    assert right[31:] == ["本年支出合计", "年终结转结余", "支出总计"]
    assert pack.table("summary").column_numbers


def test_income_table_has_a_column_for_each_fund(pack: Pack) -> None:
    titles = [column.titles[-1] for column in pack.table("income").columns]
    assert titles == ["序号", "科目编码", "科目名称", "合计", "小计", *INCOMES, "上年结转结余"]


def test_the_other_tables_are_those_of_2021(pack: Pack) -> None:
    before = load_pack("hebei/2021", FORMS)
    assert [(t.id, t.number, t.title) for t in pack.tables] == [(t.id, t.number, t.title) for t in before.tables]
    changed = {t.id for t in pack.tables if t != before.table(t.id)}
    assert changed == {"summary", "income"}


def test_surplus_of_former_years_stands_with_what_was_carried_over(pack: Pack, year: Year) -> None:
    more = {**year.incomes, 90: Income(90, Fund.SURPLUS, False, "2010308", 2 * WAN)}
    engine = Engine(pack, replace(year, incomes=more))
    assert engine.value("summary", "income_carry", "income_amount") == 8 * WAN
    assert engine.value("income", "total", "carry") == 8 * WAN
    assert engine.value("summary", "income_total", "income_amount") == 27968 * WAN // 100


def test_a_sound_year_has_no_findings_and_its_text_is_whole(pack: Pack, year: Year) -> None:
    dates = {"staff.date": "2021-12-31", "assets.date": "2021-12-31", "approval.date": "2022-02-01",
             "publish.date": "2022-02-15"}
    sound = replace(year, facts={**year.facts, **dates})
    assert [finding.sentence for finding in Engine(pack, sound).findings()] == []
    text = "\n".join(q.text for p in compose(Engine(pack, sound)).passages for q in p.paragraphs)
    assert "单位资金4万元（事业收入0万元，" in text
    assert "上年结转结余6万元" in text
    assert [mark for mark in ("{", "}", "【", "None") if mark in text] == []


def test_no_table_is_refused_by_the_papers(pack: Pack, year: Year, tmp_path: Path) -> None:
    engine = Engine(pack, year)
    document = compose(engine)
    names = {kind: name.format(unit=year.unit.name, year=year.year) for kind, name in pack.files.items()}
    made = write_edition(Edition(year.unit.name, year.year, document.title, "2022-02-15", engine.sheets(), document,
                                 names), tmp_path)
    assert {file.kind for file in made} == set(names)
