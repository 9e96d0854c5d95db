"""The print set-up a clerk chose last, for each kind of published document; and the printers there are."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from xinfang_desk.flow.printing import Planned, What
from xinfang_desk.gui import settings

Sides = Literal["one", "long", "short"]
DPI = 300
"""At least this; a printer that has no such resolution takes its next finer one."""
_MODES = {"one": QPrinter.DuplexMode.DuplexNone, "long": QPrinter.DuplexMode.DuplexLongSide,
          "short": QPrinter.DuplexMode.DuplexShortSide}
_SIZES = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}


@dataclass(frozen=True, slots=True)
class Setup:
    """What is remembered: printer, sides, whether A3 pages are reduced, and what is printed. Copies are not: forty
    copies are wanted once."""

    printer: str = ""
    sides: Sides = "one"
    large_on_a4: bool = False
    what: What = "all"


def kept_setup(kind: str) -> Setup:
    """The set-up kept for a kind of document; what cannot be read is left at its usual value."""
    try:
        kept = json.loads(settings.kept_text(f"print_{kind}") or "{}")
    except ValueError:
        return Setup()
    setup = Setup()
    if not isinstance(kept, dict):
        return setup
    if isinstance(kept.get("printer"), str):
        setup = replace(setup, printer=kept["printer"])
    if kept.get("sides") in get_args(Sides):
        setup = replace(setup, sides=kept["sides"])
    if kept.get("what") in get_args(What):
        setup = replace(setup, what=kept["what"])
    return replace(setup, large_on_a4=kept.get("large_on_a4") is True)


def keep_setup(kind: str, setup: Setup) -> None:
    """Remember a set-up for this user and kind of document."""
    settings.note_text(f"print_{kind}", json.dumps(asdict(setup), ensure_ascii=False))


def printers() -> list[str]:
    """The names of the printers of this computer, its usual one first."""
    names = [name for name in QPrinterInfo.availablePrinterNames() if name]
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: name != usual)


def can_duplex(name: str) -> bool:
    """Whether a printer says it prints both sides."""
    modes = QPrinterInfo.printerInfo(name).supportedDuplexModes()
    return any(mode in modes for mode in (_MODES["long"], _MODES["short"]))


def make_printer(name: str) -> QPrinter:
    """A printer by its name."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    return printer


def prepare(printer: QPrinter, title: str, copies: int, sides: Sides, first: Planned) -> None:
    """Set up a printer before the first page."""
    printer.setDocName(title)
    printer.setCreator("Xinfang Desk")
    printer.setResolution(max(DPI, min((one for one in printer.supportedResolutions() if one >= DPI), default=DPI)))
    printer.setFullPage(True)
    printer.setCopyCount(copies if printer.supportsMultipleCopies() else 1)
    printer.setCollateCopies(True)
    printer.setDuplex(_MODES[sides])
    lay(printer, first)


def lay(printer: QPrinter, planned: Planned) -> None:
    """The paper of the next page."""
    across = QPageLayout.Orientation.Landscape if planned.across else QPageLayout.Orientation.Portrait
    printer.setPageSize(QPageSize(_SIZES[planned.paper]))
    printer.setPageOrientation(across)
