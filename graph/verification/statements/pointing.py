"""Where the words of an answer point in a source: a number may not come from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from graph.verification.statements.facts import Fact, content_of, periods_of, values_of
from graph.verification.statements.measures import said_of
from graph.verification.statements.names import name_words, names_in
from graph.verification.statements.place_names import places_in
from graph.verification.statements.statement import Statement, measuring
from graph.verification.statements.vocabulary import language_in, meanings, says, vocabulary_of
from loaders.text.dates import Date, dates_in, months_in
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention
from loaders.text.tokenizer import is_generic, is_year, keys, words

_STEM = 4
_COMPOUND = 6
_SHARE = 0.5
"""How much of what the best place shares with the answer another place must share."""
_LAST_WORDS = re.compile(r"[^\W\d_]+ [^\W\d_]+ $")
_NUMBERED = re.compile(r"(?<!\w)[A-Z][^\W\d_]+ \d{1,2}(?![\w.,]*\d| ?[%‰€$£])")
_CLAUSE_COST = 4
_CLAUSE = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[;:；：、()（）]")


def is_elsewhere(statement: Statement, number: Mention | Date, facts: Sequence[Fact]) -> bool:
    """Whether the words beside a number are those of another place of the source."""
    wanted = statement.near(number) - _heads(statement)
    if not wanted or any(_is_named(statement, fact) for fact in facts):
        return False
    if isinstance(number, Mention) and any(_heads_part(statement, number, one) for one in facts):
        return False
    weights = _weights(statement.facts)
    in_cells = any(fact.cell for fact in facts)  # which row is meant, the table's names tell
    held = {id(fact.source) for fact in facts}
    known = [fact for fact in statement.facts if fact.numbers and id(fact.source) in held]
    known = [fact for fact in known if not (in_cells and (fact.cell or _is_head(fact)))]
    known = [fact for fact in known if fact.is_figure or (fact.cell is None and fact.periods)]
    if isinstance(number, Mention):
        kind = said_of(statement.text, number).kind  # what counts something else is no rival
        known = [fact for fact in known if any(fact.said(n).kind == kind for n in fact.numbers)]
    else:
        known = [fact for fact in known if dates_in(fact.text)]
    if not facts:
        return False
    best = max((_shared(wanted, fact, weights) for fact in known), default=0.0)
    said = wanted | content_of(f"{statement.text} {statement.evidence.question}")
    mine = max((_shared(said, fact, weights) for fact in facts), default=0.0)
    return best > 0 and mine < _SHARE * best


def _is_head(fact: Fact) -> bool:
    """Whether it says what other facts are about."""
    return fact.is_label or fact.text in f"{fact.source.section}\n{fact.source.caption}"


def _is_named(statement: Statement, fact: Fact) -> bool:
    """Whether the sentence has all words of the row that a cell stands in, or of a line."""
    label = content_of(fact.cell.row_path[-1] if fact.cell and fact.cell.row_path else fact.text)
    if fact.is_label and not label:
        return True  # a row that is headed by the number alone
    return len(label) >= (1 if fact.cell or fact.is_label else 2) and label <= content_of(
        statement.text
    )


def _heads_part(statement: Statement, number: Mention, label: Fact) -> bool:
    """Whether the value beside a number is of the column whose head has it: `142 of 712`."""
    before = [one for one in statement.values if one.end <= number.start]
    beside = before[-1:] or [one for one in statement.values if one.start >= number.end][:1]
    is_count = said_of(statement.text, number).counts_nothing and not periods_of(number.text)
    return (
        is_count
        and label.is_label
        and bool(content_of(label.text) & content_of(statement.text))
        and any(
            fact.cell is not None
            and label.text in fact.cell.column_path
            and fact.cell.quantity is not None
            and abs(fact.cell.quantity.value) in values_of(one)
            for fact in statement.facts
            for one in beside
        )
    )


def is_accounted_for(statement: Statement, number: Mention, facts: Sequence[Fact]) -> bool:
    """Whether a source in the answer's language has one of the words of the sentence.

    Or a synonym of one; or the fact itself a name of the sentence. Pronouns stand for what was
    said before.
    """
    if any(_shares_name(statement, fact) for fact in facts):
        return True
    language = language_in(statement.text)
    found = names_in(statement.text, statement.vocabulary)
    names = {key for name in found if name.is_sure for key in name.keys}
    moved = {key for one in statement.vocabulary.moves(statement.text) for key in keys(one)}
    wanted = {one for one in content_of(statement.text) if not months_in(one)} - names - moved
    telling = {word for word in wanted if not is_generic(word)}
    wanted |= content_of(statement.evidence.question)
    if not telling or not language or statement.vocabulary.pronouns.search(statement.text.lower()):
        return True
    meant = {*meanings(statement.text)}
    for source in statement.sources:
        if language_in(source.everything) != language:
            return True
        known = source.keys | content_of(str(source.chunk.metadata.get("title", "")))
        if any(_is_known(word, known) for word in wanted) or meant & {*meanings(source.everything)}:
            return True
    return False


def _heads(statement: Statement) -> frozenset[str]:
    """The words of what whole sources are about: they point to no place in them."""
    about = (f"{one.document} {one.section} {one.caption}" for one in statement.sources)
    names = names_in(statement.text, statement.vocabulary)
    return frozenset(key for name in names for key in name.keys) & frozenset(
        key for text in about for key in keys(re.sub(r"[_.-]", " ", text))
    )


def _shares_name(statement: Statement, fact: Fact) -> bool:
    text = fact.heads if fact.cell else fact.text
    mine, theirs = places_in(statement.text), places_in(text)
    if {one.code for one in mine} & {one.code for one in theirs}:
        return True
    found = names_in(statement.text, statement.vocabulary)
    return any(name.is_sure and name.keys <= frozenset(keys(text)) for name in found)


def _is_known(word: str, known: frozenset[str]) -> bool:
    """As it is, in another form, `founding` for `founded`, or as what a compound begins with."""
    if word in known:
        return True
    stem = word[: max(_STEM, len(word) - 3)]
    if len(word) >= _STEM and any(other.startswith(stem) for other in known):
        return True
    return any(word[:end] in known for end in range(_COMPOUND, len(word)))


def _shared(wanted: frozenset[str], fact: Fact, weights: dict[str, float]) -> float:
    return sum(weights.get(word, 0.0) for word in wanted & fact.words)


def _weights(facts: Iterable[Fact]) -> dict[str, float]:
    """Rare words tell more; what stands in every fact tells nothing."""
    known = list(facts)
    counts = Counter(word for fact in known for word in fact.words)
    return {word: log((1 + len(known)) / count) for word, count in counts.items()}


@dataclass(frozen=True)
class Label:
    """A period or a name in a sentence, and where it begins."""

    key: str
    start: int


def is_of_another(statement: Statement, number: Mention, found: tuple[Fact, Mention]) -> bool:
    """Whether a sentence of the source gives the number to another period or name.

    Each kind of label is bound to numbers in the source's sentence and in the answer's: what the
    answer names beside the number must not be what the source names beside another one.
    """
    fact, theirs = found
    if fact.cell is not None or _is_phrase_of_head(statement, number, found):
        return False
    for kind in (periods_told, _names, _places, _numbered):
        said = kind(statement.text)
        mine = _bound(statement.text, _besides(statement.values, said), said).get(number.start)
        labels = kind(fact.text)
        told = _bound(fact.text, _besides(measuring(fact.text), labels), labels)
        own = told.get(theirs.start)
        if not mine or not own or mine & own:
            continue
        if mine & {label.key for label in labels}:
            return True
    return _is_a_year_older(statement, fact, theirs)


def _is_phrase_of_head(statement: Statement, number: Mention, found: tuple[Fact, Mention]) -> bool:
    """Whether a line over a table says a number with these words, once: `batch size 8`.

    A line that joins two things may say it of either.
    """
    fact, theirs = found
    mine = _LAST_WORDS.search(statement.text[: number.start])
    told = _LAST_WORDS.search(fact.text[: theirs.start])
    are_two = vocabulary_of(fact.text).joins.search(fold_in_place(fact.text)) or ";" in fact.text
    if not mine or not told or are_two or not _is_head(fact):
        return False
    words_of_it = fold_in_place(mine[0])
    is_same = bool(content_of(mine[0])) and words_of_it == fold_in_place(told[0])
    return is_same and fold_in_place(fact.text).count(words_of_it) == 1


def _is_a_year_older(statement: Statement, fact: Fact, number: Mention) -> bool:
    """Whether the source gives a number to the year before, and the answer to the year itself."""
    folded = fold_in_place(fact.text)
    pattern = vocabulary_of(fact.text).year_before
    labels = [Label("", match.start()) for match in pattern.finditer(folded)]
    if not labels or number.start not in _bound(fact.text, measuring(fact.text), labels):
        return False
    if says("year_before", f"{statement.text} {statement.evidence.question}"):
        return False
    if statement.vocabulary.comparison.search(fold_in_place(statement.text)):
        return False
    name = re.sub(r"[_.-]", " ", fact.source.document)
    return periods_of(statement.text) <= periods_of(f"{name} {fact.text} {fact.source.section}")


def own_periods(statement: Statement, number: Mention) -> frozenset[str]:
    """The periods that are said with a number, of a sentence that has several."""
    said = periods_told(statement.text)
    years = [label for label in said if is_year(label.key)]
    labels = next((one for one in (years, said) if len({label.key for label in one}) > 1), [])
    if not labels or (years and labels is said):
        return frozenset()  # Q2 2024 is one period
    return _bound(statement.text, statement.values, labels).get(number.start, frozenset())


def _bound(
    text: str, numbers: Sequence[Mention], labels: Sequence[Label]
) -> dict[int, frozenset[str]]:
    """For each number, by its place, the labels that are said with it.

    In a clause that has as many labels as numbers they are paired in their order; elsewhere a
    label belongs to the number that is nearest to it.
    """
    found: dict[int, frozenset[str]] = {}
    rest = list(numbers)
    for start, end in _clauses(text):
        mine = [one for one in numbers if start <= one.start < end]
        said = [one for one in labels if start <= one.start < end]
        if mine and len(mine) == len(said):
            pairs = zip(mine, said, strict=True)
            found |= {number.start: frozenset({label.key}) for number, label in pairs}
            rest = [one for one in rest if one not in mine]
    if len(labels) == len(numbers) and len(rest) == len(numbers):
        pairs = zip(numbers, labels, strict=True)
        return {number.start: frozenset({label.key}) for number, label in pairs}
    for label in labels:
        near = min(rest, key=lambda one: _distance(text, one, label), default=None)
        if near is not None and not any(label.key in keys for keys in found.values()):
            found[near.start] = found.get(near.start, frozenset()) | {label.key}
    return found


def _clauses(text: str) -> list[tuple[int, int]]:
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


def _distance(text: str, number: Mention, label: Label) -> float:
    """In words; a comma between them counts for several."""
    start, end = sorted((label.start, number.start))
    between = text[start:end]
    return len(words(between)) + _CLAUSE_COST * len(_CLAUSE.findall(between))


def periods_told(text: str) -> list[Label]:
    """The periods of a text with their places."""
    return [Label(period, word.start) for word in words(text) for period in periods_of(word.text)]


def _places(text: str) -> list[Label]:
    return [Label(place.code, place.start) for place in places_in(text)]


def _numbered(text: str) -> list[Label]:
    """`Zone 1` and `Zone 2` are two."""
    return [Label(fold_in_place(one[0]), one.start()) for one in _NUMBERED.finditer(text)]


def _besides(numbers: Sequence[Mention], labels: Sequence[Label]) -> list[Mention]:
    """The numbers that are no part of a label."""
    spans = [range(one.start, one.start + len(one.key)) for one in labels]
    return [one for one in numbers if not any(one.start in span for span in spans)]


def _names(text: str) -> list[Label]:
    if vocabulary_of(text).before_a_name:
        return []  # every noun has a capital: which is a name, nobody can tell
    return [Label(key, start) for key, start in name_words(text)]
