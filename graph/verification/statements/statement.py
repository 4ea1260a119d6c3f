"""One sentence of an answer: its numbers, its clauses, and the sources that it cites."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from graph.evidence.sources import Evidence, Source
from graph.evidence.table_assembly import whole_tables
from graph.verification.statements.facts import Fact, content_of, facts_of, periods_of
from graph.verification.statements.vocabulary import (
    Vocabulary,
    language_in,
    vocabularies,
    vocabulary_of,
)
from loaders.chunking.markdown_blocks import has_outer_pipe, is_separator, pipe_cells
from loaders.chunking.table import Table
from loaders.text.dates import Date, dates_in
from loaders.text.language_detection import writes_comma
from loaders.text.number_formats import has_decimal_comma
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import Mention, numbers_in

MARKS = re.compile(r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]")
_SENTENCE = re.compile(
    r"[^\n。！？]+?(?:[.!?](?=\s|$)(?:\s*\[[\d\s,;]+\])*|[。！？](?:\s*\[[\d\s,;]+\])*|\n|$)"
)
_SHORTENED = re.compile(r"(?:\b[A-Z]|(?<![\d.,])\d{1,2})\.$")
_CITED = re.compile(r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\](?:\s*\[[\d\s,;]+\])*")
_ITEM = re.compile(r"(?:^[ \t]*|(?<=[,;:] ))(\d{1,2})[.)](?=\s)", re.MULTILINE)
_RANK = re.compile(r"^\s*\|\s*(\d{1,2})\.?\s*\|")
_LISTED = re.compile(r"^[ \t]*(?:[-*•]|\d{1,2}[.)])\s", re.MULTILINE)
_CLAUSE = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[;:；：、()（）–—|]")
ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_JOINED = re.compile(r"\s*(?:[-–—]|[^\W\d_]{1,3})\s*[^\w\s]?\s*")
_ALIKE = 20
_GROUPED = re.compile(r"(?<![\d\u00a0] )(?<![\w.,\u00a0])\d{1,3}(?: \d{3})+(?!\d)")
_CAPITALISED = re.compile(r"(?<!\w)[A-Z][^\W\d_]+ $")
_SPACE = r"[ \u00a0\u202f]"
_ARABIC = str.maketrans({"٫": ".", "٬": ",", "٪": "%"})


@dataclass(frozen=True)
class Statement:
    """A sentence without its markers, and what it is held against."""

    text: str
    sources: Sequence[Source]
    evidence: Evidence
    whole: str = ""
    """The sentence that it is a part of, if each part cites its own source."""
    answer: str = ""
    """The whole answer."""

    @property
    def listed(self) -> int:
        """How many items the lists of the answer have."""
        return len(_LISTED.findall(self.answer))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary_of(self.text, self.evidence.language)

    @cached_property
    def is_denial(self) -> bool:
        """Whether it says that something is not so, or not told."""
        return self.vocabulary.negation.search(fold_in_place(self.text)) is not None

    @cached_property
    def numbers(self) -> list[Mention]:
        """`13,437` is 13.437 where the decimal comma is at home, only."""
        asked = self.evidence.language
        language = language_in(self.text) or ("" if asked == "en" else asked)
        if not language:
            has_comma = has_decimal_comma(self.text) is True
            found = numbers_in(self.text, decimal_comma=has_comma)
            return _ranges(
                self.text,
                [one if one.scale == 1 else replace(one, readings=(one.value,)) for one in found],
            )
        found = numbers_in(self.text, decimal_comma=language not in {"en", "zh"})
        return _ranges(self.text, [self._read(one) for one in found])

    def _read(self, number: Mention) -> Mention:
        """As its language writes numbers; copied from a source, as the source does."""
        written = re.compile(rf"(?<![\d.,]){re.escape(number.text)}(?![\d]|[.,]\d)")
        style = language_in(self.text) not in {"en", "zh"}
        is_copied = any(
            written.search(source.everything)
            and has_decimal_comma(source.everything) is (not style)
            for source in self.sources
        )
        return number if is_copied else replace(number, readings=(number.value,))

    @cached_property
    def around(self) -> list[Source]:
        """What it cites, and what else was given of these documents."""
        documents = {source.document for source in self.sources}
        others = (one for one in self.evidence.sources if one.document in documents)
        return [*self.sources, *others]

    @cached_property
    def tables(self) -> list[Table]:
        """Those of its sources, put together where they were cut."""
        return [whole.table for whole in whole_tables(self.sources)]

    @cached_property
    def facts(self) -> list[Fact]:
        return [fact for source in self.sources for fact in facts_of(source)]

    @cached_property
    def periods(self) -> frozenset[str]:
        """The periods that it names; of a sentence that names none those of the question."""
        return periods_of(self.text) or periods_of(self.evidence.question)

    def periods_around(self, number: Mention) -> frozenset[str]:
        """The periods that hold for a number: what stands in brackets holds there only."""
        asides = [match.span() for match in ASIDE.finditer(self.text)]
        inside = [span for span in asides if span[0] < number.start < span[1]]
        around = ASIDE.sub(" ", self.text)
        own = [periods_of(self.text[start:end]) for start, end in inside]
        return next(filter(None, (*own, periods_of(around))), periods_of(self.evidence.question))

    def clause(self, place: int) -> str:
        """The part of the sentence between two commas in which a place lies."""
        starts = [match.end() for match in _CLAUSE.finditer(self.text, 0, place)]
        end = _CLAUSE.search(self.text, place)
        return self.text[starts[-1] if starts else 0 : end.start() if end else len(self.text)]

    def near(self, number: Mention | Date) -> frozenset[str]:
        """The content words that are nearer to a number than to its neighbours."""
        before = max((one.end for one in self.values if one.end <= number.start), default=0)
        after = min(
            (one.start for one in self.values if one.start >= number.end), default=len(self.text)
        )
        return content_of(f"{self.text[before : number.start]} {self.text[number.end : after]}")

    @cached_property
    def values(self) -> list[Mention]:
        """Its numbers that measure."""
        return measuring(self.text, self.numbers)


def _ranges(text: str, numbers: Sequence[Mention]) -> list[Mention]:
    """`from 5.9 to 5.4 million`: the scale of the second holds for the first, which is as large."""
    found = list(numbers)
    for place, (one, other) in enumerate(pairwise(numbers)):
        is_alike = one.value and _ALIKE > abs(other.value / one.value) > 1 / _ALIKE
        is_bare = one.scale == 1 and not one.percent and not is_period(one)
        if is_bare and is_alike and _JOINED.fullmatch(text[one.end : other.start]):
            found[place] = replace(one, scale=other.scale)
    return found


def measuring(text: str, numbers: Sequence[Mention] | None = None) -> list[Mention]:
    """Those of a text's numbers that measure: no years, no days, no parts of names."""
    dates = dates_in(text)
    return [
        one
        for one in (numbers_in(text) if numbers is None else numbers)
        if not one.in_name
        and not is_period(one)
        and not any(date.start <= one.start < date.end for date in dates)
    ]


def is_period(number: Mention) -> bool:
    """Whether a number is a bare year."""
    return bool(periods_of(number.text)) and number.text.isdigit() and number.scale == 1


def statements(text: str, evidence: Evidence, cited: Sequence[Source]) -> Iterator[Statement]:
    """The sentences of an answer; one without markers is held against all that is cited."""
    for sentence in _sentences(without_list_numbers(_with_heads(text))):
        for part in _cited_parts(sentence):
            marked = [int(n) for mark in MARKS.findall(part) for n in re.findall(r"\d+", mark)]
            near = [source for n in marked if (source := evidence.source(n))] or cited
            near = with_pieces(near, evidence)
            bare = MARKS.sub(" ", part)
            if bare.strip(" \t\n.,;:。"):
                yield Statement(bare, near, evidence, sentence, text)


def with_pieces(sources: Sequence[Source], evidence: Evidence) -> list[Source]:
    """With the other pieces of their tables: who cites a long one cites all of it."""
    cut = {source.table_id for source in sources} - {""}
    others = (one for one in evidence.sources if one.table_id in cut and one not in sources)
    return [*sources, *others]


def _with_heads(text: str) -> str:
    """Each row of a Markdown table as a line that says of each cell what heads it."""
    lines = without_ranks(text).split("\n")
    heads: list[str] = []
    for place, line in enumerate(lines):
        if not has_outer_pipe(line):
            heads = []
            continue
        cells = pipe_cells(line)
        if any(map(is_separator, lines[place + 1 : place + 2])):
            heads, lines[place] = cells, ""
        elif is_separator(line):
            lines[place] = ""
        elif len(cells) == len(heads):
            pairs = zip(heads, cells, strict=True)
            lines[place] = "; ".join(f"{_small(head)} {cell}" for head, cell in pairs if cell)
    return "\n".join(lines)


def without_ranks(text: str) -> str:
    """Take off `1`, `2`, … of a table's first column, as long as they count on."""
    lines, expected = text.split("\n"), 1
    for place, line in enumerate(lines):
        if match := _RANK.match(line):
            expected = expected if int(match[1]) == expected else 1
            if int(match[1]) == expected:
                expected += 1
                lines[place] = "|  |" + line[match.end() :]
        elif not has_outer_pipe(line):
            expected = 1
    return "\n".join(lines)


def _small(head: str) -> str:
    """A head within a sentence: its capital names nobody."""
    return head[:1].lower() + head[1:] if head[1:2].islower() else head


def _cited_parts(sentence: str) -> Iterator[str]:
    """The parts of a sentence that cite each their own source, each with its markers."""
    ends = [match.end() for match in _CITED.finditer(sentence)]
    starts = [0, *ends[:-1]]
    for start, end in zip(starts, [*ends[:-1], len(sentence)], strict=True) if ends else ():
        yield sentence[start:end]
    if not ends:
        yield sentence


def _sentences(text: str) -> Iterator[str]:
    """Cut after full stops, but not after those of `No.` and `5.`, which end nothing."""
    held = ""
    for match in _SENTENCE.finditer(text):
        held += match[0]
        if not _is_shortened(held):
            yield held
            held = ""
    if held:
        yield held


def _is_shortened(text: str) -> bool:
    """Whether a text ends with a letter, a day or a word that a full stop cuts short."""
    last = text[-12:]
    return bool(_SHORTENED.search(last)) or any(
        one.shortened.search(last) for one in vocabularies().values()
    )


def without_list_numbers(text: str) -> str:
    """Take off `1.`, `2.`, … before the items of a list, as long as they count on."""
    expected = 1

    def counted(match: re.Match[str]) -> str:
        nonlocal expected
        if int(match[1]) not in {1, expected}:
            return match[0]
        expected = int(match[1]) + 1
        return ""

    return _ITEM.sub(counted, text)


def joined(text: str, sources: Sequence[Source]) -> str:
    """`41 870` as the one number that a cited source has so, with a space that joins.

    Where one groups by spaces, it is one number too, unless the first digits end a name that a
    source has so: `Zone 3 142,00`.
    """
    is_grouping = writes_comma(text) if _GROUPED.search(text) else False

    def one_number(match: re.Match[str]) -> str:
        value = Decimal(match[0].replace(" ", ""))
        same = re.compile(rf"(?<![\w.,]){_SPACE.join(match[0].split())}(?!\d)")
        is_known = any(
            same.search(source.everything) or any(value in one.readings for one in source.numbers)
            for source in sources
        )
        is_one = is_known or (is_grouping and not _ends_a_name(match, sources))
        return match[0].replace(" ", "\u00a0") if is_one else match[0]

    return _GROUPED.sub(one_number, text)


def _ends_a_name(group: re.Match[str], sources: Sequence[Source]) -> bool:
    """Whether a source has the word before a number with its first digits, and no more of it."""
    word = _CAPITALISED.search(group.string[: group.start()])
    name = (
        rf"(?<!\w){re.escape(word[0])}{group[0].split()[0]}(?![\d.,]*\d| \d{{3}})" if word else ""
    )
    return any(re.search(name, source.everything) for source in sources if name)


def plain_digits(text: str) -> str:
    """Digits of every script as 0 to 9, sign for sign; exponents and notes stay as they are."""
    if text.isascii():
        return text
    signs = [_digit(char, text[place - 1] if place else " ") for place, char in enumerate(text)]
    return "".join(signs).translate(_ARABIC)


def _digit(char: str, before: str) -> str:
    value = unicodedata.digit(char, None)
    if value is None or char.isascii():
        return char
    is_raised = unicodedata.decimal(char, None) is None
    is_attached = before.isalnum() and unicodedata.decimal(before, None) is not None
    if is_raised and (before.isalpha() or is_attached):
        return char
    return str(value)
