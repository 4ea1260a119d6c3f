"""From text to the terms that the lexical index holds and a question looks for.

A term is what two spellings of one thing have in common: case, accents, English plural and
thousands separators are folded; identifiers stand whole and in parts; Chinese, Japanese and
Korean, written without spaces, stand as characters and pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set
from functools import lru_cache

from loaders.text.function_words import FUNCTION_WORDS
from loaders.text.languages import pattern_of
from loaders.text.tokenizer import fold

ANALYZER = "3"
"""To be changed with anything that changes a text's terms: libraries then write them again."""
HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
NUMBER = r"\d+(?:[.,'\u2019]\d+)*"
PIECE = re.compile(
    rf"[{HAN}]+"  # a run without spaces
    rf"|{NUMBER}(?![^\W{HAN}_])"  # a number that no letter follows
    rf"|[^\W{HAN}_]++(?:[-@.&'\u2019/+][^\W{HAN}_]++)*"  # a word, an identifier with its joints
)
ASCII_PIECE = re.compile(
    r"\d+(?:[.,']\d+)*(?![A-Za-z0-9])|[A-Za-z0-9]++(?:[-@.&'/+][A-Za-z0-9]++)*", re.ASCII
)
"""`PIECE` for a text without any other letter: the same, three times as fast.

No group is possessive: before Python 3.11.5 such a one keeps the mark on which it fails, and the
last word of a sentence was `word.` (python/cpython#106052).
"""
RUN = re.compile(f"[{HAN}]")
WHOLE_NUMBER = re.compile(NUMBER)
ASKING = re.compile(pattern_of("asking"))
"""What a question is asked with, where no spaces part it from what it asks for."""
LINE_END = re.compile(r"[.!?;]\s+|[\u3002\uff01\uff1f\uff1b\n]")
PART = re.compile(r"[^\W_]+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LETTERS_THEN_DIGITS = re.compile(r"([^\W\d_]+)(\d{3,})|(\d{3,})([^\W\d_]+)")
TYPED = (("\u2019", "'"), ("\u2013", "-"), ("\u203a", " "), ("\u201c", " "), ("\u201d", " "))
"""The commonest signs of typesetters; without them most lines are plain ASCII."""
DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u00ad\u2019", "------ '")
POSSESSIVE = re.compile(r"['\u2019][sS]$")
LONGEST = 64
"""Longer words are noise, such as an encoded image."""


def terms(text: str) -> list[str]:
    """Every term of a text, in order; the parts of a word follow it."""
    return [term for piece in pieces(text) for term in terms_of(piece)]


def pieces(text: str) -> list[str]:
    """Words, numbers, identifiers and runs of characters as they are written."""
    if text.isascii():
        return ASCII_PIECE.findall(text)
    return PIECE.findall(unicodedata.normalize("NFKC", text).translate(DASHES))


def piece_lines(text: str, *, is_table: bool) -> list[list[str]]:
    """The pieces of each sentence, or of each row; lines without any are left out."""
    for sign, typed in TYPED:
        text = text.replace(sign, typed)
    lines = text.split("\n") if is_table else LINE_END.split(text)
    return [found for line in lines if (found := pieces(line))]


@lru_cache(maxsize=100_000)
def terms_of(piece: str) -> tuple[str, ...]:
    """The terms of one piece, the whole first."""
    plain = _plain_terms(piece) if piece.isascii() and len(piece) <= LONGEST else ()
    if plain:
        return plain
    piece = POSSESSIVE.sub("", piece)
    if is_run(piece):
        return tuple(_grams(piece))
    if len(piece) > LONGEST:
        return ()
    if piece[0].isdigit() and WHOLE_NUMBER.fullmatch(piece):
        return tuple(dict.fromkeys(_values(piece)))
    return tuple(dict.fromkeys(_words(piece)))


def _plain_terms(piece: str) -> tuple[str, ...]:
    """Those of plain words and numbers, as most pieces are: what the long way finds, sooner."""
    if piece.isdigit():
        return (piece,)
    if piece.isalpha() and (piece.isupper() or piece[1:].islower() or len(piece) == 1):
        return (stem(piece.lower()),)
    if piece.isalnum():
        # 7b or H1N1; but LiveBench and FY2023 have parts.
        has_parts = CAMEL.search(piece) or LETTERS_THEN_DIGITS.fullmatch(piece)
        return () if has_parts else (stem(piece.lower()),)
    for mark in ",.":
        before, _, after = piece.partition(mark)
        if before.isdigit() and after.isdigit():
            fraction = f"{before}.{after}"
            is_grouped = len(after) == 3 and len(before) <= 3
            return (before + after, fraction) if is_grouped else (fraction,)
    return ()


def content_pieces(question: str) -> list[str]:
    """The question without the words that say nothing; with them, if there are no others.

    A run is cut where a question's words stand: no pair of characters spans `的` or `是多少`.
    """
    whole = list(dict.fromkeys(pieces(question)))
    cut = (ASKING.split(piece) if is_run(piece) else [piece] for piece in whole)
    found = dict.fromkeys(part for parts in cut for part in parts if part)
    return [part for part in found if fold(part) not in FUNCTION_WORDS] or whole


def is_run(piece: str) -> bool:
    """Whether the piece is of a script that is written without spaces."""
    return RUN.match(piece) is not None


def _grams(run: str) -> Iterator[str]:
    yield from (run[index : index + 2] for index in range(len(run) - 1))
    yield from run


def _values(number: str) -> Iterator[str]:
    """1,234.5 and 1.234,5 are one number; 1.234 is read both ways."""
    digits = re.split(r"[.,'\u2019]", number)
    marks = [mark for mark in number if not mark.isdigit()]
    if not marks:
        yield number
        return
    grouped = all(len(group) == 3 for group in digits[1:]) and len(digits[0]) <= 3
    if grouped and len(set(marks)) == 1:
        yield "".join(digits)
    if len(marks) == 1 or len(set(marks)) > 1:
        yield "".join(digits[:-1]) + "." + digits[-1]
    if not grouped and len(marks) > 1 and len(set(marks)) == 1:
        yield ".".join(digits)  # a date, a version, a section number


def _words(piece: str) -> Iterator[str]:
    whole = fold(piece)
    parts = PART.findall(piece)
    yield stem(whole) if len(parts) == 1 else whole
    for part in parts:
        yield stem(fold(part))
        yield from _inner_words(part)
    if any(mark in piece for mark in "äöüÄÖÜ"):
        yield stem(fold(spelt_out(piece)))


def _inner_words(part: str) -> Iterator[str]:
    """`LiveBench` holds live and bench; `FY2023` holds 2023."""
    humps = CAMEL.split(part)
    if len(humps) > 1:
        yield from (stem(fold(hump)) for hump in humps if len(hump) > 1)
    joint = LETTERS_THEN_DIGITS.fullmatch(part)
    if joint:
        yield from (stem(fold(half)) for half in joint.groups() if half)


def spelt_out(word: str) -> str:
    """Umlauts as they are typed without the keys for them."""
    for umlaut, letters in (
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        ("Ä", "Ae"),
        ("Ö", "Oe"),
        ("Ü", "Ue"),
    ):
        word = word.replace(umlaut, letters)
    return word


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Cut the commonest endings of English, and of German where they cannot be English.

    Light on purpose: two words that differ should rather stay apart than fall together.
    """
    if len(word) < 4 or not word.isalpha() or not word.isascii():
        return word
    for ending, instead in ENDINGS.get(word[-1], ()):
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 3:
            word = _undoubled(word[: len(word) - len(ending)] + instead, ending)
            break
    while len(word) > 3 and word[-1] in "es" and not word.endswith(("ss", "us", "is")):
        word = word[:-1]  # Erlös and Erlöse, expense and expensing
    return word


ENDINGS = {
    "s": (
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
        ("ss", "ss"),
        ("us", "us"),
        ("is", "is"),
    ),
    "d": (("ied", "y"), ("ed", "")),
    "g": (("ing", ""),),
    "n": (("ungen", "ung"), ("heiten", "heit"), ("keiten", "keit"), ("en", "")),
}
"""By their last letter; the first that fits counts."""


def _undoubled(word: str, ending: str) -> str:
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if ending in {"ing", "ed"} and doubled else word


SHORTEST_HALF = 4


def halve(word: str, vocabulary: Set[str]) -> tuple[str, str] | None:
    """The two stems of the vocabulary that the word is made of, the second as long as may be.

    German writes `Belohnungsmodell` where English writes two words; with the text's own words as
    the vocabulary, no language needs to be known.
    """
    if not 2 * SHORTEST_HALF <= len(word) <= LONGEST or not word.isalpha():
        return None
    for cut in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
        second = stem(word[cut:])
        if second not in vocabulary:
            continue
        for link in ("", "s", "n", "en", "es"):
            first = word[:cut].removesuffix(link) if word[:cut].endswith(link) else ""
            if len(first) >= SHORTEST_HALF and stem(first) in vocabulary:
                return stem(first), second
    return None
