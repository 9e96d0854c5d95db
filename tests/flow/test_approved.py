"""What is still to place of an approved total agrees with the pack's own rules."""

from __future__ import annotations

import pytest

from xinfang_desk.flow import library
from xinfang_desk.flow.approved import entered
from xinfang_desk.flow.desk import Desk
from xinfang_desk.model.change import Change, SetField, SetValue
from xinfang_desk.packs import list_packs, load_pack
from xinfang_desk.places import forms_dir

PACKS = [info.id for info in list_packs(forms_dir())]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    path = tmp_path_factory.mktemp("approved") / "004.xfb"
    library.new_sample("004", path)
    return library.open_desk(path)


def approve(desk: Desk, address: str, fen: int | None) -> None:
    desk.do(Change("批复数", (SetValue("approved", address, desk.year.approved.get(address), fen),)))


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_approved_total_a_pack_asks_for_has_its_difference(pack_id: str) -> None:
    pack = load_pack(pack_id, forms_dir())
    asked = {field.address for page in pack.pages for field in page.fields if field.space == "approved"}
    assert asked
    assert {address for address in asked if entered(pack, address) is None} == set()


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_list_of_income_and_spending_stands_under_its_approved_totals(pack_id: str) -> None:
    pack = load_pack(pack_id, forms_dir())
    first = {kind: next((page for page in pack.pages if page.kind == kind), None)
             for kind in ("incomes", "lines", "projects")}
    bare = [page.id for page in first.values() if page is not None
            and not any(field.space == "approved" for field in page.fields)]
    assert not bare


@pytest.mark.parametrize("address", ["total", "gpb", "fund", "soe", "basic", "staff", "running", "project", "sangong",
                                     "meeting", "training", "operating"])
def test_the_difference_is_even_just_when_the_rule_is_content(desk: Desk, address: str) -> None:
    assert desk.still_to_place(address) is None
    approve(desk, address, 0)
    rest = desk.still_to_place(address)
    assert rest is not None
    placed = -rest
    rules = {check.id for check in desk.pack.checks if check.target == address and check.id.startswith("A-")}
    if placed:
        assert rules & {finding.check for finding in desk.findings()}
    approve(desk, address, placed + 5)
    assert desk.still_to_place(address) == 5
    assert rules & {finding.check for finding in desk.findings()}
    approve(desk, address, placed)
    assert desk.still_to_place(address) == 0
    assert not rules - {"A-01"} & {finding.check for finding in desk.findings()}
    approve(desk, address, None)
    assert desk.still_to_place(address) is None


def test_it_follows_a_line_and_a_figure_being_typed(desk: Desk) -> None:
    approve(desk, "basic", 200_000_000)
    before = desk.still_to_place("basic")
    assert before is not None
    line = next(iter(desk.year.lines.values()))
    assert line.amount is not None
    more = Change("金额", (SetField("lines", line.id, "amount", line.amount, line.amount + 700),))
    desk.try_out(more)
    assert desk.still_to_place("basic") == before - 700
    desk.take_back()
    assert desk.still_to_place("basic") == before
    desk.do(more)
    assert desk.still_to_place("basic") == before - 700
