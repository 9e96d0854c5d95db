"""The wizard map: how far each section of the pack is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from xinfang_desk.flow.forms import field_value
from xinfang_desk.messages import desk as words
from xinfang_desk.messages import marks
from xinfang_desk.model.finding import Finding
from xinfang_desk.model.formula import Test
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.pack import FormField, Pack, Page, Severity

State = Literal["done", "missing", "error", "warning", "open", "look"]
"""``look``: a page on which nothing is filled in that could be done."""
_LOOKED_AT = {"review": words.SECTION_REVIEW, "preview": words.SECTION_PREVIEW, "export": words.SECTION_EXPORT}
_LISTS = {"lines": "lines", "incomes": "incomes", "projects": "projects", "indicators": "indicators",
          "purchases": "purchases"}


@dataclass(frozen=True, slots=True)
class Section:
    """One page's standing: required fields still blank, errors and unanswered warnings found on it."""

    page: Page
    state: State
    missing: tuple[FormField, ...]
    errors: int
    warnings: int

    @property
    def words(self) -> str:
        """The standing in words, for the list at the left and for screen readers."""
        parts = [words.COUNT_ERRORS.format(count=self.errors)] if self.errors else []
        parts += [words.COUNT_MISSING.format(count=len(self.missing))] if self.missing else []
        parts += [words.COUNT_WARNINGS.format(count=self.warnings)] if self.warnings else []
        return marks.COMMA.join(parts) or _LOOKED_AT.get(self.page.kind) or (
            words.SECTION_DONE if self.state == "done" else words.SECTION_OPEN)


def sections(pack: Pack, year: Year, findings: Iterable[Finding], holds: Callable[[Test], bool]) -> tuple[Section, ...]:
    """The standing of every page of the pack, in order."""
    by_page: dict[str, list[Finding]] = {}
    for finding in findings:
        by_page.setdefault(finding.place.page, []).append(finding)
    return tuple(_section(page, year, by_page.get(page.id, []), holds) for page in pack.pages)


def _section(page: Page, year: Year, found: list[Finding], holds: Callable[[Test], bool]) -> Section:
    missing = tuple(field for field in page.fields if field.required and field_value(year, field) is None
                    and (field.when is None or holds(field.when)))
    errors = sum(f.severity is Severity.ERROR for f in found)
    warnings = sum(f.unanswered for f in found)
    state: State = ("error" if errors else "missing" if missing else "warning" if warnings
                    else "look" if page.kind in _LOOKED_AT else "done" if _touched(page, year) else "open")
    return Section(page, state, missing, errors, warnings)


def _touched(page: Page, year: Year) -> bool:
    if any(field_value(year, field) is not None for field in page.fields):
        return True
    return bool(getattr(year, _LISTS[page.kind])) if page.kind in _LISTS else not page.fields
