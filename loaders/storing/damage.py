"""What of a document cannot be read back as it was stored."""

from __future__ import annotations

from loaders.storing.truth.catalog import Catalog
from loaders.storing.truth.embedding_cache import VectorCache
from loaders.storing.truth.ledger import Ledger
from loaders.storing.truth.records import DocumentRecord


def damage_of(
    document: DocumentRecord, catalog: Catalog, cache: VectorCache, ledger: Ledger
) -> str:
    """In words; nothing as a rule."""
    chunks = catalog.chunks_of(document.name)
    pages = [str(page + 1) for page in ledger.damaged(document.name)]
    lost = {
        "what is known of it": not document.sha256,
        f"{abs(document.chunks - len(chunks))} of {document.chunks} chunks": (
            document.chunks != len(chunks)
        ),
        "vectors": cache.lacks([chunk.text_hash for chunk in chunks]),
        f"page {', '.join(pages)}": bool(pages),
    }
    return " · ".join(what for what, is_lost in lost.items() if is_lost)
