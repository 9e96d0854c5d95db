"""The pictures of the manual: the scripted tour run anew, its pictures kept in ``docs/tour`` with 256 colours each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "tour"


def main() -> int:
    """Run the tour; its pictures replace the former ones only where it comes to its end."""
    surroundings = {**os.environ, "XINFANG_TOUR": str(ROOT / "build" / "tour"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-m", "long", "tests/tour"], cwd=ROOT, env=surroundings)
    if done.returncode:
        return done.returncode
    for picture in sorted((ROOT / "build" / "tour").glob("*.png")):
        with Image.open(picture) as image:
            # The usual way of choosing colours turns the few that warn into the many that do not.
            small = image.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
        small.save(FOLDER / picture.name, optimize=True)
    return subprocess.run([sys.executable, str(ROOT / "tools" / "install_pictures.py")], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
