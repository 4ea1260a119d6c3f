"""What became of an indexing run: of every document, and of every page."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, computed_field

from loaders.pages.page import Outcome, Reading, page_ranges
from loaders.pages.runs import ranges

COMPLETE = {Outcome.OK, Outcome.BLANK}
MOST_TOLD = 10
"""Files that were left alone, told one by one."""


Usd = Annotated[float, PlainSerializer(lambda usd: round(usd, 6))]


class Trouble(BaseModel):
    """Pages, from 1, that are not ok, by outcome and cause."""

    pages: list[int]
    outcome: Outcome
    detail: str


class DocumentReport(BaseModel):
    """One document of the run; dumped, it is as `index --json` prints it."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    name: str = Field(alias="document")
    pages: int = 0
    outcomes: Counter[Outcome] = Field(default_factory=Counter)
    read: int = Field(0, alias="pages_read")
    """Pages that were read in this run; the others were in the ledger."""
    chunks: int = 0
    is_unchanged: bool = Field(False, alias="unchanged")
    tokens_in: int = 0
    tokens_out: int = 0
    usd: Usd = 0.0
    doubted_pages: list[int] = []
    """From 1: those that are ok, and whose numbers differ from the page's text."""
    troubles: list[Trouble] = []

    def add(self, reading: Reading, *, is_old: bool) -> None:
        """Count a page's outcome, and its cost unless an earlier run paid for it."""
        self.outcomes[reading.outcome] += 1
        if reading.outcome not in COMPLETE:
            self._note(reading)
        if reading.audit and reading.audit.is_doubted:
            self.doubted_pages.append(reading.page + 1)
        if not is_old:
            self.read += 1
            self.tokens_in += reading.usage.tokens_in
            self.tokens_out += reading.usage.tokens_out
            self.usd += reading.usage.usd

    def _note(self, reading: Reading) -> None:
        for known in self.troubles:
            if (known.outcome, known.detail) == (reading.outcome, reading.detail):
                known.pages.append(reading.page + 1)
                return
        found = Trouble(pages=[reading.page + 1], outcome=reading.outcome, detail=reading.detail)
        self.troubles.append(found)

    def figures(self) -> str:
        """Pages by outcome, and money if it costs any: `7 ok · 1 blank · $0.0140`."""
        parts = [f"{count} {outcome}" for outcome, count in self.outcomes.items()]
        return " · ".join([*parts, f"${self.usd:.4f}"] if self.usd else parts)

    def trouble_lines(self) -> list[str]:
        """Each cause once, with its pages as people count them."""
        return [
            f"{self.name}, {'page' if len(one.pages) == 1 else 'pages'} "
            f"{page_ranges(ranges(page - 1 for page in one.pages))}: {one.outcome}: "
            f"{one.detail or 'no cause given'}"
            for one in self.troubles
        ]


def counted(number: int, noun: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class IndexReport(BaseModel):
    """All documents of a run; `failures` are those that could not be opened at all."""

    documents: list[DocumentReport] = []
    failures: list[str] = []
    warnings: list[str] = []
    unfinished: list[str] = []
    """Documents that were read and could not be embedded within the budget."""
    skipped: list[str] = []
    """Files of folders that were left alone, and why."""
    seconds: Annotated[float, PlainSerializer(lambda seconds: round(seconds, 2))] = 0.0

    def add(self, dumped: dict[str, Any]) -> None:
        """What another run has told."""
        other = IndexReport.model_validate(dumped)
        for name in ("documents", "failures", "warnings", "unfinished", "skipped"):
            getattr(self, name).extend(getattr(other, name))

    @computed_field  # type: ignore[prop-decorator]
    @property
    def pages(self) -> int:
        return sum(document.pages for document in self.documents)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def outcomes(self) -> Counter[Outcome]:
        """Over all documents; their sum is the number of pages."""
        return sum((document.outcomes for document in self.documents), Counter())

    @property
    def is_complete(self) -> bool:
        """Whether every document opened, and every page was read or is known to be blank."""
        return not self._lacks and set(self.outcomes) <= COMPLETE

    @property
    def is_all_ok(self) -> bool:
        """Whether every page was read, and no number is in doubt; a blank one was not read."""
        doubted = any(document.doubted_pages for document in self.documents)
        return not self._lacks and not doubted and set(self.outcomes) <= {Outcome.OK}

    @property
    def _lacks(self) -> bool:
        return bool(self.failures or self.unfinished)

    def trouble_lines(self) -> list[str]:
        """All that somebody may have to do something about."""
        return [
            *self.failures,
            *self.unfinished,
            *self._skipped_lines(),
            *(f"warning: {warning}" for warning in self.warnings),
            *(line for document in self.documents for line in document.trouble_lines()),
        ]

    def _skipped_lines(self) -> list[str]:
        """What a folder holds beside documents: the first by name, the others by number."""
        rest = len(self.skipped) - MOST_TOLD
        told = [f"left alone: {one}" for one in self.skipped[:MOST_TOLD]]
        return [*told, f"left alone: {rest} more (--json names them)"] if rest > 0 else told

    def line(self) -> str:
        """One line: pages by outcome, what they cost if they cost anything, seconds."""
        parts = [f"{count} {outcome}" for outcome, count in self.outcomes.items()]
        doubted = sum(len(document.doubted_pages) for document in self.documents)
        outcomes = " · ".join(
            [*parts, *([f"{doubted} with doubts (see audit)"] if doubted else [])]
        )
        tokens = sum(document.tokens_in + document.tokens_out for document in self.documents)
        usd = sum(document.usd for document in self.documents)
        unchanged = sum(document.is_unchanged for document in self.documents)
        parts = [
            counted(len(self.documents), "document")
            + (f" ({unchanged} unchanged)" if unchanged else ""),
            f"{counted(self.pages, 'page')}: {outcomes or 'none'}",
            counted(sum(document.chunks for document in self.documents), "chunk"),
            *([f"{tokens} tokens"] if tokens else []),
            *([f"${usd:.4f}"] if tokens or usd else []),
            f"{self.seconds:.1f} s",
        ]
        return " | ".join(parts)
