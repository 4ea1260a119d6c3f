from __future__ import annotations

import pytest

from loaders.text.language_detection import language_of, writes_comma


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What was the revenue in 2023?", "en"),
        ("revenue 2023", "en"),
        ("AIME 2024 pass@1", "en"),
        ("potassium, SI range?", "en"),
        ("Is Müller CEO?", "en"),
        ("Net sales Zlín 2024", "en"),
        ("Umsatz Österreich", "de"),
        ("Wie hoch war der Umsatz?", "de"),
        ("Gibt es Rückstellungen", "de"),
        ("Was kosten 12 Sägeblätter zusammen?", "de"),
        ("Was Müller promoted in Zürich?", "en"),
        ("nombre del cliente", "es"),
        ("taux du contrat", "fr"),
        ("Quel était le chiffre d'affaires en 2023 ?", "fr"),
        ("Comment calcule-t-on la marge ?", "fr"),
        ("¿Cuál fue el ingreso en 2023?", "es"),
        ("cuando se firmo el contrato", "es"),
        ("2019年公司的净利润是多少元？", "zh"),
        ("Meals full day, Switzerland, grade E", "en"),
        ("price for a ffkm o-ring, casing", "en"),
        ("throughput on L40S in tok/s", "en"),
        ("a quoi sert l'eau", "fr"),
        ("Altitude of Horn, m a.s.l.", "en"),
        ("", "en"),
    ],
)
def test_a_short_question_tells_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_where_nothing_tells_the_default_holds() -> None:
    assert language_of("EBITDA 2024", default="de") == "de"
    assert not writes_comma("EBITDA 2024")
    assert writes_comma("Umsatz und Ergebnis der Gruppe")
