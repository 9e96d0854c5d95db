"""Random ledgers and random edits of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.engine.small import CODES, PACK
from xinfang_desk.model.change import Change, Delete, Insert, SetField, SetUnit, SetValue, Step
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Fund, Income, Indicator, Kind, Line, Project, Purchase, Unit, Year

AMOUNTS = st.one_of(st.none(), st.just(0), st.integers(-500, 5000).map(lambda n: n * 10_000), st.integers(-999, 999))
FUNCTIONS = st.sampled_from(["", "2010", "999", "2019999", *CODES.function.entries])
DEPTS = st.sampled_from(["", "399", *CODES.econ_dept.entries])
GOVS = st.sampled_from(["", "5", *CODES.econ_gov.entries])
OWNERS = st.sampled_from([None, 1, 2, 3])
FUNDS = st.sampled_from([Fund.GPB, Fund.GPB_NONTAX, Fund.OTHER, Fund.FUND])
FLAGS = st.booleans()
NUMBERS = st.one_of(st.none(), st.integers(0, 20))
WORDS = st.sampled_from(["", "甲", "待填", "XX件"])

FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "lines": {"kind": st.sampled_from(Kind), "function": FUNCTIONS, "econ_dept": DEPTS, "econ_gov": GOVS, "fund": FUNDS,
              "carry": FLAGS, "project": OWNERS, "amount": AMOUNTS, "purchase": FLAGS, "note": WORDS},
    "incomes": {"fund": FUNDS, "carry": FLAGS, "function": FUNCTIONS, "amount": AMOUNTS},
    "projects": {"name": WORDS, "special": FLAGS, "purpose": WORDS, "target_amount": AMOUNTS},
    "indicators": {"project": OWNERS, "name": WORDS, "value": WORDS, "weight": NUMBERS},
    "purchases": {"name": WORDS, "category": st.sampled_from(["货物", "服务"]), "quantity": NUMBERS, "price": AMOUNTS,
                  "amount": AMOUNTS, "project": OWNERS}}
RECORDS: dict[str, Any] = {"lines": Line, "incomes": Income, "projects": Project, "indicators": Indicator,
                           "purchases": Purchase}
VALUES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "facts": {"yearend.carry": AMOUNTS, "meeting": st.one_of(AMOUNTS, st.just("约五万")), "note": st.one_of(st.none(), WORDS),
              "meeting.list": st.sampled_from([None, (), (("年会", "3", "1.5"),), (("年会", "", "x"), ("例会",))])},
    "priors": {"function.201": AMOUNTS, "function.2010301": AMOUNTS, "sangong.reception": AMOUNTS,
               "sangong.abroad": AMOUNTS},
    "approved": {"total": AMOUNTS, "function.2010301": AMOUNTS},
    "explanations": {"P-01|": st.sampled_from([None, "批复尚未下达"])}}


def records(space: str, smallest: int, largest: int) -> st.SearchStrategy[dict[int, Any]]:
    """A list of records numbered from 1; a :class:`Line` needs its kind, the rest may be left out."""
    made = st.builds(lambda **given: given, **FIELDS[space])
    return st.lists(made, min_size=smallest, max_size=largest).map(
        lambda rows: {i: RECORDS[space](id=i, **given) for i, given in enumerate(rows, 1)})


def values(space: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(VALUES[space]).map(lambda d: {k: v for k, v in d.items() if v is not None})


YEARS = st.builds(
    lambda **parts: Year(Unit("某局", "436"), 2023, PACK.id, **parts),
    lines=records("lines", 0, 9), incomes=records("incomes", 0, 3), projects=records("projects", 0, 3),
    indicators=records("indicators", 0, 4), purchases=records("purchases", 0, 3), facts=values("facts"),
    priors=values("priors"), approved=values("approved"))


@st.composite
def steps(draw: st.DrawFn, year: Year) -> Step:
    """One edit that fits ``year``."""
    kind = draw(st.sampled_from(["field", "field", "amount", "amount", "value", "insert", "delete", "unit"]))
    space: Any = draw(st.sampled_from(sorted(FIELDS)))
    if kind == "amount":
        space = draw(st.sampled_from(["lines", "lines", "incomes", "purchases"]))
    listed = getattr(year, space)
    if kind == "unit":
        return SetUnit(year.unit, replace(year.unit, name=draw(st.sampled_from(["某局", "信访局"])),
                                          kind=draw(st.sampled_from(UnitKind))))
    if kind == "insert" or (kind in ("field", "amount", "delete") and not listed):
        number = max(listed, default=0) + 1
        record = RECORDS[space](id=number, **draw(st.fixed_dictionaries(FIELDS[space])))
        return Insert(space, record, draw(st.integers(0, len(listed))))
    if kind in ("field", "amount"):
        number = draw(st.sampled_from(list(listed)))
        field = "amount" if kind == "amount" else draw(st.sampled_from(sorted(FIELDS[space])))
        return SetField(space, number, field, getattr(listed[number], field), draw(FIELDS[space][field]))
    if kind == "delete":
        at = draw(st.integers(0, len(listed) - 1))
        return Delete(space, list(listed.values())[at], at)
    where: Any = draw(st.sampled_from(sorted(VALUES)))
    address = draw(st.sampled_from(sorted(VALUES[where])))
    return SetValue(where, address, getattr(year, where).get(address), draw(VALUES[where][address]))


@st.composite
def changes(draw: st.DrawFn, year: Year, most: int = 2) -> Change:
    """One change of one or more steps, each fitting the year after the last."""
    from xinfang_desk.model.change import apply

    made: list[Step] = []
    for _ in range(draw(st.integers(1, most))):
        made.append(draw(steps(year)))
        year = apply(year, Change("", (made[-1],)))
    return Change("修改", tuple(made))
