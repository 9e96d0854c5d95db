"""forms/indicators/*.toml: indicators to choose from, as :class:`Indicator` s without a project. The keys are those of an
indicator of a book; the files say what they mean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xinfang_desk.expr import did_you_mean
from xinfang_desk.messages import packs as words
from xinfang_desk.model.ledger import INDICATOR_LEVELS, OPERATORS, Indicator
from xinfang_desk.packs.folder import read_text
from xinfang_desk.packs.ledger_toml import read_record
from xinfang_desk.packs.problems import Problems
from xinfang_desk.packs.section import Section, Spot
from xinfang_desk.packs.source import read_source


def load_indicators(forms: Path) -> tuple[Indicator, ...]:
    """Every indicator of the libraries, in order of the files. Raises :class:`PackError` with every fault."""
    problems = Problems()
    found: list[Indicator] = []
    for path in sorted((forms / "indicators").glob("*.toml")):
        label = f"indicators/{path.name}"
        text = read_text(path, label, problems)
        source = None if text is None else read_source(label, text, problems)
        if source is None:
            continue
        top = Section(Spot(source, (), problems), source.data, f"{label} ")
        for section in top.sections("indicator", "[[indicator]] "):
            _check(section)
            record = read_record(section, "indicators", len(found) + 1, {})
            if isinstance(record, Indicator):
                found.append(replace(record, id=len(found) + 1))
        top.close()
    names = [indicator.name for indicator in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add("indicators", 0, words.INDICATOR_TWICE.format(name=name))
    problems.raise_errors()
    return tuple(found)


def _check(section: Section) -> None:
    section.need("name")
    level1, level2 = section.need("level1"), section.need("level2")
    if level1 not in INDICATOR_LEVELS:
        section.say("level1", words.NO_LEVEL1.format(
            level1=level1, hint=did_you_mean(level1, INDICATOR_LEVELS)))
    elif level2 not in INDICATOR_LEVELS[level1]:
        section.say("level2", words.NO_LEVEL2.format(
            level1=level1, level2=level2, hint=did_you_mean(level2, INDICATOR_LEVELS[level1])))
    section.choice("operator", OPERATORS, "≥")
