"""``xinfang-desk pack list|check|install|remove``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xinfang_desk.messages import pack_install as words
from xinfang_desk.messages import terminal as said

OK, FOUND = 0, 1


def add_pack_commands(commands: Any, parser_class: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the sub-command with its four operations."""
    pack = commands.add_parser("pack", help=said.PACK)
    kinds = pack.add_subparsers(title=said.ACTION, metavar=said.ACTION, required=True, parser_class=parser_class)
    kinds.add_parser("list", help=said.PACK_LIST).set_defaults(run=_list)
    check = kinds.add_parser("check", help=said.PACK_CHECK)
    check.add_argument("folder", metavar=said.PACK_FOLDER, type=Path)
    check.set_defaults(run=_check)
    install = kinds.add_parser("install", help=words.CLI_INSTALL)
    install.add_argument("file", metavar=words.CLI_FILE, type=Path)
    install.set_defaults(run=_install)
    remove = kinds.add_parser("remove", help=words.CLI_REMOVE)
    remove.add_argument("id", metavar=words.CLI_ID)
    remove.set_defaults(run=_remove)


def _progress(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _list(_: argparse.Namespace) -> int:
    from xinfang_desk.flow.packs import pack_lines

    for line in pack_lines():
        print(line)
    return OK


def _check(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.packs import check_pack

    result = check_pack(arguments.folder, _progress)
    for line in result.lines:
        print(line)
    return OK if result.ok else FOUND


def _install(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.pack_install import install, look_into

    offer = look_into(arguments.file, _progress)
    if offer.already:
        print(words.ALREADY.format(name=offer.path.name))
        return OK
    if offer.faults:
        print(words.REFUSED.format(name=offer.path.name, count=len(offer.faults)), file=sys.stderr)
        for fault in offer.faults:
            print(f"  {fault}", file=sys.stderr)
        return FOUND
    print(words.CLI_CHECKSUM.format(sha256=offer.sha256))
    for pack in offer.packs:
        covers = words.COMMA.join(part for part in (pack.region, pack.years) if part)
        print(words.CLI_PACK.format(id=pack.id, title=pack.title, covers=covers, replaces=pack.replaces))
        for line in pack.lines:
            print(f"  {line}")
    if offer.ignored:
        print(words.CLI_IGNORED.format(names=words.AND.join(offer.ignored)))
    print(install(offer))
    return OK


def _remove(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.pack_install import remove

    print(remove(arguments.id))
    return OK
