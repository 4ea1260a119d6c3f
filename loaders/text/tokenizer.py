"""Words as they are compared: folded, stemmed a little, identifiers kept whole.

`GPT-4o-0513` is the words gpt, 4o, 0513; `FY2022` and `2022年` are 2022; Chinese is cut into
pairs of characters, since it has no spaces.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from loaders.text.languages import pattern_of, words_of

CJK = r"\u3400-\u9fff\uf900-\ufaff"
_CJK_SIGN = re.compile(f"[{CJK}]")
_PARTICLES = pattern_of("particles")
_TOKEN = re.compile(
    rf"(?:(?![{_PARTICLES}])[{CJK}])+|(?:(?![{CJK}])[^\W_])+(?:[.,]\d+)*(?:(?![{CJK}])[^\W_])*"
)
_YEAR = re.compile(r"(?:fy|cy|q[1-4]fy|fiscal)?((?:19|20)\d\d)[ea]?")
_SHORT_YEAR = re.compile(r"fy(\d\d)")
_QUARTER = re.compile(r"(?:[1-4]q|q[1-4])")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as compared, as written, and where it stands."""

    key: str
    text: str
    start: int
    end: int
    joined: bool = False
    """True if it hangs on to the word before it by a hyphen, dot or slash: `GPT-4o`."""


def fold(text: str) -> str:
    """Lower case, without accents, full-width forms or typographic dashes."""
    if text.isascii():
        return text.lower()
    text = spread(unicodedata.normalize("NFKC", text).lower())
    text = re.sub(r"[‐-―−]", "-", text)
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")


def spread(text: str) -> str:
    """With the sign that folds into two letters as two: places are those of the folded text."""
    return text.replace("ß", "ss")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Take off what number and person add; years and quarters lose their dress."""
    if match := _YEAR.fullmatch(word):
        return match[1]
    if match := _SHORT_YEAR.fullmatch(word):
        return "20" + match[1]
    if _QUARTER.fullmatch(word):
        return "q" + word.strip("q")
    if word[0].isdigit() or not word.isascii():
        return word.replace(",", "") if word[0].isdigit() else word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def is_cjk(text: str) -> bool:
    """Whether a word is written in Chinese characters."""
    return not text.isascii() and bool(_CJK_SIGN.search(text))


def words(text: str) -> list[Word]:
    """Cut a text into words; runs of Chinese characters into overlapping pairs."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        joined = (
            start > 0 and text[start - 1] in "-–/._@" and bool(found) and found[-1].end >= start - 1
        )
        if is_cjk(match.group()):
            found.extend(_pairs(match.group(), start))
            continue
        found.append(Word(stem(fold(match.group())), match.group(), start, end, joined))
    return found


def _pairs(run: str, start: int) -> list[Word]:
    run = unicodedata.normalize("NFKC", run)
    if len(run) == 1:
        return [Word(run, run, start, start + 1)]
    return [
        Word(run[i : i + 2], run[i : i + 2], start + i, start + i + 2) for i in range(len(run) - 1)
    ]


def keys(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [word.key for word in words(text)]


_STOPS = frozenset(stem(fold(word)) for word in words_of("words", "stop"))
_GENERICS = frozenset(stem(fold(word)) for word in words_of("words", "generic"))


def is_stop(key: str) -> bool:
    """Whether a word carries no content in a question."""
    return key in _STOPS or (len(key) == 1 and not key.isdigit() and not is_cjk(key))


def is_generic(key: str) -> bool:
    """Whether a word may be missing from a header without making it another one."""
    return key in _GENERICS


def is_year(key: str) -> bool:
    """Whether a word is a calendar year."""
    return bool(re.fullmatch(r"(?:19|20)\d\d", key))


def is_identifier(word: Word) -> bool:
    """Whether a word names one thing only: it mixes letters with digits, or has capitals inside."""
    text = word.text.removesuffix("s")
    if is_cjk(text):
        return False
    mixed = any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    return mixed or any(c.isupper() for c in text[1:])


def content_words(text: str) -> list[Word]:
    """The words that carry content; a hyphenated name keeps all its parts: `C-Eval`."""
    found = words(text)
    kept = []
    for place, word in enumerate(found):
        leads = place + 1 < len(found) and found[place + 1].joined
        if word.joined or not is_stop(word.key) or (leads and len(word.key) == 1):
            kept.append(word)
    return kept
