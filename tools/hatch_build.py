"""Build hook: the data folders of the checkout travel inside the wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA_FOLDERS = ("forms", "resources", "docs/manual", "docs/tour")


class DataFolders(BuildHookInterface):  # type: ignore[type-arg]
    """Maps ``forms/``, ``resources/`` and the manual to ``xinfang_desk/_data/`` in a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the mapping, except to an editable install, which reads the checkout."""
        if version == "editable":
            return
        for name in DATA_FOLDERS:
            folder = Path(self.root) / name
            if folder.is_dir():
                build_data["force_include"][str(folder)] = f"xinfang_desk/_data/{name}"
