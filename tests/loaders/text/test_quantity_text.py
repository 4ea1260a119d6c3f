from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from loaders.text.label_units import label_measure, merged
from loaders.text.quantities import Quantity, numbers_in, parse_quantity
from loaders.text.quantity_text import amount_text, in_number_form, quantity_text


def measured(text: str, context: str) -> Quantity | None:
    """Under heads and labels that say this, a line each, from near to far."""
    return parse_quantity(text, measure=merged(map(label_measure, context.split("\n"))))


@pytest.mark.parametrize(
    ("text", "context", "language", "said"),
    [
        ("498.7", "(€ million)", "en", "€498.7 million"),
        ("498,7", "in Mio. €", "de", "498,7 Mio. €"),
        ("203", "SEK million", "en", "SEK 203 million"),
        ("203", "SEK million", "de", "203 Mio. SEK"),
        ("12,345.67", "单位：万元", "zh", "12,345.67万元"),
        ("12,345.67", "单位：万元", "en", "CNY 12,345.67 ten thousand"),
        ("498,7", "en millions d’euros", "fr", "498,7 millions de €"),
        ("498,7", "en millones de euros", "es", "498,7 millones de €"),
        ("(48.7)", "£m", "en", "-£48.7 million"),
        ("1.234-", "TEUR", "de", "-1.234 Tsd. €"),
        ("512¹", "€m", "en", "€512 million"),
        ("2.5 ms", "", "en", "2.5 ms"),
        ("-10", "Temperature (°C)", "de", "-10 °C"),
        ("8.3", "Margin (%)", "en", "8.3%"),
        ("11,206", "in thousands", "de", "11.206 Tsd."),
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
    quantity = measured(text, context)
    assert quantity is not None
    assert quantity_text(quantity, language) == said


def test_a_result_takes_the_unit_of_its_operands() -> None:
    operand = measured("212.6", "(£m)")
    assert operand is not None
    assert amount_text("-16.3", operand, "en") == "-£16.3 million"


@pytest.mark.parametrize(
    ("language", "scale"),
    [*product(("de", "en", "es", "fr"), (1, 10**3, 10**6, 10**9)), ("zh", 10**4), ("zh", 10**8)],
)
def test_an_amount_is_read_back_with_its_scale(language: str, scale: int) -> None:
    operand = measured("12.5", "(EUR)")
    assert operand is not None
    said = amount_text("12.5", replace(operand, scale=Decimal(scale)), language)
    [number] = numbers_in(said)
    assert (number.value, number.scale) == (Decimal("12.5"), Decimal(scale)), said


@pytest.mark.parametrize(
    ("text", "context", "language", "said"),
    [
        ("13,800", "Umsatz (Mio. €) 12,5", "en", "€13.800 million"),
        ("14,0", "Umsatz (Mio. €)", "en", "€14.0 million"),
        ("1,260", "Headcount", "en", "1,260"),
        ("1,234.5", "(EUR million)", "en", "€1,234.5 million"),
    ],
    ids=["a comma that parts decimals", "another", "one that parts thousands", "both signs"],
)
def test_digits_stand_as_printed_unless_they_would_be_misread(
    text: str, context: str, language: str, said: str
) -> None:
    quantity = measured(text, context)
    assert quantity is not None
    is_german = "Umsatz" in context
    value = Decimal(text.replace(",", ".")) if is_german else quantity.value
    assert quantity_text(replace(quantity, value=value), language) == said


def test_numbers_that_we_write_take_the_form_of_the_language() -> None:
    assert in_number_form("(13.8 - 12.5) / 12.5 × 100", "de") == "(13,8 - 12,5) / 12,5 × 100"
    assert in_number_form("9.82%", "en") == in_number_form("9.82%", "zh") == "9.82%"
