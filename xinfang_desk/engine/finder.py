"""The difference finder: which typed amount makes two sums differ, and what it should be.

Only what makes the check hold is proposed: an amount's new value follows from the gap and its weight, a changed code
or a deleted line is weighed anew. The likeliest kind of slip is tried first; of one kind, at most two are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

from xinfang_desk.engine.build import Build, number_in
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
    """A typed amount behind the gap, what it would have to be, and the step that makes it so."""

    name: str
    now: int
    then: int
    priors: tuple[str, ...]
    step: Step


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
    remark = _stale_remark(build, feeds, gap)
    for find in _FINDERS:
        mends = find(build, feeds, gap)
        if mends:
            return remark, tuple(mends) if len(mends) <= MOST_NAMED else ()
    return remark, ()


# ---- amounts that are wrong ------------------------------------------------------------------------------------


def _inputs(build: Build, feeds: Feeds, gap: int) -> Iterator[Input]:
    """Every typed amount that alone could close the gap."""
    for (space, address), weight in feeds.values.items():
        now = number_in(build.draft.values(space).get(address))
        if space == "priors" or not now or abs(weight) != 1:
            continue
        then = now - gap * weight
        typed = SetValue("facts" if space == "facts" else "approved", address, now, then)
        yield Input(address_name(build, space, address), now, then, (address,), typed)
    weights = {(space, record, "amount"): weight for space in ("lines", "incomes")
               for record, weight in feeds.weights(build, space).items()}
    weights |= {key: weight for key, weight in feeds.fields.items()
                if not (key[0] in ("lines", "incomes") and key[2] == "amount")}
    if len(weights) > MOST_INPUTS:
        return
    for (space, number, name), weight in weights.items():
        record = build.draft.records(space)[number]
        now = number_in(getattr(record, name, None))
        if now and abs(weight) == 1:
            then = now - gap * weight
            priors = tuple(f"{kind}.{code}" for kind in _CODES if (code := getattr(record, kind, "")))
            step = SetField(cast(RecordSpace, space), number, name, now, then)
            yield Input(f"“{record_name(build, record)}”", now, then, priors, step)


def _amount_finder(fits: Callable[[Build, Input], bool], say: str) -> Finder:
    def find(build: Build, feeds: Feeds, gap: int) -> list[Mend]:
        mends: list[Mend] = []
        for one in _inputs(build, feeds, gap):
            if fits(build, one):
                text = say.format(name=one.name, now=money_text(one.now), then=money_text(one.then))
                mends.append(Mend(text, Change(f"把{one.name}改为{money_text(one.then)}", (one.step,))))
        return mends

    return find


def _is_stale(build: Build, one: Input) -> bool:
    return any(build.draft.priors.get(address) == one.now for address in one.priors)


def _is_swapped(_: Build, one: Input) -> bool:
    now, then = str(abs(one.now)), str(abs(one.then))
    if one.then * one.now <= 0 or len(now) != len(then):
        return False
    wrong = [i for i, (a, b) in enumerate(zip(now, then, strict=True)) if a != b]
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and now[wrong[0]] == then[wrong[1]] \
        and now[wrong[1]] == then[wrong[0]]


# ---- lines that are missing on one side, or there twice ---------------------------------------------------------


def _uncoded(build: Build, feeds: Feeds, gap: int) -> list[Mend]:
    """A line counts on one side only because its government code is not filled; the mapping names the code."""
    mends: list[Mend] = []
    mapping, kind = build.pack.codes.mapping, build.draft.unit.kind
    weights = feeds.weights(build, "lines")
    blank = [line for line in build.draft.lines.values() if not line.econ_gov and line.econ_dept and line.amount]
    wanted = [(line, mapping.default(line.econ_dept, kind)) for line in blank if line.id in weights]
    steps: list[Step] = []
    closed = 0
    for line, code in wanted:
        if not code or line.amount is None:
            continue
        change = feeds.weight_of("lines", replace(line, econ_gov=code)) - weights[line.id]
        step = SetField("lines", line.id, "econ_gov", line.econ_gov, code)
        closed += change * line.amount
        steps.append(step)
        if gap + change * line.amount == 0:
            say = (f"“{record_name(build, line)}”{money_text(line.amount)}没有填政府经济科目，只算进了一边；"
                   f"按对应关系应填{code}。")
            mends.append(Mend(say, Change(f"补填政府经济科目{code}", (step,))))
    if not mends and len(steps) > 1 and gap + closed == 0:
        say = f"有{len(steps)}笔明细没有填政府经济科目，只算进了一边；按对应关系补填后两边相等。"
        mends.append(Mend(say, Change("按对应关系补填政府经济科目", tuple(steps))))
    return mends


def _doubled(build: Build, feeds: Feeds, gap: int) -> list[Mend]:
    """The same line stands there twice, and the gap is its amount."""
    mends: list[Mend] = []
    for space in ("lines", "incomes"):
        source: Literal["lines", "incomes"] = "lines" if space == "lines" else "incomes"
        records, cube = build.draft.records(source), build.cubes[source]
        weights = feeds.weights(build, source)
        seen: set[tuple[int, int]] = set()
        for position, (number, record) in enumerate(records.items()):
            amount = getattr(record, "amount", None)
            key = (cube.group_of[number], amount or 0)
            if not amount or weights.get(number, 0) * amount != gap:
                seen.add(key)
            elif key in seen:
                say = f"“{record_name(build, record)}”{money_text(amount)}录入了两次，多出的一笔正好等于差额，请删去一笔。"
                mends.append(Mend(say, Change("删去重复的明细", (Delete(source, record, position),))))
            seen.add(key)
    return mends


Finder = Callable[[Build, Feeds, int], list[Mend]]

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
    _amount_finder(lambda _, one: one.then == -one.now, "{name}现为{now}，正负号可能反了；应为{then}。"),
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


