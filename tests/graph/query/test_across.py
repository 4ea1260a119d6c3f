from __future__ import annotations

import pytest

from graph.query.across import asks_each, years_asked
from graph.query.document_mentions import dated_documents, named_documents

REPORTS = ["Norvale Report 2022.pdf", "Norvale Report 2023.pdf", "Norvale Report 2024.pdf", "b.md"]


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("How did revenue change from 2022 to 2024?", "2022 2023 2024"),
        ("revenue 2022-2024", "2022 2023 2024"),
        ("between 2022 and 2023", "2022 2023"),
        ("in 2022 and 2024", "2022 2024"),
        ("von 2022 bis 2024", "2022 2023 2024"),
        ("entre 2022 et 2024", "2022 2023 2024"),
        ("desde 2022 hasta 2024", "2022 2023 2024"),
        ("2022年至2024年营业收入", "2022 2023 2024"),
        ("from 1900 to 2024", "1900 2024"),
        ("no year", ""),
    ],
)
def test_years_between_two_ends_are_asked_for_too(question: str, years: str) -> None:
    assert years_asked(question) == set(years.split())


def test_several_years_mean_the_reports_of_these_years() -> None:
    assert dated_documents("revenue from 2022 to 2024", REPORTS) == tuple(REPORTS[:3])
    assert dated_documents("revenue in 2022", REPORTS) == ()
    named = named_documents("Norvale's revenue from 2022 to 2024", REPORTS)
    assert set(named.documents) == set(REPORTS[:3])


@pytest.mark.parametrize(
    "question",
    [
        "Which company has the higher margin?",
        "Compare the notice periods",
        "Welches Unternehmen hat mehr Umsatz?",
        "Quelle société a la plus forte marge ?",
        "¿Qué empresa vende más?",
        "哪家公司的利润最高？",
    ],
)
def test_what_holds_documents_against_each_other(question: str) -> None:
    assert asks_each(question)


@pytest.mark.parametrize("question", ["What is the margin?", "Which page has the table?"])
def test_what_asks_for_one_place(question: str) -> None:
    assert not asks_each(question)
