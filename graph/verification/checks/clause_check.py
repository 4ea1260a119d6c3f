"""What a source says clause by clause, held against the clauses of an answer.

Three faults can be proved without knowing what words mean: two things have changed places, what is
said of one is said of another only, and a clause is repeated with its negation turned round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import permutations

from graph.answer import Check
from graph.verification.statements.facts import values_of
from graph.verification.statements.names import names_in
from graph.verification.statements.statement import Statement
from graph.verification.statements.vocabulary import (
    Vocabulary,
    language_in,
    phrases_in,
    vocabulary_of,
)
from loaders.text.number_words import counts_in, fold_in_place
from loaders.text.quantities import numbers_in
from loaders.text.tokenizer import is_stop, words

_CLAUSE = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[;；。()（）|\n]")
_NUMBERED = re.compile(r"\.?\s?\d")
"""Behind the `No` of `No. 2`."""
_ALONE = re.compile(r"\s*[.,:;!]")
_FEWEST = 2
_NEARLY = 0.8
"""How much of what a clause says must stand in one of the source, to be its denial."""


@dataclass(frozen=True)
class Clause:
    """A part of a sentence: its words, numbers and roles, each as it is compared."""

    text: str
    vocabulary: Vocabulary

    @cached_property
    def tokens(self) -> frozenset[str]:
        found = {word.key for word in words(self.text) if not is_stop(word.key)}
        pronouns = self.vocabulary.pronouns
        found = {key for key in found if not key[0].isdigit() and not pronouns.fullmatch(key)}
        return (
            (frozenset(found) - self.vocabulary.titles)
            | self.numbers
            | {f"@{role}" for role in phrases_in("roles", self.text)}
        )

    @cached_property
    def numbers(self) -> frozenset[str]:
        said = {value for one in numbers_in(self.text) for value in values_of(one)}
        said |= {one.value for one in counts_in(self.text, (self.vocabulary.language,))}
        return number_signs(said)

    @cached_property
    def names(self) -> frozenset[str]:
        found = names_in(self.text, self.vocabulary)
        return frozenset(key for name in found if name.is_sure for key in name.keys)

    @cached_property
    def is_negated(self) -> bool:
        return self._is_turned(len(self._denied))

    def denies(self, other: Clause) -> bool:
        """Whether it denies what another says: `without delay` denies nothing of the rest.

        A word that the other has alone may be a form of the one that is denied: `reached` of
        `did not reach`, `rose` of `did not rise`.
        """
        has_own = any(key.isalpha() for key in other.tokens - self.tokens)
        return self._is_turned(sum(has_own or bool(one & other.tokens) for one in self._denied))

    def _is_turned(self, negations: int) -> bool:
        turned = len(self.vocabulary.exception.findall(fold_in_place(self.text)))
        return max(0, negations - 2 * turned) % 2 == 1

    @cached_property
    def _denied(self) -> list[frozenset[str]]:
        """The word behind each negation, or all before it; of `No. 2` and `No, …` there is none."""
        found = []
        for match in self.vocabulary.negation.finditer(fold_in_place(self.text)):
            before, rest = self.text[: match.start()], self.text[match.end() :]
            if _NUMBERED.match(rest) or (_ALONE.match(rest) and not before.strip(" -*•")):
                continue
            said = [word.key for word in words(rest) if not is_stop(word.key)]
            found.append(frozenset(said[:1]) or self.tokens)
        return found


def number_signs(values: Iterable[Decimal]) -> frozenset[str]:
    """Numbers as a clause's tokens have them."""
    return frozenset(f"#{value.normalize():f}" for value in values)


def clause_faults(statement: Statement) -> Iterator[Check]:
    """The faults of a sentence that one of its sources proves."""
    mine = clauses_of(statement.text, statement.evidence.language)
    for source in statement.sources:
        sentences = [
            clauses_of(fact.text, "")
            for fact in statement.facts
            if fact.source is source and fact.cell is None and not fact.is_label
        ]
        yield from _exchanges(mine, sentences)
        yield from _of_others(mine, sentences)
        if language_in(source.everything) == language_in(statement.text):
            yield from _negations(mine, [one for sentence in sentences for one in sentence])


@lru_cache(maxsize=1024)
def clauses_of(text: str, language: str) -> tuple[Clause, ...]:
    """Cut at punctuation, and at the words that begin a clause without any."""
    vocabulary = vocabulary_of(text, language or "en")
    folded = fold_in_place(text)
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    ends = sorted({*ends, *(match.start() for match in vocabulary.joins.finditer(folded))})
    parts = (text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True))
    return tuple(Clause(part, vocabulary) for part in parts if part.strip())


def _exchanges(mine: Sequence[Clause], sentences: Sequence[Sequence[Clause]]) -> Iterator[Check]:
    """Who does what, the one for the other: each pair that the source has is parted, both ways."""
    known = [clause for sentence in sentences for clause in sentence]
    for sentence in sentences:
        for first, second in permutations(sentence, 2):
            for one, other in permutations(mine, 2):
                if fault := _exchanged(one, other, first, second, known):
                    yield Check(
                        what="subject", text=fault, why="is said of the other in the source"
                    )
                    return


def _of_others(mine: Sequence[Clause], sentences: Sequence[Sequence[Clause]]) -> Iterator[Check]:
    """`Okoro chairs the senate`, where one sentence has him chair something and her the senate."""
    for sentence in sentences:
        for own, told in permutations(sentence, 2):
            for clause in mine:
                name = clause.names & own.names - told.tokens
                rest = clause.tokens - name
                is_told = bool(told.names - own.tokens - clause.tokens) and own.tokens & rest
                if name and is_told and own.tokens & rest < told.tokens & rest:
                    why = "is not of whom the source says it"
                    yield Check(what="subject", text=min(name), why=why)


def _exchanged(
    one: Clause, other: Clause, first: Clause, second: Clause, known: Sequence[Clause]
) -> str:
    """The first word that has changed places; empty if none has."""
    only_first, only_second = first.tokens - second.tokens, second.tokens - first.tokens
    carried = (one.tokens & only_first) - other.tokens, (other.tokens & only_second) - one.tokens
    brought = (one.tokens & only_second) - other.tokens, (other.tokens & only_first) - one.tokens
    if not all((*carried, *brought)):
        return ""
    mine = _parted(carried[0], brought[0], second, known)
    kinds = set(_parted(carried[1], brought[1], first, known).values())
    return min((b for b, kind in mine.items() if kind in kinds), default="").lstrip("#@")


def _parted(
    own: frozenset[str], brought: frozenset[str], told: Clause, known: Sequence[Clause]
) -> dict[str, str]:
    """The names and numbers of another clause that no clause has with one of its own words."""
    return {
        b: kind
        for b in brought
        if (kind := _kind(b, told))
        and any(not any({a, b} <= clause.tokens for clause in known) for a in own)
    }


def _kind(token: str, clause: Clause) -> str:
    if token in clause.numbers:
        return "number"
    return "name" if token in clause.names else ""


def _negations(mine: Sequence[Clause], known: Sequence[Clause]) -> Iterator[Check]:
    """The same words, once with a negation and once without."""
    for clause in mine:
        same = [one for one in known if _says_the_same(clause, one)]
        if same and all(
            clause.is_negated is not one.is_negated and clause.denies(one) is not one.denies(clause)
            for one in same
        ):
            yield Check(what="negation", text=clause.text.strip(), why="is denied in the source")


def _says_the_same(clause: Clause, known: Clause) -> bool:
    shared = clause.tokens & known.tokens
    return (
        len(shared) >= _FEWEST
        and len(shared) >= _NEARLY * len(clause.tokens)
        and 2 * len(shared) >= len(known.tokens)
    )
