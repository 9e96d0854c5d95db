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


def modules() -> list[Path]:
    return sorted(CATALOGUE.glob("*.py"))


def texts_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each literal text, without the docstrings and without the pieces of f-strings on their own."""
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    pieces |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield node.lineno, node.value


def is_sentence(text: str) -> bool:
    """Ends in a full stop or a colon after Chinese; a pattern for reading Chinese texts is none."""
    return bool(_HAN.search(text)) and text.rstrip().endswith("。") and not re.search(r"\(\?|\[\^|\\", text)


def test_sentences_stand_in_the_catalogue_only() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {text[:40]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.parent != CATALOGUE
        for line, text in texts_of(ast.parse(path.read_text(encoding="utf-8")))
        if is_sentence(text)
    ]
    assert found == []


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
    for line, text in texts_of(ast.parse(path.read_text(encoding="utf-8"))):
        if not _HAN.search(text):
            continue
        try:
            names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        except ValueError:
            continue  # braces that are meant as they stand, in a text that is never filled in
        bad += [f"{line}: {name}" for name in names if name and " " not in name and not name.split("[")[0].split(".")[0].isidentifier()]
    assert bad == []

def test_every_message_is_used() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.parent != CATALOGUE)
    used = set(re.findall(r"\b[A-Z][A-Z0-9_]{2,}\b", source))
    for path in modules():
        own = path.read_text(encoding="utf-8")
        for node in ast.parse(own).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                assert name in used or own.count(name) > 1 or len(name) < 3, f"{path.name}: {name} is not used"
