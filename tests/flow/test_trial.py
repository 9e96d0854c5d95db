"""A figure being typed: everything moves with it as if it had been made, and nothing of it is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xinfang_desk.engine import Engine
from xinfang_desk.flow import build
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.library import new_sample, open_desk, sample_year
from xinfang_desk.model.change import Change, SetField, SetUnit, SetValue, Step, apply
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.sheet import CellAddress
from xinfang_desk.passages import compose


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("trial") / "试.xfb"
    new_sample("004", made)
    return made


@pytest.fixture(scope="module")
def desk(path: Path) -> Iterator[Desk]:
    opened = open_desk(path)
    yield opened
    opened.close()


def amount(desk: Desk, line: int, fen: int | None) -> Change:
    return Change("改金额", (SetField("lines", line, "amount", desk.year.lines[line].amount, fen),))


def shown(desk: Desk) -> Year:
    """The year with what is being typed."""
    return desk.year if desk.trial is None else apply(desk.year, desk.trial)


def assert_as_fresh(desk: Desk) -> None:
    fresh = Engine(desk.pack, shown(desk))
    assert desk.findings() == fresh.findings(lambda: compose(fresh))
    for sheet_id in desk.sheet_ids():
        assert desk.live_sheet(sheet_id) == fresh.sheet(sheet_id)
    if desk.pack.rounding != "closed":
        verdict = desk.verdict()
        assert desk.live_verdict() == verdict


def texts(desk: Desk) -> dict[CellAddress, str]:
    """Every figure of every table as the live sheets print it."""
    return {CellAddress(sheet_id, row.key_at(j), column.id): row.cells[j].text
            for sheet_id in desk.sheet_ids() for sheet in (desk.live_sheet(sheet_id),) for row in sheet.rows
            for j, column in enumerate(sheet.columns) if row.key_at(j) and row.cells[j].kind == "money"}


def test_the_cells_that_move_are_told_with_their_texts(desk: Desk) -> None:
    line = next(iter(desk.year.lines))
    heard: list[frozenset[CellAddress]] = []
    desk.on_trial(lambda outcome: heard.append(outcome.cells))
    before = texts(desk)
    desk.try_out(amount(desk, line, 123_456_00))
    after = {cell: desk.live_text(cell) for cell in before}
    moved = {cell for cell in before if before[cell] != after[cell]}
    assert moved
    assert moved <= heard[-1]
    assert texts(desk) == after
    cells = tuple(before)
    for typed in (None, 7, -1_234_567_85, 5_000):  # the same tuple, asked for again at each key
        desk.try_out(amount(desk, line, typed))
        assert desk.live_texts(cells) == [desk.live_text(cell) for cell in cells]
    desk.take_back()
    assert desk.live_texts(cells) == list(before.values())
    assert {cell: desk.live_text(cell) for cell in before} == before
    assert moved <= heard[-1]


def test_nothing_of_it_is_in_the_year_the_history_or_the_book(desk: Desk, path: Path) -> None:
    line, before = next(iter(desk.year.lines)), desk.year
    label = desk.undo_label
    desk.try_out(amount(desk, line, 1))
    desk.try_out(amount(desk, line, 12))
    assert desk.year == before
    assert desk.undo_label == label
    assert desk.unsaved == 0
    assert desk.book.load(before.year) == before
    desk.take_back()
    assert desk.year == before
    assert list(desk.year.lines.values()) == list(before.lines.values())
    assert desk.trial is None


def test_whatever_goes_out_takes_it_back_first(desk: Desk) -> None:
    line = next(iter(desk.year.lines))
    whole = desk.sheets()
    document = desk.document()
    for ask in (desk.sheets, desk.document, desk.digest, desk.adjustments, desk.charts):
        desk.try_out(amount(desk, line, 777_00))
        assert desk.trial is not None
        ask()
        assert desk.trial is None
    desk.try_out(amount(desk, line, 777_00))
    edition = build.snapshot(desk, draft=True)
    assert desk.trial is None
    assert edition.sheets == whole
    assert desk.document() == document


def test_the_edit_itself_takes_its_place_and_can_be_undone(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "b.xfb"
    copy.write_bytes(path.read_bytes())
    desk = open_desk(copy)
    line = next(iter(desk.year.lines))
    old = desk.year.lines[line].amount
    for typed in (4, 45, 456):
        desk.try_out(amount(desk, line, typed))
    outcome = desk.do(amount(desk, line, 456))
    assert outcome.cells
    assert desk.trial is None
    assert desk.year.lines[line].amount == 456
    assert_as_fresh(desk)
    desk.try_out(amount(desk, line, 9))
    undone = desk.undo()
    assert undone is not None
    assert desk.year.lines[line].amount == old
    assert_as_fresh(desk)
    desk.try_out(amount(desk, line, 9))
    desk.close()
    again = open_desk(copy)
    assert again.year.lines[line].amount == old
    again.close()


def test_what_is_no_figure_is_not_shown(desk: Desk) -> None:
    unit = desk.year.unit
    line = next(iter(desk.year.lines))
    desk.try_out(amount(desk, line, 5))
    for step in (SetUnit(unit, unit), SetValue("facts", "reason.sangong", None, "文字"),
                 SetField("lines", line, "note", "", "备注")):
        desk.try_out(Change("试", (step,)))
        assert desk.trial is None


@lru_cache(maxsize=1)
def read_year() -> Year:
    """What every example starts from: the desk itself moves on from one example to the next."""
    return sample_year("004")


def steps_of(year: Year) -> st.SearchStrategy[tuple[str, Step, bool]]:
    """A key in some figure of the year, the way of it ('try', 'do', 'back'), and whether all is looked at then."""
    fen = st.one_of(st.none(), st.integers(0, 10**9))
    lines = st.sampled_from(sorted(year.lines))
    fields = st.builds(lambda line, new: SetField("lines", line, "amount", None, new), lines, fen)
    priors = st.builds(lambda a, new: SetValue("priors", a, None, new), st.sampled_from(sorted(year.priors)), fen)
    approved = st.builds(lambda a, new: SetValue("approved", a, None, new), st.sampled_from(["total", "basic", "gpb"]), fen)
    counts = st.builds(lambda a, new: SetValue("facts", a, None, new),
                       st.sampled_from(sorted(a for a, v in year.facts.items() if type(v) is int)), fen)
    return st.tuples(st.sampled_from(["try", "try", "try", "do", "back"]), st.one_of(fields, priors, approved, counts),
                     st.booleans())


def real(desk: Desk, step: Step) -> Step:
    """The step with what is stored as its old value."""
    if isinstance(step, SetField):
        return SetField(step.space, step.id, step.field, getattr(desk.year.lines[step.id], step.field), step.new)
    assert isinstance(step, SetValue)
    return SetValue(step.space, step.address, getattr(desk.year, step.space).get(step.address), step.new)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_any_keys_all_reads_as_over_a_fresh_engine(desk: Desk, data: st.DataObject) -> None:
    desk.take_back()
    for way, step, look in data.draw(st.lists(steps_of(read_year()), min_size=1, max_size=6)):
        change = Change("改", (real(desk, step),))
        if way == "try":
            desk.try_out(change)
        elif way == "do":
            desk.do(change)
        else:
            desk.take_back()
        if look:
            assert_as_fresh(desk)
    assert_as_fresh(desk)
    before = desk.year
    desk.take_back()
    assert desk.year == before
    assert_as_fresh(desk)
