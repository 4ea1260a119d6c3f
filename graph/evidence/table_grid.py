"""A table as few characters as it can be read from: piped rows under the paths of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.chunking.table import Table

_STEP = " › "


def table_grid(table: Table) -> str:
    """The table's rows; a group, or what heads several rows, stands on a line of its own.

    The caption is not repeated here; titles of the table, such as its unit line, are.
    """
    by_row: dict[int, dict[int, str]] = {}
    for cell in table.cells():
        by_row.setdefault(cell.row, {})[cell.column] = cell.text
    held = {column for row in by_row.values() for column in row}
    columns = [at for at in range(table.width) if at in held or _says_words(table, at)]
    shared = _shared(table, columns)
    titles = [title for title in table.titles if title and title not in table.caption]
    titles += [_STEP.join(shared)] if shared else []
    lines = [*titles, *_header(table, columns, len(shared)), *_body(table, by_row, columns)]
    return "\n".join(lines)


def _shared(table: Table, columns: Sequence[int]) -> tuple[str, ...]:
    """What heads every column, and is said once for all of them."""
    paths = [table.column_path(column) for column in columns]
    shortest = min(map(len, paths), default=0)
    count = next((at for at in range(shortest) if len({path[at] for path in paths}) > 1), shortest)
    return paths[0][:count] if len(set(paths)) > 1 else ()


def _header(table: Table, columns: Sequence[int], shared: int) -> list[str]:
    heads = [_STEP.join(table.column_path(column)[shared:]) for column in columns]
    if not any(heads):
        return []
    corner = _corner(table, set(table.column_path(columns[0])[:shared]))
    return [_piped([corner, *heads] if _has_labels(table) else heads)]


def _corner(table: Table, said: set[str]) -> str:
    texts = [
        text
        for row in table.rows[: table.header_rows]
        for text in row[: table.header_columns]
        if text and text not in table.titles and text not in said
    ]
    return _STEP.join(dict.fromkeys(texts))


def _has_labels(table: Table) -> bool:
    return table.header_columns > 0


def _body(table: Table, by_row: dict[int, dict[int, str]], columns: Sequence[int]) -> Iterator[str]:
    heading: tuple[str, ...] = ()
    for row in table.body:
        if table.is_group_row(row):
            name = next(text for text in table.rows[row] if text)
            follows = table.is_group_row(row - 1) if row > table.header_rows else False
            heading = (*heading, _bare(name)) if follows else (_bare(name),)
            yield f"{_bare(name)}:"
        elif row in by_row or any(table.rows[row]):
            above, label = _label(table, row)
            if above and above != heading[-len(above) :]:
                heading = above
                yield f"{_STEP.join(above)}:"
            values = [by_row.get(row, {}).get(at) or _beside(table, row, at) for at in columns]
            yield _piped([label, *values] if _has_labels(table) else values)


def _says_words(table: Table, column: int) -> bool:
    """A column beside the values that is read, and is no value, such as that of their units."""
    texts = {table.grid.text(row, column) for row in table.body}
    return column >= table.header_columns and any(
        any(sign.isalpha() for sign in text) for text in texts
    )


def _beside(table: Table, row: int, column: int) -> str:
    """What stands in a row that has no values there: a unit, or a header that comes again."""
    text = table.grid.text(row, column)
    return text if any(sign.isalnum() or sign == "%" for sign in text) else ""


def _label(table: Table, row: int) -> tuple[tuple[str, ...], str]:
    """What heads a row together with others, and what is its own."""
    path = table.row_path(row)
    if table.header_columns > 1:
        return (), _STEP.join(path)
    if table.header_columns == 1:
        return path[:-1], path[-1] if path else ""
    return path, ""


def _bare(name: str) -> str:
    return " ".join(name.split()).rstrip(" :：")


def _piped(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "¦") for cell in cells) + " |"
