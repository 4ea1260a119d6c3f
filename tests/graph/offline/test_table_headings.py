from __future__ import annotations

import pytest

from graph.offline.table_headings import Heading, cut_at_comma, headings
from graph.query.subject_terms import keys_in


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Free cash flow²", "free cash flow"),
        ("2024¹", "2024"),
        ("Revenue (restated)", "revenue"),
        ("Net profit *", "net profit"),
    ],
)
def test_marks_and_brackets_are_no_part_of_a_label(label: str, words: str) -> None:
    assert Heading(0, (label,)).leaf_keys == keys_in(words)


def test_a_heading_has_its_groups_and_years() -> None:
    heading = Heading(0, ("Europe", "Year ended December 31, 2024"))
    assert [token.key for token in heading.groups] == ["@europe"]
    assert heading.years == {"2024"}


@pytest.mark.parametrize(
    ("label", "words"),
    [("Revenue2", "revenue"), ("CO2", "co2"), ("BH12", "bh12"), ("C10–C40", "c10–c40")],
)
def test_digits_behind_a_word_are_a_note_and_behind_a_capital_a_name(
    label: str, words: str
) -> None:
    assert Heading(0, (label,)).leaf_keys == keys_in(words)


@pytest.mark.parametrize("unit", ["", " (kW)"])
def test_what_others_are_called_but_for_a_number_is_a_name(unit: str) -> None:
    paths = {n: (f"{label}{unit}",) for n, label in enumerate(("Pump1", "Pump2", "Valve1"))}
    keys = [one.leaf_keys for one in headings(paths)]
    assert keys == [keys_in("pump1"), keys_in("pump2"), keys_in("valve")]


def test_a_noun_before_a_comma_is_a_group() -> None:
    assert cut_at_comma(("Fees", "Price, 1-9")) == ("Fees", "Price", "1-9")
    assert cut_at_comma(("Price",)) == ("Price",)
