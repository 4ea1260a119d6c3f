"""From the text of a page as MuPDF gives it to characters: what each shows, and how it looks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from loaders.pages.geometry import grown, middle
from loaders.reading.pdf.symbol_fonts import sign_of
from loaders.reading.text_layer.hidden_text import CONTRAST, Paint
from loaders.reading.text_layer.line_joining import HYPHENS
from loaders.reading.text_layer.watermarks import Stretch
from loaders.reading.text_layer.word_boxes import UNCODED, Glyph

FILLED, STROKED, BOLD_PRINT = 16, 32, 8
"""Flags of a character's print, by their value in MuPDF (`FZ_STEXT_FILLED`, …)."""
BOLD_FONT = 16
UNMAPPED = 128 | 256
"""A character of the stretch is its glyph's number in the font: nothing says what it shows."""
NO_CODE = 0xFFFD
DRAWINGS = "Type3 ("
"""What MuPDF calls a font whose glyphs are drawings in the file."""
RADICALS = "\u2e80", "\u2fdf"
"""Signs of dictionaries, which browsers write where text has the ideograph of the same shape."""
WHOLE_SIGNS = str.maketrans(
    "⺎⺒⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻫⻬⻭⻮⻯⻰⻱⻲",
    "兀巳民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄斉齐歯齿竜龙龜亀",
)
"""Those of them that Unicode's normal forms leave as they are (EquivalentUnifiedIdeograph)."""
UNREADABLE = {"Co", "Cn", "Cs", "Cc"}
Place = tuple[int, int]
NO_WIDTH = 0.05
"""Part of the size: what takes less room is not printed."""
SOFT_HYPHEN = "\xad"
"""Fonts give it and the hyphen one glyph: a print shows "-40" that its code calls soft."""
SOFT_SIGNS = {SOFT_HYPHEN, " "}
"""MuPDF gives a soft hyphen that shows nothing as a space."""
PRINTED_HYPHENS = HYPHENS.replace(SOFT_HYPHEN, "")


@dataclass(frozen=True)
class Untold:
    """Where glyphs begin that the file leaves in the dark."""

    shapeless: Set[Place] = frozenset()
    """A font of the file has no shape for them."""
    uncoded: Set[Place] = frozenset()
    """Nothing says what they show."""


@dataclass
class PageText:
    """All characters of a page in the order of its text layer."""

    glyphs: list[Glyph] = field(default_factory=list)
    alphas: list[int] = field(default_factory=list)
    """How opaque each is; 0 if it is not painted."""
    lines: list[Stretch] = field(default_factory=list)
    uncoded: int = 0
    """Characters of which nothing tells what they show."""


def page_text(blocks: Sequence[Any], untold: Untold) -> PageText:
    """The characters of all lines; a line that runs up or down the page is not level."""
    found = PageText()
    lines = [line for block in blocks for line in block.get("lines", ())]
    for number, line in enumerate(lines, 1):
        for span in line["spans"]:
            glyphs = list(glyphs_of(span, number, untold, level=abs(line["dir"][1]) < 0.1))
            found.glyphs += glyphs
            painted = span["char_flags"] & (FILLED | STROKED)
            found.alphas += [span["alpha"] if painted else 0] * len(glyphs)
            found.uncoded += sum(g.char == UNCODED and not g.shapeless for g in glyphs)
        found.lines.append(stretch(line, number))
    return found


def untold_on(page: Any) -> Untold:
    """The glyphs that lack a shape, and those that lack a code.

    Glyph 0 of a font is the box that it prints for what it does not have. Whatever the text layer
    says stands there, nobody can read it: a producer may have given all of them one code. A font
    that is not in the file may have the shape elsewhere; one of drawings (Type 3) has no such
    glyph, unless it was made of another font.
    """
    others = {font[3].split("+")[-1] for font in page.get_fonts() if font[1] == "n/a"}
    spans = page.get_texttrace()
    own = {font for font in {span["font"] for span in spans} - others if has_box(page, font)}
    shapeless, uncoded = set(), set()
    for span in spans:
        for code, glyph, origin, _ in span["chars"]:
            if code == NO_CODE:
                uncoded.add(place_of(origin))
            if glyph == 0 and span["font"] in own and not chr(code).isspace():
                shapeless.add(place_of(origin))
    return Untold(shapeless, uncoded)


def has_box(page: Any, font: str) -> bool:
    """Glyph 0 is what the font prints where it has nothing; so Chromium names it in drawings."""
    if not font.startswith(DRAWINGS):
        return True
    number = font.removeprefix(DRAWINGS).split()[0]
    if not number.isdecimal() or not int(number):
        return False
    names = page.parent.xref_get_key(int(number), "Encoding/Differences")[1]
    return bool(re.match(r"\[\s*0\s*/(g0|\.notdef)\b", names))


def place_of(origin: Sequence[float]) -> Place:
    """Where a glyph begins, in tenths of a point."""
    return round(10 * origin[0]), round(10 * origin[1])


def glyphs_of(span: Any, number: int, untold: Untold, *, level: bool) -> Iterator[Glyph]:
    """The characters of a stretch in one font."""
    bold = bool(span["flags"] & BOLD_FONT or span["char_flags"] & BOLD_PRINT)
    has_unmapped = bool(span["char_flags"] & UNMAPPED)
    for char, after in zip_longest(span["chars"], span["chars"][1:]):
        if char["c"] in SOFT_SIGNS and not is_printed(char, after, NO_WIDTH * span["size"]):
            continue
        place = place_of(char["origin"])
        is_mapped = not (has_unmapped and place in untold.uncoded)
        yield Glyph(
            char=shown_char(char["c"], span["font"], is_mapped=is_mapped),
            box=char["bbox"],
            baseline=char["origin"][1],
            size=span["size"],
            bold=bold,
            line=number,
            level=level,
            shapeless=place in untold.shapeless,
        )


def is_printed(sign: Any, after: Any, least: float) -> bool:
    """Whether a soft hyphen takes room, or a space that may be one: browsers print one over it."""
    left, _, right, _ = sign["bbox"]
    is_under = after and after["c"] in PRINTED_HYPHENS and abs(after["bbox"][0] - left) < least
    return not is_under and (sign["c"] != SOFT_HYPHEN or right - left >= least)


def shown_char(char: str, font: str, *, is_mapped: bool) -> str:
    """The character, the sign that its font has there, or the mark of one without a code."""
    is_strange = unicodedata.category(char) in UNREADABLE and char not in "\t\n\r"
    if not is_mapped or is_strange or "dingbats" in font.lower():
        sign = sign_of(char, font)
        if sign or not is_mapped or is_strange:
            return sign or UNCODED
    if char == SOFT_HYPHEN:
        return "-"
    if RADICALS[0] <= char <= RADICALS[1]:
        return unicodedata.normalize("NFKC", char).translate(WHOLE_SIGNS)
    return char


def stretch(line: Any, number: int) -> Stretch:
    """How the line runs and looks, without its characters."""
    chars = [(char, span) for span in line["spans"] for char in span["chars"]]
    ends: Sequence[tuple[float, float]] = [(0.0, 0.0)]
    if chars:
        ends = [chars[0][0]["origin"], middle(chars[-1][0]["bbox"])]
    spans = line["spans"] or [{"size": 0.0, "alpha": 255, "color": 0}]
    widest = max(spans, key=lambda span: len(span.get("chars", ())))
    return Stretch(
        number=number,
        text="".join(char["c"] for char, _ in chars).strip(),
        start=ends[0],
        end=ends[-1],
        direction=tuple(line["dir"]),
        size=widest["size"],
        paleness=paleness(widest["color"], widest["alpha"]),
    )


def paleness(colour: int, alpha: int) -> float:
    """From 0, black, to 1, as light as the paper."""
    red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
    light = (0.3 * red + 0.59 * green + 0.11 * blue) / 255
    return 1 - (1 - light) * alpha / 255


def as_printed(glyphs: Sequence[Glyph], paint: Paint) -> list[Glyph]:
    """Glyphs without a code that show nothing are spaces; a code of a mere box says nothing."""
    for glyph in glyphs:
        if glyph.char != UNCODED and not glyph.shapeless:
            continue
        if paint.contrast(grown(glyph.box, 0.5)) >= CONTRAST:
            glyph.char = UNCODED
        else:
            glyph.shapeless = False
            glyph.char = " " if glyph.char == UNCODED else glyph.char
    return list(glyphs)


def without_lines(glyphs: Sequence[Glyph], numbers: Set[int]) -> list[Glyph]:
    """The glyphs of all other lines."""
    return [glyph for glyph in glyphs if glyph.line not in numbers]
