"""The bill of materials (CycloneDX 1.6, JSON): everything shipped, each with version, licence and SHA-256."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_SPDX = {"MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "ISC", "MPL-2.0", "OFL-1.1", "Zlib", "0BSD",
         "LGPL-3.0-only", "GPL-3.0-or-later", "LGPL-2.1-or-later", "X11", "bzip2-1.0.6", "Unlicense", "Unicode-3.0",
         "GPL-2.0-only", "GPL-3.0-only", "MIT-CMU"}


@dataclass(frozen=True)
class Part:
    """One component of what is shipped."""

    name: str
    version: str
    licence: str
    """An SPDX identifier or expression where there is one, else its own words."""
    purl: str = ""
    sha256: str = ""
    """Of the file it came from: the wheel, the source archive or the package."""
    note: str = ""
    kind: str = "library"

    @property
    def reference(self) -> str:
        """Return the name the document knows it by."""
        return self.purl or f"{self.name}@{self.version}"


def bill(program: Part, parts: Sequence[Part], epoch: int) -> str:
    """Return the document: the same parts and date always give the same text."""
    ordered = sorted(parts, key=lambda part: (part.name.lower(), part.version))
    seed = json.dumps([[part.reference, part.sha256] for part in (program, *ordered)])
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, seed)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": _component(program),
        },
        "components": [_component(part) for part in ordered],
        "dependencies": [
            {"ref": program.reference, "dependsOn": [part.reference for part in ordered]},
            *({"ref": part.reference} for part in ordered),
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _component(part: Part) -> dict[str, object]:
    told: dict[str, object] = {
        "type": part.kind, "bom-ref": part.reference, "name": part.name, "version": part.version,
    }
    if part.note:
        told["description"] = part.note
    if part.sha256:
        told["hashes"] = [{"alg": "SHA-256", "content": part.sha256}]
    if part.licence:
        told["licenses"] = [_licence(part.licence)]
    if part.purl:
        told["purl"] = part.purl
    return told


def _licence(stated: str) -> dict[str, object]:
    if stated in _SPDX:
        return {"license": {"id": stated}}
    words = stated.replace("(", " ").replace(")", " ").split()
    if len(words) > 1 and all(word in _SPDX or word in ("AND", "OR", "WITH") for word in words):
        return {"expression": stated}
    return {"license": {"name": stated}}


def write(file: Path, text: str) -> None:
    """Write the document with ``\\n`` line ends on every system."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
