"""What became of an indexing run: of every document, and of every page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from loaders.pages.page import Outcome, Reading, page_ranges, page_runs

COMPLETE = {Outcome.OK, Outcome.BLANK}
MOST_TOLD = 10
"""Files that were left alone, told one by one."""


@dataclass(slots=True)
class DocumentReport:
    """One document of the run."""

    name: str
    pages: int
    chunks: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    read: int = 0
    """Pages that were read in this run; the others were in the ledger."""
    tokens_in: int = 0
    tokens_out: int = 0
    usd: float = 0.0
    is_unchanged: bool = False
    doubted: list[int] = field(default_factory=list)
    """Pages, from 0, that are ok, and whose numbers differ from the page's text."""
    troubles: dict[tuple[Outcome, str], list[int]] = field(default_factory=dict)
    """Pages, from 0, that are not ok, by outcome and cause."""

    def add(self, reading: Reading, *, is_old: bool) -> None:
        """Count a page's outcome, and its cost unless an earlier run paid for it."""
        self.outcomes[reading.outcome] += 1
        if reading.outcome not in COMPLETE:
            self.troubles.setdefault((reading.outcome, reading.detail), []).append(reading.page)
        if reading.audit and reading.audit.is_doubted:
            self.doubted.append(reading.page)
        if not is_old:
            self.read += 1
            self.tokens_in += reading.usage.tokens_in
            self.tokens_out += reading.usage.tokens_out
            self.usd += reading.usage.usd

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """The way back from `to_json`."""
        return cls(
            told["document"],
            told["pages"],
            told["chunks"],
            Counter({Outcome(outcome): count for outcome, count in told["outcomes"].items()}),
            told["pages_read"],
            told["tokens_in"],
            told["tokens_out"],
            told["usd"],
            told["unchanged"],
            [page - 1 for page in told["doubted_pages"]],
            {
                (Outcome(one["outcome"]), one["detail"]): [page - 1 for page in one["pages"]]
                for one in told["troubles"]
            },
        )

    def figures(self) -> str:
        """Pages by outcome, and money if it costs any: `7 ok · 1 blank · $0.0140`."""
        parts = [f"{count} {outcome}" for outcome, count in self.outcomes.items()]
        return " · ".join([*parts, f"${self.usd:.4f}"] if self.usd else parts)

    def trouble_lines(self) -> list[str]:
        """Each cause once, with its pages as people count them."""
        return [
            f"{self.name}, {'page' if len(pages) == 1 else 'pages'} "
            f"{page_ranges(page_runs(pages))}: {outcome}: {detail or 'no cause given'}"
            for (outcome, detail), pages in self.troubles.items()
        ]

    def to_json(self) -> dict[str, Any]:
        """As `index --json` prints it."""
        return {
            "document": self.name,
            "pages": self.pages,
            "outcomes": {str(outcome): count for outcome, count in self.outcomes.items()},
            "pages_read": self.read,
            "chunks": self.chunks,
            "unchanged": self.is_unchanged,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "usd": round(self.usd, 6),
            "doubted_pages": [page + 1 for page in self.doubted],
            "troubles": [
                {"pages": [page + 1 for page in pages], "outcome": str(outcome), "detail": detail}
                for (outcome, detail), pages in self.troubles.items()
            ],
        }


def counted(number: int, noun: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@dataclass(slots=True)
class IndexReport:
    """All documents of a run; `failures` are those that could not be opened at all."""

    documents: list[DocumentReport] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    """Documents that were read and could not be embedded within the budget."""
    skipped: list[str] = field(default_factory=list)
    """Files of folders that were left alone, and why."""
    seconds: float = 0.0

    def add_json(self, told: dict[str, Any]) -> None:
        """What another run has told by `to_json`."""
        self.documents += map(DocumentReport.from_json, told["documents"])
        for name in ("failures", "warnings", "unfinished", "skipped"):
            getattr(self, name).extend(told[name])

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
        doubted = any(document.doubted for document in self.documents)
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
        doubted = sum(len(document.doubted) for document in self.documents)
        outcomes = " · ".join(
            [*parts, *([f"{doubted} with doubts (see audit)"] if doubted else [])]
        )
        pages = sum(document.pages for document in self.documents)
        tokens = sum(document.tokens_in + document.tokens_out for document in self.documents)
        usd = sum(document.usd for document in self.documents)
        unchanged = sum(document.is_unchanged for document in self.documents)
        parts = [
            counted(len(self.documents), "document")
            + (f" ({unchanged} unchanged)" if unchanged else ""),
            f"{counted(pages, 'page')}: {outcomes or 'none'}",
            counted(sum(document.chunks for document in self.documents), "chunk"),
            *([f"{tokens} tokens"] if tokens else []),
            *([f"${usd:.4f}"] if tokens or usd else []),
            f"{self.seconds:.1f} s",
        ]
        return " | ".join(parts)

    def to_json(self) -> dict[str, Any]:
        """As `index --json` prints it."""
        return {
            "documents": [document.to_json() for document in self.documents],
            "failures": self.failures,
            "warnings": self.warnings,
            "unfinished": self.unfinished,
            "skipped": self.skipped,
            "pages": sum(document.pages for document in self.documents),
            "outcomes": {str(outcome): count for outcome, count in self.outcomes.items()},
            "seconds": round(self.seconds, 2),
        }
