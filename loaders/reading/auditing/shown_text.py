"""Markup as the words that a person would see: no tags, no LaTeX commands, no Markdown signs."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from loaders.chunking.html_table import read_tables

_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>", re.DOTALL)
_LATEX_LAYOUT = re.compile(
    r"\\\\\[[^\]]*\]|\\[hv]space\*?\{[^}]*\}|\\(?:begin|end)\{[^}]*\}(?:\{[lcr|@{} ]*\})?"
)
_LATEX_WORD = re.compile(r"\\(?:text|math|operator)[a-z]*\{([^{}]*)\}")
_LATEX_COMMAND = re.compile(r"\\[a-zA-Z]+|[{}^_$\\]")
_MATH = re.compile(r"\$\$.*?\$\$|\$[^$\n]{1,400}\$|\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)


class ShownCell(NamedTuple):
    """A table cell's text, and whether the cell is several rows tall."""

    text: str
    is_tall: bool


def shown_text(markup: str) -> str:
    """Return what the markup shows: a space for every tag, formulas reduced to their signs."""
    return _without_formulas(html.unescape(_TAG.sub(" ", markup)))


def table_rows(markup: str) -> list[list[ShownCell]]:
    """Return the cells of every table row."""
    return [
        [ShownCell(_without_formulas(cell.text), cell.rowspan > 1) for cell in row]
        for _, _, table in read_tables(markup)
        for row in table.rows
    ]


def _without_formulas(text: str) -> str:
    return _MATH.sub(lambda formula: _formula_text(formula[0]), text)


def _formula_text(formula: str) -> str:
    text = _LATEX_LAYOUT.sub(" ", formula)
    text = text.replace(r"\%", "%").replace("{,}", ",").replace(r"\,", " ")
    return _LATEX_COMMAND.sub(" ", _LATEX_WORD.sub(r" \1 ", text))
