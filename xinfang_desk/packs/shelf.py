"""Where packs and code tables lie: those that come with the program, and over them those that were put in later.

Wherever this room asks for ``forms``, the folder ``forms/`` alone will do, or a :class:`Shelf`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

_NONE: Mapping[str, Path] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shelf:
    """``base``: the folder ``forms/`` of the program. ``packs`` and ``codes``: folders that go before those in it, by
    pack id and by year. ``blocked``: why a pack (by id) or a year's code tables (``codes/2023``) must not be used, a
    sentence; it is not replaced by what lies below it."""

    base: Path
    packs: Mapping[str, Path] = field(default_factory=lambda: _NONE)
    codes: Mapping[int, Path] = field(default_factory=dict)
    blocked: Mapping[str, str] = field(default_factory=dict)

    def folder(self, pack_id: str) -> Path:
        """The folder of a pack; it need not be there."""
        return self.packs.get(pack_id, self.base / pack_id)

    def bounds(self, pack_id: str) -> Path:
        """What a link in that folder may not lead out of."""
        return self.packs.get(pack_id, self.base)

    def has(self, pack_id: str) -> bool:
        """Whether there is such a pack, usable or not."""
        return pack_id in self.blocked or (self.folder(pack_id) / "pack.toml").is_file()

    def pack_ids(self) -> tuple[str, ...]:
        """The ids of all packs, sorted, those that must not be used among them."""
        shipped = {path.parent.relative_to(self.base).as_posix() for path in self.base.glob("*/*/pack.toml")}
        blocked = {name for name in self.blocked if not name.startswith("codes/")}
        return tuple(sorted(shipped | set(self.packs) | blocked))

    def code_folder(self, year: int) -> Path:
        """The folder of a year's code tables; it need not be there."""
        return self.codes.get(year, self.base / "codes" / str(year))

    def code_years(self) -> tuple[int, ...]:
        """The years whose code tables are there and may be used, ascending."""
        shipped = {int(path.name) for path in (self.base / "codes").glob("[0-9][0-9][0-9][0-9]") if path.is_dir()}
        return tuple(sorted(year for year in shipped | set(self.codes) if f"codes/{year}" not in self.blocked))


Forms = Path | Shelf
"""The folder ``forms/``, or a shelf of several."""


def shelf_of(forms: Forms) -> Shelf:
    """``forms`` as a shelf."""
    return forms if isinstance(forms, Shelf) else Shelf(forms)
