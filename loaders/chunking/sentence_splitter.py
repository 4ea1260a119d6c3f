"""Sentences of English, German and Chinese text, and how long they are for a model."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BOUNDARY = re.compile(
    r"(?P<latin>[.!?…]{1,4}[\"'”’»)\]*_]{0,4})(?=\s)|[。！？；]{1,4}[”’」』）]{0,2}|\n[ \t]*\n"
)
_SHORT = (
    "e.g i.e fig figs eq eqs tab sec ch al vs cf dr mr mrs ms prof no nos inc ltd co corp st approx"
    " pp p vol jan feb mar apr jun jul aug sep sept oct nov dec ed eds dept est resp viz incl"
    " z.b d.h u.a bzw vgl nr abb mio mrd tsd evtl ggf inkl s art abs sog std str bspw ca i.d.r o.ä"
    " zzgl gem lt hr fr dipl ing max min"
)
_ABBREVIATIONS = frozenset(_SHORT.split())
_MONTHS = (
    "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    "|Quartal|Jahrhundert|Halbjahr"
)
_GERMAN_DATE = re.compile(rf"\s*(?:{_MONTHS})\b")
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")
_ENDS = re.compile(r"[.!?…:;。！？：；][\"'”’»)\]*_」』）\s]*$")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each with the white space behind it: together they are the text."""
    start = 0
    for match in _BOUNDARY.finditer(text):
        stop = match.end()
        if match["latin"] and not _is_end(text, start, match):
            continue
        while stop < len(text) and text[stop].isspace():
            stop += 1
        if stop > start:
            yield text[start:stop]
        start = stop
    if start < len(text):
        yield text[start:]


def ends_sentence(text: str) -> bool:
    """The text comes to an end, or announces what follows."""
    return _ENDS.search(text[-12:]) is not None


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 40].lstrip()[:1]
    if not following or following.islower():
        return not following
    if not match["latin"].startswith(".") or match["latin"].startswith(".."):
        return True
    before = text[max(start, match.start() - 24) : match.start()].split()
    word = before[-1].lstrip("([{\"'“„*_") if before else ""
    if word.isdigit() and len(word) <= 2:
        begins = text[start : match.start()].strip() == word  # "1." before an item
        return not (begins or _GERMAN_DATE.match(text, match.end()))
    is_initial = len(word) == 1 and word.isalpha()
    is_dotted = (
        "." in word and all(len(part) <= 2 for part in word.split(".")) and not word[-1:].isdigit()
    )
    return not (is_initial or is_dotted or word.lower() in _ABBREVIATIONS)


def token_count(text: str) -> int:
    """What a tokenizer would make of it, estimated: four letters a token, one Chinese character."""
    wide = len(_CJK.findall(text))
    return wide + (len(text) - wide + 3) // 4


def pieces_of(text: str, most: int) -> Iterator[str]:
    """A text in pieces of whole sentences of at most `most` tokens, about equally long.

    Only a sentence that is longer by itself is cut, between words if it has any.
    """
    total = token_count(text)
    if total <= most:
        yield text
        return
    aim = total / -(-total // most)
    current, size = "", 0
    for sentence in sentences(text):
        for part in _cut(sentence, most):
            length = token_count(part)
            if current and (size + length > most or size >= aim):
                yield current
                current, size = "", 0
            current, size = current + part, size + length
    if current:
        yield current


def _cut(sentence: str, most: int) -> Iterator[str]:
    if token_count(sentence) <= most:
        yield sentence
        return
    words: list[str] = []
    size = 0
    for word in re.findall(rf"\S{{1,{most}}}\s*|\s+", sentence):
        length = len(word)  # as if all were Chinese: never too long
        if words and size + length > most * 2:
            yield "".join(words)
            words, size = [], 0
        words.append(word)
        size += length
    yield "".join(words)
