"""The nouns of reading: a page as the document holds it, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from loaders.pages.page_transform import Frame
from loaders.pages.word import Word
from loaders.text.kept_text import kept_text

MOST_ASKED = 3
"""Answers about one page that cannot be used, over all runs; then only who insists pays again."""


class Outcome(StrEnum):
    """What became of a page; exactly one holds, and none of them looks like another."""

    OK = "ok"
    BLANK = "blank"
    BLOCKED = "blocked"
    RECITATION = "recitation"
    TRUNCATED = "truncated"
    REPEATED = "repeated"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Page:
    """One page as the child process found it; `markup` is the embedded reader's."""

    number: int
    """Counted from 0."""
    width: float = 0.0
    height: float = 0.0
    words: list[Word] = field(default_factory=list)
    """The visible words of the text layer."""
    hidden: list[str] = field(default_factory=list)
    """Text that nobody sees on the page: white, tiny, covered, outside it."""
    unsure: list[str] = field(default_factory=list)
    """Words that OCR read in the image, and not for certain."""
    notes: list[str] = field(default_factory=list)
    """What else is to be told of the page: print set apart, pictures that were not read."""
    label: str = ""
    """As the file has it (iv, A-3), if that is not its number."""
    frame: Frame | None = None
    """How the page lies as it is shown, if words and markup have it as it reads."""
    markup: str = ""
    outcome: Outcome = Outcome.OK
    detail: str = ""
    """For every outcome but ok: the cause and what to do."""
    image: bytes = b""
    """PNG, if it was asked for."""
    drawn: Callable[[int], bytes] | None = None
    """Makes another one, so many pixels wide."""
    asked: int = 0
    """How often a model has been asked for it in earlier runs, without a usable answer."""


@dataclass(slots=True)
class Audit:
    """The markup held against the words of the text layer."""

    word_recall: float = 1.0
    novel_numbers: list[str] = field(default_factory=list)
    """Numbers in the markup that the page does not have."""
    missing_numbers: list[str] = field(default_factory=list)
    """Numbers of the page that the markup lost."""
    hidden_numbers: list[str] = field(default_factory=list)
    """Numbers in the markup that stand on the page where nobody sees them."""
    unsure_numbers: list[str] = field(default_factory=list)
    """Numbers that were read from the image, and not for certain."""
    hidden_text: str = ""
    """The start of what stands on the page where nobody sees it."""
    doubtful_cells: list[str] = field(default_factory=list)
    """Table cells as `row › cell` whose number is novel or does not stand on the row's line."""
    notes: list[str] = field(default_factory=list)
    """What else is to be told of the page: print set apart, pictures that were not read."""
    label: str = ""
    """Of the page, as the file has it, if that is not its number."""

    @property
    def is_doubted(self) -> bool:
        """Whether the markup has numbers that nobody sees on the page, or lacks some of its."""
        return bool(self.novel_numbers or self.missing_numbers or self.hidden_numbers)


@dataclass(slots=True)
class Usage:
    """What a reading cost."""

    tokens_in: int = 0
    tokens_out: int = 0
    usd: float = 0.0
    attempts: int = 1


@dataclass(slots=True)
class Reading:
    """What a reader made of a page, and what became of it: a row of the ledger."""

    page: int
    """Counted from 0."""
    outcome: Outcome
    markup: str
    reader: str
    """`local`, or the model's name."""
    detail: str = ""
    words: list[Word] = field(default_factory=list)
    audit: Audit | None = None
    usage: Usage = field(default_factory=Usage)

    def __post_init__(self) -> None:
        """Whoever read it, a model or an earlier version: nothing else goes any further."""
        self.markup, self.detail = kept_text(self.markup), kept_text(self.detail)

    @property
    def label(self) -> str:
        """Of the page, as the file has it; its number if it has none."""
        return (self.audit.label if self.audit else "") or str(self.page + 1)


def page_ranges(runs: Iterable[range]) -> str:
    """`[0, 1, 2, 8]` as `1-3, 9`: the way back from `--pages`."""
    return ", ".join(
        f"{run.start + 1}-{run.stop}" if len(run) > 1 else str(run.stop) for run in runs
    )
