from __future__ import annotations

import pytest

from loaders.text.label_units import scale_in
from loaders.text.unit_symbols import shown_unit
from loaders.text.units import is_unit_line, measure_in, unit_phrase


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("mL", "ml"),
        ("uA", "µA"),
        ("kOhm", "kΩ"),
        ("g/dL", "g/dl"),
        ("kg/m3", "kg/m³"),
        ("m/s^2", "m/s²"),
        ("kWh/m²", "kWh/m²"),
        ("Stunden", "h"),
        ("Percentage points", "pp"),
        ("吨", "t"),
        ("rooms", ""),
        ("Min", ""),
    ],
)
def test_a_unit_is_shown_one_way(typed: str, shown: str) -> None:
    assert shown_unit(typed) == shown


def test_ms_and_s_and_kiloohm_and_ohm_are_different_units() -> None:
    assert len({shown_unit(unit) for unit in ("ms", "s", "Ms", "kΩ", "Ω", "mΩ", "MΩ")}) == 7


@pytest.mark.parametrize(
    "line",
    [
        "(in € million)",
        "in thousands of US dollars, except per share data",
        "All amounts are in millions of euros unless otherwise stated",
        "Angaben in Tsd. €",
        "单位：万元",
        "MSEK",
        "CHF 1'000",
        "en milliers d’euros",
    ],
)
def test_a_unit_line_is_known(line: str) -> None:
    assert is_unit_line(line)


@pytest.mark.parametrize(
    "line", ["Revenue", "2024", "In Europe", "Year", "The cost was €5 million", "$ 5,000", "Min"]
)
def test_other_lines_are_none(line: str) -> None:
    assert not is_unit_line(line)


@pytest.mark.parametrize(
    "label",
    ["Smith, J", "Employee(s)", "Type A", "Projects above €5 million", "Results in 2024", "4,000"],
)
def test_a_label_without_a_unit_says_none(label: str) -> None:
    assert measure_in(label) is None


def test_an_amount_is_no_scale() -> None:
    assert scale_in("A fee of EUR 1,000 is due. Net sales $ 5,000") == 1


def test_a_heading_lends_its_unit() -> None:
    assert unit_phrase("Balance sheet (€ million)") == "(€ million)"
    assert unit_phrase("Sales in thousands of euros") == "in thousands of euros"
    assert unit_phrase("Risks in detail") == ""


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Emissions in kt CO2e", "ktCO₂e"),
        ("Emissionen (Mt CO₂-Äquivalente)", "MtCO₂e"),
        ("Emissions (t CO2)", "tCO₂"),
        ("Intensity (g CO2e/kWh)", "gCO₂e/kWh"),
    ],
)
def test_masses_of_gas_are_units(head: str, unit: str) -> None:
    found = measure_in(head)
    assert found is not None
    assert found.unit == unit


@pytest.mark.parametrize(
    ("head", "unit", "currency"),
    [
        ("Ground level (m OD)", "m OD", ""),
        ("Blei [mg/kg TS]", "mg/kg TS", ""),
        ("Höhe (m ü. NN)", "m ü. NN", ""),
        ("Supply (V DC)", "V DC", ""),
        ("Noise [dB(A)]", "dB(A)", ""),
        ("Pressure (bar(g))", "barg", ""),
        ("Mass (kg, approx.)", "kg", ""),
        ("Interest (% p.a.)", "%", ""),
        ("Waste (t/a)", "t/a", ""),
        ("Fee (€ p.a.)", "/year", "EUR"),
        ("Basic charge EUR/year", "/year", "EUR"),
        ("Water EUR/m³", "/m³", "EUR"),
        ("Energy price ct/kWh", "ct/kWh", ""),
        ("Budget price (US$, 1 ku)", "", "USD"),
        ("Unit revenue (€ cents)", "€ cents", ""),
        ("Preis (€ ct)", "€ ct", ""),
        ("Prix (€ centimes)", "€ centimes", ""),
    ],
)
def test_a_unit_is_told_with_how_it_is_meant(head: str, unit: str, currency: str) -> None:
    found = measure_in(head)
    assert found is not None
    assert (found.unit, found.currency) == (unit, currency)


@pytest.mark.parametrize(
    "head",
    [
        "Sex (m and f)",
        "Sites (A to Z)",
        "Range (min, max)",
        "(n/a)",
        "Plan/actual",
        "Reagents (volume in ml; shelf life in days)",
        "Dimensions in mm, weights in kg",
        "Population in thousands, area in km²",
        "Rent (EUR m²)",  # no euros: what the unit behind them does is not said
        "Rent, EUR per m² and month",
    ],
)
def test_letters_that_go_on_otherwise_are_no_unit(head: str) -> None:
    assert measure_in(head) is None
