"""The lines of a page one after the other: what is left when its layout cannot be written."""

from __future__ import annotations

from loaders.pages.geometry import enclosing
from loaders.pages.page_layout import Sheet
from loaders.reading.text_layer.line_joining import line_text, lines_of


def plain_markup(sheet: Sheet) -> str:
    """All words in the order of the page, as one chunk."""
    tokens = [token for one in (sheet, *sheet.parts) for token in one.tokens]
    lines = [line_text(line).replace("<", "&lt;") for line in lines_of(tokens)]
    place = " ".join(f"{value:.0f}" for value in enclosing(token.box for token in tokens))
    return f'<chunk box="{place}">\n' + "\n".join(lines) + "\n</chunk>"
