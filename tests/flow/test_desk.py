"""One open book, live: edits move sheets, text and findings, reach the disk, and can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from xinfang_desk.engine.findings import Findings
from xinfang_desk.flow.desk import Desk
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.grid import columns, set_cell
from xinfang_desk.flow.library import new_sample, open_desk
from xinfang_desk.flow.outcome import Outcome
from xinfang_desk.flow.sample_list import samples
from xinfang_desk.flow.sections import sections
from xinfang_desk.model.change import Change, Delete, SetField
from xinfang_desk.model.ledger import Kind
from xinfang_desk.model.money import MoneyUnit
from xinfang_desk.model.pack import Severity

AMOUNT = next(column for column in columns("lines") if column.field == "amount")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "紫阳 账册.xfb"
    new_sample("004", path)
    return path


@pytest.fixture
def desk(book: Path) -> Iterator[Desk]:
    opened = open_desk(book)
    yield opened
    opened.close()


def reception(desk: Desk) -> int:
    return next(i for i, line in desk.year.lines.items() if line.econ_dept == "30217")


def type_amount(desk: Desk, line: int, text: str) -> Outcome:
    change = set_cell(desk.year, "lines", line, AMOUNT, text, desk.codes, MoneyUnit.WAN)
    assert change is not None
    return desk.do(change)


def test_one_amount_moves_tables_text_and_findings_at_once(desk: Desk) -> None:
    assert desk.verdict().ready
    told: list[Outcome] = []
    desk.subscribe(told.append)
    outcome = type_amount(desk, reception(desk), "0.8")
    assert told == [outcome]
    assert {"summary", "sangong"} <= outcome.sheets
    totals = {row.key_at(j): cell.text for row in desk.sheet("summary").rows for j, cell in enumerate(row.cells)
              if cell.kind == "money"}
    assert totals["income_total"] == "226.70"
    assert totals["function_total"] == "226.80"
    assert any("0.8万元" in p.text for passage in desk.document().passages for p in passage.paragraphs)
    found = {finding.check: finding for finding in desk.findings() if finding.severity is Severity.ERROR}
    assert found["T-01"].difference in (-100_000, 100_000)
    assert not desk.verdict().ready
    assert "不能公开" in desk.verdict().sentence


def test_undo_and_redo_survive_closing(book: Path) -> None:
    desk = open_desk(book)
    line = reception(desk)
    type_amount(desk, line, "0.8")
    desk.close()
    desk = open_desk(book)
    assert desk.undo_label is not None
    assert desk.undo() is not None
    assert desk.year.lines[line].amount == 700_000
    assert desk.verdict().ready
    assert desk.redo() is not None
    assert desk.year.lines[line].amount == 800_000
    assert desk.undo() is not None
    assert desk.undo() is None
    desk.close()


def test_what_was_typed_is_there_for_the_next_one_who_opens(book: Path) -> None:
    desk = open_desk(book)
    line = reception(desk)
    type_amount(desk, line, "0.66")
    assert desk.saved()
    reader = open_desk(book, read_only=True)
    assert reader.year.lines[line].amount == 660_000
    with pytest.raises(DeskError, match="只读"):
        reader.do(Change("改", (SetField("lines", line, "amount", 660_000, 1),)))
    reader.close()
    desk.close()


def test_a_second_window_cannot_write(desk: Desk, book: Path) -> None:
    with pytest.raises(DeskError, match="只读"):
        open_desk(book)


def test_a_warning_is_answered_and_asked_again(desk: Desk) -> None:
    warning = next(f for f in desk.findings() if f.severity is Severity.WARNING)
    desk.explain_warning(warning, "")
    assert desk.verdict().warnings == 1
    desk.explain_warning(warning, "已与批复核对。")
    assert desk.verdict().ready
    assert next(f for f in desk.findings() if f.key == warning.key).explanation == "已与批复核对。"


def test_every_question_of_the_pages_is_asked_account_by_account(desk: Desk) -> None:
    page = next(page for page in desk.pack.pages if page.id == "prior")
    asked = {field.address for field in desk.fields(page)}
    assert {"function.2010308", "econ_dept.301", "econ_gov.501", "reason.function.2010301"} <= asked
    assert not any(address.endswith("*") for address in asked)


def test_the_map_says_where_something_is_missing(desk: Desk) -> None:
    line = next(i for i, item in desk.year.lines.items() if item.kind is Kind.PROJECT)
    position = list(desk.year.lines).index(line)
    desk.do(Change("删", (Delete("lines", desk.year.lines[line], position),)))
    states = {section.page.id: section for section in desk.sections()}
    assert any(section.state == "error" and "处错误" in section.words for section in states.values())


def test_pages_where_nothing_is_filled_in_are_never_done(desk: Desk) -> None:
    looked_at = {section.page.kind: section.words for section in desk.sections() if section.state == "look"}
    assert looked_at == {"review": "随时可看", "preview": "随时可看", "export": "可以生成"}


def test_a_list_nobody_has_filled_in_is_not_done(desk: Desk) -> None:
    page = next(page for page in desk.pack.pages if page.kind == "purchases")
    for record in list(desk.year.purchases.values()):
        desk.do(Change("删", (Delete("purchases", record, 0),)))
    standing = next(one for one in sections(desk.pack, desk.year, (), lambda _: True) if one.page is page)
    assert (standing.state, standing.words) == ("open", "未填写")


@pytest.mark.parametrize("sample", [sample.id for sample in samples() if not sample.practice])
def test_every_sample_is_fit_to_be_published(sample: str, tmp_path: Path) -> None:
    path = tmp_path / "样例.xfb"
    new_sample(sample, path)
    desk = open_desk(path)
    unanswered = [f.sentence for f in desk.findings()
                  if f.severity is Severity.ERROR or (f.severity is Severity.WARNING and not f.explanation)]
    assert unanswered == []
    assert desk.verdict().ready
    desk.close()


def test_an_existing_file_is_never_overwritten(book: Path) -> None:
    before = book.read_bytes()
    with pytest.raises(DeskError, match="不会覆盖"):
        new_sample("003", book)
    assert book.read_bytes() == before


def test_refusals_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="现有"):
        new_sample("999", tmp_path / "a.xfb")
    with pytest.raises(DeskError, match="找不到"):
        open_desk(tmp_path / "没有.xfb")
    (tmp_path / "假.xfb").write_text("不是账册", encoding="utf-8")
    with pytest.raises(DeskError, match="不是账册"):
        open_desk(tmp_path / "假.xfb")


def test_a_closed_pack_prints_tables_that_close(book: Path) -> None:
    desk = open_desk(book)
    assert desk.adjustments() == ()
    desk.pack = replace(desk.pack, rounding="closed")  # as a county's own pack may ask
    staff = [i for i, line in desk.year.lines.items() if line.kind is Kind.STAFF][:3]
    steps = tuple(SetField("lines", i, "amount", desk.year.lines[i].amount, 1_004_000) for i in staff)
    desk.do(Change("改", steps))
    moved = desk.adjustments()
    assert {a.space for a in moved} == {"lines"}
    assert sum(a.moved for a in moved) == -2_000
    assert all("尾差" not in note for sheet in desk.sheets() for note in sheet.notes)
    assert desk.year.lines[staff[0]].amount == 1_004_000
    desk.close()


def test_last_year_of_the_same_book_is_at_hand(desk: Desk) -> None:
    former = replace(desk.year, year=desk.year.year - 1, facts={"reason.total": "人员减少。"})
    assert desk.last_year() is None
    desk.book.add_year(former, dt.datetime.now().astimezone())
    reopened = Desk(desk.book, desk.year.year, desk.pack)
    found = reopened.last_year()
    assert found == former
    assert reopened.last_year() is found


def test_tables_are_named_without_being_filled(tmp_path: Path) -> None:
    path = tmp_path / "a.xfb"
    new_sample("003", path)
    desk = open_desk(path)
    assert desk.sheet_names() == tuple((s.id, f"{s.number} {s.title}".strip()) for s in desk.sheets())
    desk.close()


def test_checks_run_in_pieces_leave_nothing_to_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    type_amount(desk, reception(desk), "0.6")
    assert sum(1 for _ in desk.look_over()) > 0
    monkeypatch.setattr(Findings, "_of_rule", None)
    monkeypatch.setattr(Findings, "_of_instance", None)
    found = desk.findings()
    monkeypatch.undo()
    assert list(desk.look_over()) == []
    desk._engine._findings.forget()
    desk._findings = None
    assert desk.findings() == found


def test_tables_and_text_laid_out_in_pieces_are_those_made_at_once(desk: Desk) -> None:
    pieces = sum(1 for _ in desk.lay_out())
    assert pieces > len(desk.sheet_ids())
    laid_out = desk.document()
    assert desk.document() is laid_out
    type_amount(desk, reception(desk), "0.8")
    assert desk.document() != laid_out
    desk.undo()
    assert desk.document() == laid_out


def test_an_edit_while_the_text_is_laid_out_is_never_missing_in_it(desk: Desk) -> None:
    for taken in (1, len(desk.sheet_ids()) + 2):
        type_amount(desk, reception(desk), "1.8")  # nothing is at hand any more
        steps = desk.lay_out()
        for _ in range(taken):
            next(steps)
        type_amount(desk, reception(desk), f"0.{taken}")
        assert list(steps) == []
        edited = desk.document()
        type_amount(desk, reception(desk), "1.9")
        type_amount(desk, reception(desk), f"0.{taken}")
        assert desk.document() == edited
