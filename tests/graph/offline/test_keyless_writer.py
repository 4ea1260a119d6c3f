"""The keyless writer as a whole: five languages, typing errors, many questions at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.passages import answer, drafted
from tests.reports import BENCHMARK, COUNTRIES, COUNTRIES_IN, HANDBOOK, INCOME, REPORT, document


@pytest.mark.parametrize(
    ("language", "question", "value"),
    [
        ("de", "Wie hoch war der Umsatz in Polen im Jahr 2024?", "13,800 Mio. €"),
        ("de", "Wie hoch war der Umsatz in Spanien im Jahr 2024?", ""),
        ("de", "Welches Land hatte 2024 den höchsten Umsatz?", "Polen"),
        ("de", "Um wie viel stieg der Umsatz in Polen von 2023 auf 2024?", "1,234 Mio. € (9,8%)"),
        ("fr", "Quel était le chiffre d'affaires en Pologne en 2024 ?", "13,800 millions de €"),
        ("fr", "Quel était le chiffre d'affaires en Espagne en 2024 ?", ""),
        ("fr", "Quel pays avait le chiffre d'affaires le plus élevé en 2024 ?", "Pologne"),
        (
            "fr",
            "De combien le chiffre d'affaires en Pologne a-t-il augmenté de 2023 à 2024 ?",
            "1,234 millions de € (9,8%)",
        ),
        ("es", "¿Cuáles fueron los ingresos en Polonia en 2024?", "13,800 millones de €"),
        ("es", "¿Cuáles fueron los ingresos en España en 2024?", ""),
        ("es", "¿Qué país tuvo los mayores ingresos en 2024?", "Polonia"),
        (
            "es",
            "¿Cuánto crecieron los ingresos en Polonia de 2023 a 2024?",
            "1,234 millones de € (9,8%)",
        ),
        ("zh", "2024年波兰的营业收入是多少？", "1,400万元"),
        ("zh", "2024年西班牙的营业收入是多少？", ""),
        ("zh", "2024年哪个国家的营业收入最高？", "波兰"),
        ("zh", "2023年到2024年波兰的营业收入增长了多少？", "150万元 (12%)"),
        ("de", "What was revenue in Poland in 2024?", "€13.800 million"),
    ],
)
def test_every_language_is_answered_or_refused(language: str, question: str, value: str) -> None:
    said = answer(question, COUNTRIES_IN[language])
    assert value in said
    assert bool(said) == bool(value)


@pytest.mark.parametrize(
    ("question", "texts", "value"),
    [
        ("what was the oprating profit in 2024?", [INCOME], "£20.0 million"),
        ("what was the revenue in denmark in 2024?", [COUNTRIES], "€44.5 million"),
        ("how many days of annual leave do emploees have?", [HANDBOOK], "28 days"),
        ("What is the MMLU score of Lira?", [BENCHMARK], ""),
        ("What is the MMLU score of Orio?", [BENCHMARK], ""),
        ("What was revenue in Denmarc in 2024?", [COUNTRIES], ""),
    ],
    ids=[
        "two letters", "a name in lower case", "a letter left out",
        "a name is not guessed", "nor is a shorter one", "nor a country",
    ],
)  # fmt: skip
def test_words_are_mended_and_names_are_not(question: str, texts: list[str], value: str) -> None:
    said = answer(question, *texts)
    assert value in said
    assert bool(said) == bool(value)


def test_many_questions_at_once_are_answered_as_one_by_one() -> None:
    chunks = document("report.pdf", *REPORT, HANDBOOK)
    questions = [
        f"What was revenue in {country} in {year}?"
        for country in ("Denmark", "Norway", "Finland", "Poland")
        for year in range(2019, 2027)
    ]
    alone = [drafted(question, *chunks) for question in questions]
    with ThreadPoolExecutor(32) as threads:
        for _ in range(3):
            assert list(threads.map(lambda one: drafted(one, *chunks), questions)) == alone
