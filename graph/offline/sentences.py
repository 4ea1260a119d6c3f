"""The evidence's prose cut into sentences, and how much of a question each accounts for."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from graph.evidence.sources import Source, plain
from graph.offline.evidence_view import EvidenceView
from graph.offline.label_matching import has_number, hits_of, names_in
from graph.offline.spare_words import is_of_whole
from graph.query.grammar import DEFAULT, grammar_of
from graph.query.pronouns import pronoun_in
from graph.query.subject_terms import Token, holds, keys_in, same, tokens_of
from loaders.reading.layout.charts import MARK as CHART_MARK
from loaders.text.quantities import numbers_in
from loaders.text.sentence_splitter import cut
from loaders.text.tokenizer import is_year

SHORTEST = 8
FIRST_WORDS = 4
"""Where a pronoun has nothing before it in its own sentence."""
QUALIFIERS = frozenset({"@minimum", "@maximum", "@average"})
"""What stands before a measure and makes it another one."""
ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）")
_HEADING = re.compile(r"^#{1,6}\s+(.*\S)", re.MULTILINE)
_LEADERS = re.compile(r"\.{5,}|(?:\. ){4,}")


@dataclass(frozen=True)
class Sentence:
    """A literal piece of a source."""

    source: Source
    text: str
    place: int
    """Counted within its source."""
    head: Sentence | None = None
    """What it needs to be understood: how it begins, if a column's or a page's end cut it in two,
    or the sentence that its first words point back to."""
    is_heading: bool = False

    @cached_property
    def keys(self) -> frozenset[str]:
        return keys_in(f"{self.head.text} {self.text}" if self.head else self.text)

    @cached_property
    def around(self) -> frozenset[str]:
        """What its heading and its document's name say."""
        return keys_in(f"{self.source.section}\n{self.source.document.rpartition('.')[0]}")

    def new_numbers(self, question: str) -> list[str]:
        """Its numbers that the question does not bring itself."""
        asked = {mention.value for mention in numbers_in(question)}
        found = numbers_in(self.text)
        return [one.text for one in found if one.value not in asked and not one.in_name]

    def shown(self) -> str:
        """As it is quoted: without list marks, on one line."""
        return " ".join(re.sub(r"^(?:[-*•]\s+|\d+\.\s+)", "", self.text).split())


def sentences_of(sources: Sequence[Source]) -> list[Sentence]:
    """All sentences of the sources' prose; lines of a chart or of contents are none."""
    found: list[Sentence] = []
    for source in sources:
        prose, _, _ = source.prose.partition(CHART_MARK)
        headings = {plain(line) for line in _HEADING.findall(source.chunk.page_content)}
        caption = plain(source.caption)
        headings |= {caption} if source.tables and not caption.endswith((".", "。")) else set()
        found += [
            Sentence(source, piece, place, is_heading=piece in headings)
            for place, piece in enumerate(cut(prose))
            if len(piece) >= SHORTEST and not _LEADERS.search(piece) and "~~" not in piece
        ]
    before = [None, *found]
    return [_with_head(one, last) for one, last in zip(found, before, strict=False)]


@lru_cache(maxsize=4096)
def points_back(text: str) -> bool:
    """Whether one of a sentence's first words stands for what was said before: `Because of it`."""
    start = " ".join(text.split()[:FIRST_WORDS])
    return pronoun_in(start, grammar_of(text, DEFAULT)) is not None


def _with_head(sentence: Sentence, last: Sentence | None) -> Sentence:
    """A sentence with the one before if it goes on from that."""
    if last and last.source is sentence.source and points_back(sentence.text):
        return replace(sentence, head=last)
    return sentence


@dataclass(frozen=True)
class Account:
    """Which terms of a question a sentence itself says, and which stand around it."""

    sentence: Sentence
    said: tuple[Token, ...]
    around: tuple[Token, ...]
    missing: tuple[Token, ...]
    where: int = 0
    """How many of those around only tell the document: its name, or its company."""

    @property
    def own(self) -> list[Token]:
        """The terms that it says without the sentence before; its only year dates all of it.

        Not so a year in brackets, which is that of the number beside it.
        """
        known = keys_in(self.sentence.text)
        years = {key for key in known if is_year(key)}
        is_dated = len(years) == 1 and years <= keys_in(ASIDE.sub(" ", self.sentence.text))
        return [
            one
            for one in self.said
            if holds(known, one.key) and not is_of_whole(one) and not (one.is_year and is_dated)
        ]

    @property
    def sureness(self) -> tuple[int, bool]:
        """More the more it says, and without leaning on the sentence before."""
        return len(self.said), self.sentence.head is None


def _is_name(term: Token) -> bool:
    """Whether a heading may say it for its sentences: a name, and no measure or quality."""
    return term.is_name or (term.text[:1].isupper() and term.start > 0)


def _told_otherwise(sentence: Sentence, terms: Sequence[Token]) -> set[Token]:
    """The terms that a sentence has only as parts of other things.

    A `sub-limit` is no limit, the `average price` no price, the `AQ 25 B` no `AQ 25`, and of a name
    with a number, as `3-4`, all has to stand there in its order.
    """
    tokens = tokens_of(sentence.text)
    asked = {term.key for term in terms} | QUALIFIERS & keys_in(" ".join(t.text for t in terms))
    places = [place for name in names_in(terms) if has_number(terms, name) for place in name]
    whole = hits_of(tokens, terms) if places else {}
    told = {terms[place] for place in places if place not in whole}
    for term in terms:
        said = [place for place, one in enumerate(tokens) if same(one.key, term.key)]
        if said and all(_is_part(tokens, place, asked) for place in said):
            told.add(term)
    return told


def _is_part(tokens: Sequence[Token], place: int, asked: Set[str]) -> bool:
    """Whether what stands next to a word makes it another thing."""
    token = tokens[place]
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before and before.end + 1 == token.start and not holds(asked, before.key):
        if token.joined and not before.key.isdigit():
            return True
        if before.key in QUALIFIERS:
            return True
    if not after or token.end + 1 != after.start or holds(asked, after.key):
        return False
    is_letter = len(after.text) == 1 and after.text.isupper()
    return after.joined or (is_letter and token.key.isdigit())


def _displaced(sentence: Sentence, terms: Sequence[Token]) -> set[Token]:
    """Where a sentence has another word than the question: a `standard grade` is no `LO grade`."""
    asked = {term.key for term in terms}
    others = [
        after.key
        for one, after in pairwise(tokens_of(sentence.text))
        if one.end + 1 == after.start and one.key not in asked
    ]
    return {
        term
        for term, after in pairwise(terms)
        if term.end + 1 == after.start and any(same(key, after.key) for key in others)
    }


def account(sentence: Sentence, terms: Sequence[Token], view: EvidenceView) -> Account:
    """Hold a sentence against the terms; a year that it names itself is not taken from around."""
    own = sentence.keys
    names = keys_in(sentence.source.document.rpartition(".")[0])
    common = view.of_document(sentence.source.document)
    dated = sentence.around | names  # pages name other years too
    around = dated | common
    has_year = any(len(key) == 4 and key.isdigit() for key in own)
    others, displaced = _told_otherwise(sentence, terms), _displaced(sentence, terms)
    said = [term for term in terms if holds(own, term.key) and term not in others]
    near = [
        term
        for term in terms
        if term not in said
        and (term.is_year or term not in displaced)
        and holds(dated if term.is_year else around, term.key)
        and not (term.is_year and has_year)
        and (term.is_year or not term.key[0].isdigit())
        and (term.is_year or _is_name(term) or holds(names, term.key))
    ]
    missing = [
        term for term in terms if term not in said and term not in near and not is_of_whole(term)
    ]
    where = sum(holds(names | common, term.key) for term in near)
    return Account(sentence, tuple(said), tuple(near), tuple(missing), where)
