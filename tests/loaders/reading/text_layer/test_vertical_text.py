"""Chinese and Japanese that run down the page are read column by column, from the right."""

from __future__ import annotations

from pathlib import Path

from loaders.reading.text_layer.vertical_text import vertical_text
from loaders.reading.text_layer.word_boxes import Glyph
from samples.printer import Printer
from tests.read_back import read_back

COLUMNS = (
    "委員会は年に四回開かれ両港の役員から",
    "報告を受けた予算は二百四十万円とされ",
    "曳船二隻の購入が承認された",
)


def signs(text: str, x: float, y: float, dx: float, dy: float) -> list[Glyph]:
    return [
        Glyph(char, (left, top, left + 10, top + 10), top + 9, 10, bold=False, line=line)
        for line, char in enumerate(text)
        for left, top in [(x + dx * line, y + dy * line)]
    ]


def test_columns_are_read_from_the_right(tmp_path: Path) -> None:
    printer = Printer()
    for number, column in enumerate(COLUMNS):
        for place, char in enumerate(column):
            printer.text(480 - 22 * number, 90 + 14 * place, char, 14, "japan")
    (page,) = read_back(printer.save(tmp_path / "down.pdf"))
    assert "".join(COLUMNS) in page.text.replace(" ", "")
    assert page.tables == []
    assert page.audit.word_recall == 1


def test_the_part_lies_as_it_reads() -> None:
    found = vertical_text(signs("報告を︑", 300, 100, 0, 11))
    assert found is not None
    turn, glyphs = found
    assert "".join(glyph.char for glyph in glyphs) == "報告を、"
    assert len({glyph.baseline for glyph in glyphs}) == 1
    assert [glyph.box[0] for glyph in glyphs] == sorted(glyph.box[0] for glyph in glyphs)
    assert turn.lines == {0, 1, 2, 3}


def test_level_lines_and_cells_below_each_other_stay() -> None:
    level = [glyph for row in range(4) for glyph in signs("報告を受け", 50, 100 + 14 * row, 10, 0)]
    assert vertical_text(level) is None
    assert vertical_text(signs("是否是否是", 50, 100, 0, 18)) is None
    assert vertical_text([]) is None
