from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from loaders.office.number_format import cell_text


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1234.5, "General", "1234.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (0.125, "0.0%", "12.5%"),
        (0.125, "0%", "13%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-1234, "#,##0;(#,##0)", "(1,234)"),
        (-1234, "#,##0", "-1,234"),
        (-5, "#,##0_);[Red]\\(#,##0\\)", "(5)"),
        (1234567, "#,##0,", "1,235"),
        (12, '"EUR" 0.00', "EUR 12.00"),
        (12, "[$€-407] #,##0", "€ 12"),
        (12, '0 "kg"', "12 kg"),
        (0.5, "# ?/?", "0.5"),
        (12345, "0.00E+00", "12345"),
        (True, "General", "TRUE"),
        (datetime(2024, 5, 1), "dd.mm.yyyy", "2024-05-01"),
        (datetime(2024, 5, 1, 8, 30), "General", "2024-05-01 08:30:00"),
        (date(2024, 5, 1), "General", "2024-05-01"),
        (Decimal("1.50"), "0.0", "1.5"),
        ("  two\nlines ", "@", "two lines"),
        (None, "0", ""),
        (float("inf"), "0", "inf"),
    ],
)
def test_a_value_is_told_as_its_sheet_shows_it(value: Any, form: str, shown: str) -> None:
    assert cell_text(value, form) == shown
