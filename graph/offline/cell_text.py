"""How a cell is said: its value as people say it, and the place that tells it from others."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from graph.answer import CellReference
from graph.draft import Use
from graph.generation.messages import amount
from graph.offline.table_view import Cell
from graph.table_qa.arithmetic import written
from loaders.text.tokenizer import fold, keys

Path = tuple[str, ...]

_FOOTNOTE = re.compile(r"(?<=[\d%)])\s*(?:\[\^?\w{1,3}\]|[*†‡§#]{1,4}|[¹²³⁰⁴-⁹ᵃ-ᶻ]{1,3})\s*$")
_PLAIN = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-–—−+])?\s*(?P<money>[$€£¥￥])?\s*(?P<inner>\()?"
    r"\s*(?P<sign2>[-–—−])?\s*"
    r"(?P<number>\d[\d.,'’\s]*\d|\d)\s*(?P<percent>%)?\s*(?P<close>\))?\s*(?P<percent2>%)?"
)
_REFERENCE = re.compile(r"^(?:notes?|anm(?:erkung)?\.?|anhang|ziffer|nr\.?|附注)(?: no\.?)?$")
_UNIT = re.compile(r"[(（][^()（）]+[)）]")
_CURRENCY = re.compile(
    r"[$€£¥￥元]|\b(?:usd|eur|euros?|gbp|cny|rmb|chf|dollars?|pounds?|yuan)\b", re.IGNORECASE
)


def spoken(cell: Cell, language: str) -> str:
    """A cell's value without its footnote mark, with the currency and scale that head it."""
    text = _FOOTNOTE.sub("", " ".join(cell.cell.text.split()))
    quantity = cell.cell.quantity
    if quantity is None or quantity.is_year:
        return text
    match = _PLAIN.fullmatch(text)
    if not match:
        return text if "%" in text or not quantity.percent else f"{text}%"
    signs = f"{match['sign'] or ''}{match['sign2'] or ''}"
    negative = quantity.value < 0
    sign = "-" if negative else "+" if "+" in signs else ""
    number = f"{sign}{match['number']}"
    if quantity.percent:
        return f"{number}%"
    currency, scale = quantity.currency, written(quantity.scale)
    if _is_reference(cell):
        return number
    if not match["money"] and _has_other_unit(cell):
        currency = ""
    return amount(number, currency, scale, language)


def _is_reference(cell: Cell) -> bool:
    """Whether a number points to a note and measures nothing."""
    return any(_REFERENCE.match(fold(part).strip()) for part in cell.cell.column_path[-1:])


def _has_other_unit(cell: Cell) -> bool:
    """Whether a label brings a unit of its own that is no money: `Output (tonnes)`."""
    labels = (*cell.cell.row_path[-1:], *cell.cell.column_path[-1:])
    units = [unit for label in labels for unit in _UNIT.findall(label)]
    return bool(units) and not any(_CURRENCY.search(unit) for unit in units)


def unsaid(cell: Cell, sentence: str) -> str:
    """What a sentence leaves out of the labels that lead to a cell; empty if it has them all."""
    said = set(keys(sentence))
    missing = [
        part
        for part in (*cell.cell.row_path[-1:], *cell.cell.column_path)
        if not _is_said(part, said)
    ]
    return " › ".join(missing)


def _is_said(label: str, said: Collection[str]) -> bool:
    bare = _UNIT.sub(" ", label)
    return all(key in said for key in keys(bare) if len(key) > 2 or key.isdigit())


def varying(cell: Cell, rows: set[Path], columns: set[Path]) -> str:
    """The part of a cell's place in which it differs from the others."""
    parts = []
    if len(rows) > 1:
        parts.append(_differing(cell.cell.row_path, rows))
    if len(columns) > 1:
        parts.append(_differing(cell.cell.column_path, columns))
    return ", ".join(part for part in parts if part) or cell.cell.text


def _differing(path: Path, others: set[Path]) -> str:
    """The last element if it tells the paths apart, else the elements that they do not share."""
    leaves = {other[-1] for other in others if other}
    if path and len(leaves) == len(others):
        return path[-1]
    shared = set.intersection(*(set(other) for other in others))
    return " › ".join(part for part in path if part not in shared) or " › ".join(path)


def constant(cell: Cell, rows: set[Path], columns: set[Path]) -> str:
    """The part of a cell's place that it shares with the others."""
    parts = []
    if len(rows) == 1 and cell.cell.row_path:
        parts.append(cell.cell.row_path[-1])
    if len(columns) == 1:
        parts.append(" › ".join(cell.cell.column_path))
    elif columns and all(columns):
        shared = set.intersection(*(set(column) for column in columns))
        parts.append(" › ".join(part for part in cell.cell.column_path if part in shared))
    return ", ".join(part for part in parts if part)


def paths(cells: Sequence[Cell]) -> tuple[set[Path], set[Path]]:
    """The places of cells, by rows and by columns."""
    return {cell.cell.row_path for cell in cells}, {cell.cell.column_path for cell in cells}


def markers_of(cells: Sequence[Cell]) -> tuple[int, ...]:
    """The numbers of the sources that cells stand in: a table may have been cut into several."""
    return tuple(dict.fromkeys(cell.source.number for cell in cells))


def marked(cells: Sequence[Cell]) -> str:
    """The markers of the sources that cells stand in."""
    return "".join(f"[{marker}]" for marker in markers_of(cells))


def use(cell: Cell) -> Use:
    """What a draft takes from a source that takes this cell; a chart's number has no cell."""
    if cell.printed:
        return Use(marker=cell.source.number, quote=cell.printed)
    return Use(marker=cell.source.number, quote=cell.line, cell=reference(cell))


def reference(cell: Cell) -> CellReference:
    """The cell by its place."""
    return CellReference(row=cell.cell.row_path, column=cell.cell.column_path, value=cell.cell.text)


def in_unit_of(cells: Sequence[Cell], number: str, language: str) -> str:
    """A result in the currency and scale that its operands share."""
    quantities = [cell.cell.quantity for cell in cells if cell.cell.quantity]
    currencies = {quantity.currency for quantity in quantities}
    scales = {quantity.scale for quantity in quantities}
    if len(currencies) != 1 or len(scales) != 1 or any(map(_has_other_unit, cells)):
        return number
    return amount(number, "".join(currencies), written(max(scales)), language)
