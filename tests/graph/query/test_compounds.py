from __future__ import annotations

import pytest

from graph.query.compounds import apart
from tests.passages import answer
from tests.reports import table

KNOWN = frozenset({"gas", "absatz", "strom", "preis", "warme"})
SALES = table("Absatz (GWh)", "|2023|2024", "Strom|911|894", "Gas|440|388", "Wärme|80|95")


@pytest.mark.parametrize(
    ("question", "cut", "parts"),
    [
        ("Wie hoch war der Gasabsatz?", "Wie hoch war der gas Absatz?", {"gas"}),
        ("Preiserhöhung von Strom", "preis Erhöhung von Strom", {"preis"}),
        ("Wie hoch war der Absatz?", "Wie hoch war der Absatz?", set()),
        ("Wie hoch war die Windkraft?", "Wie hoch war die Windkraft?", set()),
    ],
    ids=["two known words", "an operation behind a word", "a known word", "an unknown part"],
)
def test_a_word_is_cut_where_both_parts_are_known(question: str, cut: str, parts: set[str]) -> None:
    assert apart(question, "de", KNOWN) == (cut, frozenset(parts))


def test_only_languages_that_link_words_have_compounds() -> None:
    assert apart("What was gasabsatz?", "en", KNOWN) == ("What was gasabsatz?", frozenset())


def test_the_first_part_has_to_be_a_row_or_a_column() -> None:
    said = answer("Um wie viel GWh ist der Gasabsatz von 2023 auf 2024 gesunken?", SALES)
    assert "sank um 52 GWh" in said
    elsewhere = f"Gas\n\n{table('Absatz (GWh)', '|2023|2024', 'Strom|911|894', 'Wärme|80|95')}"
    assert answer("Um wie viel ist der Gasabsatz von 2023 auf 2024 gesunken?", elsewhere) == ""


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "Wie hoch war der Strompreis 2024?",
            table("Kosten (€)", "|2023|2024", "Strom|10|14", "Preis|3|4"),
        ),
        (
            "Wie viele Kindergärten gab es 2024?",
            table("Zahlen", "|2023|2024", "Kinder|10|12", "Garten|5|6"),
        ),
        (
            "Wie hoch waren die Kredite der Landesbank Bayern?",
            table("Kredite (Mio. €)", "Land|Bank|Sparkasse", "Bayern|30|40", "Hessen|20|25"),
        ),
        (
            "Wie hoch ist die Motorleistung der Pumpe B?",
            table("Maschinen", "Maschine|Leistung (kW)", "Pumpe B|4", "Motor B|5"),
        ),
    ],
    ids=["two rows", "a word of a known meaning", "what the rows are", "a row beside it"],
)
def test_the_parts_of_a_word_are_no_list(question: str, text: str) -> None:
    assert answer(question, text) == ""


def test_the_source_is_told_in_its_own_words() -> None:
    assert "Gas, 2024: 388 GWh" in answer("Wie hoch war der Gasabsatz 2024?", SALES)
