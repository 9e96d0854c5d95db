"""What a check hands to its rule: the params of the pack, read with care."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from xinfang_desk.engine.rules.registry import Hit, RuleContext
from xinfang_desk.expr.evaluate import matcher
from xinfang_desk.model.change import RecordSpace
from xinfang_desk.model.finding import Place
from xinfang_desk.model.ledger import Record

Params = Mapping[str, object]


def word(params: Params, name: str, default: str = "") -> str:
    """A text parameter."""
    return str(params.get(name, default))


def words(params: Params, name: str) -> tuple[str, ...]:
    """A list of texts."""
    found = params.get(name, ())
    return tuple(str(item) for item in found) if isinstance(found, list | tuple) else ()


def number(params: Params, name: str, default: int = 0) -> int:
    """A whole number."""
    found = params.get(name, default)
    return found if isinstance(found, int) else default


def space(params: Params) -> RecordSpace:
    """The list a rule looks through."""
    return cast(RecordSpace, word(params, "space", "lines"))


def records(context: RuleContext, params: Params) -> Iterator[Record]:
    """The records of the rule's list that pass the check's own ``where``."""
    return failing(context, params, lambda record: True)


def failing(context: RuleContext, params: Params, fails: Callable[[Any], object]) -> Iterator[Record]:
    """The records of the rule's list that pass the check's own ``where`` and that ``fails`` finds at fault. Few are,
    in a list of thousands: so that is asked first."""
    passes, of = matcher(context.check.where), space(params)
    for record in getattr(context.year, of).values():
        if fails(record) and passes(record, record.id if of == "projects" else getattr(record, "project", None)):
            yield record


def at_field(context: RuleContext, where: RecordSpace, record: Record, field: str, **more: Any) -> Hit:
    """A hit at one field of one record; ``name`` and ``id`` are always among its slots."""
    slots = {"name": context.name(record), "id": str(record.id), **more.pop("slots", {})}
    return Hit(part=f"{where}/{record.id}/{field}", row=slots["name"], slots=slots,
               place=Place("", space=where, record=record.id, field=field), **more)


def at_fact(address: str, part: str = "", **more: Any) -> Hit:
    """A hit at a typed fact."""
    return Hit(part=f"facts/{address}{part}", place=Place("", address=address, space="facts"), **more)
