"""``xinfang-desk backup list|make|restore``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.messages import marks, terminal, terms
from xinfang_desk.messages import safety as words


def add_backup(commands: Any, parser_class: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the sub-command with its three operations."""
    backup = commands.add_parser("backup", help=words.CLI_BACKUP)
    kinds = backup.add_subparsers(title=terminal.ACTION, metavar=terminal.ACTION, required=True, parser_class=parser_class)
    for name, told, run in (("list", words.CLI_LIST, _list), ("make", words.CLI_MAKE, _make), ("restore", words.CLI_RESTORE, _restore)):
        kind = kinds.add_parser(name, help=told)
        kind.add_argument("book", metavar=terminal.BOOK, type=Path)
        kind.set_defaults(run=run)
        if name == "make":
            kind.add_argument("--to", metavar=words.CLI_TO_FILE, type=Path, help=words.CLI_TO)
        if name == "restore":
            kind.add_argument("number", metavar=words.CLI_NUMBER, type=int, nargs="?", help=words.CLI_WHICH)


def _list(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.backups import backups, contents, size_words

    found = backups(arguments.book)
    for number, one in enumerate(found, 1):
        inside = contents(one.path)
        told = words.CLI_SOUND.format(unit=inside.unit, years=marks.AND.join(terms.YEAR.format(year=year) for year in inside.years),
                                      lines=inside.lines) if inside.sound else inside.problem
        print(words.CLI_LINE.format(number=number, when=f"{one.at:%Y-%m-%d %H:%M:%S}", reason=one.reason or words.REASON_OTHER,
                                    size=size_words(one.size), contents=told))
    if not found:
        print(words.CLI_NONE)
    return 0


def _make(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.backups import make_beside

    print(words.CLI_MADE.format(path=make_beside(arguments.book, arguments.to)))
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.backups import backups, newest_good, restore

    found = backups(arguments.book)
    if arguments.number is None:
        chosen = newest_good(arguments.book)
    elif 1 <= arguments.number <= len(found):
        chosen = found[arguments.number - 1]
    else:
        raise DeskError(words.CLI_NO_SUCH.format(number=arguments.number, count=len(found)))
    print(restore(arguments.book, chosen))
    return 0
