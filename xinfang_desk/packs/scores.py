"""scores.toml: the items of a self-evaluation's score table, and the rows and questions made of them.

Items are merged by id along the chain, key by key: a county that weighs one item otherwise writes ``id`` and ``points``
and nothing else. ``[[block.row]] rows_from = "scores"`` prints them, ``[[page]] scores = "<table>"`` asks for the points
that are judged and for the reasons of points lost. The keys are described in forms/README.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from xinfang_desk.expr import did_you_mean, parse_value
from xinfang_desk.messages import packs as words
from xinfang_desk.messages import terms
from xinfang_desk.model.formula import Arithmetic, CellRef, Compare, Fetch, Function, Number, Value
from xinfang_desk.model.pack import Column, FixedRow, FormField
from xinfang_desk.packs.draft import Draft, Scope
from xinfang_desk.packs.manifest import NAME, Ids, Manifest
from xinfang_desk.packs.problems import Problems
from xinfang_desk.packs.section import Section, Spot, formula

FILE = "scores.toml"
ROWS = "scores"
"""The word that stands for the items in ``rows_from``."""
TOTAL = "total"
POINTS = 100
"""Points are typed and kept in hundredths."""
FULL = 100
"""G-18: the points of a score table add to this; a table that does not is refused when the pack is read."""
_TEXTS = ("level1", "level2", "standard", "explain", "target")


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One line of a score table. ``measure``: the ratio that is scored; ``score``: the points, ``None`` where they are
    judged and typed."""

    id: str
    name: str
    points: Fraction
    texts: Mapping[str, str]
    measure: Value | None
    score: Value | None
    spot: Spot

    @property
    def judged(self) -> bool:
        """True where no formula gives the points."""
        return self.score is None


def read_scores(chain: tuple[Manifest, ...], problems: Problems, chosen: Ids | None) -> tuple[ScoreItem, ...]:
    """The items of a chain of packs (nearest first), in order; ``chosen``: only these, in this order."""
    merged: dict[str, dict[str, object]] = {}
    spots: dict[str, Spot] = {}
    for manifest in reversed(chain):
        source = manifest.folder.read(FILE)
        if source is None:
            continue
        top = Section(Spot(source, (), problems), source.data, f"{FILE} ")
        seen: set[str] = set()
        for section in top.sections("item", "[[item]] "):
            name = section.need("id")
            if name in seen:
                section.say("id", words.SCORE_TWICE.format(name=name))
            elif not NAME.match(name):
                section.say("id", words.SCORE_NAME_SHAPE.format(name=name))
            seen.add(name)
            merged[name] = {**merged.get(name, {}), **section.data}
            spots[name] = section.spot
        top.close()
    order = list(merged)
    if chosen is not None:
        for i, name in enumerate(chosen.names):
            if name not in merged:
                chosen.at(i).say(words.NO_SCORE_ITEM.format(
                    name=name, hint=did_you_mean(name, merged)))
        order = [name for name in chosen.names if name in merged]
    items = tuple(_item(Section(spots[name], merged[name], "[[item]] ")) for name in order)
    whole = sum((item.points for item in items), Fraction(0))
    if items and whole != FULL:
        (chosen.spot if chosen is not None else items[-1].spot).say(
            words.SCORE_SUM.format(written=_written(whole), full=FULL))
    return items


def _item(section: Section) -> ScoreItem:
    points = Fraction(str(section.decimal("points")))
    if points <= 0:
        section.say("points", words.SCORE_POINTS)
    measure = section.text("measure")

    def read(key: str, fill: Callable[[str], str]) -> Value | None:
        return formula(section.spot.at(key), fill(section.text(key)), parse_value) if section.has(key) else None

    def filled(text: str) -> str:
        return text.replace("{points}", _written(points)).replace("{measure}", f"({measure})")

    if "{measure}" in section.text("score") and not measure:
        section.say("score", words.SCORE_NO_MEASURE)
    item = ScoreItem(
        id=section.need("id"), name=section.need("name"), points=points,
        texts={key: section.text(key) for key in _TEXTS}, measure=read("measure", str), score=read("score", filled),
        spot=section.spot)
    section.close()
    return item


def _written(points: Fraction) -> str:
    return str(points.numerator) if points.denominator == 1 else str(float(points))


# ---- rows of the table -------------------------------------------------------------------------------------------


def score_rows(items: tuple[ScoreItem, ...], columns: tuple[Column, ...], draft: Draft[object],
               scope: Scope) -> tuple[FixedRow, ...]:
    """A row for each item and one for the sum. Only the columns the table has are filled: ``level1`` ``level1_points``
    ``level2`` ``level2_points`` ``points`` ``standard`` ``explain`` ``target`` ``measure`` ``score`` ``lost``."""
    there = frozenset(column.id for column in columns)
    firsts = _firsts(items)
    rows = tuple(_row(item, firsts, there, items) for item in items)
    total = FixedRow(TOTAL, terms.TOTAL, bold=True, cells={
        key: Function("sum", tuple(CellRef(row=item.id, column=key) for item in items))
        for key in ("points", "score") if key in there})
    for item, row in zip(items, rows, strict=True):
        for key in ("measure", "score"):
            if key in row.cells:
                draft.claim_tree(item.spot.at(key), row.cells[key], Scope(
                    scope.table, scope.block, item.id, key, in_row=True, records=scope.records, this=scope.this))
    return (*rows, total) if items else ()


def _firsts(items: tuple[ScoreItem, ...]) -> dict[str, frozenset[str]]:
    """By heading level, the ids of the items that begin a new heading."""
    found: dict[str, set[str]] = {"level1": set(), "level2": set()}
    before: ScoreItem | None = None
    for item in items:
        for level in found:
            if before is None or _heading(before, level) != _heading(item, level):
                found[level].add(item.id)
        before = item
    return {level: frozenset(ids) for level, ids in found.items()}


def _heading(item: ScoreItem, level: str) -> tuple[str, ...]:
    return (item.texts["level1"],) if level == "level1" else (item.texts["level1"], item.texts["level2"])


def _row(item: ScoreItem, firsts: Mapping[str, frozenset[str]], there: frozenset[str],
         items: Iterable[ScoreItem]) -> FixedRow:
    texts = {key: item.texts[key] for key in ("standard", "explain", "target")}
    texts["lost"] = f'{{text("lost.{item.id}")}}'
    cells: dict[str, Value] = {"points": Number(item.points), "score": item.score or Arithmetic(
        "/", Fetch("facts", f"score.{item.id}"), Number(Fraction(POINTS)))}
    if item.measure is not None:
        cells["measure"] = item.measure
    for level, ids in firsts.items():
        texts[level] = item.texts[level] if item.id in ids else ""
        if item.id in ids:
            cells[f"{level}_points"] = Number(sum((one.points for one in items if _heading(one, level) == _heading(
                item, level)), Fraction(0)))
    return FixedRow(item.id, item.name, cells={key: value for key, value in cells.items() if key in there},
                    texts={key: text for key, text in texts.items() if key in there})


# ---- questions of the page ---------------------------------------------------------------------------------------


def score_fields(items: tuple[ScoreItem, ...], table: str) -> tuple[FormField, ...]:
    """The points of the judged items, and the reason where an item of ``table`` loses points."""
    fields: list[FormField] = []
    for item in items:
        if item.judged:
            fields.append(FormField(
                f"score.{item.id}", words.SCORE_FIELD.format(name=item.name, points=_written(item.points)), "points", required=True,
                help=item.texts["standard"] or item.texts["explain"]))
        fields.append(FormField(
            f"lost.{item.id}", words.SCORE_LOST.format(name=item.name), "longtext",
            help=words.SCORE_WHY_HELP,
            when=Compare("<", CellRef(table, item.id, "score"), Number(item.points))))
    return tuple(fields)
