"""What is derived from the chunks and was derived by another version is made again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from langchain_core.documents import Document

from loaders.storing.catalog import Catalog
from loaders.storing.database import Database
from loaders.storing.forward_index import FORMAT, lines_of, packed
from loaders.text.analyzer import ANALYZER

if TYPE_CHECKING:
    from loaders.storing.indexes import Indexes


def is_up_to_date(database: Database) -> bool:
    """Whether terms and profiles are this version's."""
    return database.meta("analyzer") == ANALYZER and database.meta("profiles") == FORMAT


def bring_up_to_date(
    database: Database,
    catalog: Catalog,
    indexes: Indexes,
    searched_text: Callable[[Document], str],
) -> None:
    """Write terms and profiles again where they are another version's."""
    if database.meta("analyzer") != ANALYZER:
        indexes.write_words()
        database.set_meta("analyzer", ANALYZER)
    if database.meta("profiles") == FORMAT:
        return
    with database.transaction():
        for batch in catalog.in_batches(1000):
            chunks = [row.document() for row in batch]
            profiles = packed(chunks, [lines_of(chunk, searched_text(chunk)) for chunk in chunks])
            catalog.keep_profiles(zip((row.chunk_id for row in batch), profiles, strict=True))
        database.set_meta("profiles", FORMAT)
