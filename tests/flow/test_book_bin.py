"""Deleted books as a list shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinfang_desk.flow import book_bin, library
from xinfang_desk.flow.errors import DeskError


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "书.xfb"
    library.new_sample("004", path)
    return path


def test_there_and_back_and_gone_for_good(book: Path) -> None:
    thrown = book_bin.throw_away(book)
    assert not book.exists()
    found = book_bin.in_bin([book.parent])
    assert [one.book for one in found.books] == [thrown]
    assert found.away == ()
    assert found.books[0].card.title == "紫阳县信访局 2023年"
    assert found.books[0].when.startswith("今天")
    assert book_bin.bring_back(thrown) == book
    assert book_bin.in_bin([book.parent]).books == ()
    library.open_desk(book).close()
    book_bin.remove(book_bin.throw_away(book))
    assert book_bin.in_bin([book.parent]).books == ()
    assert not book.exists()


def test_the_newest_stands_first_and_none_twice(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "别处" / "另一本.xfb"
    other.parent.mkdir()
    library.new_sample("003", other)
    first = book_bin.throw_away(book)
    folder = first.path.parent
    folder.rename(folder.with_name("书 20200101-080000"))
    second = book_bin.throw_away(other)
    found = book_bin.in_bin([tmp_path, other.parent, tmp_path], [tmp_path])
    assert [one.card.title for one in found.books] == ["平乡县信访局 2021年", "紫阳县信访局 2023年"]
    assert found.books[0].book == second
    assert found.books[1].when == "2020年1月1日 08:00"


def test_a_folder_that_is_away_is_named_only_where_books_were_deleted_from_it(book: Path, tmp_path: Path) -> None:
    book_bin.throw_away(book)
    found = book_bin.in_bin([tmp_path, tmp_path / "U盘"], [tmp_path / "网络盘"])
    assert len(found.books) == 1
    assert found.away == (tmp_path / "U盘",)


def test_a_refusal_is_a_sentence(book: Path) -> None:
    desk = library.open_desk(book)
    with pytest.raises(DeskError, match="请先在那里关上这本账册"):
        book_bin.throw_away(book)
    desk.close()
    thrown = book_bin.throw_away(book)
    book_bin.remove(thrown)
    for act in (book_bin.bring_back, book_bin.remove):
        with pytest.raises(DeskError):
            act(thrown)
    with pytest.raises(DeskError):
        book_bin.throw_away(book)
