"""Reads pages that producers print from random truth: exact tables, cells, numbers lost in silence.

python -m tests.benchmarks.reading --seeds 64 --first 1000
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.chunking.chunks import make_chunks
from loaders.chunking.markup import parse_markup
from loaders.chunking.table import Table
from loaders.reading.auditing.numerals import numerals
from samples.producers import producers
from samples.random_tables import TablePage, table_page
from tests.read_back import ReadPage, read_here

ALIKE = str.maketrans("’‒", "'–")
"""Signs that fonts draw as one, and whose codes they mix up."""
CHINESE_SPACE = re.compile(r"(?<=[\u3000-\u9fff]) | (?=[\u3000-\u9fff])")


def plain(text: str) -> str:
    """As it is compared: one kind of space, quote and dash, no space beside Chinese signs."""
    return CHINESE_SPACE.sub("", " ".join(text.translate(ALIKE).split()))


def judged(
    truth: TablePage, read: Sequence[ReadPage], joined: Sequence[Table] = ()
) -> Counter[str]:
    """What became of one document; `joined` are its tables if they run over pages."""
    tables = list(joined) or [block.table for page in read for block in page.blocks if block.table]
    best = max(tables, key=lambda table: table.height, default=None)
    rows = [[plain(cell) for cell in row] for row in best.rows] if best else []
    wanted = [[plain(cell) for cell in row] for row in truth.truth]
    right = sum(
        cell == other
        for row, line in zip(wanted, rows, strict=False)
        for cell, other in zip(row, line, strict=False)
    )
    text = " ".join(page.text for page in read)
    cells = [cell for page in read for table in page.tables for row in table for cell in row]
    printed = forms_in(cell for row in wanted for cell in row)
    told = any(page.audit.missing_numbers or page.audit.novel_numbers for page in read)
    lost = (printed - forms_in([text, *cells])).total()
    words = Counter(f"{truth.prose} {truth.prose}".split()) - Counter(plain(text).split())
    return Counter(
        pages=1,
        exact=int(rows == wanted and len(tables) == 1),
        head=int(best is not None and best.header_rows == truth.head),
        cells=sum(map(len, wanted)),
        right=right,
        words=words.total() if truth.language != "zh" else 0,
        lost=lost,
        silent=0 if told else lost,
    )


def forms_in(texts: Iterable[str]) -> Counter[str]:
    """The numbers that stand in the texts, each text by itself."""
    return Counter(number.form for text in texts for number in numerals(text))


def joined_tables(read: Sequence[ReadPage]) -> list[Table]:
    """The tables of the document's chunks, after what goes on over a page was joined."""
    found = [
        block.table
        for chunk in make_chunks("read", (page.reading for page in read))
        for block in parse_markup(f"<chunk>{chunk.page_content}</chunk>")
        if block.table
    ]
    return merged(found)


def merged(tables: Sequence[Table]) -> list[Table]:
    """A table that was cut into chunks for its length, whole: each has its header again."""
    if len(tables) < 2 or len({tuple(map(tuple, t.rows[: t.header_rows])) for t in tables}) > 1:
        return list(tables)
    first = tables[0]
    rows = first.rows[: first.header_rows] + [
        row for table in tables for row in table.rows[table.header_rows :]
    ]
    return [Table.from_rows(rows, head_rows=first.header_rows)]


def main() -> None:
    """Print a line for each producer, style, feature and language, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=64)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", default="", help="producers, apart by commas")
    parser.add_argument("--each", action="store_true", help="name the pages that are not exact")
    given = parser.parse_args()
    tallies: dict[str, Counter[str]] = {}
    chosen = {n: m for n, m in producers().items() if not given.only or n in given.only.split(",")}
    with TemporaryDirectory() as folder:
        for seed in range(given.first, given.first + given.seeds):
            truth = table_page(seed)
            for name, make in chosen.items():
                path = Path(folder) / f"{seed}-{name}.pdf"
                if not make(truth, path):
                    continue
                read = read_here(path)
                found = judged(truth, read, joined_tables(read) if len(read) > 1 else ())
                kind = (name, truth.style, truth.feature, truth.language, "all")
                for key in kind:
                    tallies.setdefault(key, Counter()).update(found)
                if given.each and not (found["exact"] and found["head"] and not found["words"]):
                    shown = [page.tables for page in read]
                    sys.stdout.write(f"{seed} {kind} {dict(found)}\n  {truth.truth}\n  {shown}\n")
    for key, tally in tallies.items():
        sys.stdout.write(line(key, tally))


def line(key: str, tally: Counter[str]) -> str:
    """One row of figures."""
    pages = tally["pages"]
    return (
        f"{key:12} pages {pages:4}  exact {tally['exact'] / pages:.3f}"
        f"  heads {tally['head'] / pages:.3f}  cells {tally['right'] / tally['cells']:.3f}"
        f"  words lost {tally['words']}  numbers lost {tally['lost']}"
        f"  in silence {tally['silent']}\n"
    )


if __name__ == "__main__":
    main()
