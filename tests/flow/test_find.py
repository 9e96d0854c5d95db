"""Finding figures, texts and codes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.flow import find, library
from xinfang_desk.flow.desk import Desk
from xinfang_desk.model.finding import Place
from xinfang_desk.model.money import MoneyUnit, format_amount


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("find") / "book.xfb"
    library.new_sample("004", path)
    desk = library.open_desk(path)
    yield desk
    desk.close()


def places(hits: list[find.Hit]) -> set[str]:
    return {hit.entry.what for hit in hits}


@pytest.mark.parametrize("typed", ["226.70", "226.7", "2267000", "2,267,000.00", "2267000元", "226.7万", "２２６.７０"])
def test_one_figure_is_found_however_it_is_written(desk: Desk, typed: str) -> None:
    hits = find.search(desk, typed)
    assert {"公开说明", "《部门综合预算收支总表》"} <= places(hits)
    assert any(hit.entry.place.cell is not None and hit.entry.text == "226.70" for hit in hits)
    told = next(hit for hit in hits if hit.entry.what == "公开说明")
    begin, end = told.spans[0]
    assert told.entry.text[begin:end].startswith("226.7")


def test_an_amount_with_its_unit_means_that_unit_only(desk: Desk) -> None:
    assert find.search(desk, "2267000万元") == []


def test_codes_are_found_by_their_beginning(desk: Desk) -> None:
    hits = [hit for hit in find.search(desk, "20103") if hit.entry.code]
    assert hits
    assert all(hit.entry.code.startswith("20103") for hit in hits)
    assert not [hit for hit in find.search(desk, "0301") if hit.entry.code]


def test_names_are_found_by_characters_and_by_pinyin_initials(desk: Desk) -> None:
    by_name = {hit.entry for hit in find.search(desk, "行政运行") if len(hit.entry.text) < 20}
    by_letters = {hit.entry for hit in find.search(desk, "xzyx")}
    assert by_name
    assert by_name <= by_letters
    hit = find.search(desk, "xzyx")[0]
    begin, end = hit.spans[0]
    assert hit.entry.text[begin:end] == "行政运行"


def test_what_was_typed_leads_to_where_it_was_typed(desk: Desk) -> None:
    line = next(iter(desk.year.lines.values()))
    hits = [h for h in find.search(desk, line.econ_dept) if h.entry.place.record == line.id and h.entry.code]
    assert hits[0].entry.place == Place("basic", space="lines", record=line.id, field="econ_dept")
    duty = next(hit for hit in find.search(desk, "信访") if hit.entry.place.address == "bodies")
    assert duty.entry.place.space == "facts"
    assert duty.entry.place.record is not None
    assert duty.entry.place.field == "name"


def test_every_entry_can_be_found_by_its_own_text(desk: Desk) -> None:
    every = list(find.entries(desk))
    assert len(every) > 1000
    for entry in every:
        hit = find.Query(entry.text).hit(entry)
        assert hit is not None or entry.text in ("—", "-", "/"), entry
        if hit is not None:
            assert all(0 <= begin < end <= len(entry.text) for begin, end in hit.spans)


def test_nothing_is_found_where_nothing_fits(desk: Desk) -> None:
    assert find.search(desk, "  ") == []
    assert find.search(desk, "没有这样的话") == []


def money(fen: int) -> find.Entry:
    text = format_amount(fen, MoneyUnit.YUAN, thousands=True)
    return find.Entry("", "", text, Place(""), text, fen)


@given(st.integers(1, 10**13), st.sampled_from(MoneyUnit), st.booleans())
def test_an_amount_is_found_as_it_is_printed(fen: int, unit: MoneyUnit, thousands: bool) -> None:
    typed = format_amount(fen, unit, thousands=thousands)
    if float(typed.replace(",", "")) == 0:
        return
    hit = find.Query(typed).hit(money(fen))
    assert hit is not None
    assert hit.rank == 0


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_another_amount_is_not_taken_for_it(fen: int, other: int) -> None:
    hit = find.Query(format_amount(fen, MoneyUnit.YUAN)).hit(money(other))
    same = format_amount(fen, MoneyUnit.YUAN)
    shown = [format_amount(other, unit) for unit in MoneyUnit]
    if hit is not None:
        assert any(text.startswith(same.rstrip("0").rstrip(".")) for text in shown)


@given(st.text(max_size=30))
def test_any_text_can_be_looked_for(typed: str) -> None:
    query = find.Query(typed)
    for entry in (money(12_345), find.Entry("", "", "信访局本级", Place(""), "信访局本级")):
        hit = query.hit(entry)
        assert hit is None or hit.entry is entry
