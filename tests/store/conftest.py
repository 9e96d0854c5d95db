from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from xinfang_desk.model.codes import UnitKind
from xinfang_desk.model.ledger import Fund, Income, Indicator, Kind, Line, Project, Purchase, Unit, Year
from xinfang_desk.store import Book, create

NOW = datetime(2023, 1, 5, 9, 30)  # noqa: DTZ001 - the clerk's own wall clock, as the program hands it in


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def sample_year() -> Year:
    return Year(
        Unit("某县信访局", "436", UnitKind.LIKE_ADMIN, "某县"), 2023, "shaanxi/2023",
        lines={5: Line(5, Kind.STAFF, "2010301", "30101", "50101", amount=6_812_000_00, note="工资"),
               2: Line(2, Kind.PROJECT, "2010308", "30201", fund=Fund.FUND, carry=True, project=1, amount=None,
                       purchase=True, presumed=True)},
        incomes={1: Income(1, Fund.GPB, False, "2010301", 6_812_000_00)},
        projects={1: Project(1, "信访事务", "P1", special=True, target_amount=0)},
        indicators={1: Indicator(1, 1, name="来访", value="95", unit="%", weight=10),
                    3: Indicator(3, None, operator="定性", value="好")},
        purchases={1: Purchase(1, "计算机", quantity=2, price=500_000, amount=1_000_000, fund=Fund.OTHER)},
        facts={"staff.posts.admin": 5, "duties": (("一", "接待来访"), ()), "text": "甲\n“乙”", "yes": True, "none": ()},
        priors={"total": 190_83_0000}, approved={"total": 226_70_0000}, explanations={"S-01": "按实际需要安排。"})


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    return tmp_path / "某县 信访局#1%20.xfb"


@pytest.fixture
def make_book(book_path: Path) -> Iterator[Callable[..., Book]]:
    """Make a book (closed at the end of the test), by default an empty year 2023."""
    made: list[Book] = []

    def make(path: Path = book_path, seed: Year | None = None) -> Book:
        book = create(path, unit=Unit("某县信访局"), year=2023, pack="shaanxi/2023", holder="王会计", now=NOW, seed=seed)
        made.append(book)
        return book

    yield make
    for book in made:
        book.close()
