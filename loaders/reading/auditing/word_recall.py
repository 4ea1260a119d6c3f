"""How many of the page's words a reading kept."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from loaders.pages.word import Word
from loaders.reading.text_layer.line_joining import HYPHENS

_HAN = "㐀-鿿぀-ヿ가-힯"
_TERM = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")


def word_recall(shown: str, words: Sequence[Word]) -> float:
    """Return the share of the page's words, each as often as it stands there, that `shown` has."""
    read = Counter(terms_of(shown))
    terms = _rejoined(words, read)
    lost = (Counter(terms) - read).total()
    return round(1 - lost / len(terms), 4) if terms else 1.0


def lost_and_added(shown: str, words: Sequence[Word]) -> tuple[Counter[str], Counter[str]]:
    """Return the words that `shown` lacks, and those that it has more often than the page."""
    read = Counter(terms_of(shown))
    terms = Counter(_rejoined(words, read))
    return terms - read, read - terms


def terms_of(text: str) -> list[str]:
    """Return words and numbers without case and signs; a Chinese character is a word."""
    return _TERM.findall(unicodedata.normalize("NFKC", text).casefold())


def _rejoined(words: Sequence[Word], read: Counter[str]) -> list[str]:
    """Return the page's terms; two that touch, or a broken one, are one if the reading has it so.

    A footnote's mark is a word of its own on the page, and part of the word before in a reading.
    """
    spare = read - Counter(term for word in words for term in terms_of(word.text))
    terms: list[str] = []
    before: Word | None = None
    for word in words:
        own = terms_of(word.text)
        if before is not None and own and terms and _goes_on(before, word):
            whole = terms[-1] + own[0]
            if spare[whole] > 0:
                spare[whole] -= 1
                terms[-1] = whole
                del own[0]
        terms += own
        before = word
    return terms


def _goes_on(before: Word, word: Word) -> bool:
    """Whether the second may be the rest of the first: broken at the line's end, or set to it."""
    if word.box[1] > before.box[1] + 1 and before.text.endswith(tuple(HYPHENS)):
        return True
    size = max(before.box[3] - before.box[1], word.box[3] - word.box[1])
    is_level = word.box[1] < before.box[3] and before.box[1] < word.box[3]
    return is_level and abs(word.box[0] - before.box[2]) < 0.25 * size
