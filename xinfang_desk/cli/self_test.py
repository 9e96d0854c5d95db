"""``xinfang-desk --self-test FOLDER [--window]``: exit code 0 all as known, 1 something differs, 2 could not be done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desk.messages import self_test as words

if TYPE_CHECKING:
    from xinfang_desk.flow.self_test import Window

WINDOW = "--window"


def main(argv: Sequence[str], window: Callable[[], Window]) -> int:
    """Run it with what stands behind ``--self-test``; ``window`` gives what tries the window, asked only where wanted."""
    from xinfang_desk.flow import self_test

    unknown = [word for word in argv if word.startswith("-") and word != WINDOW]
    folders = [word for word in argv if not word.startswith("-")]
    if unknown or len(folders) != 1:
        wrong = next(iter(unknown or folders[1:]), "")
        usage = words.USAGE
        print(words.UNKNOWN.format(word=wrong, usage=usage) if wrong else words.NO_FOLDER.format(usage=usage), file=sys.stderr)
        return self_test.CANNOT
    folder = Path(folders[0])
    try:
        report = self_test.run(folder, lambda sentence: print(sentence, flush=True), window=window() if WINDOW in argv else None)
    except self_test.CannotTest as error:
        print(words.CANNOT.format(sentence=error), file=sys.stderr)
        return self_test.CANNOT
    where = folder / self_test.REPORT
    broken = next((line.sentence for line in report.lines if line.state == "broken"), "")
    differing = sum(line.state != "ok" for line in report.lines)
    if report.code == self_test.GOOD:
        print(words.GOOD.format(report=where))
    elif broken:
        print(words.CANNOT.format(sentence=broken), file=sys.stderr)
    else:
        print(words.BAD.format(count=differing, mark=words.FAILED, report=where), file=sys.stderr)
    return report.code
