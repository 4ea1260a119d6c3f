from __future__ import annotations

import pytest

from loaders.pages.page_layout import Fill, Rule, Sheet, Token
from loaders.reading.layout.prose_pages import plain_regions

SENTENCE = "the quick brown fox jumps over a lazy dog and runs far away from here"


def line(
    y: float, text: str, *, x: float = 72, bold: bool = False, size: float = 10
) -> list[Token]:
    """Words in a type of even width, a space apart."""
    tokens: list[Token] = []
    for word in text.split():
        box = (x, y - 0.8 * size, x + 0.5 * size * len(word), y + 0.2 * size)
        tokens.append(Token(word, box, y, size, bold=bold, line=int(y)))
        x = box[2] + 0.4 * size
    return tokens


def prose(y: float, lines: int = 4) -> list[Token]:
    """A paragraph of full lines but for the last."""
    full = f"Then {SENTENCE}"
    return [
        token
        for n in range(lines)
        for token in line(y + 12 * n, full if n < lines - 1 else "of its own accord.")
    ]


def page(*parts: list[Token]) -> Sheet:
    return Sheet(500, 800, [token for part in parts for token in part])


def kinds(sheet: Sheet) -> list[str]:
    return [region.kind for region in plain_regions(sheet) or ()]


def test_plain_prose_needs_no_model() -> None:
    sheet = page(prose(120), prose(190), prose(260))
    regions = plain_regions(sheet)
    assert regions is not None
    assert [region.kind for region in regions] == ["text"] * 3
    assert [round(region.box[1]) for region in regions] == [112, 182, 252]


def test_bold_large_and_lonely_lines_are_headings() -> None:
    sheet = page(
        line(120, "Risks of our trade", bold=True),
        prose(134),
        line(200, "Larger print", size=12),
        prose(216),
        line(290, "Fulfilment"),
        prose(302),
    )
    assert kinds(sheet) == ["section-header", "text"] * 3


def test_bullets_are_items() -> None:
    items = [token for n in range(3) for token in line(190 + 12 * n, "• " + SENTENCE[:40])]
    assert kinds(page(prose(120), items, prose(250))) == ["text", *["list-item"] * 3, "text"]


def test_page_numbers_stand_apart_and_running_heads_that_come_again() -> None:
    sheet = page(line(40, "Annual report"), prose(120, 9), line(770, "17", x=250))
    assert kinds(sheet) == ["page-footer", "section-header", "text"]
    sheet.margins = frozenset({"annual", "report"})
    assert kinds(sheet) == ["page-header", "page-footer", "text"]


@pytest.mark.parametrize(
    "sheet",
    [
        page(prose(120, 5)),
        page(prose(120, 9), line(240, "Sales") + line(240, "1,204", x=300), prose(260)),
        page(prose(120, 9), line(240, "12 14 17 19 1,204 99"), prose(260)),
        page(prose(120, 9), line(240, "x = ∑ a + b over many"), prose(260)),
        page(prose(120, 9), line(240, "Contents ........ 12"), prose(260)),
        page(prose(120, 9), line(240, "Right", x=330), prose(260)),
        Sheet(500, 800, prose(120, 9), rules=[Rule((72, 150, 400, 151))]),
        Sheet(500, 800, prose(120, 9), fills=[Fill((72, 150, 400, 170), "#eeeeee")]),
        Sheet(500, 800, prose(120, 9), pictures=[(72, 300, 200, 400)]),
    ],
    ids=["few", "holes", "figures", "formula", "leader", "aside", "rule", "fill", "picture"],
)
def test_whatever_may_be_more_than_prose_is_left_to_the_model(sheet: Sheet) -> None:
    assert plain_regions(sheet) is None


def test_an_underlined_line_is_prose() -> None:
    sheet = page(prose(120, 9))
    sheet.rules = [Rule((72, 121, 140, 121.5))]
    assert plain_regions(sheet) is not None
