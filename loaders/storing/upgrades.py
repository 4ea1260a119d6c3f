"""What is derived from the chunks and was derived by another version is made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from langchain_core.documents import Document

from loaders.errors import LibraryError
from loaders.storing.databases.database import SCHEMA_VERSION, Database
from loaders.storing.search.forward_index import FORMAT, Profiles, packed_anew
from loaders.storing.truth.catalog import Catalog
from loaders.text.analyzer import ANALYZER

if TYPE_CHECKING:
    from loaders.storing.indexes import Indexes


def is_up_to_date(database: Database) -> bool:
    """Whether profiles are this version's, and terms, where not each machine has its own."""
    have_terms = database.is_of_many or database.meta("analyzer") == ANALYZER
    return have_terms and database.meta("profiles") == FORMAT


def profiles_of(
    catalog: Catalog, ids: Sequence[str], searched_text: Callable[[Document], str]
) -> Profiles:
    """As they are kept; packed now, while another version that shares the library keeps its own."""
    database = catalog.database
    if not database.is_of_many or database.meta("profiles") == FORMAT:
        return Profiles.of(catalog.profiles(ids))
    chunks = [row.document() for row in catalog.chunks(ids)]
    told = [(chunk.metadata["chunk_id"], chunk.metadata["source"]) for chunk in chunks]
    packed = zip(told, packed_anew(chunks, searched_text), strict=True)
    return Profiles.of((*one, blob) for one, blob in packed)


def require_no_later(database: Database) -> None:
    """Of several versions the latest alone writes: two would undo each other's work.

    Raises:
        LibraryError: A later one has brought it up to date.
    """
    if not database.is_of_many:
        return
    if _number(database, "format") > SCHEMA_VERSION or _number(database, "profiles") > int(FORMAT):
        raise LibraryError(
            "the library has been brought up to date by a later version of Pagewise; to change it, "
            "install that one here too (nothing that was stored is lost)"
        )


def _number(database: Database, key: str) -> int:
    return int(database.meta(key) or 0)


def bring_up_to_date(
    catalog: Catalog, indexes: Indexes, searched_text: Callable[[Document], str]
) -> None:
    """Write terms and profiles again where they are another version's.

    Raises:
        LibraryError: Others use it too, and one of them is of a later version.
    """
    database = catalog.database
    require_no_later(database)
    if not database.is_of_many and database.meta("analyzer") != ANALYZER:
        indexes.write_words()
        database.set_meta("analyzer", ANALYZER)
    if database.meta("profiles") == FORMAT:
        return
    with database.transaction():
        for batch in catalog.in_batches(1000):
            profiles = packed_anew([row.document() for row in batch], searched_text)
            catalog.rewrite(zip(batch, profiles, strict=True))
        database.set_meta("profiles", FORMAT)
