"""The pictures on paper: figures readable, nothing outside its frame, read back from the finished PDF."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing, Line, Rect, String

from xinfang_desk.model.chart import Chart, Series
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.money import MoneyUnit, format_amount
from xinfang_desk.paper.chart import drawing, svg
from xinfang_desk.paper.errors import MissingGlyph, ReadbackError
from xinfang_desk.paper.fonts import stack
from xinfang_desk.paper.pdf import MadePdf, document_pdf, narrative_pdf
from xinfang_desk.paper.readback import check_pdf, pdf_texts

LONG = "文化旅游体育与传媒支出和其他名称很长的支出科目"
CHART = Chart("functions", "支出按功能分类", "grouped", ("一般公共服务支出", LONG),
              (Series("2023年", (187_11_00_00, 8_68_00_00)), Series("2022年", (159_03_00_00, None))), "两类支出各是多少。")
STACK = Chart("shape", "基本支出与项目支出", "stacked", ("2023年",),
              (Series("人员经费", (164_26_00_00,)), Series("公用经费", (7_72_00_00,)), Series("项目支出", (54_72_00_00,))),
              "合计是三项之和。")


def outside(made: Drawing) -> list[str]:
    found = []
    for shape in made.contents:
        if isinstance(shape, Rect):
            box = (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
        elif isinstance(shape, Line):
            box = (min(shape.x1, shape.x2), min(shape.y1, shape.y2), max(shape.x1, shape.x2), max(shape.y1, shape.y2))
        else:
            assert isinstance(shape, String)
            width = stack("hei").width(shape.text, shape.fontSize)
            box = (shape.x, shape.y, shape.x + width, shape.y + shape.fontSize * 0.8)
        if box[0] < -0.1 or box[1] < -0.1 or box[2] > made.width + 0.1 or box[3] > made.height + 0.1:
            found.append(f"{type(shape).__name__} {box}")
    return found


def said(made: Drawing) -> list[str]:
    return [shape.text for shape in made.contents if isinstance(shape, String)]


def test_every_bar_says_its_figure() -> None:
    assert {"187.11", "8.68", "159.03"} <= set(said(drawing(CHART)))
    assert {"164.26", "54.72", "226.70"} <= set(said(drawing(STACK)))
    assert "2022年" in said(drawing(CHART))


AMOUNT = st.none() | st.integers(-9_999_999_00, 99_999_999_00)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_nothing_is_drawn_outside_the_frame(data: st.DataObject) -> None:
    count, series = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 4))
    values = st.lists(AMOUNT, min_size=count, max_size=count)
    chart = Chart("x", "图", "grouped", tuple(LONG[:3 + 5 * n] for n in range(count)),
                  tuple(Series(f"第{n}组", tuple(data.draw(values))) for n in range(series)), "说明。")
    made = drawing(chart)
    assert outside(made) == []
    wanted = [format_amount(v, MoneyUnit.WAN, thousands=True) for s in chart.series for v in s.values if v is not None]
    texts = said(made)
    assert all(text in texts for text in wanted)


def test_the_screen_gets_the_same_words() -> None:
    root = ElementTree.fromstring(svg(CHART))
    texts = {element.text for element in root.iter() if element.tag.endswith("text")}
    assert texts == set(said(drawing(CHART)))


def test_pictures_are_printed_behind_the_narrative_and_read_back(edition: Edition) -> None:
    pictured = replace(edition, charts=(CHART, STACK))
    made = document_pdf(pictured)
    assert made.chart_pages
    assert min(made.chart_pages) == max(made.text_pages) + 1
    text = pdf_texts(made.data)[made.chart_pages[0]]
    assert "187.11" in text
    assert CHART.sentence in text
    check_pdf(made, pictured, "完整.pdf")
    check_pdf(narrative_pdf(pictured), pictured, "说明.pdf")
    assert document_pdf(pictured).data == made.data
    with pikepdf.open(BytesIO(made.data)) as pdf:
        with pdf.open_outline() as outline:
            assert "附图" in [item.title for item in outline.root]
        figures = [item for item in pdf.objects
                   if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.Figure]
        assert [str(item["/Alt"]) for item in figures] == [CHART.sentence, STACK.sentence]


def test_a_picture_that_says_something_else_is_not_handed_over(edition: Edition) -> None:
    made = document_pdf(replace(edition, charts=(CHART,)))
    other = replace(CHART, series=(Series("2023年", (1_00, 2_00)),))
    with pytest.raises(ReadbackError):
        check_pdf(made, replace(edition, charts=(other,)), "完整.pdf")


def test_without_pictures_nothing_is_added(edition: Edition, document: MadePdf) -> None:
    assert document.chart_pages == ()
    assert document_pdf(replace(edition, charts=())).data == document.data


def test_a_character_no_font_has_is_named(edition: Edition) -> None:
    with pytest.raises(MissingGlyph):
        document_pdf(replace(edition, charts=(replace(CHART, sentence="\U0001f600"),)))
