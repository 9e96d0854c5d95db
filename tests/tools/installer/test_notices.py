"""The bill of materials: its form, that it is the same twice, and that fonts and licences are in."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tools.installer import notices, sbom
from tools.installer.request import Request
from tools.installer.tree import ABOUT

PROGRAM = sbom.Part("xinfang-desk", "1.0", "GPL-3.0-or-later", "pkg:generic/xinfang-desk@1.0", kind="application")
PARTS = [
    sbom.Part("zlib", "1.3.1", "Zlib", sha256="a" * 64),
    sbom.Part("Thing", "2", "MIT OR Apache-2.0", "pkg:pypi/thing@2", "b" * 64),
    sbom.Part("odd", "3", "Some words of its own"),
]
# What the schema of CycloneDX 1.6 demands of the fields that are used here.
SERIAL = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
KINDS = {"application", "library", "file", "framework", "operating-system", "data"}


def check_form(document: dict[str, object]) -> None:
    assert (document["bomFormat"], document["specVersion"], document["version"]) == ("CycloneDX", "1.6", 1)
    assert SERIAL.fullmatch(str(document["serialNumber"]))
    components = document["components"]
    assert isinstance(components, list)
    references = [one["bom-ref"] for one in components]
    assert len(references) == len(set(references))
    for one in components:
        assert one["type"] in KINDS
        assert one["name"]
        assert one["version"]
        assert set(one) <= {"type", "bom-ref", "name", "version", "description", "hashes", "licenses", "purl"}
        for digest in one.get("hashes", []):
            assert digest["alg"] == "SHA-256"
            assert re.fullmatch("[0-9a-f]{64}", digest["content"])
        for licence in one.get("licenses", []):
            assert set(licence) in ({"license"}, {"expression"})
    linked = document["dependencies"]
    assert isinstance(linked, list)
    assert {one["ref"] for one in linked} - set(references) == {PROGRAM.reference}


def test_the_bill_has_the_form_of_cyclonedx_and_is_the_same_twice() -> None:
    text = sbom.bill(PROGRAM, PARTS, 0)
    assert text == sbom.bill(PROGRAM, list(reversed(PARTS)), 0)
    document = json.loads(text)
    check_form(document)
    assert [one["name"] for one in document["components"]] == ["odd", "Thing", "zlib"]
    assert document["components"][1]["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert document["components"][2]["licenses"] == [{"license": {"id": "Zlib"}}]
    assert text != sbom.bill(PROGRAM, PARTS[:2], 0)


def test_every_font_is_in_the_bill() -> None:
    fonts = notices.parts_of_fonts()
    assert len(fonts) == 5
    assert all(font.sha256 and font.licence for font in fonts)


def test_bill_and_licences_lie_in_the_tree_and_beside_the_installer(tmp_path: Path) -> None:
    info = tmp_path / "tree" / "pkgs" / "thing-2.dist-info" / "licenses"
    info.mkdir(parents=True)
    (info / "LICENSE").write_text("the words of thing", "utf-8")
    zlib = tmp_path / "zlib"
    zlib.write_text("the words of zlib", "utf-8")
    request = Request(tmp_path, tmp_path, "1.0", 0)
    notices.write(tmp_path / "tree", request, PARTS, {"zlib": [zlib]})
    about = tmp_path / "tree" / ABOUT
    check_form(json.loads((about / notices.BILL).read_text("utf-8")))
    assert (about / "licences" / "thing.txt").read_text("utf-8") == "the words of thing"
    assert "ICU" in (about / "licences" / "ICU.txt").read_text("utf-8")
    assert "harfbuzz" in (about / "licences" / "Qt-third-party.txt").read_text("utf-8")
    assert "GNU LESSER" in (about / "licences" / "LGPL-3.0.txt").read_text("utf-8")
    bill, listed = notices.beside(tmp_path / "tree", tmp_path, "setup")
    assert bill.read_bytes() == (about / notices.BILL).read_bytes()
    for words in ("zlib 1.3.1 — Zlib", "the words of thing", "the words of zlib", "GNU GENERAL PUBLIC LICENSE"):
        assert words in listed.read_text("utf-8")
