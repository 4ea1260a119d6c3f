"""The ledger as people and programs read it: each page, its outcome, its doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from loaders.pages.page import Reading
from pagewise import console

LONGEST_SHOWN = 80
SHOWN = 6
"""Doubtful numbers of a page that the table shows; the JSON has all."""


def audit_json(ledger: Mapping[str, Sequence[Reading]]) -> list[dict[str, Any]]:
    """One object a document; pages count from 1."""
    return [
        {"document": name, "pages": [page_json(reading) for reading in readings]}
        for name, readings in ledger.items()
    ]


def page_json(reading: Reading) -> dict[str, Any]:
    """What became of one page."""
    return {
        "page": reading.page + 1,
        "outcome": str(reading.outcome),
        "reader": reading.reader,
        "detail": reading.detail,
        "audit": audit_figures(reading),
        "tokens_in": reading.usage.tokens_in,
        "tokens_out": reading.usage.tokens_out,
        "usd": reading.usage.usd,
        "attempts": reading.usage.attempts,
    }


def audit_figures(reading: Reading) -> dict[str, Any] | None:
    """The audit in the contract's words and two more; None without words to hold it against."""
    audit = reading.audit
    if audit is None:
        return None
    return {
        "word_recall": round(audit.word_recall, 4),
        "novel_numbers": audit.novel_numbers,
        "missing_numbers": audit.missing_numbers,
        "unsure_numbers": audit.unsure_numbers,
        "hidden_text": audit.hidden_text,
        "notes": audit.notes,
    }


def audit_table(ledger: Mapping[str, Sequence[Reading]]) -> Table:
    """A row a page."""
    grid = console.table(
        "document", "page", "outcome", "words found", "doubts", numeric={"page", "words found"}
    )
    for name, readings in ledger.items():
        for reading in readings:
            recall = f"{reading.audit.word_recall:.1%}" if reading.audit else "-"
            grid.add_row(
                console.name(name),
                str(reading.page + 1),
                str(reading.outcome),
                recall,
                console.plain(_doubts(reading)),
            )
    return grid


def _doubts(reading: Reading) -> str:
    audit = reading.audit
    parts = [reading.detail] if reading.detail else []
    parts += audit.notes if audit else []
    if audit and audit.novel_numbers:
        parts.append(f"not on the page: {_some(audit.novel_numbers)}")
    if audit and audit.missing_numbers:
        parts.append(f"lost: {_some(audit.missing_numbers)}")
    if audit and audit.unsure_numbers:
        parts.append(f"not read for certain: {_some(audit.unsure_numbers)}")
    if audit and audit.hidden_text:
        parts.append(f"left out, as nobody sees it: {audit.hidden_text[:LONGEST_SHOWN]}")
    return "; ".join(parts)


def _some(numbers: Sequence[str]) -> str:
    rest = len(numbers) - SHOWN
    return ", ".join(numbers[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")
