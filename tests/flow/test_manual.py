"""The manual: every section has its page, every link leads somewhere, every key and button it names is there."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import xinfang_desk.messages
from xinfang_desk.flow import grid, manual
from xinfang_desk.messages import keys
from xinfang_desk.packs import load_pack
from xinfang_desk.places import forms_dir, manual_dir, tour_dir

PACKS = sorted(path.parent.relative_to(forms_dir()).as_posix() for path in forms_dir().glob("*/*/pack.toml"))
PAGES = manual.pages()


def shorn(text: str) -> str:
    """A menu entry or button as it is read: without its access key and what only leads on to a dialog."""
    return re.sub(r"\(&\w\)|&(?=\w)|^＋ |（(?:F\d+|Ctrl\+\S+)）$", "", text).strip()


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in strings(part))
    elif isinstance(value, tuple | list):
        yield from (text for part in value for text in strings(part))


def words_of_the_program() -> set[str]:
    found: set[str] = set()
    for module in pkgutil.iter_modules(xinfang_desk.messages.__path__):
        loaded = importlib.import_module(f"xinfang_desk.messages.{module.name}")
        for name, value in vars(loaded).items():
            if name.isupper():
                found |= set(strings(value))
    for space in ("lines", "incomes", "projects", "indicators", "purchases"):
        found |= {column.title for column in (*grid._COLUMNS[space], *grid._RESULTS.get(space, ()))}
    for pack in PACKS:
        for page in load_pack(pack, forms_dir()).pages:
            found |= {page.title, *(field.label for field in page.fields)}
    return {shorn(text) for text in found}


def known_keys() -> set[str]:
    pytest.importorskip("PySide6.QtWidgets", reason="没有安装 PySide6：按键在窗口的菜单里", exc_type=ImportError)
    from xinfang_desk.gui.help_commands import shown_key
    from xinfang_desk.gui.menus import menus

    class Anything:
        def __getattr__(self, name: str) -> Anything:
            return self

        def __call__(self, *_: object) -> None:
            return None

    in_menus = {shown_key(key) for _, commands in menus(Anything()) for command in commands  # type: ignore[arg-type]
                for key in command.keys}
    return in_menus | {key for _, rows in keys.GROUPS for pressed, _ in rows for key in pressed}


@pytest.mark.parametrize("pack", PACKS)
def test_every_section_of_every_pack_has_a_page(pack: str) -> None:
    loaded = load_pack(pack, forms_dir())
    for page in loaded.pages:
        assert manual.page_for(page.id, loaded.kind) != manual.CONTENTS, page.id


def test_every_page_is_reached_from_the_contents() -> None:
    reached = {link.partition("#")[0] for link in PAGES[manual.CONTENTS].links}
    assert reached | {manual.CONTENTS} == set(PAGES) == {path.stem for path in manual_dir().glob("*.md")}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in PAGES[page].links:
        target, _, heading = link.partition("#")
        assert target in PAGES or not target, link
        assert not heading or heading in PAGES[target or page].headings, link


@pytest.mark.parametrize("page", PAGES)
def test_every_key_is_one_of_the_programs(page: str) -> None:
    assert set(PAGES[page].keys) <= known_keys()


def test_every_button_named_is_in_the_catalogue() -> None:
    known = words_of_the_program()
    unknown = {page.id: [word for word in page.quoted if shorn(word) not in known] for page in PAGES.values()}
    assert {page: found for page, found in unknown.items() if found} == {}


def test_every_picture_is_listed_and_used() -> None:
    listed = manual.pictures()
    shown = {name: page.id for page in PAGES.values() for name in page.pictures}
    assert shown == {name: picture.page for name, picture in listed.items()}
    there = {path.stem for path in tour_dir().glob("*.png")}
    assert there <= set(listed)
    assert list(listed) == sorted(listed)
    assert all(re.fullmatch(r"\d\d-[a-z-]+", name) and picture.caption for name, picture in listed.items())


def test_every_section_of_a_pack_has_a_picture() -> None:
    sections = [page.id for page in load_pack("shaanxi/2023", forms_dir()).pages]
    names = [name.partition("-")[2] for name in manual.pictures()]
    there = [name for name in names if name in sections]
    assert there == sections


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_well(page: str) -> None:
    text = PAGES[page].text
    assert text.startswith("# ")
    assert page == manual.CONTENTS or 150 <= len(PAGES[page].plain) <= 2600
    html = manual.to_html(text, keys=lambda: "<p>KEYS</p>")
    assert "**" not in html
    assert "`" not in html
    assert "![" not in html
    assert ("KEYS" in html) == (manual.KEYS_MARK in text)


def test_markdown_becomes_html() -> None:
    html = manual.to_html("# 题\n\n一段 **改好** 按 `F8`\n接着 [去](basic.md#怎么填) <b>\n\n- 甲\n- 乙\n1. 丙\n\n> 注\n\n"
                          "| 头 | 尾 |\n|---|---|\n| 一 | 二 |\n\n![](../tour/99-none.png)\n")
    assert "<h1><a name='题'></a>题</h1>" in html
    assert "<b>改好</b>" in html
    assert "<span class='key'>&nbsp;F8&nbsp;</span>" in html
    assert "<a href='page:basic#怎么填'>去</a> &lt;b&gt;" in html
    assert "<ul><li>甲</li><li>乙</li></ul><ol><li>丙</li></ol>" in html
    assert "<th>头</th>" in html
    assert "<td>一</td>" in html
    assert "img" not in html


def test_the_manual_can_be_searched() -> None:
    assert manual.mentions("采购")[0].page == "procurement"
    found = manual.mentions("尾差")
    assert "questions" in {mention.page for mention in found}
    assert "尾差" in found[0].snippet
    assert manual.mentions("没有这样的词") == []
    assert manual.mentions(" ") == []
    assert "没有提到" in manual.search_html("没有这样的词")
