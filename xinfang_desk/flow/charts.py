"""The pictures of the budget, for the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xinfang_desk.flow.build import AT_THE_PRESS
from xinfang_desk.flow.errors import DeskError
from xinfang_desk.messages import charts as words
from xinfang_desk.model.chart import Chart


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart and its picture as SVG."""

    chart: Chart
    svg: bytes


def draw(charts: Sequence[Chart]) -> tuple[Drawn, ...]:
    """The pictures of charts, in any thread. Raises :class:`DeskError` for a character no font of ours has."""
    from xinfang_desk import paper

    try:
        with AT_THE_PRESS:
            return tuple(Drawn(chart, paper.chart_svg(chart)) for chart in charts)
    except paper.PaperError as error:
        raise DeskError(str(error)) from error


def save(data: bytes, path: Path) -> None:
    """Put a picture into a file; a former one stays whole if that fails. Raises :class:`DeskError`."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise DeskError(words.NOT_SAVED.format(file=path, reason=error.strerror)) from error
