"""The nearest of all chunks by a look at every vector: no index is opened, nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np

from loaders.errors import LibraryError
from loaders.storing.databases.database import Database
from loaders.storing.truth.document_vectors import Vector, parsed, unit_rows
from loaders.storing.truth.filters import Filters
from loaders.storing.truth.records import Hit

AT_ONCE = 20_000
"""Vectors in memory: 15 MB of 384 numbers each, and twice that as whole floats."""
LOOKED_AT = 200
"""Rows that are held against the filters at once, best first."""


def nearest(database: Database, model: str, query: Vector, k: int, filters: Filters) -> list[Hit]:
    """The chunks nearest to a vector of length 1 that pass the filters, best first.

    Raises:
        LibraryError: The vectors are of another length.
    """
    rows = _candidates(database, filters)
    if not rows:
        return []
    cosines: dict[bytes, float] = {}
    for hashes, vectors in _in_batches(database, model, len(query)):
        cosines.update(zip(hashes, (vectors @ query).tolist(), strict=True))
    scores = np.fromiter((cosines[key] for _, key in rows), np.float32, len(rows))
    order = np.argsort(-scores, kind="stable")
    found: list[Hit] = []
    for start in range(0, len(rows), LOOKED_AT):
        part = [rows[place] for place in order[start : start + LOOKED_AT]]
        wanted = _let_through(database, [number for number, _ in part], filters)
        found += [Hit(wanted[number], cosines[key]) for number, key in part if number in wanted]
        if len(found) >= k:
            break
    return found[:k]


def _candidates(database: Database, filters: Filters) -> list[tuple[int, bytes]]:
    """Number and text of each chunk, without most of those of another kind than is wanted.

    Without: where few are of it, all others would have to be unpacked to see that they are not.
    """
    kinds = [f'%"kind":{json.dumps(kind)}%' for kind in filters.kinds]
    where = " OR ".join(["metadata LIKE ?"] * len(kinds)) or "true"
    statement = f"SELECT number, text_hash FROM chunks WHERE {where} ORDER BY number"
    found: list[tuple[int, bytes]] = database.rows(statement, kinds)
    return found


def _in_batches(
    database: Database, model: str, length: int
) -> Iterator[tuple[list[bytes], Vector]]:
    table, order = database.order_of_vectors
    chosen = f"{table} WHERE model = ?"
    for rows in database.batches("text_hash, vector", chosen, order, AT_ONCE, (model,)):
        if {len(vector) for _, vector in rows} != {2 * length}:
            raise LibraryError("the vectors were made by another embedding model; run `reindex`")
        yield [text_hash for text_hash, _ in rows], unit_rows([vector for _, vector in rows])


def _let_through(database: Database, numbers: Sequence[int], filters: Filters) -> dict[int, str]:
    """The ids of the chunks that pass, by their numbers."""
    rows = database.rows_of(
        "SELECT number, chunk_id, metadata FROM chunks WHERE number IN", numbers
    )
    told = ((number, chunk_id, parsed(metadata)) for number, chunk_id, metadata in rows)
    return {
        number: chunk_id
        for number, chunk_id, metadata in told
        if metadata and filters.matches_metadata(metadata)
    }
