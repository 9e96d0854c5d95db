"""The difference finder: which typed amount makes two sums differ, and what it should be.

Only what makes the check hold is proposed: an amount's new value follows from the gap and its weight, a changed code
or a deleted line is weighed anew. The likeliest kind of slip is tried first; of one kind, at most two are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from xinfang_desk.engine.build import Build, number_in
from xinfang_desk.engine.cube import Source
from xinfang_desk.engine.feeds import Feeds, NotPlain, feeds_of
from xinfang_desk.engine.fields import record_name, row_name
from xinfang_desk.engine.reading import Reader
from xinfang_desk.engine.scope import Scope
from xinfang_desk.engine.words import address_name, money_text
from xinfang_desk.model.change import Change, Delete, RecordSpace, SetField, SetValue, Step
from xinfang_desk.model.finding import Mend
from xinfang_desk.model.formula import AllOf, Compare, Condition, FieldIs, FieldUnder

MOST_INPUTS = 500
"""With more typed amounts behind a gap, a slip can no longer be told from chance: the finder stays silent."""

MOST_NAMED = 2

_CODES = ("function", "econ_dept", "econ_gov")


@dataclass(frozen=True, slots=True)
class Input:
    """A typed amount behind the gap, and what it would have to be to close it: a value at an address
    (``key`` text), or a field of a record (``key`` its id)."""

    space: str
    key: str | int
    field: str
    now: int
    then: int


@dataclass(slots=True)
class Case:
    """One failing equality: what feeds it, and every typed amount that alone could close the gap."""

    build: Build
    feeds: Feeds
    gap: int
    lines: dict[int, int]
    incomes: dict[int, int]
    inputs: list[Input]


def propose(build: Build, reader: Reader, compare: Compare, scope: Scope,
            tolerance: int) -> tuple[str, tuple[Mend, ...]]:
    """A remark to append to the finding ('' for none) and the mends, for a failing equality of amounts."""
    left, right = reader.decided(compare.left, scope) or 0, reader.decided(compare.right, scope) or 0
    gap = left - right
    if compare.op != "==" or not isinstance(gap, int) or abs(gap) <= tolerance:
        return "", ()
    try:
        feeds = feeds_of(build, compare, scope)
    except NotPlain:
        return "", ()
    case = Case(build, feeds, gap, feeds.weights(build, "lines"), feeds.weights(build, "incomes"), [])
    if len(case.lines) + len(case.incomes) + len(feeds.fields) <= MOST_INPUTS:
        case.inputs = list(_inputs(case))
    remark = _stale_remark(build, feeds, gap)
    for find in _FINDERS:
        mends = find(case)
        if mends:
            return remark, tuple(mends) if len(mends) <= MOST_NAMED else ()
    return remark, ()


# ---- amounts that are wrong ------------------------------------------------------------------------------------


def _inputs(case: Case) -> Iterator[Input]:
    draft = case.build.draft
    for (space, address), weight in case.feeds.values.items():
        now = number_in(draft.values(space).get(address))
        if space != "priors" and now and abs(weight) == 1:
            yield Input(space, address, "", now, now - case.gap * weight)
    weights = {("lines", n, "amount"): w for n, w in case.lines.items()}
    weights |= {("incomes", n, "amount"): w for n, w in case.incomes.items()}
    weights |= {key: weight for key, weight in case.feeds.fields.items()
                if not (key[0] in ("lines", "incomes") and key[2] == "amount")}
    for (space, number, name), weight in weights.items():
        now = number_in(getattr(draft.records(space)[number], name, None))
        if now and abs(weight) == 1:
            yield Input(space, number, name, now, now - case.gap * weight)


def _amount_finder(fits: Callable[[Build, Input], bool], say: str) -> Finder:
    def find(case: Case) -> list[Mend]:
        return [_mend(case.build, one, say) for one in case.inputs if fits(case.build, one)]

    return find


def _mend(build: Build, one: Input, say: str) -> Mend:
    step: Step
    if isinstance(one.key, str):
        name = address_name(build, one.space, one.key)
        step = SetValue("facts" if one.space == "facts" else "approved", one.key, one.now, one.then)
    else:
        name = f"“{record_name(build, build.draft.records(one.space)[one.key])}”"
        step = SetField(cast(RecordSpace, one.space), one.key, one.field, one.now, one.then)
    then = money_text(one.then)
    return Mend(say.format(name=name, now=money_text(one.now), then=then), Change(f"把{name}改为{then}", (step,)))


def _is_stale(build: Build, one: Input) -> bool:
    if isinstance(one.key, str):
        return build.draft.priors.get(one.key) == one.now
    record = build.draft.records(one.space)[one.key]
    return any(build.draft.priors.get(f"{kind}.{getattr(record, kind, '')}") == one.now for kind in _CODES)


def _is_swapped(_: Build, one: Input) -> bool:
    now, then = str(abs(one.now)), str(abs(one.then))
    if one.then * one.now <= 0 or len(now) != len(then):
        return False
    wrong = [i for i, (a, b) in enumerate(zip(now, then, strict=True)) if a != b]
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and now[wrong[0]] == then[wrong[1]] \
        and now[wrong[1]] == then[wrong[0]]


# ---- lines that are missing on one side, or there twice ---------------------------------------------------------


def _uncoded(case: Case) -> list[Mend]:
    """A line counts on one side only because its government code is not filled; the mapping names the code."""
    mends: list[Mend] = []
    steps: list[Step] = []
    build, closed = case.build, 0
    for number, weight in case.lines.items():
        line = build.draft.lines[number]
        code = build.pack.codes.mapping.default(line.econ_dept, build.draft.unit.kind) if line.econ_dept else ""
        if line.econ_gov or not code or line.amount is None:
            continue
        change = case.feeds.weight_of("lines", replace(line, econ_gov=code)) - weight
        step = SetField("lines", number, "econ_gov", "", code)
        closed += change * line.amount
        steps.append(step)
        if case.gap + change * line.amount == 0:
            say = (f"“{record_name(build, line)}”{money_text(line.amount)}没有填政府经济科目，只算进了一边；"
                   f"按对应关系应填{code}。")
            mends.append(Mend(say, Change(f"补填政府经济科目{code}", (step,))))
    if not mends and len(steps) > 1 and case.gap + closed == 0:
        say = f"有{len(steps)}笔明细没有填政府经济科目，只算进了一边；按对应关系补填后两边相等。"
        mends.append(Mend(say, Change("按对应关系补填政府经济科目", tuple(steps))))
    return mends


def _doubled(case: Case) -> list[Mend]:
    """The same line stands there twice, and the gap is its amount: the later one is offered for deletion."""
    mends: list[Mend] = []
    spaces: tuple[tuple[Source, dict[int, int]], ...] = (("lines", case.lines), ("incomes", case.incomes))
    for space, weights in spaces:
        records, cube = case.build.draft.records(space), case.build.cubes[space]
        seen: set[int] = set()
        for number, weight in weights.items():
            record = records[number]
            amount, group = getattr(record, "amount", None), cube.group_of[number]
            if amount and weight * amount == case.gap and len(cube.members[group]) > 1:
                if group in seen:
                    say = (f"“{record_name(case.build, record)}”{money_text(amount)}录入了两次，"
                           "多出的一笔正好等于差额，请删去一笔。")
                    step = Delete(space, record, list(records).index(number))
                    mends.append(Mend(say, Change("删去重复的明细", (step,))))
                seen.add(group)
    return mends


Finder = Callable[[Case], list[Mend]]

_FINDERS: tuple[Finder, ...] = (
    _amount_finder(_is_stale, "{name}现为{now}，与上年数相同，可能沿用了上年的数；应为{then}。"),
    _uncoded,
    _doubled,
    _amount_finder(lambda _, one: one.now in (one.then * 10_000, -one.then * 10_000)
                   or one.then == one.now * 10_000,
                   "{name}现为{now}，可能把元和万元弄混了；应为{then}。"),
    _amount_finder(lambda _, one: one.now == one.then * 10 or one.then == one.now * 10,
                   "{name}现为{now}，可能多打或少打了一位；应为{then}。"),
    _amount_finder(_is_swapped, "{name}现为{now}，可能有两位数字打颠倒了；应为{then}。"),
    _amount_finder(lambda _, one: one.now < 0 and one.then == -one.now, "{name}现为{now}，正负号可能反了；应为{then}。"),
)


# ---- last year's sum, where no single line can be named ----------------------------------------------------------


def _stale_remark(build: Build, feeds: Feeds, gap: int) -> str:
    """Names the sum that is still last year's and would be right with the gap added."""
    found: dict[str, int] = {}
    for weight, pivot, place in feeds.pivots:
        address = _prior_address(pivot.where)
        now = build.cubes[pivot.source].total(pivot.groups(build))
        if place and now and abs(weight) == 1 and build.draft.priors.get(address) == now:
            found[place] = int(now) - gap * weight
    if len(found) != 1:
        return ""
    (place, then), = found.items()
    table, row, _ = place.split("\n")
    view = build.grids.by_id[table]
    name = f"《{view.table.title}》“{row_name(build, view, int(row))}”"
    return f"{name}与上年数完全相同，可能沿用了上年的数；要使两边相等，它应为{money_text(then)}。"


def _prior_address(where: Condition) -> str:
    """The address of last year's figure for a sum: by its only code, else the grand total."""
    parts = where.parts if isinstance(where, AllOf) else (where,)
    codes: list[str] = []
    for part in parts:
        values = part.prefixes if isinstance(part, FieldUnder) else part.values if isinstance(part, FieldIs) else ()
        if isinstance(part, FieldIs | FieldUnder) and part.field in _CODES and len(values) == 1:
            codes.append(f"{part.field}.{values[0]}")
    if len(codes) > 1:
        return ""
    return codes[0] if codes else "total"


