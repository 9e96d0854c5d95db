"""What a screen reader says of sections, cells and findings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from xinfang_desk.gui.grid_pane import GridPane
from xinfang_desk.gui.spoken import entry_cell, figure
from xinfang_desk.gui.workbench import Workbench

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.mark.parametrize(("shown", "said"), [
    ("252,000.00", "252000元"), ("-1,234.56", "负1234.56元"), ("0.00", "0元")])
def test_figures_are_said_as_numbers(shown: str, said: str) -> None:
    assert figure(shown, "元") == said


def test_a_blank_cell_is_called_blank_and_a_marked_one_says_why() -> None:
    assert entry_cell(3, "金额", "", unit="元") == "第3行，金额，空白"
    assert entry_cell(3, "金额", "5.00", unit="元", reason="多了一位。") == "第3行，金额，5元。多了一位。"


def test_every_cell_of_an_entry_table_is_said_with_row_and_column(pane: Callable[[str, str], GridPane]) -> None:
    model = pane("basic", "lines").model
    for row in (0, model.rowCount() - 1):
        for column, spec in enumerate(model.columns):
            said = model.index(row, column).data(SPOKEN)
            assert said.startswith(f"第{row + 1}行，{spec.title}，")
    amount = next(i for i, spec in enumerate(model.columns) if spec.field == "amount")
    assert model.index(0, amount).data(SPOKEN) == "第1行，金额，252000元"


def test_every_cell_of_a_filled_table_is_said_with_its_names(bench: Workbench) -> None:
    bench.show_page("basic")
    model = bench.sheet.view.sheet_model
    assert model.sheet is not None
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            said = model.index(row, column).data(SPOKEN)
            assert said.count("，") >= 2
            assert model.sheet.rows[row].cells[column].text.replace(",", "").removesuffix(".00") in said
    figures = [model.index(row, column).data(SPOKEN) for row in range(model.rowCount())
               for column in range(model.columnCount()) if model.sheet.rows[row].cells[column].kind == "money"]
    assert any("合计，" in said and said.endswith("万元") for said in figures)


def test_sections_are_said_with_number_and_state(bench: Workbench) -> None:
    model = bench.sections.section_model
    for row, section in enumerate(model.sections):
        said = model.index(row, 0).data(SPOKEN)
        assert str(row + 1) in said
        assert section.page.title in said
        assert section.words in said
