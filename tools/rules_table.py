"""Writes docs/rules.md: every 勾稽规则 of every pack, from the packs themselves. ``--check`` only compares."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from xinfang_desk.model.pack import Pack  # noqa: E402
from xinfang_desk.packs import list_packs, load_pack  # noqa: E402

PAGE = ROOT / "docs" / "rules.md"
GROUPS = (("T", "表内", 36), ("X", "表间", 32), ("D", "表文", 20), ("Y", "上下年", 11), ("J", "机关运行经费", 5),
          ("G", "绩效", 19), ("S", "政策与常理", 15), ("A", "与批复数核对", 0), ("L", "明细是否填全", 0))
CATALOGUE = tuple(f"{letter}-{n:02}" for letter, _, count in GROUPS for n in range(1, count + 1))
"""The common numbering of disclosure rules; A and L are the program's own."""


@dataclass(slots=True)
class Row:
    """One wording of a rule, and the packs that have it."""

    id: str
    severity: str
    title: str
    sentence: str
    law: str
    packs: list[str] = field(default_factory=list)


def number_of(rule_id: str) -> str:
    """The rule a sub-rule belongs to: ``T-14a`` is of ``T-14``."""
    match = re.match(r"[A-Z]-\d+", rule_id)
    return match[0] if match else rule_id


def rows_of(packs: Sequence[Pack]) -> list[Row]:
    """Every wording once, by id; the guarantees and what cannot be decided among them."""
    found: dict[tuple[str, ...], Row] = {}
    for pack in packs:
        for key in _said(pack):
            found.setdefault(key, Row(*key)).packs.append(pack.id)
    order = {letter: i for i, (letter, _, _) in enumerate(GROUPS)}
    return sorted(found.values(), key=lambda row: (order.get(row.id[0], len(order)), number_of(row.id), row.id))


def _said(pack: Pack) -> Iterator[tuple[str, str, str, str, str]]:
    for check in pack.checks:
        yield check.id, check.severity.label, check.title, check.say + check.mend, check.law
    for promise in pack.guarantees:
        yield promise.id, "保证", promise.title, promise.why, ""
    for unknown in pack.undecidable:
        yield unknown.id, "不能核查", unknown.title, unknown.why, ""


def counts(packs: Sequence[Pack]) -> tuple[set[str], set[str], set[str]]:
    """Of the catalogue: the rules checked, those only guaranteed, those that cannot be decided."""
    known = set(CATALOGUE)
    checked = {number_of(check.id) for pack in packs for check in pack.checks} & known
    promised = {number_of(one.id) for pack in packs for one in pack.guarantees} & known - checked
    unknown = {one.id for pack in packs for one in pack.undecidable} & known - checked - promised
    return checked, promised, unknown


def page(packs: Sequence[Pack]) -> str:
    """The whole page."""
    checked, promised, unknown = counts(packs)
    rows = rows_of(packs)
    lines = [
        "# 勾稽规则一览", "",
        "本页由 `python tools/rules_table.py` 从各报表包生成，不要手工改；规则写在 `forms/` 下各包的 `checks.toml` 和 "
        "`guarantees.toml` 里。", "",
        f"通用编号的规则共 {len(CATALOGUE)} 条：{len(checked)} 条由程序核查，{len(promised)} 条由程序保证成立（怎样填都不会错，"
        f"不作核查），{len(unknown)} 条账册里没有依据、不能核查。有的规则按地区或内容分成几条，编号后面加字母；"
        "A 和 L 两组是程序另加的。同一编号在几个报表包里写法不同时，分行列出。", "",
        "严重程度：错误不改不能公开，提醒要改或写说明，建议供参考；“保证”和“不能核查”的一栏写的是原因。"]
    for letter, name, _ in GROUPS:
        own = [row for row in rows if row.id.startswith(f"{letter}-")]
        if own:
            lines += ["", f"## {letter} {name}", "", "| 编号 | 严重程度 | 规则 | 报出的话或原因 | 依据 | 报表包 |",
                      "|---|---|---|---|---|---|"]
            lines += [f"| {row.id} | {row.severity} | {_cell(row.title)} | {_cell(row.sentence)} | {_cell(row.law)} | "
                      f"{_listed(row.packs, packs)} |" for row in own]
    return "\n".join(lines) + "\n"


_SLOTS = {"left": "〔数〕", "right": "〔应为的数〕", "difference": "〔差额〕", "row": "〔行〕", "table": "〔表〕", "name": "〔名称〕",
          "expected": "〔应为〕", "value": "〔所写〕", "code": "〔编码〕"}


def _cell(text: str) -> str:
    text = re.sub(r"\{(\w+)\}", lambda match: _SLOTS.get(match[1], "〔…〕"), text)
    return text.replace("|", "\\|").replace("\n", " ") or "—"


def _listed(found: Sequence[str], packs: Sequence[Pack]) -> str:
    budget = [pack.id for pack in packs if pack.kind == "budget"]
    return "全部预算公开包" if list(found) == budget else "、".join(found)


def all_packs() -> tuple[Pack, ...]:
    """Every pack of the forms folder."""
    forms = ROOT / "forms"
    return tuple(load_pack(info.id, forms) for info in list_packs(forms))


def main(arguments: Sequence[str]) -> int:
    """Write the page; with ``--check``, say whether it is as it should be."""
    text = page(all_packs())
    if "--check" in arguments:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
