from __future__ import annotations

import pytest

from loaders.text.quantities import parse_quantity
from loaders.text.quantity_text import amount_text, quantity_text


@pytest.mark.parametrize(
    ("text", "context", "language", "said"),
    [
        ("498.7", "(€ million)", "en", "€498.7 million"),
        ("498,7", "in Mio. €", "de", "498,7 Mio. €"),
        ("203", "SEK million", "en", "SEK 203 million"),
        ("203", "SEK million", "de", "203 Mio. SEK"),
        ("12,345.67", "单位：万元", "zh", "12,345.67万元"),
        ("12,345.67", "单位：万元", "en", "CNY 12,345.67 ten thousand"),
        ("498,7", "en millions d’euros", "fr", "498,7 M €"),
        ("498,7", "en millones de euros", "es", "498,7 millones de €"),
        ("(48.7)", "£m", "en", "-£48.7 million"),
        ("1.234-", "TEUR", "de", "-1.234 Tsd. €"),
        ("512¹", "€m", "en", "€512 million"),
        ("2.5 ms", "", "en", "2.5 ms"),
        ("-10", "Temperature (°C)", "de", "-10 °C"),
        ("8.3", "Margin (%)", "en", "8.3%"),
        ("8,3", "Marge (%)", "de", "8,3 %"),
        ("0.4", "Change (pp)", "en", "0.4 percentage points"),
        ("84.2", "Price (€/MWh)", "en", "€84.2/MWh"),
        ("12.0", "US$ per share", "en", "$12.0 per share"),
        ("1", "(days)", "en", "1 day"),
        ("4", "(hours)", "de", "4 Stunden"),
        ("14", "Staff (thousand)", "en", "14 thousand"),
        ("5–10", "(ms)", "en", "5–10 ms"),
        ("12.3 ± 0.4", "(g/l)", "en", "12.3 ± 0.4 g/l"),
        ("< 5", "(mg/l)", "en", "<5 mg/l"),
        ("+0.4%", "", "en", "+0.4%"),
        ("2024", "", "en", "2024"),
    ],
)
def test_a_quantity_is_said_as_people_say_it(
    text: str, context: str, language: str, said: str
) -> None:
    quantity = parse_quantity(text, context)
    assert quantity is not None
    assert quantity_text(quantity, language) == said


def test_a_result_takes_the_unit_of_its_operands() -> None:
    operand = parse_quantity("212.6", "(£m)")
    assert operand is not None
    assert amount_text("-16.3", operand, "en") == "-£16.3 million"
