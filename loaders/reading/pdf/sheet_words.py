"""From characters and drawings to the words and rules of a sheet, and of its turned parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.pages.page_layout import Rule, Sheet, Token
from loaders.pages.word import Box
from loaders.reading.layout.cell_colours import colour_words
from loaders.reading.pdf.drawn_dots import with_bullets, with_dots
from loaders.reading.pdf.drawn_marks import Shape, with_drawn_marks, with_tick_boxes
from loaders.reading.pdf.glyphs import PageText, without_lines
from loaders.reading.text_layer.composed_signs import with_composed
from loaders.reading.text_layer.line_numbers import line_numbers
from loaders.reading.text_layer.line_numbers import told as line_numbers_told
from loaders.reading.text_layer.raised_marks import with_marks
from loaders.reading.text_layer.struck_words import strike
from loaders.reading.text_layer.tracked_words import without_tracking
from loaders.reading.text_layer.turned_parts import (
    Turn,
    turned_glyphs,
    turned_parts,
    turned_rules,
    with_upright_lines,
)
from loaders.reading.text_layer.vertical_text import vertical_text
from loaders.reading.text_layer.word_boxes import (
    Glyph,
    shapeless_told,
    tokens,
    without_drawn,
    without_duplicates,
)


@dataclass
class Drawn:
    """What stands on the page besides its characters."""

    rules: list[Rule]
    shapes: list[Shape] = field(default_factory=list)
    struck: list[Box] = field(default_factory=list)
    """Areas that a reviewer has struck out."""
    boxes: list[tuple[Box, bool]] = field(default_factory=list)
    """Boxes of a form to tick, and whether they are ticked."""


def set_words(sheet: Sheet, text: PageText, seen: Sequence[Glyph], drawn: Drawn) -> None:
    """Give the sheet the words that are seen, its rules, and its parts that lie on their side."""
    sheet.shapeless = [glyph.box for glyph in seen if glyph.shapeless]
    sheet.notes += shapeless_told(len(sheet.shapeless))
    rules = drawn.rules
    for turn in turned_parts(text.lines, seen):
        own, rules = turned_rules(rules, turn)
        sheet.parts.append(part(turn, turned_glyphs(seen, text.lines, turn), own, sheet))
        seen = without_lines(seen, turn.lines)
    if down := vertical_text(seen):
        sheet.parts.append(part(*down, [], sheet))
        seen = without_lines(seen, down[0].lines)
    rules = strike(seen, rules, drawn.struck)
    words, lines = words_of(seen)
    numbers = line_numbers(words)
    if numbers:
        sheet.notes.append(line_numbers_told(numbers))
        apart = {id(number) for number in numbers}
        words = [word for word in words if id(word) not in apart]
    merged = with_upright_lines(words, text.lines)
    signed, rules, has_marks = with_drawn_marks(merged, rules, drawn.shapes)
    dotted, has_dots = with_dots(signed, drawn.shapes)
    if has_dots and colour_words(signed, sheet.fills):
        dotted, has_dots = signed, False  # lights, which their colours tell
    bulleted = with_bullets(dotted, sheet.fills)
    sheet.tokens, has_boxes = with_tick_boxes(bulleted, drawn.boxes)
    sheet.unsure += [token.text for token in sheet.tokens if None in token.uncoded]
    colours = colour_words(sheet.tokens, sheet.fills)
    if colours:
        sheet.tokens += colours
        sheet.notes.append(f"colours written as words: in {len(colours)} cells")
    sheet.rules = rules + lines
    is_changed = bool(sheet.parts or numbers or colours) or len(merged) < len(words)
    sheet.is_altered = sheet.is_altered or is_changed or has_marks or has_dots or has_boxes


def words_of(glyphs: Sequence[Glyph]) -> tuple[list[Token], list[Rule]]:
    """The words of these characters, and the rules that are made of them."""
    return without_drawn(
        without_tracking(with_marks(tokens(with_composed(without_duplicates(glyphs)))))
    )


def part(turn: Turn, glyphs: Sequence[Glyph], rules: list[Rule], sheet: Sheet) -> Sheet:
    """A part of the page as a page of its own."""
    width, height = turn.size
    words, lines = words_of(glyphs)
    return Sheet(
        width=width,
        height=height,
        tokens=words,
        rules=rules + lines,
        has_ink=True,
        is_altered=True,
        frame=turn.frame(sheet.width, sheet.height),
    )
