"""Lines that are missing on one side: accounts where income and spending differ by the very gap, and accounts of last
year that nobody has entered this year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from xinfang_desk.engine.build import AccountGroups, Build
from xinfang_desk.engine.feeds import Feeds
from xinfang_desk.engine.fields import code_name
from xinfang_desk.engine.words import money_text
from xinfang_desk.messages import engine as words
from xinfang_desk.model.change import Change, Insert, SetField, Step
from xinfang_desk.model.codes import CodeKind
from xinfang_desk.model.finding import Mend
from xinfang_desk.model.ledger import Fund, Income, Kind, Line

_LENGTH = CodeKind.FUNCTION.lengths[-1]


@dataclass(frozen=True, slots=True)
class Account:
    """One 项 of one fund: its groups of lines and of incomes, and the weight an income of it has in the gap."""

    income: Income
    lines: int
    incomes: int
    weight: int


def accounts(build: Build, feeds: Feeds) -> tuple[Account, ...]:
    """The accounts whose incomes count in a gap; none where incomes are entered without functions."""
    if build.account_groups is None:
        build.account_groups = _groups_by_account(build)
    spent, got = build.account_groups
    if not got:
        return ()
    found = []
    for key, lines in spent.items():
        income = Income(0, fund=key[1], carry=key[2], function=key[0])
        weight = feeds.weight_of("incomes", income)
        if abs(weight) == 1 and feeds.weight_of("lines", _line_of(income)) == -weight:
            found.append(Account(income, lines, got.get(key, 0), weight))
    return tuple(found)


def _groups_by_account(build: Build) -> tuple[AccountGroups, AccountGroups]:
    """The groups of lines and of incomes of each 项 and fund: the same for every gap of a build."""
    spent: AccountGroups = {}
    got: AccountGroups = {}
    for groups, cube in ((spent, build.cubes["lines"]), (got, build.cubes["incomes"])):
        columns = zip(cube.column("function"), cube.column("fund"), cube.column("carry"), strict=True)
        for group, (function, fund, carry) in enumerate(columns):
            assert isinstance(function, str)
            assert isinstance(fund, Fund)
            assert isinstance(carry, bool)
            if len(function) == _LENGTH:
                key = (function, fund, carry)
                groups[key] = groups.get(key, 0) | 1 << group
    return spent, got


def _line_of(income: Income) -> Line:
    """Spending of the same account: whether it counts on the other side."""
    return Line(0, Kind.RUNNING, income.function, "30201", "50201", fund=income.fund, carry=income.carry)


def missing_incomes(build: Build, found: tuple[Account, ...], gap: int) -> Iterator[Mend]:
    """An account whose spending is above its income by the very gap: its income is left out, or too small."""
    for one in found:
        spent = build.cubes["lines"].total(one.lines)
        got = build.cubes["incomes"].total(one.incomes)
        short = -gap * one.weight
        if not isinstance(spent, int) or short <= 0 or spent - (got if isinstance(got, int) else 0) != short:
            continue
        name = words.ACCOUNT.format(name=code_name(build, "function", one.income.function), code=one.income.function)
        numbers = list(build.cubes["incomes"].records(one.incomes))
        if not numbers:
            say = words.INCOME_MISSING.format(name=name, money_text=money_text(spent))
            records = build.draft.records("incomes")
            record = replace(one.income, id=max(records, default=0) + 1, amount=spent)
            step: Step = Insert("incomes", record, len(records))
            yield Mend(say, Change(words.INCOME_ADDED.format(name=name), (step,)))
        elif len(numbers) == 1:
            now = build.draft.incomes[numbers[0]].amount or 0
            say = words.INCOME_SHORT.format(
                name=name, money_text=money_text(spent), money_text_2=money_text(now))
            step = SetField("incomes", numbers[0], "amount", build.draft.incomes[numbers[0]].amount, now + short)
            label = words.INCOME_CHANGED.format(name=name, amount=money_text(now + short))
            yield Mend(say, Change(label, (step,)))


def forgotten(build: Build, feeds: Feeds, gap: int) -> str:
    """Names the account of last year that has no line this year and had the very gap; '' unless there is just one.

    No line can be proposed: its economic accounts are not known.
    """
    told: list[str] = []
    for address, before in build.draft.priors.items():
        kind, _, code = address.partition(".")
        if kind != "function" or len(code) != _LENGTH or before != abs(gap) or not before:
            continue
        line = _line_of(Income(0, function=code))
        if any(groups for value, groups in build.cubes["lines"].by_value("function").items() if value == code):
            continue
        if feeds.weight_of("lines", line) * before == -gap:
            told.append(words.FUNCTION_MISSING.format(
                code_name=code_name(build, "function", code), code=code, money_text=money_text(before)))
    return told[0] if len(told) == 1 else ""
