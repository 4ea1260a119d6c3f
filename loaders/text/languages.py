"""The words of the languages, read once from `languages/*.toml`: code decides nothing by a word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("languages")
UNITS = Path(__file__).with_name("units.toml")
SECTIONS = {
    "scales",
    "currencies",
    "units",
    "rates",
    "unit_lines",
    "labels",
    "quantity",
    "quantity_scales",
    "quantity_currencies",
    "words",
    "numbers",
    "captions",
    "patterns",
}
"""What a language's file may have beside its name."""
POWERS = {
    "thousand": 3,
    "ten_thousand": 4,
    "lakh": 5,
    "hundred_thousand": 5,
    "million": 6,
    "crore": 7,
    "ten_million": 7,
    "hundred_million": 8,
    "billion": 9,
    "ten_billion": 10,
    "hundred_billion": 11,
    "trillion": 12,
}
"""What the lines of `[scales]` are called, and the power of ten that each stands for."""


class LanguageError(ValueError):
    """A language's file has a line that nothing reads, or lacks one."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language's words, by section and line."""

    code: str
    name: str
    sections: Mapping[str, Mapping[str, str]]

    def words(self, section: str, line: str) -> tuple[str, ...]:
        """The words of a line; a hyphen stands for itself or a space."""
        return tuple(self.sections.get(section, {}).get(line, "").split())

    def phrases(self, section: str, line: str) -> tuple[str, ...]:
        """The phrases of a line, which are parted by `|`."""
        text = self.sections.get(section, {}).get(line, "")
        return tuple(filter(None, (" ".join(phrase.split()) for phrase in text.split("|"))))

    def text(self, section: str, line: str) -> str:
        return self.sections.get(section, {}).get(line, "")

    def lines(self, section: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield from ((line, self.words(section, line)) for line in self.sections.get(section, {}))


def read_language(path: Path) -> Language:
    """A language from its file.

    Raises:
        LanguageError: A section or scale that nothing reads, or no name.
    """
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    name = found.pop("name", "")
    if not name:
        raise LanguageError(f"{path.name}: it has no name")
    if unknown := set(found) - SECTIONS:
        raise LanguageError(f"{path.name}: nothing reads {', '.join(sorted(unknown))}")
    if unknown := {*found.get("scales", {}), *found.get("quantity_scales", {})} - set(POWERS):
        raise LanguageError(f"{path.name}: no such scale: {', '.join(sorted(unknown))}")
    return Language(path.stem, name, found)


@cache
def languages() -> tuple[Language, ...]:
    """All languages that have a file."""
    return tuple(read_language(path) for path in sorted(FOLDER.glob("*.toml")))


def language(code: str) -> Language:
    """The language of that code; English for one that has no file."""
    known = {one.code: one for one in languages()}
    return known.get(code, known["en"])


def words_of(section: str, line: str) -> tuple[str, ...]:
    """The words of a line in all languages."""
    return tuple(dict.fromkeys(word for one in languages() for word in one.words(section, line)))


def phrases_of(section: str, line: str) -> tuple[str, ...]:
    """The phrases of a line in all languages."""
    return tuple(dict.fromkeys(word for one in languages() for word in one.phrases(section, line)))


@cache
def pattern_of(line: str) -> str:
    """The regular expressions of a line in all languages, as one."""
    found = dict.fromkeys(one.text("patterns", line) for one in languages())
    return "|".join(filter(None, found)) or "(?!)"


@cache
def _units() -> Mapping[str, Any]:
    """The units and signs that are the same in every language."""
    return tomllib.loads(UNITS.read_text(encoding="utf-8"))


@cache
def unit_set(line: str) -> frozenset[str]:
    """The words of a line of `units.toml`."""
    return frozenset(_units()[line].split())


@cache
def unit_phrases(line: str) -> frozenset[str]:
    """The phrases of a line of `units.toml`, which are parted by `|`."""
    return frozenset(" ".join(phrase.split()) for phrase in _units()[line].split("|"))


def unit_table(section: str) -> Mapping[str, Any]:
    """A section of `units.toml`."""
    found: Mapping[str, Any] = _units()[section]
    return found


WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
"""A sign of a script that is written without spaces, as wide as it is high."""


def latin(words: Iterable[str]) -> list[str]:
    """The words of scripts with spaces, a space as the hyphen that `any_of` reads."""
    return [word.replace(" ", "-") for word in words if not is_wide(word)]


def wide(words: Iterable[str]) -> list[str]:
    """The words of scripts without spaces."""
    return [word for word in words if is_wide(word)]


def is_wide(word: str) -> bool:
    """Whether it is of a script that is written without spaces."""
    return word[0] >= "\u2e80"


def any_of(words: Sequence[str]) -> str:
    """A pattern for any of some words, the longest first; one that matches nothing if none."""
    patterns = (
        re.escape(word).replace(r"\-", "[-\u00a0 ]?").replace("'", "['\u2019]")
        for word in sorted(words, key=lambda word: (-len(word), word))
    )
    return "|".join(patterns) or r"(?!)"
