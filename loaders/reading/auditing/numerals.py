"""Numbers as they are written: found anywhere in a text, compared without their dress.

A digit inside a name counts (`o1`, `R1`, `4o`), as a reader that turns it into another one invents
a number. Thousands separators and a leading point may be written differently and mean the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from loaders.text.number_words import number_words
from loaders.text.tokenizer import fold

_NUMERAL = re.compile(r"(?<![\w.])\.\d+|\d+(?:[.,'’]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:([,'’])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_COMMA_LIST = re.compile(r"\d+(?:,\d+){2,}")
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as `written`, and the `form` by which two of them are compared."""

    written: str
    form: str


def plain_digits(text: str) -> str:
    """Fold digits of every script to ASCII, and set raised and lowered ones apart."""
    text = _SUPERSCRIPT.sub(lambda run: f" {unicodedata.normalize('NFKC', run[0])} ", text)
    folded = unicodedata.normalize("NFKC", text)
    if folded.isascii():
        return folded
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in folded
    )


def numerals(text: str) -> list[Numeral]:
    """Return every number of the text, in order."""
    return [
        Numeral(written, comparable(written))
        for found in _NUMERAL.findall(plain_digits(text))
        for written in _listed(found)
    ]


def comparable(written: str) -> str:
    """Drop what may be written differently: thousands separators, no zero before the point."""
    if written.startswith("."):
        return f"0{written}"
    if _THOUSANDS.fullmatch(written):
        return re.sub("[,'’]", "", written)
    return written


def _listed(found: str) -> list[str]:
    """Take a list without spaces apart: `1,2,3` is three numbers, `1,234,567` one."""
    is_list = _COMMA_LIST.fullmatch(found) and not _THOUSANDS.fullmatch(found)
    return found.split(",") if is_list else [found]


def count_words(text: str) -> list[Numeral]:
    """Return the counts that are spelt out, in order."""
    known = _counts()
    found = [(word, known.get(fold(word))) for word in re.findall(r"[^\W\d_]+", text)]
    return [Numeral(word, str(value)) for word, value in found if value]


@cache
def _counts() -> dict[str, int]:
    """One and two are too common in prose, and the words of other languages too alike."""
    words = [number_words()[language] for language in ("en", "de")]
    every = {
        word: value for one in words for word, value in (*one.values.items(), *one.times.items())
    }
    return {word: value for word, value in every.items() if 2 < value <= 100}
