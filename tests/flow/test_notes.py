"""Small things kept with the book: told again at once, written in the background."""

from __future__ import annotations

from pathlib import Path

from xinfang_desk.flow.library import new_sample, open_desk


def test_a_note_is_told_again_at_once_and_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "a.xfb"
    new_sample("004", path)
    desk = open_desk(path)
    assert desk.recall("place") is None
    for page in ("unit", "staff", "basic"):
        desk.remember("place", page)
        assert desk.recall("place") == page
    desk.close()
    again = open_desk(path, read_only=True)
    assert again.recall("place") == "basic"
    again.remember("place", "unit")
    assert again.recall("place") == "basic"
    again.close()
