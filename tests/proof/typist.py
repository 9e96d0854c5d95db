"""A clerk at work, without a window: everything goes through the real :class:`Desk`, chosen by a seeded chance.

Each action is told to a listener before it is done, so that whoever watches can replay it on the pure model.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xinfang_desk.flow import backups, forms, grid, paste
from xinfang_desk.flow.desk import Desk
from xinfang_desk.model.change import Change, Delete, Insert, RecordSpace, apply
from xinfang_desk.model.edition import MadeFile
from xinfang_desk.model.ledger import Year
from xinfang_desk.model.pack import Severity

Told = tuple[Any, ...]
"""('do', change), ('undo',), ('redo',), ('remember', key, value), ('edition', title), ('backup',)"""

_SPACES: tuple[RecordSpace, ...] = ("lines", "lines", "lines", "incomes", "projects", "indicators", "purchases")
_TEXTS = ("", "按实际需要安排", "含上年结转", "据实填写；数以批复为准", "接访场所修缮", "一式“两份”", "甲\u3000乙", "𠮷林路 1 号")


class Typist:
    """Does one thing after another at a desk."""

    def __init__(self, desk: Desk, chance: random.Random, tell: Callable[[Told], None]) -> None:
        self.desk = desk
        self._chance = chance
        self._tell = tell
        do = desk.do

        def told(change: Change) -> Any:
            tell(("do", change))
            return do(change)

        desk.do = told  # type: ignore[method-assign]
        self._columns = {space: grid.columns(space) for space in set(_SPACES)}
        self._fields = [field for page in desk.pack.pages for field in desk.fields(page)
                        if field.kind in ("count", "text", "long", "money") and field.space in ("facts", "priors", "approved")]

    def step(self) -> None:
        """Do one thing."""
        deeds: tuple[tuple[Callable[[], None], int], ...] = (
            (self._type_cell, 46), (self._fill_field, 14), (self._insert_row, 8), (self._delete_rows, 4), (self._paste, 4),
            (self._undo, 7), (self._redo, 4), (self._explain, 3), (self._remember, 4), (self._pause, 4), (self._backup, 1),
            (self._edition, 1))
        self._chance.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]()

    def _type_cell(self) -> None:
        space = self._chance.choice(_SPACES)
        ids = list(getattr(self.desk.year, space))
        if not ids:
            self._insert_row()
            return
        id_, column = self._chance.choice(ids), self._chance.choice(self._columns[space])
        try:
            change = grid.set_cell(self.desk.year, space, id_, column, self._text(column), self.desk.codes, self.desk.money_unit)
        except grid.EntryRefused:
            return
        if change is not None:
            self.desk.do(change)

    def _text(self, column: grid.GridColumn) -> str:
        chance = self._chance
        if column.type == "money":
            return f"{chance.randrange(10_000_000) / 100:.2f}"
        if column.type == "count":
            return str(chance.randrange(100))
        if column.type == "code" and column.code is not None:
            return chance.choice([entry.code for entry in self.desk.codes.table(column.code)])
        if column.type == "choice":
            return chance.choice(column.choices)[1]
        if column.type == "flag":
            return chance.choice("是否")
        return chance.choice(_TEXTS)

    def _fill_field(self) -> None:
        field = self._chance.choice(self._fields)
        value: Any = (self._chance.choice(_TEXTS) or None) if field.kind in ("text", "long") else self._chance.randrange(10**6)
        change = forms.set_field(self.desk.year, field, value)
        if change is not None:
            self.desk.do(change)

    def _insert_row(self) -> None:
        space = self._chance.choice(_SPACES)
        year = self.desk.year
        size = len(getattr(year, space))
        self.desk.do(Change("添加一行", (Insert(space, grid.blank_record(year, space), self._chance.randint(0, size)),)))

    def _delete_rows(self) -> None:
        space = self._chance.choice(("lines", "indicators", "purchases", "incomes"))
        items: list[tuple[int, Any]] = list(enumerate(getattr(self.desk.year, space).values()))
        if len(items) < 8:
            return
        start = self._chance.randrange(len(items) - 3)
        doomed = items[start:start + self._chance.randint(1, 3)]
        self.desk.do(Change("删除行", tuple(Delete(space, record, position) for position, record in reversed(doomed))))  # type: ignore[arg-type]

    def _paste(self) -> None:
        space: RecordSpace = "lines"
        ids = tuple(self.desk.year.lines)
        columns = self._columns[space]
        amount = next(i for i, column in enumerate(columns) if column.field == "amount")
        block = "\n".join(f"{self._chance.randrange(10**7) / 100:.2f}\t否\t否\t粘贴" for _ in range(self._chance.randint(2, 6)))
        clip = paste.clipping(paste.read_block(block), [column.title for column in columns])
        row = self._chance.randint(0, len(ids))
        under = [*ids[row:row + len(clip.rows)], *[None] * max(0, row + len(clip.rows) - len(ids))]
        plan = paste.plan(self.desk.year, space, columns, under, range(amount, len(columns)), clip,
                          self.desk.codes, self.desk.money_unit)
        if plan.change is not None:
            self.desk.do(plan.change)

    def _undo(self) -> None:
        self._tell(("undo",))
        self.desk.undo()

    def _redo(self) -> None:
        self._tell(("redo",))
        self.desk.redo()

    def _explain(self) -> None:
        warnings = [finding for finding in self.desk.findings() if finding.severity is Severity.WARNING]
        if warnings:
            self.desk.explain_warning(self._chance.choice(warnings), self._chance.choice(_TEXTS))

    def _remember(self) -> None:
        key, value = self._chance.choice(("place", "cell", "unit")), str(self._chance.randrange(10**6))
        self._tell(("remember", key, value))
        self.desk.remember(key, value)

    def _pause(self) -> None:
        self.desk.saved()

    def _backup(self) -> None:
        self._tell(("backup",))
        backups.make(self.desk)

    def _edition(self) -> None:
        title = f"公开稿{self._chance.randrange(10**6)}"
        self._tell(("edition", title))
        self.desk.book.add_edition(
            self.desk.year.year, title=title, date="2023-03-01", files=[MadeFile("workbook", Path("表.xlsx"), 7, "0" * 64)],
            now=dt.datetime.now().astimezone())


@dataclass(frozen=True)
class Model:
    """What the book should hold after so many actions: the pure model, without files."""

    year: Year
    done: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    editions: tuple[str, ...] = ()
    rows: int = 0
    """history rows since the beginning"""

    def after(self, told: Told) -> Model:
        """The model after one more action."""
        match told:
            case ("do", change):
                return replace(self, year=apply(self.year, change), done=(*self.done, change), undone=(), rows=self.rows + 1)
            case ("undo",) if self.done:
                change = self.done[-1]
                return replace(self, year=apply(self.year, change.inverse()), done=self.done[:-1],
                               undone=(*self.undone, change), rows=self.rows + 1)
            case ("redo",) if self.undone:
                change = self.undone[-1]
                return replace(self, year=apply(self.year, change), done=(*self.done, change), undone=self.undone[:-1],
                               rows=self.rows + 1)
            case ("remember", key, value):
                return replace(self, places=tuple(sorted({**dict(self.places), key: value}.items())))
            case ("edition", title):
                return replace(self, editions=(*self.editions, title))
        return self
