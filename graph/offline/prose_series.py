"""Series in sentences as tables: `Rent was $1.2, $1.3 and $1.5 million in 2019, 2020 and 2021`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.evidence.sources import Source
from graph.offline.table_view import Grid
from loaders.chunking.table import Table
from loaders.text.sentence_splitter import cut

_SCALE = (
    r"(?:thousand|million|billion|percent|Tausend|Millionen|Milliarden|Mio\.?|Mrd\.?|Prozent"
    r"|[万亿])"
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember)"
)
_DAY = rf"(?:{_MONTH} \d{{1,2}}\s*,?\s*|\d{{1,2}}\. {_MONTH} )"
_YEAR = rf"(?:(?:fiscal|FY)\s*)?(?:{_DAY})?(?P<year>(?:19|20)\d\d)年?"
_AMOUNT = (
    r"(?<![\w.,])(?:[$€£¥￥]\s?)?\(?(?!(?:19|20)\d\d\b(?!\s*(?:%|[a-z])))\d[\d,]*(?:\.\d+)?\)?"
    rf"(?:\s?%|\s{_SCALE}\b)?(?:\s?[€元])?"
)


def _listed(item: str) -> re.Pattern[str]:
    """Two or more of a kind, the last after `and`."""
    bare = re.sub(r"\?P<\w+>", "?:", item)
    return re.compile(rf"{bare}(?:\s*,\s*{bare})*\s*,?\s*(?:and|und|sowie|和|及)\s*{bare}")


_AMOUNTS, _YEARS = _listed(_AMOUNT), _listed(_YEAR)
_DATED = rf"(?P<amount>{_AMOUNT})\s+(?:in|for|at|as of|during|im Jahr)\s+{_YEAR}"
_BARE_DATED = re.sub(r"\?P<\w+>", "?:", _DATED)
_IN_TURNS = re.compile(
    rf"{_BARE_DATED}(?:(?:\s*,|\s*,?\s*(?:and|und|compared (?:to|with)))\s*{_BARE_DATED})+"
)
_TWO_YEARS = re.compile(r"\b(?:19|20)\d\d\b.*\b(?:19|20)\d\d\b", re.DOTALL)
_VERB = re.compile(
    r"[\s,:]*\b(?:was|were|is|are|of|totall?ed|amounted to|betrug(?:en)?|war(?:en)?|approximately"
    r"|about|rund|etwa)\s*$|(?:分别)?[为是]\s*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;；]|, (?:and|while|compared)\b|\b(?:which includes?|including)\b")
LONGEST_LABEL = 200


def series_grids(sources: Iterable[Source]) -> Iterator[Grid]:
    """A table of one row for every list of amounts beside a list of as many years."""
    for source in sources:
        for sentence in cut(source.prose):
            if not _TWO_YEARS.search(sentence):
                continue
            for label, years, amounts in _series(sentence):
                unit = re.search(_SCALE, amounts[-1])
                is_shared = unit and not any(re.search(_SCALE, one) for one in amounts[:-1])
                caption = f"in {unit[0]}" if unit and is_shared else ""
                rows = [["", *years], [label, *amounts]]
                yield Grid(
                    source, Table.from_rows(rows, head_rows=1, caption=caption), sentence=sentence
                )


def _series(sentence: str) -> Iterator[tuple[str, list[str], list[str]]]:
    ends = 0
    for dates in _YEARS.finditer(sentence):
        years = [match["year"] for match in re.finditer(_YEAR, dates.group())]
        begins = ends
        for found in _AMOUNTS.finditer(sentence, ends, dates.start()):
            amounts = [match.group() for match in re.finditer(_AMOUNT, found.group())]
            label = _label(sentence[begins : found.start()])
            begins = found.end()
            if len(amounts) == len(years) and label:
                yield label, years, amounts
        ends = dates.end()
    yield from _alternating(sentence)


def _alternating(sentence: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each amount with its year: `was $881 million in 2022, $528 million in 2021`."""
    for found in _IN_TURNS.finditer(sentence):
        pairs = [(one["amount"], one["year"]) for one in re.finditer(_DATED, found.group())]
        if label := _label(sentence[: found.start()]):
            yield label, [year for _, year in pairs], [amount for amount, _ in pairs]


def _label(text: str) -> str:
    """What the amounts are amounts of: the clause before them without its verb."""
    clause = _CLAUSE.split(text)[-1].strip(" ,")
    while (shorter := _VERB.sub("", clause)) != clause:
        clause = shorter
    return clause.strip(" ,")[-LONGEST_LABEL:]
