"""Numbers as they are written: found anywhere in a text, compared without their dress.

A digit inside a name counts (`o1`, `R1`, `4o`), as a reader that turns it into another one invents
a number. Thousands separators and a leading point may be written differently and mean the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMERAL = re.compile(r"(?<![\w.])\.\d+|\d+(?:[.,'’]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:([,'’])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_COMMA_LIST = re.compile(r"\d+(?:,\d+){2,}")
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]+")
COUNT_WORDS = dict(
    re.findall(
        r"(\S+) (\d+)",
        """
        three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 thirteen 13
        fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30
        forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 hundred 100
        drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10 elf 11 zwölf 12 dreizehn 13
        vierzehn 14 fünfzehn 15 sechzehn 16 siebzehn 17 achtzehn 18 neunzehn 19 zwanzig 20
        dreißig 30 vierzig 40 fünfzig 50 sechzig 60 siebzig 70 achtzig 80 neunzig 90 hundert 100
        """,
    )
)
"""Counts spelt out, with their digits; one and two are too common in prose to mean anything."""


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
    words = re.findall(r"[^\W\d_]+", text)
    return [
        Numeral(word, COUNT_WORDS[word.casefold()])
        for word in words
        if word.casefold() in COUNT_WORDS
    ]
