"""A new year from a former one: the plan, listed before anything happens, and the year it makes. No files, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from xinfang_desk.flow.carried import by_default, is_reason, shown_value
from xinfang_desk.flow.desk import SUBJECTS
from xinfang_desk.flow.forms import as_asked
from xinfang_desk.flow.phrases import ADDRESS as PHRASES
from xinfang_desk.flow.renames import Part, Rename, new_code, part_of, renamed, renames
from xinfang_desk.messages import terms
from xinfang_desk.messages import years as words
from xinfang_desk.model.codes import CodeKind
from xinfang_desk.model.formula import LedgerSum
from xinfang_desk.model.ledger import Income, Indicator, Kind, Line, Project, Purchase, Year
from xinfang_desk.model.money import Fen, MoneyUnit, format_amount
from xinfang_desk.model.pack import FormField, Pack

Group = Literal["carry", "clear", "rename", "prior"]
GROUPS: tuple[Group, ...] = ("carry", "clear", "rename", "prior")
AMOUNTS = "amounts"
"""The item whose tick keeps last year's amounts as a first draft."""



@dataclass(frozen=True, slots=True)
class Item:
    """One row of the plan. ``ticked``: what happens unless the clerk decides otherwise; ``fixed``: it cannot be
    changed. ``rename``: the account code the clerk may choose for."""

    id: str
    group: Group
    title: str
    detail: str = ""
    ticked: bool = True
    fixed: bool = False
    rename: Rename | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new year would be made of. ``warnings``: sentences to read before."""

    source: Year
    year: int
    pack: Pack
    items: tuple[Item, ...]
    fixed_priors: Mapping[str, Fen]
    finals: Mapping[str, Fen]
    """amounts among the facts that tell of last year (上年决算), by address"""
    accounts: Mapping[tuple[str, str, Part], Fen]
    """sums by question (``function.*``), account of the former year and part, from which 上年数 by account are made"""
    warnings: tuple[str, ...] = ()

    def of(self, group: Group) -> tuple[Item, ...]:
        """The rows of one group."""
        return tuple(item for item in self.items if item.group == group)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk decided otherwise than planned: ``ticks`` by item, ``codes`` by rename (``Rename.id``)."""

    ticks: Mapping[str, bool]
    codes: Mapping[str, str]


AS_PLANNED = Choices({}, {})


def plan(source: Year, old: Pack, pack: Pack, year: int, *, editions: int = 0) -> Plan:
    """What ``year`` would take over from ``source`` (made with ``old``) under ``pack``.

    ``editions``: how many editions the source year has. Takes as long as filling the tables of ``pack`` once.
    """
    found = renames(source, old.codes, pack.codes)
    fixed, finals = _fixed_priors(source, pack)
    next_year = year == source.year + 1
    warnings = []
    if not next_year:
        warnings.append(words.GAP.format(source=source.year, year=year))
    if not source.lines:
        warnings.append(words.NO_LINES.format(year=source.year))
    if not pack.years[0] <= year <= pack.years[1]:
        warnings.append(words.STRETCHED.format(year=year, title=pack.title))
    items = [Item("unit", "carry", terms.UNIT_FACTS, words.UNIT_DETAIL.format(
        name=source.unit.name, kind=source.unit.kind.value, region=source.unit.region), fixed=True),
        *_record_items(source), *_fact_items(source, old, pack), *_cleared(source, editions),
        *(Item(f"rename:{one.id}", "rename", one.title, one.detail, fixed=not one.choices, rename=one) for one in found)]
    made = Plan(source, year, pack, tuple(items), fixed, finals, _account_sums(source, pack), tuple(warnings))
    return replace(made, items=(*items, *prior_items(made, AS_PLANNED)))


def prior_items(plan: Plan, choices: Choices) -> tuple[Item, ...]:
    """The rows of 上年数 with the codes chosen so far."""
    labels = {(field.space, field.address): field.label for page in plan.pack.pages for field in page.fields}
    ticked = plan.year == plan.source.year + 1
    former = {one.code: one.name for item in plan.of("rename") if (one := item.rename) is not None}
    found = [(f"prior:{address}", labels.get(("priors", address)) or _account_title(address, plan.pack, former), fen)
             for address, fen in priors(plan, choices).items()]
    found += [(f"final:{address}", labels["facts", address], fen) for address, fen in plan.finals.items()]
    return tuple(Item(id_, "prior", title, format_amount(fen, MoneyUnit.YUAN, thousands=True), ticked)
                 for id_, title, fen in found)


def priors(plan: Plan, choices: Choices) -> dict[str, Fen]:
    """Every 上年数 the pack asks for and the source year knows, by address, in the order of the pages."""
    if not plan.source.lines:
        return {}
    codes = _codes(plan, choices)
    found: dict[str, Fen] = {}
    for field in _asked(plan.pack, "priors"):
        if field.address.endswith(".*"):
            found |= _account_priors(field.address, plan.accounts, codes)
        elif field.address in plan.fixed_priors:
            found[field.address] = plan.fixed_priors[field.address]
    return found


def unchosen(plan: Plan, choices: Choices) -> tuple[Rename, ...]:
    """The accounts whose new code has still to be chosen."""
    return tuple(item.rename for item in plan.of("rename")
                 if item.rename is not None and item.rename.choices and not _code(item.rename, choices))


def make(plan: Plan, choices: Choices) -> Year:
    """The new year. Raises ``ValueError`` while a code has not been chosen (see :func:`unchosen`)."""
    if unchosen(plan, choices):
        raise ValueError("a code has not been chosen")
    kept = {item.id for item in (*plan.items, *prior_items(plan, choices))
            if choices.ticks.get(item.id, item.ticked) or (item.fixed and item.group == "carry")}
    source = renamed(plan.source, _codes(plan, choices))
    amounts = AMOUNTS in kept
    projects = {id_: _project(one, amounts) for id_, one in source.projects.items() if f"project:{id_}" in kept}
    return Year(
        source.unit, plan.year, plan.pack.id,
        lines={id_: line if amounts else replace(line, amount=None, presumed=False)
               for id_, line in source.lines.items() if _line_item(line, source) in kept},
        incomes={id_: one if amounts else replace(one, amount=None, presumed=False)
                 for id_, one in source.incomes.items() if ("incomes:carry" if one.carry else "incomes") in kept},
        projects=projects,
        indicators={id_: replace(one, actual="", score=None, deviation="") for id_, one in source.indicators.items()
                    if _indicator_item(one) in kept},
        purchases={id_: _purchase(one, amounts, projects) for id_, one in source.purchases.items() if "purchases" in kept},
        facts={**{address: value for address, value in source.facts.items() if f"fact:{address}" in kept},
               **{address: fen for address, fen in plan.finals.items() if f"final:{address}" in kept}},
        priors={address: fen for address, fen in priors(plan, choices).items() if f"prior:{address}" in kept})


# ---- records ----------------------------------------------------------------------------------------------------


def _line_item(line: Line, year: Year) -> str:
    """The item that decides about a line: its project's, else its kind's."""
    if line.project in year.projects:
        return f"project:{line.project}"
    if line.carry:
        return "lines:carry"
    return f"lines:{line.kind.value}"


def _indicator_item(indicator: Indicator) -> str:
    return "indicators" if indicator.project is None else f"project:{indicator.project}"


def _record_items(year: Year) -> Iterable[Item]:
    counts = Counter(_line_item(line, year) for line in year.lines.values())
    blank = words.AMOUNTS_BLANK
    for kind in Kind:
        if count := counts[f"lines:{kind.value}"]:
            title = words.LINES_LOOSE if kind is Kind.PROJECT else words.LINES_OF.format(kind=kind.label)
            yield Item(f"lines:{kind.value}", "carry", title, words.RECORDS.format(count=count, amounts=blank))
    indicators = Counter(map(_indicator_item, year.indicators.values()))
    for number, (id_, project) in enumerate(year.projects.items(), 1):
        name = project.name or words.PROJECT_UNNAMED.format(number=number)
        yield Item(f"project:{id_}", "carry", words.PROJECT.format(name=name), words.PROJECT_DETAIL.format(
            lines=counts[f"project:{id_}"], indicators=indicators[f"project:{id_}"]))
    carried = sum(one.carry for one in year.incomes.values())
    for item, title, count, ticked in (
            ("incomes", terms.SPACES["incomes"], len(year.incomes) - carried, True),
            ("lines:carry", words.LINES_CARRIED, counts["lines:carry"], False),
            ("incomes:carry", words.INCOMES_CARRIED, carried, False)):
        if count:
            yield Item(item, "carry" if ticked else "clear", title, words.RECORDS.format(count=count, amounts=blank), ticked)
    if indicators["indicators"]:
        yield Item("indicators", "carry", words.INDICATORS, words.INDICATORS_DETAIL.format(count=indicators["indicators"]))
    if year.purchases:
        yield Item("purchases", "clear", terms.SPACES["purchases"],
                   words.RECORDS.format(count=len(year.purchases), amounts=blank), False)


def _project(project: Project, amounts: bool) -> Project:
    """What is left of a project: its name and aims; what became of it belongs to the former year."""
    return Project(project.id, project.name, project.code, project.category, project.special, project.purpose,
                   project.goal, project.target_amount if amounts else None)


def _purchase(one: Purchase, amounts: bool, projects: Mapping[int, Project]) -> Purchase:
    linked = replace(one, project=one.project if one.project in projects else None, month="")
    return linked if amounts else replace(linked, price=None, amount=None, for_sme=None, for_micro=None)


# ---- facts ------------------------------------------------------------------------------------------------------


def _fact_items(year: Year, old: Pack, pack: Pack) -> Iterable[Item]:
    # One year is published as a budget and as its self-evaluation: what either asks for is taken along.
    pages = (*pack.pages, *(old.pages if old.kind != pack.kind else ()))
    asked: dict[str, tuple[str, FormField]] = {}
    for page in pages:
        for field in page.fields:
            if field.space == "facts":
                asked.setdefault(field.address, (page.title, field))
    done: set[str] = set()
    for address, (title, field) in asked.items():
        value = year.facts.get(address)
        if value is None or is_reason(address) or field.now is not None:
            continue
        done.add(address)
        ticked = by_default(field)
        yield Item(f"fact:{address}", "carry" if ticked else "clear", words.FIELD.format(page=title, label=field.label),
                   shown_value(field, value), ticked)
    for address in (PHRASES, SUBJECTS):
        rows = year.facts.get(address)
        if isinstance(rows, tuple) and address not in done:
            done.add(address)
            if address == SUBJECTS:
                yield Item(f"fact:{address}", "clear", words.SUBJECTS, words.SUBJECTS_DETAIL.format(count=len(rows)), False)
            else:
                yield Item(f"fact:{address}", "carry", words.PHRASES, words.ROWS.format(count=len(rows)))
    known = {field.address for page in old.pages for field in page.fields if field.space == "facts"}
    gone = [address for address in year.facts if address in known - done - set(asked) and not is_reason(address)]
    if gone:
        yield Item("gone", "clear", words.NOT_ASKED, words.STAYS.format(count=len(gone)), False, fixed=True)


def _cleared(year: Year, editions: int) -> Iterable[Item]:
    """What never comes along, so that the clerk sees that it will be blank."""
    records: tuple[Line | Income | Purchase, ...] = (
        *year.lines.values(), *year.incomes.values(), *year.purchases.values())
    if any(one.amount is not None for one in records):
        yield Item(AMOUNTS, "clear", words.AMOUNTS, words.AMOUNTS_DETAIL, False)
    reasons = sum(map(is_reason, year.facts))
    rewritten = sum(address.startswith("rewrite.") for address in year.facts)
    results = sum(bool(one.result) or one.spent_county is not None for one in year.projects.values()) \
        + sum(bool(one.actual) or one.score is not None for one in year.indicators.values())
    for item, title, detail, count in (
            ("approved", terms.SPACES["approved"], words.STAYS, len(year.approved)),
            ("explanations", words.EXPLANATIONS, words.STAYS, len(year.explanations)),
            ("reasons", words.REASONS, words.REASONS_DETAIL, reasons),
            ("rewritten", words.REWRITTEN, words.STAYS, rewritten),
            ("results", words.RESULTS, words.STAYS, results),
            ("editions", words.EDITIONS, words.EDITIONS_DETAIL, editions)):
        if count:
            yield Item(item, "clear", title, detail.format(count=count), False, fixed=True)


# ---- last year's figures ----------------------------------------------------------------------------------------


def _asked(pack: Pack, space: Literal["priors", "facts"]) -> Iterable[FormField]:
    """The pack's questions about last year that say what they are in the year itself; each address once."""
    seen: set[str] = set()
    for page in pack.pages:
        for field in page.fields:
            if field.space == space and field.now is not None and field.address not in seen:
                seen.add(field.address)
                yield field


def _fixed_priors(source: Year, pack: Pack) -> tuple[dict[str, Fen], dict[str, Fen]]:
    """The figures that stand at an address of their own: 上年数, and what last year came to. Where nothing was budgeted
    for a purpose that is 0, the year being known; what nobody typed stays blank."""
    from xinfang_desk.engine import Engine

    engine = Engine(pack, source)
    fixed: dict[str, Fen] = {}
    finals: dict[str, Fen] = {}
    for field in _asked(pack, "priors"):
        if source.lines and field.now is not None and not field.address.endswith(".*"):
            value = engine.read(field.now).value
            fixed[field.address] = 0 if value is None else round(value)
    for field in _asked(pack, "facts"):
        value = engine.read(field.now).value if field.now is not None else None
        if value is not None:
            finals[field.address] = round(value)
    return fixed, finals


def _account_sums(year: Year, pack: Pack) -> dict[tuple[str, str, Part], Fen]:
    """The former year's sums by account, for every question that asks by account."""
    from xinfang_desk.expr.evaluate import matcher

    sums: Counter[tuple[str, str, Part]] = Counter()
    for field in _asked(pack, "priors"):
        if not isinstance(field.now, LedgerSum) or not field.address.endswith(".*") or field.now.source != "lines":
            continue
        kind, passes = CodeKind(field.address.removesuffix(".*")), matcher(field.now.where)
        for line in year.lines.values():
            if line.amount is not None and passes(line, None):
                part = part_of(line) if kind is CodeKind.FUNCTION else ""
                sums[field.address, getattr(line, kind.value), part] += line.amount
    return dict(sums)


def _account_priors(address: str, accounts: Mapping[tuple[str, str, Part], Fen], codes: Mapping[str, str]) -> dict[str, Fen]:
    """Last year's sums by the accounts of the new year: 项 of the function list, 类 of the economic ones; none that come
    to nothing."""
    kind = CodeKind(address.removesuffix(".*"))
    sums: Counter[str] = Counter()
    for (asked, code, part), fen in accounts.items():
        if asked == address and code:
            sums[as_asked(new_code(codes, kind, code, part), kind)] += fen
    return {f"{kind.value}.{code}": fen for code, fen in sorted(sums.items()) if fen}


def _account_title(address: str, pack: Pack, former: Mapping[str, str]) -> str:
    space, _, code = address.partition(".")
    name = pack.codes.table(CodeKind(space)).name(code) or former.get(code, "")
    return words.RENAME_TO.format(code=code, name=name)


def _code(rename: Rename, choices: Choices) -> str:
    return choices.codes.get(rename.id, rename.chosen)


def _codes(plan: Plan, choices: Choices) -> dict[str, str]:
    """What every account is called in the new year; one still to be chosen keeps its code."""
    return {one.id: _code(one, choices) for item in plan.of("rename") if (one := item.rename) is not None
            and _code(one, choices)}
