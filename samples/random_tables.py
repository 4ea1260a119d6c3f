"""Pages with a table whose truth is known, made by chance from a seed, before any producer sets it.

`samples.producers` prints them in several ways; `python -m tests.benchmarks.reading` reads them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product

from samples.random_words import WORDS, Words

STYLES = ("ruled", "head-ruled", "plain", "banded", "painted")
RAISED = dict(zip("123ab", "¹²³ᵃᵇ", strict=True))


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: its text and the marks that are raised after it."""

    text: str
    mark: str = ""
    span: int = 1
    strong: bool = False
    """Bold, and at the left of what it spans."""

    @property
    def read(self) -> str:
        """The cell as a reader hands it on."""
        return self.text + "".join(RAISED.get(sign, sign) for sign in self.mark)


@dataclass(frozen=True)
class TablePage:
    """A heading, prose, a table, prose; a long table goes on over pages."""

    seed: int
    style: str
    feature: str
    language: str
    heading: str
    prose: str
    rows: list[list[Cell]] = field(default_factory=list)
    head: int = 1

    @property
    def truth(self) -> list[list[str]]:
        """The grid; what spans stands in its first place."""
        return [
            [text for cell in row for text in (cell.read, *[""] * (cell.span - 1))]
            for row in self.rows
        ]

    @property
    def widths(self) -> list[float]:
        """Parts of the width, by what the columns hold."""
        lengths = [
            max(min(30, len(row[column])) for row in self.truth) for column in range(self.width)
        ]
        return [max(7, length) / sum(max(7, each) for each in lengths) for length in lengths]

    @property
    def width(self) -> int:
        return len(self.truth[0])


def table_page(seed: int, feature: str = "") -> TablePage:
    """The page of this seed: features, styles and languages come in turn, in every combination."""
    features = [feature] if feature else list(FEATURES)
    combinations = list(product(features, STYLES, WORDS))
    kind, style, language = combinations[seed * 37 % len(combinations)]
    chance, words = random.Random(seed), WORDS[language]
    head, rows = FEATURES[kind](chance, words)
    heading = f"{words.heads[0]} {2020 + seed % 7}"
    return TablePage(seed, style, kind, language, heading, words.prose, rows, head)


Made = tuple[int, list[list[Cell]]]


def plain(chance: random.Random, words: Words) -> Made:
    """Names and numbers."""
    return 1, [heads(words), *body(chance, words)]


def marks(chance: random.Random, words: Words) -> Made:
    """Raised marks at numbers, labels and heads."""
    rows = [heads(words)]
    rows[0][2] = Cell(f"{words.heads[2]} 2025", chance.choice("ab"))
    for row in body(chance, words):
        label = Cell(row[0].text, chance.choice(["", "", "1", "2"]))
        rows.append(
            [label, *(Cell(c.text, chance.choice(["", "", "", "1", "3"])) for c in row[1:])]
        )
    return 1, rows


def signs(chance: random.Random, words: Words) -> Made:
    """Losses, shares and nothing."""

    def signed(text: str) -> Cell:
        return Cell(chance.choice([text, f"({text})", f"-{text}", f"{text} %", "-"]))

    rows = [[row[0], *(signed(cell.text) for cell in row[1:])] for row in body(chance, words)]
    return 1, [heads(words), *rows]


def units(chance: random.Random, words: Words) -> Made:
    """Units behind the heads, years as heads."""
    first, *rest = heads(words)
    return 1, [
        [first, *(Cell(f"{c.text} ({u})") for c, u in zip(rest, words.units, strict=True))],
        *body(chance, words),
    ]


def years(chance: random.Random, words: Words) -> Made:
    """A statement: years as heads, a sum in the last row."""
    last = chance.randint(2018, 2026)
    rows = body(chance, words)
    rows.append([Cell(words.total), *(number(chance, words) for _ in range(3))])
    return 1, [[Cell(words.heads[0]), *(Cell(str(last - n)) for n in range(3))], *rows]


def groups(chance: random.Random, words: Words) -> Made:
    """Rows with nothing but a name over the rows that they name."""
    rows = body(chance, words, least=6)
    for place, name in zip((len(rows) // 2, 0), words.groups, strict=True):
        rows.insert(place, [Cell(name), *[Cell("")] * 3])
    return 1, [heads(words), *rows]


def sections(chance: random.Random, words: Words) -> Made:
    """Bold names over all columns, each over rows of its own."""
    rows = body(chance, words, least=6)
    for place, name in zip((len(rows) // 2, 0), words.groups, strict=True):
        rows.insert(place, [Cell(name, span=4, strong=True)])
    return 1, [heads(words), *rows]


def uneven(chance: random.Random, words: Words) -> Made:
    """A year over three columns beside one over a single column."""
    year = chance.randint(2018, 2026)
    corner, *names = heads(words)
    top = [corner, Cell(str(year), span=3), Cell(str(year - 1))]
    low = [Cell(""), *names, names[1]]
    return 2, [top, low, *body(chance, words, columns=4)]


def times(chance: random.Random, words: Words) -> Made:
    """Numbers in steps as heads, times below them."""
    first = chance.randint(100, 400)
    rows = [Cell(words.heads[0]), *(Cell(str(first + 2 * n)) for n in range(4))]
    labels = chance.sample(words.labels, chance.randint(4, 6))
    return 1, [
        rows,
        *(
            [
                Cell(label),
                *(
                    Cell(chance.choice(["–", *[f"{6 + 3 * n:02}:{chance.randint(10, 59)}"] * 4]))
                    for n in range(4)
                ),
            ]
            for label in labels
        ),
    ]


def conditions(chance: random.Random, words: Words) -> Made:
    """A datasheet: words in most columns, limits that are not given, rows without any number."""
    rows = []
    for label in chance.sample(words.labels, chance.randint(5, 6)):
        low, high = sorted(chance.sample(range(1, 90), 2))
        limits = [Cell(chance.choice(["", str(low)])), Cell(str(high))]
        rows.append([Cell(label), Cell(chance.choice(words.groups)), *limits, Cell(words.units[0])])
    rows.insert(0, [Cell(words.total), *(Cell(words.groups[n % 2]) for n in range(3)), Cell("-")])
    names = (*words.heads, words.units[2])  # bold: nothing else could tell them from words below
    return 1, [[Cell(name, strong=True) for name in names], *rows]


def unit_column(chance: random.Random, words: Words) -> Made:
    """A unit for each row in a column of its own, often the sign of a currency alone."""
    first, *others, last = heads(words)
    rows = [
        [row[0], Cell(chance.choice(["£", "£", "$", "%", "kg", words.units[1]])), *row[1:]]
        for row in body(chance, words, columns=2, least=5)
    ]
    return 1, [[first, last, *others], *rows]


def two_levels(chance: random.Random, words: Words) -> Made:
    """Two names over two columns each."""
    top = [Cell(words.heads[0]), Cell(words.groups[0], span=2), Cell(words.groups[1], span=2)]
    low = [Cell(""), *(Cell(str(2024 - n % 2)) for n in range(4))]
    return 2, [top, low, *body(chance, words, columns=4)]


def long_labels(chance: random.Random, words: Words) -> Made:
    """Labels of several lines."""
    rows = body(chance, words)
    rows[1][0] = Cell(f"{words.long[0]} ({rows[1][0].text})")
    rows[3][0] = Cell(f"{words.long[1]} ({rows[3][0].text})")
    return 1, [heads(words), *rows]


def sentences(chance: random.Random, words: Words) -> Made:
    """A table of text alone, whose cells take several lines."""
    labels = chance.sample(words.labels, chance.randint(3, 5))
    said = [chance.choice(words.long) for _ in labels]
    rows = [
        [Cell(label), Cell(text), Cell(chance.choice(words.groups))]
        for label, text in zip(labels, said, strict=True)
    ]
    return 1, [[Cell(words.heads[n]) for n in range(3)], *rows]


def gaps(chance: random.Random, words: Words) -> Made:
    """Cells that are empty, and a last column of words."""
    rows = body(chance, words, columns=2)
    for row in rows:
        row.append(Cell(chance.choice(["", "", chance.choice(words.groups)])))
    rows[chance.randrange(len(rows))][1] = Cell("")
    return 1, [heads(words), *rows]


def long(chance: random.Random, words: Words) -> Made:
    """More rows than a page holds."""
    rows = [
        [
            Cell(f"{words.labels[n % len(words.labels)]} {n + 1}"),
            *(number(chance, words) for _ in range(3)),
        ]
        for n in range(chance.randint(60, 80))
    ]
    return 1, [heads(words), *rows]


FEATURES: dict[str, Callable[[random.Random, Words], Made]] = {
    "none": plain,
    "marks": marks,
    "signs": signs,
    "units": units,
    "years": years,
    "groups": groups,
    "sections": sections,
    "two-levels": two_levels,
    "uneven": uneven,
    "times": times,
    "conditions": conditions,
    "unit-column": unit_column,
    "long-labels": long_labels,
    "sentences": sentences,
    "gaps": gaps,
    "over-pages": long,
}


def heads(words: Words) -> list[Cell]:
    """Names of four columns."""
    return [Cell(text) for text in words.heads]


def body(
    chance: random.Random, words: Words, *, columns: int = 3, least: int = 4
) -> list[list[Cell]]:
    """Labels with numbers beside them."""
    labels = chance.sample(words.labels, chance.randint(least, 6))
    return [[Cell(label), *(number(chance, words) for _ in range(columns))] for label in labels]


def number(chance: random.Random, words: Words) -> Cell:
    """A number as the language groups it."""
    return Cell(f"{chance.randint(1, 10 ** chance.randint(2, 6)):,}".replace(",", words.grouping))
