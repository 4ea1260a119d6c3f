"""What an index run will take, told before anything is spent: no model is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from loaders.loader import needs_model, page_numbers, unsettled
from loaders.pages.page import Page
from loaders.reading.document import open_document
from loaders.reading.rate_limiting.prices import (
    FREE,
    Tier,
    answered_by,
    change_of,
    price_of,
    source_of,
)
from loaders.reading.reader import LOCAL, PageReader
from loaders.reading.vision.vision_parser import TYPICAL_TOKENS_OUT, typical_tokens_in
from loaders.storing.truth.ledger import Ledger
from loaders.text_files import is_plain, read_plain

SECONDS_A_CALL = 12.0
"""What a page takes to be written down by a model."""
SECONDS_A_PAGE = 0.6
"""What a page takes the embedded reader."""
SECONDS_A_TEXT = 0.05
"""What a page takes that is text already: of thousands of files it is minutes."""

_SIGNS_A_TOKEN = 3.5
_MARKUP = 1.3
"""Tags, captions and summaries beside the words."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """For one document; `usd` is None for a model without a known price.

    A price that is known to change from a day on: `price_changes`, and `usd_then` for the same.
    """

    document: str
    reader: str
    pages: int
    in_ledger: int = 0
    images: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    usd: float | None = 0.0
    minutes: float = 0.0
    price_changes: str = ""
    usd_then: float | None = None
    usd_flex: float | None = None
    """If it is sent in Gemini's flex tier, or as a batch; None where that cannot be."""
    usd_batch: float | None = None

    @property
    def price_note(self) -> str:
        if self.reader == LOCAL:
            return "nothing: the embedded reader needs no model"
        if price_of(self.reader) == FREE:
            return "nothing: the model runs on a machine of your own"
        url, read_on = source_of(self.reader)
        if self.usd is None:
            return f"price unknown: {self.reader} is not in the table of {read_on}"
        change = date.fromisoformat(self.price_changes) if self.price_changes else None
        later = f"; {_change_note(self.reader, change)}" if change else ""
        return f"prices of {read_on}, {url}{later}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"price": self.price_note}


def estimate(
    path: str | Path,
    reader: PageReader,
    *,
    name: str = "",
    pages: Sequence[int] | None = None,
    ledger: Ledger | None = None,
    again: bool = False,
) -> Estimate:
    """Look at every page, ask the ledger for it, and count what is left to read."""
    path = Path(path)
    left = waiting = tokens_out = 0
    if is_plain(path):  # it is its own markup
        count = len(read_plain(path)[0])
        minutes = round(count * SECONDS_A_TEXT / 60, 3)
        return Estimate(name or path.name, reader.name, count, minutes=minutes)
    with open_document(path) as document:
        numbers = page_numbers(name or path.name, document.page_count, pages)
        for page, _ in unsettled(document, numbers, reader, ledger, again=again):
            waiting += 1
            if not reader.image_width or needs_model(page):
                left += 1
                tokens_out += likely_tokens_out(page)
    is_local = not reader.image_width
    change = change_of(reader.name)
    tokens_in = 0 if is_local else left * typical_tokens_in()
    tokens_out = 0 if is_local else tokens_out

    def usd(day: date | None = None, tier: Tier = "") -> float | None:
        price = price_of(reader.name, day, tier)
        return price.usd(tokens_in, tokens_out) if price else None

    return Estimate(
        document=name or path.name,
        reader=reader.name,
        pages=len(numbers),
        in_ledger=len(numbers) - waiting,
        images=0 if is_local else left,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        usd=usd(),
        minutes=round(_seconds(left, reader) / 60, 3),
        price_changes=change.isoformat() if change else "",
        usd_then=usd(change) if change else None,
        usd_flex=usd(tier="flex"),
        usd_batch=usd(tier="batch"),
    )


def _change_note(model: str, day: date) -> str:
    """What is another price from that day on, and whose."""
    price, by = price_of(model, day) or FREE, answered_by(model, day)
    name = model.rpartition(":")[2]
    whose = f"{name} costs" if by == name else f"{by} answers for {name}, at"
    return f"from {day} {whose} {price.tokens_in:.2f} in and {price.tokens_out:.2f} out a million"


def likely_tokens_out(page: Page) -> int:
    """Of a page's markup, by the words of its text layer."""
    if not page.words:
        return TYPICAL_TOKENS_OUT
    signs = sum(len(word.text) + 1 for word in page.words)
    return round(signs / _SIGNS_A_TOKEN * _MARKUP)


def _seconds(left: int, reader: PageReader) -> float:
    if not left:
        return 0.0
    if not reader.image_width:
        return left * SECONDS_A_PAGE
    return (left / reader.pages_at_once + 1) * SECONDS_A_CALL
