"""The evidence of one question as the keyless writer sees it: tables, documents, known words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from graph.evidence.sources import Evidence, Source
from graph.offline.header_matching import TableMatch, match_table
from graph.offline.restrictions import is_restricted
from graph.offline.table_view import TableView, views_of
from graph.query.analysis import QuestionAnalysis, analyse
from graph.query.compounds import apart
from graph.query.document_mentions import wholly_named
from graph.query.spelling import corrected
from graph.query.subject_terms import Token, holds, keys_in
from loaders.text.dates import dates_in
from loaders.text.sentence_splitter import cut
from loaders.text.units import is_unit_line

COMMON = 0.34
"""The share of a document's chunks that hold the words which stand for it: its company's name."""


@dataclass(frozen=True)
class EvidenceView:
    """What one question is answered from."""

    evidence: Evidence

    @property
    def sources(self) -> Sequence[Source]:
        return self.evidence.sources

    @cached_property
    def analysis(self) -> QuestionAnalysis:
        """The question, with words that no document has led back to those that one has."""
        language = self.evidence.language
        question, parts = apart(self.evidence.question, language, self.known)
        parts = parts.union(*map(keys_in, parts))  # `land` is what `country` is
        found = replace(analyse(corrected(question, self.known), language), parts=parts)
        return found.with_terms(found.light & self._group_names)

    @cached_property
    def _group_names(self) -> frozenset[str]:
        """Words that alone head several columns or rows, as `Company` beside `Group`."""
        headings = (one for view in self.views for one in (*view.rows, *view.columns))
        names = {part for one in headings for part in one.path[:-1]}
        return frozenset().union(*(keys for name in names if len(keys := keys_in(name)) == 1))

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word of the evidence."""
        return frozenset().union(*(source.keys for source in self.sources))

    @cached_property
    def views(self) -> list[TableView]:
        return views_of(self.sources)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(source.document for source in self.sources))

    @cached_property
    def named_documents(self) -> tuple[str, ...]:
        return wholly_named(self.analysis.question, self.documents)

    def of_document(self, document: str) -> frozenset[str]:
        """The words that stand for a document: in many of its chunks, and a label in no table."""
        return self._of_documents.get(document, frozenset())

    def announces_unit(self, document: str) -> bool:
        """Whether a document says apart from its tables what their figures count."""
        return document in self._announcing

    @cached_property
    def _announcing(self) -> frozenset[str]:
        prose = (one for one in self.sources if not one.tables)
        pieces = ((one.document, piece) for one in prose for piece in cut(one.prose))
        return frozenset(document for document, piece in pieces if is_unit_line(piece.rstrip(".")))

    def latest_date(self, document: str) -> tuple[int, int, int]:
        """The latest day that a document names, as far as it was found: how new it is."""
        texts = [one.everything for one in self.sources if one.document == document]
        days = [(d.year, d.month, d.day) for text in texts for d in dates_in(text)]
        return max(days, default=(0, 0, 0))

    @cached_property
    def _of_documents(self) -> dict[str, frozenset[str]]:
        texts: dict[str, list[frozenset[str]]] = defaultdict(list)
        for source in self.sources:
            texts[source.document].append(keys_in(source.everything))
        found = {}
        for document, chunks in texts.items():
            counts = Counter(key for chunk in chunks for key in chunk)
            common = {
                key for key, count in counts.items() if count >= 2 and count >= COMMON * len(chunks)
            }
            found[document] = frozenset(common - self._labels(document))
        return found

    def _labels(self, document: str) -> set[str]:
        """The words that tell rows and columns of a document's tables apart."""
        return {
            token.key
            for view in self.views
            if view.source.document == document
            for heading in (*view.rows, *view.columns)
            for token in (*heading.leaf, *heading.groups)
        }

    def matches(self, terms: Sequence[Token] | None = None) -> Sequence[TableMatch]:
        """What the terms name in each table, the tables that say most first; looked at once."""
        wanted = tuple(self.analysis.terms if terms is None else terms)
        if wanted not in self._matched:
            found = [
                match_table(self.analysis, view, self.of_document(view.source.document), wanted)
                for view in self.views
            ]
            self._matched[wanted] = sorted(found, key=lambda match: -match.weight)
        return self._matched[wanted]

    @cached_property
    def _matched(self) -> dict[tuple[Token, ...], list[TableMatch]]:
        return {}

    def complete(self, terms: Sequence[Token] | None = None) -> Sequence[TableMatch]:
        """The tables that account for every term, and measure no more than is asked."""
        wanted = tuple(self.analysis.terms if terms is None else terms)
        if wanted not in self._completed:
            found = [match for match in self.matches(wanted) if match.is_complete]
            kept = [match for match in found if not is_restricted(match, self.analysis)]
            self._completed[wanted] = kept
        return self._completed[wanted]

    @cached_property
    def _completed(self) -> dict[tuple[Token, ...], list[TableMatch]]:
        return {}

    @cached_property
    def unknown(self) -> list[str]:
        """The names of the question that stand in no source at all."""
        return [
            term.text
            for term in self.analysis.terms
            if self._is_name(term)
            and not holds(self._every_key, term.key)
            and not self._is_written_apart(term)
        ]

    def _is_name(self, term: Token) -> bool:
        """A capital that neither opens the question nor is a German noun's, or a mixed name."""
        is_capital = term.text[:1].isupper() and term.start > 0 and self.evidence.language != "de"
        return term.is_name or is_capital

    @cached_property
    def _every_key(self) -> frozenset[str]:
        texts = [f"{one.everything}\n{one.document}" for one in self.sources]
        return frozenset().union(*(keys_in(text) for text in texts))

    def _is_written_apart(self, term: Token) -> bool:
        return (
            term.key[0] != "@"
            and len(term.key) > 3
            and any(term.key in source.squeezed for source in self.sources)
        )
