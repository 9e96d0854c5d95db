"""Rules about account codes: that they exist, are fine enough, and that the two economic codes go together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xinfang_desk.engine.rules.params import Params, at_field, failing, number, space, word
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.messages import engine as words
from xinfang_desk.messages import marks
from xinfang_desk.messages import rules as said
from xinfang_desk.model.change import Change, SetField
from xinfang_desk.model.codes import LEVEL_NAMES, CodeKind, Codes, CodeTable, UnitKind
from xinfang_desk.model.finding import Mend

_ALL_LISTS = {"lines", "incomes", "projects", "indicators", "purchases"}


@rule("codes_exist", reads=_ALL_LISTS)
def codes_exist(context: RuleContext, params: Params) -> Iterable[Hit]:
    """T-33: the code in ``field`` of the records of ``space`` stands in the year's ``classification``.

    Slots: name, code, successors (what to take instead: the codes that follow it or, for a code of a later year,
    those it will follow), list.
    """
    table = context.codes.table(CodeKind(word(params, "classification", "function")))
    field = word(params, "field", "function")

    def unknown(record: Any) -> bool:
        code = getattr(record, field)
        return bool(code) and code not in table

    for record in failing(context, params, unknown):
        code = getattr(record, field)
        yield at_field(context, space(params), record, field,
                       slots={"code": code, "successors": _instead(context.codes, table, code),
                              "list": table.kind.label})


def _instead(codes: Codes, table: CodeTable, code: str) -> str:
    """What to take in place of a code of another year; doubtful rows are called so."""
    later = codes.predecessors.get(code, ())
    named = [table.entries[other] for other in later or codes.successors.get(code, ()) if other in table]
    if not named:
        return said.CODE_CHOOSE
    listed = marks.AND.join(f"{one.code} {one.name}" for one in named)
    if all(one.certainty.sure for one in named):
        sentence = said.CODE_LATER if later else said.CODE_NOW
    else:
        sentence = said.CODE_LATER_UNSURE if later else said.CODE_NOW_UNSURE
    return sentence.format(year=codes.year, codes=listed)


@rule("code_refined", reads=_ALL_LISTS)
def code_refined(context: RuleContext, params: Params) -> Iterable[Hit]:
    """预算法第46条: the code in ``field`` goes down to ``level`` (2 款, 3 项). ``presumed``: only lines so marked.

    Slots: name, code, level, list.
    """
    kind = CodeKind(word(params, "classification", "function"))
    field, level = word(params, "field", "function"), number(params, "level", len(kind.lengths))
    wanted = params.get("presumed")
    least = kind.lengths[level - 1]

    def coarse(record: Any) -> bool:
        return 0 < len(getattr(record, field)) < least and not (
            isinstance(wanted, bool) and getattr(record, "presumed", False) is not wanted)

    for record in failing(context, params, coarse):
        yield at_field(context, space(params), record, field,
                       slots={"code": getattr(record, field), "level": LEVEL_NAMES[level - 1], "list": kind.label})


@rule("econ_mapping", reads={"lines", "unit", "facts"})
def econ_mapping(context: RuleContext, params: Params) -> Iterable[Hit]:
    """X-18: the government economic code may stand beside the department one for this kind of unit.

    A 行政 unit with 事业 or 工勤 posts may use both columns of the mapping. Mended by the code the mapping gives.
    Slots: name, code (government), dept, expected.
    """
    mapping, kind = context.codes.mapping, context.year.unit.kind
    mixed = any((context.engine.fact(f"staff.posts.{post}") or 0) != 0 for post in ("public", "worker"))
    reading = UnitKind.LIKE_ADMIN if mixed and kind is UnitKind.ADMIN else kind
    known: dict[str, frozenset[str]] = {}
    for line in context.year.lines.values():
        if not line.econ_dept or not line.econ_gov:
            continue
        allowed = known.get(line.econ_dept)
        if allowed is None:
            allowed = known[line.econ_dept] = mapping.allowed(line.econ_dept, reading)
        if not allowed or line.econ_gov in allowed:
            continue
        default = mapping.default(line.econ_dept, kind)
        yield at_field(context, "lines", line, "econ_gov", mends=_mend(context.name(line), line.id, line.econ_gov, default),
                       slots={"code": line.econ_gov, "dept": line.econ_dept,
                              "expected": default or marks.AND.join(sorted(allowed))})


def _mend(name: str, line: int, old: str, new: str) -> tuple[Mend, ...]:
    if not new:
        return ()
    change = Change(words.GOV_REPLACED.format(code=new), (SetField("lines", line, "econ_gov", old, new),))
    return (Mend(words.GOV_CHANGED.format(name=name, old=old, new=new), change),)
