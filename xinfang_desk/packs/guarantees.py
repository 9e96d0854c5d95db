"""guarantees.toml: rules the program itself makes true, and rules nothing in the book can decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from xinfang_desk.expr import parse_test
from xinfang_desk.messages import packs as words
from xinfang_desk.model.formula import Test
from xinfang_desk.model.pack import Guarantee, Undecidable
from xinfang_desk.packs.draft import Draft, Scope
from xinfang_desk.packs.manifest import Manifest
from xinfang_desk.packs.problems import Problems
from xinfang_desk.packs.section import Section, Spot, formula

FILE = "guarantees.toml"


@dataclass(slots=True)
class Promises:
    """What the files of a chain say, the nearer pack's before the farther's."""

    guarantees: dict[str, Draft[Guarantee]] = field(default_factory=dict)
    undecidable: dict[str, Undecidable] = field(default_factory=dict)


def read_guarantees(chain: tuple[Manifest, ...], problems: Problems, checks: Collection[str],
                    rowlists: Mapping[str, tuple[tuple[str, str], ...]]) -> Promises:
    """The guarantees of a pack. One of the same id as a check of the pack gives way to the check; those of a pack
    whose checks are not kept do not come along."""
    found: dict[str, Section] = {}
    promises = Promises()
    for i in range(len(chain) - 1, -1, -1):
        if any(manifest.keep_checks is not None for manifest in chain[:i]):
            continue
        source = chain[i].folder.read(FILE) if FILE in chain[i].folder.files else None
        if source is None:
            continue
        top = Section(Spot(source, (), problems), source.data, f"{FILE} ")
        for name in top.texts("drop"):
            if found.pop(name, None) is None:
                top.say("drop", words.NO_GUARANTEE.format(name=name))
        for section in top.sections("guarantee", "[[guarantee]] "):
            found[section.need("id")] = section
        for section in top.sections("undecidable", "[[undecidable]] "):
            name = section.need("id")
            promises.undecidable[name] = Undecidable(name, section.need("title"), section.need("why"))
            section.close()
        top.close()
    promises.guarantees = {name: _guarantee(section, rowlists) for name, section in found.items() if name not in checks}
    return promises


def _guarantee(section: Section, rowlists: Mapping[str, tuple[tuple[str, str], ...]]) -> Draft[Guarantee]:
    rows = section.text("rows_from")
    if rows and rows not in rowlists:
        section.say("rows_from", words.NO_ROWLIST_NAMED.format(rows=rows))
    over = section.text("over")
    draft: Draft[Guarantee] = Draft(Guarantee("", "", ""), section.spot)
    table = over.partition(":")[0]
    scope = Scope(table=table, in_row=bool(table), has_code=bool(table))
    tests: list[Test] = []
    for text in section.texts("tests"):
        for written in [text.replace("{code}", code) for code, _ in rowlists.get(rows, ())] if rows else [text]:
            test = formula(section.spot.at("tests"), written, parse_test)
            if test is not None:
                tests.append(test)
                draft.claim_tree(section.spot.at("tests"), test, scope)
    draft.claim("each", section.spot.at("over"), over, Scope(row="over"))
    draft.thing = Guarantee(section.need("id"), section.need("title"), section.need("why"), tuple(tests), over,
                            section.spot.source.name, section.spot.line)
    section.close()
    return draft
