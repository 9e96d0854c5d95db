"""The preview: every page of the real PDF, figures that lead back, and the page beside the entry."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.test_shots import cut_texts, outside, shoot
from tests.gui.test_window import unnamed
from xinfang_desk.flow.preview import PrintPreview
from xinfang_desk.gui import page_painter
from xinfang_desk.gui.main_window import MainWindow
from xinfang_desk.gui.page_list import ListPage
from xinfang_desk.gui.page_painter import MOST_BYTES, TileKey
from xinfang_desk.gui.page_preview import PreviewPage
from xinfang_desk.gui.pages_view import PagesView
from xinfang_desk.gui.press import Press, press_of
from xinfang_desk.gui.print_view import PrintView
from xinfang_desk.gui.source_dialog import SourceDialog
from xinfang_desk.gui.spot_words import leads_back, what_it_is
from xinfang_desk.gui.workbench import Workbench
from xinfang_desk.messages import preview as words
from xinfang_desk.model.change import Change, SetField, SetUnit
from xinfang_desk.model.edition import Edition
from xinfang_desk.model.finding import Place
from xinfang_desk.model.pages import FigureSpot
from xinfang_desk.model.sheet import CellAddress

KEY = Qt.Key
PATIENCE = 20_000


def settled(press: Press, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: press.map is not None and not press.busy and not press.stale, timeout=PATIENCE)


def painted(view: PagesView, qtbot: QtBot) -> None:
    """All pieces in view are there and show the newest state."""
    view.viewport().repaint()
    qtbot.waitUntil(lambda: not view.press._watchers.get(view, ()), timeout=PATIENCE)


@pytest.fixture
def view(bench: Workbench, qtbot: QtBot) -> PrintView:
    bench.show_page("preview")
    page = bench.current()
    assert isinstance(page, PreviewPage)
    settled(page.pages.press, qtbot)
    return page.pages


def money_spot(pages: PagesView) -> FigureSpot:
    """A figure of the first table with figures."""
    assert pages.map is not None
    assert pages.press.edition is not None
    edition = pages.press.edition
    return next(spot for spot in pages.map.spots
                if spot.cell is not None and "." in spot.text and leads_back(spot, edition))


def point_of(pages: PagesView, spot: FigureSpot) -> QPoint:
    pages.show_spot(spot)
    box = pages._box_of(spot)
    assert box is not None
    return box.center().toPoint()


def change_line(bench: Workbench, by: int) -> None:
    line = next(iter(bench.hub.desk.year.lines.values()))
    assert line.amount is not None
    bench.hub.do(Change("改数", (SetField("lines", line.id, "amount", line.amount, line.amount + by),)))


def test_every_page_is_listed_and_painted(view: PrintView, qtbot: QtBot) -> None:
    pages = view.pages
    assert pages.map is not None
    count = len(pages.map.pages)
    assert view.index.list.count() == count > 20
    assert view.bar.number.maximum() == count
    for number in (0, 3, count - 1):
        pages.go_to(number)
        painted(pages, qtbot)
        assert pages.grab().toImage().size().width() > 300
        dark = pages.viewport().grab().toImage()
        assert any(dark.pixelColor(x, y).lightness() < 90 for x in range(40, dark.width() - 40, 2)
                   for y in range(0, dark.height(), 2))
    assert pages.page == count - 1
    assert view.bar.number.value() == count


def test_pages_are_laid_out_and_painted_away_from_the_windows_thread(
    bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from xinfang_desk.flow import preview

    painting: set[int] = set()
    laying: set[int] = set()
    tile, made = preview.PrintPreview.tile, preview.PrintPreview.__init__

    def noted_tile(self: preview.PrintPreview, page: int, scale: float, box: preview.Box) -> bytes:
        painting.add(threading.get_ident())
        return tile(self, page, scale, box)

    def noted_made(self: preview.PrintPreview, edition: Edition) -> None:
        laying.add(threading.get_ident())
        made(self, edition)

    monkeypatch.setattr(preview.PrintPreview, "tile", noted_tile)
    monkeypatch.setattr(preview.PrintPreview, "__init__", noted_made)
    bench.show_page("preview")
    page = bench.current()
    assert isinstance(page, PreviewPage)
    settled(page.pages.press, qtbot)
    painted(page.pages.pages, qtbot)
    assert painting
    assert laying
    assert threading.get_ident() not in painting | laying


def test_a_figure_tells_what_it_is_and_leads_to_its_explanation(
    view: PrintView, bench: Workbench, window: MainWindow, qtbot: QtBot
) -> None:
    spot = money_spot(view.pages)
    at = point_of(view.pages, spot)
    assert spot.cell is not None
    assert bench.hub.desk.explain(spot.cell).sentence in what_it_is(bench.hub, spot)
    told: list[str] = []
    view.told.connect(told.append)
    QTest.mouseMove(view.pages.viewport(), at)
    move = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), view.pages.viewport().mapToGlobal(QPointF(at)),
                       Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.pages.viewport(), move)
    assert told[-1] == bench.hub.desk.explain(spot.cell).sentence
    assert view.pages.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(bench.hub.source_wanted) as asked:
        QTest.mouseClick(view.pages.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [spot.cell]
    dialog = next(one for one in window.findChildren(SourceDialog) if one.isVisible())
    dialog.close()


def test_by_keyboard_figures_are_walked_and_chosen(view: PrintView, bench: Workbench, qtbot: QtBot) -> None:
    pages = view.pages
    pages.setFocus()
    number = pages.map.page_of("gpb_function") if pages.map else None
    assert number is not None
    pages.go_to(number)
    QTest.keyClick(pages, KEY.Key_Right)
    first = pages.current
    QTest.keyClick(pages, KEY.Key_Right)
    second = pages.current
    assert first is not None
    assert second is not None
    assert (first.page, second.page) == (number, number)
    assert first != second
    QTest.keyClick(pages, KEY.Key_Left)
    assert pages.current == first
    assert pages.accessibleDescription() == what_it_is(bench.hub, first)
    with qtbot.waitSignal(pages.chosen):
        QTest.keyClick(pages, KEY.Key_Return)
    for dialog in bench.window().findChildren(SourceDialog):
        dialog.close()


def test_typed_words_in_the_narrative_lead_to_their_field(view: PrintView, bench: Workbench) -> None:
    assert view.pages.map is not None
    spot = next(s for s in view.pages.map.spots if s.address.startswith("facts:duties"))
    at = point_of(view.pages, spot)
    QTest.mouseClick(view.pages.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert bench.current().page.id == "duties"


def test_zoom_by_buttons_keys_and_wheel(view: PrintView, qtbot: QtBot) -> None:
    pages = view.pages
    pages.setFocus()
    before = pages.percent()
    QTest.keyClick(pages, KEY.Key_Plus, Qt.KeyboardModifier.AltModifier)
    larger = pages.percent()
    assert larger > before
    QTest.keyClick(pages, KEY.Key_Minus, Qt.KeyboardModifier.AltModifier)
    assert pages.percent() < larger
    centre = QPointF(pages.viewport().rect().center())
    wheel = QWheelEvent(centre, pages.viewport().mapToGlobal(centre), QPoint(), QPoint(0, 120),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
                        Qt.ScrollPhase.NoScrollPhase, False)
    now = pages.percent()
    QApplication.sendEvent(pages.viewport(), wheel)
    assert pages.percent() > now
    assert view.bar.zoom.currentText() == f"{round(pages.percent())}%"
    pages.set_zoom("page")
    assert pages._desktop.pages[0].height <= pages.viewport().height()
    pages.set_columns(2)
    first, second = pages._desktop.pages[:2]
    assert first.y == second.y
    assert second.x > first.x + first.width


def test_memory_is_bounded_whatever_is_looked_at(view: PrintView, qtbot: QtBot) -> None:
    pages = view.pages
    assert pages.map is not None
    pages.set_zoom(400)
    for number in range(len(pages.map.pages)):
        pages.go_to(number)
        painted(pages, qtbot)
    assert 10_000_000 < pages.press.tiles.bytes <= MOST_BYTES


def test_pages_are_found_by_the_name_of_their_table(view: PrintView) -> None:
    view.index.search.setText("三公")
    shown = [view.index.list.item(row).text() for row in range(view.index.list.count())
             if not view.index.list.item(row).isHidden()]
    assert shown
    assert all("三公" in text for text in shown)
    QTest.keyClick(view.index.search, KEY.Key_Return)
    assert view.pages.map is not None
    assert "三公" in view.pages.map.pages[view.pages.page].title
    view.index.search.setText("没有这张表")
    assert view.index.nothing.isVisible()
    view.index.search.clear()
    assert not view.index.nothing.isVisible()


def test_after_an_edit_the_old_picture_stays_until_the_new_one_is_there(
    view: PrintView, bench: Workbench, qtbot: QtBot
) -> None:
    pages, press = view.pages, view.press
    assert pages.map is not None
    number = pages.map.page_of("gpb_function")
    assert number is not None
    pages.go_to(number)
    painted(pages, qtbot)
    old, generation = pages.map, press.generation
    text = next(s.text for s in old.on(number) if "." in s.text)
    change_line(bench, 1_000_000)
    assert press.busy
    assert words.BUSY in view.bar.state.text()
    assert pages.map is old
    assert press.generation == generation
    settled(press, qtbot)
    painted(pages, qtbot)
    assert press.generation == generation + 1
    assert words.BUSY not in view.bar.state.text()
    assert next(s.text for s in pages.map.on(number) if "." in s.text) != text
    assert {cell.table for cell in press.fresh} >= {"gpb_function"}
    assert pages.page == number


def test_f5_shows_the_page_of_the_table_beside_the_entry(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    bench.show_page("basic")
    QTest.keyClick(bench.current(), KEY.Key_F5)
    side = bench.beside.side
    assert side is not None
    assert side.isVisible()
    settled(press_of(bench.hub), qtbot)
    painted(side.pages, qtbot)
    assert side.pages.map is not None
    assert side.pages.page == side.pages.map.page_of("gpb_function") or \
        side.pages.map.pages[side.pages.page].sheet == bench.current().page.table
    assert bench.findings.isVisible()
    assert bench.sheet.isHidden()
    shoot(window, "90-side-below")
    assert [*cut_texts(window), *outside(window)] == []
    assert unnamed(side) == []
    QTest.mouseClick(side.other, Qt.MouseButton.LeftButton)
    assert bench.findings.isHidden()
    assert side.isVisible()
    # The strip of approved totals lays itself out in two rows here, a moment later.
    qtbot.waitUntil(lambda: not [*cut_texts(window), *outside(window)], timeout=PATIENCE)
    painted(side.pages, qtbot)
    shoot(window, "91-side-right")
    bench.show_page("sangong")
    assert "三公" in side.pages.map.pages[side.pages.page].title
    bench.show_page("duties")
    assert side.pages.map.pages[side.pages.page].kind == "text"
    bench.show_page("preview")
    assert side.isHidden()
    bench.show_page("basic")
    assert side.isVisible()
    QTest.keyClick(bench.current(), KEY.Key_F5)
    assert side.isHidden()
    assert bench.findings.isVisible()
    assert bench.sheet.isVisible()


def test_an_edit_renews_the_page_beside_it(bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page("basic")
    bench.beside.toggle()
    press = press_of(bench.hub)
    settled(press, qtbot)
    generation = press.generation
    change_line(bench, 500_000)
    settled(press, qtbot)
    assert press.generation == generation + 1
    bench.beside.toggle()
    change_line(bench, 500_000)
    qtbot.wait(800)
    assert press.generation == generation + 1, "nobody looks: nothing is laid out"


def test_pages_laid_out_anew_before_a_piece_was_painted_are_painted_all_the_same(
    bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, held = threading.Event(), threading.Event()
    paint = page_painter._painted

    def slowly(preview: PrintPreview, key: TileKey) -> QImage | None:
        held.set()
        gate.wait(PATIENCE / 1000)
        return paint(preview, key)

    monkeypatch.setattr(page_painter, "_painted", slowly)
    bench.show_page("basic")
    bench.beside.toggle()
    assert bench.beside.side is not None
    pages = bench.beside.side.pages
    settled(pages.press, qtbot)
    qtbot.waitUntil(held.is_set, timeout=PATIENCE)
    wanted = pages.press._watchers[pages]
    assert wanted
    change_line(bench, 100)
    qtbot.waitUntil(lambda: pages.press.generation == 2, timeout=PATIENCE)
    settled(pages.press, qtbot)
    qtbot.wait(50)
    gate.set()
    painted(pages, qtbot)
    tiles = [pages.press.tiles.get(key) for key in wanted]
    assert [tile.generation for tile in tiles if tile is not None] == [2] * len(wanted)


def test_a_cell_is_shown_where_it_is_printed(bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page("basic")
    table = bench.sheet.view.sheet_model.sheet
    assert table is not None
    bench.sheet.view.setFocus()
    bench.sheet.view.setCurrentIndex(bench.sheet.view.sheet_model.index(2, 3))
    cell = bench.sheet.view.sheet_model.address(2, 3)
    assert cell is not None
    QTest.keyClick(bench.sheet.view, KEY.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    side = bench.beside.side
    assert side is not None
    settled(press_of(bench.hub), qtbot)
    assert side.pages.lit == {cell}
    spot = side.pages.map.of(cell)[0] if side.pages.map else None
    assert spot is not None
    assert side.pages.page == spot.page
    said: list[str] = []
    bench.hub.said.connect(said.append)
    bench.hub.show_printed((CellAddress("nowhere", "a", "b"),))
    assert said == [words.NOT_PRINTED]


def test_a_place_on_the_preview_page_is_lit(view: PrintView, bench: Workbench) -> None:
    spot = money_spot(view.pages)
    bench.go(Place("preview", cell=spot.cell))
    assert spot.cell in view.pages.lit
    assert view.pages.page == spot.page


def test_closing_the_book_while_pages_are_laid_out(window: MainWindow, bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page("preview")
    window.close_book()
    assert window.bench is None
    qtbot.wait(50)


def test_a_line_of_the_entry_is_shown_where_its_amount_is_printed(bench: Workbench, qtbot: QtBot) -> None:
    bench.show_page("basic")
    page = bench.current()
    assert isinstance(page, ListPage)
    view = page.panes["lines"].view
    view.setFocus()
    view.go_to(2, next(j for j, spec in enumerate(view.grid_model.columns) if spec.field == "amount"))
    QTest.keyClick(view, KEY.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    side = bench.beside.side
    assert side is not None
    settled(press_of(bench.hub), qtbot)
    assert side.pages.map is not None
    assert {cell.table for cell in side.pages.lit} >= {page.page.table}
    assert side.pages.map.pages[side.pages.page].sheet == page.page.table
    bench.show_page("duties")
    field = next(field for field in bench.current().page.fields if field.address == "duties")
    bench.beside.show_cells((), f"facts:{field.address}")
    assert side.pages.map.pages[side.pages.page].kind == "text"
    spots = [spot for spot in side.pages.map.spots if side.pages._is_lit(spot)]
    assert spots
    assert all(spot.address.startswith("facts:duties") for spot in spots)


def test_the_explanation_of_a_figure_leads_to_its_page(bench: Workbench, window: MainWindow, qtbot: QtBot) -> None:
    bench.show_page("basic")
    cell = CellAddress("gpb_function", bench.hub.desk.sheet("gpb_function").rows[0].key, "total")
    bench.hub.show_source(cell)
    dialog = next(one for one in window.findChildren(SourceDialog) if one.isVisible())
    dialog.printed.click()
    side = bench.beside.side
    assert side is not None
    settled(press_of(bench.hub), qtbot)
    assert side.pages.lit == {cell}


def test_what_no_font_can_print_is_told_and_the_old_pages_stay(
    view: PrintView, bench: Workbench, qtbot: QtBot
) -> None:
    pages, press = view.pages, view.press
    old, unit = pages.map, bench.hub.desk.year.unit
    with qtbot.waitSignal(press.failed, timeout=PATIENCE) as told:
        bench.hub.do(Change("改名", (SetUnit(unit, replace(unit, name="某县\U0001f600局")),)))
    assert view.trouble.isVisible()
    assert view.trouble.text() == (told.args or [""])[0]
    assert "\U0001f600" in view.trouble.text()
    assert pages.map is old
    bench.hub.undo()
    settled(press, qtbot)
    assert view.trouble.isHidden()
    assert pages.map is not old


def test_ctrl_and_the_wheel_zoom_the_pages_here_and_the_type_elsewhere(view: PrintView, window: MainWindow) -> None:
    def turned(widget: QWidget) -> bool:
        """Whether the program takes the turn of the wheel for the size of type."""
        at = QPointF(widget.rect().center())
        wheel = QWheelEvent(at, widget.mapToGlobal(at), QPoint(), QPoint(0, 8), Qt.MouseButton.NoButton,
                            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False)
        return window.appearance.eventFilter(window.windowHandle(), wheel)

    assert not turned(view.pages.viewport())
    assert turned(view.index.list.viewport())
