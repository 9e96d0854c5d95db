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
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_ChineseHelp, add_help=False, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> Any:
        self.print_usage(sys.stderr)
        print(said.WRONG_USE.format(in_chinese=_in_chinese(message)), file=sys.stderr)
        raise SystemExit(CANNOT)


_ARGPARSE_WORDS = (("the following arguments are required:", "缺少参数"), ("unrecognized arguments:", "不认识的参数"),
                   ("invalid choice:", "没有这个选择："), ("choose from", "可以选"), ("argument", "参数"),
                   ("expected one argument", "后面要跟一个值"), ("invalid int value:", "应是整数，却写着"))


def _in_chinese(message: str) -> str:
    for english, chinese in _ARGPARSE_WORDS:
        message = message.replace(english, chinese)
    return message


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="xinfang-desk", description=said.ABOUT)
    commands = parser.add_subparsers(title="子命令", metavar="子命令", required=True, parser_class=_Parser)

    sample = commands.add_parser("sample", help="样例账册")
    kinds = sample.add_subparsers(title="操作", metavar="操作", required=True, parser_class=_Parser)
    kinds.add_parser("list", help="列出随程序带的样例").set_defaults(run=_sample_list)
    new = kinds.add_parser("new", help="由样例建立一本账册")
    new.add_argument("id", metavar="编号")
    new.add_argument("file", metavar="账册.xfb", type=Path)
    new.set_defaults(run=_sample_new)

    check = commands.add_parser("check", help="核查账册（0 没有错误，1 有错误，2 无法运行）")
    check.add_argument("book", metavar="账册.xfb", type=Path)
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    _add_document(check)
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="生成公开表、说明和 PDF")
    build.add_argument("book", metavar="账册.xfb", type=Path)
    build.add_argument("--out", metavar="文件夹", type=Path, required=True)
    build.add_argument("--sign", metavar="证书.p12", type=Path, help="用这个证书给 PDF 签名")
    build.add_argument("--passphrase-fd", metavar="N", type=int, help="从文件描述符 N 读证书口令；不写就在终端里问")
    build.add_argument("--draft", action="store_true", help="有错误也生成，每页印“草稿”")
    build.add_argument("--json", action="store_true", help="以 JSON 输出")
    _add_document(build)
    build.set_defaults(run=_build)

    verify = commands.add_parser("verify", help="查验 PDF 的签名")
    verify.add_argument("file", metavar="文件.pdf", type=Path)
    verify.set_defaults(run=_verify)

    key = commands.add_parser("key", help="签名证书")
    kinds = key.add_subparsers(title="操作", metavar="操作", required=True, parser_class=_Parser)
    demo = kinds.add_parser("demo", help="做一个试用的演示证书（不具法律效力）")
    demo.add_argument("file", metavar="证书.p12", type=Path)
    demo.add_argument("--name", metavar="姓名", default="演示签名人")
    demo.add_argument("--passphrase-fd", metavar="N", type=int, help="从文件描述符 N 读口令；不写就在终端里问")
    demo.set_defaults(run=_key_demo)

    add_backup(commands, _Parser)

    pack = commands.add_parser("pack", help="报表包")
    kinds = pack.add_subparsers(title="操作", metavar="操作", required=True, parser_class=_Parser)
    kinds.add_parser("list", help="列出报表包").set_defaults(run=_pack_list)
    inspect = kinds.add_parser("check", help="检查报表包并运行它的样例")
    inspect.add_argument("folder", metavar="报表包文件夹", type=Path)
    inspect.set_defaults(run=_pack_check)
    add_year_commands(commands, _Parser)
    return parser


def _add_document(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--document", metavar="文种", default="",
                        help="同一年度的另一种文件：selfeval 绩效自评、budget 部门预算公开，或报表包的编号")


def _progress(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _sample_list(_: argparse.Namespace) -> int:
    from xinfang_desk.flow.library import samples

    for sample in samples():
        print(f"{sample.id}  {sample.title}  （报表包 {sample.pack}）")
    return OK


def _sample_new(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.library import new_sample, open_desk, sample_notes
    from xinfang_desk.flow.practice import SAMPLE

    new_sample(arguments.id, arguments.file)
    print(f"已建立账册：{arguments.file}")
    for note in sample_notes(arguments.id):
        print(f"  注：{note}")
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
            for line in (*finding_lines(desk, refused.findings), *(f"  没有填  {label}" for label in refused.missing)):
                print(line, file=sys.stderr)
            return FOUND
        if arguments.json:
            print(json.dumps({"edition": built.number, "same": built.same, "draft": built.draft, "files": [
                {"kind": f.kind, "path": str(f.path), "size": f.size, "sha256": f.sha256} for f in built.files]},
                ensure_ascii=False, indent=1))
            return OK
        for line in summary_lines(desk):
            print(line)
        again = "（与上次的公开稿一个字节也不差）" if built.same else ""
        print("草稿已生成：" if built.draft else f"第 {built.number} 号公开稿已生成{again}：")
        for file in built.files:
            print(f"  {file.path}  {file.size / 1024:.0f} KB  SHA-256 {file.sha256[:16]}…")
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
    print(f"已做好演示证书：{arguments.file}（{identity.holder}，{identity.key}，只供试用，不具法律效力）")
    return OK


def _pack_list(_: argparse.Namespace) -> int:
    from xinfang_desk.flow.packs import pack_lines

    for line in pack_lines():
        print(line)
    return OK


def _pack_check(arguments: argparse.Namespace) -> int:
    from xinfang_desk.flow.packs import check_pack

    result = check_pack(arguments.folder, _progress)
    for line in result.lines:
        print(line)
    return OK if result.ok else FOUND
