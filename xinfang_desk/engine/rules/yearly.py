"""Rules that hold this year against last year: directions told right, big moves explained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xinfang_desk.engine.rules import reading
from xinfang_desk.engine.rules.params import Params, at_fact, number, word, words
from xinfang_desk.engine.rules.prose import amount, condition, reckoned
from xinfang_desk.engine.rules.registry import Hit, RuleContext, rule
from xinfang_desk.messages import marks
from xinfang_desk.model.codes import CodeKind

_NO_DIRECTION = re.compile("(提高|提升|增强|增加|降低|减少)[^，。；、]{0,6}(效率|效益|效能|质量|浪费|风险|能力)")
"""What a saving or an effort aims at is no direction of the budget."""

_READS = {"lines", "amounts", "facts", "priors"}


def _reason(context: RuleContext, name: str) -> str:
    found = context.engine.fact(f"reason.{name}")
    return found.strip() if isinstance(found, str) else ""


@dataclass(frozen=True, slots=True)
class _Account:
    code: str
    name: str
    now: int
    before: int

    @property
    def moved(self) -> int:
        return self.now - self.before


def _accounts(context: RuleContext, params: Params) -> Iterator[_Account]:
    """This year's sum and last year's figure of each account; none while last year's are not filled at all."""
    kind = CodeKind(word(params, "by", "function"))
    length = kind.lengths[number(params, "level", 1) - 1]
    stem = word(params, "prior", kind.value) + "."
    before = {a.removeprefix(stem): fen for a, fen in context.year.priors.items() if a.startswith(stem)}
    if not before:
        return
    now = context.engine.sums("lines", kind.value, length, condition(word(params, "where")))
    for code in sorted(now.keys() | before.keys()):
        name = context.engine.code_name(kind.value, code)
        yield _Account(code, marks.WITH.format(name=name, detail=code), now.get(code, 0), before.get(code, 0))


@rule("reason_direction", reads=_READS)
def reason_direction(context: RuleContext, params: Params) -> Iterable[Hit]:
    """Y-06: a reason that tells a rise does not stand beside a fall, nor the other way round.

    Silent where the reason tells of both, and where last year's figure is not filled. Slots: name (the field's
    label), value (the word).
    """
    labels = {field.address: field.label for page in context.pack.pages for field in page.fields}
    items = params.get("items", ())
    for item in items if isinstance(items, list | tuple) else ():
        now, before, name = (str(part) for part in item)
        text = _NO_DIRECTION.sub("", _reason(context, name))
        last = amount(context, before)
        if not text or last is None:
            continue
        moved = reckoned(context, now) - last
        up, down = _first(text, reading.UP_WORDS), _first(text, reading.DOWN_WORDS)
        wrong = up if moved < 0 and not down else down if moved > 0 and not up else ""
        if wrong:
            address = f"reason.{name}"
            yield at_fact(address, slots={"name": labels.get(address, name), "value": wrong})


def _first(text: str, wanted: Iterable[str]) -> str:
    return next((w for w in wanted if w in text), "")


@rule("big_change", reads=_READS)
def big_change(context: RuleContext, params: Params) -> Iterable[Hit]:
    """Y-10: a move of more than ``percent`` and ``amount`` (分) has one of ``words`` in its reason.

    Slots: row, name, code, left, right, difference.
    """
    percent, floor, wanted = number(params, "percent"), number(params, "amount"), words(params, "words")
    for account in _accounts(context, params):
        big = abs(account.moved) > floor and abs(account.moved) * 100 > percent * abs(account.before)
        name = f"{word(params, 'reason')}.{account.code}"
        if big and not _first(_reason(context, name), wanted):
            yield at_fact(f"reason.{name}", row=account.name, actual=account.now, expected=account.before,
                          slots={"row": account.name, "name": account.name, "code": account.code})


@rule("gone_accounts", reads={"lines", "facts", "priors"})
def gone_accounts(context: RuleContext, params: Params) -> Iterable[Hit]:
    """Y-05: an account that had money last year and has none in ``table`` this year has a reason
    (``reason.<reason>.<code>``). Slots: row, name, code, right (last year's figure).
    """
    stem = word(params, "reason")
    for handle in context.engine.gone(word(params, "table"), number(params, "level", 3)):
        name = f"{stem}.{handle.code}"
        if not _reason(context, name):
            row = marks.WITH.format(name=handle.name, detail=handle.code)
            yield at_fact(f"reason.{name}", row=row, actual=0, expected=context.year.priors[f"{stem}.{handle.code}"],
                          slots={"row": row, "name": row, "code": handle.code})
