"""Figures looked up and computed: what tables can answer without a model."""

from __future__ import annotations

from graph.draft import Draft
from graph.evidence.sources import Evidence
from graph.offline.aggregation import calculated
from graph.offline.line_items import derived, line_first, printed
from graph.offline.lookup import looked_up
from graph.offline.reverse_lookup import named_by_cell
from graph.offline.superlatives import counted, ranked
from graph.offline.table_question import Inquiry

ATTEMPTS = (named_by_cell, derived, counted, ranked, line_first, calculated, looked_up, printed)
"""In this order: what says most precisely what the question wants comes first."""


def figures(evidence: Evidence) -> Draft | None:
    """The answer that the tables give; None if they give none with confidence."""
    inquiry = Inquiry(evidence)
    return next((draft for attempt in ATTEMPTS if (draft := attempt(inquiry))), None)
