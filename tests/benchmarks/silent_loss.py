"""Words that stand in a page's picture, and neither in its chunks nor in what is told of it.

python -m tests.benchmarks.silent_loss FOLDER [FOLDER ...] --pages 12 --each

Each folder is a kind of document, of which so many pages are drawn by chance. The picture is read
by OCR at 200 dots an inch, so what OCR misreads counts as lost: the figure is an upper bound.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from loaders.chunking.chunks import make_chunks
from loaders.pages.page import Outcome
from loaders.pages.page_layout import MARGIN, margin_word
from loaders.reading.auditing.shown_text import shown_text
from loaders.reading.ocr.line_words import SeenWord
from loaders.reading.ocr.ocr_models import as_pixels
from loaders.reading.ocr.recognizer import read_picture
from loaders.reading.pdf import mupdf
from tests.read_back import ReadPage, read_back

DOTS = 200 / 72
CERTAIN = 0.9
"""Confidence below which OCR may have read a word where none is."""
NEAR = 0.75
"""Likeness of two words of which one is the other, misread."""
LONG = 4
"""Letters; a shorter word stands in many others by chance."""
SIGNS = re.compile(r"[\W_]+")
FIGURES = str.maketrans("oOlISB", "001158")


@dataclass(frozen=True)
class Said:
    """All that is said on a page and of it."""

    text: str

    @cached_property
    def words(self) -> Counter[str]:
        return Counter(words_of(self.text))

    @cached_property
    def run(self) -> str:
        """Without a space: OCR joins and parts words."""
        return "".join(words_of(self.text))

    def holds(self, word: str, times: int, *, is_part: bool) -> bool:
        """The word is there so often, by itself, in others if it is long or a part, or misread."""
        if self.words[word] >= times or word.translate(FIGURES) in self.words:
            return True
        if is_part and word in self.run:
            return True
        if len(word) < LONG and word.isascii():
            return False
        return word in self.run or bool(get_close_matches(word, self.words, 1, NEAR))


def words_of(text: str) -> list[str]:
    """Letters and digits as they are compared."""
    return list(filter(None, SIGNS.split(unicodedata.normalize("NFKC", text).casefold())))


def said_of(read: ReadPage) -> Said:
    """The page's chunks, and what its audit and outcome tell."""
    chunks = make_chunks("read", [read.reading])
    told = read.audit
    numbers = [*told.missing_numbers, *told.novel_numbers, *told.unsure_numbers]
    parts = [*(chunk.page_content for chunk in chunks), *numbers, *told.notes]
    return Said(
        "\n".join([*map(shown_text, parts), told.hidden_text, told.label, read.page.detail])
    )


def lost_on(path: Path, number: int) -> tuple[int, list[str]]:
    """How many words the page's picture has, and which of them are lost in silence."""
    document, _ = mupdf.open_pdf(str(path))
    seen = [word for word in seen_on(document, number) if word.confidence >= CERTAIN]
    (read,) = read_back(path, [number])
    if read.page.outcome is not Outcome.OK:
        return sum(len(words_of(word.text)) for word in seen), []
    return held_against(said_of(read), seen, *running(document, number))


def held_against(
    said: Said, seen: Sequence[SeenWord], height: float, earlier: frozenset[str]
) -> tuple[int, list[str]]:
    """Count the words, and name those that are not said; single letters do not count."""
    count: Counter[str] = Counter()
    lost: list[str] = []
    line = -1
    for word in seen:
        is_part = word.line != line or word.text.endswith("-")  # of a word broken at a line's end
        line = word.line
        if is_said_earlier(word, height, earlier):
            continue
        for text in words_of(word.text):
            if len(text) > 1:
                count[text] += 1
                if not said.holds(text, count[text], is_part=is_part):
                    lost.append(text)
    return count.total(), lost


def is_said_earlier(word: SeenWord, height: float, earlier: frozenset[str]) -> bool:
    """A running head, which is kept once a document, or the page's number."""
    is_edge = word.box[3] < MARGIN * height or word.box[1] > (1 - MARGIN) * height
    rest = margin_word(word.text)
    for said in sorted(earlier if is_edge else (), key=len, reverse=True):
        rest = rest.replace(said, "")
    return is_edge and not words_of(rest)  # OCR joins and parts words; "#" is the page's number


def running(document: Any, number: int) -> tuple[float, frozenset[str]]:
    """The page's height, and the words in the margins of the pages before it."""
    return document[number].rect.height, mupdf.margins_around(document, number)[1]


def seen_on(document: Any, number: int) -> list[SeenWord]:
    """The words of the page's picture."""
    return read_picture(as_pixels(*mupdf.grey(document[number], DOTS)), DOTS).words


def chosen(folder: Path, pages: int, seed: int) -> Iterator[tuple[Path, int]]:
    """So many pages of the documents in the folder, drawn by chance."""
    found: list[tuple[Path, int]] = []
    for path in sorted(folder.rglob("*.pdf")):
        document, _ = mupdf.open_pdf(str(path))
        found += [(path, number) for number in range(document.page_count)]
    yield from random.Random(seed).sample(found, min(pages, len(found)))


def main() -> None:
    """Print a line for each folder, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=12, help="of each folder")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--each", action="store_true", help="name the words of each page")
    given = parser.parse_args()
    total: Counter[str] = Counter()
    for folder in given.folders:
        tally: Counter[str] = Counter()
        for path, number in chosen(folder, given.pages, given.seed):
            words, lost = lost_on(path, number)
            tally.update(pages=1, words=words, lost=len(lost))
            if given.each and lost:
                sys.stdout.write(f"{path.name} {number + 1}: {words}, lost {' '.join(lost)}\n")
        total.update(tally)
        sys.stdout.write(line(str(folder), tally))
    sys.stdout.write(line("all", total))


def line(name: str, tally: Counter[str]) -> str:
    """One row of figures."""
    share = tally["lost"] / max(1, tally["words"])
    return (
        f"{name}: pages {tally['pages']}, words {tally['words']}, lost in silence"
        f" {tally['lost']} ({share:.2%})\n"
    )


if __name__ == "__main__":
    main()
