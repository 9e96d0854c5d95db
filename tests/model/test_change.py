"""Edits can be applied and taken back exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.model.change import Change, Delete, Insert, SetField, SetUnit, SetValue, apply
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Kind, Line, Unit, Year

UNIT = Unit("某县信访局")


def year(*amounts: int | None) -> Year:
    lines = {i: Line(i, Kind.STAFF, amount=amount) for i, amount in enumerate(amounts, 1)}
    return Year(UNIT, 2023, "p", lines=lines)


def test_each_step_and_its_inverse() -> None:
    start = year(1, None, 3)
    change = Change("试", (
        SetField("lines", 2, "amount", None, 7), Insert("lines", Line(9, Kind.PROJECT), 1),
        Delete("lines", start.lines[3], 3), SetValue("facts", "duties", None, "甲"),
        SetValue("priors", "total.income", None, 5), SetUnit(UNIT, Unit("乙", kind=UnitKind.PUBLIC_1))))
    after = apply(start, change)
    assert list(after.lines) == [1, 9, 2]
    assert after.lines[2].amount == 7
    assert after.facts == {"duties": "甲"}
    assert after.unit.kind is UnitKind.PUBLIC_1
    assert apply(after, change.inverse()) == start
    assert list(apply(after, change.inverse()).lines) == [1, 2, 3]


@st.composite
def scripts(draw: st.DrawFn) -> list[Change]:
    current = year(*draw(st.lists(st.one_of(st.none(), st.integers(-100, 100)), max_size=5)))
    made = []
    for _ in range(draw(st.integers(1, 8))):
        ids = list(current.lines)
        kind = draw(st.sampled_from(["insert", "delete", "set", "fact"] if ids else ["insert", "fact"]))
        if kind == "insert":
            record = Line(max(ids, default=0) + 1, Kind.RUNNING, amount=draw(st.integers(0, 9)))
            change = Change("增", (Insert("lines", record, draw(st.integers(0, len(ids)))),))
        elif kind == "delete":
            place = draw(st.integers(0, len(ids) - 1))
            change = Change("删", (Delete("lines", current.lines[ids[place]], place),))
        elif kind == "set":
            id_ = draw(st.sampled_from(ids))
            change = Change("改", (SetField("lines", id_, "amount", current.lines[id_].amount, draw(st.integers(0, 9))),))
        else:
            change = Change("填", (SetValue("facts", "a", current.facts.get("a"), draw(st.one_of(st.none(), st.text()))),))
        made.append((current, change))
        current = apply(current, change)
    return made  # type: ignore[return-value]


@given(scripts())
def test_undoing_everything_returns_to_the_start(script: list[tuple[Year, Change]]) -> None:
    current = apply(*script[-1])
    for before, change in reversed(script):
        current = apply(current, change.inverse())
        assert current == before
        assert list(current.lines) == list(before.lines)
