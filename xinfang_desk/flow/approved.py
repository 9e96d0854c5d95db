"""批复数: what of the lists stands against an approved total, as the pack's own rules have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xinfang_desk.model.formula import Arithmetic, Compare, Fetch, FieldIs, LedgerSum, Value
from xinfang_desk.model.ledger import Kind
from xinfang_desk.model.pack import Pack

_PLAIN: Mapping[str, Value] = {
    "basic": LedgerSum("lines", FieldIs("kind", (Kind.STAFF.value, Kind.RUNNING.value))),
    "staff": LedgerSum("lines", FieldIs("kind", (Kind.STAFF.value,))),
    "running": LedgerSum("lines", FieldIs("kind", (Kind.RUNNING.value,))),
    "project": LedgerSum("lines", FieldIs("kind", (Kind.PROJECT.value,))),
}
"""For packs that ask for an approved total without a rule about it (绩效自评)."""


def entered(pack: Pack, address: str) -> Value | None:
    """What has been entered of an approved total: the other side of the rule that compares it, if need be of the page
    that asks for it; ``None`` where no rule does."""
    asked = {page.id for page in pack.pages for field in page.fields
             if field.space == "approved" and field.address == address}
    found = list(_compared(pack, address))
    return next((value for page, value in found if page in asked),
                found[0][1] if found else _PLAIN.get(address))


def still_to_place(pack: Pack, address: str) -> Value | None:
    """Approved less entered; ``None`` where nothing says what is entered of it."""
    value = entered(pack, address)
    return None if value is None else Arithmetic("-", Fetch("approved", address), value)


def _compared(pack: Pack, address: str) -> Iterator[tuple[str, Value]]:
    """Page and other side of each rule ``… == approved("address")``."""
    total = Fetch("approved", address)
    for check in pack.checks:
        test = check.test
        if isinstance(test, Compare) and test.op == "==" and not check.over:
            if test.right == total and not _is_approved(test.left):
                yield check.page, test.left
            elif test.left == total and not _is_approved(test.right):
                yield check.page, test.right


def _is_approved(value: Value) -> bool:
    """Whether a value is made of approved totals itself."""
    match value:
        case Fetch(space, _):
            return space == "approved"
        case Arithmetic(_, left, right):
            return _is_approved(left) or _is_approved(right)
        case _:
            return False
