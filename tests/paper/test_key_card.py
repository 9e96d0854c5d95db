"""The key card on paper."""

from __future__ import annotations

import pypdfium2
import pytest

from xinfang_desk import paper

GROUPS = [("表格里", [("回车", "到下一行"), ("Ctrl+C、Ctrl+V", "成块复制、粘贴，" * 6)])]


def texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def test_the_card_is_one_page_with_every_key() -> None:
    (text,) = texts(paper.key_card("按键卡", "程序", GROUPS, "忘了就按 F1。"))
    assert "到下一行" in text
    assert "Ctrl+C" in text
    assert "F1" in text


def test_two_cards_are_the_same_file() -> None:
    assert paper.key_card("按键卡", "程序", GROUPS, "") == paper.key_card("按键卡", "程序", GROUPS, "")


def test_many_keys_are_set_smaller_and_too_many_refused() -> None:
    many = [(f"第{n}组", [("Ctrl+A", "做一件事")] * 9) for n in range(8)]
    assert len(texts(paper.key_card("按键卡", "", many, ""))) == 1
    with pytest.raises(paper.PaperError, match="排不下"):
        paper.key_card("按键卡", "", many * 4, "")


def test_a_character_no_font_has_is_named() -> None:
    with pytest.raises(paper.MissingGlyph):
        paper.key_card("按键卡", "", [("组", [("\U0001f600", "笑")])], "")
