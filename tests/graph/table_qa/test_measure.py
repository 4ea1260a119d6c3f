from __future__ import annotations

from decimal import Decimal

import pytest

from graph.table_qa.measure import (
    CalculationError,
    MeasuredValue,
    Unit,
    product,
    quotient,
    together,
    unit_named,
    unit_of,
)
from loaders.text.quantities import parse_quantity

MILLION, THOUSAND = Decimal(10) ** 6, Decimal(1000)


def value(
    number: str, currency: str = "", name: str = "", scale: Decimal | int = 1
) -> MeasuredValue:
    return MeasuredValue(Decimal(number), Unit(currency, name, scale=Decimal(scale)))


PERCENT = MeasuredValue(Decimal(5), Unit(percent=True))
CONSTANT = MeasuredValue(Decimal(100), is_constant=True)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("€ million", Unit("EUR", "", scale=MILLION)),
        ("%", Unit(percent=True)),
        ("Tsd. €", Unit("EUR", "", scale=THOUSAND)),
        ("万元", Unit("CNY", "", scale=Decimal(10000))),
        ("odd things", Unit("", "odd things")),
    ],
)
def test_words_name_a_unit(words: str, unit: Unit) -> None:
    assert unit_named(words) == unit


def test_a_unit_is_written_with_its_scale() -> None:
    assert str(Unit("EUR", scale=MILLION)) == "million EUR"
    assert str(Unit(percent=True)) == "%"
    assert str(Unit("EUR", scale=Decimal(50))) == "×50 EUR"
    assert str(Unit()) == ""


def test_a_cell_gives_its_unit_and_a_percent_or_a_currency_stands_alone() -> None:
    found = parse_quantity("EUR 12.5")
    assert found is not None
    assert unit_of(found) == Unit("EUR")
    weight = parse_quantity("12 kg")
    assert weight is not None
    assert unit_of(weight) == Unit("", "kg")


def test_values_of_two_scales_are_counted_in_the_larger() -> None:
    one, other = together(value("2", "EUR", scale=MILLION), value("500", "EUR", scale=THOUSAND))
    assert (one.value, other.value) == (Decimal(2), Decimal("0.5"))
    assert one.unit == other.unit == Unit("EUR", scale=MILLION)


def test_a_prefix_is_a_scale_of_the_same_unit() -> None:
    one, other = together(value("2", name="Ω"), value("3", name="kΩ"))
    assert (one.value, other.value) == (Decimal(2), Decimal(3000))
    assert quotient(value("3", name="kg"), value("500", name="g")).value == 6


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        (value("1", "EUR"), value("1", "USD"), "currencies differ"),
        (value("1", name="kg"), value("1", name="Ω"), "units differ"),
        (PERCENT, value("1", "EUR"), "units differ"),
        (value("1", "EUR", scale=MILLION), value("1"), "is not said"),
        (value("1", "EUR", scale=MILLION), CONSTANT, "a bare number"),
    ],
)
def test_what_counts_different_things_is_not_added(
    left: MeasuredValue, right: MeasuredValue, why: str
) -> None:
    with pytest.raises(CalculationError, match=why):
        together(left, right)


def test_of_one_kind_a_quotient_is_a_number_else_so_much_for_each() -> None:
    assert quotient(value("6", "EUR", scale=MILLION), value("3", "EUR", scale=MILLION)) == value(
        "2"
    )
    each = quotient(value("6", "EUR", scale=MILLION), value("3", name="ships"))
    assert (each.amount, str(each.unit)) == (2 * MILLION, "EUR")
    with pytest.raises(CalculationError, match="zero"):
        quotient(value("6"), value("0"))
    with pytest.raises(CalculationError, match="cannot be divided"):
        quotient(value("6", "EUR"), value("3", "USD"))


def test_a_product_keeps_the_unit_of_the_one_that_has_a_currency() -> None:
    assert product(value("3", name="ships"), value("2", "EUR")) == value("6", "EUR")
    hundred = product(CONSTANT, value("2", "EUR", scale=MILLION))
    assert (hundred.value, hundred.unit.scale) == (Decimal(200), MILLION)
    assert product(CONSTANT, CONSTANT).is_constant
