from __future__ import annotations

from pathlib import Path

import pytest

from loaders.pages.page_layout import Field, Fill, Token
from loaders.reading.layout.key_figures import key_figures
from loaders.reading.text_layer.line_joining import paragraph
from samples.printer import Printer
from tests.drawn_words import words_at
from tests.read_back import read_back

TILES = (
    ("Revenue", "412.6 m", "+8.1% on 2023"),
    ("Margin", "14.2%", "2023: 12.9%"),
    ("Staff", "2,871", "at year end"),
)


@pytest.mark.parametrize("is_over", [True, False], ids=["name-over", "name-under"])
def test_a_key_figure_belongs_to_its_own_name(tmp_path: Path, *, is_over: bool) -> None:
    printer = Printer()
    printer.text(60, 60, "The year at a glance", 14)
    for number, (name, value, remark) in enumerate(TILES):
        x = 60 + 160 * number
        printer.text(x, 100 if is_over else 142, name, 9)
        printer.text(x, 124, value, 20)
        printer.text(x, 142 if is_over else 156, remark, 9)
    printer.prose(240)
    (page,) = read_back(printer.save(tmp_path / "tiles.pdf"))
    for name, value, remark in TILES:
        assert f"{name}: {value} ({remark})" in page.text


def said(fields: list[Field]) -> list[str]:
    return [" | ".join(paragraph(part) for part in (f.label, f.value, f.remark)) for f in fields]


def lines_of_tiles(*rows: tuple[float, float, str, str]) -> list[list[list[Token]]]:
    """Lines of two phrases: baseline, size, left, right."""
    return [
        [words_at(60, y, left, size=size), words_at(260, y, right, size=size)]
        for y, size, left, right in rows
    ]


def test_a_name_is_of_the_same_painted_ground_as_its_figure() -> None:
    lines = lines_of_tiles((100, 8, "last year", "this year"), (118, 18, "17", "23"))
    lines += lines_of_tiles((130, 8, "Berths", "Cranes"))
    grounds = [Fill((x, 101, x + 150, 140), "#e0e0e0") for x in (50.0, 250.0)]
    assert said(key_figures(lines, [])) == ["last year | 17 | Berths", "this year | 23 | Cranes"]
    assert said(key_figures(lines, grounds)) == ["Berths | 17 | ", "Cranes | 23 | "]


def test_one_figure_alone_or_figures_of_a_table_are_no_tiles() -> None:
    alone = [[words_at(60, 100, "Berths", size=8)], [words_at(60, 118, "17", size=18)]]
    assert key_figures(alone, []) == []
    table = lines_of_tiles((100, 10, "2023", "2024"), (114, 10, "17", "23"))
    assert key_figures(table, []) == []


@pytest.mark.parametrize("is_over", [True, False], ids=["name-over", "name-under"])
def test_a_name_between_two_rows_is_that_of_the_closer_figure(*, is_over: bool) -> None:
    to_name = -21 if is_over else 14
    lines: list[list[list[Token]]] = []
    for y, figures, names in ((100, ("17", "23"), ("Berths", "Cranes")),
                              (146, ("31", "58"), ("Sheds", "Pilots"))):  # fmt: skip
        own = lines_of_tiles((y, 20, *figures), (y + to_name, 8, *names))
        lines += own[::-1] if is_over else own
    assert said(key_figures(lines, [])) == [
        "Berths | 17 | ", "Cranes | 23 | ", "Sheds | 31 | ", "Pilots | 58 | ",
    ]  # fmt: skip
