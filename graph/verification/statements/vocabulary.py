"""The words by which an answer is checked: data of `graph/knowledge`, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from graph.knowledge.toml_data import FOLDER
from graph.query.subject_terms import tokens_of
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import is_cjk, keys

Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A fraction or a multiple in words, and where it stands."""

    text: str
    value: Decimal
    start: int
    end: int


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words; `rise*` whatever begins so; Chinese wherever it stands."""
    parts = []
    for word in words:
        if is_cjk(word):
            parts.append(re.escape(word))
            continue
        stem = re.escape(fold_in_place(word.removesuffix("*"))).replace(r"\ ", r"\s+")
        parts.append(rf"(?<!\w){stem}" + ("" if word.endswith("*") else r"(?!\w)"))
    return re.compile("|".join(parts) or r"(?!)")


def _any_of(section: str, line: str, sign: str | None = None) -> cached_property[re.Pattern[str]]:
    """The words of a line of a language's data, which blanks part or a `sign`."""
    return cached_property(lambda one: _pattern(one.data[section][line].split(sign)))


@dataclass(frozen=True)
class Vocabulary:
    """One language's words."""

    language: str
    data: Mapping[str, Mapping[str, str]]

    up = _any_of("direction", "up")
    down = _any_of("direction", "down")
    negation = _any_of("direction", "negation")
    exception = _any_of("direction", "exception")
    """What turns a negation round: `unless`."""
    loss = _any_of("direction", "loss")
    """What makes a number without a minus a loss."""
    from_words = _any_of("direction", "from")
    to_words = _any_of("direction", "to")
    joins = _any_of("text", "joins")
    """What begins a clause without a comma."""
    address = _any_of("text", "address", "|")
    """What asks for an address on the web."""
    amends = _any_of("text", "amends")
    """What a document is called that changes another one."""
    year_before = _any_of("text", "year_before", "|")
    """What says of a value that it is a year older than those beside it."""
    pronouns = _any_of("text", "pronouns")
    """What stands for something that was said before."""
    comparison = _any_of("comparison", "words")
    """What lets a sentence give a value beside the one that it names."""
    less = _any_of("comparison", "less", "|")
    """What says that the number before is less than the one behind."""
    more = _any_of("comparison", "more", "|")

    def moves(self, text: str) -> list[str]:
        """The words of a text that say a rise or a fall."""
        folded = fold_in_place(text)
        found = [*self.up.finditer(folded), *self.down.finditer(folded)]
        return [re.match(r"\w*", folded[match.start() :])[0] for match in found]  # type: ignore[index]

    @cached_property
    def about(self) -> re.Pattern[str]:
        """What ends a text behind which a number is rounded."""
        words = _pattern(self.data["text"]["about"].split("|"))
        return re.compile(rf"(?:{words.pattern})[^\w]*(?:[a-z]{{2,3}}[^\w]*)?$")

    @cached_property
    def shortened(self) -> re.Pattern[str]:
        """A word that ends with a full stop and no sentence with it."""
        words = sorted(self.data["text"]["shortened"].split())
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\.$" if words else r"(?!)")

    @cached_property
    def by_words(self) -> re.Pattern[str]:
        """What ends a text behind which it says by how much something changed."""
        return re.compile(rf"(?:{_pattern(self.data['direction']['by'].split()).pattern})\s*$")

    @cached_property
    def common(self) -> frozenset[str]:
        """Words in capitals that name nobody, folded."""
        return frozenset(map(fold_in_place, self.data["names"]["common"].split()))

    @cached_property
    def titles(self) -> frozenset[str]:
        """What stands before a person's name, as it is compared."""
        return frozenset(keys(self.data["names"]["titles"]))

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Nouns that begin a sentence without an article, as they are compared."""
        return frozenset(keys(self.data["names"].get("subjects", "")))

    @cached_property
    def before_a_name(self) -> frozenset[str]:
        """Words behind which a noun without an article is a name; empty where capitals tell."""
        return frozenset(self.data["names"]["before_a_name"].split())

    @cached_property
    def articles(self) -> frozenset[str]:
        """Words behind which a noun is no name."""
        return frozenset(map(fold_in_place, self.data["names"].get("articles", "").split()))

    @cached_property
    def function_words(self) -> frozenset[str]:
        return frozenset(map(fold_in_place, self.data["text"]["function"].split()))

    def fractions(self, text: str) -> list[Ratio]:
        """The fractions that a text says in words."""
        return list(_ratios_of(self.language, text, "fractions"))

    def multiples(self, text: str) -> list[Ratio]:
        """The multiples that a text says in words."""
        return list(_ratios_of(self.language, text, "multiples"))

    def ratios(self, text: str, section: str) -> Iterator[Ratio]:
        """Fractions or multiples, the longest phrase of each place."""
        folded = fold_in_place(text)
        taken: list[range] = []
        for phrase, value in self._kinds[section]:
            for match in phrase.finditer(folded):
                if not any(match.start() in span for span in taken):
                    taken.append(range(*match.span()))
                    yield Ratio(text[slice(*match.span())], value, *match.span())

    @cached_property
    def _kinds(self) -> dict[str, list[tuple[re.Pattern[str], Decimal]]]:
        return {section: self._phrases(section) for section in ("fractions", "multiples")}

    def _phrases(self, section: str) -> list[tuple[re.Pattern[str], Decimal]]:
        found = [
            (phrase, Decimal(Fraction(value).numerator) / Fraction(value).denominator)
            for value, phrases in self.data[section].items()
            for phrase in phrases.split("|")
        ]
        found.sort(key=lambda one: -len(one[0]))
        return [(_pattern([phrase]), value) for phrase, value in found]


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """All languages that have a file."""
    files = sorted(FOLDER.glob("verification.??.toml"))
    return {
        path.name.split(".")[1]: Vocabulary(path.name.split(".")[1], _read(path)) for path in files
    }


@lru_cache(maxsize=1024)
def _ratios_of(language: str, text: str, section: str) -> tuple[Ratio, ...]:
    return tuple(vocabularies()[language].ratios(text, section))


def says(what: Literal["loss", "address", "amends", "year_before"], text: str) -> bool:
    """Whether a text says it in one of the languages."""
    folded = fold_in_place(text)
    return any(getattr(one, what).search(folded) for one in vocabularies().values())


def vocabulary_of(text: str, default: str = "en") -> Vocabulary:
    """The words of the language that a text is in."""
    known = vocabularies()
    return known.get(language_in(text) or default) or known["en"]


@lru_cache(maxsize=1024)
def language_in(text: str) -> str:
    """The language of a text by its smallest words; empty if it does not tell."""
    letters = [char for char in text if char.isalpha()]
    if letters and sum(map(is_cjk, letters)) * 4 > len(letters):
        return "zh"
    counts = function_words_in(text)
    second, first = sorted(counts.values())[-2:]
    return max(counts, key=lambda language: counts[language]) if first > second else ""


def function_words_in(text: str) -> dict[str, int]:
    """How many of the smallest words of each language a text has."""
    seen = re.findall(r"[^\W\d_]+", fold_in_place(text))
    return {
        language: sum(word in one.function_words for word in seen)
        for language, one in vocabularies().items()
    }


def qualifiers_data() -> Mapping[str, str]:
    """Heads of columns that are said in other words."""
    return _read(FOLDER / "verification.qualifiers.toml")


@lru_cache(maxsize=4096)
def phrases_in(what: Literal["roles", "spans"], text: str) -> frozenset[str]:
    """What persons are said to be, or how long amounts are for, in any language."""
    folded = fold_in_place(text)
    found = [(m.span(), name) for name, one in _phrases(what).items() for m in one.finditer(folded)]
    return frozenset(  # the finance director is no director
        name
        for (start, end), name in found
        if not any(a <= start and end <= b and b - a > end - start for (a, b), _ in found)
    )


@cache
def _phrases(what: str) -> Mapping[str, re.Pattern[str]]:
    data = _read(FOLDER / f"verification.{what}.toml")
    return {name: any_phrase(phrases.split("|")) for name, phrases in data.items()}


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """One of these phrases as whole words, in folded text."""
    folded = ((phrase, re.escape(fold_in_place(phrase))) for phrase in phrases)
    return re.compile(
        "|".join(text if is_cjk(phrase) else rf"(?<!\w){text}(?!\w)" for phrase, text in folded)
    )


@cache
def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def meanings(text: str) -> tuple[str, ...]:
    """The names of what a text says in words that have synonyms, as often as it says them."""
    return tuple(token.key for token in tokens_of(text) if token.key.startswith("@"))
