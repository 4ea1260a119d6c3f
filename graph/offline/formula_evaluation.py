"""Figures derived by a formula from lines that tables print, each looked up in its year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, DivisionByZero, InvalidOperation

from graph.offline.header_matching import Match, matches, terms_of
from graph.offline.table_view import Cell, Grid
from graph.query.formulas import (
    Formula,
    Line,
    Node,
    Step,
    instead_of,
    is_cost,
    is_stock,
    synonyms,
)
from loaders.text.tokenizer import fold, is_year, keys

LEAST_FIT = 0.72


@dataclass
class Derivation:
    """One formula worked out on the tables of one question."""

    grids: Sequence[Grid]
    year: int | None
    used: list[Cell] = field(default_factory=list)
    scaled: bool = False
    """Whether the lines are in different scales, so that thousands and millions are written out."""

    def work_out(self, formula: Formula) -> tuple[Decimal, str] | None:
        """The value and the expression with numbers in place; None if a line is not found."""
        try:
            result = self._node(formula.node)
            if self._scales_differ():
                self.scaled, self.used = True, []
                result = self._node(formula.node)
        except (LookupError, DivisionByZero, InvalidOperation):
            return None
        return result

    def _scales_differ(self) -> bool:
        """Whether lines are in different scales; a table that is silent has that of the others."""
        return len({_scale(cell) for cell in self.used} - {Decimal(1)}) > 1

    def _node(self, node: Node) -> tuple[Decimal, str]:
        if isinstance(node, Decimal):
            return node, format(node, "f")
        if isinstance(node, Line):
            return self._line(node)
        left, left_text = self._node(node.left)
        right, right_text = self._node(node.right)
        if node.sign in "*/":
            left_text, right_text = _wrapped(node.left, left_text), _wrapped(node.right, right_text)
        sign = "×" if node.sign == "*" else node.sign
        return _apply(node, left, right), f"{left_text} {sign} {right_text}"

    def _line(self, line: Line) -> tuple[Decimal, str]:
        year = line.year or self.year
        now, now_text = self._value(line.name, year)
        if line.mode == "value":
            return now, now_text
        if year is None:
            raise LookupError(line.name)
        before, before_text = self._value(line.name, year - 1)
        if line.mode == "change":
            return now - before, f"({now_text} - {before_text})"
        return (now + before) / 2, f"(({before_text} + {now_text}) / 2)"

    def line(self, name: str, year: int | None) -> Cell | None:
        """The cell of a printed line, under whichever of its names the tables have it.

        A statement has it rather than a table of a part: the tax on inventories names them too.
        """
        stocks = is_stock(name)
        grids = [grid for grid in self.grids if not (stocks and grid.is_of_flows)]
        statements = [grid for grid in grids if grid.is_statement and not grid.is_of_parent]
        for among, begins in ((statements, False), (statements, True), (grids, False)):
            for synonym in synonyms(name):
                found = [
                    (cell, grid.is_statement)
                    for grid in among
                    if (cell := find_line(grid, synonym, year, begins=begins))
                ]
                if found:
                    return _commonest(found)
        return None

    def _value(self, name: str, year: int | None) -> tuple[Decimal, str]:
        cell = self.line(name, year)
        if cell is not None and cell.cell.quantity:
            self.used.append(cell)
            value = cell.cell.quantity.amount if self.scaled else cell.cell.quantity.value
            value = abs(value) if is_cost(name) else value
            return value, _shown(value)
        node = instead_of(name)
        if node is None:
            raise LookupError(name)
        standing, self.year = self.year, year
        value, text = self._node(node)
        self.year = standing
        return value, f"({text})"


def _value(cell: Cell) -> Decimal:
    return cell.cell.quantity.value if cell.cell.quantity else Decimal(0)


def _scale(cell: Cell) -> Decimal:
    return cell.cell.quantity.scale if cell.cell.quantity else Decimal(1)


def find_line(grid: Grid, name: str, year: int | None, *, begins: bool = False) -> Cell | None:
    """The cell of a printed line in a year (the latest without one), if the table has it.

    With `begins` the line is the one that begins with the name: `Depreciation of property and …`.
    """
    best = _rows_that_begin(grid, name) if begins else _best_rows(grid, name)
    if not best:
        return None
    cells = [
        grid.cell(cell)
        for cell in grid.cells.values()
        if cell.quantity and not cell.quantity.percent and cell.row in best
    ]
    dated = {_year(cell.cell.column_path) for cell in cells} - {0}
    if year is None:
        year = max(dated, default=None)
    if year is None or year not in dated:
        is_of_the_year = len(cells) == 1 and str(year) in grid.source.document
        return cells[0] if cells and not dated and (year is None or is_of_the_year) else None
    in_year = [cell for cell in cells if _year(cell.cell.column_path) == year]
    return in_year[0] if in_year else None


def _best_rows(grid: Grid, name: str) -> set[int]:
    terms = [replace(term, meant=frozenset()) for term in terms_of(name)]  # names are as printed
    found: list[Match] = [
        match
        for match in matches(terms, grid.leaves)
        if match.fit >= LEAST_FIT and len(match.places) == len(terms)
    ]
    if not found:
        return set()
    best = found[0].fit
    return {match.label.index for match in found if match.fit >= best - 0.01}


def _rows_that_begin(grid: Grid, name: str) -> set[int]:
    """One row alone, and a name that says more than a word."""
    begin = fold(name)
    found = {
        label.index
        for label in grid.leaves
        if fold(label.path[-1]).startswith((f"{begin} ", f"{begin},"))
    }
    return found if len(found) == 1 and " " in begin else set()


def _commonest(found: Sequence[tuple[Cell, bool]]) -> Cell:
    """Tables repeat a statement's lines: the value that most give; at a tie the largest.

    Of the tables that give it, the statement itself is the best to cite.
    """
    counts = Counter(_value(cell) for cell, _ in found)
    most = max(counts.values())
    often = [cell for cell, _ in found if counts[_value(cell)] == most]
    value = _value(max(often, key=lambda cell: abs(_value(cell))))
    same = [(cell, is_statement) for cell, is_statement in found if _value(cell) == value]
    return next((cell for cell, is_statement in same if is_statement), same[0][0])


def _year(path: Sequence[str]) -> int:
    found = [key for part in path for key in keys(part) if is_year(key)]
    return int(found[-1]) if found else 0


def _apply(step: Step, left: Decimal, right: Decimal) -> Decimal:
    if step.sign == "+":
        return left + right
    if step.sign == "-":
        return left - right
    return left * right if step.sign == "*" else left / right


def _shown(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return f"({text})" if value < 0 else text


def _wrapped(node: Node, text: str) -> str:
    return f"({text})" if isinstance(node, Step) and node.sign in "+-" else text
