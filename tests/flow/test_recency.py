"""The remedy for the newest slip comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinfang_desk.flow import library
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.recency import Recency
from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.finding import Finding, Mend, Place
from xinfang_desk.model.pack import Severity


def amount(id_: int, old: int, new: int) -> Change:
    return Change("改金额", (SetField("incomes", id_, "amount", old, new),))


def finding(*mends: Mend) -> Finding:
    return Finding("T|", "T", Severity.ERROR, "不等。", "", Place("income"), mends=mends)


def test_mends_follow_the_edits() -> None:
    first, second = Mend("一", amount(1, 5, 6)), Mend("二", amount(2, 5, 6))
    known = Recency()
    assert known.ordered([finding(first, second)])[0].mends == (first, second)
    known.note(amount(2, 6, 5))
    assert known.ordered([finding(first, second)])[0].mends == (second, first)
    known.note(amount(1, 6, 5))
    assert known.ordered([finding(first, second)])[0].mends == (first, second)


@pytest.mark.parametrize("shown_first", [False, True])
def test_the_figure_typed_last_is_offered_first(tmp_path: Path, shown_first: bool) -> None:
    path = tmp_path / "紫阳.xfb"
    library.new_sample("004", path)
    desk: Desk = library.open_desk(path)
    income = next(one for one in desk.year.incomes.values() if one.amount == 54_720_000)
    edit = amount(income.id, 54_720_000, 57_420_000)
    if shown_first:
        desk.try_out(edit)  # as while it is being typed
    desk.do(edit)
    several = [one for one in desk.findings() if len(one.mends) > 1]
    assert several
    for one in several:
        step = one.mends[0].change.steps[0]
        assert isinstance(step, SetField)
        assert (step.space, step.id, step.new) == ("incomes", income.id, 54_720_000)
    desk.close()
