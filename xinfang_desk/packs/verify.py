"""Checks every claim of a pack against its names: references, fields, addresses, templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from xinfang_desk.expr import FormulaError, did_you_mean
from xinfang_desk.expr.parse import RECORD_SPACES, parse_value
from xinfang_desk.expr.template import GradeSlot, PairSlot, TypedSlot, ValueSlot, WordSlot, parse_template
from xinfang_desk.messages import marks, terms
from xinfang_desk.messages import packs as said
from xinfang_desk.model.formula import (
    AllOf,
    AnyOf,
    Arithmetic,
    BoolOf,
    CellRef,
    Compare,
    Fetch,
    FieldIs,
    FieldUnder,
    Function,
    LedgerSum,
    Negative,
    Not,
    Number,
    RecordField,
    RecordSum,
)
from xinfang_desk.model.pack import Table
from xinfang_desk.packs.draft import Claim, Scope, Tree
from xinfang_desk.packs.fields import faults, numbers, shapes
from xinfang_desk.packs.names import NameFault, Names, TableNames
from xinfang_desk.packs.parts import EACH_WORDS, OVER_LEVELS
from xinfang_desk.packs.printed import known_fields
from xinfang_desk.packs.section import Spot

_WORDS_OF_EACH = frozenset(("name", "code", "number", "n", "cn", "end", "purpose", "result"))
_SLOT = re.compile(r"\{(\w*)\}")
_PROJECT_SLOT = re.compile(r"\{\s*project\.(\w+)\s*\}")


_BY_ACCOUNT = ("function", "econ_dept", "econ_gov", "econ_pair")

class Verifier:
    """Checks claims; faults are noted at their spot."""

    def __init__(self, names: Names, known_rules: frozenset[str] | None) -> None:
        self._names = names
        self._rules = known_rules

    def check(self, claim: Claim) -> None:
        """Note what is wrong with one claim."""
        if claim.tree is not None:
            self._tree(claim.tree, claim.spot, claim.scope)
            return
        handlers: dict[str, Callable[[Claim], None]] = {
            "template": self._template, "table": self._table, "page": self._page, "address": self._address,
            "each": self._each, "parts": self._part, "target": self._target, "rule": self._rule}
        handlers[claim.kind](claim)

    # ---- expressions

    def _tree(self, tree: Tree, spot: Spot, scope: Scope) -> None:
        if isinstance(tree, FieldIs | FieldUnder | AllOf | AnyOf | Not):
            self._condition(tree, spot, scope.records, scope.this)
            return
        for leaf in leaves(tree):
            match leaf:
                case CellRef():
                    self._cell(leaf, spot, scope)
                case LedgerSum(source, where):
                    self._condition(where, spot, (source,), scope.this)
                case RecordSum(space, field, where):
                    self._record_sum(space, field, spot)
                    self._condition(where, spot, (space,), scope.this)
                case RecordField(field):
                    self._record_field(field, spot, scope)
                case Fetch(space, address):
                    self._fetch(space, address, spot, scope)

    def _condition(self, tree: FieldIs | FieldUnder | AllOf | AnyOf | Not, spot: Spot, records: Iterable[str],
                   this: bool) -> None:
        for record in records:
            for sentence, warning in faults(tree, record, self._names.codes, this=this):
                spot.say(sentence, warning=warning)

    def _cell(self, ref: CellRef, spot: Spot, scope: Scope) -> None:
        if not ref.table and not ref.row and ref.column in scope.extra_names:
            return
        try:
            self._names.resolve(ref, scope)
        except NameFault as fault:
            spot.say(str(fault))

    def _record_sum(self, space: str, field: str, spot: Spot) -> None:
        if field and field not in numbers(space):
            spot.say(said.NO_SUM_FIELD.format(
                what=terms.SPACES[space], field=field, hint=did_you_mean(field, numbers(space))))

    def _record_field(self, field: str, spot: Spot, scope: Scope) -> None:
        if not scope.record:
            spot.say(said.NO_THIS_RECORD.format(field=field))
        elif field not in numbers(scope.record):
            known = numbers(scope.record)
            spot.say(said.NO_NUMBER_FIELD.format(
                what=terms.SPACES[scope.record], field=field, known=marks.AND.join(known), hint=did_you_mean(field, known)))

    def _fetch(self, space: str, address: str, spot: Spot, scope: Scope) -> None:
        allowed = ({"code", "gov", "key"} if scope.has_code else set()) | ({"project"} if scope.this else set())
        unknown = [name for name in _SLOT.findall(address) if name not in allowed]
        if unknown:
            spot.say(said.ADDRESS_SLOT.format(address=address, unknown=unknown[0]))
        elif not self._names.address_known(space, address):
            spot.say(said.ADDRESS_NOWHERE.format(
                what=terms.SPACES[space], address=address, near_address=self._names.near_address(space, address)))

    # ---- names

    def _table(self, claim: Claim) -> None:
        if claim.text not in self._names.tables:
            claim.spot.say(said.CLAIM_NO_TABLE.format(
                text=claim.text, hint=did_you_mean(claim.text, self._names.tables)))

    def _page(self, claim: Claim) -> None:
        if claim.text not in self._names.pages:
            claim.spot.say(said.CLAIM_NO_PAGE.format(
                text=claim.text, hint=did_you_mean(claim.text, self._names.pages)))

    def _rule(self, claim: Claim) -> None:
        if self._rules is not None and claim.text not in self._rules:
            claim.spot.say(said.CLAIM_NO_RULE.format(
                text=claim.text, hint=did_you_mean(claim.text, self._rules)))

    def _address(self, claim: Claim) -> None:
        if claim.text not in self._names.table_facts:
            claim.spot.say(said.CLAIM_NO_TABLE_FACT.format(
                text=claim.text, hint=did_you_mean(claim.text, self._names.table_facts)))

    def _each(self, claim: Claim) -> None:
        text, over = claim.text, claim.scope.row == "over"
        if text.startswith("fact:") and not over:
            address = text.removeprefix("fact:")
            if not self._names.address_known("facts", address):
                claim.spot.say(said.CLAIM_NO_FACT.format(
                    address=address, near_address=self._names.near_address("facts", address)))
            return
        words = RECORD_SPACES if over else EACH_WORDS
        if text.startswith("gone:") and not over:
            self._gone(claim, text.removeprefix("gone:"))
            return
        if over:
            text, colon, level = text.partition(":")
            if colon and level not in OVER_LEVELS:
                claim.spot.say(said.OVER_LEVEL.format(level=level, over_levels=marks.AND.join(OVER_LEVELS)))
        if text not in words and text not in self._names.tables:
            known = (*words, *self._names.tables)
            claim.spot.say(said.OVER_UNKNOWN.format(text=text, hint=did_you_mean(text, known)))

    def _gone(self, claim: Claim, table: str) -> None:
        """``each = "gone:gpb_function"``: accounts without a row there, so the table has to follow accounts."""
        self._table(replace(claim, text=table))
        names = self._names.tables.get(table)
        if names is not None and (names.table.rows is None or names.table.rows.by not in _BY_ACCOUNT):
            claim.spot.say(said.GONE_BY_CODE.format(table=table))
        elif claim.scope.row == "0":
            claim.spot.say(said.GONE_LEVEL)

    def _target(self, claim: Claim) -> None:
        """A target is a cell (``summary[total].amount``) or an address a page asks for."""
        if any(self._names.address_known(space, claim.text) for space in ("facts", "priors", "approved", "unit")):
            return
        if claim.text in self._names.tables:
            return
        try:
            tree = parse_value(claim.text)
        except FormulaError:
            claim.spot.say(said.CLAIM_TARGET.format(text=claim.text))
            return
        self._tree(tree, claim.spot, claim.scope)

    def _part(self, claim: Claim) -> None:
        kind, _, name = claim.text.rpartition(":")
        if kind == "record":
            known: tuple[str, ...] = tuple(shapes(claim.scope.records[0]))
            if name not in known:
                claim.spot.say(said.NO_FIELD.format(
                    what=terms.SPACES[claim.scope.records[0]], name=name, hint=did_you_mean(name, known)))
            return
        names = self._names.tables.get(claim.scope.table)
        if names is None:
            return
        if kind == "field":
            self._row_field(claim, name, names.table)
        else:
            self._part_column(claim, name, names)

    def _part_column(self, claim: Claim, name: str, names: TableNames) -> None:
        own = [column for column, (block, _) in names.columns.items() if block == claim.scope.block]
        if name == claim.scope.column:
            claim.spot.say(said.PARTS_SELF.format(name=name))
        elif name not in own:
            claim.spot.say(said.PARTS_UNKNOWN.format(name=name, hint=did_you_mean(name, own)))

    def _row_field(self, claim: Claim, name: str, table: Table) -> None:
        if table.rows is None:
            claim.spot.say(said.FIXED_NO_FIELD)
            return
        if name.startswith("facts."):
            address = name.removeprefix("facts.")
            if not self._names.address_known("facts", address):
                claim.spot.say(said.CLAIM_NO_FACT.format(
                    address=address, near_address=self._names.near_address("facts", address)))
            return
        by = table.rows.by
        known = known_fields(by, self._names.table_facts.get(table.rows.address, ()))
        if name not in known:
            claim.spot.say(said.ROWS_NO_FIELD.format(
                by=by, name=name, hint=did_you_mean(name, known)))

    # ---- templates

    def _template(self, claim: Claim) -> None:
        def drop(match: re.Match[str]) -> str:
            if claim.scope.record != "projects":
                claim.spot.say(said.NO_THIS_PROJECT_SLOT.format(match=match[0]))
            elif match[1] not in shapes("projects"):
                claim.spot.say(said.PROJECT_NO_FIELD.format(
                    match=match[1], hint=did_you_mean(match[1], shapes("projects"))))
            return ""

        try:
            pieces = parse_template(_PROJECT_SLOT.sub(drop, claim.text))
        except FormulaError as error:
            claim.spot.say(str(error))
            return
        scope = replace(claim.scope, extra_names=self._row_names(claim.scope))
        for piece in pieces:
            match piece:
                case WordSlot(name):
                    self._word(name, claim)
                case TypedSlot(address):
                    self._fetch("facts", address, claim.spot, scope)
                case ValueSlot(value):
                    self._tree(value, claim.spot, scope)
                case GradeSlot(grade):
                    self._tree(grade.value, claim.spot, scope)
                case PairSlot(_, left, right, _, reasons):
                    self._tree(left, claim.spot, scope)
                    self._tree(right, claim.spot, scope)
                    for reason in reasons:
                        self._fetch("facts", reason, claim.spot, scope)

    def _row_names(self, scope: Scope) -> frozenset[str]:
        return frozenset(numbers(scope.record)) if scope.record else frozenset()

    def _word(self, name: str, claim: Claim) -> None:
        in_each = claim.scope.row == "each"
        if name.isdigit():
            address = claim.scope.table.removeprefix("fact:")
            width = len(self._names.table_facts.get(address, ("",)))
            if not in_each or not claim.scope.table.startswith("fact:"):
                claim.spot.say(said.SLOT_FACT_ONLY.format(name=name))
            elif not 1 <= int(name) <= width:
                claim.spot.say(said.SLOT_FACT_WIDTH.format(address=address, width=width, name=name))
        elif name in _WORDS_OF_EACH and not in_each:
            claim.spot.say(said.SLOT_EACH_ONLY.format(name=name))
        elif name in said.PROJECT_WORDS and claim.scope.record != "projects":
            claim.spot.say(said.SLOT_PROJECT_ONLY.format(name=name, project_words=said.PROJECT_WORDS[name]))


def leaves(tree: Tree) -> Iterator[CellRef | LedgerSum | Fetch | RecordField | RecordSum]:
    """The references and sums inside a value or test, from left to right."""
    match tree:
        case Number():
            return
        case Negative(part):
            yield from leaves(part)
        case Arithmetic(_, left, right) | Compare(_, left, right):
            yield from leaves(left)
            yield from leaves(right)
        case Function(_, args):
            for arg in args:
                yield from leaves(arg)
        case BoolOf(_, tests):
            for test in tests:
                yield from leaves(test)
        case CellRef() | LedgerSum() | Fetch() | RecordField() | RecordSum():
            yield tree
        case _:
            return
