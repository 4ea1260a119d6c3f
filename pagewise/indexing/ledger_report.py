"""The ledger as people and programs read it: each page, its outcome, its doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, AliasPath, BaseModel, ConfigDict, Field, PlainSerializer
from rich.table import Table

from loaders.pages.page import Audit, Outcome, Reading
from pagewise import console

LONGEST_SHOWN = 80
SHOWN = 6
"""Doubtful numbers of a page that the table shows; the JSON has all."""


PageNumber = Annotated[int, AfterValidator(lambda page: page + 1)]
"""As people count: made from one that counts from 0."""


class AuditFigures(BaseModel):
    """The audit in the contract's words and two more."""

    model_config = ConfigDict(from_attributes=True)

    word_recall: Annotated[float, PlainSerializer(lambda recall: round(recall, 4))]
    novel_numbers: list[str]
    missing_numbers: list[str]
    unsure_numbers: list[str]
    hidden_text: str
    notes: list[str]


class AuditedPage(BaseModel):
    """A row of the ledger: what became of a page, which is counted from 1."""

    model_config = ConfigDict(from_attributes=True)

    page: PageNumber
    outcome: Outcome
    reader: str
    detail: str
    audit: AuditFigures | None
    """None without words to hold the page against."""
    tokens_in: int = Field(validation_alias=AliasPath("usage", "tokens_in"))
    tokens_out: int = Field(validation_alias=AliasPath("usage", "tokens_out"))
    usd: float = Field(validation_alias=AliasPath("usage", "usd"))
    attempts: int = Field(validation_alias=AliasPath("usage", "attempts"))


def audit_json(ledger: Mapping[str, Sequence[Reading]]) -> list[dict[str, Any]]:
    """One object a document; pages count from 1."""
    return [
        {"document": name, "pages": [page_json(reading) for reading in readings]}
        for name, readings in ledger.items()
    ]


def page_json(reading: Reading, keys: set[str] | None = None) -> dict[str, Any]:
    """What became of one page, or so much of it."""
    return AuditedPage.model_validate(reading).model_dump(mode="json", include=keys)


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
                console.plain("; ".join(doubts_of(reading, SHOWN))),
            )
    return grid


def doubts_of(reading: Reading, most: int | None = None) -> list[str]:
    """What is to be told of a page, each kind of doubt in a line; of numbers so many at most."""
    audit = reading.audit or Audit()
    hidden = audit.hidden_text[: LONGEST_SHOWN if most else None]
    kinds = {
        "numbers that the page does not have": audit.novel_numbers,
        "numbers of the page that are missing": audit.missing_numbers,
        "numbers that nobody sees on the page": audit.hidden_numbers,
        "numbers that could not be read for certain": audit.unsure_numbers,
        "doubtful cells": audit.doubtful_cells,
        "text that nobody sees, left out": [f"“{hidden}”"] if hidden else [],
    }
    told = (f"{kind}: {_some(found, most)}" for kind, found in kinds.items() if found)
    return [note for note in (reading.detail, *audit.notes, *told) if note]


def _some(found: Sequence[str], most: int | None) -> str:
    rest = len(found[most:]) if most else 0
    return ", ".join(found[:most]) + (f" and {rest} more" if rest else "")
