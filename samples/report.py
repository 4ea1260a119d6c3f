"""The report as a whole: its pages in order, and what is true of them."""

# mypy: allow-untyped-calls
from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pymupdf

from samples.accounts import SITES
from samples.typeset import FAINT, TEAL, Sheet, Style

NAME = "larkmoor.pdf"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, MEASURE = 62.0, 74.0, 471.0
RIGHT = LEFT + MEASURE


@dataclass
class Report:
    """The document being made and the truth about its pages."""

    document: Any = field(default_factory=pymupdf.open)
    sheets: list[Sheet] = field(default_factory=list)

    def sheet(self, head: str = "", language: str = "en") -> Sheet:
        """Begin a page, with running head and page number unless `head` is empty."""
        sheet = Sheet(self.page(), language)
        self.sheets.append(sheet)
        if head:
            self._furniture(sheet, head)
        return sheet

    def page(self) -> Any:
        """A new page; PyMuPDF lets go of the one before, so that must be finished."""
        if self.sheets:
            self.sheets[-1].finish()
        return self.document.new_page(width=WIDTH, height=HEIGHT)

    def _furniture(self, sheet: Sheet, head: str) -> None:
        left = Style(font="helv", size=7.6, colour=FAINT)
        right = replace(left, align="right")
        texts = ("Larkmoor Instruments plc", head, "Annual Report 2025", str(len(self.sheets)))
        for text, x, y, style in zip(
            texts, (LEFT, RIGHT, LEFT, RIGHT), (44, 44, 812, 812), (left, right) * 2, strict=True
        ):
            sheet.label(text, x, y, style)
            sheet.furniture.append(text)
        sheet.rule(LEFT, 51, RIGHT, 0.5, TEAL)

    def truth(self) -> dict[str, Any]:
        """What stands on each page, and the tables whole."""
        pages = [
            {
                "page": number,
                "language": sheet.language,
                "outcome": "ok",
                "scan": False,
                "furniture": sheet.furniture,
                "blocks": sheet.blocks,
            }
            for number, sheet in enumerate(self.sheets, start=1)
        ]
        pages[-1]["scan"] = True
        return {"document": NAME, "pages": pages, "across_pages": self._across()}

    def _across(self) -> dict[str, Any]:
        """The paragraph and the table that a page break cuts in two."""
        halves = [
            (number, block)
            for number, sheet in enumerate(self.sheets, start=1)
            for block in sheet.blocks
            if block.get("continues") or block.get("continued")
        ]
        text = " ".join(block["text"] for _, block in halves if block["kind"] == "text")
        return {
            "text": {"pages": [3, 4], "text": text},
            "table": {
                "pages": [number for number, block in halves if block["kind"] == "table"],
                "caption": SITES.caption,
                "header_rows": SITES.header_rows,
                "rows": SITES.grid(),
            },
        }
