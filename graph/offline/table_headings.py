"""What rows and columns are called, as a question meets it: without marks, notes and brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.query.subject_terms import Token, keys_in, tokens_of
from loaders.text.label_units import NOTE
from loaders.text.tokenizer import fold, is_year

_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")
_MARKS = re.compile(r"[¹²³⁴-⁹⁰*†‡§]+")
_NOTE = re.compile(NOTE)
_LETTER = re.compile(r"(?<![^\W_])[A-Z](?![^\W_])")


@dataclass(frozen=True)
class Heading:
    """What heads a row or a column: its own label, and those of the groups around it."""

    index: int
    path: tuple[str, ...]
    is_numbered: bool = False
    """Others are called the same but for a number at the end: that marks no note."""

    @property
    def label(self) -> str:
        return self.path[-1] if self.path else ""

    @cached_property
    def leaf(self) -> tuple[Token, ...]:
        """The tokens of its own label, without what stands in brackets and without marks."""
        return _core(self.label, is_numbered=self.is_numbered)

    @property
    def leaf_keys(self) -> frozenset[str]:
        return frozenset(token.key for token in self.leaf)

    @cached_property
    def asides(self) -> frozenset[str]:
        return keys_in(" ".join(_ASIDE.findall(" ".join(self.path))))

    @cached_property
    def letters(self) -> frozenset[str]:
        """Single letters, of which tokens have some only: `C – Interchange`."""
        return frozenset(map(fold, _LETTER.findall(" ".join(self.path))))

    @cached_property
    def groups(self) -> tuple[Token, ...]:
        """The tokens of what stands above or before its own label."""
        return tuple(token for text in self.path[:-1] for token in _core(text))

    @cached_property
    def years(self) -> frozenset[str]:
        return frozenset(key for key in keys_in(" ".join(self.path)) if is_year(key))


def headings(paths: Mapping[int, tuple[str, ...]]) -> list[Heading]:
    """The headings of an axis; `Pump1` and `Pump2` are names, and no `Pump` with two notes."""
    labels = {index: _without_asides(path[-1]) for index, path in paths.items() if path}
    stems = Counter(stem for one in set(labels.values()) if (stem := _NOTE.sub("", one)) != one)
    return [
        Heading(index, path, stems[_NOTE.sub("", labels.get(index, ""))] > 1)
        for index, path in sorted(paths.items())
    ]


def cut_at_comma(path: tuple[str, ...]) -> tuple[str, ...]:
    """A label with the noun before its first comma as a group of its own."""
    head, comma, rest = re.sub("，", ", ", path[-1] if path else "").partition(", ")
    return (*path[:-1], head.strip(), rest.strip()) if comma and head.strip() else path


def _core(text: str, *, is_numbered: bool = False) -> tuple[Token, ...]:
    own = _without_asides(text)
    bare = _MARKS.sub(" ", own if is_numbered else _NOTE.sub(" ", own))
    return tokens_of(bare) or tokens_of(text) or _letter(text)


def _without_asides(text: str) -> str:
    """Without what stands in brackets; letters stay in their places."""
    return _ASIDE.sub(lambda match: " " * len(match[0]), text).rstrip()


def _letter(text: str) -> tuple[Token, ...]:
    """The one letter that is all of a label: `D` is no French article there."""
    name = text.strip()
    return (Token(fold(name), name, 0, 1),) if len(name) == 1 and name.isupper() else ()
