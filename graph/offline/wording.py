"""What is said of cells: a value with unit and scale, under the labels that tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from graph.answer import CellReference
from graph.draft import Use
from graph.evidence.sources import cell_line
from graph.offline.table_view import FoundCell, Heading
from graph.query.subject_terms import outflows
from loaders.text.quantities import Quantity
from loaders.text.quantity_text import quantity_text

LONGEST_SYMBOL = 3
"""Letters of a unit's sign; more are a word."""


def value_of(cell: FoundCell, language: str) -> str:
    """A cell's value as people say it: the number as printed, its currency, scale and unit."""
    quantity = cell.cell.quantity
    if quantity is None or (quantity.unit and _says_unit_in_words(cell.cell.text)):
        return " ".join(cell.cell.text.split())
    return quantity_text(unsigned(cell, quantity), language)


def _says_unit_in_words(text: str) -> bool:
    """Whether a cell has its unit written out, as `15 minutes`: it is said as it is printed."""
    return any(len(word) > LONGEST_SYMBOL for word in re.findall(r"[^\W\d_]+", text))


def unsigned(cell: FoundCell, quantity: Quantity) -> Quantity:
    """Without the brackets of an outflow: a cost of (247.9) is a cost of 247.9, not of -247.9."""
    is_bracketed = cell.cell.text.strip().startswith(("(", "（"))
    is_outflow = any(token.key in outflows() for token in cell.row.leaf)
    if not (is_bracketed and is_outflow and quantity.value < 0):
        return quantity
    return replace(quantity, value=-quantity.value)


def use(cell: FoundCell) -> Use:
    """The cell as a citation takes it."""
    reference = CellReference(
        row=cell.cell.row_path, column=cell.cell.column_path, value=cell.cell.text.strip()
    )
    return Use(
        marker=cell.source.number, quote=cell.printed or cell_line(cell.cell), cell=reference
    )


def markers_of(cells: Iterable[FoundCell]) -> list[int]:
    """The numbers of the sources that hold these cells, each once."""
    return list(dict.fromkeys(cell.source.number for cell in cells))


def marked(cells: Iterable[FoundCell]) -> str:
    """The markers of these cells: `[1][3]`."""
    return "".join(f"[{number}]" for number in markers_of(cells))


def path_of(heading: Heading) -> str:
    """A heading as one line: `Europe › Poland`."""
    return " › ".join(part for part in heading.path if part)


def label_of(cell: FoundCell, *, leave_out: Sequence[str] = ()) -> str:
    """What heads a cell, its row before its column."""
    parts = [path_of(cell.row), path_of(cell.column)]
    return ", ".join(part for part in dict.fromkeys(parts) if part and part not in leave_out)


def is_same_value(one: FoundCell, other: FoundCell) -> bool:
    """Whether two cells say the same: equal texts, or amounts equal as far as both are given."""
    first, second = one.cell.quantity, other.cell.quantity
    if first is None or second is None:
        return one.cell.text.split() == other.cell.text.split()
    currencies = {first.currency, second.currency} - {""}
    if first.percent != second.percent or len(currencies) > 1:
        return False
    if first.value == second.value and Decimal(1) in (first.scale, second.scale):
        return True  # the same digits, of which one table says the scale
    step = max(_step(first.value) * first.scale, _step(second.value) * second.scale)
    return abs(first.amount - second.amount) <= step / 2


def _step(value: Decimal) -> Decimal:
    """The last place that a number is written to."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
