"""What a question wants of the tables among its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from graph.asking.operations import Wish, wants_prose, wish_of
from graph.asking.words import keys
from graph.checking.evidence import Evidence
from graph.tables.cells import Grid, Lookup, grids_of, is_named, look_up
from graph.tables.charts import chart_grids
from graph.tables.labels import Term, terms_of


@dataclass(frozen=True)
class Inquiry:
    """A question beside the tables of its evidence."""

    evidence: Evidence

    @property
    def question(self) -> str:
        return self.evidence.question

    @property
    def language(self) -> str:
        return self.evidence.language

    @cached_property
    def terms(self) -> list[Term]:
        return terms_of(self.question)

    @cached_property
    def grids(self) -> list[Grid]:
        sources = self.evidence.sources
        return [*grids_of(sources), *chart_grids(sources, self.question)]

    @cached_property
    def known(self) -> frozenset[str]:
        """The words of the documents' names, which tables do not repeat."""
        return frozenset(key for source in self.evidence.sources for key in keys(source.document))

    @cached_property
    def wish(self) -> Wish:
        return wish_of(self.question)

    @cached_property
    def wants_prose(self) -> bool:
        return wants_prose(self.question)

    @cached_property
    def lookups(self) -> list[Lookup]:
        """What the question names in the tables, the best first, without what it does not mean."""
        found = look_up(self.terms, self.grids, self.known)
        return [item for item in found if not any(is_named(term) for term in item.missing)]

    @cached_property
    def names_unknown(self) -> bool:
        """Whether the question names something that no source mentions; abbreviations aside."""
        return any(
            is_named(term) and not term.text.isupper() and not self._is_anywhere(term)
            for term in self.terms
        )

    def _is_anywhere(self, term: Term) -> bool:
        return any(
            term.key in source.keys or any(term.key in key for key in keys(source.document))
            for source in self.evidence.sources
        )
