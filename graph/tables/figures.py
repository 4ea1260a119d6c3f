"""Figures looked up and computed: what tables can answer without a model."""

from __future__ import annotations

from graph.checking.evidence import Evidence
from graph.tables.calculation import calculated
from graph.tables.inquiry import Inquiry
from graph.tables.lookup import looked_up
from graph.tables.printed_lines import derived, line_first, printed
from graph.tables.ranking import counted, ranked
from graph.tables.reverse import named_by_cell
from graph.writing.writer import Draft

ATTEMPTS = (named_by_cell, derived, counted, ranked, line_first, calculated, looked_up, printed)
"""In this order: what says most precisely what the question wants comes first."""


def figures(evidence: Evidence) -> Draft | None:
    """The answer that the tables give; None if they give none with confidence."""
    inquiry = Inquiry(evidence)
    return next((draft for attempt in ATTEMPTS if (draft := attempt(inquiry))), None)
