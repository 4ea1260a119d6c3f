from __future__ import annotations

from loaders.reading.tables.cell_phrases import Phrase, TableLine
from loaders.reading.tables.column_gutters import gutters, parted, split_at
from loaders.reading.tables.columns import column_lines, reach
from tests.drawn_words import table_line, words_at


def test_lines_with_phrases_on_both_sides_are_parted() -> None:
    row = table_line(100, (50, "Pilotage"), (120, "Mooring"))
    assert parted(100, [row]) == 1
    assert parted(70, [row]) == 0


def test_gutters_stand_between_phrases_and_not_before_the_first() -> None:
    rows = [table_line(100 + 14 * n, (50, "Pilotage"), (120, "1,204")) for n in range(3)]
    phrases = [phrase for row in rows for phrase in row.phrases]
    ((start, end),) = gutters(phrases, len(rows))
    assert 88 < start < 90 < end < 122


def test_a_year_amidst_of_three_columns_is_no_column() -> None:
    """Its head is centred over all, while the other year ends where its own figures do."""
    lines = [
        table_line(100, (250, "2025"), (485, "2024")),
        table_line(112, (195, "Underlying"), (270, "Exceptional"), (380, "Total"), (480, "Total")),
        *(
            table_line(126 + 14 * n, (50, name), (220, "842"), (312, "16"), (390, "58"), (490, "7"))
            for n, name in enumerate(("Pilotage", "Mooring", "Cranes", "Towage"))
        ),
    ]
    columns = column_lines(lines, [], [], (45.0, 90.0, 510.0, 180.0))
    assert reach(lines[1].phrases[0], columns) == (1, 1)
    assert reach(lines[1].phrases[1], columns) == (2, 2)


def test_names_that_almost_touch_are_parted_where_the_figures_below_the_first_end() -> None:
    names = TableLine([Phrase(words_at(200, 100, "Q3 2026 Q3 2025 restated"))])
    end = names.phrases[0].tokens[1].box[2]
    last = names.phrases[0].box[2]
    rows = [
        table_line(114 + 14 * n, (50, "Mooring"), (end - 20, "1120"), (last - 15, "884"))
        for n in range(3)
    ]
    head, *_ = split_at([names, *rows], [end + 1.5])
    assert [phrase.text for phrase in head.phrases] == ["Q3 2026", "Q3 2025 restated"]
    head, *_ = split_at([names, *rows[1:]], [end + 1.5])
    assert len(head.phrases) == 1
