"""What a question wants of the tables among its evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from graph.evidence.sources import Evidence
from graph.offline.cell_linking import Lookup, is_name_in, is_named, look_up
from graph.offline.chart_tables import chart_grids
from graph.offline.header_matching import Term, terms_of
from graph.offline.prose_series import series_grids
from graph.offline.table_view import Grid, grids_of
from graph.query.document_mentions import named_documents
from graph.query.intent import (
    AnswerFormat,
    answer_format_of,
    kind_of,
    operation_of,
    ranking_of,
    ranking_words,
    wants_prose,
)
from graph.query.query_cleaning import subject_of, without_instructions
from loaders.text.tokenizer import is_cjk, is_year, keys

IN_FULL = 0.9
_GROWTH = frozenset(["percentage", "percent", "prozentuale", "prozent"])
_OF_THE_WHOLE = re.compile(
    r"(?:19|20)\d\d|公司|企业|本|集团|年度|年末|年底|年|报告期|期末|期初|截至|截止|上市|股份|有限|合并|母|全|当|末"
    r"|请问|请|简要|分析|计算|介绍|说明|的|在|中|和|与|及|[，,：:、]"
)


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
        is_growth = operation_of(self.question) == "percent_change"  # its words name no column
        return terms_of(self._subject, _GROWTH if is_growth else ())

    @cached_property
    def _subject(self) -> str:
        """Without the names of documents where no blank sets them apart."""
        subject = subject_of(self.question)
        if not is_cjk(subject):
            return subject
        names = {source.document for source in self.evidence.sources}
        return named_documents(subject, sorted(names)).without_names(subject)

    @cached_property
    def grids(self) -> list[Grid]:
        sources = self.evidence.sources
        return [
            *grids_of(sources),
            *chart_grids(sources, self.question),
            *series_grids(sources),
        ]

    @cached_property
    def known(self) -> frozenset[str]:
        """The words of the documents' names, which tables do not repeat."""
        return frozenset(key for source in self.evidence.sources for key in keys(source.document))

    @cached_property
    def wish(self) -> AnswerFormat:
        return answer_format_of(self.question)

    @cached_property
    def wants_prose(self) -> bool:
        return wants_prose(self.question)

    @cached_property
    def lookups(self) -> list[Lookup]:
        """What the question names in the tables, the best first, without what it does not mean."""
        kind, ranks = kind_of(self.question), ranking_of(self.question) is not None
        found: list[Lookup] = []
        for document in dict.fromkeys(grid.source.document for grid in self.grids):
            grids = [grid for grid in self.grids if grid.source.document == document]
            found += look_up(
                self.terms, grids, self.known | self._subjects(document), kind, ranks=ranks
            )
        found.sort(key=lambda item: -item.score)
        return [item for item in found if not any(map(_is_entity, item.missing))]

    @cached_property
    def order(self) -> Literal["highest", "lowest"] | None:
        """Which end of a ranking is asked for, unless the word for it is part of a label."""
        said = ranking_words(self.question)
        best = next(iter(self.lookups), None)
        named = [axis[0] for axis in (best.rows, best.columns) if axis] if best else []
        is_label = any(
            match.fit >= IN_FULL and said & set(keys(match.label.path[-1])) for match in named
        )
        return None if is_label else ranking_of(self.question)

    def _subjects(self, document: str) -> frozenset[str]:
        """The names that a document speaks of all over, so that its tables need not say them."""
        texts = [
            one for one in self.evidence.sources if one.document == document and not one.tables
        ]
        names = {term.key for term in self.terms if is_named(term) and not is_year(term.key)}
        return frozenset(
            name
            for name in names
            if len(texts) > 1 and sum(name in one.keys for one in texts) * 2 > len(texts)
        )

    @cached_property
    def names_unknown(self) -> bool:
        """Whether the question names something that no source mentions; abbreviations aside."""
        return any(
            is_name_in(self.question, term)
            and not term.text.isupper()
            and not self._is_anywhere(term)
            for term in terms_of(without_instructions(self.question))
        )

    def is_qualified(self, name: str) -> bool:
        """Whether the figure of that name is asked of a part: `冷冻设备的毛利率`, not the whole's.

        Where capitals do not tell names apart, what stands before the figure's name does.
        """
        place = self.question.find(name) if name and is_cjk(name) else -1
        if place < 0:
            return False
        before = subject_of(self.question)[:place]
        named = {
            place + step
            for place in range(len(before) - 1)
            if before[place : place + 2] in self.known
            for step in (0, 1)
        }
        rest = "".join(" " if index in named else char for index, char in enumerate(before))
        return bool(re.search(r"[\u3400-\u9fff]{2}", _OF_THE_WHOLE.sub(" ", rest)))

    def _is_anywhere(self, term: Term) -> bool:
        return any(
            term.key in source.keys or any(term.key in key for key in keys(source.document))
            for source in self.evidence.sources
        )


def _is_entity(term: Term) -> bool:
    """Whether a term names one thing: a noun that can be translated only has a German capital."""
    return is_named(term) and not term.meant
