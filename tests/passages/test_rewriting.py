"""A paragraph in the clerk's own words: the figures follow, and it asks for a second look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.passages.test_compose import told, year_of
from xinfang_desk.flow.rewrite import look_again, paragraph_of, rewrite
from xinfang_desk.model.change import apply
from xinfang_desk.model.ledger import Unit, Year
from xinfang_desk.model.passage import Document, Paragraph, Run
from xinfang_desk.model.sheet import CellAddress
from xinfang_desk.passages.rewriting import address_of, as_rewritten, rewriting

CELL = (CellAddress("t", "r", "c"),)


def paragraph_with(document: Document, words: str) -> Paragraph:
    return next(p for passage in document.passages for p in passage.paragraphs if words in p.text)


def test_figures_stay_bound_and_follow(project_dir: Path) -> None:
    year = year_of("004", project_dir)
    document = told(year, project_dir)
    paragraph = paragraph_with(document, "安排机关运行经费")
    change = rewrite(year, paragraph, "今年机关运行经费7.72万元，较去年减少9.02万元，省下的钱用在办信上。")
    assert change is not None
    year = apply(year, change)
    again = paragraph_of(told(year, project_dir), paragraph.key)
    assert again.rewritten
    assert not again.stale
    assert again.text == "今年机关运行经费7.72万元，较去年减少9.02万元，省下的钱用在办信上。"
    line = next(i for i, item in year.lines.items() if item.econ_dept == "30217")
    year = replace(year, lines={**year.lines, line: replace(year.lines[line], amount=800_000)})
    moved = paragraph_of(told(year, project_dir), paragraph.key)
    assert moved.text == "今年机关运行经费7.82万元，较去年减少8.92万元，省下的钱用在办信上。"
    assert moved.stale
    seen = look_again(year, moved)
    assert seen is not None
    assert not paragraph_of(told(apply(year, seen), project_dir), paragraph.key).stale


def test_blank_text_takes_the_programs_words_back(project_dir: Path) -> None:
    year = year_of("004", project_dir)
    paragraph = paragraph_with(told(year, project_dir), "安排机关运行经费")
    change = rewrite(year, paragraph, "一句话。")
    assert change is not None
    rewritten = apply(year, change)
    back = rewrite(rewritten, paragraph_of(told(rewritten, project_dir), paragraph.key), "  ")
    assert back is not None
    assert apply(rewritten, back) == year
    assert rewrite(year, paragraph, paragraph.text) is None


def test_a_figure_is_found_as_a_whole_number_only() -> None:
    paragraph = as_rewritten(Paragraph((Run("共"), Run("7.7", CELL), Run("万元"))), "s.1", Year(Unit("某"), 2023, "p"))
    assert paragraph.figures == ("7.7",)
    assert rewriting(paragraph, "共7.72万元，其中7.7万元")[0][0] == "共7.72万元，其中{0}万元"  # type: ignore[index]
    assert rewriting(paragraph, "合计7.7。")[0][0] == "合计{0}。"  # type: ignore[index]


@given(st.text(max_size=40), st.lists(st.from_regex(r"\A\d{1,3}(\.\d{1,2})?\Z"), max_size=4))
def test_what_is_written_is_what_is_printed(text: str, figures: list[str]) -> None:
    original = Paragraph(tuple(Run(figure, CELL) for figure in figures))
    year = Year(Unit("某"), 2023, "p")
    paragraph = as_rewritten(original, "s.1", year)
    kept = replace(year, facts={address_of("s.1"): rewriting(paragraph, text)})
    again = as_rewritten(original, "s.1", kept)
    if text:
        assert again.text == text
        assert not again.stale
