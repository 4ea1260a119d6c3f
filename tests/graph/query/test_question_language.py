from __future__ import annotations

import pytest

from graph.query.question_language import question_language

GERMAN = (
    "Die Eigenkapitalquote ist auf 36,4 % gesunken, die Abschreibungen der GuV sind höher. EBITDA"
)
FRENCH = "Le forfait annuel des sites nantais est payé par la société avec une avance. EBITDA"
ENGLISH = "The equity ratio of the group has fallen to 36.4 %, and depreciation has risen. EBITDA"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Eigenkapitalquote Ende 2024?", "de"),
        ("Abschreibungen 2024 laut GuV", "de"),
        ("Forfait annuel des sites", "fr"),
        ("equity ratio 2024", "en"),
        ("How high is the Eigenkapitalquote?", "en"),  # it tells its language itself
        ("operating margin", "en"),  # nobody says it
        ("2024", "en"),
    ],
)
def test_who_asks_in_the_words_of_a_document_asks_in_its_language(
    question: str, language: str
) -> None:
    assert question_language(question, "en", [FRENCH, GERMAN, ENGLISH]) == language


def test_where_no_text_is_found_the_default_holds() -> None:
    assert question_language("Eigenkapitalquote", "es", []) == "es"
