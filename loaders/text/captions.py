"""Captions told from prose: `Table 4 | Results` heads a table, `Table 4 shows` is a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from loaders.text.languages import any_of, is_wide, phrases_of, words_of

_NUMBER = (
    r"(?P<number>[A-Z]?\d{1,3}(?:[.\-–]\d{1,3}){0,3}[a-z]?(?![\w%])|[IVXLC]{1,6}(?!\w)|[A-Z](?!\w))"
)
_END = r"(?P<end>\s{0,3}(?:[|:：.．—–]|-\s|\(|（|$)|\s{1,3}(?=[A-ZÀ-ÖØ-Þ0-9\"“„\u3400-\u9fff]))"
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Caption:
    """A line that names a table or a figure."""

    kind: Literal["table", "figure"]
    number: str
    text: str


def caption_of(line: str) -> Caption | None:
    """The caption that a line is, without its Markdown; None if it is prose."""
    match = _caption().match(line) if len(line) <= _LONGEST else None
    if not match:
        return None
    return Caption("table" if match["table"] else "figure", match["number"], bare_caption(line))


def bare_caption(line: str) -> str:
    """A caption's text without heading marks and emphasis around it."""
    text = line.strip().lstrip("#> ").strip()
    for mark in ("**", "__", "*", "_"):
        if text.startswith(mark) and text.count(mark) == 2:
            text = text.replace(mark, "").strip()
    return text


def says_continued(caption: str) -> bool:
    """The caption says that its table began on an earlier page."""
    return _continued().search(caption) is not None


def is_summary(text: str) -> bool:
    """Whether a paragraph behind a table speaks of it."""
    return _summary().match(text) is not None


def says_note(text: str) -> bool:
    """Whether a paragraph calls itself a note or names a source."""
    return _note().match(text) is not None


def names_table(text: str) -> bool:
    """Whether a text begins with a table's name and number, whatever follows."""
    return _named("table").match(text) is not None


def names_figure(text: str) -> bool:
    """Whether a text begins with a figure's name and number, whatever follows."""
    return _named("figure").match(text) is not None


def table_words() -> tuple[str, ...]:
    """What names a table before its number, in all languages."""
    return words_of("captions", "table")


def _names(words: tuple[str, ...]) -> str:
    """As written, or in capitals; an abbreviation keeps its full stop."""
    return any_of([*words, *(word.upper() for word in words)])


@cache
def _caption() -> re.Pattern[str]:
    figures = words_of("captions", "figure")
    return re.compile(
        rf"[\s#*_>]{{0,12}}(?:(?P<table>{_names(table_words())})|(?P<figure>{_names(figures)}))"
        rf"\s{{0,3}}{_NUMBER}[*_]{{0,3}}{_END}"
    )


@cache
def _named(kind: str) -> re.Pattern[str]:
    digits = "".join(words_of("numbers", "digits"))
    return re.compile(
        rf"(?:{any_of(words_of('captions', kind))})\s*(?:[\d{digits}]|[A-Z]\b|[IVX]+\b)",
        re.IGNORECASE,
    )


@cache
def _continued() -> re.Pattern[str]:
    words = phrases_of("captions", "continued")
    latin = any_of([word for word in words if not is_wide(word)])
    alone, *longer = sorted((word for word in words if is_wide(word)), key=len)
    single = [one for one in (alone, *longer) if len(one) == 1]
    return re.compile(
        rf"\b(?:{latin})\b|[（(]\s*(?:{any_of(single)})|{any_of([*longer])}", re.IGNORECASE
    )


@cache
def _summary() -> re.Pattern[str]:
    tables, words = any_of(table_words()), any_of(words_of("captions", "summary"))
    speaks = any_of([one.replace(" ", "-") for one in phrases_of("captions", "speaks_of_table")])
    return re.compile(
        rf"[\s*_]{{0,6}}(?:(?:{tables})?\s{{0,2}}[\w.]{{0,6}}\s{{0,2}}(?:{words})\s{{0,2}}[:：]"
        rf"|(?:{tables})\s{{0,2}}\d|(?:{speaks})(?![^\W\d_\u2e80-\uffef]))",
        re.IGNORECASE,
    )


@cache
def _note() -> re.Pattern[str]:
    words = phrases_of("captions", "notes")
    latin = any_of([word for word in words if not is_wide(word)])
    short = any_of([word for word in words if is_wide(word) and len(word) == 1])
    long = any_of([word for word in words if is_wide(word) and len(word) > 1])
    return re.compile(
        rf"\s{{0,4}}(?:(?:{latin})\s{{0,2}}[:：.]|(?:{short})\s?\d{{0,2}}[:：]|(?:{long}))",
        re.IGNORECASE,
    )
