"""Form packs for people: what there is, what a pack covers, and whether its worked examples hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.messages import desk as words
from xinfang_desk.messages import terms
from xinfang_desk.model.pack import PackKind
from xinfang_desk.places import forms_dir

if TYPE_CHECKING:
    from xinfang_desk.model.pack import Pack
    from xinfang_desk.packs import Case


@dataclass(frozen=True, slots=True)
class PackCheck:
    """What checking a pack gave: sentences to print, and whether all is well."""

    lines: tuple[str, ...]
    ok: bool


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A pack a new book can be made for; ``years`` first and last, ``kind`` budget or selfeval."""

    id: str
    title: str
    region: str
    years: tuple[int, int]
    kind: PackKind = "budget"


def usable_packs() -> tuple[PackChoice, ...]:
    """The packs that come with the program and can be read, in order."""
    from xinfang_desk.packs import list_packs

    return tuple(PackChoice(info.id, info.title, info.region, info.years, info.kind) for info in list_packs(forms_dir())
                 if info.years[0] and all(problem.warning for problem in info.problems))


def pack_lines() -> Iterator[str]:
    """One line for each pack that comes with the program, its open questions below it."""
    from xinfang_desk.packs import list_packs

    for info in list_packs(forms_dir()):
        first, last = info.years
        years = (terms.YEAR if first == last else words.PACK_YEARS).format(year=first, first=first, last=last)
        yield words.PACK_LINE.format(id=info.id, title=info.title, region=info.region, years=years)
        for note in info.notes:
            yield words.PACK_NOTE.format(note=note)
        for problem in info.problems:
            yield words.PACK_PROBLEM.format(problem=problem.sentence)


def check_pack(folder: Path, progress: Callable[[str], None] = lambda sentence: None) -> PackCheck:
    """Load the pack in ``folder`` (``…/forms/<region>/<year>``) and run its worked examples.

    Raises :class:`DeskError` where the folder is none of a pack.
    """
    from xinfang_desk.engine.rules import RULES
    from xinfang_desk.packs import PackError, load_cases, load_pack

    root = folder.resolve()
    if not (root / "pack.toml").is_file():
        raise DeskError(words.NO_PACK.format(folder=folder))
    forms, pack_id = root.parent.parent, f"{root.parent.name}/{root.name}"
    try:
        pack = load_pack(pack_id, forms, known_rules=frozenset(RULES))
        cases = load_cases(pack, forms)
    except PackError as error:
        problems = tuple(problem.sentence for problem in error.problems)
        return PackCheck((words.PACK_PROBLEMS.format(id=pack_id, count=len(problems)), *problems), False)
    progress(words.CASES_RUNNING.format(count=len(cases)))
    failures = tuple(sentence for case in cases if (sentence := run_case(pack, case)))
    covered = {(case.check, case.failing) for case in cases}
    untested = tuple(sentence.format(id=check.id, title=check.title) for check in pack.checks
                     for failing, sentence in ((True, words.CASE_MISSING_LOUD), (False, words.CASE_MISSING_SILENT))
                     if (check.id, failing) not in covered)
    rules = sum(1 for check in pack.checks if check.rule)
    head = (words.PACK_COUNTED.format(
        title=pack.title, pages=len(pack.pages), tables=len(pack.tables), checks=len(pack.checks), rules=rules,
        sections=len(pack.narrative.sections), cases=len(cases)),)
    tail = (words.CASES_PASS,) if not failures and not untested else ()
    return PackCheck((*head, *failures, *untested, *tail), not failures and not untested)


def run_case(pack: Pack, case: Case) -> str:
    """Run one worked example; '' where it holds, else a sentence that says what differs."""
    from xinfang_desk.engine import Engine
    from xinfang_desk.passages import compose

    alone = replace(pack, checks=tuple(check for check in pack.checks if check.id == case.check))
    engine = Engine(alone, case.year)
    found = [f for f in engine.findings(compose(engine)) if case.key_part in f.key]
    where = words.CASE_AT.format(file=case.file, line=case.line, title=case.title)
    if case.failing and not found:
        return words.CASE_SILENT.format(where=where, check=case.check)
    if not case.failing and found:
        return words.CASE_LOUD.format(where=where, check=case.check, sentence=found[0].sentence)
    if case.failing and case.difference is not None and case.difference not in [f.difference for f in found]:
        return words.CASE_DIFFERS.format(where=where, check=case.check)
    return ""
