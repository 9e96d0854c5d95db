"""pack.toml, and the chain of packs it inherits from."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from xinfang_desk.messages import marks
from xinfang_desk.messages import packs as words
from xinfang_desk.model.pack import PackKind, Rounding
from xinfang_desk.packs.folder import Folder, open_folder
from xinfang_desk.packs.problems import Problems
from xinfang_desk.packs.section import Section, Spot
from xinfang_desk.packs.shelf import Forms, shelf_of
from xinfang_desk.packs.source import Source

NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_SUFFIXES = {"workbook": ".xlsx", "narrative": ".docx", "narrative_pdf": ".pdf", "document": ".pdf"}
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
FIRST_YEAR, LAST_YEAR, MOST_YEARS = 2015, 2040, 15


@dataclass(slots=True)
class Ids:
    """An ordered list of ids and where it was written."""

    names: tuple[str, ...]
    spot: Spot

    def at(self, position: int) -> Spot:
        """Where one id of the list stands."""
        line = _line_of_item(self.spot, self.names[position])
        return self.spot if line is None else _Fixed(self.spot.source, self.spot.path, self.spot.problems, line)


@dataclass(frozen=True, slots=True)
class _Fixed(Spot):
    fixed: int = 1

    @property
    def line(self) -> int:
        return self.fixed


def _line_of_item(spot: Spot, name: str) -> int | None:
    """The line of a quoted name inside a list that may run over several lines."""
    lines = spot.source.text.split("\n")
    for number in range(spot.line, len(lines) + 1):
        if f'"{name}"' in lines[number - 1] or f"'{name}'" in lines[number - 1]:
            return number
        if number > spot.line and re.match(r"\s*(\[\[?\w|[\w-]+\s*=)", lines[number - 1]):
            break
    return None


@dataclass(slots=True)
class Manifest:
    """pack.toml as written; ``None`` and empty mean: as inherited."""

    id: str
    folder: Folder
    source: Source
    title: str
    region: str
    years: tuple[int, int]
    extends: str
    codes: int
    tables: Ids | None = None
    pages: Ids | None = None
    sections: Ids | None = None
    drop_checks: Ids | None = None
    keep_checks: Ids | None = None
    """of the inherited checks only these; ``None``: all"""
    score_items: Ids | None = None
    kind: str = ""
    notes: tuple[str, ...] | None = None
    rounding: Rounding | None = None
    addresses: tuple[str, ...] = ()
    table_numbers: str = ""
    restyled: Mapping[str, Section] = field(default_factory=dict)
    """table id → its ``[table.<id>]``: what this pack prints otherwise on a table it inherits"""
    files: Mapping[str, str] = field(default_factory=dict)
    narrative_title: str = ""
    numbering: tuple[str, ...] = ()
    trim: bool | None = None
    rowlists: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    rowlist_spots: Mapping[str, Spot] = field(default_factory=dict)
    glossary: Mapping[str, str] = field(default_factory=dict)

    @property
    def spot(self) -> Spot:
        """The ``[pack]`` section."""
        return Spot(self.source, ("pack",), self.folder.problems)


def read_chain(pack_id: str, forms: Forms, problems: Problems) -> tuple[Manifest, ...]:
    """The pack's manifest and its ancestors', nearest first; empty where the pack itself cannot be read."""
    chain: list[Manifest] = []
    wanted, asked = pack_id, None
    while wanted:
        if any(manifest.id == wanted for manifest in chain):
            assert asked is not None
            asked.say(words.PACK_CYCLE.format(value=" → ".join([*(m.id for m in chain), wanted])))
            break
        manifest = read_manifest(wanted, forms, problems, asked)
        if manifest is None:
            break
        chain.append(manifest)
        wanted, asked = manifest.extends, manifest.spot.at("extends")
    return tuple(chain)


def read_manifest(pack_id: str, forms: Forms, problems: Problems, asked: Spot | None = None) -> Manifest | None:
    """One pack.toml; ``None`` after noting why it cannot be read. ``asked``: where another pack names this one."""
    if asked is not None and not shelf_of(forms).has(pack_id):
        asked.say(words.NO_PARENT_PACK.format(pack_id=pack_id))
        return None
    folder = open_folder(pack_id, forms, problems)
    source = folder.read("pack.toml") if folder else None
    if folder is None or source is None:
        return None
    top = Section(Spot(source, (), problems), source.data, "pack.toml ")
    pack = top.section("pack", "[pack] ")
    if pack is None:
        problems.add(source.name, 1, words.NO_PACK_SECTION)
        return None
    manifest = _read_pack(pack, pack_id, folder, source)
    _read_rest(top, manifest)
    pack.close()
    top.close()
    return manifest


def _read_pack(pack: Section, pack_id: str, folder: Folder, source: Source) -> Manifest:
    if pack.need("id") not in ("", pack_id):
        pack.say("id", words.PACK_ID_FOLDER.format(text=pack.text("id"), pack_id=pack_id))
    extends = pack.text("extends")
    manifest = Manifest(
        id=pack_id, folder=folder, source=source, title=pack.need("title"), region=pack.need("region"),
        years=_years(pack), extends=extends, codes=pack.whole("codes"),
        addresses=pack.texts("addresses"), table_numbers=pack.text("table_numbers"),
        notes=pack.texts("notes") if pack.has("notes") else None)
    if manifest.table_numbers:
        _check_numbering(pack, "table_numbers", (manifest.table_numbers,))
    rounding = pack.text("rounding")
    manifest.rounding = next((known for known in ROUNDINGS if known == rounding), None)
    if rounding and manifest.rounding is None:
        pack.say("rounding", words.ROUNDING_CHOICES.format(roundings=words.OR.join(ROUNDINGS)))
    manifest.tables = _ids(pack, "tables", words.PARTS["table"])
    manifest.pages = _ids(pack, "pages", words.PARTS["page"])
    manifest.sections = _ids(pack, "sections", words.PARTS["section"])
    manifest.drop_checks = _ids(pack, "drop_checks", words.PARTS["rule"], named=False)
    manifest.keep_checks = _ids(pack, "keep_checks", words.PARTS["rule"], named=False)
    manifest.score_items = _ids(pack, "score_items", words.PARTS["score"])
    manifest.kind = pack.choice("kind", ("", *get_args(PackKind)), "")
    return manifest


def _ids(pack: Section, key: str, what: str, *, named: bool = True) -> Ids | None:
    if not pack.has(key):
        return None
    ids = Ids(pack.texts(key), pack.spot.at(key))
    for i, name in enumerate(ids.names):
        if named and not NAME.match(name):
            ids.at(i).say(words.NAME_SHAPE.format(what=what, name=name))
        if name in ids.names[:i]:
            ids.at(i).say(words.NAME_TWICE.format(what=what, name=name, key=key))
    ids.names = tuple(dict.fromkeys(name for name in ids.names if not named or NAME.match(name)))
    return ids


def _years(pack: Section) -> tuple[int, int]:
    years = pack.wholes("years")
    if not pack.has("years"):
        pack.spot.say(words.NO_YEARS)
    elif len(years) != 2:
        pack.say("years", words.YEARS_SHAPE)
    elif not FIRST_YEAR <= years[0] <= years[1] <= LAST_YEAR or years[1] - years[0] >= MOST_YEARS:
        pack.say("years", words.YEARS_RANGE.format(
            first_year=FIRST_YEAR, last_year=LAST_YEAR, most_years=MOST_YEARS))
    else:
        return years[0], years[1]
    return 0, 0


def _read_rest(top: Section, manifest: Manifest) -> None:
    manifest.files = top.words("files")
    for key, name in manifest.files.items():
        _check_file_name(top.spot.at("files", key), key, name)
    narrative = top.section("narrative", "[narrative] ")
    if narrative is not None:
        manifest.narrative_title = narrative.text("title")
        _check_slots(narrative.spot.at("title"), manifest.narrative_title, {"unit", "year"})
        manifest.numbering = narrative.texts("numbering")
        manifest.trim = narrative.flag("trim") if narrative.has("trim") else None
        if narrative.has("numbering") and not 1 <= len(manifest.numbering) <= 4:
            narrative.say("numbering", words.NUMBERING_LEVELS)
        _check_numbering(narrative, "numbering", manifest.numbering)
        narrative.close()
    manifest.glossary = top.words("glossary")
    styles = top.section("table", "[table] ")
    if styles is not None:
        restyled = {name: styles.section(name, f"[table.{name}] ") for name in styles.data}
        manifest.restyled = {name: section for name, section in restyled.items() if section is not None}
    lists: dict[str, tuple[tuple[str, str], ...]] = {}
    spots: dict[str, Spot] = {}
    for name, item in top.mapping("rowlists").items():
        spot = top.spot.at("rowlists", name)
        if not isinstance(item, dict):
            spot.say(words.ROWLIST_SHAPE.format(name=name))
            continue
        section = Section(spot, item, words.ROWLIST.format(name=name))
        rows = section.rows("rows", 2)
        lists[name] = tuple((row[0], row[1]) for row in rows)
        spots[name] = spot
        for i, (code, _) in enumerate(lists[name]):
            if code in [row[0] for row in lists[name][:i]]:
                row_spot(spot, code).say(words.ROWLIST_TWICE.format(name=name, code=code))
        section.close()
    manifest.rowlists, manifest.rowlist_spots = lists, spots


def row_spot(spot: Spot, code: str) -> Spot:
    """Where a row of a row list stands."""
    return Ids((code,), spot.at("rows")).at(0)


def _check_file_name(spot: Spot, key: str, name: str) -> None:
    if key not in _SUFFIXES:
        spot.say(words.FILE_KIND_UNKNOWN.format(key=key, suffixes=marks.AND.join(_SUFFIXES)))
        return
    if not name.endswith(_SUFFIXES[key]):
        spot.say(words.FILE_SUFFIX.format(key=key, suffixes=_SUFFIXES[key]))
    if any(char in name for char in '/\\:*?"<>|\n'):
        spot.say(words.FILE_NAME_CHARS)
    _check_slots(spot, name, {"unit", "year"})


def _check_slots(spot: Spot, text: str, allowed: set[str]) -> None:
    for name in slot_names(spot, text):
        if name not in allowed:
            spot.say(words.SLOT_UNKNOWN.format(
                name=name, slot=marks.AND.join(f"{{{slot}}}" for slot in sorted(allowed))))


def slot_names(spot: Spot, text: str) -> tuple[str, ...]:
    """The plain ``{names}`` of a text; a fault is noted where the braces do not match."""
    try:
        return tuple(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        spot.say(words.BRACES)
        return ()


def _check_numbering(section: Section, key: str, numbering: tuple[str, ...]) -> None:
    for style in numbering:
        names = slot_names(section.spot.at(key), style)
        if len(names) != 1 or names[0] not in ("n", "cn"):
            section.say(key, words.NUMBERING_SLOT.format(style=style))

