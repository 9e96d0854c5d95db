"""The sub-commands and their exit codes: 0 no error, 1 errors found or work refused, 2 cannot run."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinfang_desk.cli.backup import add_backup
from xinfang_desk.cli.pack_commands import add_pack_commands
from xinfang_desk.cli.year_commands import add_year_commands
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.messages import terminal as said

if TYPE_CHECKING:
    from xinfang_desk.flow.desk import Desk

OK, FOUND, CANNOT = 0, 1, 2


def main(argv: Sequence[str]) -> int:
    """Run one sub-command; sentences go to standard output, refusals to standard error."""
    arguments = _parser().parse_args(list(argv))
    try:
        code: int = arguments.run(arguments)
        return code
    except DeskError as error:
        print(str(error), file=sys.stderr)
        return CANNOT


class _ChineseHelp(argparse.HelpFormatter):
    """Usage in Chinese; argparse has no translation of its own."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, said.USAGE if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_ChineseHelp, add_help=False, **options)
        self._positionals.title = said.ARGUMENTS
        self._optionals.title = said.OPTIONS
        self.add_argument("-h", "--help", action="help", help=said.HELP)

    def error(self, message: str) -> Any:
        self.print_usage(sys.stderr)
        print(said.WRONG_USE.format(in_chinese=_in_chinese(message)), file=sys.stderr)
        raise SystemExit(CANNOT)


def _in_chinese(message: str) -> str:
    for english, chinese in said.ARGPARSE:
        message = message.replace(english, chinese)
    return message


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="xinfang-desk", description=said.ABOUT)
    commands = parser.add_subparsers(title=said.COMMANDS, metavar=said.COMMANDS, required=True, parser_class=_Parser)

    sample = commands.add_parser("sample", help=said.SAMPLE)
    kinds = sample.add_subparsers(title=said.ACTION, metavar=said.ACTION, required=True, parser_class=_Parser)
    kinds.add_parser("list", help=said.SAMPLE_LIST).set_defaults(run=_sample_list)
    new = kinds.add_parser("new", help=said.SAMPLE_NEW)
    new.add_argument("id", metavar=said.SAMPLE_ID)
    new.add_argument("file", metavar=said.BOOK, type=Path)
    new.set_defaults(run=_sample_new)

    check = commands.add_parser("check", help=said.CHECK)
    check.add_argument("book", metavar=said.BOOK, type=Path)
    check.add_argument("--json", action="store_true", help=said.AS_JSON)
    _add_document(check)
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help=said.BUILD)
    build.add_argument("book", metavar=said.BOOK, type=Path)
    build.add_argument("--out", metavar=said.FOLDER, type=Path, required=True)
    build.add_argument("--sign", metavar=said.KEY_FILE, type=Path, help=said.BUILD_SIGN)
    build.add_argument("--passphrase-fd", metavar="N", type=int, help=said.BUILD_PASSPHRASE)
    build.add_argument("--draft", action="store_true", help=said.BUILD_DRAFT)
    build.add_argument("--json", action="store_true", help=said.AS_JSON)
    _add_document(build)
    build.set_defaults(run=_build)

    verify = commands.add_parser("verify", help=said.VERIFY)
    verify.add_argument("file", metavar=said.PDF_FILE, type=Path)
    verify.set_defaults(run=_verify)

    key = commands.add_parser("key", help=said.KEY)
    kinds = key.add_subparsers(title=said.ACTION, metavar=said.ACTION, required=True, parser_class=_Parser)
    demo = kinds.add_parser("demo", help=said.KEY_DEMO)
    demo.add_argument("file", metavar=said.KEY_FILE, type=Path)
    demo.add_argument("--name", metavar=said.KEY_NAME, default=said.KEY_HOLDER)
    demo.add_argument("--passphrase-fd", metavar="N", type=int, help=said.KEY_PASSPHRASE)
    demo.set_defaults(run=_key_demo)

    add_backup(commands, _Parser)

    add_pack_commands(commands, _Parser)
    add_year_commands(commands, _Parser)
    return parser


def _add_document(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--document", metavar=said.DOCUMENT, default="",
                        help=said.DOCUMENT_HELP)


def _progress(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _sample_list(_: argparse.Namespace) -> int:
    from xinfang_desk.flow.sample_list import samples

    for sample in samples():
        print(said.SAMPLE_LINE.format(id=sample.id, title=sample.title, pack=sample.pack))
    return OK


def _sample_new(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.library import new_sample, open_desk, sample_notes
    from xinfang_desk.flow.practice import SAMPLE

    new_sample(arguments.id, arguments.file)
    print(said.SAMPLE_MADE.format(path=arguments.file))
    for note in sample_notes(arguments.id):
        print(said.SAMPLE_NOTE.format(note=note))
    if arguments.id == SAMPLE:
        with closing(open_desk(arguments.file, read_only=True)) as desk:
            _tell_practice(desk)
    return OK


def _tell_practice(desk: Desk) -> None:
    """In the practice department: how many mistakes are planted and how many are mended."""
    from xinfang_desk.flow import practice
    from xinfang_desk.messages import practice as words

    if practice.is_practice(desk.year):
        tasks = practice.Guide(desk).tasks()
        print(words.PROGRESS.format(planted=len(tasks), mended=sum(task.mended for task in tasks)))


def _check(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.library import open_desk
    from xinfang_desk.flow.report import as_json, as_lines, has_errors

    with closing(open_desk(arguments.book, pack=arguments.document, read_only=True)) as desk:
        if arguments.json:
            print(json.dumps(as_json(desk), ensure_ascii=False, indent=1))
        else:
            for line in as_lines(desk):
                print(line)
            _tell_practice(desk)
        return FOUND if has_errors(desk) else OK


def _build(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.build import BuildRefused, build
    from xinfang_desk.flow.keys import open_key_from
    from xinfang_desk.flow.library import open_desk
    from xinfang_desk.flow.report import finding_lines, summary_lines

    key = open_key_from(arguments.sign, arguments.passphrase_fd) if arguments.sign else None
    with closing(open_desk(arguments.book, pack=arguments.document)) as desk:
        try:
            built = build(desk, arguments.out, draft=arguments.draft, key=key, progress=_progress)
        except BuildRefused as refused:
            print(str(refused), file=sys.stderr)
            for line in (*finding_lines(desk, refused.findings),
                         *(said.NOT_FILLED.format(label=label) for label in refused.missing)):
                print(line, file=sys.stderr)
            return FOUND
        if arguments.json:
            print(json.dumps({"edition": built.number, "same": built.same, "draft": built.draft, "files": [
                {"kind": f.kind, "path": str(f.path), "size": f.size, "sha256": f.sha256} for f in built.files]},
                ensure_ascii=False, indent=1))
            return OK
        for line in summary_lines(desk):
            print(line)
        edition = said.EDITION_SAME if built.same else said.EDITION_BUILT
        print(said.DRAFT_BUILT if built.draft else edition.format(number=built.number))
        for file in built.files:
            print(said.FILE_BUILT.format(path=file.path, size=round(file.size / 1024), hash=file.sha256[:16]))
    return OK


def _verify(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.keys import verify

    report = verify(arguments.file)
    print(report.verdict_sentence)
    for line in report.lines:
        print(f"  {line}")
    return OK if report.ok else FOUND


def _key_demo(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.keys import make_demo_key

    identity = make_demo_key(arguments.file, arguments.name, arguments.passphrase_fd)
    print(said.KEY_MADE.format(path=arguments.file, holder=identity.holder, key=identity.key))
    return OK
