"""What the program is made of: the bill of materials and the licences that an installer puts into ``about/``.

``sbom.cdx.json`` (CycloneDX) and ``licences/*.txt``. A checkout has no such folder: there the locked requirements and
the fonts' record of origin are shown, with the licences that lie in it.
"""

from __future__ import annotations

import json
import platform
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from xinfang_desk import __version__
from xinfang_desk.messages import about as words
from xinfang_desk.messages import program
from xinfang_desk.places import about_dir, package_dir, resources_dir, user_dir

BILL = "sbom.cdx.json"
_LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
_LARGEST_TEXT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """Something shipped with the program, and its licence as a name."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence's text in a file."""

    title: str
    path: Path

    @property
    def text(self) -> str:
        """The whole of it; a sentence where it cannot be read."""
        try:
            with self.path.open("rb") as file:
                return file.read(_LARGEST_TEXT).decode("utf-8", errors="replace")
        except OSError as error:
            return words.LICENCE_UNREADABLE.format(path=self.path, reason=error.strerror or error)


@dataclass(frozen=True, slots=True)
class About:
    """``told``: what there is to say of the list of parts: how many, where the bill lies, or why there is none."""

    version: str
    parts: tuple[Part, ...]
    licences: tuple[Licence, ...]
    told: str


def about() -> About:
    """What is known of this program as it is installed. Never raises for what is missing or damaged: it is told."""
    folder = about_dir()
    if folder is None:
        parts = (*_locked(), *_fonts())
        return About(__version__, parts, _checkout_licences(), words.PARTS_NONE)
    bill = folder / BILL
    try:
        parts = read_bill(bill)
        told = words.PARTS_COUNT.format(count=len(parts), path=bill)
    except (OSError, ValueError) as error:
        parts, told = (), words.PARTS_BROKEN.format(path=bill, reason=getattr(error, "strerror", None) or error)
    return About(__version__, parts, _licences(folder / "licences"), told)


def facts() -> tuple[tuple[str, str], ...]:
    """Label and value: version, system, and where everything of this user lies."""
    data = user_dir()
    return ((words.FACT_VERSION, __version__), (words.FACT_PYTHON, platform.python_version()),
            (words.FACT_SYSTEM, f"{platform.platform()} {platform.machine()}"), (words.FACT_PLACE, str(package_dir())),
            (words.FACT_DATA, words.DATA_HINT.format(folder=data)), (words.FACT_PACKS, str(data / "packs")),
            (words.FACT_LOG, str(data / "logs" / program.LOG_FILE)))


def read_bill(path: Path) -> tuple[Part, ...]:
    """The parts a CycloneDX file names, by name. Raises ``OSError``, and ``ValueError`` where it is none."""
    read = json.loads(path.read_text(encoding="utf-8"))
    try:
        found = [Part(str(one["name"]), str(one.get("version", "")), _licence(one)) for one in read["components"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    return tuple(sorted(found, key=lambda part: part.name.casefold()))


def _licence(component: dict[str, list[dict[str, object]]]) -> str:
    names = []
    for entry in component.get("licenses", []):
        inner = entry.get("license")
        held = inner if isinstance(inner, dict) else {}
        names.append(str(entry.get("expression") or held.get("id") or held.get("name") or ""))
    return " AND ".join(name for name in names if name) or words.LICENCE_UNKNOWN


def _licences(folder: Path) -> tuple[Licence, ...]:
    own = "xinfang-desk"
    found = sorted((path for path in folder.glob("*.txt") if path.is_file()),
                   key=lambda path: (path.stem != own, not path.stem.startswith("font-"), path.stem.casefold()))
    return tuple(Licence(_title(path.stem, own), path) for path in found)


def _title(stem: str, own: str) -> str:
    if stem == own:
        return words.OWN_LICENCE
    return words.FONT_LICENCE.format(name=stem.removeprefix("font-")) if stem.startswith("font-") else stem


# ---- in a checkout ---------------------------------------------------------------------------------------------


def _locked() -> tuple[Part, ...]:
    try:
        text = (package_dir().parent / "requirements.lock").read_text(encoding="utf-8")
    except OSError:
        return ()
    return tuple(Part(name, version, words.LICENCE_IN_PACKAGE) for name, version in _LOCKED.findall(text))


def _fonts() -> tuple[Part, ...]:
    told = tomllib.loads((resources_dir() / "fonts" / "PROVENANCE.toml").read_text(encoding="utf-8"))
    return tuple(Part(font["family"], font["version"], font["licence"]) for font in told["font"])


def _checkout_licences() -> tuple[Licence, ...]:
    own = package_dir().parent / "LICENSE"
    fonts = sorted((resources_dir() / "fonts").glob("LICENSE-*"))
    return (*([Licence(words.OWN_LICENCE, own)] if own.is_file() else []),
            *(Licence(words.FONT_LICENCE.format(name=path.stem.removeprefix("LICENSE-")), path) for path in fonts))
