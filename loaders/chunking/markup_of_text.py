"""Markdown, HTML and text files straight to markup: no page images, no reader."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import groupby

from loaders.chunking.html_table import write_table
from loaders.chunking.markup import safe
from loaders.chunking.spanned_grid import place
from loaders.chunking.table import Table

PLAIN_SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm", ".xhtml", ".txt", ".csv", ".tsv"})

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?[ \t]+([^\W\d_][^\n]{0,98})$")
_CONTENTS_LINE = re.compile(r"\s*(?:\d+(?:\.\d+)*|[A-Z])\.?\s.*\d\s*$")
_HEAD = re.compile(r"<head\b[^<>]*>.*?</head\s*>", re.IGNORECASE | re.DOTALL)
_FEWEST_TABS = 2


def markup_of_text(text: str, suffix: str) -> list[str]:
    """The markup of a file's pages: form feeds part them, most files have one."""
    kind = suffix.lower()
    if kind in {".csv", ".tsv"}:
        return [_of_rows(text, "\t" if kind == ".tsv" else None)]
    if kind in {".html", ".htm", ".xhtml"}:
        return [_HEAD.sub("", text)]
    source = text if kind != ".txt" else safe(text)
    has_marks = re.search(r"^#{1,6}\s", source, re.MULTILINE) is not None
    pages = source.split("\f")
    return pages if has_marks and kind != ".txt" else [_with_structure(page) for page in pages]


def _of_rows(text: str, delimiter: str | None) -> str:
    sample = text[:4000]
    mark = delimiter or max(",;\t|", key=sample.count)
    rows = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=mark))
    table = Table.from_rows([row for row in rows if any(cell.strip() for cell in row)])
    if not table.height:
        return ""
    return write_table(table.grid, max(table.header_rows, 1 if table.height > 1 else 0))


def _with_structure(text: str) -> str:
    """Numbered lines as headings, lines with tabs as tables: text that lost its Markdown."""
    lines = text.replace("\r\n", "\n").split("\n")
    marked: list[str] = []
    for tabbed, group in ((key, [*some]) for key, some in groupby(lines, _is_tabbed)):
        if tabbed and len(group) > 1 and not _is_contents(group):
            marked += ["", _table(group), ""]
        else:
            marked += group
    return "\n".join(_headings(marked))


def _is_tabbed(line: str) -> bool:
    return line.count("\t") >= _FEWEST_TABS


def _is_contents(lines: list[str]) -> bool:
    return sum(bool(_CONTENTS_LINE.match(line)) for line in lines) * 2 > len(lines)


def _table(lines: list[str]) -> str:
    rows = [[cell.strip().replace("&lt;", "<") for cell in line.split("\t")] for line in lines]
    width = max(index for row in rows for index, cell in enumerate(row) if cell or not index) + 1
    table = Table.from_rows([row[:width] for row in rows])
    return write_table(place(table.raw(0, table.height)), table.header_rows)


def _headings(lines: list[str]) -> Iterator[str]:
    """A numbered line between blank ones is a heading, unless it ends like a contents entry."""
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        match = _NUMBERED.match(line.strip())
        stands_alone = not before.strip() and not after.strip()
        if match and stands_alone and line.strip()[-1] not in ".;,:0123456789":
            yield f"{'#' * min(match[1].count('.') + 1, 6)} {line.strip()}"
        else:
            yield line
