"""The shipped code tables, year against year: every difference is written down here, anything else is drift."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.engine.small import PACK, check, year
from xinfang_desk.engine import Engine
from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.codes import Certainty, CodeKind, Codes, UnitKind
from xinfang_desk.packs import code_years, load_codes
from xinfang_desk.places import forms_dir

YEARS = range(2018, 2027)
CODES = {number: load_codes(number, forms_dir()) for number in YEARS}


def rows(codes: Codes) -> dict[str, str]:
    return {row.code: row.name for kind in CodeKind for row in codes.table(kind)}


def differences(before: Codes, after: Codes) -> set[str]:
    """``+`` added, ``-`` dropped, ``=`` renamed, ``>`` mapped otherwise (机关 / 事业)."""
    old, new = rows(before), rows(after)
    told = {f"+{code} {new[code]}" for code in new.keys() - old.keys()}
    told |= {f"-{code} {old[code]}" for code in old.keys() - new.keys()}
    told |= {f"={code} {old[code]}→{new[code]}" for code in old.keys() & new.keys() if old[code] != new[code]}
    for code in before.mapping.admin.keys() & after.mapping.admin.keys():
        pairs = [(one.mapping.admin[code], one.mapping.public[code]) for one in (before, after)]
        if pairs[0] != pairs[1]:
            told.add(f">{code} {'/'.join(pairs[0])}→{'/'.join(pairs[1])}")
    return told


CHANGES = {
    2019: """
        =207 文化体育与传媒支出→文化旅游体育与传媒支出
        =210 医疗卫生与计划生育支出→卫生健康支出
        =220 国土海洋气象等支出→自然资源海洋气象等支出
        +224 灾害防治及应急管理支出
        -2010307 法制建设
    """,
    2020: """
        =20805 行政事业单位离退休→行政事业单位养老支出
        =2080501 归口管理的行政单位离退休→行政单位离退休
        -2080504 未归口管理的行政单位离退休
        =2080599 其他行政事业单位离退休支出→其他行政事业单位养老支出
        =215 资源勘探信息等支出→资源勘探工业信息等支出
        =2010305 专项业务活动→专项业务及机关事务管理
        +234 抗疫特别国债安排的支出
        +30311 代缴社会保险费
        +31304 对机关事业单位职业年金的补助
        +51004 对机关事业单位职业年金的补助
    """,
    2021: """
        -2049901 其他公共安全支出
        -2089901 其他社会保障和就业支出
        +2089999 其他社会保障和就业支出
        -2299901 其他支出
        +2299999 其他支出
        -50801 对企业资本性支出（一）
        -50802 对企业资本性支出（二）
        +50803 资本金注入
        +50804 资本金注入（基本建设）
        +50805 政府投资基金股权投资
        +50899 其他对企业资本性支出
        >31101 50802/50802→50804/50804
        >31199 50802/50802→50899/50899
        >31201 50801/50801→50803/50803
        >31203 50801/50801→50805/50805
        +39909 经常性赠与
        +39910 资本性赠与
        +59909 经常性赠与
        +59910 资本性赠与
        +51307 区域间转移性支出
    """,
    2022: """
        =21305 扶贫→巩固脱贫攻坚成果衔接乡村振兴
        =2130599 其他扶贫支出→其他巩固脱贫攻坚成果衔接乡村振兴支出
    """,
    2023: "",
    2024: """
        -2010308 信访事务
        +20139 社会工作事务
        +2013901 行政运行
        +2013902 一般行政管理事务
        +2013903 机关服务
        +2013904 专项业务
        +2013950 事业运行
        +2013999 其他社会工作事务支出
        +20140 信访事务
        +2014001 行政运行
        +2014002 一般行政管理事务
        +2014003 机关服务
        +2014004 信访业务
        +2014050 事业运行
        +2014099 其他信访事务支出
        -39906 赠与
        -59906 赠与
    """,
    2025: "",
    2026: "",
}

# Function codes no source confirms for the year; 2025 and 2026 add what no file after 2023 shows.
UNSURE = {
    2018: "2010307 2049901 2049902 2049999 2080501 2080504 2080508 2089901 2130599 21305 2299901",
    2019: "2049901 2049902 2049999 2080501 2080504 2080508 2089901 2130599 21305 2299901",
    2020: "2010305 2049901 2049902 2049999 2089901 2130599 21305 2299901 234",
    2021: "2049902 2130599 21305",
    2022: "2049902 2130599 21305",
    2023: "2049902 2130599 21305",
    2024: "2049902 2130599 21305 2013901 2013902 2013903 2013904 2013950 2013999 "
          "2014001 2014002 2014003 2014004 2014050 2014099",
}


def shipped_sources() -> Iterator[tuple[int, CodeKind, str, Certainty, str, str]]:
    for number, codes in CODES.items():
        for kind in CodeKind:
            for row in codes.table(kind):
                yield number, kind, row.code, row.certainty, row.source, row.note


def test_every_year_is_there() -> None:
    assert code_years(forms_dir()) == tuple(YEARS)


@pytest.mark.parametrize("number", sorted(CHANGES))
def test_neighbours_differ_as_written_down(number: int) -> None:
    wanted = {line.strip() for line in CHANGES[number].splitlines() if line.strip()}
    assert differences(CODES[number - 1], CODES[number]) == wanted


@pytest.mark.parametrize("number", sorted(UNSURE))
def test_unsure_function_codes_are_marked(number: int) -> None:
    unsure = {row.code for row in CODES[number].function if not row.certainty.sure}
    assert unsure == set(UNSURE[number].split())


@pytest.mark.parametrize("number", [2025, 2026])
def test_nothing_unconfirmed_is_certain_in_the_newest_years(number: int) -> None:
    table = CODES[number].function
    sure = [row for row in table if row.certainty.sure]
    assert [row.code for row in sure if not any(mark in row.source for mark in ("2025年", "2026年"))] == []
    assert [row.code for row in table if not row.certainty.sure and not row.note] == []
    assert not table.entries["2014004"].certainty.sure
    assert table.entries["2101101"].certainty.sure


def test_every_row_names_its_source_and_every_doubt_says_why_or_is_of_a_general_pattern() -> None:
    rows_ = list(shipped_sources())
    assert [row for row in rows_ if not row[4]] == []
    assert [row for row in rows_ if row[3] is Certainty.CONFIRMED and row[4] == "通用编法"] == []
    assert [row for row in rows_ if row[3] is Certainty.LOW and not row[5]] == []


@pytest.mark.parametrize("number", YEARS)
def test_successors_lead_from_an_earlier_list_to_this_one(number: int) -> None:
    codes = CODES[number]
    earlier = {code for before in YEARS if before < number for code in rows(CODES[before])}
    now = rows(codes)
    assert {old for old in codes.successors if old not in earlier} == set()
    assert {new for many in codes.successors.values() for new in many if new not in now} == set()


@pytest.mark.parametrize("number", YEARS[1:])
def test_every_dropped_code_has_a_successor(number: int) -> None:
    dropped = rows(CODES[number - 1]).keys() - rows(CODES[number]).keys()
    assert dropped <= CODES[number].successors.keys()
    if number > 2019:
        assert CODES[number - 1].successors.items() <= CODES[number].successors.items()


def test_a_code_of_a_later_year_leads_back() -> None:
    assert CODES[2023].predecessors["2014004"] == ("2010308",)
    assert CODES[2023].predecessors["2014001"] == ("2010301", "2010308")
    assert CODES[2020].predecessors["2089999"] == ("2089901",)
    assert "2089999" not in CODES[2021].predecessors
    assert CODES[2026].predecessors == {}


def test_both_classifications_go_together_in_every_year() -> None:
    for codes in CODES.values():
        assert codes.mapping.default("30201", UnitKind.ADMIN) == "50201"
        assert codes.mapping.default("310", UnitKind.PUBLIC_2) == "506"
    assert CODES[2020].mapping.default("31201", UnitKind.ADMIN) == "50801"
    assert CODES[2021].mapping.default("31201", UnitKind.ADMIN) == "50803"


def said(number: int, code: str) -> str:
    """What the code check says where every line of a book of the year has ``code``."""
    rule = check("T-33", rule="codes_exist", params={"space": "lines", "field": "function", "classification": "function"},
                 say="{code}不在科目表里，{successors}。")
    engine = Engine(replace(PACK, codes=CODES[number], checks=(rule,)), year())
    engine.apply(Change("", tuple(SetField("lines", line, "function", None, code) for line in engine.year.lines)))
    sentences = {finding.sentence for finding in engine.findings()}
    assert len(sentences) <= 1
    return next(iter(sentences), "")


@pytest.mark.parametrize(("number", "code", "hint"), [
    (2024, "2010308", "现行科目是 2014004 信访业务、2014001 行政运行、2014002 一般行政管理事务、"
                      "2014099 其他信访事务支出（请对照本级财政局的科目表核对）"),
    (2023, "2014001", "它是以后年份才有的科目，2023年用的是 2010301 行政运行、2010308 信访事务"),
    (2023, "2089901", "现行科目是 2089999 其他社会保障和就业支出"),
    (2020, "2089999", "它是以后年份才有的科目，2020年用的是 2089901 其他社会保障和就业支出（请对照本级财政局的科目表核对）"),
    (2023, "2019998", "请从科目表里另选"),
])
def test_a_code_of_another_year_is_named_with_what_to_take_instead(number: int, code: str, hint: str) -> None:
    assert said(number, code) == f"{code}不在科目表里，{hint}。"


def test_a_code_of_the_year_is_not_spoken_about() -> None:
    assert said(2023, "2010308") == ""
    assert said(2024, "2014004") == ""
