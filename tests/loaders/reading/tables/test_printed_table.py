from __future__ import annotations

from loaders.pages.page_layout import Region, Sheet, Token
from loaders.reading.layout.page_markup import write_markup
from loaders.reading.tables.printed_table import printed_rows
from tests.drawn_words import words_at


def lines(*rows: tuple[str, ...], bold: int = 1) -> list[Token]:
    return [
        token
        for number, row in enumerate(rows)
        for x, text in zip((60, 140), row, strict=False)
        for token in words_at(x, 100 + 14 * number, text, bold=number < bold)
        if text
    ]


ROWS = (("Role", "Duties"), ("Chair", "Leads the"), ("", "meetings"), ("Clerk", "Writes"))


def test_a_paragraph_of_cells_below_bold_names_is_a_table() -> None:
    words = lines(*ROWS)
    sheet = Sheet(600, 800, words, [Region("text", (55, 90, 300, 150))], has_ink=True)
    markup = write_markup(sheet)
    assert "<thead><tr><th>Role</th><th>Duties</th></tr></thead>" in markup
    assert "<tr><td>Chair</td><td>Leads the meetings</td></tr>" in markup


def test_other_paragraphs_are_none() -> None:
    assert printed_rows(lines(*ROWS)) != []
    assert printed_rows(lines(*ROWS, bold=0)) == []
    assert printed_rows(lines(*ROWS, bold=2)) == []
    askew = [*lines(*ROWS), *words_at(100, 156, "and more")]
    assert printed_rows(askew) == []
