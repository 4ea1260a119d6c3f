"""Row and column labels found in a question: which words name which label, and how well.

A question's word counts by its kind: identifiers and years most, generic words hardly. A label's
word counts by its rarity among its neighbours: `70B` tells rows apart, `DeepSeek` does not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.query.translations import english_for
from loaders.text.tokenizer import (
    Word,
    content_words,
    fold,
    is_cjk,
    is_generic,
    is_identifier,
    is_year,
    words,
)

_BREAK = re.compile(
    r"[,;，、；/&+]|\b(?:and|or|than|versus|vs|minus|between|from|to|und|oder|als|zwischen|gegenuber|sowie|von|bis)\b"
    r"|和|与|及|跟|比|到|至",
    re.IGNORECASE,
)
_JOINING = re.compile(r"[,&/、，]|\b(?:and|or|und|oder|to|from)\b|和|与|及|或", re.IGNORECASE)
_MONTHS = """
january february march april may june july august september october november december
januar februar marz mai juni juli oktober dezember
"""
MONTHS = frozenset(_MONTHS.split())
_ENDING = re.compile(r"(?:ing|ion|e|ed|ment|al|iert|ierte|ierten|ierung)$")
LEAST_ROOT = 6
"""Letters that two words have to share before endings that only turn a verb into a noun."""
_DATA = re.compile(r"[*(]*\d{1,3}(?:,\d{3})+(?:\.\d+)?[*)]*|\*+|[(]?[A-Z][)]")
_KINDS = frozenset(
    ["count", "number", "n", "no", "amount", "value", "estimate", "percentage", "percent", "share"]
)
OF_KIND = 0.3
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")

_FORMAL = re.compile(
    r"^\s*(?:其中[:：]|[加减][:：]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．])+"
    r"|[（(][^（）()]*填列[）)]"
)
"""What statements in Chinese put before and after a label: `五、净利润（净亏损以“－”号填列）`."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question that carries content."""

    place: int
    key: str
    text: str
    weight: float
    segment: int
    """Grows at each comma, `and`, `than` …: words of two segments name two things."""
    name: int
    """Shared by the words of one hyphenated name."""
    start: int
    end: int
    meant: frozenset[str] = frozenset()
    """What an English table calls it, if it is German or Chinese."""


@dataclass(frozen=True, slots=True)
class LabelWord:
    """A word of a label, and how much the label misses without it."""

    key: str
    weight: float
    name: int


@dataclass(frozen=True)
class Label:
    """What heads a row or column."""

    index: int
    path: tuple[str, ...]
    words: tuple[LabelWord, ...]
    joins: bool
    """Whether it holds a conjunction of its own: `Cash and cash equivalents`."""

    @property
    def text(self) -> str:
        return " › ".join(self.path)


@dataclass(frozen=True, slots=True)
class Match:
    """A label that words of the question name."""

    labels: tuple[Label, ...]
    """More than one if the words do not tell them apart."""
    places: frozenset[int]
    """The terms of the question that it takes."""
    weight: float
    """What these terms weigh."""
    fit: float
    """The share of the label that the question names, from 0 to 1."""

    @property
    def score(self) -> float:
        return self.weight * self.fit

    @property
    def label(self) -> Label:
        return self.labels[0]


def terms_of(question: str, ignored: Iterable[str] = ()) -> list[Term]:
    """The words of a question that carry content, weighted by their kind."""
    skipped = set(ignored)
    terms: list[Term] = []
    segment = name = 0
    end = 0
    content = {word.start for word in content_words(question)}
    for word in words(question):
        segment += bool(_BREAK.search(fold(question[end : word.start])))
        segment += bool(_BREAK.fullmatch(fold(word.text)))
        name += not word.joined
        end = max(end, word.end)
        if word.start not in content or word.key in skipped:
            continue
        weight = _weight(word)
        span = (word.start, word.end)
        meant = english_for(word.key)
        terms.append(Term(len(terms), word.key, word.text, weight, segment, name, *span, meant))
    return terms


def _weight(word: Word) -> float:
    if is_generic(word.key):
        return 0.3
    if is_year(word.key):
        return 1.2
    if is_cjk(word.key):
        return 0.5
    return 1.5 if is_identifier(word) else 1.0


def labels_of(
    paths: Iterable[tuple[int, tuple[str, ...]]], *, group_weight: float = 0.35
) -> list[Label]:
    """Make the labels of one axis; each word weighs by how few neighbours share it."""
    parsed = [(index, path, _label_words(path, group_weight)) for index, path in paths if any(path)]
    shared = Counter(key for _, _, found in parsed for key in {word.key for word in found})
    labels = []
    for index, path, found in parsed:
        weighted = tuple(
            LabelWord(word.key, word.weight * (0.1 + 0.9 / shared[word.key]), word.name)
            for word in found
        )
        labels.append(Label(index, path, weighted, bool(_JOINING.search(fold(path[-1])))))
    return labels


def _label_words(path: tuple[str, ...], group_weight: float) -> list[LabelWord]:
    """The words of a path; what stands above the last element weighs no more than a share of it.

    A last element without words (`$`, `%`), or with a value that a header took in (`303,858`),
    leaves the place to the one above it; one that only says the kind of figure shares it.
    """
    parts = [_words_of(text, depth * 100) for depth, text in enumerate(path)]
    while len(parts) > 1 and (not parts[-1] or _DATA.fullmatch(path[len(parts) - 1].strip())):
        parts.pop()
    *above, leaf = parts
    if above and all(word.key in _KINDS for word in leaf):
        *above, named = above
        above, leaf = above, named + [LabelWord(word.key, OF_KIND, word.name) for word in leaf]
    most = group_weight * sum(word.weight for word in leaf)
    found = [word for part in above for word in part]
    total = sum(word.weight for word in found)
    factor = min(group_weight, most / total) if total else 1.0
    return [LabelWord(word.key, word.weight * factor, word.name) for word in found] + leaf


def _words_of(text: str, name: int) -> list[LabelWord]:
    text = _FORMAL.sub(" ", text)
    asides = [match.span() for match in _ASIDE.finditer(text)]
    found: list[LabelWord] = []
    content = content_words(text)
    is_dated = any(is_year(word.key) for word in content)
    for word in content:
        name += not word.joined
        weight = 1.0
        if any(start <= word.start < end for start, end in asides):
            weight *= 0.25
        if is_generic(word.key):
            weight *= 0.4
        if is_dated and (word.key in MONTHS or re.fullmatch(r"\d{1,2}", word.key)):
            weight *= 0.3  # reports are asked for by their year
        if word.joined and re.fullmatch(r"\d{3,}", word.key):
            weight *= 0.3  # a version or date at the end of a name
        if is_cjk(word.key):
            weight *= 0.5
        found.append(LabelWord(word.key, weight, name))
    return found


def matches(
    terms: Sequence[Term], labels: Sequence[Label], taken: frozenset[int] = frozenset()
) -> list[Match]:
    """For each label the stretch of the question that names it best; the best match first."""
    by_key: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        by_key[term.key].append(term)
    found = []
    for label in labels:
        if match := _best_match(label, terms, by_key, taken):
            found.append(match)
    return sorted(found, key=lambda match: -match.score)


def _best_match(
    label: Label,
    terms: Sequence[Term],
    by_key: dict[str, list[Term]],
    taken: frozenset[int],
) -> Match | None:
    hits = {
        place: found for place, found in _hits(label, terms, by_key).items() if place not in taken
    }
    if not hits:
        return None
    segments = sorted({terms[place].segment for place in hits})
    groups = [{place for place in hits if terms[place].segment == segment} for segment in segments]
    if label.joins and len(groups) > 1:
        groups.extend([a | b for a, b in pairwise(groups)])
    elif len(groups) > 1 and not any(
        {i for place in a for i in hits[place]} & {i for place in b for i in hits[place]}
        for a, b in pairwise(groups)
    ):
        groups.append(set(hits))  # its words stand apart, none of them twice
    groups.extend([_whole_names(group, terms) for group in groups])
    options = [_match(label, group, hits, terms) for group in groups if group]
    return max(options, key=lambda match: match.score)


def _match(
    label: Label, places: set[int], hits: dict[int, list[int]], terms: Sequence[Term]
) -> Match:
    covered = {index for place in places for index in hits[place]}
    total = sum(word.weight for word in label.words) or 1.0
    said = {terms[place].key for place in places}
    fit = sum(_named_weight(label.words[index], said) for index in covered) / total
    fit *= _cut_in_question(places, terms) * _cut_in_label(label, covered)
    return Match(
        (label,), frozenset(places), sum(terms[place].weight for place in places), min(fit, 1.0)
    )


def _named_weight(word: LabelWord, said: set[str]) -> float:
    """What a covered word of a label counts; `operating` is not quite said by `operation`."""
    is_near = word.key not in said and any(is_akin(word.key, key) for key in said)
    return word.weight * (0.8 if is_near else 1.0)


def _whole_names(places: set[int], terms: Sequence[Term]) -> set[int]:
    """Leave out the words of names that are taken in part."""
    missed = {term.name for term in terms if term.place not in places}
    return {place for place in places if terms[place].name not in missed}


def _cut_in_question(places: set[int], terms: Sequence[Term]) -> float:
    """Below 1 if the label takes only part of a name of the question: MMLU of `MMLU-Pro`."""
    names = {terms[place].name for place in places}
    missed = [
        term
        for term in terms
        if term.name in names and term.place not in places and not is_cjk(term.key)
    ]
    return 0.45 if missed else 1.0


def _cut_in_label(label: Label, covered: set[int]) -> float:
    """Below 1 if the question's name is only how a longer name begins: R1 of `R1-Zero`."""
    for name in {word.name for word in label.words}:
        parts = [index for index, word in enumerate(label.words) if word.name == name]
        inside = [index in covered for index in parts]
        count = sum(inside)
        begins = 0 < count < len(parts) and all(inside[:count])
        if begins and max(label.words[index].weight for index in parts[count:]) > 0.3:
            return 0.6
    return 1.0


def _hits(
    label: Label, terms: Sequence[Term], by_key: dict[str, list[Term]]
) -> dict[int, list[int]]:
    """Which words of the label each term stands for."""
    hits: dict[int, list[int]] = defaultdict(list)
    for index, word in enumerate(label.words):
        for term in by_key.get(word.key, ()):
            hits[term.place].append(index)
    for term in terms:
        if found := [i for i, word in enumerate(label.words) if word.key in term.meant]:
            hits[term.place].extend(found)
    _shortened(label, terms, hits)
    _glued(label, terms, hits)
    return hits


def _shortened(label: Label, terms: Sequence[Term], hits: dict[int, list[int]]) -> None:
    """Words that one side shortens, where the label has no better."""
    for index, word in enumerate(label.words):
        if not any(index in found for found in hits.values()):
            for term in terms:
                if _abbreviates(term.key, word.key):
                    hits[term.place].append(index)


def _abbreviates(one: str, other: str) -> bool:
    """`param` for `parameter`, `acc` for `accuracy`; `operation` for `operating`."""
    if one == other or not (one.isascii() and one.isalpha() and other.isalpha()):
        return False
    short, long = sorted((one, other), key=len)
    if len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 6:
        return True
    return is_akin(one, other)


def is_akin(one: str, other: str) -> bool:
    """Whether two words differ by an ending alone: `motivating` and `motivated`."""
    root = _ENDING.sub("", one)
    return len(root) >= LEAST_ROOT and root == _ENDING.sub("", other)


def _glued(label: Label, terms: Sequence[Term], hits: dict[int, list[int]]) -> None:
    """Words that one side writes together: `LiveCode Bench` and `LiveCodeBench`."""
    keys = [word.key for word in label.words]
    for place, term in enumerate(terms):
        for index in range(len(keys)):
            if term.key == "".join(keys[index : index + 2]) and index + 1 < len(keys):
                hits[place].extend((index, index + 1))
            following = terms[place + 1].key if place + 1 < len(terms) else ""
            if following and keys[index] == term.key + following and not is_cjk(term.key):
                hits[place].append(index)
                hits[place + 1].append(index)


def named(terms: Sequence[Term], labels: Sequence[Label], least_fit: float = 0.34) -> list[Match]:
    """The labels that a question names, each by words of its own; labels that tie are one match."""
    kept: list[Match] = []
    waiting = matches(terms, labels)
    while waiting:
        best = waiting.pop(0)
        if best.fit < least_fit:
            continue
        ties = [
            other
            for other in waiting
            if other.places == best.places and other.score > 0.97 * best.score
        ]
        alike = (*best.labels, *(label for tie in ties for label in tie.labels))
        kept.append(Match(alike, best.places, best.weight, best.fit))
        waiting = [other for other in waiting if other not in ties]
        robbed = [other for other in waiting if other.places & best.places]
        if robbed:
            taken = frozenset(place for match in kept for place in match.places)
            again = matches(terms, [other.label for other in robbed], taken)
            waiting = [other for other in waiting if other not in robbed] + again
            waiting.sort(key=lambda match: -match.score)
    return kept
