"""Sentences of prose: where one ends, and where a full stop ends none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from loaders.text.languages import any_of, phrases_of, words_of

_BOUNDARY = re.compile(
    r"(?P<latin>[.!?…]{1,4}[\"'”’»)\]*_]{0,4})(?=\s)|[。！？；]{1,4}[”’」』）]{0,2}|\n[ \t]*\n"
)
_ENDS = re.compile(r"[.!?…:;。！？：；][\"'”’»)\]*_」』）\s]*$")
_BREAK = re.compile(r"\n+")
_LONGEST_ASIDE = 300
"""Letters; brackets that close no sooner hold more than a remark."""
_CLOSES = re.compile(r"[^()\n]*\)")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(words_of("words", "abbreviations"))


@cache
def _ordered() -> re.Pattern[str]:
    """What a number with a full stop may count: `3. Quartal`, `5. Mai`."""
    months = [name for month in phrases_of("numbers", "months") for name in month.split()]
    ordered = [*words_of("numbers", "ordered"), *(name.capitalize() for name in months)]
    return re.compile(rf"\s*(?:{any_of(ordered)})\b")


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


def cut(text: str) -> list[str]:
    """The sentences of a text without the white space between them; most line breaks end one."""
    return [bare for line in _lines(text) for one in sentences(line) if (bare := one.strip())]


def ends_sentence(text: str) -> bool:
    """The text comes to an end, or announces what follows."""
    return _ENDS.search(text[-12:]) is not None


def _lines(text: str) -> Iterator[str]:
    """Parted at line breaks, but not where one stands inside a sentence."""
    start = 0
    for match in _BREAK.finditer(text):
        if not _runs_on(text, match.start()):
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _runs_on(text: str, place: int) -> bool:
    before, after = text[:place].rstrip()[-1:], text[place:].lstrip()[:1]
    return bool(before) and before not in ".!?:;。！？：；" and after.islower()


def _is_aside(text: str, start: int, place: int) -> bool:
    """Whether a place is within brackets of the sentence that begins at `start`."""
    opened = text.rfind("(", max(start + 1, place - _LONGEST_ASIDE), place)
    closed = text.find(")", opened, place) if opened >= 0 else 0
    return closed < 0 and _CLOSES.match(text, place, opened + _LONGEST_ASIDE) is not None


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    if _is_aside(text, start, match.start()):
        return False
    following = text[match.end() : match.end() + 40].lstrip()[:1]
    if not following or following.islower():
        return not following
    if not match["latin"].startswith(".") or match["latin"].startswith(".."):
        return True
    before = text[max(start, match.start() - 24) : match.start()].split()
    word = before[-1].lstrip("([{\"'“„*_") if before else ""
    if word.isdigit() and len(word) <= 2:
        begins = text[start : match.start()].strip() == word  # "1." before an item
        return not (begins or _ordered().match(text, match.end()))
    is_initial = len(word) == 1 and word.isalpha()
    is_dotted = (
        "." in word and all(len(part) <= 2 for part in word.split(".")) and not word[-1:].isdigit()
    )
    return not (is_initial or is_dotted or word.lower() in _abbreviations())
