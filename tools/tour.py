"""The pictures of the manual: the scripted tour run anew, its pictures kept in ``docs/tour`` with 256 colours each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.shrink import shrink  # noqa: E402 - found only with the checkout in the path

FOLDER = ROOT / "docs" / "tour"


def main() -> int:
    """Run the tour; its pictures replace the former ones only where it comes to its end."""
    surroundings = {**os.environ, "XINFANG_TOUR": str(ROOT / "build" / "tour"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-m", "long", "tests/tour"], cwd=ROOT, env=surroundings)
    if done.returncode:
        return done.returncode
    for picture in sorted((ROOT / "build" / "tour").glob("*.png")):
        shrink(picture, FOLDER / picture.name)
    return subprocess.run([sys.executable, str(ROOT / "tools" / "install_pictures.py")], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
