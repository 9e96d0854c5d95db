"""Pictures of the manual with 256 colours each."""

from __future__ import annotations

from pathlib import Path

from PIL import Image


def shrink(picture: Path, target: Path) -> None:
    """Write a picture anew, smaller. The usual way of choosing colours turns the few that warn into the many that do
    not."""
    with Image.open(picture) as image:
        small = image.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    small.save(target, optimize=True)
