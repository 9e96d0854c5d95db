"""Works on a small disk until it is full, then with room again. Run as ``python -m tests.proof.filling SEED FOLDER``."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.proof.failing import Session, warm


def main() -> None:
    """Fill the disk at different moments of the session and print the figures."""
    seed, disk = int(sys.argv[1]), Path(sys.argv[2])
    ballast = disk / "占地方"
    figures: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as elsewhere:
        sample, model = warm(Path(elsewhere))
        for number, left in enumerate((0, 4, 12, 40, 90, 150, 300)):

            def fill(left: int = left) -> None:
                with ballast.open("wb", buffering=0) as file:
                    try:
                        while True:
                            file.write(b"\0" * 4096)
                    except OSError:
                        file.truncate(max(0, file.tell() - left * 1024))

            session = Session(disk / "book", sample, model, seed + number, Path(elsewhere) / "crashed")
            figures.update(session.run(fill, ballast.unlink))
            figures["sessions"] += 1
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
