"""Which rows and columns of a table a sentence names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import combinations

from graph.query.subject_terms import tokens_of
from graph.verification.statements.measures import is_measure
from graph.verification.statements.place_names import places_in
from graph.verification.statements.vocabulary import any_phrase, meanings, qualifiers_data
from loaders.text.number_words import fold_in_place
from loaders.text.tokenizer import Word, is_generic, is_identifier, is_stop, keys, words

Path = tuple[str, ...]
_TELLING = 2
_LETTER = re.compile(r"(?<=[^.!?:\n] |.[=(“\"-])([A-Z])(?![\w’'-]|\.\s?\w)")
_ASIDE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_OF_HOW_MANY = re.compile(r"[,;]?\s*\b[nN]\s?=\s?\d[\d.,]*")
_WITH_COUNT = re.compile(f"{_ASIDE.pattern}|{_OF_HOW_MANY.pattern}")


@dataclass(frozen=True)
class Label:
    """A path of labels, and what a sentence says of it."""

    path: Path
    said: frozenset[str]
    """Its words that the sentence has."""
    named: frozenset[str]
    """The words of those of its labels that the sentence names in full."""
    known: frozenset[str]
    """All its words."""
    is_repeated: bool
    """Whether the sentence has these words twice: `V3 leads V3-mini` names both."""


@dataclass(frozen=True)
class Naming:
    """The rows or the columns of one table that a sentence names."""

    labels: Sequence[Label]
    are_rows: bool = False

    @cached_property
    def named(self) -> list[Label]:
        """Named in full, and not only a part of what another label says in full."""
        found = [label for label in self.labels if label.named]
        found = [label for label in found if not self._is_part(label)]
        return found or (self._pointed if self.are_rows else [])

    @property
    def _pointed(self) -> list[Label]:
        """The one label of which several words are said that no other has."""
        counts = Counter(key for label in self.labels for key in label.known)
        found = []
        for label in self.labels:
            alone = frozenset(key for key in label.said if counts[key] == 1)
            if len(alone) >= _TELLING:
                found.append(replace(label, named=alone))
        return found if len(found) == 1 else []

    def fits(self, path: Path) -> bool:
        """Whether nothing is named, or this."""
        if not self.named:
            return True
        mine = next((label for label in self.labels if label.path == path), None)
        if mine and self.are_rows and self.named == self._pointed:
            return mine.path == self.named[0].path or bool(mine.said - self.named[0].known)
        return mine is not None and bool(mine.said) and not self._is_part(mine)

    def _is_part(self, label: Label) -> bool:
        return not label.is_repeated and any(
            label.said <= other.said and label.named < other.named for other in self.labels
        )


def naming(paths: Iterable[Path], told: Mapping[str, int], *, are_rows: bool = False) -> Naming:
    """What of these paths a sentence names that has each of these words so often."""
    labels = []
    counts = Counter(key for path in dict.fromkeys(paths) for key in _identifiers(path))
    every = {path: _words_of(path) for path in dict.fromkeys(paths)}
    others = {path: [one for other, one in every.items() if other != path] for path in every}
    aside = _ASIDE if _are_told_by_count(every) else _WITH_COUNT
    for path in every:
        parts = [form for label in path for form in _forms(aside.sub(" ", label))]
        whole = [form for label in path for form in _forms(label)]
        known = frozenset(key for form in (*whole, *parts) for key in form)
        named = frozenset(key for part in parts if part and part <= told.keys() for key in part)
        alone = frozenset(key for key in _identifiers(path) if counts[key] == 1)
        ends = _ends_in(path) if named else frozenset[str]()
        named |= (alone | ends) & told.keys()
        named = named or _told_apart(known, told, others[path])
        said = (known | alone | ends) & told.keys()
        is_repeated = bool(named) and all(told[key] > 1 for key in named)
        labels.append(Label(path, said, named, known, is_repeated))
    return Naming(labels, are_rows)


def _are_told_by_count(paths: Collection[Path]) -> bool:
    """Whether `n = 3` tells labels apart: of `60 mg, N = 214` it only says of how many."""
    bare = {tuple(_OF_HOW_MANY.sub("", label) for label in path) for path in paths}
    return len(bare) < len(paths) or any(not "".join(path).strip() for path in bare)


def _words_of(path: Path) -> frozenset[str]:
    return frozenset(key for label in path for form in _forms(label) for key in form)


def _told_apart(
    known: frozenset[str], told: Mapping[str, int], others: Iterable[frozenset[str]]
) -> frozenset[str]:
    """Most words of a path, if what is unsaid of them tells it from no other: `eco mode`.

    There is a path of one other word, `Range, turbo mode`, beside this `Range, eco mode`.
    """
    said = known & told.keys()
    unsaid = known - said
    beside = [other for other in others if len(known - other) == 1 == len(other - known)]
    is_told = bool(beside) and all(unsaid <= other and not said <= other for other in beside)
    return said if is_told and len(said) > len(unsaid) else frozenset()


def _identifiers(path: Path) -> frozenset[str]:
    """A sign or short name tells a row alone: `P2` of `P2 – major`."""
    labels = (_ASIDE.sub(" ", label) for label in path)
    said = (word for label in labels for word in words(label) if is_identifier(word))
    return frozenset(word.key for word in said if not is_measure(word.text))


def _forms(label: str) -> list[frozenset[str]]:
    """The words by which a label is named: its own, and what it means."""
    tokens = tokens_of(label)
    is_phrase = len(tokens) == 1 and tokens[0].key[0] == "@"
    return [_own_words(label), *([frozenset({tokens[0].key})] if is_phrase else [])]


def _own_words(label: str) -> frozenset[str]:
    if letters := letters_in(f" ={label.strip()}") if len(label.strip()) == 1 else []:
        return frozenset(letters)
    if qualifiers := _qualifiers_in(label):
        return frozenset(qualifiers) | _beside_qualifiers(label)
    if places := places_in(label):
        return frozenset(f"@{place.code}" for place in places)
    runs = _joined_runs(label)
    parts = {word.key for run in runs for word in run}
    found = frozenset(key for key in keys(label) if not is_stop(key) and key not in parts)
    found |= {_sign(run) for run in runs}
    # `2019年` is named by its number: in a Chinese sentence the sign after it joins the next word.
    return frozenset(key for key in found if len(key) > 1 or key.isdigit()) or found


def letters_in(text: str) -> list[str]:
    """Single capitals, as the `B` of `arm B`; one that begins a sentence may be an article."""
    return [f"@{one.casefold()}" for one in _LETTER.findall(text)]


def names_of(word: Word) -> list[str]:
    """By which a word names a label: a single capital is one as well."""
    return [word.key, *letters_in(f" ={word.text}")] if len(word.text) == 1 else [word.key]


def _runs(text: str) -> list[list[Word]]:
    """Numbers that follow each other, as those of a name do: `4-3` is another than `3-4`."""
    found: list[list[Word]] = [[]]
    for word in words(text):
        if word.key.isdigit():
            found[-1].append(word)
        elif not is_stop(word.key):
            found.append([])
    return [run for run in found if len(run) > 1]


def _joined_runs(label: str) -> list[list[Word]]:
    return [run for run in _runs(label) if run[-1].joined]


def _ends_in(path: Path) -> frozenset[str]:
    """The ends of its ranges: who says `6–10` does not name `over 10`."""
    runs = (run for label in path for run in _joined_runs(label))
    return frozenset(word.key for run in runs for word in run)


def _sign(run: Sequence[Word]) -> str:
    return "@" + "-".join(word.key for word in run)


def spoken(text: str) -> Counter[str]:
    """The words of a sentence, and what they mean in other words: `min`, a country, a measure."""
    places = [f"@{place.code}" for place in places_in(text)]
    signs = [
        _sign(run[a:b]) for run in _runs(text) for a, b in combinations(range(len(run) + 1), 2)
    ]
    return Counter(
        [*keys(text), *_qualifiers_in(text), *places, *meanings(text), *signs, *letters_in(text)]
    )


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


def is_qualifier(text: str) -> bool:
    """Whether a text is one of the words for the lowest, the highest or the usual of several."""
    folded = fold_in_place(text)
    return any(pattern.fullmatch(folded) for pattern in _qualifiers().values())


def _beside_qualifiers(label: str) -> frozenset[str]:
    """What a label says besides: `Minimum on-time` is not each minimum."""
    rest = fold_in_place(label)
    for pattern in _qualifiers().values():
        rest = pattern.sub(" ", rest)
    said = (word for word in words(rest) if not is_measure(word.text))
    return frozenset(
        word.key for word in said if not is_stop(word.key) and not is_generic(word.key)
    )


@cache
def _qualifiers() -> dict[str, re.Pattern[str]]:
    """By names that are no words."""
    return {
        f"@{name}": any_phrase(phrases.split("|")) for name, phrases in qualifiers_data().items()
    }
