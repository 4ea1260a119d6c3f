"""Exported tables on stdout or in new files of a folder."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path

from loaders.errors import UsageError
from pagewise.render.exported_tables import ExportedTable
from pagewise.render.spreadsheet import (
    VALUE_HEADINGS,
    Value,
    shown_rows,
    value_rows,
    write_csv,
    write_workbook,
)

Tables = Mapping[str, Sequence[ExportedTable]]
"""By document."""


def is_redirected() -> bool:
    """Whether stdout is a file: nobody sees what is no text."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):  # it has no number, or is closed
        return False


def print_tables(tables: Tables, form: str) -> None:
    """CSV, the tables one below the other; JSON; or a workbook."""
    if form == "json":
        print(_json(tables))
        return
    every = [table for found in tables.values() for table in found]
    if form == "xlsx":
        write_workbook(every, sys.stdout.buffer)
        return
    for table in every:
        if table is not every[0]:
            print()
        write_csv(shown_rows(table), sys.stdout)


def write_tables(tables: Tables, form: str, folder: Path) -> list[Path]:
    """Write them into new files, all of them or none.

    Raises:
        UsageError: A file is there already, or cannot be written.
    """
    files = {
        folder / name: content
        for stem, found in _by_stem(tables).items()
        for name, content in _files(stem, found, form).items()
    }
    taken = next((path for path in files if path.exists()), None)
    if taken:
        raise UsageError(f"{taken}: exists already; remove it, or name another folder with --out")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror})") from error
    return list(files)


def _by_stem(tables: Tables) -> dict[str, Sequence[ExportedTable]]:
    """The documents that have tables, by what their files' names begin with."""
    stems = [Path(name).stem for name in tables]
    return {
        _file_name(stem if stems.count(stem) == 1 else name): found
        for stem, (name, found) in zip(stems, tables.items(), strict=True)
        if found
    }


def _file_name(text: str) -> str:
    return re.sub(r"[^\w.-]+", "_", text).lstrip(".") or "document"


def _files(stem: str, tables: Sequence[ExportedTable], form: str) -> dict[str, bytes]:
    """The files of one document by their names."""
    if form == "xlsx":
        book = BytesIO()
        write_workbook(tables, book)
        return {f"{stem}.xlsx": book.getvalue()}
    if form == "json":
        return {f"{stem}-tables.json": _json({tables[0].document: tables}).encode()}
    files = {
        f"{stem}-table-{table.table}-p{table.page}.csv": _csv_bytes(shown_rows(table))
        for table in tables
    }
    return files | {f"{stem}-values.csv": _csv_bytes([VALUE_HEADINGS, *value_rows(tables)])}


def _json(tables: Tables) -> str:
    documents = [
        {"document": name, "tables": [table.model_dump(mode="json") for table in found]}
        for name, found in tables.items()
    ]
    return json.dumps(documents, ensure_ascii=False, indent=2)


def _csv_bytes(rows: Iterable[Sequence[Value]]) -> bytes:
    """With the mark by which spreadsheet programs know UTF-8."""
    text = StringIO()
    write_csv(rows, text)
    return text.getvalue().encode("utf-8-sig")
