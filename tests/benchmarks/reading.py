"""Reads pages that producers print from random truth: exact tables, cells, numbers lost in silence.

python -m tests.benchmarks.reading --seeds 64 --first 1000
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.reading.auditing.numerals import numerals
from samples.producers import producers
from samples.random_tables import TablePage, table_page
from tests.read_back import ReadPage, read_back


def judged(truth: TablePage, read: ReadPage) -> Counter[str]:
    """What became of one page."""
    tables = read.tables
    rows = tables[0] if len(tables) == 1 else []
    wanted = truth.truth
    right = sum(
        cell == other
        for row, line in zip(wanted, rows, strict=False)
        for cell, other in zip(row, line, strict=False)
    )
    printed = Counter(number.form for row in wanted for c in row for number in numerals(c))
    said = Counter(number.form for number in numerals(read.text))
    told = len(read.audit.missing_numbers) + len(read.audit.novel_numbers)
    lost = (printed - said).total()
    return Counter(
        pages=1,
        exact=int(rows == wanted),
        cells=sum(map(len, wanted)),
        right=right,
        lost=lost,
        silent=lost if not told else 0,
    )


def main() -> None:
    """Print a line for each producer, style and feature, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=64)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--each", action="store_true", help="name the pages that are not exact")
    given = parser.parse_args()
    tallies: dict[str, Counter[str]] = {}
    with TemporaryDirectory() as folder:
        for seed in range(given.first, given.first + given.seeds):
            truth = table_page(seed)
            for name, make in producers().items():
                path = Path(folder) / f"{seed}-{name}.pdf"
                make(truth, path)
                (read,) = read_back(path, [0])
                found = judged(truth, read)
                for key in (name, truth.style, truth.feature, "all"):
                    tallies.setdefault(key, Counter()).update(found)
                if given.each and not found["exact"]:
                    told = (seed, name, truth.style, truth.feature, truth.truth, read.tables)
                    sys.stdout.write(f"{told}\n")
    for key, tally in tallies.items():
        sys.stdout.write(
            f"{key:12} pages {tally['pages']:4}  exact {tally['exact'] / tally['pages']:.3f}"
            f"  cells {tally['right'] / tally['cells']:.3f}  numbers lost {tally['lost']}"
            f"  in silence {tally['silent']}\n"
        )


if __name__ == "__main__":
    main()
