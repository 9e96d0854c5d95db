"""Paragraphs rewritten by hand: the words are the clerk's, the figures stay bound to their cells.

A rewritten paragraph is kept as a fact ``rewrite.<key>`` of two rows: the text with ``{0}``, ``{1}`` … for the bound
figures, and the figures as they stood when the clerk last looked. Where one has changed since, the new figure is
printed and the paragraph is marked for a second look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from xinfang_desk.model.ledger import FactValue, Year
from xinfang_desk.model.passage import Paragraph, Run

STEM = "rewrite."
_TOKEN = re.compile(r"\{(\d+)\}|\{\{|\}\}")
_DIGIT = re.compile(r"[\d.]")
_GOES_ON = re.compile(r"\d|\.\d")


def address_of(key: str) -> str:
    """Where the rewriting of the paragraph ``key`` is kept among the facts."""
    return STEM + key


def bound(paragraph: Paragraph) -> tuple[Run, ...]:
    """The paragraph's figures: runs that come from cells or typed values and show a number."""
    return tuple(run for run in paragraph.runs if (run.cells or run.address) and any(c.isdigit() for c in run.text))


def as_rewritten(paragraph: Paragraph, key: str, year: Year) -> Paragraph:
    """The paragraph in the clerk's words where there are any, with the figures as they are now."""
    runs_now = bound(paragraph)
    paragraph = replace(paragraph, key=key, figures=tuple(run.text for run in runs_now))
    kept = _kept(year.facts.get(address_of(key))) if key else None
    if kept is None:
        return paragraph
    text, seen = kept
    used: set[int] = set()
    runs: list[Run] = []
    at = 0
    for match in _TOKEN.finditer(text):
        runs.append(Run(text[at:match.start()]))
        at = match.end()
        if match[1] is None:
            runs.append(Run(match[0][0]))
        elif int(match[1]) < len(runs_now):
            used.add(int(match[1]))
            runs.append(runs_now[int(match[1])])
    runs.append(Run(text[at:]))
    stale = len(runs_now) != len(seen) or any(runs_now[n].text != seen[n] for n in used)
    return replace(paragraph, runs=tuple(run for run in runs if run.text), rewritten=True, stale=stale)


def _kept(value: FactValue | None) -> tuple[str, tuple[str, ...]] | None:
    if isinstance(value, tuple) and len(value) == 2 and value[0]:
        return value[0][0], value[1]
    return None


def rewriting(paragraph: Paragraph, text: str) -> FactValue:
    """What to keep when the clerk has rewritten ``paragraph`` as ``text``, or has looked at it again.

    Every bound figure found again in the text (as a whole number) stays bound; the others are the clerk's own and
    are compared with the tables by the checks.
    """
    places: list[tuple[int, int, int]] = []
    for number, figure in enumerate(paragraph.figures):
        place = _find(text, figure, places)
        if place is not None:
            places.append((*place, number))
    made, at = "", 0
    for start, end, number in sorted(places):
        made += _escaped(text[at:start]) + f"{{{number}}}"
        at = end
    return ((made + _escaped(text[at:]),), paragraph.figures)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _find(text: str, figure: str, taken: Sequence[tuple[int, int, int]]) -> tuple[int, int] | None:
    at = text.find(figure)
    while at >= 0:
        end = at + len(figure)
        alone = not _DIGIT.match(text[max(at - 1, 0):at]) and not _GOES_ON.match(text[end:])
        if alone and not any(a < end and at < b for a, b, _ in taken):
            return at, end
        at = text.find(figure, at + 1)
    return None
