from __future__ import annotations

from decimal import Decimal

import pytest

from loaders.text.label_units import (
    is_part_of,
    is_total,
    label_kind,
    label_measure,
    merged,
)
from loaders.text.unit_words import Measure
from loaders.text.units import measure_in


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Basic earnings per share", "per_share"),
        ("Ergebnis je Aktie (€)", "per_share"),
        ("每股收益", "per_share"),
        ("Weighted average shares outstanding", "shares"),
        ("Number of employees", "count"),
        ("Employees", "count"),
        ("Stellen in VZÄ (Jahresdurchschnitt)", "count"),
        ("Employee costs", ""),
        ("Effective tax rate", "ratio"),
        ("Interest rate swaps", ""),
        ("Eigenkapitalquote", "ratio"),
        ("Umsatz", ""),
        ("Corporate", ""),
        ("毛利率", "ratio"),
    ],
)
def test_a_label_says_what_kind_of_figure_it_heads(label: str, kind: str) -> None:
    assert label_kind(label) == kind


def test_near_lines_come_first_and_far_ones_fill_what_is_open() -> None:
    both = merged([measure_in("Revenue (EUR)"), measure_in("(in thousands)")])
    assert both == Measure(Decimal(1000), "EUR")
    assert merged([measure_in("Margin (%)"), measure_in("(€ million)")]).unit == "%"
    counted = merged([label_measure("Number of employees"), measure_in("(€ million)")])
    assert counted == Measure(kind="count")


@pytest.mark.parametrize(
    "label",
    ["Total", "Total assets", "Sub-total", "Gesamtsumme", "Insgesamt", "合计", "总资产合计"],
)
def test_a_total_is_told_by_its_name(label: str) -> None:
    assert is_total(label) == (label != "总资产合计")


def test_a_total_may_be_told_behind_what_it_is_of() -> None:
    assert is_total("Scope 3, total reported")
    assert not is_total("Scope 3, totally new")


def test_what_only_begins_alike_is_no_total() -> None:
    assert not any(map(is_total, ("Totality", "Sumatra", "Sales")))


@pytest.mark.parametrize(
    ("label", "is_part"),
    [("of which exports", True), ("– davon Frauen", True), ("其中：出口", True), ("Donuts", False)],
)
def test_a_part_is_told_by_how_its_row_begins(label: str, *, is_part: bool) -> None:
    assert is_part_of(label) is is_part
