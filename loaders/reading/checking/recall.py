"""How many of the page's words a reading kept."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from loaders.reading.page import Word

_HAN = "㐀-鿿぀-ヿ가-힯"
_TERM = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_HYPHENS = ("-", "‐", "\u00ad")


def word_recall(shown: str, words: Sequence[Word]) -> float:
    """Return the share of the page's words, each as often as it stands there, that `shown` has."""
    left = Counter(terms_of(shown))
    terms = _rejoined(words, left)
    kept = sum((Counter(terms) & left).values())
    return round(kept / len(terms), 4) if terms else 1.0


def terms_of(text: str) -> list[str]:
    """Return words and numbers without case and signs; a Chinese character is a word."""
    return _TERM.findall(unicodedata.normalize("NFKC", text).casefold())


def _rejoined(words: Sequence[Word], read: Counter[str]) -> list[str]:
    """Return the page's terms; one broken at a line's end is whole if the reading has it so."""
    terms: list[str] = []
    broken = False
    for number, word in enumerate(words):
        own = terms_of(word.text)
        if broken and terms and own and terms[-1] + own[0] in read:
            terms[-1] += own.pop(0)
        terms += own
        following = words[number + 1] if number + 1 < len(words) else None
        ends_line = following is not None and following.box[1] > word.box[1] + 1
        broken = ends_line and word.text.endswith(_HYPHENS)
    return terms
