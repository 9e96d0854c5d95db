"""What was edited last: among several remedies the one for the newest slip comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xinfang_desk.model.change import Change, Delete, Insert, SetField, SetUnit, Step
from xinfang_desk.model.finding import Finding, Mend

_Touched = tuple[str, int | str]


class Recency:
    """Counts the edits of a session and knows for each record and address which was the last."""

    def __init__(self) -> None:
        self._turn = 0
        self._last: dict[_Touched, int] = {}

    def note(self, change: Change) -> None:
        """An edit, an undo or a redo was carried out."""
        self._turn += 1
        for step in change.steps:
            self._last[_touched(step)] = self._turn

    def ordered(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The same findings, the remedies of each in the order of the edits they would mend, the newest first."""
        return tuple(self._with_newest_first(one) if len(one.mends) > 1 else one for one in findings)

    def _with_newest_first(self, finding: Finding) -> Finding:
        mends = tuple(sorted(finding.mends, key=self._age))
        return finding if mends == finding.mends else replace(finding, mends=mends)

    def _age(self, mend: Mend) -> int:
        return -max((self._last.get(_touched(step), 0) for step in mend.change.steps), default=0)


def _touched(step: Step) -> _Touched:
    match step:
        case SetField(space, id_):
            return space, id_
        case Insert(space, record) | Delete(space, record):
            return space, record.id
        case SetUnit():
            return "unit", ""
        case _:
            return step.space, step.address
