from __future__ import annotations

from decimal import Decimal

import pytest

from graph.evidence.sources import Source
from graph.table_qa.cell_lookup import Value, announced, find_value, label_fit
from graph.table_qa.measure import CalculationError
from tests.passages import PROSE, QUARTERS, STATEMENT, chunk, evidence

PRICES = """Prices of goods
<table><tr><th>Goods</th><th>Pieces</th><th>Price</th></tr>
<tr><td>Rope</td><td>10</td><td>€ 4.20</td></tr>
<tr><td></td><td>50</td><td>€ 3.90</td></tr>
<tr><td>Leave</td><td>5 days a year</td><td>€ 4.20</td></tr></table>"""


def named(value: str, row: str = "", column: str = "", words: str = "") -> Value:
    return Value(name="a", source=1, value=value, row=row, column=column, words=words)


def source(text: str) -> Source:
    return Source(1, chunk(text))


def test_a_value_is_found_by_its_row_and_column() -> None:
    found = find_value(named("5,000", "Net sales", "2022"), source(STATEMENT))
    assert (found.measure.value, found.measure.unit.scale) == (Decimal(5000), Decimal(10) ** 6)
    assert found.text == "$ 5,000"
    assert found.cell is not None
    assert found.cell.row_path == ("Net sales",)


def test_row_and_column_may_be_named_the_other_way_round() -> None:
    assert find_value(named("5,000", "2022", "Net sales"), source(STATEMENT)).text == "$ 5,000"


def test_a_negative_value_keeps_the_sign_of_its_cell() -> None:
    assert find_value(named("600", "Net income", "2021"), source(STATEMENT)).measure.value == -600


def test_a_value_that_stands_elsewhere_is_refused_with_what_stands_there() -> None:
    with pytest.raises(CalculationError, match=r"no value 5,000 .*there stands .*4,000"):
        find_value(named("5,000", "Net sales", "2021"), source(STATEMENT))


def test_a_value_that_stands_in_several_places_of_the_name_is_refused() -> None:
    with pytest.raises(CalculationError, match="several cells"):
        find_value(named("4.20", "", "Price"), source(PRICES))


def test_a_row_without_a_label_goes_on_with_the_one_above() -> None:
    assert find_value(named("3.90", "Rope", "Price"), source(PRICES)).measure.unit.currency == "EUR"


def test_the_number_in_a_cell_of_words_is_a_value() -> None:
    found = find_value(named("5", "Leave", "Pieces"), source(PRICES))
    assert (found.measure.value, found.text) == (Decimal(5), "5 days a year")


def test_a_number_of_a_sentence_is_found_by_its_words_and_whole_only() -> None:
    found = find_value(named("32,768", words="maximum generation length"), source(PROSE))
    assert found.measure.value == 32768
    assert found.cell is None
    assert "maximum generation length" in found.label
    for value in ("768", "0.7"):
        with pytest.raises(CalculationError, match="no value"):
            find_value(named(value, words="maximum generation length"), source(PROSE))


@pytest.mark.parametrize(
    ("label", "path", "fit"),
    [
        ("Net sales", ("Net sales",), 4),
        ("2022 › Net sales", ("2022", "Net sales"), 4),
        ("sales net", ("Net sales",), 3),
        ("Net sales of goods", ("Net sales",), 2),
        ("", ("Net sales",), 1),
        ("Gross profit", ("Net sales",), 0),
        ("Net sales", (), 0),
    ],
)
def test_labels_fit_by_their_writing_then_by_their_words(
    label: str, path: tuple[str, ...], fit: int
) -> None:
    assert label_fit(label, path) == fit


def test_a_scale_is_announced_by_one_of_the_sources() -> None:
    sources = evidence("?", STATEMENT, QUARTERS).sources
    assert announced(sources, Decimal(10) ** 6)
    assert not announced(sources, Decimal(10) ** 9)
