from __future__ import annotations

from loaders.pages.page_layout import Fill, Sheet
from loaders.reading.pdf.glyphs import PageText
from loaders.reading.pdf.sheet_words import Drawn, set_words, words_of
from loaders.reading.text_layer.watermarks import Stretch
from loaders.reading.text_layer.word_boxes import Glyph
from tests.drawn_words import level


def glyphs(text: str, x: float, y: float, *, line: int = 0, up: bool = False) -> list[Glyph]:
    """Letters of five points; `up`: one above the other."""
    found = []
    for number, char in enumerate(text):
        left, base = (x, y - 5 * number) if up else (x + 5 * number, y)
        box = (left - 8, base - 5, left + 2, base) if up else (left, base - 8, left + 5, base + 2)
        found.append(Glyph(char, box, base, 10, bold=False, line=line, level=not up))
    return found


def page_text(seen: list[Glyph], *lines: Stretch) -> PageText:
    return PageText(glyphs=seen, lines=list(lines), alphas=[255] * len(seen), uncoded=0)


def test_characters_become_words_and_drawings_rules() -> None:
    sheet = Sheet(600, 800, [])
    seen = glyphs("North quay", 50, 100)
    set_words(sheet, page_text(seen), seen, Drawn([level(200, 50, 300)]))
    assert [token.text for token in sheet.tokens] == ["North", "quay"]
    assert len(sheet.rules) == 1
    assert not sheet.is_altered


def test_a_raised_mark_is_written_with_raised_signs() -> None:
    mark = Glyph("2", (75, 88, 78, 94), 94, 6, bold=False, line=0)
    words, _ = words_of([*glyphs("North", 50, 100), mark])
    assert [word.text for word in words] == ["North", "²"]


def test_rows_that_run_up_the_page_are_a_part_of_their_own() -> None:
    lines, seen = [], []
    for number in range(8):
        x, y = 100 + 20 * (number // 2), 400 - 150 * (number % 2)
        seen += glyphs("Dues", x, y, line=number, up=True)
        lines.append(Stretch(number, "Dues", (x, y), (x, y - 20), (0.0, -1.0), 10))
    sheet = Sheet(600, 800, [])
    set_words(sheet, page_text(seen, *lines), seen, Drawn([level(790, 10, 590)]))
    [part] = sheet.parts
    assert sheet.tokens == []
    assert sheet.is_altered
    assert [token.text for token in part.tokens].count("Dues") == 8
    assert part.frame is not None


def test_a_box_of_a_form_is_a_sign_before_its_word() -> None:
    sheet, seen = Sheet(600, 800, []), glyphs("Sail", 80, 100)
    set_words(sheet, page_text(seen), seen, Drawn([], boxes=[((60, 92, 70, 102), True)]))
    assert [token.text for token in sheet.tokens] == ["☒", "Sail"]
    assert sheet.is_altered


def test_shades_without_a_key_say_nothing() -> None:
    sheet = Sheet(600, 800, [], fills=[Fill((40, 90, 200, 104), "#ff0000")])
    seen = glyphs("North quay", 50, 100)
    set_words(sheet, page_text(seen), seen, Drawn([]))
    assert sheet.notes == []
