"""The worked examples of every pack: each check has a year in which it must speak and one in which it must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from xinfang_desk.engine import Engine, RowContext
from xinfang_desk.engine.rules import RULES
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.pack import Check, Pack
from xinfang_desk.packs import Case, load_cases, load_pack, read_year
from xinfang_desk.passages import compose

FORMS = Path(__file__).parents[2] / "forms"
PACK_IDS = tuple(sorted(path.parent.relative_to(FORMS).as_posix() for path in FORMS.glob("*/*/pack.toml")))
RECORD_LISTS = ("lines", "incomes", "projects", "indicators", "purchases")

EACH_PACK = pytest.mark.parametrize("pack_id", PACK_IDS)


@cache
def pack_of(pack_id: str) -> Pack:
    return load_pack(pack_id, FORMS)


@cache
def cases_of(pack_id: str) -> tuple[Case, ...]:
    return load_cases(pack_of(pack_id), FORMS)


BASES = {"budget": "national/2021/cases/base_office.toml", "selfeval": "national/2020-selfeval/cases/base_selfeval.toml"}


def base_of(pack_id: str) -> Year:
    name = BASES[pack_of(pack_id).kind]
    return replace(read_year((FORMS / name).read_text(encoding="utf-8"), name), pack=pack_id)


def found(pack: Pack, year: Year, check: Check | None = None) -> list[Finding]:
    """What the checks (or one of them) find; the narrative is only made for those that read it."""
    engine = Engine(pack if check is None else replace(pack, checks=(check,)), year)
    return findings_of(engine, check)


def findings_of(engine: Engine, check: Check | None) -> list[Finding]:
    reads_text = check is None or (check.rule and "text" in RULES[check.rule].reads)
    findings = engine.findings(compose(engine) if reads_text else None)
    return [finding for finding in findings if check is None or finding.check == check.id]


@dataclass(frozen=True)
class Quiet:
    """What came of the examples in which a check must not speak: the sentences of those in which it did, and the
    checks that had anything to look at."""

    spoke: tuple[str, ...]
    applied: frozenset[str]


@cache
def quiet(pack_id: str) -> Quiet:
    pack, base = pack_of(pack_id), base_of(pack_id)
    checks = {check.id: check for check in pack.checks}
    on_base = Engine(pack, base)
    spoke, applied = [], set()
    for case in cases_of(pack_id):
        check = checks[case.check]
        if case.failing:
            continue
        if case.year == base:  # what the base ledger says is asked by a test of its own
            engine = on_base
        else:
            engine = Engine(replace(pack, checks=(check,)), case.year)
            spoke += [f"{check.id} {case.title}：{finding.sentence}" for finding in findings_of(engine, check)[:1]]
        if _applies(engine, check):
            applied.add(check.id)
    return Quiet(tuple(spoke), frozenset(applied))


@EACH_PACK
def test_the_base_ledger_is_beyond_reproach(pack_id: str) -> None:
    assert [finding.sentence for finding in found(pack_of(pack_id), base_of(pack_id))] == []


@EACH_PACK
def test_every_check_has_an_example_on_both_sides(pack_id: str) -> None:
    covered = {(case.check, case.failing) for case in cases_of(pack_id)}
    missing = [(check.id, word) for check in pack_of(pack_id).checks
               for failing, word in ((True, "报出的例子"), (False, "不报的例子")) if (check.id, failing) not in covered]
    assert missing == []


@EACH_PACK
def test_every_check_speaks_where_it_must(pack_id: str) -> None:
    pack = pack_of(pack_id)
    checks = {check.id: check for check in pack.checks}
    assert [fault for case in cases_of(pack_id) if case.failing
            if (fault := _silence(case, found(pack, case.year, checks[case.check])))] == []


def _silence(case: Case, findings: list[Finding]) -> str:
    """Why a failing example does not hold, '' where it does."""
    here = [finding for finding in findings if case.key_part in finding.key]
    name = f"{case.file}:{case.line} {case.check} {case.title}"
    if not here:
        return f"{name}：没有报出"
    if case.difference is not None and case.difference not in [finding.difference for finding in here]:
        return f"{name}：差额 {[finding.difference for finding in here]}，应为 {case.difference}"
    unfilled = [finding.sentence for finding in here if "{" in finding.sentence]
    return f"{name}：句子里有没填上的空 {unfilled}" if unfilled else ""


@EACH_PACK
def test_every_check_is_quiet_where_it_must(pack_id: str) -> None:
    assert quiet(pack_id).spoke == ()


@EACH_PACK
def test_no_check_is_quiet_only_because_it_does_not_apply(pack_id: str) -> None:
    assert [check.id for check in pack_of(pack_id).checks
            if check.test is not None and check.id not in quiet(pack_id).applied] == []


def _applies(engine: Engine, check: Check) -> bool:
    """Whether the check has anything to look at: a row or record, and its ``when`` holds there."""
    return any(check.when is None or engine.holds(check.when, context) for context in _contexts(engine, check))


def _contexts(engine: Engine, check: Check) -> Iterator[RowContext | None]:
    if not check.over:
        yield None
    elif check.over in RECORD_LISTS:
        yield from (handle.context for handle in engine.records(check.over))
    else:
        table, _, level = check.over.partition(":")
        yield from (handle.context for handle in engine.rows(table, level))
