"""Whether a cell is counted and dated as a question asks: in its currency, of its month."""

from __future__ import annotations

from functools import lru_cache

from graph.offline.table_view import FoundCell
from graph.query.analysis import QuestionAnalysis
from loaders.text.currencies import currencies_in
from loaders.text.dates import dates_in, month_years_in, months_in

_END_OF_YEAR = 12


def is_as_asked(analysis: QuestionAnalysis, cell: FoundCell) -> bool:
    """No money for how many there are, no pounds for euros, no year for one of its months."""
    quantity = cell.cell.quantity
    asked = currencies_in(analysis.question)
    if quantity and quantity.currency:
        if asked and quantity.currency not in asked:
            return False
        if "count" in analysis.asks and not asked and not analysis.operation:
            return False
    return _is_of_its_months(analysis.question, cell)


def _is_of_its_months(question: str, cell: FoundCell) -> bool:
    """Whether the source names each month of the question; a year's end is the year's too."""
    asked = _dated(question) - {_END_OF_YEAR}
    return not asked or asked <= _months_of(f"{cell.source.everything}\n{cell.source.document}")


@lru_cache(maxsize=256)
def _months_of(text: str) -> frozenset[int]:
    return _dated(text) | months_in(text)


def _dated(text: str) -> frozenset[int]:
    """The months that stand with a day or a year: `may` is a verb by itself."""
    return frozenset(date.month for date in (*dates_in(text), *month_years_in(text)))
