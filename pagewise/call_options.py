"""What may be said with a question or with sources; `pagewise.library` tells what each means."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict


class AskOptions(TypedDict, total=False):
    """Of `Library.ask`."""

    document: str
    thread: str
    history: Sequence[tuple[str, str]]
    samples: int


class IndexOptions(TypedDict, total=False):
    """Of `Library.index`."""

    pages: Sequence[int] | None
    budget_usd: float | None
    again: bool
    batch: bool
    ask_meanwhile: bool
