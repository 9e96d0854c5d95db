"""A book's state told in lines or as JSON, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from xinfang_desk.flow.desk import Desk
from xinfang_desk.messages import desk as words
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.model.pack import Severity


def has_errors(desk: Desk) -> bool:
    """True where an error is found."""
    return any(finding.severity is Severity.ERROR for finding in desk.findings())


def as_lines(desk: Desk) -> Iterator[str]:
    """Verdict, sections and findings as lines for people."""
    yield words.STATE_HEAD.format(unit=desk.year.unit.name, year=desk.year.year, pack=desk.pack.title)
    yield from summary_lines(desk)
    yield desk.verdict().sentence
    for section in desk.sections():
        if section.state not in ("done", "open"):
            yield words.STATE_SECTION.format(page=section.page.title, state=section.words)
    yield from finding_lines(desk, desk.findings())


def summary_lines(desk: Desk) -> Iterator[str]:
    """The headline figures as the pack tells them."""
    for line in desk.digest():
        yield f"  {line}"


def finding_lines(desk: Desk, findings: Iterable[Finding]) -> Iterator[str]:
    """One line a finding, its remedies and its 说明 below it."""
    titles = {page.id: page.title for page in desk.pack.pages}
    for finding in findings:
        page = titles.get(finding.place.page, finding.place.page)
        yield words.STATE_FINDING.format(
            severity=finding.severity.label, sentence=finding.sentence, page=page, check=finding.check)
        for mend in finding.mends:
            yield words.STATE_MEND.format(say=mend.say)
        if finding.explanation:
            yield words.STATE_EXPLAINED.format(text=finding.explanation)


def as_json(desk: Desk) -> dict[str, Any]:
    """Everything `check` finds, amounts in 元 as text with two decimals."""
    verdict = desk.verdict()
    return {
        "unit": desk.year.unit.name, "year": desk.year.year, "pack": desk.pack.id, "ready": verdict.ready,
        "errors": verdict.errors, "warnings": verdict.warnings,
        "missing": [{"page": s.page.id, "address": f.address, "label": f.label}
                    for s in desk.sections() for f in s.missing],
        "findings": [_finding(f) for f in desk.findings()]}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.key, "check": finding.check, "severity": finding.severity.value, "sentence": finding.sentence,
        "law": finding.law, "page": finding.place.page, "table": finding.table, "row": finding.row,
        "expected": _number(finding.expected, finding.money), "actual": _number(finding.actual, finding.money),
        "difference": _number(finding.difference, finding.money), "explanation": finding.explanation,
        "mends": [mend.say for mend in finding.mends]}


def _number(value: int | Fraction | None, money: bool) -> str | None:
    if value is None:
        return None
    if money:
        return format_amount(round(value), MoneyUnit.YUAN)
    return str(value)
