"""Words that a narrow cell breaks without a hyphen, because they are wider than it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from loaders.reading.tables.cell_phrases import Phrase
from loaders.reading.tables.table_grid import Grid

FEWEST = 3
"""Lines that end with a space, where a producer prints the spaces at which it breaks."""


def mend_broken(grid: Grid) -> None:
    """Join words that fill their line and go on small in the next one, without a space between.

    That says something only where other lines in the table's cells end with a printed space.
    """
    cells = [cell for cell in grid.cells if cell.columns == 1]
    below_others = [phrase for cell in cells for phrase in cell.phrases[1:]]
    if sum(not phrase.tokens[0].unparted for phrase in below_others) < FEWEST:
        return
    widths: dict[int, float] = {}
    for cell in cells:
        widths[cell.column] = max([widths.get(cell.column, 0.0), *map(width_of, cell.phrases)])
    for cell in cells:
        lines = [list(phrase.tokens) for phrase in cell.phrases]
        pairs = list(pairwise(cell.phrases))
        for number in reversed(range(len(pairs))):
            if goes_on(*pairs[number], widths[cell.column]):
                last, first = lines[number].pop(), lines[number + 1].pop(0)
                lines[number].append(replace(last, text=last.text + first.text))
        cell.phrases = [Phrase(line) for line in lines if line]


def goes_on(above: Phrase, below: Phrase, width: float) -> bool:
    """No space is printed behind the upper line, and no letter more would have had room in it."""
    letter = 1.5 * width_of(above) / len(above.text)
    is_word = above.text[-1].isalpha() and below.text[0].islower() and below.tokens[0].unparted
    return is_word and width - width_of(above) < letter


def width_of(phrase: Phrase) -> float:
    """Points that the line takes."""
    return phrase.box[2] - phrase.box[0]
