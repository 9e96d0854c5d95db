"""Every rule a pack says the program guarantees, held against random ledgers: none of them can be broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xinfang_desk.engine import Engine, RowContext
from xinfang_desk.model.codes import CodeTable, UnitKind
from xinfang_desk.model.ledger import Fund, Income, Indicator, Kind, Line, Project, Unit, Year
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.model.pack import Guarantee, Pack
from xinfang_desk.packs import list_packs, load_pack

FORMS = Path(__file__).parents[2] / "forms"
PACK_IDS = [info.id for info in list_packs(FORMS)]
AMOUNTS = st.one_of(st.none(), st.integers(-10**6, 10**8).map(lambda n: n * 100))
PRIORS = ("total.income", "total.expenditure", "basic", "sangong.abroad", "sangong.reception", "sangong.purchase",
          "sangong.operate", "meeting", "training", "function.2010301", "appropriation.gpb")
YEAREND = ("yearend.carry", "yearend.unassigned", "yearend.gpb", "yearend.fund", "yearend.soe", "superior.gpb",
           "superior.fund", "superior.soe", "nontax.fees", "nontax.other")
EXPENSES = ("30212", "30215", "30216", "30217", "30231", "31013", "30913")


@cache
def pack_of(pack_id: str) -> Pack:
    return load_pack(pack_id, FORMS)


def codes(table: CodeTable, *more: str) -> st.SearchStrategy[str]:
    """Codes of the year, of every level, none at all, and such as no list has."""
    return st.sampled_from(["", "9", "999", "2299999", "59999", *more, *table.entries])


@cache
def ledgers(pack_id: str) -> st.SearchStrategy[Year]:
    """A year with anything in it that can be entered, sensible or not."""
    pack = pack_of(pack_id)
    years = pack.codes
    own = st.sampled_from([None, 1, 2, 9])
    line = st.builds(
        Line, id=st.just(0), kind=st.sampled_from(Kind), function=codes(years.function),
        econ_dept=codes(years.econ_dept, *EXPENSES * 6), econ_gov=codes(years.econ_gov), fund=st.sampled_from(Fund),
        carry=st.booleans(), project=own, amount=AMOUNTS)
    income = st.builds(Income, id=st.just(0), fund=st.sampled_from(Fund), carry=st.booleans(),
                       function=codes(years.function), amount=AMOUNTS)
    money = st.one_of(st.none(), st.integers(-10**4, 10**7).map(lambda n: n * 100))

    def build(lines: list[Line], incomes: list[Income], facts: dict[str, int | None], priors: dict[str, int | None],
              kind: UnitKind, projects: int) -> Year:
        return Year(
            Unit("某局", kind=kind), pack.years[0], pack.id,
            {i: replace(one, id=i) for i, one in enumerate(lines, 1)},
            {i: replace(one, id=i) for i, one in enumerate(incomes, 1)},
            {i: Project(i, f"项目{i}", goal="做好") for i in range(1, projects + 1)},
            {1: Indicator(1, 1, name="接访", value="20"), 2: Indicator(2, None, name="办结", value="30")}, {},
            {k: v for k, v in facts.items() if v is not None}, {k: v for k, v in priors.items() if v is not None})

    return st.builds(build, st.lists(line, max_size=12), st.lists(income, max_size=8),
                     st.fixed_dictionaries(dict.fromkeys(YEAREND, money)), st.fixed_dictionaries(dict.fromkeys(PRIORS, money)),
                     st.sampled_from(UnitKind), st.integers(0, 3))


# ---- proofs of what no formula says -------------------------------------------------------------------------------


PROJECT_HEAD = "{lines(project == this)}"
WHOLE_HEADS = {'{lines(kind in ("人员", "公用"))}': (Kind.STAFF, Kind.RUNNING), '{lines(kind == "项目")}': (Kind.PROJECT,),
               "{lines()}": tuple(Kind)}


def _printed(lines: Iterable[Line]) -> str:
    amounts = [line.amount for line in lines if line.amount is not None]
    return format_amount(sum(amounts), MoneyUnit.WAN) if amounts else ""


def _every_project_has_a_target_sheet(engine: Engine) -> bool:
    """One sheet each, and where the form has a head for the project's money, it is the sum of its lines."""
    table = engine.pack.table("project_targets")
    for project in engine.year.projects.values():
        sheet = engine.sheet(f"project_targets#{project.id}")
        amount = _printed(line for line in engine.year.lines.values() if line.project == project.id)
        for (_, template), (_, text) in zip(table.heads, sheet.heads, strict=True):
            if template == PROJECT_HEAD and text != amount:
                return False
    return True


def _whole_targets_tell_the_ledger(engine: Engine) -> bool:
    """The heads that tell the whole money, and at least one of them, are those of the summary and of the lines."""
    table, sheet = engine.pack.table("whole_targets"), engine.sheet("whole_targets")
    year = engine.value("summary", "function_year", "function_amount")
    wanted = {template: _printed(line for line in engine.year.lines.values() if line.kind in kinds)
              for template, kinds in WHOLE_HEADS.items()}
    wanted["{summary[function_year]}"] = "" if year is None else format_amount(round(year), MoneyUnit.WAN)
    told = [(wanted[template], text) for (_, template), (_, text) in zip(table.heads, sheet.heads, strict=True)
            if template in wanted]
    return bool(told) and all(right == text for right, text in told)


PROOFS: Mapping[str, Callable[[Engine], bool]] = {
    "G-01": _every_project_has_a_target_sheet, "X-25": _whole_targets_tell_the_ledger}


def _broken(engine: Engine, guarantee: Guarantee) -> list[str]:
    """The places where a guarantee does not hold."""
    if not guarantee.tests:
        return [] if PROOFS[guarantee.id](engine) else [guarantee.id]
    contexts: list[RowContext | None] = [None]
    if guarantee.over:
        table, _, level = guarantee.over.partition(":")
        contexts = [handle.context for handle in engine.rows(table, level)]
    return [f"{guarantee.id} {context.row if context else ''} {n}" for context in contexts
            for n, test in enumerate(guarantee.tests, 1) if not engine.holds(test, context)]


@pytest.mark.parametrize("pack_id", PACK_IDS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_ledger_breaks_a_guarantee(pack_id: str, data: st.DataObject) -> None:
    pack = pack_of(pack_id)
    if not pack.guarantees:
        return
    engine = Engine(replace(pack, checks=()), data.draw(ledgers(pack_id)))
    assert [fault for guarantee in pack.guarantees for fault in _broken(engine, guarantee)] == []


@pytest.mark.parametrize("pack_id", PACK_IDS)
def test_a_guarantee_is_proven_and_no_check(pack_id: str) -> None:
    pack = pack_of(pack_id)
    assert [one.id for one in pack.guarantees if not one.tests and one.id not in PROOFS] == []
    ids = {check.id for check in pack.checks}
    assert [one.id for one in pack.guarantees if one.id in ids] == []
    assert [one.id for one in pack.undecidable if one.id in ids] == []
