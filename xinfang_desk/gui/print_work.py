"""Pages onto a printer, away from the window's thread: each as a picture made from the PDF itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from xinfang_desk.flow.errors import DeskError
from xinfang_desk.flow.preview import PrintPreview
from xinfang_desk.flow.printing import Planned, picture
from xinfang_desk.gui.print_setup import DPI, lay
from xinfang_desk.messages import printing as words

_BAND = 400


class Stopped(DeskError):
    """The clerk stopped the printing."""

    def __init__(self) -> None:
        super().__init__(words.STOPPED)


def print_pages(printer: QPrinter, preview: PrintPreview, pages: Sequence[Planned], copies: int,
                progress: Callable[[str], object], stopped: Callable[[], bool]) -> int:
    """Print prepared pages; how many there were. A printer that makes no copies itself gets the pages as often.

    Raises :class:`Stopped`, and :class:`DeskError` where the printer does not take the work.
    """
    times = copies if copies > 1 and not printer.supportsMultipleCopies() else 1
    sequence = list(pages) * times
    painter = QPainter()
    if not painter.begin(printer):
        raise DeskError(words.FAILED.format(printer=printer.printerName()))
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        for at, one in enumerate(sequence):
            if stopped():
                printer.abort()
                raise Stopped
            progress(words.PRINTING.format(at=at + 1, count=len(sequence)))
            if at:
                lay(printer, one)
                if not printer.newPage():
                    raise DeskError(words.FAILED.format(printer=printer.printerName()))
            # A whole part of the printer's own resolution, at least DPI: finer than the eye, and no giant pictures.
            dpi = printer.resolution() // max(1, printer.resolution() // DPI)
            painter.drawImage(QRect(0, 0, printer.width(), printer.height()), page_image(preview, one, dpi))
    finally:
        painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise DeskError(words.FAILED.format(printer=printer.printerName()))
    return len(sequence)


def page_image(preview: PrintPreview, planned: Planned, dpi: int) -> QImage:
    """A page as a picture: grey where it has no colours, which takes a quarter of the memory and of the wire."""
    coloured = preview.map.pages[planned.page].kind == "chart"
    form = QImage.Format.Format_RGB32 if coloured else QImage.Format.Format_Grayscale8
    bands: list[tuple[int, QImage]] = []

    def take(top: int, width: int, height: int, pixels: bytes) -> None:
        band = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32)
        bands.append((top, band.convertToFormat(form) if not coloured else band.copy()))

    width, height = picture(preview, planned, dpi, _BAND, take)
    whole = QImage(width, height, form)
    with_painter = QPainter(whole)
    for top, band in bands:
        with_painter.drawImage(0, top, band)
    with_painter.end()
    return whole
