"""Fonts of signs whose codes say nothing by themselves: what their glyphs show.

A producer that embeds Symbol or Wingdings writes the code of the glyph, moved to U+F000, where
Unicode has no characters. The tables are those of the fonts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

PRIVATE = 0xF000
"""Where a symbol font's own codes are moved to."""

_GREEK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz"
_GREEK_SIGNS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[]⊥_αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL = dict(zip(_GREEK, _GREEK_SIGNS, strict=True)) | {
    chr(code): sign
    for start, signs in (
        (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅"),
        (0x5C, "∴"),
        (0x60, "‾"),
        (0x7B, "{|}∼"),
        (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
        (0xBF, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
    )
    for code, sign in enumerate(signs, start)
}
_DINGBATS = {"3": "☑", "4": "☑", "5": "☒", "6": "☒", "7": "☒", "8": "☒", "l": "●", "m": "○"} | {
    "n": "■", "o": "☐", "p": "☐", "q": "☐", "r": "☐", "u": "◆", "H": "★", "I": "☆"
} | {
    chr(number): sign for number, sign in
    {19: "☑", 20: "☑", 21: "☒", 22: "☒", 23: "☒", 24: "☒", 35: "★", 36: "☆", 71: "●", 74: "☐",
     75: "☐", 78: "◆", 203: "☐", 204: "☐"}.items()
}  # fmt: skip
"""By code, and by the number in the glyph's name (`a20`), which MuPDF gives as the character where
the font has no encoding; 72 and 73 are also the codes of stars."""
_BY_NUMBER = {"H": "○", "I": "■"}
_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x75: "◆",
    0x76: "❖", 0x77: "◆", 0x78: "☒", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪",
    0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "☒",
    0xFC: "☑", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_TABLES = (
    (re.compile("dingbats", re.IGNORECASE), _DINGBATS),
    (re.compile("wingdings(?!.?[23])", re.IGNORECASE), {chr(c): s for c, s in _WINGDINGS.items()}),
    (re.compile("symbol", re.IGNORECASE), _SYMBOL),
)
_COMMON = {0x2D: "−", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB0: "°", 0xB7: "•"} | {
    code: _WINGDINGS[code] for code in (0x6F, 0x71, 0xA7, 0xA8, 0xD8, 0xFC, 0xFD, 0xFE)
}
"""Codes that mean the same wherever they are met: those of Symbol, and boxes of Wingdings."""


def name_dingbats(blocks: Iterable[Any], page: Any) -> None:
    """Write the signs whose numbers are the codes of others, if their font has no encoding."""
    lines = (line for block in blocks for line in block.get("lines", ()))
    spans = [span for line in lines for span in line["spans"] if "Dingbats" in span["font"]]
    fonts = page.get_fonts() if spans else ()
    bare = {font[3].partition("+")[2] or font[3] for font in fonts if not font[5]}
    for char in (char for span in spans if span["font"] in bare for char in span["chars"]):
        char["c"] = _BY_NUMBER.get(char["c"], char["c"])


def sign_of(char: str, font: str) -> str:
    """The sign that the glyph shows, or nothing if the font tells none."""
    code = ord(char)
    is_moved = PRIVATE <= code < PRIVATE + 0x100
    plain = chr(code - PRIVATE) if is_moved else char
    for name, table in _TABLES:
        if name.search(font) and (is_moved or table is not _SYMBOL):
            return table.get(plain, "")
    return _COMMON.get(code - PRIVATE, "") if is_moved else ""
