"""Figures looked up and computed: what tables can answer without a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from graph.answer import Computed
from graph.asking.operations import (
    Wish,
    bound_of,
    operation_of,
    ranking_of,
    wants_prose,
    wish_of,
)
from graph.asking.words import fold, is_year, keys
from graph.checking.evidence import Evidence
from graph.tables.arithmetic import Operand, Operation, Result, compute, rounded, written
from graph.tables.cells import Cell, Grid, Lookup, enumerated, grids_of, is_named, look_up
from graph.tables.derived import Derivation, find_line
from graph.tables.formulas import Formula, formula_of, line_in
from graph.tables.labels import Match, Term, terms_of
from graph.writing.phrases import knows, listed, say, statement
from graph.writing.writer import Draft, Use
from loaders.chunking.values import parse_quantity

_OPERATION_WORD = re.compile(
    r"total|sum|average|mean|change|increase|decrease|growth|difference|ratio|percent|%"
    r"|rate|share|margin"
    r"|合计|平均|率|比|增"
)
_TOTAL = re.compile(
    r"^(?:sub)?total|\btotal$|^sum\b|^summe|^gesamt|^overall|^average|合计|总计|小计|总额|平均"
)
_EACH = re.compile(r"\b(?:each|every|all|jede[rsn]?|alle)\b|各|每")
MOST_OPERANDS = 8


@dataclass(frozen=True)
class Figures:
    """The tables of the evidence, and what the question wants of them."""

    evidence: Evidence

    @property
    def question(self) -> str:
        return self.evidence.question

    @cached_property
    def terms(self) -> list[Term]:
        return terms_of(self.question)

    @cached_property
    def grids(self) -> list[Grid]:
        return grids_of(self.evidence.sources)

    @cached_property
    def known(self) -> frozenset[str]:
        """The words of the documents' names, which tables do not repeat."""
        return frozenset(key for source in self.evidence.sources for key in keys(source.document))

    @cached_property
    def wish(self) -> Wish:
        return wish_of(self.question)

    @cached_property
    def _prose(self) -> bool:
        return wants_prose(self.question)

    @cached_property
    def lookups(self) -> list[Lookup]:
        """What the question names in the tables, the best first, without what it does not mean."""
        found = look_up(self.terms, self.grids, self.known)
        return [item for item in found if not any(is_named(term) for term in item.missing)]

    def draft(self) -> Draft | None:
        """The answer that the tables give; None if they give none with confidence."""
        attempts = (
            self._derived,
            self._counted,
            self._ranked,
            self._line_first,
            self._computed,
            self._looked_up,
            self._printed,
        )
        for attempt in attempts:
            if draft := attempt():
                return draft
        return None

    # --- a formula ----------------------------------------------------------------------------

    def _derived(self) -> Draft | None:
        formula = formula_of(self.question)
        if formula is None or self._prints(formula.name):
            return None
        years = sorted({int(term.key) for term in self.terms if is_year(term.key)})
        wanted = years if operation_of(self.question) in {"change", "difference"} else years[-1:]
        asked: list[int | None] = [*wanted] or [None]
        worked = [(year, Derivation(self.grids, year)) for year in asked]
        results = [(year, work, work.work_out(formula)) for year, work in worked]
        if not results or any(result is None for _, _, result in results):
            return None
        if formula.name and self._names_unknown():
            return None
        parts: list[str] = []
        uses: list[Use] = []
        computed: list[Computed] = []
        for year, work, result in results:
            assert result is not None
            value = self._derived_text(result[0], formula)
            markers = tuple(dict.fromkeys(cell.source.number for cell in work.used))
            shown = "".join(f"[{marker}]" for marker in markers)
            label = " ".join(part for part in (formula.name, str(year or "")) if part)
            expression = result[1] + (" × 100" if value.endswith("%") else "")
            if "/" in expression and " × 100" in expression and not formula.percent:
                expression = result[1]
            language = self.evidence.language
            text = say(
                "computed", language, label=label or "=", expression=expression, result=value
            )
            parts.append(f"{text} {shown}")
            uses.extend(_use(cell) for cell in work.used)
            computed.append(Computed(expression, value, markers))
        return Draft(" ".join(parts), list(dict.fromkeys(uses)), computed)

    def _line_first(self) -> Draft | None:
        """A statement's line, if no table row fits the question better than its synonyms do."""
        rows = [item.rows[0] for item in self.lookups[:3] if item.rows and item.columns]
        is_named_exactly = any(row.fit >= 0.95 for row in rows)
        return None if is_named_exactly else self._printed()

    def _printed(self) -> Draft | None:
        """A line of a statement under another of its names, or computed from two of its years."""
        name = line_in(self.question)
        if not name or self._prose or self._names_unknown():
            return None
        years = sorted({int(term.key) for term in self.terms if is_year(term.key)})
        operation = operation_of(self.question)
        if operation in {"change", "percent_change"} and len(years) == 1:
            years = [years[0] - 1, years[0]]
        asked: list[int | None] = [*years] or [None]
        cells = [cell for year in asked if (cell := self._line(name, year))]
        if not cells or len(cells) < len(years):
            return None
        result = self._result(operation, cells) if operation and len(cells) > 1 else None
        if operation and result:
            return self._result_draft(operation, cells, result)
        return self._single(cells[0]) if len(cells) == 1 and not operation else None

    def _line(self, name: str, year: int | None) -> Cell | None:
        return Derivation(self.grids, year).line(name, year)

    def _derived_text(self, value: Decimal, formula: Formula) -> str:
        wish = self.wish
        percent = formula.percent and (wish.percent or (wish.decimals or 0) < 3)
        if percent:
            return f"{written(rounded(value * 100, wish.decimals or 2), keep=True)}%"
        decimals = wish.decimals if wish.decimals is not None else 2
        return written(rounded(value, decimals), keep=True)

    def _prints(self, name: str) -> bool:
        """Whether a table prints the figure itself."""
        return bool(name) and any(
            find_line(grid, name, None) is not None for grid in self.grids[:6]
        )

    def _names_unknown(self) -> bool:
        """Whether the question names something that no source mentions; abbreviations aside."""
        return any(
            is_named(term) and not term.text.isupper() and not self._is_anywhere(term)
            for term in self.terms
        )

    def _is_anywhere(self, term: Term) -> bool:
        return any(
            term.key in source.keys or any(term.key in key for key in keys(source.document))
            for source in self.evidence.sources
        )

    # --- one cell, or several that the question lists -----------------------------------------

    def _looked_up(self) -> Draft | None:
        if draft := self._each():
            return draft
        confident = [item for item in self.lookups if self._is_confident(item)]
        empty: Cell | None = None
        for item in confident[:4]:
            cells = self._listed_cells(item)
            filled = [cell for cell in cells if not cell.is_empty]
            if filled and not (self._prose and filled[0].cell.quantity):
                return self._cell_draft(filled, item)
            empty = empty or next(iter(cells), None)
        return self._empty_draft(empty) if empty and not self._prose else None

    def _each(self) -> Draft | None:
        """A whole column, when the question asks for each of its rows."""
        if not _EACH.search(fold(self.question)):
            return None
        for item in self.lookups[:3]:
            if item.columns and not item.rows and item.covered >= 0.6 and item.fit >= 0.6:
                cells = _numeric(self._candidates(item))
                if 2 <= len(cells) <= MOST_OPERANDS:
                    return self._cell_draft(cells, item)
        return None

    def _is_confident(self, item: Lookup) -> bool:
        if not item.rows or not item.columns:
            return bool(item.rows) and self._has_one_column(item) and item.fit >= 0.6
        return item.fit >= 0.4 and item.covered >= 0.6

    def _has_one_column(self, item: Lookup) -> bool:
        return len(item.grid.data_columns) == 1 and item.covered >= 0.75

    def _listed_cells(self, item: Lookup) -> list[Cell]:
        rows = enumerated(item.rows, item.terms, self.question)
        columns = enumerated(item.columns, item.terms, self.question)
        if not columns:
            return [
                cell
                for row in rows
                for label in row.labels[:1]
                if (cell := item.grid.at(label.index, item.grid.data_columns[0]))
            ]
        return _crossing(item.grid, rows, columns)

    def _cell_draft(self, cells: Sequence[Cell], item: Lookup) -> Draft:
        language = self.evidence.language
        marker = item.grid.source.number
        if len(cells) == 1:
            return self._single(cells[0])
        rows = {cell.cell.row_path for cell in cells}
        columns = {cell.cell.column_path for cell in cells}
        shown = [
            f"{self._value(cell)} ({_varying(cell, rows, columns)})"
            for cell in cells[:MOST_OPERANDS]
        ]
        label = _constant(cells[0], rows, columns)
        text = say(
            "cell", language, label=label or item.grid.source.caption, value=listed(shown, language)
        )
        return Draft(f"{text} [{marker}]", [_use(cell) for cell in cells[:MOST_OPERANDS]])

    def _single(self, cell: Cell) -> Draft:
        language, marker = self.evidence.language, cell.source.number
        value, computed = self._value(cell), []
        if converted := self._converted(cell):
            value = f"{value} = {converted.result}"
            computed = [converted]
        row, column = " › ".join(cell.cell.row_path), " › ".join(cell.cell.column_path)
        sentence = statement(self.question, value, language)
        place = f" ({', '.join(part for part in (row, column) if part)})"
        if sentence:
            end = sentence[-1]
            text = f"{sentence[:-1]}{place}{end}"
        else:
            label = ", ".join(part for part in (column, row) if part)
            text = say("cell", language, label=label, value=value)
        return Draft(f"{text} [{marker}]", [_use(cell)], computed)

    def _value(self, cell: Cell) -> str:
        text = " ".join(cell.cell.text.split())
        quantity = cell.cell.quantity
        if quantity is None:
            return text
        if quantity.percent and "%" not in text:
            text += "%"
        scale = written(quantity.scale)
        if (
            quantity.scale != 1
            and knows(scale, self.evidence.language)
            and text.strip("$€£() ")[-1:].isdigit()
        ):
            text += f" ({say(scale, self.evidence.language)})"
        return text

    def _converted(self, cell: Cell) -> Computed | None:
        """The value in the scale that the question asks for."""
        quantity, scale = cell.cell.quantity, self.wish.scale
        if not quantity or not scale or quantity.percent or quantity.scale == scale:
            return None
        if quantity.scale == 1 and abs(quantity.value) < scale:
            return None
        factor = quantity.scale / scale
        value = quantity.value * factor
        decimals = self.wish.decimals if self.wish.decimals is not None else 3
        shown = written(rounded(value, decimals))
        step = f"× {written(factor)}" if factor >= 1 else f"/ {written(1 / factor)}"
        return Computed(f"{written(quantity.value)} {step}", shown, (cell.source.number,))

    def _empty_draft(self, cell: Cell) -> Draft:
        path = " › ".join(cell.cell.row_path + cell.cell.column_path)
        text = say(
            "empty",
            self.evidence.language,
            what=path,
            mark=cell.cell.text.strip() or " ",
            marker=cell.source.number,
        )
        return Draft(text, [_use(cell)], abstained=True)

    # --- the highest, the lowest, how many -----------------------------------------------------

    def _ranked(self) -> Draft | None:
        order = ranking_of(self.question)
        if order is None:
            return None
        for item in self.lookups[:4]:
            cells = [cell for cell in self._candidates(item) if cell.cell.quantity]
            if len(cells) < 2 or item.covered < 0.55:
                continue
            pick = max if order == "highest" else min
            best = pick(_amount(cell) for cell in cells)
            winners = [cell for cell in cells if _amount(cell) == best]
            return self._winner(winners, cells, order)
        return None

    def _winner(self, winners: Sequence[Cell], cells: Sequence[Cell], order: str) -> Draft:
        rows = {cell.cell.row_path for cell in cells}
        columns = {cell.cell.column_path for cell in cells}
        language = self.evidence.language
        label = listed([_varying(cell, rows, columns) for cell in winners[:4]], language)
        text = say(
            "among",
            language,
            label=label,
            order=say(order, language),
            value=self._value(winners[0]),
            measure=_constant(winners[0], rows, columns) or winners[0].source.caption,
        )
        return Draft(f"{text} [{winners[0].source.number}]", [_use(cell) for cell in winners[:4]])

    def _candidates(self, item: Lookup) -> list[Cell]:
        """The cells that compete: listed ones, those of tied labels, or a whole row or column."""
        rows = enumerated(item.rows, item.terms, self.question)
        columns = enumerated(item.columns, item.terms, self.question)
        listed_cells = _crossing(item.grid, rows, columns)
        if len(listed_cells) > 1:
            return listed_cells
        rows, columns = list(item.rows), list(item.columns)
        if len(rows) > 1 or len(columns) > 1:
            crossed = _crossing(item.grid, rows, columns)
            if len(crossed) > 1:
                return crossed
        if columns and (not rows or columns[0].score >= rows[0].score):
            cells = _without_totals(item.grid.along(columns[0], is_row=False), of_rows=True)
            return self._in_group(cells, item, columns[0])
        return _without_totals(item.grid.along(rows[0], is_row=True)) if rows else []

    def _in_group(self, cells: list[Cell], item: Lookup, column: Match) -> list[Cell]:
        """Of a column, the rows whose group the question names: the quarters of 2022."""
        for term in item.terms:
            if term.place in column.places or not is_named(term):
                continue
            inside = [cell for cell in cells if term.key in keys(" ".join(cell.cell.row_path[:-1]))]
            cells = inside or cells
        return cells

    def _counted(self) -> Draft | None:
        bound = bound_of(self.question)
        limit = parse_quantity(bound.limit) if bound else None
        if bound is None or limit is None:
            return None
        for item in sorted(self.lookups[:6], key=lambda found: -found.covered):
            cells = [cell for cell in self._candidates(item) if cell.cell.quantity]
            if len(cells) < 2 or item.covered < 0.55:
                continue
            inside = [
                cell
                for cell in cells
                if (_value_of(cell) > limit.value) == bound.above and _value_of(cell) != limit.value
            ]
            return self._count_draft(inside, cells)
        return None

    def _count_draft(self, inside: Sequence[Cell], cells: Sequence[Cell]) -> Draft:
        rows = {cell.cell.row_path for cell in cells}
        columns = {cell.cell.column_path for cell in cells}
        marker = cells[0].source.number
        names = [f"{_varying(cell, rows, columns)} ({cell.cell.text})" for cell in inside[:4]]
        language = self.evidence.language
        text = say("count", language, count=len(inside), names=listed(names, language) or "-")
        counted = Computed(f"count({len(cells)})", str(len(inside)), (marker,))
        return Draft(f"{text} [{marker}]", [_use(cell) for cell in inside[:4]], [counted])

    # --- arithmetic ----------------------------------------------------------------------------

    def _computed(self) -> Draft | None:
        operation = operation_of(self.question)
        if operation is None:
            return None
        for item in self.lookups[:4]:
            if item.fit < 0.5 or item.covered < 0.5:
                continue
            if self._is_label(item, operation):
                return None
            cells = self._operands(item, operation)
            result = self._result(operation, cells) if cells else None
            if result:
                return self._result_draft(operation, cells, result)
        return None

    def _is_label(self, item: Lookup, operation: Operation) -> bool:
        """Whether the operation's word is part of a label: `Average price`."""
        if not item.rows or not item.columns:
            return False
        labels = " ".join(m.label.path[-1] for m in (item.rows[0], item.columns[0]))
        words = set(_OPERATION_WORD.findall(fold(labels))) & set(
            _OPERATION_WORD.findall(fold(self.question))
        )
        single = len(self._listed_cells(item)) == 1
        return bool(words - {"total"} if operation != "sum" else words) and single

    def _operands(self, item: Lookup, operation: Operation) -> list[Cell]:
        rows = enumerated(item.rows, item.terms, self.question)
        columns = enumerated(item.columns, item.terms, self.question)
        cells = _numeric(_crossing(item.grid, rows, columns))
        if operation in {"sum", "average"}:
            if len(cells) < 2:
                cells = _numeric(self._candidates(item))
            return cells if 2 <= len(cells) <= MOST_OPERANDS else []
        if len(cells) != 2:
            cells = self._two_apart(item) or self._with_year_before(item, operation, cells)
        if len(cells) == 2 and operation in {"change", "percent_change"}:
            cells = sorted(cells, key=_year_of) if all(map(_year_of, cells)) else cells
        return cells if len(cells) == 2 else []

    def _two_apart(self, item: Lookup) -> list[Cell]:
        """Two names on one axis that are not listed side by side: `A beats B on C`."""
        for rows, columns in ((item.rows[:2], item.columns[:1]), (item.rows[:1], item.columns[:2])):
            if len(rows) + len(columns) == 3:
                ordered_rows = sorted(rows, key=lambda match: min(match.places))
                ordered_columns = sorted(columns, key=lambda match: min(match.places))
                cells = _numeric(_crossing(item.grid, ordered_rows, ordered_columns))
                if len(cells) == 2:
                    return cells
        return []

    def _with_year_before(
        self, item: Lookup, operation: Operation, cells: list[Cell]
    ) -> list[Cell]:
        """A change in one year starts from the year before."""
        if operation not in {"change", "percent_change"} or len(cells) != 1:
            return []
        year = _year_of(cells[0])
        row = cells[0].cell.row
        beside = [Cell(item.grid.source, at) for at in item.grid.cells.values() if at.row == row]
        before = [cell for cell in beside if _year_of(cell) == year - 1]
        return [*_numeric(before)[:1], cells[0]] if year and before else []

    def _result(self, operation: Operation, cells: Sequence[Cell]) -> Result | None:
        operands = [_operand(cell, cells) for cell in cells]
        if operation == "difference" and not re.search(
            r"\bby how|how (?:many|much) (?:more|less|fewer|higher|lower)|um wie ?viel|高出|超出",
            fold(self.question),
        ):
            operands.sort(key=lambda operand: -operand.value)
        if operation == "ratio" and self.wish.percent:
            operation = "share"
        return compute(operation, operands, self.wish.decimals)

    def _result_draft(self, operation: Operation, cells: Sequence[Cell], result: Result) -> Draft:
        rows = {cell.cell.row_path for cell in cells}
        columns = {cell.cell.column_path for cell in cells}
        language = self.evidence.language
        markers = tuple(dict.fromkeys(cell.source.number for cell in cells))
        names = listed([_varying(cell, rows, columns) for cell in cells], language)
        constant = _constant(cells[0], rows, columns)
        label = f"{say(operation, language)}, {constant}" if constant else say(operation, language)
        value = result.text + ("%" if result.percent else "")
        text = say(
            "computed",
            language,
            label=f"{label} ({names})",
            expression=result.expression,
            result=value,
        )
        shown = "".join(f"[{marker}]" for marker in markers)
        computed = Computed(result.expression, value, markers)
        return Draft(f"{text} {shown}", [_use(cell) for cell in cells], [computed])


def _crossing(grid: Grid, rows: Sequence[Match], columns: Sequence[Match]) -> list[Cell]:
    return [
        cell
        for row in rows
        for row_label in row.labels
        for column in columns
        for column_label in column.labels
        if (cell := grid.at(row_label.index, column_label.index))
    ]


def _numeric(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.cell.quantity]


def _without_totals(cells: Sequence[Cell], *, of_rows: bool = False) -> list[Cell]:
    """What competes along a column (`of_rows`) or a row: a total is no competitor."""
    paths = [(cell, cell.cell.row_path if of_rows else cell.cell.column_path) for cell in cells]
    return [cell for cell, path in paths if not (path and _TOTAL.search(fold(path[-1]).strip()))]


def _amount(cell: Cell) -> Decimal:
    return cell.cell.amount if cell.cell.amount is not None else Decimal(0)


def _value_of(cell: Cell) -> Decimal:
    return cell.cell.quantity.value if cell.cell.quantity else Decimal(0)


def _operand(cell: Cell, among: Sequence[Cell]) -> Operand:
    scales = {other.cell.quantity.scale for other in among if other.cell.quantity}
    value = _value_of(cell) if len(scales) == 1 else _amount(cell)
    percent = bool(cell.cell.quantity and cell.cell.quantity.percent)
    return Operand(value, cell.source.number, percent)


def _year_of(cell: Cell) -> int:
    """The year that heads a cell, 0 if none does."""
    found = [key for part in (*cell.cell.column_path, *cell.cell.row_path) for key in keys(part)]
    return next((int(key) for key in found if is_year(key)), 0)


def _varying(cell: Cell, rows: set[tuple[str, ...]], columns: set[tuple[str, ...]]) -> str:
    """The part of a cell's place in which it differs from the others."""
    parts = []
    if len(rows) > 1:
        parts.append(_differing(cell.cell.row_path, rows))
    if len(columns) > 1:
        parts.append(_differing(cell.cell.column_path, columns))
    return ", ".join(part for part in parts if part) or cell.cell.text


def _differing(path: tuple[str, ...], others: set[tuple[str, ...]]) -> str:
    """The last element if it tells the paths apart, the whole path otherwise."""
    leaves = {other[-1] for other in others if other}
    return path[-1] if path and len(leaves) == len(others) else " › ".join(path)


def _constant(cell: Cell, rows: set[tuple[str, ...]], columns: set[tuple[str, ...]]) -> str:
    parts = []
    if len(rows) == 1 and cell.cell.row_path:
        parts.append(cell.cell.row_path[-1])
    if len(columns) == 1 and cell.cell.column_path:
        parts.append(" › ".join(cell.cell.column_path))
    return ", ".join(parts)


def _use(cell: Cell) -> Use:
    return Use(cell.source.number, cell.line, cell.reference)
