"""Form packs: ``load_pack`` and ``list_packs``. A pack is data from anywhere, so everything in it is checked here."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from xinfang_desk.expr import did_you_mean
from xinfang_desk.messages import packs as words
from xinfang_desk.messages import printed
from xinfang_desk.model.codes import Codes
from xinfang_desk.model.numerals import chinese_number
from xinfang_desk.model.pack import Check, Guarantee, Narrative, Pack, PackKind, Page, PassageSpec, Table
from xinfang_desk.packs.codes import read_codes
from xinfang_desk.packs.cycles import check_cycles
from xinfang_desk.packs.draft import Draft
from xinfang_desk.packs.guarantees import FILE as GUARANTEES
from xinfang_desk.packs.guarantees import read_guarantees
from xinfang_desk.packs.manifest import Ids, Manifest, read_chain, read_manifest, row_spot
from xinfang_desk.packs.names import Names, table_names
from xinfang_desk.packs.parts import add_to_page, build_check, build_page, build_passage
from xinfang_desk.packs.problems import PackError, Problem, Problems
from xinfang_desk.packs.scores import FILE as SCORES
from xinfang_desk.packs.scores import ScoreItem, read_scores
from xinfang_desk.packs.section import Section, Spot
from xinfang_desk.packs.shelf import Forms, shelf_of
from xinfang_desk.packs.source import Source
from xinfang_desk.packs.tables import ColumnLists, RowLists, build_table, restyle, rowlists_used
from xinfang_desk.packs.verify import Verifier

_DIGEST = "passages/digest.toml"
@dataclass(frozen=True, slots=True)
class PackInfo:
    """What a list of packs shows. ``problems`` are empty for a usable pack (but for warnings)."""

    id: str
    title: str
    region: str
    years: tuple[int, int]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    kind: PackKind = "budget"


def load_pack(pack_id: str, forms: Forms, *, known_rules: frozenset[str] | None = None) -> Pack:
    """The pack of that id (``region/year``) with all it inherits.

    ``known_rules``: names of the engine's built-in rules; ``None`` does not check them.
    Raises :class:`PackError` with every fault found, each with file and line.
    """
    pack, problems = examine_pack(pack_id, forms, known_rules=known_rules)
    if pack is None:
        raise PackError(problem for problem in problems if not problem.warning)
    return pack


def examine_pack(pack_id: str, forms: Forms, *, known_rules: frozenset[str] | None = None
                 ) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The pack (``None`` where it has faults) and every fault and warning, sorted."""
    problems = Problems()
    chain = read_chain(pack_id, forms, problems)
    pack = _Assembly(chain, forms, problems, known_rules).pack() if chain else None
    return (None if problems.errors else pack), tuple(sorted(problems.items))


def list_packs(forms: Forms, *, deep: bool = False) -> tuple[PackInfo, ...]:
    """Every pack of the forms folder. Only the manifests are read unless ``deep``, which loads each pack."""
    found = []
    for pack_id in shelf_of(forms).pack_ids():
        problems = Problems()
        manifest = read_manifest(pack_id, forms, problems)
        noted = tuple(sorted(problems.items)) if not deep else examine_pack(pack_id, forms)[1]
        if manifest is not None and not manifest.kind and manifest.extends:
            manifest.kind = _kind(read_chain(manifest.extends, forms, Problems()))
        if manifest is None:
            found.append(PackInfo(pack_id, pack_id, "", (0, 0), (), noted))
        else:
            found.append(PackInfo(pack_id, manifest.title, manifest.region, manifest.years, manifest.notes or (),
                                  noted, _kind((manifest,))))
    return tuple(found)


def built_on(pack_id: str, forms: Forms) -> frozenset[str]:
    """What a pack is made of: its own id, those of the packs it extends, and its code tables (``codes/2023``)."""
    chain = read_chain(pack_id, forms, Problems())
    codes = next((manifest.codes for manifest in chain if manifest.codes), 0)
    return frozenset({manifest.id for manifest in chain} | ({f"codes/{codes}"} if codes else set()))


def _kind(chain: tuple[Manifest, ...]) -> PackKind:
    return cast(PackKind, next((manifest.kind for manifest in chain if manifest.kind), "budget"))


class _Assembly:
    """Puts one pack together from its own files and those of its ancestors (nearest first)."""

    def __init__(self, chain: tuple[Manifest, ...], forms: Forms, problems: Problems,
                 known_rules: frozenset[str] | None) -> None:
        self._chain = chain
        self._own = chain[0]
        self._forms = forms
        self._problems = problems
        self._rules = known_rules
        self._used: set[str] = {"pack.toml"}
        self._scores: tuple[ScoreItem, ...] = ()

    def pack(self) -> Pack | None:
        """The whole pack; ``None`` where the code tables are missing. Faults are noted."""
        codes = self._codes()
        self._used.add(SCORES)
        self._scores = read_scores(self._chain, self._problems, self._ids_or_none("score_items"))
        tables = self._tables()
        pages = self._pages()
        checks = self._checks(frozenset(tables))
        passages = self._passages()
        digest = self._digest()
        self._used.add(GUARANTEES)
        promises = read_guarantees(self._chain, self._problems, checks, self._rowlists())
        if codes is not None:
            self._verify(codes, tables, pages, checks, passages | digest, promises.guarantees)
        self._note_unused()
        if codes is None:
            return None
        notes = next((m.notes for m in self._chain if m.notes is not None), ())
        things = tuple(draft.thing for draft in tables.values())
        return Pack(
            id=self._own.id, title=self._own.title, region=self._own.region, years=self._own.years, codes=codes,
            tables=things, checks=tuple(draft.thing for draft in checks.values()),
            narrative=self._narrative(passages), pages=tuple(draft.thing for draft in pages.values()),
            files=printed.FILES | self._merged("files"), notes=notes, glossary=self._merged("glossary"),
            rounding=next((m.rounding for m in self._chain if m.rounding), "independent"),
            digest=next((draft.thing for draft in digest.values()), None), kind=_kind(self._chain),
            guarantees=tuple(draft.thing for draft in promises.guarantees.values()),
            undecidable=tuple(promises.undecidable.values()),
            catalogue=any(table.rows is not None and table.rows.by == "tables" for table in things))

    # ---- what is inherited

    def _merged(self, name: str) -> dict[str, str]:
        merged: dict[str, str] = {}
        for manifest in reversed(self._chain):
            merged.update(getattr(manifest, name))
        return merged

    def _ids_or_none(self, name: str) -> Ids | None:
        return next((ids for manifest in self._chain if (ids := getattr(manifest, name)) is not None), None)

    def _ids(self, name: str) -> Ids:
        return self._ids_or_none(name) or Ids((), self._own.spot)

    def _rowlists(self) -> RowLists:
        merged: dict[str, tuple[tuple[str, str], ...]] = {}
        for manifest in reversed(self._chain):
            merged.update(manifest.rowlists)
        return merged

    def _nearest(self, name: str) -> Source | None:
        """The file of that name in the pack itself or the nearest ancestor that has it."""
        for manifest in self._chain:
            if name in manifest.folder.files:
                if manifest is self._own:
                    self._used.add(name)
                return manifest.folder.read(name)
        return None

    def _exists(self, name: str) -> bool:
        return any(name in manifest.folder.files for manifest in self._chain)

    def _listed(self, ids: Ids, folder: str, what: str) -> list[tuple[str, Section]]:
        """The files of a list of ids, as sections; a missing one is noted where it is listed."""
        found: list[tuple[str, Section]] = []
        for i, name in enumerate(ids.names):
            path = f"{folder}/{name}.toml"
            if not self._exists(path):
                known = [file.removeprefix(f"{folder}/").removesuffix(".toml") for manifest in self._chain
                         for file in manifest.folder.files if file.startswith(f"{folder}/")]
                ids.at(i).say(words.PART_FILE_MISSING.format(
                    what=what, name=name, path=path, hint=did_you_mean(name, known)))
                continue
            source = self._nearest(path)
            if source is not None:
                found.append((name, Section(Spot(source, (), self._problems), source.data, f"{path} ")))
        return found

    # ---- parts

    def _codes(self) -> Codes | None:
        manifest = next((m for m in self._chain if m.codes), None)
        if manifest is None:
            self._own.spot.say(words.NO_CODES_KEY)
            return None
        shelf = shelf_of(self._forms)
        if not shelf.code_folder(manifest.codes).is_dir() and f"codes/{manifest.codes}" not in shelf.blocked:
            manifest.spot.at("codes").say(words.NO_CODES_FOLDER.format(codes=manifest.codes))
            return None
        return read_codes(manifest.codes, self._forms, self._problems)

    def _tables(self) -> dict[str, Draft[Table]]:
        rowlists, columnlists = self._rowlists(), self._columnlists()
        drafts: dict[str, Draft[Table]] = {}
        for name, top in self._listed(self._ids("tables"), "tables", words.PARTS["table"]):
            draft = build_table(top.spot.source, name, top, rowlists, columnlists, self._scores)
            if draft is not None:
                drafts[name] = draft
        if not drafts:
            self._own.spot.say(words.NO_TABLES)
        self._restyle(drafts)
        self._number(drafts)
        return drafts

    def _columnlists(self) -> ColumnLists:
        """columns/<name>.toml of the whole chain, the nearer pack's before the farther's."""
        names = {name: None for manifest in self._chain for name in manifest.folder.files
                 if name.startswith("columns/") and name.endswith(".toml")}
        lists: dict[str, Section] = {}
        for name in names:
            source = self._nearest(name)
            if source is None:
                continue
            section = Section(Spot(source, (), self._problems), source.data, f"{name} ")
            if not section.has("column"):
                section.spot.say(words.COLUMNLIST_EMPTY)
            section.close()
            lists[name.removeprefix("columns/").removesuffix(".toml")] = section
        return lists

    def _styles(self, name: str) -> tuple[Section, ...]:
        """What the packs nearer than the file of a table say of it in ``[table.<id>]``, the farthest first."""
        nearer = itertools.takewhile(lambda manifest: f"tables/{name}.toml" not in manifest.folder.files, self._chain)
        return tuple(reversed([m.restyled[name] for m in nearer if name in m.restyled]))

    def _restyle(self, drafts: Mapping[str, Draft[Table]]) -> None:
        for name, draft in drafts.items():
            for style in self._styles(name):
                draft.thing = restyle(draft.thing, style)
        for name, style in self._own.restyled.items():
            if name not in drafts:
                style.spot.say(words.NO_TABLE_TO_CHANGE.format(
                    name=name, hint=did_you_mean(name, drafts)))
            elif f"tables/{name}.toml" in self._own.folder.files:
                style.spot.say(words.TABLE_IS_OWN.format(name=name))

    def _number(self, drafts: Mapping[str, Draft[Table]]) -> None:
        """Numbers the printed tables in order where the pack says how; tables that are not printed have no number."""
        pattern = next((manifest.table_numbers for manifest in self._chain if manifest.table_numbers), "")
        n = 0
        for name, draft in drafts.items() if pattern else ():
            table, number = draft.thing, ""
            if not table.inline and (table.rows is None or table.rows.by != "tables"):
                n += 1
                number = pattern.replace("{n}", str(n)).replace("{cn}", chinese_number(n))
            if not any(style.has("number") for style in self._styles(name)):
                draft.thing = replace(table, number=number)

    def _pages(self) -> dict[str, Draft[Page]]:
        added: dict[str, list[Section]] = {}
        sections = self._by_id("pages.toml", "page", words.PARTS["page"], added)
        ids = self._ids("pages")
        drafts: dict[str, Draft[Page]] = {}
        for i, name in enumerate(ids.names):
            if name in sections:
                drafts[name] = build_page(sections[name], self._scores)
                for section in added.get(name, ()):
                    add_to_page(drafts[name], section)
            else:
                ids.at(i).say(words.NO_PAGE_NAMED.format(
                    name=name, hint=did_you_mean(name, sections)))
        self._note_double_addresses(drafts)
        return drafts

    def _note_double_addresses(self, drafts: Mapping[str, Draft[Page]]) -> None:
        seen: dict[tuple[str, str], str] = {}
        for page_id, draft in drafts.items():
            for i, field in enumerate(draft.thing.fields):
                key = (field.space, field.address)
                if key in seen:
                    draft.spot.at("field", i, "address").say(
                        words.ADDRESS_TWICE.format(address=field.address, seen=seen[key]))
                seen.setdefault(key, page_id)

    def _checks(self, table_ids: frozenset[str]) -> dict[str, Draft[Check]]:
        sections = self._by_id("checks.toml", "check", words.PARTS["rule"])
        for at, manifest in enumerate(self._chain):
            if manifest.keep_checks is not None:
                self._keep(sections, manifest.keep_checks, {farther.id for farther in self._chain[at + 1:]})
        for manifest in self._chain:
            for i, name in enumerate(manifest.drop_checks.names if manifest.drop_checks else ()):
                assert manifest.drop_checks is not None
                if sections.pop(name, None) is None:
                    manifest.drop_checks.at(i).say(words.NO_CHECK_TO_DROP.format(
                        name=name, hint=did_you_mean(name, sections)))
        return {name: build_check(section, table_ids) for name, section in sections.items()}

    @staticmethod
    def _keep(sections: dict[str, Section], kept: Ids, farther: set[str]) -> None:
        """Leave out the checks of farther packs that a pack of another kind does not name."""
        for i, name in enumerate(kept.names):
            if name not in sections:
                kept.at(i).say(words.NO_CHECK_TO_KEEP.format(
                    name=name, hint=did_you_mean(name, sections)))
        for name, section in list(sections.items()):
            if section.spot.source.name.rpartition("/")[0] in farther and name not in kept.names:
                del sections[name]

    def _passages(self) -> dict[str, Draft[PassageSpec]]:
        drafts: dict[str, Draft[PassageSpec]] = {}
        for name, top in self._listed(self._ids("sections"), "passages", words.PARTS["section"]):
            draft = build_passage(top, name)
            if draft is not None:
                drafts[name] = draft
        return drafts

    def _digest(self) -> dict[str, Draft[PassageSpec]]:
        """passages/digest.toml, the headline figures for the screen; no section of the narrative, and optional."""
        if not self._exists(_DIGEST):
            return {}
        source = self._nearest(_DIGEST)
        if source is None:
            return {}
        draft = build_passage(Section(Spot(source, (), self._problems), source.data, f"{_DIGEST} "), "digest")
        return {} if draft is None else {"digest": draft}

    def _by_id(self, name: str, key: str, what: str,
               added: dict[str, list[Section]] | None = None) -> dict[str, Section]:
        """The ``[[key]]`` sections of all packs of the chain by id: the nearer pack's wins, in the place of the other.

        Those with ``add = true`` go to ``added`` instead, as additions to what is inherited.
        """
        merged: dict[str, Section] = {}
        for manifest in reversed(self._chain):
            if manifest is self._own:
                self._used.add(name)
            source = manifest.folder.read(name)
            if source is None:
                continue
            top = Section(Spot(source, (), self._problems), source.data, f"{name} ")
            own: set[str] = set()
            for section in top.sections(key, f"[[{key}]] "):
                section_id = section.need("id")
                if section_id in own:
                    section.say("id", words.PART_TWICE.format(what=what, section_id=section_id))
                    section_id = f"{section_id} {len(own)}"  # kept apart, so that its other faults are found too
                own.add(section_id)
                if added is not None and section.flag("add"):
                    if section_id not in merged:
                        section.say("add", words.NO_PART_TO_ADD.format(
                            what=what, section_id=section_id, hint=did_you_mean(section_id, merged)))
                    added.setdefault(section_id, []).append(section)
                    continue
                if added is not None:
                    added.pop(section_id, None)  # written anew, the additions of a farther pack were to the old one
                merged[section_id] = section
            top.close()
        return merged

    def _narrative(self, passages: Mapping[str, Draft[PassageSpec]]) -> Narrative:
        title = next((m.narrative_title for m in self._chain if m.narrative_title), printed.NARRATIVE_TITLE)
        numbering = next((m.numbering for m in self._chain if m.numbering), printed.NUMBERING)
        trim = next((m.trim for m in self._chain if m.trim is not None), True)
        return Narrative(title, tuple(draft.thing for draft in passages.values()), numbering, trim)

    # ---- checking

    def _verify(self, codes: Codes, tables: Mapping[str, Draft[Table]], pages: Mapping[str, Draft[Page]],
                checks: Mapping[str, Draft[Check]], passages: Mapping[str, Draft[PassageSpec]],
                guarantees: Mapping[str, Draft[Guarantee]]) -> None:
        addresses: dict[str, set[str]] = {}
        table_facts: dict[str, tuple[str, ...]] = {}
        for page in pages.values():
            for field in page.thing.fields:
                addresses.setdefault(field.space, set()).add(field.address)
                if field.space == "facts" and field.kind == "table":
                    table_facts[field.address] = tuple(column[0] for column in field.columns)
        names = Names(
            tables={name: table_names(draft.thing) for name, draft in tables.items()}, codes=codes,
            pages={name: draft.thing for name, draft in pages.items()},
            addresses={space: frozenset(found) for space, found in addresses.items()}, table_facts=table_facts,
            extra_addresses=tuple(prefix for manifest in self._chain for prefix in manifest.addresses))
        verifier = Verifier(names, self._rules)
        for drafts in (tables, pages, checks, passages, guarantees):
            for draft in drafts.values():
                for claim in draft.claims:
                    verifier.check(claim)
        check_cycles(tables, names)
        self._check_rowlists(codes, {name for draft in tables.values() for name in rowlists_used(draft)})

    def _check_rowlists(self, codes: Codes, used: set[str]) -> None:
        """The codes of the row lists are of the year. A list of a farther pack that no table uses does not matter."""
        known = {code for table in (codes.function, codes.econ_dept, codes.econ_gov) for code in table.entries}
        for manifest in self._chain:
            for name, rows in manifest.rowlists.items():
                for code, _ in rows if manifest is self._own or name in used else ():
                    if code.isdigit() and code not in known:
                        row_spot(manifest.rowlist_spots[name], code).say(
                            words.ROWLIST_CODE_UNKNOWN.format(name=name, code=code, year=codes.year))

    def _note_unused(self) -> None:
        """Files that no list names: probably forgotten in pack.toml."""
        for name in self._own.folder.files:
            folder = name.split("/")[0]
            if name not in self._used and name.endswith(".toml") and folder in ("tables", "passages", name):
                self._problems.add(self._own.folder.label(name), 0, words.FILE_UNUSED, warning=True)
