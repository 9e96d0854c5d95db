"""Text with slots: what is read, and what is refused with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desk.expr import FormulaError
from xinfang_desk.expr.template import PairSlot, TypedSlot, ValueSlot, Words, WordSlot, parse_template
from xinfang_desk.model.formula import CellRef, Fetch


def test_every_kind_of_slot() -> None:
    pieces = parse_template('{year-1}年{unit}{summary[income_total].income_amount|fixed}万元，{change(a, prior("basic"))}，'
                            '{reason("function.{code}")}{text("duties")}{1}{{花}}')
    assert pieces == (
        WordSlot("year-1"), Words("年"), WordSlot("unit"),
        ValueSlot(CellRef("summary", "income_total", "income_amount"), "fixed"), Words("万元，"),
        PairSlot("change", CellRef(column="a"), Fetch("priors", "basic"), ""), Words("，"),
        TypedSlot("reason.function.{code}"), TypedSlot("duties"), WordSlot("1"), Words("{花}"))


@pytest.mark.parametrize(("text", "position"), [
    ("前{a", 1), ("前a}", 2), ("共{lines(}", 2), ("{change(a)}", 1), ("{text(a)}", 1), ("{}", 1)])
def test_what_cannot_be_read_is_refused_at_its_place(text: str, position: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_template(text)
    assert caught.value.position >= position
    assert caught.value.message_cn.endswith("。")


def outcome(text: str) -> tuple[object, ...] | FormulaError:
    try:
        return parse_template(text)
    except FormulaError as error:
        return error


@given(st.text(alphabet='{}[]()"|年abyear-1.,', max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    read = outcome(text)
    assert read.message_cn if isinstance(read, FormulaError) else all(read)


@given(st.text(max_size=30))
def test_words_alone_are_printed_as_they_stand(text: str) -> None:
    doubled = text.replace("{", "{{").replace("}", "}}")
    assert "".join(piece.text for piece in parse_template(doubled) if isinstance(piece, Words)) == text
