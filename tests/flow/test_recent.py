"""What a list says of a book nobody has opened."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinfang_desk import store
from xinfang_desk.flow import library, recent
from xinfang_desk.model.change import Change, SetValue
from xinfang_desk.model.ledger import Unit

NOW = dt.datetime(2026, 3, 2, 9, 0).astimezone()
TODAY = NOW.date()


def approve(path: Path, date: str) -> None:
    desk = library.open_desk(path)
    desk.do(Change("填", (SetValue("facts", "approval.date", desk.year.facts.get("approval.date"), date),)))
    desk.close()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "紫阳.xfb"
    library.new_sample("004", path)
    return path


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "某.xfb"
    library.new_book(path, Unit("某县档案馆"), 2023, "national/2021")
    return path


def test_a_book_that_was_never_opened(blank: Path) -> None:
    card = recent.look(blank, TODAY)
    assert (card.title, card.kind, card.state) == ("某县档案馆 2023年", "部门预算公开", "还没有核查过")
    assert (card.due, card.late) == ("", False)


def test_the_state_is_that_of_the_last_closing(blank: Path, sample: Path) -> None:
    desk = library.open_desk(blank)
    verdict = desk.verdict()
    desk.close()
    card = recent.look(blank, TODAY)
    assert f"缺 {verdict.missing} 项" in card.state
    assert f"{verdict.errors} 处错误" in card.state
    assert card.tone == "error"
    library.open_desk(sample).close()
    assert recent.look(sample, TODAY).state == "可以公开"
    assert recent.look(sample, TODAY).tone == "done"


def test_a_change_that_was_never_judged_is_told(sample: Path) -> None:
    library.open_desk(sample).close()
    with store.open_book(sample, holder="甲", now=NOW) as book:  # as after a crash: saved, but not closed by a desk
        book.commit(2023, Change("填", (SetValue("facts", "approval.date", None, "2026-03-01"),)), NOW)
    assert "没有正常关闭" in recent.look(sample, TODAY).state


def test_editions_and_signatures(sample: Path) -> None:
    library.open_desk(sample).close()
    with store.open_book(sample, holder="甲", now=NOW) as book:
        book.add_edition(2023, title="公开", date="2023-03-13", files=(), now=NOW)
    assert recent.look(sample, TODAY).state == "已生成第 1 稿"
    with store.open_book(sample, holder="甲", now=NOW) as book:
        book.record_signatures(2023, 1, ["甲"])
    assert recent.look(sample, TODAY).state == "已生成第 1 稿，已签名"
    approve(sample, "2026-03-01")
    assert recent.look(sample, TODAY).state.endswith("，第 1 稿生成以后又有改动")


@pytest.mark.parametrize(("approval", "due", "late"), [
    ("2026-03-01", "离公开期限还有 19 天（3月21日）", False), ("2026-02-15", "离公开期限还有 5 天（3月7日）", True),
    ("2026-02-10", "今天是公开期限的最后一天", True), ("2026-02-06", "已超过公开期限 4 天（应在2月26日前公开）", True),
    ("2023-02-06", "公开期限已过（2023年2月26日）", True)])
def test_days_left(blank: Path, approval: str, due: str, late: bool) -> None:
    approve(blank, approval)
    card = recent.look(blank, TODAY)
    assert (card.due, card.late) == (due, late)
    assert due in card.sentence


def test_nothing_is_counted_once_the_edition_is_out(sample: Path) -> None:
    approve(sample, "2026-02-20")
    assert recent.look(sample, TODAY).due
    with store.open_book(sample, holder="甲", now=NOW) as book:
        book.add_edition(2023, title="公开", date="2023-03-13", files=(), now=NOW)
    assert recent.look(sample, TODAY).due == ""


@settings(deadline=None)
@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_the_deadline_is_twenty_days_on(day: dt.date) -> None:
    last = recent.deadline(day.isoformat())
    assert last is not None
    assert (last - day).days == 20


@pytest.mark.parametrize("approval", ["", "明天", "2023-02-30", "9999-12-31"])
def test_no_deadline_without_a_date(approval: str) -> None:
    assert recent.deadline(approval) is None


def test_books_that_are_gone_say_so(tmp_path: Path) -> None:
    card = recent.look(tmp_path / "没有.xfb", TODAY)
    assert (card.there, card.tone) == (False, "gone")
    assert "移走或改了名" in card.state
    assert "U 盘" in recent.look(tmp_path / "没有的盘" / "某.xfb", TODAY).state


def test_a_file_that_is_no_book_says_so(tmp_path: Path) -> None:
    (tmp_path / "假.xfb").write_bytes(b"x" * 200)
    card = recent.look(tmp_path / "假.xfb", TODAY)
    assert card.there
    assert "不是账册" in card.state


@pytest.mark.parametrize("kept", ["", "x", "[]", "3", '{"errors": "viele", "changed": null}'])
def test_a_spoiled_standing_harms_nothing(sample: Path, kept: str) -> None:
    with store.open_book(sample, holder="甲", now=NOW) as book:
        book.remember("standing.2023", kept)
    assert recent.look(sample, TODAY).title == "紫阳县信访局 2023年"


def test_looking_takes_no_lock(sample: Path) -> None:
    recent.look(sample, TODAY)
    library.open_desk(sample).close()
    desk = library.open_desk(sample)
    assert recent.look(sample, TODAY).state == "可以公开"
    desk.close()


def test_a_read_only_desk_leaves_the_book_alone(sample: Path) -> None:
    before = sample.read_bytes()
    library.open_desk(sample, read_only=True).close()
    assert sample.read_bytes() == before


def test_every_budget_pack_asks_for_the_day_of_approval() -> None:
    from xinfang_desk.flow.packs import usable_packs
    from xinfang_desk.packs import load_pack
    from xinfang_desk.places import forms_dir

    for choice in usable_packs():
        if choice.kind == "budget":
            pack = load_pack(choice.id, forms_dir())
            assert "approval.date" in {field.address for page in pack.pages for field in page.fields}, choice.id


def test_the_kind_is_told_even_of_a_book_never_opened(tmp_path: Path) -> None:
    library.new_sample("002", tmp_path / "自评.xfb")
    assert recent.look(tmp_path / "自评.xfb", TODAY).kind == "绩效自评"
    library.new_book(tmp_path / "外地.xfb", Unit("某县"), 2023, "nowhere/1999")
    assert recent.look(tmp_path / "外地.xfb", TODAY).kind == ""
