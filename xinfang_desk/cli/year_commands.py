"""``year list`` and ``year new``: the years of a book, from the terminal."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from xinfang_desk.messages import cli_years as words
from xinfang_desk.messages import marks, terminal


def add_year_commands(commands: Any, parser: type[argparse.ArgumentParser]) -> None:
    """Put ``year`` and its two actions under the sub-commands."""
    year = commands.add_parser("year", help=words.YEAR)
    kinds = year.add_subparsers(title=terminal.ACTION, metavar=terminal.ACTION, required=True, parser_class=parser)
    listed = kinds.add_parser("list", help=words.LIST)
    listed.add_argument("book", metavar=terminal.BOOK, type=Path)
    listed.set_defaults(run=_list)
    new = kinds.add_parser("new", help=words.NEW)
    new.add_argument("book", metavar=terminal.BOOK, type=Path)
    new.add_argument("--year", metavar=words.NUMBER, type=int, help=words.NUMBER_HELP)
    new.add_argument("--from-year", metavar=words.NUMBER, type=int, help=words.FROM)
    new.add_argument("--from-file", metavar=terminal.BOOK, type=Path, help=words.FROM_FILE)
    new.add_argument("--pack", metavar=terminal.PACK, default="", help=words.PACK)
    new.add_argument("--keep-amounts", action="store_true", help=words.KEEP)
    new.add_argument("--take", metavar=words.ITEM, action="append", default=[], help=words.TAKE)
    new.add_argument("--drop", metavar=words.ITEM, action="append", default=[], help=words.DROP)
    new.add_argument("--code", metavar=words.CODE_META, action="append", default=[], help=words.CODE)
    new.add_argument("--dry-run", action="store_true", help=words.DRY_RUN)
    new.set_defaults(run=_new)


def _list(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.library import open_desk
    from xinfang_desk.flow.years import year_states

    with closing(open_desk(arguments.book, read_only=True)) as desk:
        for one in year_states(desk):
            print(words.YEAR_LINE.format(year=one.year, state=one.state))
    return 0


def _new(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow import years
    from xinfang_desk.flow.library import open_desk

    with closing(open_desk(arguments.book, read_only=arguments.dry_run)) as desk:
        if arguments.from_file is not None:
            before = arguments.year or max(state.year for state in years.year_states(desk)) + 1
            source = years.source_from(arguments.from_file, desk, before)
        else:
            source = years.source_of(desk, arguments.from_year)
        plan = years.plan_year(source, arguments.year or source.year.year + 1, arguments.pack)
        choices = _choices(arguments, plan)
        for line in _plan_lines(plan, choices):
            print(line)
        if arguments.dry_run:
            print(words.NOT_DONE)
            return 0
        backup = years.add_year(desk, plan, choices)
        print(words.DONE.format(year=plan.year, backup=backup))
    return 0


def _choices(arguments: argparse.Namespace, plan: Any) -> Any:
    """What the command line decides otherwise than planned. Raises :class:`DeskError` for what is not in the plan."""
    from xinfang_desk.flow.errors import DeskError
    from xinfang_desk.flow.new_year import AMOUNTS, Choices, prior_items
    from xinfang_desk.messages import years as said

    codes: dict[str, str] = {}
    renames = [item.rename for item in plan.of("rename") if item.rename is not None]
    for text in arguments.code:
        old, equals, new = text.partition("=")
        if not equals:
            raise DeskError(words.CODE_SHAPE.format(text=text))
        for one in renames:
            if old not in (one.code, one.id, f"{one.code}:{one.part}"):
                continue
            if new not in [code for code, _ in one.choices]:
                raise DeskError(said.UNKNOWN_CODE.format(
                    code=old, wanted=new, choices=marks.AND.join(one.label(code) for code, _ in one.choices)))
            codes[one.id] = new
    items = (*plan.items, *prior_items(plan, Choices({}, codes)))
    changeable = {item.id for item in items if not item.fixed and item.group != "rename"}
    ticks = {**dict.fromkeys(arguments.take, True), **dict.fromkeys(arguments.drop, False)}
    for name in ticks:
        if name not in changeable:
            raise DeskError(said.UNKNOWN_ITEM.format(item=name))
    if arguments.keep_amounts:
        ticks[AMOUNTS] = True
    return Choices(ticks, codes)


def _plan_lines(plan: Any, choices: Any) -> Iterator[str]:
    from xinfang_desk.flow.new_year import GROUPS, prior_items
    from xinfang_desk.messages import years as said

    yield words.HEAD.format(source=plan.source.year, year=plan.year, pack=plan.pack.title)
    for sentence in plan.warnings:
        yield words.WARNING.format(sentence=sentence)
    for group in GROUPS:
        items = prior_items(plan, choices) if group == "prior" else plan.of(group)
        if not items:
            continue
        yield words.GROUP.format(title=said.GROUPS[group], count=len(items))
        for item in items:
            ticked = choices.ticks.get(item.id, item.ticked)
            if item.rename is not None and item.rename.choices:
                chosen = choices.codes.get(item.rename.id, item.rename.chosen)
                detail = item.rename.label(chosen) if chosen else said.RENAME_CHOOSE
                yield words.ITEM_LINE.format(mark="√" if chosen else "?", title=item.title, detail=detail, id=item.rename.id)
                yield words.CHOICES.format(choices=marks.SEMICOLON.join(item.rename.label(code) for code, _ in item.rename.choices))
            else:
                yield words.ITEM_LINE.format(mark="√" if ticked else "  ", title=item.title, detail=item.detail, id=item.id)
