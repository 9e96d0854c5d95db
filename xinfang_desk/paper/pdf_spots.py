"""Where the figures of a paragraph come to stand once its lines are broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xinfang_desk.model.passage import Run
from xinfang_desk.paper.cn_para import Line, Shape
from xinfang_desk.paper.fonts import stack
from xinfang_desk.paper.text import printable


@dataclass(frozen=True, slots=True)
class Bound:
    """A stretch of one line that a run prints: from ``left`` to ``right``, in points from the paragraph's box."""

    run: Run
    left: float
    right: float
    text: str


def bound_stretches(runs: Sequence[Run], lines: Sequence[Line], shape: Shape) -> list[tuple[Bound, ...]]:
    """For each line the stretches that come from a cell or a fact; words of the template have none.

    A broken line has the characters of the runs in their order; only blanks at its ends and characters that print
    nothing are missing. So the lines are read along the runs.
    """
    if not any(run.cells or run.address for run in runs):
        return [() for _ in lines]
    source = _characters(runs)
    return [tuple(_line(line, source, shape)) for line in lines]


def _characters(runs: Sequence[Run]) -> Iterator[tuple[str, Run]]:
    for run in runs:
        for char in printable(run.text):
            yield char, run


def _line(line: Line, source: Iterator[tuple[str, Run]], shape: Shape) -> Iterator[Bound]:
    em = stack(shape.role).em
    run: Run | None = None
    left = right = 0.0
    text = ""
    for piece in line.pieces:
        x = piece.x
        for char in piece.text:
            owner = next((owner for printed, owner in source if printed == char), None)
            if owner is not run:
                if run is not None and (run.cells or run.address):
                    yield Bound(run, left, right, text)
                run, left, text = owner, x, ""
            text += char
            right = x + em(char) * shape.size
            x = right + piece.spacing
    if run is not None and (run.cells or run.address):
        yield Bound(run, left, right, text)
