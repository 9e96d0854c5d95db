"""What the project says about itself agrees with itself: versions, locks, rooms, entry point."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import xinfang_desk
from xinfang_desk.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
LOCKED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked_versions(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {canonicalize_name(found["name"]): found["version"] for found in LOCKED.finditer(text)}


def pins(requirements: list[str]) -> dict[str, str]:
    parsed = [Requirement(requirement) for requirement in requirements]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in parsed}


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ()), ("requirements-dev.lock", ("dev", "bench"))]
)
def test_the_lock_holds_what_pyproject_pins(
    pyproject: dict[str, Any], lock: str, extras: tuple[str, ...]
) -> None:
    project = pyproject["project"]
    wanted = pins(project["dependencies"])
    for extra in extras:
        wanted |= pins(project["optional-dependencies"][extra])
    locked = locked_versions(lock)
    assert {name: locked.get(name) for name in wanted} == wanted


def test_both_locks_agree() -> None:
    runtime, development = locked_versions("requirements.lock"), locked_versions("requirements-dev.lock")
    assert runtime.items() <= development.items()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes_and_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_every_room_stands_in_the_order_of_rooms(pyproject: dict[str, Any]) -> None:
    contracts = {contract["id"]: contract for contract in pyproject["tool"]["importlinter"]["contracts"]}
    layers = {room.strip() for layer in contracts["rooms"]["layers"] for room in layer.split("|")}
    rooms = {path.parent.name for path in (ROOT / "xinfang_desk").glob("*/__init__.py")}
    assert rooms <= layers


def test_the_command_starts_the_program() -> None:
    scripts = {script.name: script.value for script in entry_points(group="console_scripts")}
    assert scripts["xinfang-desk"] == "xinfang_desk.__main__:main"


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"xinfang-desk {xinfang_desk.__version__}"
