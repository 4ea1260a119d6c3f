"""Whether a later document changes what an answer takes from an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from graph.answer import Check
from graph.evidence.sources import Source
from graph.verification.statements.facts import Fact, content_of, facts_of, values_of
from graph.verification.statements.measures import Said, said_of
from graph.verification.statements.statement import Statement
from graph.verification.statements.vocabulary import says
from loaders.text.quantities import Mention
from loaders.text.tokenizer import is_identifier, words

_CLOCK = frozenset({"ms", "s", "min", "h", "d", "week", "month", "year"})
_REFERENCE = re.compile(r"(?<![^\W_])[A-Z]{2,}[-/]?\d(?:[\w/-]*\w)?")
_SHARED = 2
"""Words that the change must have of what is said; the value itself is as good."""
_LONGEST = 160


def superseded_faults(statement: Statement, cited: Sequence[Source]) -> Iterator[Check]:
    """A value of an agreement whose amendment was given too, and is not named in the answer.

    The amendment has another value of the same kind, for the same thing or for this value.
    """
    documents = {source.document for source in cited}
    given = [one for one in statement.evidence.sources if one.document not in documents]
    changing = [one for one in given if _changes(one, statement.sources)]
    topic = content_of(f"{statement.text} {statement.evidence.question}")
    for number in statement.values if changing else ():
        kind = _kind(said_of(statement.text, number))
        for fact in (fact for source in changing for fact in facts_of(source)):
            if kind and _is_changed(number, kind, _telling(topic, statement.facts, fact), fact):
                why = f"is changed by {fact.source.document}: {fact.text[:_LONGEST]}"
                yield Check(what="superseded", text=number.text, why=why)
                break


def _telling(topic: frozenset[str], own: Sequence[Fact], fact: Fact) -> list[str]:
    """The words of a topic that a change has; one that stands hardly anywhere else counts twice."""
    shared = topic & fact.words
    others = {one.text: one.words for one in (*own, *facts_of(fact.source)) if one is not fact}
    rare = [word for word in shared if sum(word in one for one in others.values()) <= _SHARED]
    return [*shared, *rare]


def _changes(source: Source, own: Sequence[Source]) -> bool:
    """Whether a document is called an amendment, and names what those of an answer are."""
    name = _title(source)
    lead = f"{name}\n{source.chunk.metadata.get('title', '')}\n{source.prose[:_LONGEST]}"
    return says("amends", lead) and any(_is_of_one(source, one) for one in own)


def _is_of_one(source: Source, other: Source) -> bool:
    """References that both give decide; then names, and what the files are called."""
    first, second = _references_in(source), _references_in(other)
    if first and second:
        return bool(first & second)
    named = _names_in(source.everything) & _names_in(f"{other.everything} {_title(other)}")
    return bool(named or content_of(_title(source)) & content_of(_title(other)))


def _title(source: Source) -> str:
    """The words of a file's name, without its ending."""
    return re.sub(r"[_.-]", " ", source.document.rpartition(".")[0] or source.document)


def _references_in(source: Source) -> frozenset[str]:
    """`MSA-117`, as agreements are called that others change."""
    return frozenset(_REFERENCE.findall(f"{source.document} {source.everything}"))


@lru_cache(maxsize=256)
def _names_in(text: str) -> frozenset[str]:
    return frozenset(word.key for word in words(text) if is_identifier(word))


def _kind(said: Said) -> str:
    unit = "time" if said.unit in _CLOCK else said.unit
    return said.currency or unit or ("%" if said.percent else "")


def _is_changed(number: Mention, kind: str, telling: Sequence[str], fact: Fact) -> bool:
    if fact.cell is not None:
        return False
    alike = [one for one in fact.numbers if _kind(fact.said(one)) == kind]
    others = [one for one in alike if not values_of(one) & values_of(number)]
    return bool(others) and (len(alike) > len(others) or len(telling) >= _SHARED)
