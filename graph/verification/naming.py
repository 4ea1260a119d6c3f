"""Which rows and columns of a table a sentence names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from graph.query.subject_terms import tokens_of
from graph.verification.place_names import places_in
from graph.verification.synonyms import meanings
from graph.verification.vocabulary import qualifiers_data
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import is_cjk, is_stop, keys

Path = tuple[str, ...]
_ASIDE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")


@dataclass(frozen=True)
class Label:
    """A path of labels, and what a sentence says of it."""

    path: Path
    said: frozenset[str]
    """Its words that the sentence has."""
    named: frozenset[str]
    """The words of those of its labels that the sentence names in full."""
    is_repeated: bool
    """Whether the sentence has these words twice: `V3 leads V3-mini` names both."""


@dataclass(frozen=True)
class Naming:
    """The rows or the columns of one table that a sentence names."""

    labels: Sequence[Label]

    @cached_property
    def named(self) -> list[Label]:
        """Named in full, and not only a part of what another label says in full."""
        found = [label for label in self.labels if label.named]
        return [label for label in found if not self._is_part(label)]

    def fits(self, path: Path) -> bool:
        """Whether nothing is named, or this."""
        if not self.named:
            return True
        mine = next((label for label in self.labels if label.path == path), None)
        return mine is not None and bool(mine.said) and not self._is_part(mine)

    def _is_part(self, label: Label) -> bool:
        return not label.is_repeated and any(
            label.said <= other.named and label.named < other.named for other in self.labels
        )


def naming(paths: Iterable[Path], words: Mapping[str, int]) -> Naming:
    """What of these paths a sentence names that has each of these words so often."""
    labels = []
    for path in dict.fromkeys(paths):
        parts = [form for label in path for form in _forms(_ASIDE.sub(" ", label))]
        whole = [form for label in path for form in _forms(label)]
        known = frozenset(key for form in (*whole, *parts) for key in form)
        named = frozenset(key for part in parts if part and part <= words.keys() for key in part)
        said = known & words.keys()
        is_repeated = bool(named) and all(words[key] > 1 for key in named)
        labels.append(Label(path, said, named, is_repeated))
    return Naming(labels)


def _forms(label: str) -> list[frozenset[str]]:
    """The words by which a label is named: its own, and what it means."""
    tokens = tokens_of(label)
    is_phrase = len(tokens) == 1 and tokens[0].key[0] == "@"
    return [_own_words(label), *([frozenset({tokens[0].key})] if is_phrase else [])]


def _own_words(label: str) -> frozenset[str]:
    if qualifiers := _qualifiers_in(label):
        return frozenset(qualifiers)
    if places := places_in(label):
        return frozenset(f"@{place.code}" for place in places)
    found = frozenset(key for key in keys(label) if not is_stop(key))
    # `2019年` is named by its number: in a Chinese sentence the sign after it joins the next word.
    return frozenset(key for key in found if len(key) > 1 or key.isdigit()) or found


def spoken(text: str) -> Counter[str]:
    """The words of a sentence, and what they mean in other words: `min`, a country, a measure."""
    places = [f"@{place.code}" for place in places_in(text)]
    return Counter([*keys(text), *_qualifiers_in(text), *places, *meanings(text)])


def qualified(text: str, names: frozenset[str]) -> list[int]:
    """Where a sentence says what stands for these of the names."""
    folded = fold_in_place(text)
    found = [
        match.start()
        for name, pattern in _qualifiers().items()
        if name in names
        for match in pattern.finditer(folded)
    ]
    found += [
        token.start for token in tokens_of(text) if token.key[0] == "@" and token.key in names
    ]
    return found + [place.start for place in places_in(text) if f"@{place.code}" in names]


def _qualifiers_in(text: str) -> list[str]:
    folded = fold_in_place(text)
    return [name for name, pattern in _qualifiers().items() for _ in pattern.findall(folded)]


@cache
def _qualifiers() -> dict[str, re.Pattern[str]]:
    """By names that are no words."""
    return {
        f"@{name}": re.compile(
            "|".join(
                phrase if is_cjk(phrase) else rf"(?<!\w){re.escape(fold_in_place(phrase))}(?!\w)"
                for phrase in phrases.split("|")
            )
        )
        for name, phrases in qualifiers_data().items()
    }
