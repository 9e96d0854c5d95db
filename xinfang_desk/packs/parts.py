"""pages.toml, checks.toml and passages/<section>.toml → :class:`Page`, :class:`Check`, :class:`PassageSpec`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, cast, get_args

from xinfang_desk.expr.parse import RECORD_SPACES
from xinfang_desk.messages import marks
from xinfang_desk.messages import packs as words
from xinfang_desk.model.codes import LEVEL_NAMES
from xinfang_desk.model.formula import LedgerSum
from xinfang_desk.model.ledger import Kind
from xinfang_desk.model.money import AmountRefused, MoneyUnit, parse_amount
from xinfang_desk.model.pack import (
    Check,
    FieldKind,
    FormField,
    Page,
    PageKind,
    ParagraphSpec,
    PassageSpec,
    Severity,
)
from xinfang_desk.packs.draft import Draft, Scope
from xinfang_desk.packs.manifest import slot_names
from xinfang_desk.packs.scores import ScoreItem, score_fields
from xinfang_desk.packs.section import Section

SAY_SLOTS = frozenset(("left", "right", "difference", "row", "table", "name"))
"""What the sentence of a ``test`` may use; a ``rule`` gives fields of its own besides."""

PARAGRAPH_STYLES = ("body", "h1", "h2", "h3", "h4", "center", "right")
LIST_KINDS = ("lines", "incomes", "projects", "indicators", "purchases")
OVER_LEVELS = (*LEVEL_NAMES, "all", "leaf", "total")
"""``over = "gpb_function:项"``: only the rows of that level."""

EACH_WORDS = ("projects", "indicators", "purchases", "tables", "empty_tables", "glossary")

GLOSSARY_ROWS = "fact:glossary.extra"

# ---- pages ------------------------------------------------------------------------------------------------------


def build_page(section: Section, scores: tuple[ScoreItem, ...] = ()) -> Draft[Page]:
    """One ``[[page]]``. ``scores``: the items a page with ``scores = "<table>"`` asks for."""
    draft = Draft(Page(id="", title=""), section.spot)
    kind = cast(PageKind, section.choice("kind", get_args(PageKind), "form"))
    fields = tuple(_field(item, draft) for item in section.sections("field", "[[page.field]] "))
    scored = section.text("scores")
    if scored:
        fields += score_fields(scores, scored)
        draft.claim("table", section.spot.at("scores"), scored)
        if not scores:
            section.say("scores", words.NO_SCORE_ITEMS)
    draft.thing = Page(
        id=section.need("id"), title=section.need("title"), kind=kind, intro=section.text("intro"), fields=fields,
        kinds=section.texts("kinds"), table=section.text("table"), columns=section.texts("columns"),
        law=section.text("law"))
    for value in draft.thing.kinds:
        if value not in [member.value for member in Kind]:
            section.say("kinds", words.NO_KIND.format(value=value, value_2=marks.AND.join(m.value for m in Kind)))
    draft.claim("table", section.spot.at("table"), draft.thing.table)
    if draft.thing.columns and kind not in LIST_KINDS:
        section.say("columns", words.PAGE_NO_LIST.format(kind=kind))
    elif kind in LIST_KINDS:
        for column in draft.thing.columns:
            draft.claim("parts", section.spot.at("columns"), f"record:{column}", Scope(records=(kind,)))
    section.close()
    return draft


def add_to_page(draft: Draft[Page], section: Section) -> None:
    """Put what a ``[[page]]`` with ``add = true`` says into the inherited page: fields by address, title, intro, table."""
    fields = list(draft.thing.fields)
    for item in section.sections("field", "[[page.field]] "):
        field = _field(item, draft)
        places = [i for i, old in enumerate(fields) if (old.space, old.address) == (field.space, field.address)]
        if places:
            fields[places[0]] = field
        else:
            fields.append(field)
    if section.has("table"):
        draft.claims = [claim for claim in draft.claims if claim.kind != "table"]
        draft.claim("table", section.spot.at("table"), section.text("table"))
    page = draft.thing
    draft.thing = replace(
        page, fields=tuple(fields), title=section.text("title", page.title), intro=section.text("intro", page.intro),
        table=section.text("table", page.table), law=section.text("law", page.law))
    section.close()


def _field(section: Section, draft: Draft[Page]) -> FormField:
    kind = cast(FieldKind, section.choice("kind", get_args(FieldKind), "text"))
    if not section.has("kind"):
        section.spot.say(words.FIELD_NO_KIND)
    columns: list[tuple[str, str, FieldKind]] = []
    for name, title, cell_kind in section.rows("columns", 3):
        if cell_kind not in get_args(FieldKind) or cell_kind == "table":
            section.say("columns", words.TABLE_CELL_KIND.format(name=name, cell_kind=cell_kind))
        else:
            columns.append((name, title, cast(FieldKind, cell_kind)))
        if name in [column[0] for column in columns[:-1]]:
            section.say("columns", words.COLUMN_TWICE.format(name=name))
    spaces = ("facts", "priors", "approved", "unit")
    field = FormField(
        address=section.need("address"), label=section.need("label"), kind=kind,
        space=cast(Literal["facts", "priors", "approved", "unit"], section.choice("space", spaces, "facts")),
        required=section.flag("required"), help=section.text("help"), choices=section.texts("choices"),
        columns=tuple(columns), when=section.test("when"), default=section.text("default"),
        now=section.value("now"), law=section.text("law"))
    _check_field(section, field)
    draft.claim_tree(section.spot.at("now"), field.now, Scope())
    draft.claim_tree(section.spot.at("when"), field.when, Scope())
    section.close()
    return field


def _check_field(section: Section, field: FormField) -> None:
    if field.kind == "choice" and not field.choices:
        section.spot.say(words.CHOICE_NO_CHOICES)
    if field.kind == "table" and not field.columns:
        section.spot.say(words.TABLE_FIELD_NO_COLUMNS)
    if field.choices and field.default and field.default not in field.choices:
        section.say("default", words.DEFAULT_NO_CHOICE.format(default=field.default))
    if field.space in ("priors", "approved") and field.kind != "money":
        section.say("kind", words.ONLY_MONEY)
    if field.now is not None and field.space != "priors" and (field.space, field.kind) != ("facts", "money"):
        section.say("now", words.NOW_ONLY_PRIORS)
    if field.now is not None and field.address.endswith(".*") and not isinstance(field.now, LedgerSum):
        section.say("now", words.NOW_ONE_SUM)
    if field.space == "unit" and field.address not in ("name", "code", "kind", "region"):
        section.say("address", words.UNIT_ADDRESS.format(address=field.address))


# ---- checks -----------------------------------------------------------------------------------------------------


def build_check(section: Section, table_ids: frozenset[str]) -> Draft[Check]:
    """One ``[[check]]``."""
    draft: Draft[Check] = Draft(Check("", Severity.ERROR, "", "", "", ""), section.spot)
    draft.thing = Check(
        id=section.need("id"), severity=section.member("severity", Severity, Severity.ERROR),
        title=section.need("title"), say=section.need("say"), law=section.need("law"), page=section.need("page"),
        test=section.test("test"), over=section.text("over"), where=section.condition("where"),
        when=section.test("when"), rule=section.text("rule"), params=section.mapping("params"),
        tolerance=_tolerance(section), target=section.text("target"), mend=section.text("mend"),
        file=section.spot.source.name, line=section.spot.line)
    if not section.has("severity"):
        section.spot.say(words.CHECK_NO_SEVERITY)
    if section.has("test") == section.has("rule"):
        section.spot.say(words.CHECK_TEST_OR_RULE)
    if section.has("params") and not section.has("rule"):
        section.say("params", words.PARAMS_WITHOUT_RULE)
    _claims_of_check(section, draft, table_ids)
    section.close()
    return draft


def _claims_of_check(section: Section, draft: Draft[Check], table_ids: frozenset[str]) -> None:
    check = draft.thing
    record = (check.over,) if check.over in RECORD_SPACES else ()
    # ``over = "gpb_function:项"``: only the rows of one level.
    over = check.over.partition(":")[0]
    table = over if over in table_ids and not record else ""
    scope = Scope(table=table, in_row=bool(table), has_code=bool(table), records=record, record="".join(record),
                  this=bool(record))
    draft.claim("each", section.spot.at("over"), check.over, Scope(row="over"))
    draft.claim_tree(section.spot.at("test"), check.test, scope)
    draft.claim_tree(section.spot.at("when"), check.when, scope)
    # Rows of a table come from lines or incomes, so their conditions may ask for what both of these have.
    draft.claim_tree(section.spot.at("where"), check.where,
                     scope if record else Scope(records=("lines",), this=True))
    draft.claim("page", section.spot.at("page"), check.page)
    draft.claim("rule", section.spot.at("rule"), check.rule)
    draft.claim("target", section.spot.at("target"), check.target, scope)
    for name in slot_names(section.spot.at("say"), check.say):
        if not check.rule and name not in SAY_SLOTS:
            section.say("say", words.SAY_SLOT.format(
                name=name, slot=marks.AND.join(f"{{{slot}}}" for slot in sorted(SAY_SLOTS))))


def _tolerance(section: Section) -> int:
    if isinstance(section.data.get("tolerance"), str):
        text = section.text("tolerance")
        try:
            return parse_amount(text, MoneyUnit.YUAN) or 0
        except AmountRefused as refused:
            section.say("tolerance", refused.reason)
            return 0
    tolerance = section.whole("tolerance")
    if tolerance < 0:
        section.say("tolerance", words.TOLERANCE_NEGATIVE)
    return tolerance


# ---- passages ---------------------------------------------------------------------------------------------------


def build_passage(top: Section, wanted: str) -> Draft[PassageSpec] | None:
    """The section of a file; ``None`` where it has no ``[section]``."""
    section = top.section("section", "[section] ")
    if section is None:
        top.spot.say(words.NO_SECTION)
        return None
    draft = Draft(PassageSpec(wanted, "", 1, ()), section.spot)
    if section.need("id") not in ("", wanted):
        section.say("id", words.SECTION_ID_FILE.format(text=section.text("id"), wanted=wanted))
    heading, level = section.text("heading"), section.whole("level", 1)
    if not 0 <= level <= 4:
        section.say("level", words.LEVEL_RANGE)
    draft.claim("template", section.spot.at("heading"), heading)
    page = section.text("page")
    draft.claim("page", section.spot.at("page"), page)
    draft.thing = PassageSpec(wanted, heading, level, tuple(_paragraphs(top, draft)), page)
    section.close()
    top.close()
    return draft


def _paragraphs(top: Section, draft: Draft[PassageSpec]) -> Iterator[ParagraphSpec]:
    for section in top.sections("paragraph", "[[paragraph]] "):
        paragraph = ParagraphSpec(
            text=section.text("text"), when=section.test("when"), each=section.text("each"),
            level=section.whole("level"), table=section.text("table"), where=section.condition("where"),
            style=cast(Literal["body", "h1", "h2", "h3", "h4", "center", "right"],
                       section.choice("style", PARAGRAPH_STYLES, "body")),
            file=section.spot.source.name, line=section.spot.line)
        if bool(paragraph.text) == bool(paragraph.table):
            section.spot.say(words.PARAGRAPH_TEXT_OR_TABLE)
        records = (paragraph.each,) if paragraph.each in RECORD_SPACES else ()
        # The glossary's entries are read like the rows of the clerk's own: {1} the word, {2} what it means.
        over = GLOSSARY_ROWS if paragraph.each == "glossary" else paragraph.each
        gone = over.startswith("gone:")
        scope = Scope(table="" if over in EACH_WORDS or gone else over, in_row=bool(paragraph.each) and not gone,
                      has_code=bool(paragraph.each), records=records, record="".join(records),
                      this=paragraph.each == "projects", row="each" if paragraph.each else "")
        draft.claim("each", section.spot.at("each"), paragraph.each, Scope(row=str(paragraph.level)))
        draft.claim_tree(section.spot.at("when"), paragraph.when, scope)
        draft.claim_tree(section.spot.at("where"), paragraph.where,
                         scope if records else Scope(records=("lines",), this=True))
        draft.claim("template", section.spot.at("text"), paragraph.text, scope)
        draft.claim("table", section.spot.at("table"), paragraph.table)
        section.close()
        yield paragraph
