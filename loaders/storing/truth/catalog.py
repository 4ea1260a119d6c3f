"""Which documents and chunks the library holds: the rows from which both indexes can be rebuilt."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.documents import Document

from loaders.storing.databases.database import Database, checksum, is_whole
from loaders.storing.truth.records import DocumentRecord

CHUNK = "chunk_id, content, metadata, text_hash, checksum"
CHUNKS, EVERY_DOCUMENT = "chunks", ""
"""What the words of other machines follow; the document of a change to all of them."""


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk as a row: what is shown, and the hash of what is searched."""

    chunk_id: str
    content: bytes
    metadata: str
    text_hash: bytes

    @classmethod
    def of(cls, chunk: Document, searched: str) -> StoredChunk:
        """Pack a chunk, to be found by its searched text."""
        return cls(
            chunk_id=chunk.metadata["chunk_id"],
            content=zlib.compress(chunk.page_content.encode("utf-8", "replace"), 1),
            metadata=json.dumps(chunk.metadata, ensure_ascii=False, separators=(",", ":")),
            text_hash=text_hash(searched),
        )

    def row(self) -> tuple[str, bytes, str, bytes, int]:
        """The columns of `CHUNK`."""
        told = self.chunk_id, self.content, self.metadata, self.text_hash
        return *told, checksum(*told)

    def document(self) -> Document:
        return Document(
            id=self.chunk_id,
            page_content=zlib.decompress(self.content).decode(),
            metadata=json.loads(self.metadata),
        )


def _record(row: tuple[Any, ...]) -> DocumentRecord:
    """Of a damaged row the name alone is told: the document is there, and is to be read again."""
    return DocumentRecord.of_row(*row[:-1]) if is_whole(row) else DocumentRecord(str(row[0]), "")


def text_hash(text: str) -> bytes:
    """Half of a SHA-256 is enough to tell texts apart."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()[:16]


class Catalog:
    """The tables of documents and chunks, and of documents that the indexes do not show yet."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._documents: tuple[object, tuple[DocumentRecord, ...]] = (None, ())
        self.is_damaged = False
        """Whether a row was met that cannot be read as it was stored."""

    def _whole(self, rows: Iterable[Sequence[Any]]) -> list[StoredChunk]:
        """The chunks as they were stored; what was damaged since is left out."""
        kept = []
        for row in rows:
            if is_whole(row):
                kept.append(StoredChunk(*row[:-1]))
            else:
                self.is_damaged = True
        return kept

    def documents(self) -> list[DocumentRecord]:
        """By name; every question looks whether it names one, so they are kept until a change."""
        stamp = self.database.stamp()
        known, documents = self._documents
        if known != stamp:
            rows = self.database.rows("SELECT * FROM documents ORDER BY name")
            documents = tuple(_record(row) for row in rows)
            self._documents = stamp, documents
        return list(documents)

    def document(self, name: str) -> DocumentRecord | None:
        rows = self.database.rows("SELECT * FROM documents WHERE name = ?", (name,))
        return _record(rows[0]) if rows else None

    def replace(
        self, document: DocumentRecord, chunks: Sequence[StoredChunk], profiles: Iterable[bytes]
    ) -> None:
        """Put the whole document in the place of what had its name, and mark it unsynced."""
        with self.database.transaction():
            self._clear(document.name)
            self.database.run(
                "DELETE FROM names WHERE document = ? AND NOT EXISTS"
                " (SELECT 1 FROM documents WHERE name = ? AND sha256 = ?)",
                (document.name, document.name, document.sha256),
            )
            self._describe(document)
            self.database.run_many(
                f"INSERT INTO chunks (document, ordinal, profile, {CHUNK})"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (document.name, ordinal, profile, *chunk.row())
                    for ordinal, (chunk, profile) in enumerate(zip(chunks, profiles, strict=True))
                ),
            )

    def describe(self, document: DocumentRecord) -> None:
        """Remember the document's particulars; its chunks stay as they are."""
        with self.database.transaction():
            self.database.note(document.name, "record")
            self._describe(document)

    def _describe(self, document: DocumentRecord) -> None:
        row = document.row()
        self.database.put("documents", [(*row, checksum(*row))])

    def remove(self, name: str) -> None:
        """Take the document out, and mark it unsynced."""
        with self.database.transaction():
            self._clear(name)
            self.database.run("DELETE FROM documents WHERE name = ?", (name,))
            self.database.run("DELETE FROM names WHERE document = ?", (name,))

    def of_content(self, sha256: str) -> list[DocumentRecord]:
        """The documents that were read from files of this content."""
        rows = self.database.rows("SELECT * FROM documents WHERE sha256 = ?", (sha256,))
        return [_record(row) for row in rows]

    def source(self, name: str) -> str | None:
        """The place of the file that has this name; None if the name is free."""
        rows = self.database.rows(
            "SELECT source FROM documents WHERE name = ?"
            " UNION ALL SELECT source FROM names WHERE name = ?",
            (name, name),
        )
        return str(rows[0][0]) if rows else None

    def names(self) -> dict[str, tuple[str, str]]:
        """The other names of documents, each with the document's own and the file's place."""
        rows = self.database.rows("SELECT name, document, source FROM names ORDER BY name")
        return {name: (document, source) for name, document, source in rows}

    def add_name(self, name: str, document: str, source: str) -> None:
        self.database.put("names", [(name, document, source)])

    def forget_name(self, name: str) -> None:
        self.database.run("DELETE FROM names WHERE name = ?", (name,))

    def _clear(self, name: str) -> None:
        self.database.note(name, CHUNKS)
        self.database.run("DELETE FROM chunks WHERE document = ?", (name,))
        self.database.put("unsynced", [(name,)])

    def rewrite(self, chunks: Iterable[tuple[StoredChunk, bytes]]) -> None:
        """Remember other searched texts and profiles for chunks that stay as they are."""
        self.database.run_many(
            "UPDATE chunks SET text_hash = ?, checksum = ?, profile = ? WHERE chunk_id = ?",
            ((*chunk.row()[-2:], profile, chunk.chunk_id) for chunk, profile in chunks),
        )

    def unsynced(self) -> list[str]:
        return [name for (name,) in self.database.rows("SELECT document FROM unsynced")]

    def mark_all_unsynced(self) -> None:
        self.database.note(EVERY_DOCUMENT, CHUNKS)
        self.database.run(
            "INSERT INTO unsynced SELECT name FROM documents WHERE true ON CONFLICT DO NOTHING"
        )

    def mark_synced(self, name: str) -> None:
        self.database.run("DELETE FROM unsynced WHERE document = ?", (name,))

    def mark_all_synced(self, collection: str) -> None:
        """Everything is in this collection, and was in no other after it."""
        with self.database.transaction():
            self.note_vectors()
            self.database.run("DELETE FROM unsynced")
            self.remember_collection(collection)

    def note_vectors(self) -> None:
        """Vectors of chunks that stay have changed."""
        self.database.note(EVERY_DOCUMENT, "vectors")

    def collection(self) -> str:
        """The vector index that was last in step; empty in a library of an earlier version."""
        return self.database.meta("collection")

    def remember_collection(self, identity: str) -> None:
        self.database.set_meta("collection", identity)

    def count(self) -> int:
        [(count,)] = self.database.rows("SELECT count(*) FROM chunks")
        return int(count)

    def chunks(self, ids: Sequence[str]) -> list[StoredChunk]:
        """In the order asked for; ids that are gone are left out."""
        return self._whole(self._of(ids, CHUNK))

    def profiles(self, ids: Sequence[str]) -> list[tuple[str, str, bytes]]:
        """Id, document and packed profile, in the order asked for; what is gone is left out."""
        return [
            (chunk_id, document, profile)
            for chunk_id, document, profile in self._of(ids, "chunk_id, document, profile")
            if isinstance(profile, bytes) and profile and len(profile) % 4 == 0
        ]

    def _of(self, ids: Sequence[str], columns: str) -> list[tuple[Any, ...]]:
        """The columns, the id first, of those chunks that there are."""
        rows = self.database.rows_of(f"SELECT {columns} FROM chunks WHERE chunk_id IN", ids)
        found = {row[0]: row for row in rows}
        return [found[chunk_id] for chunk_id in ids if chunk_id in found]

    def chunks_of(self, name: str) -> list[StoredChunk]:
        """A document's, in reading order."""
        rows = self.database.rows(
            f"SELECT {CHUNK} FROM chunks WHERE document = ? ORDER BY ordinal", (name,)
        )
        return self._whole(rows)

    def drop_damaged(self) -> None:
        """Take out chunks that cannot be read; the records of their documents tell how many."""
        names = {document.name for document in self.documents()}
        damaged = [
            (number,)
            for rows in self.database.batches(
                f"number, document, {CHUNK}", "chunks", "number", 1000
            )
            for number, document, *chunk in rows
            if document not in names or not is_whole(chunk)
        ]
        if damaged:
            with self.database.transaction():
                self.database.note(EVERY_DOCUMENT, CHUNKS)
                self.database.remake_indices()
                self.database.run_many("DELETE FROM chunks WHERE number = ?", damaged)

    def pieces(self, document: str, table_id: str) -> list[StoredChunk]:
        """The chunks that a table was cut into, in reading order."""
        rows = self.database.rows(
            f"SELECT {CHUNK} FROM chunks WHERE document || '' = ?"  # the index is the table's
            f" AND ({self.database.table_id}) = ? ORDER BY ordinal",
            (document, table_id),
        )
        return self._whole(rows)

    def in_batches(self, size: int) -> Iterator[list[StoredChunk]]:
        """Every chunk, document by document, without holding them all."""
        for rows in self.database.batches(CHUNK, "chunks", "document, ordinal", size):
            yield self._whole(rows)
