"""The message catalogue: every sentence a clerk reads that is not data stands there, and nothing else does."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "xinfang_desk"
CATALOGUE = PACKAGE / "messages"
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2018-\u201d\u2026]")
"""A character, a full-width mark, a quotation mark, the dots of 正在……"""

DATA = {
    "engine/rules/reading.py": "words looked for in a clerk's texts",
    "model/backup.py": "parts of the file names of backups",
    "model/codes.py": "the levels of a code, values and full names of two enums kept in books",
    "model/ledger.py": "values and full names of enums kept in books, headings of indicators",
    "model/money.py": "unit words and signs a clerk types",
    "model/numerals.py": "the numerals",
    "model/signature.py": "values of enums kept in books and in PDFs",
    "paper/cn_para.py": "marks that may not begin or end a line",
}
"""The modules that may hold Chinese besides the catalogue, and why. They hold terms, never anything said."""
_SAID = re.compile("[。！？…]$")


def modules() -> list[Path]:
    return sorted(CATALOGUE.glob("*.py"))


def texts_of(tree: ast.AST) -> Iterator[tuple[ast.JoinedStr | ast.Constant, str]]:
    """Each literal text, without the docstrings and without the pieces of f-strings on their own."""
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    pieces |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node, "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield node, node.value


def patterns_of(tree: ast.AST) -> set[int]:
    """The nodes inside the first argument of ``re.compile(…)`` and its like: patterns that read Chinese texts."""
    return {id(part) for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args
            for part in ast.walk(node.args[0])}


def chinese_in(source: str, *, data: bool = False) -> list[tuple[int, str]]:
    """The Chinese literals that belong into the catalogue, with their lines: a character or a mark is enough.

    ``data``: of a module of :data:`DATA`, where terms may stand, only what is put together or ends like a sentence.
    """
    tree = ast.parse(source)
    patterns = patterns_of(tree)
    return [(node.lineno, text) for node, text in texts_of(tree) if _CHINESE.search(text) and id(node) not in patterns
            and (not data or isinstance(node, ast.JoinedStr) or (_SAID.search(text) and len(text) > 1))]


def test_chinese_stands_in_the_catalogue_only() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if path.parent != CATALOGUE:
            found += [f"{name}:{line}: {text[:40]}"
                      for line, text in chinese_in(path.read_text(encoding="utf-8"), data=name in DATA)]
    assert found == []


@pytest.mark.parametrize("name", DATA)
def test_a_module_of_terms_is_there_and_holds_some(name: str) -> None:
    assert any(_CHINESE.search(text) for _, text in texts_of(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))))


@pytest.mark.parametrize("planted", [
    'progress(f"正在生成{name}……")',
    'progress("正在生成" + name)',
    'print("、".join(names))',
    'label = "已完成" if done else ""',
    'title = f"{name}（{count}）"',
    'text = re.sub(r"\\s+", "，", text)',
    'def ask(prompt: str = "口令") -> None: ...',
])
def test_a_word_of_chinese_in_a_room_is_found(planted: str) -> None:
    assert chinese_in(planted)


@pytest.mark.parametrize("planted", [
    'def total() -> int:\n    """合计, in 分."""\n    return 0',
    'pattern = re.compile(rf"(?:上年|{word})[，。]")',
    'title = words.TITLE.format(name=name)  # 标题',
])
def test_docstrings_remarks_and_patterns_are_no_messages(planted: str) -> None:
    assert not chinese_in(planted)


@pytest.mark.parametrize("planted", ['said = f"共{count}项"', 'said = "请重新安装本程序。"', 'said = "正在生成……"'])
def test_a_sentence_in_a_module_of_terms_is_found(planted: str) -> None:
    assert chinese_in(planted, data=True)
    assert not chinese_in('kinds = ("货物", "工程", "服务")', data=True)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_the_catalogue_holds_constants_and_nothing_that_runs(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            assert node.module in ("__future__", "collections.abc", "typing", "types") or (
                node.module or "").startswith("xinfang_desk.messages")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            names = [name.id for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
                     for name in ast.walk(target) if isinstance(name, ast.Name)]
            assert all(name.isupper() for name in names), ast.unparse(node)
            calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
            assert not calls, ast.unparse(node)
        else:
            assert isinstance(node, ast.Expr)
            assert isinstance(node.value, ast.Constant)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_placeholders_are_words(path: Path) -> None:
    bad = []
    for node, text in texts_of(ast.parse(path.read_text(encoding="utf-8"))):
        if not _HAN.search(text):
            continue
        try:
            names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        except ValueError:
            continue  # braces that are meant as they stand, in a text that is never filled in
        bad += [f"{node.lineno}: {name}" for name in names if name and " " not in name and not name.split("[")[0].split(".")[0].isidentifier()]
    assert bad == []


def used_messages() -> set[tuple[str, str]]:
    """Module and name of every message that is read somewhere in the package."""
    used = set()
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called: dict[str, set[str]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "xinfang_desk.messages":
                for one in node.names:
                    called.setdefault(one.asname or one.name, set()).add(one.name)
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("xinfang_desk.messages."):
                used |= {((node.module or "").rpartition(".")[2], one.name) for one in node.names}
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and path.parent == CATALOGUE:
                used.add((path.stem, node.id))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used |= {(module, node.attr) for module in called.get(node.value.id, ())}
    return used


def messages_of(path: Path) -> Iterator[tuple[str, ast.expr]]:
    """The names a module of the catalogue gives, and what stands behind each."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                yield from ((name.id, node.value) for name in ast.walk(target) if isinstance(name, ast.Name))


def test_every_message_is_used() -> None:
    used = used_messages()
    assert [f"{path.stem}.{name}" for path in modules() for name, _ in messages_of(path)
            if (path.stem, name) not in used] == []


def test_no_sentence_stands_twice() -> None:
    where: dict[str, list[str]] = {}
    for path in modules():
        for name, value in messages_of(path):
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value.endswith(("。", "？")):
                where.setdefault(value.value, []).append(f"{path.stem}.{name}")
    assert {text: names for text, names in where.items() if len(names) > 1 and _HAN.search(text)} == {}
