"""Numbered sources: what a writer may use, and what an answer is checked against."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from langchain_core.documents import Document

from graph.answer import Computed, Retrieved
from loaders.chunking.table import Table
from loaders.pages.word import Box
from loaders.text.label_units import scale_in
from loaders.text.language_detection import writes_comma
from loaders.text.number_formats import has_decimal_comma
from loaders.text.number_words import counts_in
from loaders.text.quantities import Mention, Quantity, numbers_in
from loaders.text.tokenizer import fold, keys
from loaders.text.unit_words import Measure
from loaders.text.units import measure_in

LONGEST_SAMPLE = 20_000
"""Signs of a document that show how it writes its numbers."""
TABLE_MARKUP = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(
    r"</?(?:table|thead|tbody|tfoot|tr|td|th|caption|b|i|em|strong|sup|sub|chunk)\b[^>]*>|<br\s*/?>",
    re.I,
)
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_MARKUP = re.compile(r"^#{1,6}\s+|\*\*|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)", re.MULTILINE)


def _told(key: str, default: str = "") -> cached_property[str]:
    """What the metadata of a source's chunk say of it."""
    return cached_property(lambda source: str(source.chunk.metadata.get(key) or default))


@dataclass(frozen=True)
class Source:
    """A chunk under the number that a marker names it by."""

    number: int
    chunk: Document
    score: float = 0.0
    is_of_commas: bool = False
    """Whether its document writes 97,3: in such a one the table's 201.655 is 201,655."""

    chunk_id = _told("chunk_id")
    kind = _told("kind", "text")
    caption = _told("caption")
    section = _told("section")
    table_id = _told("table_id")
    """Of the table that it is a piece of, or has; empty for prose."""
    amounts = _told("amounts")
    """What the document says once of all its amounts; it holds where a cell says nothing."""

    def again(self, number: int, score: float) -> Source:
        """The same chunk for another question, with what was worked out of it for this one."""
        found = replace(self, number=number, score=score)
        found.__dict__.update({**self.__dict__, **found.__dict__})
        return found

    def is_like(self, other: Source) -> bool:
        """Whether what was worked out of the one holds for the other."""
        return self.chunk == other.chunk and self.is_of_commas == other.is_of_commas

    @property
    def document(self) -> str:
        return document_of(self.chunk)

    @property
    def page(self) -> int:
        """Counted from 0, as the chunk's metadata have it."""
        return int(self.chunk.metadata.get("page", 0))

    def label_of(self, page: int) -> str:
        """The label that is printed on one of the chunk's pages, if the page has one."""
        labels = self.chunk.metadata.get("page_labels") or {}
        own = self.chunk.metadata.get("page_label", "") if page == self.page else ""
        return str(labels.get(str(page), own) or "")

    @cached_property
    def declared(self) -> Measure:
        """The scale and currency of all amounts that say none themselves."""
        return measure_in(self.amounts) or Measure()

    @property
    def box(self) -> Box | None:
        box = self.chunk.metadata.get("box")
        return (box[0], box[1], box[2], box[3]) if box else None

    @cached_property
    def tables(self) -> list[Table]:
        return [
            replace(Table.from_html(match.group(), self.caption), is_of_commas=self.is_of_commas)
            for match in TABLE_MARKUP.finditer(self.chunk.page_content)
        ]

    @cached_property
    def prose(self) -> str:
        """What stands outside the tables, without markup."""
        return plain(TABLE_MARKUP.sub("\n", self.chunk.page_content))

    @cached_property
    def everything(self) -> str:
        """All that the source says, for checks: text, cells, caption, section."""
        text = plain(self.chunk.page_content)
        lines = [line for table in self.tables for line in table.to_lines()]
        return "\n".join([self.section, self.caption, text, *lines])

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every word that the source holds, as words are compared."""
        return frozenset(keys(self.everything)) | frozenset(keys(self.document))

    @cached_property
    def numbers(self) -> list[Mention]:
        """Every number that the source holds; the document's name may date it."""
        dates = numbers_in(" ".join(re.findall(r"\d+", self.document)))
        spaced = [value.text for value in self.quantities if _SPACED.search(value.text)]
        parted = [one for text in spaced for one in numbers_in(with_groups(text))]
        return [*dates, *numbers_in(self.everything), *parted]

    @cached_property
    def said(self) -> list[Mention]:
        """The numbers outside the cells: of prose, caption, section, labels."""
        cells = [cell for table in self.tables for cell in table.cells()]
        labels = dict.fromkeys(label for one in cells for label in one.row_path + one.column_path)
        return numbers_in("\n".join([self.section, self.caption, self.prose, *labels]))

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The cells' values with the scale that their table announces: 5,000 in millions."""
        cells = (cell for table in self.tables for cell in table.cells())
        return [cell.quantity for cell in cells if cell.quantity]

    @cached_property
    def scales(self) -> frozenset[Decimal]:
        """What the source's lines and tables announce: `in millions`."""
        found = {scale_in(line) for line in self.everything.split("\n")}
        known = {*found, *(one.scale for one in self.quantities), self.declared.scale}
        return frozenset(known - {Decimal(1)})

    @cached_property
    def counts(self) -> frozenset[Decimal]:
        return frozenset(count.value for count in counts_in(self.everything))

    @cached_property
    def squeezed(self) -> str:
        """Everything, folded and without spaces: where a literal quote is looked for."""
        return squeezed(self.everything)

    def retrieved(self) -> Retrieved:
        return Retrieved(
            document=self.document,
            page=self.page + 1,
            kind=self.kind,
            chunk_id=self.chunk_id,
            score=self.score,
        )


def with_groups(cell: str) -> str:
    """The text of a cell that is one number, with spaces in it that part no words: `13 647`."""
    return _SPACED.sub("\u00a0", cell)


def squeezed(text: str) -> str:
    """Everything but spaces, folded: `-12.9` is not `129`."""
    return re.sub(r"\s+", "", fold(text))


def plain(markup: str) -> str:
    """Take the markup off: tags, emphasis, headings, entities."""
    text = _TAG.sub(" ", markup)
    return html.unescape(_MARKUP.sub("", text))


def number_sources(chunks: Iterable[Document]) -> list[Source]:
    """Give each chunk its number, from 1, in the order of relevance."""
    kept = list(chunks)
    of_commas = documents_of_commas(kept)
    return [
        Source(number, chunk, is_of_commas=document_of(chunk) in of_commas)
        for number, chunk in enumerate(kept, start=1)
    ]


def documents_of_commas(chunks: Iterable[Document]) -> frozenset[str]:
    """The documents that write 97,3, as far as these chunks of them show it."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for chunk in chunks:
        texts[document_of(chunk)].append(chunk.page_content)
    samples = {document: "\n".join(own)[:LONGEST_SAMPLE] for document, own in texts.items()}
    return frozenset(document for document, text in samples.items() if _is_of_commas(text))


def _is_of_commas(text: str) -> bool:
    shown = has_decimal_comma(text)
    return writes_comma(text) if shown is None else shown


def document_of(chunk: Document) -> str:
    """The name of its document."""
    return str(chunk.metadata.get("source", ""))


@dataclass(frozen=True)
class Evidence:
    """Everything a writer is given for one question."""

    question: str
    language: str
    sources: Sequence[Source]
    failed: Sequence[str] = field(default_factory=tuple)
    """What a check found wrong with the draft before."""
    computed: Sequence[Computed] = ()
    """What was computed for the draft before."""
    drafted: str = ""
    """The draft before, with its markers."""
    last_turn: Sequence[str] = ()
    """The question before this one, and its answer."""

    def source(self, number: int) -> Source | None:
        """The source of that number, None if no such source was given."""
        return self.sources[number - 1] if 1 <= number <= len(self.sources) else None
