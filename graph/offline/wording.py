"""What is said of cells: a value with unit and scale, under the labels that tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from graph.answer import CellReference
from graph.draft import Use
from graph.offline.table_headings import Heading
from graph.offline.table_view import FoundCell
from graph.query.analysis import QuestionAnalysis
from graph.query.subject_terms import outflows
from loaders.chunking.declared_unit import is_bare
from loaders.text.quantities import Quantity, numbers_in
from loaders.text.quantity_text import quantity_text
from loaders.text.tokenizer import fold
from loaders.text.unit_symbols import shown_unit, unit_words
from loaders.text.units import BRACKETS

_MARKER = re.compile(r"\s*\[\d+\]")
LONGEST_TITLE = 200
"""Signs; a longer caption is a paragraph."""
LONGEST_SYMBOL = 3
"""Letters of a unit's sign; more are a word."""


def value_of(cell: FoundCell, language: str) -> str:
    """A cell's value as people say it: the number as printed, its currency, scale and unit."""
    quantity = cell.cell.quantity
    if quantity is None or (quantity.unit and _says_unit_in_words(cell.cell.text)):
        return " ".join([*cell.cell.text.split(), *([] if quantity else cell.cell.unit.split())])
    said = quantity_text(unsigned(cell, quantity), language)
    has_second = bool(numbers_in(quantity.aside))  # 58 (17.2%), 20.9 (7.7): the cell as a whole
    return f"{said} ({quantity.aside})" if has_second else said


def _says_unit_in_words(text: str) -> bool:
    """Whether a cell has its unit written out, as `15 minutes`: it is said as it is printed."""
    return any(len(word) > LONGEST_SYMBOL for word in re.findall(r"[^\W\d_]+", text))


def unsigned(cell: FoundCell, quantity: Quantity) -> Quantity:
    """Without the brackets of an outflow: a cost of (247.9) is a cost of 247.9, not of -247.9."""
    is_bracketed = cell.cell.text.strip().startswith(("(", "（"))
    if not (is_bracketed and _is_outflow(cell) and quantity.value < 0):
        return quantity
    return replace(quantity, value=-quantity.value)


def _is_outflow(cell: FoundCell) -> bool:
    return any(token.key in outflows() for token in cell.row.leaf)


def is_turned(cells: Sequence[FoundCell]) -> bool:
    """Whether some costs stand in brackets and some do not: a tax of 10 beside (12) is income."""
    costs = [(cell, one) for cell in cells if (one := cell.cell.quantity) and _is_outflow(cell)]
    return len({unsigned(cell, one) is one for cell, one in costs if one.value}) > 1


def as_costs(cells: Sequence[FoundCell]) -> list[FoundCell]:
    """The cells with costs as they are told: of (260.1) and (10.0) the first is the higher one.

    None at all where a cost has a minus, or others no brackets: it may be an income.
    """
    quantities = [(cell, unsigned(cell, one)) for cell in cells if (one := cell.cell.quantity)]
    is_open = any(_is_outflow(cell) and one.value < 0 for cell, one in quantities)
    if is_open or is_turned(cells):
        return []
    return [replace(cell, cell=replace(cell.cell, quantity=one)) for cell, one in quantities]


def are_signed(cells: Iterable[FoundCell]) -> bool:
    """Whether one is below zero: a loss, an outflow or a fall, which code cannot tell apart.

    Costs in brackets are none, nor is what is measured: -6 °C.
    """
    known = [unsigned(cell, one) for cell in cells if (one := cell.cell.quantity)]
    amounts = (one for one in known if one.currency or one.percent or not one.unit)
    return any(one.value < 0 for one in amounts)


def use(cell: FoundCell) -> Use:
    """The cell as a citation takes it."""
    reference = CellReference(
        row=cell.cell.row_path, column=cell.cell.column_path, value=cell.cell.text.strip()
    )
    return Use(marker=cell.source.number, quote=cell.printed or cell.cell.line, cell=reference)


def markers_of(cells: Iterable[FoundCell]) -> list[int]:
    """The numbers of the sources that hold these cells, each once."""
    return list(dict.fromkeys(cell.source.number for cell in cells))


def marked(cells: Iterable[FoundCell]) -> str:
    """The markers of these cells: `[1][3]`."""
    return "".join(f"[{number}]" for number in markers_of(cells))


def path_of(heading: Heading) -> str:
    """A heading as one line: `Europe › Poland`."""
    return " › ".join(part for part in heading.path if part)


def title_of(cells: Sequence[FoundCell], analysis: QuestionAnalysis) -> str:
    """In brackets what stands above the table of bare numbers, where that may say what they count.

    By brackets of its own, `Leave (working days per event)`, or by a unit: `Times in weeks`.
    """
    titles = {_MARKER.sub("", one.title).strip(" .") for one in cells if is_bare(one.cell)}
    is_told = len(titles) == 1 and "count" not in analysis.asks
    title = titles.pop() if is_told else ""
    may_tell = bool(BRACKETS.search(title)) or any(map(shown_unit, title.split()))
    return f" ({title})" if may_tell and len(title) <= LONGEST_TITLE else ""


def label_of(cell: FoundCell, *, leave_out: Sequence[str] = ()) -> str:
    """What heads a cell, its row before its column."""
    parts = [path_of(cell.row), path_of(cell.column)]
    return ", ".join(part for part in dict.fromkeys(parts) if part and part not in leave_out)


def is_unit_asked(cell: FoundCell, question: str) -> bool:
    """Whether the question says the unit in words: `how many tonnes` asks for no `t tonnes`."""
    said = {unit_words().get(word) for word in fold(question).strip("?¿ ").split()}
    return cell.cell.quantity is not None and not said.isdisjoint(
        cell.cell.quantity.unit.split("/")
    )


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
