"""The difference finder: which typed amount makes two sums differ, and what it should be.

Only what makes the check hold is proposed: an amount's new value follows from the gap and its weight, a changed code
or a deleted line is weighed anew. The likeliest kind of slip is tried first; of one kind, at most two are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from xinfang_desk.engine.build import Build
from xinfang_desk.engine.counterparts import Account, accounts, forgotten, missing_incomes
from xinfang_desk.engine.cube import Source, bits
from xinfang_desk.engine.feeds import Feeds, NotPlain, feeds_of
from xinfang_desk.engine.fields import record_name, row_name
from xinfang_desk.engine.inputs import number_in
from xinfang_desk.engine.scope import Scope
from xinfang_desk.engine.words import address_name, money_text
from xinfang_desk.messages import engine as words
from xinfang_desk.messages import marks
from xinfang_desk.model.change import Change, Delete, RecordSpace, SetField, SetValue, Step
from xinfang_desk.model.finding import Mend
from xinfang_desk.model.formula import AllOf, Compare, Condition, FieldIs, FieldUnder
from xinfang_desk.model.money import MoneyUnit, format_amount

MOST_INPUTS = 500
"""With more typed amounts behind a gap, a slip can no longer be told from chance: the finder stays silent."""

MOST_NAMED = 2

LEAST_DIGITS = 3
"""A digit left out can only be told in figures of at least so many."""

_CODES = ("function", "econ_dept", "econ_gov")
_LENGTHS = (3, 5, 7)
"""Digits of 类, 款 and 项: one line may be all there is of its class."""

_TOTALS: Mapping[Source, str] = {"lines": "total.expenditure", "incomes": "total.income"}
"""Where the pages ask for last year's grand totals."""

_APPROVED = {"total": "total.expenditure", "gpb": "appropriation.gpb", "fund": "appropriation.fund",
             "soe": "appropriation.soe", "staff": "basic.staff", "running": "basic.running", "operating": "running"}
"""Control totals whose figure of last year the pages ask for at another address."""


@dataclass(frozen=True, slots=True)
class Input:
    """A typed amount behind the gap, and what it would have to be to close it: a value at an address
    (``key`` text), or a field of a record (``key`` its id)."""

    space: str
    key: str | int
    field: str
    now: int
    then: int


@dataclass(frozen=True, slots=True)
class Stale:
    """A sum of lines that could still be last year's: its weight, lines, the address of last year's, its place."""

    weight: int
    source: Source
    groups: int
    address: str
    place: str


class Case:
    """What feeds one equality: stands until records come, go or change their codes, whatever the amounts do."""

    def __init__(self, build: Build, compare: Compare, scope: Scope) -> None:
        self.build = build
        self.plain = compare.op == "=="
        self.inputs: dict[tuple[str, str | int, str], int] = {}
        self.uncoded: list[tuple[int, int, str]] = []
        self.doubled: list[tuple[Source, int, int]] = []
        self.stale: list[Stale] = []
        self.accounts: tuple[Account, ...] = ()
        self.feeds = Feeds()
        try:
            feeds = self.feeds = feeds_of(build, compare, scope)
        except NotPlain:
            self.plain = False
            return
        self.stale = [Stale(weight, pivot.source, pivot.groups(build), _prior_address(pivot.source, pivot.where), place)
                      for weight, pivot, place in feeds.pivots if place and abs(weight) == 1]
        sources: tuple[Source, ...] = ("lines", "incomes")
        nets = {source: feeds.net(build, source) for source in sources}
        self._gather_inputs(feeds, nets)
        self._gather_uncoded(feeds, nets["lines"])
        self.accounts = accounts(build, feeds)
        for source, net in nets.items():
            cube = build.cubes[source]
            found = [(source, weight, group) for weight, mask in net.items() for group in bits(mask & cube.repeated)]
            if sum(len(cube.members[group]) for _, _, group in found) <= MOST_INPUTS:
                self.doubled += found

    def _gather_inputs(self, feeds: Feeds, nets: dict[Source, dict[int, int]]) -> None:
        """Weight of every typed amount; none at all where there are too many."""
        if sum(mask.bit_count() for net in nets.values() for mask in net.values()) + len(feeds.fields) > MOST_INPUTS:
            nets = {}
        found: dict[tuple[str, str | int, str], int] = {
            (space, address, ""): weight for (space, address), weight in feeds.values.items() if space != "priors"}
        for source, net in nets.items():
            for weight, mask in net.items():
                found |= {(source, number, "amount"): weight for number in self.build.cubes[source].records(mask)}
        for (space, number, field), weight in feeds.fields.items():
            found[space, number, field] = found.get((space, number, field), 0) + weight
        if len(found) <= MOST_INPUTS:
            self.inputs = {key: weight for key, weight in found.items() if abs(weight) == 1}

    def _gather_uncoded(self, feeds: Feeds, net: dict[int, int]) -> None:
        """Lines without a government code that count more on one side: how much filling it moves their weight."""
        build = self.build
        cube, kind = build.cubes["lines"], build.draft.unit.kind
        blank = cube.by_value("econ_gov").get("", 0)
        chosen = [(weight, number) for weight, mask in net.items() for number in cube.records(mask & blank)]
        for weight, number in chosen if len(chosen) <= MOST_INPUTS else ():
            line = build.draft.lines[number]
            code = build.pack.codes.mapping.default(line.econ_dept, kind) if line.econ_dept else ""
            if code:
                change = feeds.weight_of("lines", replace(line, econ_gov=code)) - weight
                self.uncoded.append((number, change, code))

    def propose(self, gap: int) -> tuple[str, tuple[Mend, ...]]:
        """A remark to append to the finding ('' for none) and the mends, for left minus right = ``gap``."""
        if not self.plain:
            return "", ()
        remark = _stale_remark(self, gap) or forgotten(self.build, self.feeds, gap)
        inputs = list(self._closing(gap))
        for find in _FINDERS:
            mends = find(self, inputs, gap)
            if mends:
                return remark, tuple(mends) if len(mends) <= MOST_NAMED else ()
        return remark, ()

    def _closing(self, gap: int) -> Iterator[Input]:
        """Every typed amount, and what it would have to be."""
        draft = self.build.draft
        for (space, key, field), weight in self.inputs.items():
            typed = draft.values(space).get(key) if isinstance(key, str) else getattr(
                draft.records(space)[key], field, None)
            now = number_in(typed)
            if now:
                yield Input(space, key, field, now, now - gap * weight)


# ---- amounts that are wrong ------------------------------------------------------------------------------------


def _amount_finder(fits: Callable[[Build, Input], bool], say: str) -> Finder:
    def find(case: Case, inputs: list[Input], _: int) -> list[Mend]:
        return [_mend(case.build, one, say) for one in inputs if fits(case.build, one)]

    return find


def _mend(build: Build, one: Input, say: str) -> Mend:
    step: Step
    if isinstance(one.key, str):
        name = address_name(build, one.space, one.key)
        step = SetValue("facts" if one.space == "facts" else "approved", one.key, one.now, one.then)
    else:
        name = marks.QUOTED.format(text=record_name(build, build.draft.records(one.space)[one.key]))
        step = SetField(cast(RecordSpace, one.space), one.key, one.field, one.now, one.then)
    then = money_text(one.then)
    return Mend(say.format(name=name, now=money_text(one.now), then=then),
                Change(words.AMOUNT_CHANGED.format(name=name, amount=then), (step,)))


def _is_stale(build: Build, one: Input) -> bool:
    if isinstance(one.key, str):
        addresses = (one.key, _APPROVED.get(one.key, "")) if one.space == "approved" else (one.key,)
        return any(build.draft.priors.get(address) == one.now for address in addresses)
    record = build.draft.records(one.space)[one.key]
    codes = ((kind, str(getattr(record, kind, ""))) for kind in _CODES)
    return any(build.draft.priors.get(f"{kind}.{code[:length]}") == one.now
               for kind, code in codes for length in _LENGTHS if length <= len(code))


def _is_a_digit_off(_: Build, one: Input) -> bool:
    """One digit too many or too few: a nought at the end, or any digit of a figure long enough to tell."""
    if one.now == one.then * 10 or one.then == one.now * 10:
        return True
    if one.now * one.then <= 0:
        return False
    for unit in MoneyUnit:
        long, short = sorted((format_amount(abs(fen), unit, trim=True) for fen in (one.now, one.then)), key=len, reverse=True)
        if len(long) == len(short) + 1 and len(short.replace(".", "").strip("0")) >= LEAST_DIGITS and any(
                long[:i] + long[i + 1:] == short for i in range(len(long))):
            return True
    return False


def _is_swapped(_: Build, one: Input) -> bool:
    now, then = str(abs(one.now)), str(abs(one.then))
    if one.then * one.now <= 0 or len(now) != len(then):
        return False
    wrong = [i for i, (a, b) in enumerate(zip(now, then, strict=True)) if a != b]
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and now[wrong[0]] == then[wrong[1]] \
        and now[wrong[1]] == then[wrong[0]]


# ---- lines that are missing on one side, or there twice ---------------------------------------------------------


def _uncoded(case: Case, _: list[Input], gap: int) -> list[Mend]:
    """A line counts on one side only because its government code is not filled; the mapping names the code."""
    mends: list[Mend] = []
    steps: list[Step] = []
    closed = 0
    for number, change, code in case.uncoded:
        line = case.build.draft.lines[number]
        if line.amount is None:
            continue
        step = SetField("lines", number, "econ_gov", "", code)
        closed += change * line.amount
        steps.append(step)
        if gap + change * line.amount == 0:
            say = words.GOV_MISSING.format(
                record_name=record_name(case.build, line), money_text=money_text(line.amount), code=code)
            mends.append(Mend(say, Change(words.GOV_FILLED.format(code=code), (step,))))
    if not mends and len(steps) > 1 and gap + closed == 0:
        say = words.GOV_MISSING_SEVERAL.format(count=len(steps))
        mends.append(Mend(say, Change(words.GOV_FILLED_SEVERAL, tuple(steps))))
    return mends


def _doubled(case: Case, _: list[Input], gap: int) -> list[Mend]:
    """The same line stands there twice, and the gap is its amount: the later one is offered for deletion."""
    mends: list[Mend] = []
    for source, weight, group in case.doubled:
        records = case.build.draft.records(source)
        same = [n for n in case.build.cubes[source].members[group]
                if (amount := getattr(records[n], "amount", None)) and weight * amount == gap]
        for number in same[1:]:
            say = words.LINE_DOUBLED.format(
                record_name=record_name(case.build, records[number]), money_text=money_text(abs(gap)))
            step = Delete(source, records[number], list(records).index(number))
            mends.append(Mend(say, Change(words.DOUBLE_DELETED, (step,))))
    return mends


def _one_sided(case: Case, _: list[Input], gap: int) -> list[Mend]:
    """Spending without its income, or with too little of it, by the very gap."""
    return list(missing_incomes(case.build, case.accounts, gap))


Finder = Callable[[Case, list[Input], int], list[Mend]]

_FINDERS: tuple[Finder, ...] = (
    _amount_finder(_is_stale, words.SAME_AS_PRIOR),
    _uncoded,
    _doubled,
    _one_sided,
    _amount_finder(lambda _, one: one.now in (one.then * 10_000, -one.then * 10_000)
                   or one.then == one.now * 10_000,
                   words.UNIT_MIXED),
    _amount_finder(_is_a_digit_off, words.DIGIT_TOO_MANY),
    _amount_finder(_is_swapped, words.DIGITS_SWAPPED),
    _amount_finder(lambda _, one: one.now < 0 and one.then == -one.now, words.SIGN_WRONG),
)


# ---- last year's sum, where no single line can be named ----------------------------------------------------------


def _stale_remark(case: Case, gap: int) -> str:
    """Names the sum that is still last year's and would be right with the gap added."""
    build = case.build
    found: dict[str, int] = {}
    for one in case.stale:
        before = build.draft.priors.get(one.address)
        if before and build.cubes[one.source].total(one.groups) == before:
            found[one.place] = before - gap * one.weight
    if len(found) != 1:
        return ""
    (place, then), = found.items()
    table, row, _ = place.split("\n")
    view = build.grids.by_id[table]
    name = words.CELL.format(table=view.table.title, name=row_name(build, view, int(row)))
    return words.SAME_AS_PRIOR_CELL.format(name=name, money_text=money_text(then))


def _prior_address(source: Source, where: Condition) -> str:
    """The address of last year's figure for a sum: by its only code, else the grand total."""
    parts = where.parts if isinstance(where, AllOf) else (where,)
    codes: list[str] = []
    for part in parts:
        values = part.prefixes if isinstance(part, FieldUnder) else part.values if isinstance(part, FieldIs) else ()
        if isinstance(part, FieldIs | FieldUnder) and part.field in _CODES and len(values) == 1:
            codes.append(f"{part.field}.{values[0]}")
    if len(codes) > 1:
        return ""
    return codes[0] if codes else _TOTALS[source]


