"""Is every word of a page in its reading? Each page held against MuPDF's own words, page by page.

    python -m tests.benchmarks.recall --data DIR [--pages N] [--floor 0.98]

DIR is searched for PDFs. Counted are the words that a person sees: not those that the reader names
as hidden, nor page numbers and running heads (words of a margin that come again in the margins
around). A page is listed if it keeps fewer than the floor, or lost a number; after it stand the
words lost, those that are said more often than they are printed, and the share of neighbours in
the text layer that are neighbours in the reading.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pymupdf

from loaders.errors import SourceError
from loaders.pages.page import Outcome, Page
from loaders.pages.page_layout import MARGIN, margin_word
from loaders.pages.word import Word
from loaders.reading.auditing.shown_text import shown_text
from loaders.reading.auditing.word_recall import lost_and_added, terms_of
from loaders.reading.document import open_document

MOST = 24
"""Words that are listed of a page."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a reading kept of a page."""

    name: str
    words: int
    lost: Counter[str]
    added: Counter[str]
    order: float

    @property
    def recall(self) -> float:
        return 1 - self.lost.total() / max(1, self.words)

    @property
    def lost_numbers(self) -> list[str]:
        return [term for term in self.lost.elements() if term[0].isdigit()]


def words_of(page: Any) -> list[Word]:
    """The words as MuPDF has them, in the order of the text layer."""
    if page.rotation:
        page.remove_rotation()
    found = page.get_text("words", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)
    return [Word(word[4], (word[0], word[1], word[2], word[3])) for word in found]


def margin_words(words: list[Word], height: float) -> set[int]:
    """The words, by their place in the list, in the margins of a page."""
    top, foot = MARGIN * height, (1 - MARGIN) * height
    return {n for n, word in enumerate(words) if word.box[3] < top or word.box[1] > foot}


def bodies_of(document: Any) -> list[list[Word]]:
    """The words of each page without page numbers and running heads."""
    pages = [words_of(page) for page in document]
    margins = [
        margin_words(words, page.rect.height) for words, page in zip(pages, document, strict=True)
    ]
    told = [
        {margin_word(words[n].text) for n in margin}
        for words, margin in zip(pages, margins, strict=True)
    ]
    bodies: list[list[Word]] = []
    for number, (words, margin) in enumerate(zip(pages, margins, strict=True)):
        near = told[max(0, number - 2) : number] + told[number + 1 : number + 3]
        running = {"#"}.union(*near)
        bodies.append(
            [
                word
                for n, word in enumerate(words)
                if n not in margin or margin_word(word.text) not in running
            ]
        )
    return bodies


def kept(name: str, page: Page, words: list[Word]) -> Kept:
    """Hold one reading against the words of its page."""
    shown = shown_text(page.markup)
    lost, added = lost_and_added(shown, words)
    lost -= Counter(term for text in page.hidden for term in terms_of(text))
    printed = [term for word in words for term in terms_of(word.text)]
    together = Counter(pairwise(printed))
    neighbours = together & Counter(pairwise(terms_of(shown)))
    order = neighbours.total() / max(1, together.total())
    return Kept(f"{name} page {page.number + 1}", len(printed), lost, added, order)


def readings(path: Path, most: int | None) -> Iterator[Kept]:
    """Read the pages of one file that have a text layer."""
    with open_document(path) as document, pymupdf.open(path) as printed:
        bodies = bodies_of(printed)
        for page in document.pages(range(document.page_count)[:most], ocr=False):
            words = bodies[page.number]
            if page.outcome is Outcome.OK and words and not page.detail:
                yield kept(path.name, page, words)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--pages", type=int, help="the first pages of each file alone")
    parser.add_argument("--floor", type=float, default=0.98)
    arguments = parser.parse_args()
    found: list[Kept] = []
    start = time.monotonic()
    for path in sorted(arguments.data.rglob("*.pdf")):
        try:
            found += readings(path, arguments.pages)
        except (SourceError, RuntimeError) as error:
            sys.stderr.write(f"{path.name}: {error}\n")
    seconds = time.monotonic() - start
    for page in sorted(found, key=lambda page: page.recall):
        if page.recall < arguments.floor or page.lost_numbers:
            lost, added = (" ".join(list(terms)[:MOST]) for terms in (page.lost, page.added))
            sys.stdout.write(
                f"{page.recall:.3f} {page.name}, order {page.order:.2f}\n"
                f"      lost: {lost}\n      more often: {added}\n"
            )
    words, lost_words = sum(page.words for page in found), sum(p.lost.total() for p in found)
    sys.stdout.write(
        f"{len(found)} pages, {words} words, {lost_words} lost; "
        f"{sum(page.recall < arguments.floor for page in found)} pages below {arguments.floor}, "
        f"{sum(bool(page.lost_numbers) for page in found)} lost a number; "
        f"{len(found) / max(seconds, 1e-9):.1f} pages a second\n"
    )


if __name__ == "__main__":
    main()
