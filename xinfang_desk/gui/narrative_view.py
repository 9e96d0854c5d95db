"""The narrative as it will print: figures are links to where they come from."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from xinfang_desk.gui.palettes import LIGHT
from xinfang_desk.gui.theme import paper_family
from xinfang_desk.messages import window as t
from xinfang_desk.model.passage import Document, Paragraph, Passage, Run
from xinfang_desk.model.sheet import Sheet

_STYLES = {
    "title": "font-size:17pt; font-weight:bold; text-align:center; margin:14px 0 18px 0",
    "h1": "font-size:14pt; font-weight:bold; margin:16px 0 6px 0",
    "h2": "font-size:12.5pt; font-weight:bold; margin:10px 0 4px 0; text-indent:33px",
    "h3": "font-size:12pt; font-weight:bold; margin:8px 0 2px 0; text-indent:32px",
    "h4": "font-size:12pt; margin:6px 0 2px 0; text-indent:32px",
    "body": "font-size:12pt; text-indent:32px; margin:0 0 4px 0; line-height:150%",
    "center": "font-size:12pt; text-align:center; margin:4px 0",
    "right": "font-size:12pt; text-align:right; margin:4px 0",
}


class NarrativeView(QTextBrowser):
    """Shows a :class:`Document`. ``run_chosen`` tells the run behind a clicked figure or fact,
    ``rewrite_wanted`` the key of a paragraph the clerk wants in other words."""

    run_chosen = Signal(object)
    rewrite_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs: list[Run] = []
        self.setObjectName("narrative")
        self.setAccessibleName(t.NARRATIVE)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(28)
        self.anchorClicked.connect(self._chosen)

    def show_document(self, document: Document, sheets: dict[str, Sheet]) -> None:
        """Show the narrative; the reading place is kept."""
        self.runs = []
        parts = [f"<p style='{_STYLES['title']}'>{escape(document.title)}</p>"]
        for passage in document.passages:
            parts += self._passage(passage, sheets)
        at = self.verticalScrollBar().value()
        self.setHtml(f"<body style=\"font-family:'{paper_family()}'; color:{LIGHT.text}\">{''.join(parts)}</body>")
        self.verticalScrollBar().setValue(at)

    def _passage(self, passage: Passage, sheets: dict[str, Sheet]) -> list[str]:
        parts = []
        if passage.heading:
            style = _STYLES[f"h{min(4, max(1, passage.level))}"]
            parts.append(f"<p style='{style}'>{escape(passage.heading)}</p>")
        for paragraph in passage.paragraphs:
            sheet = sheets.get(paragraph.sheet) if paragraph.sheet else None
            parts.append(_table(sheet) if sheet is not None else self._paragraph(paragraph))
        return parts

    def _paragraph(self, paragraph: Paragraph) -> str:
        inner = "".join(self._run(run) for run in paragraph.runs)
        tone = f"; background-color:{LIGHT.warning_soft}" if paragraph.stale else ""
        return f"<p style='{_STYLES[paragraph.style]}{tone}'>{inner}{_rewrite_link(paragraph)}</p>"

    def _run(self, run: Run) -> str:
        words = escape(run.text).replace("\n", "<br/>")
        if not run.cells and not run.address:
            return words
        self.runs.append(run)
        tone = LIGHT.accent if run.cells else LIGHT.text
        return f"<a href='run:{len(self.runs) - 1}' style='color:{tone}; text-decoration:none'>{words}</a>"

    def _chosen(self, url: QUrl) -> None:
        if url.scheme() == "rewrite":
            self.rewrite_wanted.emit(url.path())
            return
        number = url.path()
        if number.isdigit() and int(number) < len(self.runs):
            self.run_chosen.emit(self.runs[int(number)])


def _rewrite_link(paragraph: Paragraph) -> str:
    """The word at a paragraph's end that opens it for rewriting; louder where it asks for a second look."""
    if not paragraph.key:
        return ""
    word = t.REWRITE_AGAIN if paragraph.stale else t.REWRITTEN if paragraph.rewritten else t.REWRITE
    tone = LIGHT.warning if paragraph.stale else LIGHT.dim
    return (f" <a href='rewrite:{escape(paragraph.key)}' style='color:{tone}; text-decoration:none; "
            f"font-size:9pt'>[{escape(word)}]</a>")


def _table(sheet: Sheet) -> str:
    """A sheet set into the text."""
    rows = []
    for line in range(sheet.header_rows):
        cells = "".join(f"<th colspan='{h.column_span}' rowspan='{h.row_span}'>{escape(h.text)}</th>"
                        for h in sorted(sheet.header, key=lambda h: h.column) if h.row == line)
        rows.append(f"<tr>{cells}</tr>")
    for row in sheet.rows:
        cells = "".join(f"<td align='{'right' if c.kind in ('money', 'count') else 'left'}'>{escape(c.text)}</td>"
                        for c in row.cells)
        rows.append(f"<tr>{cells}</tr>")
    unit = f"<p style='{_STYLES['right']}'>{escape(sheet.unit_label)}</p>" if sheet.unit_label else ""
    return f"{unit}<table border='1' cellspacing='0' cellpadding='3' width='100%'>{''.join(rows)}</table>"
