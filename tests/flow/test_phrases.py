"""Reasons still wanted, and what is offered for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from xinfang_desk.flow import library, phrases
from xinfang_desk.flow.desk import Desk
from xinfang_desk.model.change import Change, SetField, SetValue
from xinfang_desk.model.pack import Severity


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "book.xfb"
    library.new_sample("004", path)
    desk = library.open_desk(path)
    yield desk
    desk.close()


def blank(desk: Desk, address: str) -> None:
    desk.do(Change("", (SetValue("facts", address, desk.year.facts[address], None),)))


def test_a_reason_is_wanted_while_it_is_blank_and_the_figure_has_changed(desk: Desk) -> None:
    assert phrases.wanted(desk) == {}
    blank(desk, "reason.function.2210201")
    assert phrases.wanted(desk) == {"reason.function.2210201": "比上年增加 1.76 万元，要写原因"}
    before = desk.year.priors["function.2210201"]
    now = sum(line.amount or 0 for line in desk.year.lines.values() if line.function == "2210201")
    desk.do(Change("", (SetValue("priors", "function.2210201", before, now),)))
    assert "reason.function.2210201" not in phrases.wanted(desk)


def test_a_warning_that_was_answered_wants_no_reason(desk: Desk) -> None:
    blank(desk, "reason.function.2210201")
    finding = next(f for f in desk.findings() if f.check == "Y-05e")
    desk.explain_warning(finding, "今年如此")
    assert phrases.wanted(desk) == {}


def test_a_hint_wants_no_reason_and_tells_no_change(tmp_path: Path) -> None:
    """Of 003 a hint says that its projects were not cut by a twentieth: that is no change since last year."""
    library.new_sample("003", tmp_path / "book.xfb")
    desk = library.open_desk(tmp_path / "book.xfb")
    try:
        hints = [finding for finding in desk.findings() if finding.place.address == "reason.project"]
        assert [(finding.severity, finding.difference) for finding in hints] == [(Severity.HINT, 4_896_000)]
        assert phrases.wanted(desk) == {}
    finally:
        desk.close()


def test_only_the_change_since_last_year_is_told_as_one(desk: Desk) -> None:
    """S-02 compares 会议 and 培训 together with last year's: its difference is not that of one of them."""
    before = {address: desk.year.priors.get(address) for address in ("meeting", "training")}
    desk.do(Change("", tuple(SetValue("priors", address, old, 1) for address, old in before.items())))
    blanked = [SetValue("facts", address, text, None) for address in ("reason.meeting", "reason.training")
               if (text := desk.year.facts.get(address))]
    if blanked:
        desk.do(Change("", tuple(blanked)))
    line = next(line for line in desk.year.lines.values() if line.fund.value == "gpb")
    desk.do(Change("", (SetField("lines", line.id, "econ_dept", line.econ_dept, "30216"),)))
    both = next(finding for finding in desk.findings() if finding.check == "S-02")
    assert both.place.address == "reason.meeting"
    told = phrases.wanted(desk)
    assert told["reason.meeting"] == "比上年减少 0.000001 万元，要写原因"
    assert "比上年增加" in told["reason.training"]


def test_an_account_that_is_gone_wants_a_reason(desk: Desk) -> None:
    desk.do(Change("", (SetValue("priors", "function.2081199", None, 500_000),)))
    assert "reason.function.2081199" in phrases.wanted(desk)


def test_last_years_reason_comes_first_then_the_units_own(desk: Desk) -> None:
    desk._last_year = (replace(desk.year, year=2022, facts={"reason.basic": "上年的话", "reason.project": "上年项目的话",
                                                            phrases.ADDRESS: (("上年常用",),)}),)
    change = phrases.remember(desk.year, " 人员正常  晋级 ")
    assert change is not None
    desk.do(change)
    offered = phrases.offers(desk, "reason.basic")
    assert [(one.text, one.source) for one in offered[:3]] == [
        ("上年的话", "last"), ("人员正常 晋级", "kept"), ("上年常用", "kept")]
    assert ("上年项目的话", "last") in [(one.text, one.source) for one in offered]
    used = desk.year.facts["reason.function.2210201"]
    assert (used, "used") in [(one.text, one.source) for one in offered]
    assert len({one.text for one in offered}) == len(offered)


def test_what_stands_there_already_is_not_offered_to_itself(desk: Desk) -> None:
    address = "reason.function.2210201"
    own = desk.year.facts[address]
    others = [a for a, value in desk.year.facts.items() if value == own and a != address]
    assert bool([one for one in phrases.offers(desk, address) if one.text == own]) == bool(others)


def test_offers_narrow_by_words_and_by_initials(desk: Desk) -> None:
    for text in ("人员正常晋级", "按要求压减"):
        change = phrases.remember(desk.year, text)
        assert change is not None
        desk.do(change)
    assert [one.text for one in phrases.offers(desk, "x", "压减")] == ["按要求压减"]
    assert "按要求压减" in [one.text for one in phrases.offers(desk, "x", "ayq")]
    assert phrases.offers(desk, "x", "按要求压减") == []


def test_phrases_are_kept_once_and_can_be_taken_back(desk: Desk) -> None:
    change = phrases.remember(desk.year, "一句话")
    assert change is not None
    desk.do(change)
    assert phrases.remember(desk.year, "一句话") is None
    assert phrases.remember(desk.year, "   ") is None
    assert phrases.kept(desk.year) == ("一句话",)
    desk.undo()
    assert phrases.kept(desk.year) == ()
    assert phrases.replace_all(desk.year, ["", " "]) is None
    several = phrases.replace_all(desk.year, ["甲", "乙", "甲"])
    assert several is not None
    desk.do(several)
    assert phrases.kept(desk.year) == ("甲", "乙")


def test_the_stock_of_phrases_is_not_checked_as_a_text(desk: Desk) -> None:
    before = {finding.key for finding in desk.findings()}
    change = phrases.remember(desk.year, "2009年XX待填，电话 13800138000")
    assert change is not None
    desk.do(change)
    assert {finding.key for finding in desk.findings()} == before
