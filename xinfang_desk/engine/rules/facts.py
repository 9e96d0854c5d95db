"""Rules about the answers on the wizard pages: what must be answered, and what fits together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from xinfang_desk.engine.rules.params import Params, at_fact, number, word, words
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.messages import rules as said
from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.finding import Place
from xinfang_desk.model.pack import FormField


@rule("required_facts", reads={"facts", "priors", "approved", "unit", "amounts"})
def required_facts(context: RuleContext, params: Params) -> Iterable[Hit]:
    """Every required question of ``pages`` (none named: all) is answered, where it is asked at all.

    Slots: name (the question's label).
    """
    pages = words(params, "pages")
    for page in context.pack.pages:
        if pages and page.id not in pages:
            continue
        for field in page.fields:
            if field.required and not field.address.endswith(".*") and _blank(context, field) and (
                    field.when is None or context.engine.holds(field.when)):
                yield Hit(part=f"{field.space}/{field.address}", slots={"name": field.label, "page": page.title},
                          place=Place(page.id, address=field.address, space=field.space))


def _blank(context: RuleContext, field: FormField) -> bool:
    year = context.year
    if field.space == "unit":
        return not getattr(year.unit, field.address.removeprefix("unit."))
    found = getattr(year, field.space).get(field.address)
    return found is None or found is False or found == "" or found == ()


@rule("unit_kind_matches_staff", reads={"facts", "unit"})
def unit_kind_matches_staff(context: RuleContext, params: Params) -> Iterable[Hit]:
    """J-01: a 事业 unit has no 行政 or 参公 posts, and a 行政 or 参公 unit has some.

    Slots: name (the unit's kind), value (what does not fit).
    """
    posts = {post: context.engine.fact(f"staff.posts.{post}") for post in ("admin", "like")}
    own = sum(n for n in posts.values() if isinstance(n, int))
    kind = context.year.unit.kind
    place = Place("unit", address="kind", space="unit")
    if kind in (UnitKind.PUBLIC_1, UnitKind.PUBLIC_2) and own > 0:
        yield Hit(part="public", place=place, money=False, actual=own,
                  slots={"name": kind.value, "value": said.POSTS_THERE.format(count=own)})
    elif kind.is_admin and own == 0 and any(isinstance(n, int) for n in posts.values()):
        yield Hit(part="admin", place=place, money=False, actual=0,
                  slots={"name": kind.value, "value": said.NO_POSTS})


@rule("within_days", reads={"facts"})
def within_days(context: RuleContext, params: Params) -> Iterable[Hit]:
    """S-13: ``to`` is at most ``days`` days after ``from`` and not before it. Slots: left (days), value (in words)."""
    start, end = (_date(context, word(params, side)) for side in ("from", "to"))
    limit = number(params, "days", 20)
    if start is None or end is None:
        return
    passed = (end - start).days
    if not 0 <= passed <= limit:
        told = (said.DAYS_AFTER if passed > 0 else said.DAYS_BEFORE).format(days=abs(passed))
        yield at_fact(word(params, "to"), actual=passed, expected=limit, money=False,
                      slots={"left": str(passed), "right": str(limit), "value": told})


def _date(context: RuleContext, address: str) -> dt.date | None:
    found = context.engine.fact(address)
    try:
        return dt.date.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        return None
