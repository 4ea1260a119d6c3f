"""Values as accountants write them stand whole in their cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.reading.tables.cell_phrases import phrases_of, table_lines
from samples.printer import Printer
from tests.drawn_words import phrase, words_at
from tests.read_back import read_back

VALUES = [
    ("4.310,00-", "275,40-", "1.112,08"),
    ("1,204.50 CR", "318.00 DR", "77.15 CR"),
    ("(1,234)-", "(88)", "(6,410)"),
    ("3'219.75", "18'004.10", "212'655.00"),
    ("1,23,45,678.00", "3,10,250.75", "(12,500.00)"),
    ("18 437,60", "2 310,05", "912,00"),
    ("12 400 S", "318 H", "77 S"),
    ("EUR 1,204", "EUR 318", "EUR (77)"),
    ("1,204 £", "318 £", "-77 £"),
    ("+12.5 %", "-3.1 %", "0.0 %"),
]


@pytest.mark.parametrize("values", VALUES, ids=[value for value, *_ in VALUES])
def test_values_stand_whole_in_their_cells(tmp_path: Path, values: tuple[str, ...]) -> None:
    printer = Printer()
    y = printer.prose(80)
    rows = [("Item", "2024", "2025")]
    names = ["Freight", "Ferries", "Towage"]
    rows += [
        (name, value, values[(n + 1) % 3])
        for n, (name, value) in enumerate(zip(names, values, strict=True))
    ]
    printer.prose(printer.table(y, rows))
    (page,) = read_back(printer.save(tmp_path / "values.pdf"))
    assert page.tables[0] == [list(row) for row in rows]


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ([(50, "Net"), (70, "sales")], ["Net sales"]),
        ([(50, "Sales"), (90, "1,204")], ["Sales", "1,204"]),
        ([(50, "$"), (120, "1,204")], ["$ 1,204"]),
        ([(50, "1,204"), (95, ")")], ["1,204 )"]),
        ([(50, "€"), (120, "€")], ["€", "€"]),
        ([(50, "12"), (64, "400")], ["12 400"]),
        ([(50, "12"), (66, "400")], ["12", "400"]),
        ([(50, "2024"), (73, "2025")], ["2024", "2025"]),
        ([(50, "12"), (63, "EUR"), (100, "14"), (113, "EUR")], ["12 EUR", "14 EUR"]),
        ([(50, "2024"), (90, "%"), (99, "change")], ["2024", "% change"]),
        ([(50, "EUR"), (120, "1.45"), (142, "%")], ["EUR", "1.45 %"]),
    ],
)
def test_words_that_stand_together_are_a_phrase(
    words: list[tuple[float, str]], texts: list[str]
) -> None:
    line = [token for x, text in words for token in words_at(x, 100, text)]
    assert [one.text for one in phrases_of(line)] == texts


def test_a_line_between_columns_parts_words_that_are_not_close() -> None:
    near, far = (
        words_at(50, 100, "Net sales"),
        words_at(50, 100, "Net") + words_at(71, 100, "sales"),
    )
    assert [one.text for one in phrases_of(near, [66.5])] == ["Net sales"]
    assert [one.text for one in phrases_of(far, [66.5])] == ["Net", "sales"]
    drawn = (66.0, 80.0, 66.4, 120.0)
    assert [one.text for one in phrases_of(near, (), [drawn])] == ["Net", "sales"]


@pytest.mark.parametrize(
    "text", ["1,204", "(88)", "-3.1 %", "n/a", "–", "☑", "12.5x", "286 (41)", "1.5 [0.9]"]
)
def test_a_number_or_what_stands_for_one_is_a_figure(text: str) -> None:
    assert phrase(50, text).is_figure


@pytest.mark.parametrize("text", ["10-Q", "Item 4", "A380", "12 berths", "4 (n = 41)"])
def test_words_with_digits_are_no_figures(text: str) -> None:
    assert not phrase(50, text).is_figure


def test_years_and_ranges_are_told_apart() -> None:
    assert phrase(50, "2023/24").is_year
    assert phrase(50, "FY2024").is_year
    assert phrase(50, "18-24").is_range
    assert not phrase(50, "2018-2024").is_range


def test_a_drawn_line_parts_a_per_cent_sign_from_its_figure() -> None:
    line = words_at(50, 100, "1.0") + words_at(75, 100, "%")
    assert [one.text for one in phrases_of(line)] == ["1.0 %"]
    assert [one.text for one in phrases_of(line, upright=[(70, 80, 70.5, 120)])] == ["1.0", "%"]


def test_a_sign_before_the_first_amount_stands_before_the_others_too() -> None:
    line = words_at(50, 100, "Product")
    for x, text in ((200, "$"), (260, "61,284"), (294, "$"), (350, "57,906"), (384, "$")):
        line += words_at(x, 100, text)
    line += words_at(440, 100, "118,452")
    assert [p.text for p in phrases_of(line)] == ["Product", "$ 61,284", "$ 57,906", "$ 118,452"]


def test_codes_of_currencies_that_differ_are_a_column_and_one_code_leads_its_amounts() -> None:
    def texts(*codes: str) -> list[list[str]]:
        lines = [words_at(50, 100 + 14 * n, code) for n, code in enumerate(codes)]
        words = [t for n, line in enumerate(lines) for t in line + words_at(95, 100 + 14 * n, "9")]
        return [[p.text for p in line.phrases] for line in table_lines(words, [80.0])]

    assert texts("EUR", "USD") == [["EUR", "9"], ["USD", "9"]]
    assert texts("EUR", "EUR") == [["EUR 9"], ["EUR 9"]]


def test_a_currency_of_a_stretched_line_stays_with_the_figure_before_it() -> None:
    """The lines of a narrow cell are set wide; the others show on which side currencies stand."""
    stretched = words_at(50, 100, "500") + words_at(75, 100, "€") + words_at(90, 100, "24 hours")
    usual = words_at(50, 120, "2 000 €") + words_at(90, 120, "48 hours")
    texts = [[phrase.text for phrase in line.phrases] for line in table_lines(stretched + usual)]
    assert texts == [["500 €", "24 hours"], ["2 000 €", "48 hours"]]


@pytest.mark.parametrize("code", ["GBP", "NOK"])
def test_a_code_before_a_figure_is_part_of_it(code: str) -> None:
    (found,) = phrases_of(words_at(50, 100, f"{code} 8,587.56"))
    assert found.is_figure


UNITS = [[(50, "Output"), (200, "kt"), (290, "264.3")], [(50, "Price"), (200, "£"), (290, "1,204")]]
NOTES = [[(50, "Stock"), (160, "4"), (290, "9,310")], [(50, "Trade"), (200, "$"), (290, "18,220")]]


@pytest.mark.parametrize(
    ("rows", "price"),
    [
        (UNITS, ["Price", "£", "1,204"]),
        ([[(50, "Item"), (170, "Unit"), (230, "2024")], UNITS[1]], ["Price", "£", "1,204"]),
        (NOTES, ["Trade", "$ 18,220"]),
        ([[(50, "Item"), (280, "2024")], UNITS[1]], ["Price", "£ 1,204"]),
    ],
    ids=["units", "names", "notes", "one name"],
)
def test_a_currency_set_off_from_its_amount_is_a_cell_where_its_place_is_a_column(
    rows: list[list[tuple[float, str]]], price: list[str]
) -> None:
    words = [
        token
        for number, row in enumerate(rows)
        for x, text in row
        for token in words_at(x, 100 + 14 * number, text)
    ]
    assert [phrase.text for phrase in table_lines(words)[1].phrases] == price


def test_a_figure_close_behind_a_bracket_is_another_value() -> None:
    line = words_at(50, 100, "74 (0.4 %)") + words_at(105, 100, "36 (0.6 %)")
    assert [phrase.text for phrase in phrases_of(line)] == ["74 (0.4 %)", "36 (0.6 %)"]


def test_a_word_begins_a_cell_where_every_line_begins_one_however_full_the_cell_before_it() -> None:
    full = "on working days as agreed with their captn"
    end = words_at(120, 100, full)[-1].box[2]

    def lines(*rows: tuple[str, float, str]) -> list[list[str]]:
        tokens = [
            token
            for number, (text, x, name) in enumerate(rows)
            for token in (
                *words_at(50, 100 + 14 * number, "Fee"),
                *words_at(120, 100 + 14 * number, text),
                *words_at(x, 100 + 14 * number, name),
            )
        ]
        return [[p.text for p in line.phrases] for line in table_lines(tokens, [116, end - 1])]

    rows = [
        ("Volume", end + 2, "Place"),
        (full, end + 2, "North quay"),
        ("short", end + 2, "South"),
    ]
    assert [line[-1] for line in lines(*rows)] == ["Place", "North quay", "South"]
    across = [*rows, ("on working days as agreed with their captain and", end + 40, "East")]
    assert lines(*across)[1][-1] == f"{full} North quay"
