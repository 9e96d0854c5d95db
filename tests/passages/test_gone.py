"""Accounts that had money last year and have none this year: told in the text, asked a reason for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xinfang_desk.engine import Engine
from xinfang_desk.model.change import Change, Insert, SetValue
from xinfang_desk.model.ledger import Kind, Line
from xinfang_desk.packs import load_pack, read_year
from xinfang_desk.passages import compose

FORMS = Path(__file__).parents[2] / "forms"


def shaanxi() -> Engine:
    text = (FORMS / "national/2021/cases/base_office.toml").read_text(encoding="utf-8")
    year = replace(read_year(text, "base_office.toml"), pack="shaanxi/2023")
    priors = {**year.priors, "function.2101103": 2_000_000, "econ_dept.307": 1_000_000, "function.210": 500_000}
    return Engine(load_pack("shaanxi/2023", FORMS), replace(year, priors=priors))


def told(engine: Engine) -> list[str]:
    return [p.text for passage in compose(engine).passages for p in passage.paragraphs if "本年没有安排，" in p.text]


def test_gone_accounts_are_told_with_their_reason() -> None:
    engine = shaanxi()
    engine.apply(Change("", (SetValue("facts", "reason.function.2101103", None, "并入基本医疗保险缴费"),)))
    assert told(engine)[0] == "公务员医疗补助（2101103）本年没有安排，较上年减少2万元，主要原因是并入基本医疗保险缴费。"
    assert told(engine)[1].startswith("债务利息及费用支出（307）本年没有安排，较上年减少1万元")


def test_an_account_with_a_line_again_is_no_longer_gone() -> None:
    engine = shaanxi()
    assert [f.key for f in engine.findings() if f.check == "Y-05h"] == ["Y-05h|facts/reason.function.2101103"]
    line = Line(99, Kind.STAFF, "2101103", "30111", "50102", amount=1_000_000)
    engine.apply(Change("", (Insert("lines", line, 0),)))
    assert len(told(engine)) == 1
    assert [f for f in engine.findings() if f.check == "Y-05h"] == []


def test_only_the_accounts_of_the_level_are_gone_and_none_of_a_table_without_accounts() -> None:
    engine = shaanxi()
    assert [handle.code for handle in engine.gone("gpb_function", 3)] == ["2101103"]
    assert list(engine.gone("projects", 1)) == []
    assert list(engine.gone("gpb_function", 9)) == []
