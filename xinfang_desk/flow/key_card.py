"""The key card: one page of A4 with every key, to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xinfang_desk.flow.build import AT_THE_PRESS
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.messages import keys, marks
from xinfang_desk.messages import window as t

Group = tuple[str, tuple[tuple[tuple[str, ...], str], ...]]
"""A heading, and under it rows of (keys, what they do)."""


def write_key_card(path: Path, groups: Sequence[Group]) -> None:
    """Write the card as a PDF. Raises :class:`DeskError`; a file that cannot be finished is not begun."""
    from xinfang_desk import paper

    rows = [(title, [(marks.AND.join(pressed), what) for pressed, what in lines]) for title, lines in groups]
    try:
        with AT_THE_PRESS:
            data = paper.key_card(keys.TITLE, keys.SUBTITLE.format(program=t.PROGRAM), rows, keys.FOOT)
            paper.write_file(path, data)
    except paper.PaperError as error:
        raise DeskError(str(error)) from error
