"""cases/*.toml: worked examples of the checks. Each says with which ledger a check must find something, and when not.

The format is described in forms/README.md. A case inherited from another pack holds for the pack as well, unless the
pack has cases of its own for that check or has dropped it. The ledger all cases of a file start from may be named once
at its top; a pack may start from the ledgers of the packs it extends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from xinfang_desk.expr import did_you_mean
from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import packs as words
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.pack import Pack
from xinfang_desk.packs.fields import RECORDS
from xinfang_desk.packs.folder import Folder, read_text
from xinfang_desk.packs.ledger_toml import (
    is_optional,
    known_fields,
    read_amount,
    read_fact,
    read_field,
    read_record,
    read_year,
)
from xinfang_desk.packs.manifest import read_chain
from xinfang_desk.packs.problems import PackError, Problems
from xinfang_desk.packs.section import Section, Spot
from xinfang_desk.packs.shelf import Forms

_VALUES = ("facts", "priors", "approved", "explanations")
_BASE = "base_"


@dataclass(frozen=True, slots=True)
class Case:
    """A year in which ``check`` must find something (``failing``) or must find nothing.

    ``key_part``: a piece of the finding's key, '' for any. ``difference`` in 分, or a count; ``None`` for any.
    """

    check: str
    title: str
    year: Year
    failing: bool
    key_part: str = ""
    difference: int | None = None
    file: str = ""
    line: int = 0


def load_cases(pack: Pack, forms: Forms) -> tuple[Case, ...]:
    """The worked examples that hold for ``pack``, its own and inherited. Raises :class:`PackError`."""
    problems = Problems()
    checks = frozenset(check.id for check in pack.checks)
    found: dict[str, list[Case]] = {}
    chain = read_chain(pack.id, forms, problems)
    for i, manifest in enumerate(chain):
        own: dict[str, list[Case]] = {}
        reader = _Reader(tuple(ancestor.folder for ancestor in chain[i:]), problems)
        for case in reader.cases(checks, own_pack=manifest.id == pack.id):
            own.setdefault(case.check, []).append(replace(case, year=replace(case.year, pack=pack.id)))
        for check, cases in own.items():
            found.setdefault(check, cases)
    problems.raise_errors()
    return tuple(case for check in pack.checks for case in found.get(check.id, ()))


class _Reader:
    """``folders``: the one whose cases are read, then those of the packs it extends, for their ledgers."""

    def __init__(self, folders: tuple[Folder, ...], problems: Problems) -> None:
        self._folder = folders[0]
        self._folders = folders
        self._problems = problems
        self._bases: dict[str, Year | None] = {}

    def cases(self, checks: frozenset[str], *, own_pack: bool) -> Iterator[Case]:
        for name in self._folder.files:
            if not name.startswith("cases/") or not name.endswith(".toml") or name.startswith(f"cases/{_BASE}"):
                continue
            source = self._folder.read(name)
            if source is None:
                continue
            top = Section(Spot(source, (), self._problems), source.data, f"{name} ")
            shared = top.text("base")
            for section in _sections(top):
                check = section.need("check")
                if check in checks:
                    yield from self._case(section, check, shared)
                elif own_pack and check:
                    section.say("check", words.CASE_NO_CHECK.format(
                        check=check, hint=did_you_mean(check, checks)))
            top.close()

    def _base(self, section: Section, shared: str) -> Year | None:
        name = section.need("base") if section.has("base") or not shared else shared
        if name and name not in self._bases:
            self._bases[name] = self._read_base(section, name)
        return self._bases.get(name)

    def _read_base(self, section: Section, name: str) -> Year | None:
        file = f"cases/{name}.toml"
        folder = next((one for one in self._folders if file in one.files), None)
        if folder is None or not name.startswith(_BASE):
            bases = {f.removeprefix("cases/").removesuffix(".toml") for one in self._folders for f in one.files
                     if f.startswith(f"cases/{_BASE}")}
            section.say("base", words.CASE_NO_BASE.format(
                file=file, hint=did_you_mean(name, sorted(bases))))
            return None
        text = read_text(folder.files[file], folder.label(file), self._problems)
        try:
            return None if text is None else read_year(text, folder.label(file))
        except PackError as error:
            for problem in error.problems:
                self._problems.add(problem.file, problem.line, problem.message_cn)
            return None

    def _case(self, section: Section, check: str, shared: str) -> Iterator[Case]:
        base = self._base(section, shared)
        title = section.need("title")
        file, line = section.spot.source.name, section.spot.line
        passing = section.section("pass", "[case.pass] ")
        failing = section.section("fail", "[case.fail] ")
        if failing is None:
            section.spot.say(words.CASE_NO_FAIL)
        elif base is not None:
            year = edited(failing, base)
            key = failing.text("key")
            difference = _difference(failing)
            failing.close()
            yield Case(check, title, year, True, key, difference, file, line)
        if base is not None:
            year = base if passing is None else edited(passing, base)
            if passing is not None:
                passing.close()
            yield Case(check, title, year, False, "", None, file, line)
        section.close()


def _difference(failing: Section) -> int | None:
    """The difference a case expects: an amount with its unit, or a plain whole number for counts."""
    if not failing.has("difference"):
        return None
    if isinstance(failing.data["difference"], int):
        return failing.whole("difference")
    return read_amount(failing.spot.at("difference"), failing.data["difference"])


def _sections(top: Section) -> tuple[Section, ...]:
    """One ``[case]`` or several ``[[case]]``."""
    if isinstance(top.data.get("case"), dict):
        section = top.section("case", "[case] ")
        return (section,) if section is not None else ()
    return top.sections("case", "[[case]] ")


# ---- edits ------------------------------------------------------------------------------------------------------


def edited(section: Section, year: Year) -> Year:
    """The year after the ``[[edit]]`` sections, in order."""
    for edit in section.sections("edit", "[[edit]] "):
        if edit.has("set"):
            year = _set(edit, year)
        elif edit.has("delete"):
            year = _delete(edit, year)
        elif edit.has("add"):
            year = _add(edit, year)
        else:
            edit.spot.say(words.EDIT_ONE_VERB)
        edit.close()
    return year


def _set(edit: Section, year: Year) -> Year:
    space, _, rest = edit.text("set").partition(".")
    if not edit.has("to"):
        edit.spot.say(words.EDIT_SET_TO)
        return year
    if space in _VALUES and rest:
        return _with_value(year, space, rest, _value(edit, space))
    if space == "unit" and rest in ("name", "code", "kind", "region"):
        value: object = edit.member("to", UnitKind, year.unit.kind) if rest == "kind" else edit.text("to")
        return replace(year, unit=replace(year.unit, **cast(dict[str, Any], {rest: value})))
    record_id, _, field = rest.partition(".")
    record = _record(edit, "set", year, space, record_id)
    if record is None:
        return year
    if field not in known_fields(space) or field == "id":
        edit.say("set", words.EDIT_NO_FIELD.format(
            what=terms.SPACES[space], field=field, hint=did_you_mean(field, known_fields(space))))
        return year
    blank = edit.data["to"] == "" and is_optional(space, field)
    value = None if blank else read_field(edit, "to", space, field, year.projects)
    return _with_record(year, space, replace(record, **{field: value}))


def _delete(edit: Section, year: Year) -> Year:
    space, _, rest = edit.text("delete").partition(".")
    if space in _VALUES:
        if rest not in getattr(year, space):
            edit.say("delete", words.EDIT_NO_VALUE.format(space=space, rest=rest))
            return year
        return _with_value(year, space, rest, None)
    record = _record(edit, "delete", year, space, rest)
    if record is None:
        return year
    kept = {number: item for number, item in getattr(year, space).items() if number != record.id}
    return replace(year, **cast(dict[str, Any], {space: kept}))


def _add(edit: Section, year: Year) -> Year:
    space = edit.text("add")
    if space not in RECORDS:
        edit.say("add", words.EDIT_NO_LIST.format(
            space=space, lists=marks.AND.join(RECORDS), hint=did_you_mean(space, RECORDS)))
        return year
    section = edit.section("record", "record ")
    if section is None:
        edit.spot.say(words.EDIT_ADD_RECORD)
        return year
    present: Mapping[int, object] = getattr(year, space)
    record = read_record(section, space, max(present, default=0) + 1, year.projects)
    if record is None:
        return year
    if record.id in present:
        section.say("id", words.EDIT_ID_TAKEN.format(what=terms.SPACES[space], id=record.id))
    return _with_record(year, space, record)


def _record(edit: Section, key: str, year: Year, space: str, number: str) -> Any:
    """The record an edit names, ``None`` after noting that it is not there."""
    if space not in RECORDS:
        known = (*RECORDS, *_VALUES, "unit")
        edit.say(key, words.EDIT_UNKNOWN_LIST.format(space=space, hint=did_you_mean(space, known)))
        return None
    records: Mapping[int, object] = getattr(year, space)
    if not number.isdigit() or int(number) not in records:
        edit.say(key, words.EDIT_NO_RECORD.format(what=terms.SPACES[space], number=number))
        return None
    return records[int(number)]


def _value(edit: Section, space: str) -> object:
    spot = edit.spot.at("to")
    if space == "facts":
        return read_fact(spot, edit.data["to"])
    return edit.text("to") if space == "explanations" else read_amount(spot, edit.data["to"])


def _with_value(year: Year, space: str, address: str, value: object) -> Year:
    values = dict(getattr(year, space))
    values.pop(address, None)
    if value is not None:
        values[address] = value
    return replace(year, **cast(dict[str, Any], {space: values}))


def _with_record(year: Year, space: str, record: Any) -> Year:
    return replace(year, **cast(dict[str, Any], {space: {**getattr(year, space), record.id: record}}))
